"""Comparison (横向比较): the offices of one year side by side."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from juesuan.analysis.frames import require_columns, whole
from juesuan.money import percent


def compare_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an office (unit_id, final_fen, headcount), the largest amount first.

    Adds rank (1 is the largest, equals share a rank, unknown has none), share_pct of the known total (exact) and
    per_head_fen_exact (分 a head; None without heads). Raises `ValueError` for a column that is not there.
    """
    require_columns(frame, ["unit_id", "final_fen", "headcount"])
    amounts = frame["final_fen"].astype("Int64")
    total = int(amounts.sum()) if amounts.notna().any() else None
    worked = frame.assign(
        rank=amounts.rank(method="min", ascending=False).astype("Int64"),
        share_pct=pd.Series([percent(whole(fen), total) for fen in amounts], index=frame.index, dtype="object"),
        per_head_fen_exact=pd.Series(
            [_per_head(whole(fen), whole(heads)) for fen, heads in zip(amounts, frame["headcount"], strict=True)],
            index=frame.index,
            dtype="object",
        ),
    )
    return worked.sort_values(["rank", "unit_id"], na_position="last").reset_index(drop=True)


def _per_head(fen: int | None, heads: int | None) -> Fraction | None:
    return None if fen is None or not heads else Fraction(fen, heads)
