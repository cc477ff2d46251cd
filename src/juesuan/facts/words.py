"""The numbers that an analyst typed into narrative.md and source.toml, entered like any other, each with its place."""

from __future__ import annotations

from fractions import Fraction

from juesuan.facts.book import Book
from juesuan.facts.ledger import SourceCell
from juesuan.facts.outline import DataSource
from juesuan.load.narrative_file import Passage, number_matches
from juesuan.money import decimals_of, parse_number
from juesuan.schema import YEAR_TABLES


def words_with_facts(book: Book) -> dict[str, str]:
    """Return the passages by key, each number typed in them replaced by a call of `fact`."""
    return {key: _with_facts(book, passage) for key, passage in book.accounts.narrative.items()}


def data_sources(book: Book) -> tuple[DataSource, ...]:
    """Return where each published table was taken from, the numbers of its note entered like any other."""
    source = book.accounts.source
    told = []
    for name in (name for name in YEAR_TABLES if name in book.accounts.tables and name in source.files):
        about = source.files[name]
        cell = SourceCell(f"{book.accounts.folder}/source.toml", None, f"files.{name}")
        texts = [
            _line_with_facts(book, str(about.get(key, "")), f"source.{name}.{key}", YEAR_TABLES[name].title, cell)
            for key in ("from", "note")
        ]
        told.append(DataSource(name, YEAR_TABLES[name].title, texts[0], texts[1], bool(about.get("derived"))))
    return tuple(told)


def _with_facts(book: Book, passage: Passage) -> str:
    lines = []
    for number, line in enumerate(passage.text.split("\n"), start=passage.line + 1):
        cell = SourceCell(f"{book.accounts.folder}/narrative.md", number, passage.key)
        lines.append(_line_with_facts(book, line, f"narrative.{passage.key}", passage.title, cell))
    return "\n".join(lines).strip()


def _line_with_facts(book: Book, line: str, prefix: str, title: str, cell: SourceCell) -> str:
    """Enter the numbers of a line as `<prefix>.<count>`; return the line as a template that calls for them."""
    written, end = "", 0
    for match in number_matches(line):
        typed = match.group()
        number = parse_number(typed.rstrip("%"))
        unit = "%" if typed.endswith("%") else ""
        fact_id = f"{prefix}.{_next(book, prefix)}"
        book.value(
            fact_id, f"{title}中的数", Fraction(number), unit, f"{cell.file.rsplit('/', 1)[-1]} 所写",
            decimals=decimals_of(number), sources=(cell,),
        )  # fmt: skip
        written += line[end : match.start()] + f'{{{{ fact("{fact_id}") }}}}{unit}'
        end = match.end()
    return written + line[end:]


def _next(book: Book, prefix: str) -> int:
    count = 1
    while f"{prefix}.{count}" in book.ledger:
        count += 1
    return count
