"""What can be searched for in the accounts: offices, 科目 that have figures, and what each report says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.classification import CLASS_DIGITS, SECTION_DIGITS, Classification
from juesuan.load import Accounts

KINDS = {"function": "功能分类", "economic": "经济分类"}
_LENGTHS = (CLASS_DIGITS, SECTION_DIGITS, None)
"""How much of a code names its 类, its 款 and itself."""


@dataclass(frozen=True)
class SearchedOffice:
    """One office as people call it."""

    unit_id: str
    name: str
    short_name: str
    region: str


@dataclass(frozen=True)
class SearchedYear:
    """One office and year: its tables, the office's own passages, its codes (with those of 款 and 类 above them)."""

    unit_id: str
    year: int
    profile: str
    published: frozenset[str]
    words: frozenset[str]
    codes: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class SearchedItem:
    """One 科目 that some report has: `kind` is function or economic, `former` the names that it bore before."""

    kind: str
    code: str
    name: str
    former: tuple[str, ...]


@dataclass(frozen=True)
class Searched:
    """Offices in the order of `units.csv`, office-years oldest first, 科目 in code order."""

    offices: tuple[SearchedOffice, ...]
    years: tuple[SearchedYear, ...]
    items: tuple[SearchedItem, ...]


def searched(accounts: Sequence[Accounts]) -> Searched:
    """Return what a reader may search for in all the accounts."""
    units = {one.unit.unit_id: one.unit for one in accounts}.values()
    offices = tuple(SearchedOffice(one.unit_id, one.name, one.short_name, one.region) for one in units)
    years = tuple(_year(one) for one in sorted(accounts, key=lambda held: (held.unit.unit_id, held.year)))
    used = sorted({code for one in years for code in one.codes})
    latest = max(accounts, key=lambda held: held.year)
    items = tuple(_item(latest.classification, kind, code, latest.year) for kind, code in used)
    return Searched(offices, years, items)


def _year(one: Accounts) -> SearchedYear:
    codes = {(kind, code[:length]) for kind in KINDS for code in _codes(one, kind) for length in _LENGTHS}
    return SearchedYear(
        one.unit.unit_id, one.year, one.unit.profile, frozenset(one.tables), frozenset(one.narrative), frozenset(codes)
    )


def _codes(one: Accounts, kind: str) -> set[str]:
    """Return every code of the year's tables."""
    column = f"{kind}_code"
    return {code for rows in one.records.values() for row in rows if (code := row.get(column)) is not None}


def _item(classification: Classification, kind: str, code: str, year: int) -> SearchedItem:
    name = classification.name(kind, code, year)
    names = classification.names(kind, code)
    return SearchedItem(kind, code, name, tuple(dict.fromkeys(one for one in names if one != name)))
