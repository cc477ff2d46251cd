"""The ledger (数字台账): every number that a reader will see is a row here before it is anywhere else.

A `Fact` knows its exact value, how it is written, how it was worked out and which cells of `data/` it came from. Text,
tables and charts are given facts, never numbers.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from juesuan.money import FEN_PER_UNIT, write_number

_LARGEST_IN_SCRIPT = 2**53 - 1


@dataclass(frozen=True)
class SourceCell:
    """One cell of a file in `data/`: path from the data folder, line in the file (the header is line 1), column.

    `value` is what the cell adds to a sum, in the sum's unit; empty where the cell is the figure itself or is no amount.
    """

    file: str
    row: int | None
    column: str
    value: str = ""


@dataclass(frozen=True)
class Check:
    """What one rule of `rules.csv` came to, for one group; `cells` are those that it read on either side."""

    rule_id: str
    words: str
    outcome: str
    working: str
    cells: tuple[SourceCell, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One number of one office and year.

    `value` is exact and in `unit` (an amount of 191.39 in 万元 is `Fraction(19139, 100)`); None means 未公开.
    `formula` says in words how it was worked out, `inputs` names the facts it was worked out from, `sources` the cells.
    """

    id: str
    unit_id: str
    year: int
    title: str
    value: Fraction | None
    unit: str
    decimals: int
    formula: str = ""
    inputs: tuple[str, ...] = ()
    sources: tuple[SourceCell, ...] = ()

    @property
    def printed(self) -> str:
        """The number as a reader sees it, rounded half up once, without its unit."""
        return write_number(self.value, self.decimals)

    @property
    def known(self) -> bool:
        """Say whether the number was published."""
        return self.value is not None


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
    _checks: dict[Check, None] = field(default_factory=dict)

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
        self._checks.setdefault(check)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks, in the order in which they were entered."""
        return tuple(self._checks)

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
        return [_record(fact) for fact in self]

    def to_body(self) -> dict[str, Any]:
        """Return what `facts.json` holds: unit_id, year, facts and checks (a cell of a check is [file, row, column])."""
        checks = [_check_record(check) for check in self.checks]
        return {"unit_id": self.unit_id, "year": self.year, "facts": self.to_records(), "checks": checks}

    def write_json(self, path: Path) -> None:
        """Write `facts.json`."""
        path.write_text(json.dumps(self.to_body(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def write_script(self, path: Path) -> None:
        """Write `facts.js`: the same for a page opened from a folder, where a browser loads scripts but fetches nothing."""
        body = self.to_body()
        for record in body["facts"]:
            record |= {name: _script_number(record[name]) for name in ("numerator", "denominator")}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        path.write_text(f"globalThis.juesuanFacts = {text};\n", encoding="utf-8")

    def write_parquet(self, path: Path) -> None:
        """Write `facts.parquet`: one row a fact, `inputs` and `sources` as JSON text."""
        facts_frame(self).to_parquet(path, index=False)


def facts_frame(facts: Iterable[Fact]) -> pd.DataFrame:
    """Return one row a fact: the columns of `facts.parquet`."""
    rows = [_record(fact) for fact in facts]
    for row in rows:
        row["inputs"] = json.dumps(row["inputs"], ensure_ascii=False)
        row["sources"] = json.dumps(row["sources"], ensure_ascii=False)
    columns = ["id", "unit_id", "year", "title", "printed", "unit", "decimals", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=[*columns, "formula", "inputs", "sources"])
    # Left to itself pandas reads whole numbers beside a None as floats, which are not exact from 2**53 on.
    exact = {name: pd.array([row[name] for row in rows], dtype="Int64") for name in ("numerator", "denominator")}
    return frame.assign(**exact).astype({"year": "int64", "decimals": "int64"})


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


def _record(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "unit_id": fact.unit_id,
        "year": fact.year,
        "title": fact.title,
        "printed": fact.printed,
        "unit": fact.unit,
        "decimals": fact.decimals,
        "numerator": None if fact.value is None else fact.value.numerator,
        "denominator": None if fact.value is None else fact.value.denominator,
        "formula": fact.formula,
        "inputs": list(fact.inputs),
        "sources": [asdict(cell) for cell in fact.sources],
    }


def _check_record(check: Check) -> dict[str, Any]:
    return {**asdict(check), "cells": [[cell.file, cell.row, cell.column] for cell in check.cells]}


def _script_number(number: int | None) -> int | str | None:
    """Return `number` as text where JavaScript, whose numbers are floats, would read another one."""
    return number if number is None or abs(number) <= _LARGEST_IN_SCRIPT else str(number)


def amount_value(fen: int | None, unit: str = "万元") -> Fraction | None:
    """Return 分 as an exact value in `unit`, for `Fact.value`."""
    return None if fen is None else Fraction(fen, FEN_PER_UNIT[unit])
