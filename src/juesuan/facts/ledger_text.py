"""The ledger as the files beside a page hold it: `facts.json`, `facts.js` and `facts.parquet`.

JSON without line breaks, the facts in one call: indented, or fact by fact, it took a tenth of a second a file.
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

from juesuan.facts.check_text import COMPACT, Checks, check_body
from juesuan.facts.fact import Fact, SourceCell

SCRIPT_BEGINS, SCRIPT_ENDS = "globalThis.juesuanFacts = ", ";\n"
_LARGEST_IN_SCRIPT = 2**53 - 1
_EXACT = ("numerator", "denominator")
_IN_JSON = ("inputs", "sources")
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
    checks: tuple[Checks, ...]

    @property
    def body(self) -> dict[str, Any]:
        """What `facts.json` holds: unit_id, year, facts and checks (a cell of a check is [file, row, column])."""
        checks = dict.fromkeys(check for several in self.checks for check in several)
        told = {"unit_id": self.unit_id, "year": self.year, "facts": self._records}
        return {**told, "checks": list(map(check_body, checks))}

    @cached_property
    def _records(self) -> list[dict[str, Any]]:
        return list(map(_record, self.facts))

    def json(self) -> str:
        """Return `facts.json`."""
        return b"".join(self.pieces()).decode() + "\n"

    def script(self) -> str:
        """Return `facts.js`; a whole number that a browser would read as another travels as text."""
        return f"{SCRIPT_BEGINS}{b''.join(self.pieces(for_a_browser=True)).decode()}{SCRIPT_ENDS}"

    @cached_property
    def long_numbers(self) -> bool:
        """Whether there are whole numbers that a browser would read as others, so that the script is not the JSON itself."""
        return any(True for one in self._records for _ in _long_as_text(one))

    def pieces(self, *, for_a_browser: bool = False) -> Iterator[bytes]:
        """Yield the JSON piece by piece: of a page over all offices the whole would be copied again and again."""
        long = for_a_browser and self.long_numbers
        facts = list(map(_for_a_browser, self._records)) if long else self._records
        told = COMPACT.encode({"unit_id": self.unit_id, "year": self.year, "facts": facts})
        yield f'{told[:-1]},"checks":['.encode()
        met: set[bytes] = set()
        for several in self.checks:
            texts = [text for text in dict.fromkeys(map(str.encode, several.texts())) if text not in met]
            yield b",".join(texts) if not met else b"".join(b"," + text for text in texts)
            met.update(texts)
        yield b"]}"

    def table(self) -> pa.Table:
        """Return one row a fact: the columns of `facts.parquet`, `inputs` and `sources` as JSON text."""
        columns = {name: [one[name] for one in self._records] for name in _COLUMNS}
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


def _for_a_browser(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, **dict(_long_as_text(record))}


def _long_as_text(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _EXACT:
        if record[name] is not None and abs(record[name]) > _LARGEST_IN_SCRIPT:
            yield name, str(record[name])
