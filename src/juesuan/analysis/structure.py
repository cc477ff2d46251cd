"""Structure (结构): what a total is made of, by 功能分类, by nature, by any column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from juesuan.analysis.frames import require_columns, sums, whole
from juesuan.classification import CLASS_DIGITS, SECTION_DIGITS
from juesuan.money import percent

Level = Literal["class", "section", "item"]
_DIGITS = {"class": CLASS_DIGITS, "section": SECTION_DIGITS, "item": 7}
_NATURES = {"301": "personnel", "303": "personnel", "302": "public", "310": "public"}


def shares(frame: pd.DataFrame, by: Sequence[str], amount: str = "final_fen") -> pd.DataFrame:
    """Return one row a value of `by`: `amount` (分) and share_pct, exact per cent of the whole.

    No share where any part is unknown or the whole is zero. Raises `ValueError` for a column that is not there.
    """
    added = sums(frame, by, [amount])
    total = None if added[amount].isna().any() else int(added[amount].sum())
    return added.assign(share_pct=pd.Series([percent(whole(part), total) for part in added[amount]], dtype="object"))


def by_function_level(frame: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Return `shares` by 类, 款 or 项: function_code cut to three, five or seven digits."""
    require_columns(frame, ["function_code"])
    return shares(frame.assign(function_code=frame["function_code"].str[: _DIGITS[level]]), ["function_code"])


def nature_of(economic_code: str) -> str:
    """Return personnel (人员经费: 301, 303), public (公用经费: 302, 310) or other. Source: 公开08表."""
    return _NATURES.get(economic_code[:CLASS_DIGITS], "other")


def by_economic_nature(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `shares` by `nature`: 人员经费 and 公用经费."""
    require_columns(frame, ["economic_code"])
    return shares(frame.assign(nature=frame["economic_code"].map(nature_of)), ["nature"])
