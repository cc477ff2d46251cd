"""Why a number that is no fact may stand where it stands: a year, a code, a numbering, a written exception."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from juesuan.verify.background import Background
from juesuan.verify.numbers import Numbers, Token
from juesuan.verify.text import Segment

Reason = Literal["fact", "year", "code", "numbering", "exception"]

_TELLING = 8
_INTEGER = re.compile(r"\d+")
_SOLID = re.compile(r"\S")
_OF_A_NUMBER = re.compile(r"[\d.]")
_AFTER_YEAR = re.compile(r"\s*(?:年|[-—–~～至]\s*(?:19|20)\d{2}\s*年)")
_DATE = re.compile(r"(?<!\d)(\d{4})(?:[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)")
_COUNTED = re.compile(r"(?:图|表|附件|附图|附表|公开)\s*$")
_ORDINAL = re.compile(r"\s*(?:\d{1,2}\s*[.、．](?!\d)|[（(]\s*\d{1,2}\s*[)）])")
_LEADERS = re.compile(r"(?:\s*[.·…])+\s*[—–-]?\s*$")
_PAGE = re.compile(r"\s*(?:[—–-]\s*(\d+)\s*[—–-]|第\s*(\d+)\s*页(?:\s*共\s*\d+\s*页)?)\s*")


@dataclass(frozen=True)
class Reasons:
    """Judges the numbers of one file that are no facts."""

    numbers: Numbers
    segments: Sequence[Segment]
    background: Background

    def reason(self, token: Token) -> Reason | None:
        """Return why the number may stand, or None."""
        line, position = self.numbers.line(token)
        if self._is_year(token, line, position):
            return "year"
        if self._is_code(token, line, position):
            return "code"
        if self._is_numbering(token, line, position):
            return "numbering"
        return "exception" if self._is_excepted(token, line, position) else None

    def _is_year(self, token: Token, line: str, position: int) -> bool:
        years, end = self.background.years, token.end - token.start + position
        if token.text in years and _AFTER_YEAR.match(self.numbers.text, token.end):
            return True
        if token.text in years and token.segment.kind == "chart" and line.strip() == token.text:
            return True  # a year on an axis
        return any(date[1] in years and date.start() <= position and end <= date.end() for date in _DATE.finditer(line))

    def _is_code(self, token: Token, line: str, position: int) -> bool:
        """Say whether a known code fills its cell or, in a PDF, begins its line."""
        if token.text not in self.background.codes or line[:position].strip():
            return False
        rest = line[position + len(token.text) :]
        return not rest.strip() or (token.segment.kind == "line" and rest[0].isspace())

    def _is_numbering(self, token: Token, line: str, position: int) -> bool:
        if not _INTEGER.fullmatch(token.text):
            return False
        before, after = line[:position], line[position + len(token.text) :]
        if len(token.text) <= 2 and (_COUNTED.search(before) or self._is_ordinal(token, line, position)):
            return True
        if token.segment.kind == "contents":
            return not _INTEGER.search(after) and self._leads_to_page(token, before)
        return self._is_page_number(token, line)

    def _is_ordinal(self, token: Token, line: str, position: int) -> bool:
        ordinal = _ORDINAL.match(line)
        return token.segment.kind != "cell" and ordinal is not None and position < ordinal.end()

    def _is_page_number(self, token: Token, line: str) -> bool:
        """Say whether the line is a page number, in a PDF that of its page."""
        told = _PAGE.fullmatch(line)
        return told is not None and (not token.segment.page or token.segment.page == int(told[1] or told[2]))

    def _leads_to_page(self, token: Token, before: str) -> bool:
        """Say whether the heading of a line of contents stands on the page it names; Word's pages are not known."""
        if not self._pages:
            return True
        heading = "".join(_LEADERS.sub("", before).split())
        return bool(heading) and heading in self._pages.get(int(token.text), "")

    def _is_excepted(self, token: Token, line: str, position: int) -> bool:
        end = position + token.end - token.start
        for pattern, _ in self.background.patterns:
            if any(one.start() <= position and end <= one.end() for one in pattern.finditer(line)):
                return True
        if token.segment.kind == "cell" and "".join(line.split()) in self._short_quotes:
            return True
        return any(low <= token.start and token.end <= high for low, high in self._quotations)

    @cached_property
    def _pages(self) -> dict[int, str]:
        """The text of each page of a PDF, without white space and without the lines of contents."""
        pages: dict[int, list[str]] = {}
        for one in self.segments:
            if one.page and one.kind != "contents":
                pages.setdefault(one.page, []).append(one.text)
        return {page: "".join("".join(lines).split()) for page, lines in pages.items()}

    @cached_property
    def _short_quotes(self) -> frozenset[str]:
        """Quoted words so short (100%) that they are known only where they fill a cell."""
        return frozenset(words for words, _ in self.background.quotes if len(words) < _TELLING)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        """Where quoted words stand in the text; in a PDF a line may break anywhere within them."""
        quoted = [words for words, _ in self.background.quotes if len(words) >= _TELLING]
        return list(_spans(quoted, self.numbers.text)) if quoted else []


def _spans(quoted: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where words without white space stand in a text that may have some anywhere, not as part of a longer number."""
    solid = "".join(text.split())
    places = [match.start() for match in _SOLID.finditer(text)]
    for words in quoted:
        at = solid.find(words)
        while at >= 0:
            start, end = places[at], places[at + len(words) - 1] + 1
            alone = not _OF_A_NUMBER.match(text, start - 1 if start else len(text)) and not _OF_A_NUMBER.match(
                text, end
            )
            if alone:
                yield start, end
            at = solid.find(words, at + (len(words) if alone else 1))
