"""Variance, trend and comparison of every office at once; exact integers, rates rounded half up once.

The same questions as those of `analysis`, asked of millions of figures: there a rate is an exact fraction, here it is a whole
number of hundredths of a per cent (6308 is 63.08%).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from juesuan.aggregate.facts_set import Block, Cells, Flags, held_years, read_blocks


def variance(folder: Path, year: int | None = None, measures: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row a figure that two years running tell: how it changed.

    Columns: year, measure, unit_id, prior, current, change (Int64, 分 or pieces), change_pct_hundredths (Int64; missing where
    the prior figure is zero or negative). `year` is the later year, every one that has a year before it where it is None.
    """
    years = held_years(folder)
    later = [one for one in years if one - 1 in years and year in (None, one)]
    wanted = sorted({*later, *(one - 1 for one in later)}) if later or year is None else [year - 1, year]
    parts = [part for block in read_blocks(folder, wanted, measures) for part in _variances(block, later)]
    columns = ["prior", "current", "change", "change_pct_hundredths"]
    return pd.concat(parts, ignore_index=True) if parts else _nothing(["year", "measure", "unit_id", *columns])


def trend(folder: Path, measures: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row a figure of an office: its first and its last known year, and the change from one to the other.

    Columns: measure, unit_id, first_year, last_year, known_years, first, last, change, change_pct_hundredths.
    """
    parts = []
    for block in read_blocks(folder, held_years(folder), measures):
        told: Flags = np.asarray(block.known.any(axis=0), dtype=np.bool_)
        first = block.known.argmax(axis=0)
        last = len(block.years) - 1 - block.known[::-1].argmax(axis=0)
        start, end = (np.take_along_axis(block.value, at[None], axis=0)[0] for at in (first, last))
        years = np.array(block.years)
        frame = _frame(
            block, told, {"first_year": years[first], "last_year": years[last], "known_years": block.known.sum(axis=0)}
        )
        parts.append(
            frame.assign(**_columns(told, {"first": start, "last": end}), **_change(told, told, told, start, end))
        )
    columns = ["first_year", "last_year", "known_years", "first", "last", "change", "change_pct_hundredths"]
    return pd.concat(parts, ignore_index=True) if parts else _nothing(["measure", "unit_id", *columns])


def comparison(folder: Path, year: int, measures: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row a known figure of `year`: the largest has rank 1, equal figures share the better rank.

    Columns: measure, unit_id, value, rank, of (how many offices tell it), share_pct_hundredths (of the sum of all, missing
    where that is not positive).
    """
    parts = []
    for block in read_blocks(folder, [year], measures):
        value, known = block.value[0], block.known[0]
        total = np.where(known, value, 0).sum(axis=1, keepdims=True)
        count = np.broadcast_to(known.sum(axis=1, keepdims=True), value.shape)
        frame = _frame(block, known, {"value": value, "rank": _ranks(value, known), "of": count})
        parts.append(frame.assign(share_pct_hundredths=_share(value, total, known)))
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else _nothing(["measure", "unit_id", "value", "rank", "of", "share_pct_hundredths"])
    )


def _variances(block: Block, later: Sequence[int]) -> list[pd.DataFrame]:
    found = []
    for year in later:
        now, before = block.years.index(year), block.years.index(year - 1)
        told = block.known[now] | block.known[before]
        prior, current = block.value[before], block.value[now]
        frame = _frame(block, told, {})
        frame.insert(0, "year", np.int16(year))
        amounts = {"prior": pd.arrays.IntegerArray(prior[told], ~block.known[before][told]),
                   "current": pd.arrays.IntegerArray(current[told], ~block.known[now][told])}  # fmt: skip
        found.append(frame.assign(**amounts, **_change(told, block.known[before], block.known[now], prior, current)))
    return found


def _frame(block: Block, told: Flags, columns: dict[str, Any]) -> pd.DataFrame:
    """Return the rows that `told` marks, named by measure and office, with these columns of whole numbers."""
    measure, unit = np.nonzero(told)
    names = {
        "measure": pd.Categorical.from_codes(measure + block.start, dtype=block.every_measure, validate=False),
        "unit_id": pd.Categorical.from_codes(unit, dtype=block.every_unit, validate=False),
    }
    return pd.DataFrame({**names, **_columns(told, columns)})


def _columns(told: Flags, columns: dict[str, Any]) -> dict[str, Any]:
    return {name: pd.array(np.asarray(values)[told], dtype="Int64") for name, values in columns.items()}


def _change(told: Flags, had: Flags, has: Flags, prior: Cells, current: Cells) -> dict[str, Any]:
    """Return change and rate of the rows that `told` marks; the rate half up in magnitude, as 四舍五入 is."""
    both, change = had & has, current - prior
    base = np.where(prior > 0, prior, 1)
    rate = np.sign(change) * ((20_000 * np.abs(change) + base) // (2 * base))
    return {
        "change": pd.arrays.IntegerArray(change[told], ~both[told]),
        "change_pct_hundredths": pd.arrays.IntegerArray(rate[told], ~(both & (prior > 0))[told]),
    }


def _ranks(value: Cells, known: Flags) -> Cells:
    order = np.argsort(np.where(known, -value, np.iinfo(np.int64).max), axis=1, kind="stable")
    in_order = np.take_along_axis(value, order, axis=1)
    begins = np.ones(value.shape, bool)
    begins[:, 1:] = in_order[:, 1:] != in_order[:, :-1]
    places = np.maximum.accumulate(np.where(begins, np.arange(1, value.shape[1] + 1), 0), axis=1)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _share(value: Cells, total: Cells, known: Flags) -> Any:
    whole = np.where(total > 0, total, 1)
    share = np.sign(value) * ((20_000 * np.abs(value) + whole) // (2 * whole))
    return pd.arrays.IntegerArray(share[known], ~np.broadcast_to(total > 0, value.shape)[known])


def _nothing(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="Int64") for name in columns})
