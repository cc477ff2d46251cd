"""The numbers that an analyst typed into narrative.md, entered like any other, each with its line."""

from __future__ import annotations

from fractions import Fraction

from juesuan.facts.book import Book
from juesuan.facts.ledger import SourceCell
from juesuan.load.narrative_file import Passage, number_matches
from juesuan.money import decimals_of, parse_number


def words_with_facts(book: Book) -> dict[str, str]:
    """Return the passages by key, each number typed in them replaced by a call of `fact`."""
    return {key: _with_facts(book, passage) for key, passage in book.accounts.narrative.items()}


def _with_facts(book: Book, passage: Passage) -> str:
    lines, count = [], 0
    for offset, line in enumerate(passage.text.split("\n")):
        written, end = "", 0
        for match in number_matches(line):
            count += 1
            fact_id = f"narrative.{passage.key}.{count}"
            _enter(book, fact_id, passage, passage.line + 1 + offset, match.group())
            unit = "%" if match.group().endswith("%") else ""
            written += line[end : match.start()] + f'{{{{ fact("{fact_id}") }}}}{unit}'
            end = match.end()
        lines.append(written + line[end:])
    return "\n".join(lines).strip()


def _enter(book: Book, fact_id: str, passage: Passage, line: int, typed: str) -> None:
    number = parse_number(typed.rstrip("%"))
    cell = SourceCell(f"{book.accounts.folder}/narrative.md", line, passage.key)
    book.value(
        fact_id,
        f"{passage.title}中的数",
        Fraction(number),
        "%" if typed.endswith("%") else "",
        "narrative.md 所写",
        decimals=decimals_of(number),
        sources=(cell,),
    )
