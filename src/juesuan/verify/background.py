"""What of `data/` may stand in a page without being a fact: years, codes and quoted words, told file by file.

Read here as plain CSV, TOML and text: the code that wrote them is not asked.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from juesuan.verify.claims import Allowed, Ledger
from juesuan.verify.numbers import narrowed

_YEAR_WORD = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_BARE_NUMBER = re.compile(r"[-+]?\d[\d,.]*%?")
_DIGIT = re.compile(r"\d")
_OF_WORDS = ("source.toml", "narrative.md")
_CODE_COLUMNS = ("function_code", "economic_code")
_CLASSIFICATION = "classification"


@dataclass(frozen=True)
class Told:
    """What one file lets stand: the years that its words name, the codes of its rows, its quoted words with the reason."""

    years: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    quotes: tuple[tuple[str, str], ...] = ()

    def words(self) -> list[str]:
        """Return all of it as words in one order, an empty one between kinds: two files that tell the same have the same."""
        return [*sorted(self.years), "", *sorted(self.codes), "", *(word for quote in self.quotes for word in quote)]


@dataclass(frozen=True)
class Background:
    """What of `data/` may stand in a page without being a fact: years, codes, quoted words."""

    years: frozenset[str]
    codes: frozenset[str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = field(default=())


def read_background(data: Path, ledger: Ledger, allowed: Iterable[Allowed]) -> Background:
    """Return the years of the facts and of the words of their sources, the codes of `data/`, and the exceptions.

    Of the contents of `data/` nothing comes in but what `told_by` says of each file.
    """
    entries = tuple(allowed)
    folders = [f"{unit_id}/{year}" for unit_id, year in sorted(ledger.folders)]
    told = [one for folder in (_CLASSIFICATION, *folders) for one in _told_in(data, folder, entries)]
    years = {ledger.year, ledger.year - 1, *(year for _, year in ledger.folders)}
    if any(not (data / unit_id).is_dir() for unit_id, _ in ledger.folders):  # a page over all offices names every year
        years |= {int(path.name) for path in data.glob("*/[12][0-9][0-9][0-9]")}
    return Background(
        frozenset(map(str, years)).union(*(one.years for one in told)),
        frozenset().union(*(one.codes for one in told)),
        tuple((re.compile(one.pattern), one.reason) for one in entries if one.pattern),
        tuple(dict.fromkeys(quote for one in told for quote in one.quotes)),
    )


def told_by(name: str, content: bytes, allowed: Sequence[Allowed]) -> Told | None:
    """Return what a file of `data/`, `name` below it, lets stand with this content; None for one that no page quotes.

    Raises `ValueError` for a quoted file that is not TOML.
    """
    first, *within = name.split("/")
    if first == _CLASSIFICATION and len(within) == 1:
        return Told(codes=frozenset(_cells(_text(content), ("code",)))) if name.endswith(".csv") else None
    if len(within) < 2:
        return None
    inside, text = "/".join(within[1:]), _text(content)
    is_table = inside.endswith(".csv") and "/" not in inside
    return Told(
        frozenset(_YEAR_WORD.findall(text)) if inside in _OF_WORDS else frozenset(),
        frozenset(_cells(text, _CODE_COLUMNS)) if is_table else frozenset(),
        tuple(
            dict.fromkeys(
                (words, one.reason) for one in allowed if one.quoted == inside for words in _quotes(text, one)
            )
        ),
    )


def _told_in(data: Path, folder: str, allowed: tuple[Allowed, ...]) -> Iterator[Told]:
    """Yield what the files of one folder tell, and those further below that an exception names."""
    with suppress(FileNotFoundError, NotADirectoryError):
        names = {*os.listdir(data / folder), *(one.quoted for one in allowed if "/" in one.quoted)}  # noqa: PTH208  thousands of files
        for name in sorted(names):
            told = _told_by_file(f"{data}{os.sep}{folder}{os.sep}{name}", f"{folder}/{name}", allowed)
            if told is not None:
                yield told


def _told_by_file(path: str, name: str, allowed: tuple[Allowed, ...]) -> Told | None:
    with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return _told(path, os.stat(path).st_mtime_ns, name, allowed)  # noqa: PTH116  as above
    return None


@lru_cache(maxsize=8192)
def _told(path: str, _changed: int, name: str, allowed: tuple[Allowed, ...]) -> Told | None:
    """Return what a file tells; every page asks the classification again, many those of the same offices."""
    return told_by(name, Path(path).read_bytes(), allowed)


def _quotes(text: str, entry: Allowed) -> Iterator[str]:
    """Yield the words of the quoted file that hold a digit, narrowed and without white space."""
    if entry.quoted.endswith(".csv"):
        cells = _cells(text, entry.columns)
    elif entry.quoted.endswith(".toml"):
        cells = (words for words in _strings(tomllib.loads(text)) if not _BARE_NUMBER.fullmatch(words.strip()))
    else:
        cells = iter(text.splitlines())
    yield from ("".join(narrowed(cell).split()) for cell in cells if _DIGIT.search(cell))


def _cells(text: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield the cells of a table in these columns that are not empty, row by row."""
    rows = csv.reader(text.splitlines())
    place = {name: number for number, name in enumerate(next(rows, []))}
    wanted = [place[column] for column in columns if column in place]
    if wanted:
        yield from (row[number] for row in rows for number in wanted if number < len(row) and row[number])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)


def _text(content: bytes) -> str:
    text = content.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
