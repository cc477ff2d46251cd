"""What the sentences, tables and charts are told besides figures: names, codes and which facts belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from juesuan.facts.ledger import Ledger

ALL_UNITS = "all"
"""The unit of a ledger that holds figures of many offices."""


@dataclass(frozen=True)
class Entry:
    """One thing that has figures: a 科目, an income source, a project. `fact_id` is its amount; `path` its full name."""

    fact_id: str
    name: str
    code: str = ""
    path: str = ""
    note: str = ""


@dataclass(frozen=True)
class Indicator:
    """One 三级绩效指标 of a project."""

    project: str
    level_1: str
    level_2: str
    level_3: str
    target: str
    actual: str


@dataclass(frozen=True)
class DataSource:
    """Where a table of `data/` was taken from and what is to be said of it; both texts are templates."""

    table: str
    title: str
    origin: str
    note: str
    derived: bool


@dataclass(frozen=True)
class Findings:
    """Everything a notebook shows: the ledger, named lists of entries, and the analyst's words.

    `words` are the passages of narrative.md as templates: a number typed there is already a call of `fact`.
    `published` names the tables that the year has; `budget` is the one that completion is against.
    """

    unit_name: str
    short_name: str
    region: str
    kind: str
    year: int
    prior_year: int
    profile: str
    ledger: Ledger
    lists: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    published: frozenset[str] = frozenset()
    source: str = ""
    budget: str = "adjusted"
    data_sources: tuple[DataSource, ...] = ()

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the list called `name`, empty where the year has none."""
        return self.lists.get(name, ())
