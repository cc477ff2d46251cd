"""The numbers of a document, each with its place, and whether a printed number is a figure of the accounts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from juesuan.audit.against.model import ExpectedFact
from juesuan.money import FEN_PER_UNIT, write_number
from juesuan.reading.document import Document, Paragraph
from juesuan.reading.document.lines import is_contents
from juesuan.verify.numbers import Numbers, Token, find_numbers
from juesuan.verify.text import Kind, Segment

_UNIT = re.compile(r"\s*(?P<unit>亿元|亿|万元|万(?!人|亩|平|次|户|吨|辆|名|多|条|件)|元|个?百分点|%)")
_MONEY = {"亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元"}
_LAST_NUMBER = re.compile(r"[\s.·…]*\d+\s*$")
_ROUNDING_OF_A_ROW = Fraction(1, 200)  # 万元: a row printed with two decimals is off by no more


@dataclass(frozen=True)
class Home:
    """Where a segment stands in the document: a paragraph by its number, or a cell by table, row and column."""

    paragraph: int = -1
    cell: tuple[int, int, int] | None = None
    place: str = ""
    title: str = ""


@dataclass(frozen=True)
class Stream:
    """The words of a document in order, its numbers, and the home of each of its segments."""

    segments: list[Segment]
    homes: list[Home]
    numbers: Numbers

    def home(self, token: Token) -> Home:
        """Return where a number stands."""
        return self.homes[self._index(token)]

    def offset(self, token: Token) -> int:
        """Return where in its paragraph or cell a number begins."""
        return token.start - self.numbers.begins[self._index(token)]

    def _index(self, token: Token) -> int:
        return bisect_right(self.numbers.begins, token.start) - 1


def stream_of(document: Document) -> Stream:
    """Return the document as one stream of numbers."""
    headings = Counter(_bare(one.text) for one in document.paragraphs)
    segments: list[Segment] = []
    homes: list[Home] = []
    paragraph = table = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            kind: Kind = "contents" if _of_contents(block.text, headings) else "text"
            segments.append(Segment(block.text, str(block.place), kind, page=block.place.page))
            homes.append(Home(paragraph, None, str(block.place)))
            paragraph += 1
            continue
        for row, cells in enumerate(block.rows):
            for column, text in enumerate(cells):
                place = str(replace(block.place, page=block.page_of(row), row=row + 1, column=column + 1))
                segments.append(Segment(text, place, "cell"))
                homes.append(Home(-1, (table, row, column), place, block.title))
        table += 1
    return Stream(segments, homes, find_numbers(segments))


def _of_contents(text: str, headings: Counter[str]) -> bool:
    """Say whether a line leads to a page: by dots, or it is a heading of the document with a number after it."""
    return is_contents(text) or bool(_LAST_NUMBER.search(text) and headings[_bare(_LAST_NUMBER.sub("", text))])


def _bare(text: str) -> str:
    return "".join(text.split())


def unit_after(text: str, end: int) -> str:
    """Return the unit that the words after a number begin with; empty where they name none."""
    told = _UNIT.match(text, end)
    return told["unit"] if told else ""


def agrees(text: str, unit: str, fact: ExpectedFact, *, loose: bool = False) -> bool:
    """Say whether a number printed in `unit` (empty: not said) is how the figure would be printed.

    The number may have fewer decimals than ours, another unit of money, no minus sign. `loose` is for a report of
    somebody else's: what he worked out from rounded rows may differ by as much as they were rounded, and by a last digit.
    """
    if fact.value is None or not comparable(unit, fact):
        return False
    decimals = len(text.partition(".")[2])
    said, held = Fraction(text), fact.value
    if fact.unit in FEN_PER_UNIT:
        held *= Fraction(FEN_PER_UNIT[fact.unit], FEN_PER_UNIT[_MONEY.get(unit, fact.unit)])
    if not text.startswith(("-", "+")):
        held = abs(held)
    if Fraction(write_number(held, decimals)) == said:
        return True
    return loose and abs(said - held) <= _slack(fact, unit, decimals)


def _slack(fact: ExpectedFact, unit: str, decimals: int) -> Fraction:
    step = Fraction(1, 10**decimals)
    if fact.unit == "%":
        return step
    if fact.unit not in FEN_PER_UNIT:
        return Fraction(0)
    here = Fraction(FEN_PER_UNIT[fact.unit], FEN_PER_UNIT[_MONEY.get(unit, fact.unit)])
    return step / 2 + _ROUNDING_OF_A_ROW * here * max(1, fact.rows)


def comparable(unit: str, fact: ExpectedFact) -> bool:
    """Say whether a number in that unit can be that figure at all: money is not a percentage, nor a count."""
    if not unit or not fact.unit:
        return True  # a number typed in a passage has its unit in the words after it
    if unit in _MONEY:
        return fact.unit in FEN_PER_UNIT
    return fact.unit not in FEN_PER_UNIT


def token_unit(stream: Stream, token: Token) -> str:
    """Return the unit that stands after a number, empty where none does (in a cell, within the cell)."""
    after = unit_after(stream.numbers.text, token.end)
    if stream.numbers.text[token.start : token.end].rstrip().endswith("%"):
        return "%"
    home = stream.home(token)
    begin = stream.numbers.begins[bisect_right(stream.numbers.begins, token.start) - 1]
    inside = token.end + len(after) <= begin + len(token.segment.text) or home.cell is None
    return after if after and inside else ""


def words_before(numbers: Numbers, token: Token, width: int = 12) -> str:
    """Return the words just before a number, without digits and signs."""
    return _only_words(numbers.text[max(0, token.start - 3 * width) : token.start])[-width:]


def words_after(numbers: Numbers, token: Token, width: int = 6) -> str:
    """Return the words just after a number, without digits and signs."""
    return _only_words(numbers.text[token.end : token.end + 2 * width])[:width]


def _only_words(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)
