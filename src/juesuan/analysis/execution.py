"""Budget execution (预算执行): from the year's first budget to its last to what was spent."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from juesuan.analysis.frames import sums, whole
from juesuan.money import percent

_AMOUNTS = ["initial_budget_fen", "adjusted_budget_fen", "final_fen"]


def budget_execution(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return one row a value of `by`: the three amounts, adjustment_fen, deviation_fen, and completion.

    adjustment = 全年预算 − 年初预算, deviation = 决算 − 全年预算 (both 分); completion_pct = 决算 ÷ 全年预算 and
    initial_completion_pct = 决算 ÷ 年初预算, exact per cent, None where the budget is zero or unknown.
    Raises `ValueError` for a column that is not there.
    """
    added = sums(frame, by, _AMOUNTS)
    initial, adjusted, final = (added[column] for column in _AMOUNTS)
    return added.assign(
        adjustment_fen=adjusted - initial,
        deviation_fen=final - adjusted,
        completion_pct=_rates(final, adjusted),
        initial_completion_pct=_rates(final, initial),
    )


def _rates(parts: pd.Series, wholes: pd.Series) -> pd.Series:
    rates = [percent(whole(part), whole(base)) for part, base in zip(parts, wholes, strict=True)]
    return pd.Series(rates, index=parts.index, dtype="object")
