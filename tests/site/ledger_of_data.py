"""What the explorer's numbers ought to be, worked out from the files of `data/` alone; shares no code with the site but money's rounding."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from pathlib import Path

from juesuan.money import write_number

NOT_PUBLISHED = "未公开"
Rows = list[dict[str, str]]


@cache
def _rows(path: Path) -> Rows | None:
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Books:
    """The files of one `data/`; an amount is a `Fraction` of 万元, None where the year does not say."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.units = {row["unit_id"]: row for row in _rows(data / "units.csv") or []}
        self.prices = {int(row["year"]): Fraction(row["index_pct"]) for row in _rows(data / "cpi.csv") or []}
        self.functions = _rows(data / "classification/function.csv") or []

    def years(self, unit: str) -> list[int]:
        return sorted(int(path.name) for path in (self.data / unit).iterdir() if path.is_dir())

    def units_in(self, year: int) -> list[str]:
        return [unit for unit in self.units if year in self.years(unit)]

    def short(self, unit: str) -> str:
        return self.units[unit]["short_name"]

    def table(self, unit: str, year: int, name: str) -> Rows | None:
        return _rows(self.data / unit / str(year) / f"{name}.csv")

    def total(self, unit: str, year: int, item: str = "expenditure.total") -> Fraction | None:
        rows = self.table(unit, year, "totals") or []
        return next((Fraction(row["final"]) for row in rows if row["item"] == item and row["final"]), None)

    def disclosed(self, unit: str, year: int, item: str) -> Fraction | None:
        rows = self.table(unit, year, "disclosures") or []
        return next((Fraction(row["value"]) for row in rows if row["item"] == item and row["value"]), None)

    def added(self, unit: str, year: int, name: str, column: str = "final", **where: str) -> Fraction | None:
        """Return the sum of a column over the rows whose cells begin as `where` says; None without the table."""
        rows = self.table(unit, year, name)
        if rows is None:
            return None
        met = [row for row in rows if all(row[key].startswith(value) for key, value in where.items())]
        return sum((Fraction(row[column]) for row in met if row[column]), Fraction(0))

    def spent_on(self, unit: str, year: int, code: str) -> Fraction | None:
        return self.added(unit, year, "expenditure", function_code=code)

    def parts(
        self, unit: str, year: int, digits: int, name: str = "expenditure", key: str = "function_code"
    ) -> dict[str, Fraction]:
        """Return a year's expenditure by the first `digits` of its codes."""
        found: dict[str, Fraction] = {}
        for row in self.table(unit, year, name) or []:
            found[row[key][:digits]] = found.get(row[key][:digits], Fraction(0)) + Fraction(row["final"])
        return found

    def at_prices_of(self, amount: Fraction, year: int, base: int) -> Fraction:
        for after in range(year + 1, base + 1):
            amount *= self.prices[after] / 100
        return amount

    def name_of(self, code: str, year: int) -> str:
        fitting = [
            row["name"]
            for row in self.functions
            if row["code"] == code and int(row["first_year"] or 0) <= year <= int(row["last_year"] or 9999)
        ]
        return fitting[-1]


def printed(value: Fraction | None, decimals: int = 2) -> str:
    return write_number(value, decimals)


def share(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole or whole <= 0 else part / whole * 100


def total(values: Iterable[Fraction | None]) -> Fraction:
    return sum((value for value in values if value is not None), Fraction(0))


def median(values: Iterable[Fraction | None]) -> Fraction:
    """Return the figure in the middle, of two the lower."""
    known = sorted(value for value in values if value is not None)
    return known[(len(known) - 1) // 2]


def rank(value: Fraction, values: Iterable[Fraction | None]) -> int:
    return 1 + sum(other is not None and other > value for other in values)
