"""The ledger as text: `facts.json`, `facts.js` and `facts.parquet`, the bytes that json.dumps and pandas would write.

A report has thousands of facts. What every one of them says is turned into JSON in one call, then set in the form that
each file has: encoding them one by one, indented, took a tenth of a second a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from juesuan.facts.fact import Check, Fact, SourceCell

_LARGEST_IN_SCRIPT = 2**53 - 1
_EXACT = ("numerator", "denominator")
_PLAIN = ("id", "unit_id", "year", "title", "printed", "unit", "decimals", *_EXACT, "formula")
_FACT = (*_PLAIN, "inputs", "sources")
_CELL = ("file", "row", "column", "value")
_CHECK = ("rule_id", "words", "outcome", "working", "cells")
_DEEP = 3
"""How deep a list within a fact or a check lies."""


@dataclass(frozen=True)
class _Form:
    """How JSON is set: what stands after a comma and a colon, or each entry on a line of its own."""

    comma: str = ", "
    colon: str = ": "
    indented: bool = False

    def record(self, names: Sequence[str], depth: int) -> str:
        """Return the `%` template of an object of these names."""
        return self._around("{}", [f'"{name}"{self.colon}%s' for name in names], depth)

    def array(self, entries: Sequence[str], depth: int) -> str:
        """Return an array of what is JSON already."""
        return self._around("[]", entries, depth)

    def _around(self, brackets: str, entries: Sequence[str], depth: int) -> str:
        opening, closing = brackets[0], brackets[1]
        if not entries:
            return brackets
        if not self.indented:
            return f"{opening}{self.comma.join(entries)}{closing}"
        line = f"\n{' ' * depth}"
        return f"{opening}{line} {f',{line} '.join(entries)}{line}{closing}"


@dataclass(frozen=True)
class _Told:
    """What one fact says, in JSON: its figures and words in the order of the names, its inputs, its cells."""

    plain: tuple[str, ...]
    inputs: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    def array_of_cells(self, form: _Form, cell: str) -> str:
        """Return the cells as an array of objects."""
        return form.array([cell % one for one in self.cells], _DEEP)


@dataclass(frozen=True)
class LedgerText:
    """The facts and checks of a ledger, to be written."""

    unit_id: str
    year: int
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]

    def indented(self) -> str:
        """Return `facts.json`."""
        return self._body(_Form(indented=True), [one.plain for one in self._told]) + "\n"

    def script(self) -> str:
        """Return `facts.js`; a whole number that a browser would read as another travels as text."""
        told = [one.plain for one in self._told]
        for place, fact in enumerate(self.facts):
            if fact.value is not None and max(abs(fact.value.numerator), fact.value.denominator) > _LARGEST_IN_SCRIPT:
                told[place] = _with_long_as_text(told[place])
        return f"globalThis.juesuanFacts = {self._body(_Form(',', ':'), told)};\n"

    def frame(self) -> pd.DataFrame:
        """Return one row a fact: the columns of `facts.parquet`."""
        form = _Form()
        cell = form.record(_CELL, 0)
        columns: dict[str, Any] = dict(zip(_PLAIN, zip(*self._plain, strict=True), strict=False))
        if self.facts:
            columns["inputs"] = [form.array(one.inputs, 0) for one in self._told]
            columns["sources"] = [one.array_of_cells(form, cell) for one in self._told]
        # Left to itself pandas reads whole numbers beside a None as floats, which are not exact from 2**53 on.
        columns |= {name: pd.array(columns.get(name, ()), dtype="Int64") for name in _EXACT}
        columns |= {name: np.array(columns.get(name, ()), dtype="int64") for name in ("year", "decimals")}
        return pd.DataFrame(columns, columns=list(_FACT))

    def parquet(self) -> bytes:
        """Return `facts.parquet`."""
        held = BytesIO()
        self.frame().to_parquet(held, index=False)
        return held.getvalue()

    @cached_property
    def _plain(self) -> list[tuple[Any, ...]]:
        return [_plain(fact) for fact in self.facts]

    @cached_property
    def _told(self) -> list[_Told]:
        plain = _in_json(value for values in self._plain for value in values)
        inputs = _in_json(one for fact in self.facts for one in fact.inputs)
        cells = _in_json(value for fact in self.facts for cell in fact.sources for value in _cell(cell))
        return [
            _Told(
                tuple(islice(plain, len(_PLAIN))),
                tuple(islice(inputs, len(fact.inputs))),
                tuple(tuple(islice(cells, len(_CELL))) for _ in fact.sources),
            )
            for fact in self.facts
        ]

    def _body(self, form: _Form, plain: Sequence[tuple[str, ...]]) -> str:
        fact, cell = form.record(_FACT, _DEEP - 1), form.record(_CELL, _DEEP + 1)
        facts = [
            fact % (*own, form.array(one.inputs, _DEEP), one.array_of_cells(form, cell))
            for own, one in zip(plain, self._told, strict=True)
        ]
        whole = form.record(("unit_id", "year", "facts", "checks"), 0)
        return whole % (*_in_json([self.unit_id, self.year]), form.array(facts, 1), form.array(self._checks(form), 1))

    def _checks(self, form: _Form) -> list[str]:
        check = form.record(_CHECK, _DEEP - 1)
        words = _in_json(word for one in self.checks for word in (one.rule_id, one.words, one.outcome, one.working))
        cells = _in_json(value for one in self.checks for cell in one.cells for value in _cell(cell)[:-1])
        made = []
        for one in self.checks:
            places = [form.array(list(islice(cells, len(_CELL) - 1)), _DEEP + 1) for _ in one.cells]
            made.append(check % (*islice(words, len(_CHECK) - 1), form.array(places, _DEEP)))
        return made


def _plain(fact: Fact) -> tuple[Any, ...]:
    exact = (None, None) if fact.value is None else (fact.value.numerator, fact.value.denominator)
    words = (fact.id, fact.unit_id, fact.year, fact.title, fact.printed, fact.unit, fact.decimals)
    return (*words, *exact, fact.formula)


def _cell(cell: SourceCell) -> tuple[Any, ...]:
    return (cell.file, cell.row, cell.column, cell.value)


def _with_long_as_text(plain: tuple[str, ...]) -> tuple[str, ...]:
    long = {name for name in _EXACT if abs(int(plain[_PLAIN.index(name)])) > _LARGEST_IN_SCRIPT}
    return tuple(f'"{one}"' if name in long else one for name, one in zip(_PLAIN, plain, strict=True))


def _in_json(values: Iterable[Any]) -> Iterator[str]:
    """Yield each word or number in JSON, all made in one call; a line break in a word is not one in its JSON."""
    text = json.dumps(list(values), ensure_ascii=False, separators=("\n", ":"))[1:-1]
    return iter(text.split("\n"))
