"""The ledger as the files beside a page hold it: `facts.json`, `facts.js` and `facts.parquet`.

JSON without line breaks, in one call: indented, or fact by fact, it took a tenth of a second a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from juesuan.facts.fact import Check, Fact, SourceCell

_LARGEST_IN_SCRIPT = 2**53 - 1
_EXACT = ("numerator", "denominator")
_IN_JSON = ("inputs", "sources")
_COMPACT = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_IN_WORDS = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_COLUMNS = (
    "id", "unit_id", "year", "title", "printed", "unit", "decimals", *_EXACT, "formula", *_IN_JSON,
)  # fmt: skip


@dataclass(frozen=True)
class LedgerText:
    """The facts and checks of a ledger, to be written."""

    unit_id: str
    year: int
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]

    @cached_property
    def body(self) -> dict[str, Any]:
        """What `facts.json` holds: unit_id, year, facts and checks (a cell of a check is [file, row, column])."""
        facts, checks = list(map(_record, self.facts)), list(map(_check, self.checks))
        return {"unit_id": self.unit_id, "year": self.year, "facts": facts, "checks": checks}

    @cached_property
    def _compact(self) -> str:
        return _COMPACT.encode(self.body)

    def json(self) -> str:
        """Return `facts.json`."""
        return self._compact + "\n"

    def script(self) -> str:
        """Return `facts.js`; a whole number that a browser would read as another travels as text."""
        long = any(True for one in self.body["facts"] for _ in _long_as_text(one))
        told = {**self.body, "facts": list(map(_for_a_browser, self.body["facts"]))} if long else None
        return f"globalThis.juesuanFacts = {_COMPACT.encode(told) if told else self._compact};\n"

    def table(self) -> pa.Table:
        """Return one row a fact: the columns of `facts.parquet`, `inputs` and `sources` as JSON text."""
        columns = {name: [one[name] for one in self.body["facts"]] for name in _COLUMNS}
        in_json = {name: _each_in_words(columns[name]) for name in _IN_JSON}
        return pa.table({**columns, **in_json}, schema=_schema())

    def parquet(self) -> bytes:
        """Return `facts.parquet`."""
        held = BytesIO()
        parquet.write_table(self.table(), held)
        return held.getvalue()


@cache
def _schema() -> pa.Schema:
    """Return what pandas would make of such a frame, which it takes longer to make than all else here.

    A whole number beside a None stays one: as a float it would not be exact from 2**53 on.
    """
    numbers = {"year": "int64", "decimals": "int64", **dict.fromkeys(_EXACT, "Int64")}
    types = {name: numbers.get(name, "str") for name in _COLUMNS}
    return pa.Schema.from_pandas(pd.DataFrame(columns=list(_COLUMNS)).astype(types), preserve_index=False)


def _each_in_words(lists: list[list[Any]]) -> list[str]:
    """Return each list as JSON text, encoded in one call where no text in them looks like the end of a list."""
    parts = _IN_WORDS.encode(lists)[2:-2].split("], [")
    return [f"[{part}]" for part in parts] if len(parts) == len(lists) else list(map(_IN_WORDS.encode, lists))


def _record(fact: Fact) -> dict[str, Any]:
    exact = (None, None) if fact.value is None else (fact.value.numerator, fact.value.denominator)
    words = (fact.id, fact.unit_id, fact.year, fact.title, fact.printed, fact.unit, fact.decimals)
    told = (*words, *exact, fact.formula, list(fact.inputs), list(map(_cell, fact.sources)))
    return dict(zip(_COLUMNS, told, strict=True))


def _cell(cell: SourceCell) -> dict[str, Any]:
    return {"file": cell.file, "row": cell.row, "column": cell.column, "value": cell.value}


def _check(check: Check) -> dict[str, Any]:
    cells = [[cell.file, cell.row, cell.column] for cell in check.cells]
    words = {"rule_id": check.rule_id, "words": check.words, "outcome": check.outcome, "working": check.working}
    return {**words, "cells": cells}


def _for_a_browser(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, **dict(_long_as_text(record))}


def _long_as_text(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _EXACT:
        if record[name] is not None and abs(record[name]) > _LARGEST_IN_SCRIPT:
            yield name, str(record[name])
