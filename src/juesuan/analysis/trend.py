"""Trend (趋势): one amount over the years."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pandas as pd

from juesuan.analysis.frames import require_columns, whole
from juesuan.analysis.variance import change_between
from juesuan.money import percent

_PRECISION = 40


def series(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a year from the first to the last of `frame` (year, final_fen), gaps as unknown.

    Columns: year, final_fen, change_fen (Int64), change_pct (exact per cent of the year before), index_pct (the first
    known year is 100). Raises `ValueError` for a column that is not there and for a year that comes twice.
    """
    require_columns(frame, ["year", "final_fen"])
    if frame["year"].duplicated().any():
        raise ValueError("趋势分析：同一年度出现两次；应每年一行；请先按年汇总。")
    years = [int(year) for year in frame["year"]]
    amount_by_year = {int(year): whole(fen) for year, fen in zip(frame["year"], frame["final_fen"], strict=True)}
    every_year = list(range(min(years), max(years) + 1)) if years else []
    amounts = [amount_by_year.get(year) for year in every_year]
    base = next((amount for amount in amounts if amount is not None), None)
    changes = [change_between(before, after) for before, after in zip([None, *amounts], amounts, strict=False)]
    return pd.DataFrame(
        {
            "year": every_year,
            "final_fen": pd.array(amounts, dtype="Int64"),
            "change_fen": pd.array([change.change_fen for change in changes], dtype="Int64"),
            "change_pct": pd.Series([change.change_pct for change in changes], dtype="object"),
            "index_pct": pd.Series([percent(amount, base) for amount in amounts], dtype="object"),
        }
    )


def compound_growth_pct(worked: pd.DataFrame) -> Decimal | None:
    """Return the yearly growth in per cent that leads from the first known year to the last; None without two years.

    The root is irrational, so it is a Decimal of forty digits; a base or an end that is not positive has no rate.
    """
    known = worked.dropna(subset=["final_fen"])
    if len(known) < 2:
        return None
    first, last = (int(known["final_fen"].iloc[place]) for place in (0, -1))
    years = int(known["year"].iloc[-1]) - int(known["year"].iloc[0])
    if first <= 0 or last <= 0:
        return None
    ratio = Fraction(last, first)
    with localcontext() as context:
        context.prec = _PRECISION
        quotient = Decimal(ratio.numerator) / Decimal(ratio.denominator)
        return (quotient if years == 1 else quotient ** (Decimal(1) / Decimal(years))) * 100 - 100
