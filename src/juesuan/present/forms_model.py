"""What a form hands over: columns and rows, and whether there is anything in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from juesuan.facts import Fact, Findings
from juesuan.present.tables_model import Cell, Column, Row

_LEVELS = {3: 0, 5: 1, 7: 2}


@dataclass(frozen=True)
class Layout:
    """Columns and rows of one table; `empty`: nothing happened. `subject` is what it is about, where a form makes several."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    published: bool = True
    empty: bool = False
    unit: str = "万元"
    subject: str = ""


def level_of(code: str) -> int:
    """Return how deep a 科目 stands: 类 0, 款 1, 项 2."""
    return _LEVELS.get(len(code), 0)


def amount(findings: Findings, fact_id: str) -> Cell:
    """Return a cell: the fact, blank where it is zero or there is none."""
    fact = findings.ledger.get(fact_id)
    return None if fact is None or fact.value == 0 else fact


def published(findings: Findings, *tables: str) -> bool:
    """Say whether the year has every one of `tables`."""
    return set(tables) <= findings.published


def nothing_in(findings: Findings, fact_ids: Iterable[str]) -> bool:
    """Say whether all of the facts are known to be zero."""
    facts: list[Fact | None] = [findings.ledger.get(one) for one in fact_ids]
    return all(fact is not None and fact.value == 0 for fact in facts)
