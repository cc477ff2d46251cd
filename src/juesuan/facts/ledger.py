"""The ledger (数字台账): every number that a reader will see is a row here before it is anywhere else.

A `Fact` knows its exact value, how it is written, how it was worked out and which cells of `data/` it came from. Text,
tables and charts are given facts, never numbers.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from juesuan.facts.check_text import Checks, OneCheck
from juesuan.facts.fact import Check, Fact, SourceCell
from juesuan.facts.ledger_text import LedgerText
from juesuan.facts.packing import pack
from juesuan.money import FEN_PER_UNIT

__all__ = [
    "Check",
    "Fact",
    "FactClashError",
    "Ledger",
    "SourceCell",
    "UnknownFactError",
    "amount_value",
    "ledger_from_body",
    "read_ledger",
]


class UnknownFactError(KeyError):
    """A template, table or chart asked for a fact that the ledger does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


class FactClashError(ValueError):
    """Two different numbers were entered under one id."""


@dataclass
class Ledger:
    """The facts of one office and year, in the order in which they were entered."""

    unit_id: str
    year: int
    _facts: dict[str, Fact] = field(default_factory=dict)
    _checks: dict[Checks, None] = field(default_factory=dict)

    def enter(self, fact: Fact) -> Fact:
        """Enter a fact and return it; entering the same fact again is harmless, another one under its id is not."""
        held = self._facts.get(fact.id)
        if held is not None and (held.value, held.unit) != (fact.value, fact.unit):
            raise FactClashError(
                f"数字 {fact.id} 已登记为 {held.printed}{held.unit}，又登记为 {fact.printed}{fact.unit}；请换一个编号。"
            )
        return self._facts.setdefault(fact.id, fact)

    def enter_check(self, check: Check) -> None:
        """Enter a check of the accounts that the facts come from; entering it again is harmless."""
        self.enter_checks(OneCheck(check))

    def enter_checks(self, checks: Checks) -> None:
        """Enter checks that are made when they are asked for; entering them again is harmless."""
        self._checks.setdefault(checks)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks, each once, in the order in which they were entered."""
        return tuple(dict.fromkeys(check for several in self._checks for check in several))

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._facts[fact_id]
        except KeyError:
            near = difflib.get_close_matches(fact_id, self._facts, n=3)
            hint = f"；相近的有 {'、'.join(near)}" if near else ""
            raise UnknownFactError(
                f"台账中没有数字 {fact_id}（{self.unit_id} {self.year}，共 {len(self)} 个）{hint}。"
            ) from None

    def get(self, fact_id: str) -> Fact | None:
        """Return the fact, or None where the ledger does not hold it."""
        return self._facts.get(fact_id)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def points(self, labelled: Mapping[str, str] | Iterable[str]) -> pd.DataFrame:
        """Return what a chart draws: one row a fact, columns `fact_id`, `label`, `value`, `printed`, `unit`.

        `labelled` maps a fact's id to its label; a plain list of ids takes the facts' titles. `value` is a float and
        only sets a position: what a reader sees is `printed`. Facts that are 未公开 have `value` NaN.
        """
        labels = labelled if isinstance(labelled, Mapping) else {one: self[one].title for one in labelled}
        facts = [self[one] for one in labels]
        return pd.DataFrame(
            {
                "fact_id": [fact.id for fact in facts],
                "label": list(labels.values()),
                "value": [float("nan") if fact.value is None else float(fact.value) for fact in facts],
                "printed": [fact.printed for fact in facts],
                "unit": [fact.unit for fact in facts],
            }
        )

    def to_records(self) -> list[dict[str, Any]]:
        """Return JSON-ready rows; the exact value travels as `numerator` and `denominator`."""
        records: list[dict[str, Any]] = self.to_body()["facts"]
        return records

    def to_body(self) -> dict[str, Any]:
        """Return what `facts.json` holds: unit_id, year, facts and checks (a cell of a check is [file, row, column])."""
        return self.text().body

    def text(self) -> LedgerText:
        """Return the ledger as the files beside a page hold it."""
        return LedgerText(self.unit_id, self.year, tuple(self), tuple(self._checks))

    def files(self) -> dict[str, str]:
        """Return what lies beside a page, as `packing.unpack` takes it."""
        return pack(self.text())

    def write_json(self, path: Path) -> None:
        """Write `facts.json`."""
        path.write_text(self.text().json(), encoding="utf-8")

    def write_script(self, path: Path) -> None:
        """Write `facts.js`: the same for a page opened from a folder, where a browser loads scripts but fetches nothing."""
        path.write_text(self.text().script(), encoding="utf-8")

    def write_parquet(self, path: Path) -> None:
        """Write `facts.parquet`: one row a fact, `inputs` and `sources` as JSON text."""
        path.write_bytes(self.text().parquet())


def ledger_from_body(body: Mapping[str, Any]) -> Ledger:
    """Return the ledger that `to_body` told of."""
    ledger = Ledger(body["unit_id"], body["year"])
    for row in body["facts"]:
        exact = None if row["numerator"] is None else Fraction(row["numerator"], row["denominator"])
        sources = tuple(SourceCell(**cell) for cell in row["sources"])
        ledger.enter(
            Fact(row["id"], row["unit_id"], row["year"], row["title"], exact, row["unit"], row["decimals"],
                 row["formula"], tuple(row["inputs"]), sources)
        )  # fmt: skip
    for row in body["checks"]:
        cells = tuple(SourceCell(*cell) for cell in row["cells"])
        ledger.enter_check(Check(row["rule_id"], row["words"], row["outcome"], row["working"], cells))
    return ledger


def read_ledger(path: Path) -> Ledger:
    """Return the ledger that `write_json` wrote to `path`."""
    return ledger_from_body(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=4096)  # the cells of a report are summed over and over, and most of the sums are zero
def amount_value(fen: int | None, unit: str = "万元") -> Fraction | None:
    """Return 分 as an exact value in `unit`, for `Fact.value`."""
    return None if fen is None else Fraction(fen, FEN_PER_UNIT[unit])
