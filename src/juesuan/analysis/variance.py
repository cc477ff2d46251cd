"""Year-on-year variance (增减变动): what changed, by how much, and which parts carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from juesuan.analysis.frames import sums, whole
from juesuan.money import percent

Direction = Literal["increase", "decrease", "level", "new", "unknown"]


@dataclass(frozen=True)
class Change:
    """An amount of two years, in 分; None is 未公开."""

    prior_fen: int | None
    current_fen: int | None

    @property
    def change_fen(self) -> int | None:
        """Current less prior; None where either is unknown."""
        if self.prior_fen is None or self.current_fen is None:
            return None
        return self.current_fen - self.prior_fen

    @property
    def change_pct(self) -> Fraction | None:
        """The change as exact per cent of the prior amount; a base that is zero or negative has no rate."""
        if self.prior_fen is None or self.prior_fen < 0:
            return None
        return percent(self.change_fen, self.prior_fen)

    @property
    def direction(self) -> Direction:
        """Which way the amount went; `new` from a zero base."""
        change = self.change_fen
        if change is None:
            return "unknown"
        if change == 0:
            return "level"
        if self.prior_fen == 0 and change > 0:
            return "new"
        return "increase" if change > 0 else "decrease"


def change_between(prior_fen: int | None, current_fen: int | None) -> Change:
    """Return the change between two amounts of 分."""
    return Change(prior_fen, current_fen)


def is_material(change: Change, *, threshold_pct: int, threshold_fen: int) -> bool:
    """Say whether a change reaches both thresholds; a change without a rate needs the amount's alone."""
    if change.change_fen is None or abs(change.change_fen) < threshold_fen:
        return False
    return change.change_pct is None or abs(change.change_pct) >= threshold_pct


def year_on_year(
    prior: pd.DataFrame,
    current: pd.DataFrame,
    by: Sequence[str],
    *,
    threshold_pct: int,
    threshold_fen: int,
    absent_is_zero: bool,
    amount: str = "final_fen",
) -> pd.DataFrame:
    """Return one row a value of `by` met in either year, the largest change first.

    Columns: `by`, prior_fen, current_fen, change_fen (Int64), change_pct (exact per cent), contribution_pp (percentage
    points of the total's change rate), direction, material. `absent_is_zero` when both years are complete: a value
    that one year lacks is then 0 there, else unknown. Raises `ValueError` for a column that is not there.
    """
    added = [sums(frame, by, [amount]) for frame in (prior, current)]
    held = [dict(zip(zip(*(one[column] for column in by), strict=True), one[amount], strict=True)) for one in added]
    absent = 0 if absent_is_zero else None
    changes = {key: Change(*(whole(of_year.get(key, absent)) for of_year in held)) for key in held[0] | held[1]}
    known = [change.prior_fen for change in changes.values() if change.prior_fen is not None]
    base = sum(known) if len(known) == len(changes) > 0 else None
    ordered = sorted(changes.items(), key=_largest_first)
    keys = {
        column: pd.Series([key[place] for key, _ in ordered], dtype=_common_type(*(one[column] for one in added)))
        for place, column in enumerate(by)
    }
    return pd.DataFrame(keys | _worked([change for _, change in ordered], base, threshold_pct, threshold_fen))


def _worked(changes: Sequence[Change], base: int | None, threshold_pct: int, threshold_fen: int) -> dict[str, Any]:
    """Return the columns that are worked out of the changes; `base` is last year's total."""
    amounts = {
        "prior_fen": [change.prior_fen for change in changes],
        "current_fen": [change.current_fen for change in changes],
        "change_fen": [change.change_fen for change in changes],
    }
    limits = {"threshold_pct": threshold_pct, "threshold_fen": threshold_fen}
    return {
        **{name: pd.array(fen, dtype="Int64") for name, fen in amounts.items()},
        "change_pct": pd.Series([change.change_pct for change in changes], dtype="object"),
        "contribution_pp": pd.Series([percent(change.change_fen, base) for change in changes], dtype="object"),
        "direction": [change.direction for change in changes],
        "material": [is_material(change, **limits) for change in changes],
    }


def _largest_first(change_of: tuple[tuple[Any, ...], Change]) -> tuple[Any, ...]:
    """Return what to sort by: the largest change first, an unknown one last, then the values, a missing one last."""
    key, change = change_of
    size = -1 if change.change_fen is None else abs(change.change_fen)
    return -size, *((pd.isna(value), value) for value in key)


def _common_type(prior: pd.Series, current: pd.Series) -> Any:
    return prior.dtype if prior.dtype == current.dtype else pd.concat([prior, current]).dtype
