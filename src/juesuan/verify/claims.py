"""What a page claims: its ledger as facts.json tells it, and the years, codes and quoted words of the data behind it.

Read here as plain JSON, CSV and TOML: the code that wrote them is not asked.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from juesuan.money import NOT_PUBLISHED
from juesuan.verify.numbers import narrowed, same_number

_YEAR_WORD = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_BARE_NUMBER = re.compile(r"[-+]?\d[\d,.]*%?")
_CODE_COLUMNS = ("function_code", "economic_code")


class ClaimsError(ValueError):
    """A ledger or the list of exceptions cannot be read."""


@dataclass(frozen=True)
class Ledger:
    """The printed form of every fact, by id; the page's office and year; (office, year) of every fact."""

    path: Path
    printed: dict[str, str]
    year: int
    folders: frozenset[tuple[str, int]]

    def holds(self, found: str) -> bool:
        """Say whether `found` is how some fact is printed."""
        return found in self._forms

    def prints(self, fact_id: str, found: str) -> bool:
        """Say whether `found` is how the fact of that id is printed."""
        return fact_id in self.printed and same_number(found, self.printed[fact_id])

    @cached_property
    def _forms(self) -> frozenset[str]:
        known = [form.replace(",", "") for form in self.printed.values() if form != NOT_PUBLISHED]
        return frozenset([*known, *(form.lstrip("-") for form in known), *(f"+{form}" for form in known)])


def read_ledger(path: Path) -> Ledger:
    """Return the ledger that facts.json holds; raises `ClaimsError`."""
    try:
        body = json.loads(path.read_bytes().decode("utf-8"))  # `read_text` looks for line ends to change: a fifth of it
        facts = body["facts"]
        folders = frozenset([(body["unit_id"], body["year"]), *((one["unit_id"], one["year"]) for one in facts)])
        return Ledger(path, {one["id"]: one["printed"] for one in facts}, int(body["year"]), folders)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClaimsError(f"{path}：读不出数字台账（{error!r}）；应为 facts.json；请重新运行 juesuan build。") from None


@dataclass(frozen=True)
class Allowed:
    """One entry of `report/verify.toml`: a pattern, or the words of a file of `data/`, and why its numbers may stand."""

    reason: str
    pattern: str = ""
    quoted: str = ""
    columns: tuple[str, ...] = ()


def read_allowed(path: Path) -> list[Allowed]:
    """Return the written exceptions, none where there is no file; raises `ClaimsError` for an entry without reason."""
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("exceptions", [])
        return [_allowed(path, number, entry) for number, entry in enumerate(entries, start=1)]
    except tomllib.TOMLDecodeError as error:
        raise ClaimsError(f"{path}：不是 TOML（{error}）；应为例外清单；请改正。") from None


def _allowed(path: Path, number: int, entry: dict[str, Any]) -> Allowed:
    if not entry.get("reason") or bool(entry.get("pattern")) == bool(entry.get("quoted")):
        raise ClaimsError(
            f"{path} 第 {number} 条例外：{entry}；应有 reason（理由），并有 pattern（文字样式）或 quoted（data 中的文件）之一；请补上。"
        )
    try:
        re.compile(entry.get("pattern", ""))
    except re.error as error:
        raise ClaimsError(f"{path} 第 {number} 条例外：pattern 不是正则表达式（{error}）；请改正。") from None
    return Allowed(entry["reason"], entry.get("pattern", ""), entry.get("quoted", ""), tuple(entry.get("columns", ())))


@dataclass(frozen=True)
class Background:
    """What of `data/` may stand in a page without being a fact: years, codes, quoted words."""

    years: frozenset[str]
    codes: frozenset[str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = field(default=())


def read_background(data: Path, ledger: Ledger, allowed: Iterable[Allowed]) -> Background:
    """Return the years of the facts and of the words of their sources, the codes of `data/`, and the exceptions."""
    folders = [data / unit_id / str(year) for unit_id, year in sorted(ledger.folders)]
    words = [text for folder in folders for name in ("source.toml", "narrative.md") for text in _text(folder / name)]
    years = {ledger.year, ledger.year - 1, *(year for _, year in ledger.folders)}
    if any(not (data / unit_id).is_dir() for unit_id, _ in ledger.folders):  # a page over all offices names every year
        years |= {int(path.name) for path in data.glob("*/[12][0-9][0-9][0-9]")}
    named = {year for text in words for year in _YEAR_WORD.findall(text)}
    entries = list(allowed)
    return Background(
        frozenset(map(str, years)) | named,
        frozenset(_codes(data, folders)),
        tuple((re.compile(one.pattern), one.reason) for one in entries if one.pattern),
        tuple(dict.fromkeys((words, one.reason) for one in entries if one.quoted for words in _quotes(folders, one))),
    )


def _codes(data: Path, folders: Iterable[Path]) -> Iterator[str]:
    for path in sorted((data / "classification").glob("*.csv")):
        yield from (row["code"] for row in _rows(path))
    for path in (path for folder in folders for path in sorted(folder.glob("*.csv"))):
        for row in _rows(path):
            yield from (row[column] for column in _CODE_COLUMNS if row.get(column))


def _quotes(folders: Iterable[Path], entry: Allowed) -> Iterator[str]:
    """Yield the words of the quoted file that hold a digit, narrowed and without white space."""
    for path in (folder / entry.quoted for folder in folders):
        if path.suffix == ".csv":
            cells = (row.get(column) or "" for row in _rows(path) for column in entry.columns)
        elif path.suffix == ".toml":
            told = (text for raw in _text(path) for text in _strings(tomllib.loads(raw)))
            cells = (text for text in told if not _BARE_NUMBER.fullmatch(text.strip()))
        else:
            cells = (line for raw in _text(path) for line in raw.splitlines())
        yield from ("".join(narrowed(cell).split()) for cell in cells if re.search(r"\d", cell))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)


def _rows(path: Path) -> list[dict[str, str]]:
    return _table(path, path.stat().st_mtime_ns) if path.is_file() else []


@lru_cache(maxsize=512)
def _table(path: Path, _changed: int) -> list[dict[str, str]]:
    """Return the rows of a table; every page reads the classification again, many those of the same offices."""
    return list(csv.DictReader("".join(_text(path)).splitlines()))


def _text(path: Path) -> list[str]:
    return [path.read_text(encoding="utf-8-sig", errors="replace")] if path.is_file() else []
