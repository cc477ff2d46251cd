"""The facts of the page 数据与术语: what the site holds and from which documents, which 科目 changed their names."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from juesuan.facts.ledger import Fact, Ledger, SourceCell
from juesuan.facts.outline import ALL_UNITS
from juesuan.facts.search import KINDS
from juesuan.load import Accounts
from juesuan.schema import YEAR_TABLES

_ENDS = {"first_year": "启用年度", "last_year": "停用年度"}


@dataclass(frozen=True)
class YearSource:
    """The document behind one office and year; `count` is the number of its `tables`, each (file, title).

    An office without a profile is only compared: its report is not ours to publish.
    """

    unit_id: str
    unit_name: str
    year: int
    has_report: bool
    title: str
    publisher: str
    retrieved: str
    tables: tuple[tuple[str, str], ...]
    count: Fact
    headline_only: bool
    partial: bool


@dataclass(frozen=True)
class CodeName:
    """One name of a 科目 that bore several, and the years in which it did (None: not limited)."""

    kind: str
    code: str
    name: str
    since: Fact | None
    until: Fact | None


@dataclass(frozen=True)
class TermsFindings:
    """What the page tells: `names` of 科目 by code, as they are called now; `prices` one fact a year, oldest first."""

    ledger: Ledger
    names: Mapping[str, str]
    sources: tuple[YearSource, ...]
    renamed: tuple[CodeName, ...]
    prices: tuple[Fact, ...] = field(default=())


def terms_findings(accounts: Sequence[Accounts], prices: Mapping[int, Fraction] | None = None) -> TermsFindings:
    """Return the documents of every office and year, oldest first, the renamed 科目, and the price index.

    The ledger counts offices (`units.count`), office-years (`years.count`) and the tables of each.
    """
    ledger = Ledger(ALL_UNITS, max(one.year for one in accounts))
    enter = _Enterer(ledger)
    units = {one.unit.unit_id for one in accounts}
    enter.count("units.count", "收有的单位", len(units), "个", "data/units.csv 中有数据的单位数")
    enter.count("years.count", "收有的单位年度", len(accounts), "个", "data/ 中有数据的年度文件夹数")
    enter.count("tables.count", "年度表的种类", len(YEAR_TABLES), "种", "数据字典所列的年度表")
    frames = accounts[0].classification
    renamed = [one for kind in KINDS for one in _renamed(enter, kind, getattr(frames, kind))]
    return TermsFindings(
        ledger,
        _names(accounts),
        tuple(enter.source(one) for one in sorted(accounts, key=lambda held: (held.unit.unit_id, held.year))),
        tuple(renamed),
        tuple(enter.price(year, index) for year, index in (prices or {}).items()),
    )


def _names(accounts: Sequence[Accounts]) -> dict[str, str]:
    """Return the name that every 功能分类 code bore last."""
    classification = accounts[0].classification
    codes = classification.function["code"].unique()
    return {code: classification.names("function", code)[-1] for code in codes}


def _renamed(enter: _Enterer, kind: str, frame: pd.DataFrame) -> list[CodeName]:
    """Return the names of every code that bore several, the oldest first."""
    several = frame[frame["code"].duplicated(keep=False)]
    ordered = several.assign(since=several["first_year"].fillna(0)).sort_values(["code", "since"], kind="stable")
    rows = ordered.to_dict("records")
    return [
        CodeName(kind, row["code"], row["name"], *(enter.end(kind, row, column) for column in _ENDS)) for row in rows
    ]


@dataclass(frozen=True)
class _Enterer:
    """Enters what the page counts and names."""

    ledger: Ledger

    def count(self, fact_id: str, title: str, value: int, unit: str, formula: str) -> Fact:
        """Enter a count over all offices."""
        year = self.ledger.year
        return self.ledger.enter(Fact(fact_id, ALL_UNITS, year, title, Fraction(value), unit, 0, formula))

    def source(self, one: Accounts) -> YearSource:
        """Enter how many tables a year has; the fact also names the folder whose words the page quotes."""
        files = tuple((table.file, table.title) for name, table in YEAR_TABLES.items() if _is_there(one, name))
        count = Fact(
            f"tables.{one.unit.unit_id}.{one.year}", one.unit.unit_id, one.year, f"{one.year}年的表", Fraction(len(files)),
            "张", 0, f"data/{one.folder}/ 中的表",
        )  # fmt: skip
        return YearSource(
            one.unit.unit_id, one.unit.name, one.year, bool(one.unit.profile), one.source.title, one.source.publisher, one.source.retrieved, files,
            self.ledger.enter(count), one.headline_only, one.partial,
        )  # fmt: skip

    def end(self, kind: str, row: Mapping[Hashable, Any], column: str) -> Fact | None:
        """Enter the first or last year of a name, a number of the classification like any other."""
        value = row[column]
        if pd.isna(value):
            return None
        cell = SourceCell(f"classification/{kind}.csv", int(row["source_row"]), column)
        return self.ledger.enter(
            Fact(
                f"{kind}.{row['code']}.{row['name']}.{column}", ALL_UNITS, self.ledger.year,
                f"“{row['name']}”的{_ENDS[column]}", Fraction(int(value)), "年", 0, "科目表所填", (), (cell,),
            )
        )  # fmt: skip

    def price(self, year: int, index: Fraction) -> Fact:
        """Enter the price index of a year, the year before being 100."""
        cell = SourceCell("cpi.csv", None, "index_pct")
        return self.ledger.enter(
            Fact(
                f"price_index.{year}",
                ALL_UNITS,
                year,
                f"{year}年居民消费价格指数",
                index,
                "",
                1,
                "上年为100",
                (),
                (cell,),
            )
        )


def _is_there(one: Accounts, name: str) -> bool:
    """Say whether a year has a file of this table; without one `totals` is there all the same, and empty."""
    return name in one.records and not (name == "totals" and not one.records[name])
