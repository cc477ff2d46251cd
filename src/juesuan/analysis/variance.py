"""Year-on-year variance (增减变动): what changed, by how much, and which parts carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

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
    both = [sums(frame, by, [amount]) for frame in (prior, current)]
    merged = both[0].merge(both[1], on=list(by), how="outer", suffixes=("_prior", "_current"), validate="one_to_one")
    merged = merged.rename(columns={f"{amount}_prior": "prior_fen", f"{amount}_current": "current_fen"})
    if absent_is_zero:
        keys = [set(frame[list(by)].itertuples(index=False, name=None)) for frame in both]
        for column, held in zip(("prior_fen", "current_fen"), keys, strict=True):
            absent = [key not in held for key in merged[list(by)].itertuples(index=False, name=None)]
            merged[column] = merged[column].mask(pd.Series(absent, index=merged.index, dtype="boolean"), 0)
    changes = [
        change_between(whole(a), whole(b)) for a, b in zip(merged["prior_fen"], merged["current_fen"], strict=True)
    ]
    known = merged["prior_fen"].notna().all() and len(merged) > 0
    base = int(merged["prior_fen"].sum()) if known else None
    limits = {"threshold_pct": threshold_pct, "threshold_fen": threshold_fen}
    worked = merged.assign(
        change_fen=pd.array([change.change_fen for change in changes], dtype="Int64"),
        change_pct=pd.Series([change.change_pct for change in changes], dtype="object"),
        contribution_pp=pd.Series([percent(change.change_fen, base) for change in changes], dtype="object"),
        direction=[change.direction for change in changes],
        material=[is_material(change, **limits) for change in changes],
    )
    size = worked["change_fen"].abs().fillna(-1)
    return (
        worked.assign(_size=size)
        .sort_values(["_size", *by], ascending=[False, *[True] * len(by)])
        .drop(columns="_size")
        .reset_index(drop=True)
    )
