"""What the analyses share: sums that keep the unknown unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def require_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raise `ValueError`, naming what there is, where `frame` lacks one of `columns`."""
    missing = [column for column in columns if column not in frame]
    if missing:
        there_are = "、".join(str(column) for column in frame.columns)
        raise ValueError(f"分析的表：缺少列 {'、'.join(missing)}；现有 {there_are}；请传入 load 读出的表。")


def sums(frame: pd.DataFrame, by: Sequence[str], amounts: Sequence[str]) -> pd.DataFrame:
    """Return one row a value of `by` with the sums of `amounts` (Int64); a sum over an unknown is unknown."""
    require_columns(frame, [*by, *amounts])
    typed = frame[list(amounts)].astype("Int64")
    grouped = typed.groupby([frame[column] for column in by], sort=True, dropna=False)
    return grouped.sum(skipna=False).reset_index()


def whole(value: Any) -> int | None:
    """Return a cell of an Int64 column as a plain integer, None where it is missing."""
    return None if value is pd.NA or value is None else int(value)
