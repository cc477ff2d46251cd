"""The numbers of a text, each with its position and the words before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from juesuan.money import NOT_PUBLISHED
from juesuan.verify.text import Mark, Segment

LABEL_LENGTH = 6
_NEAR = 24  # of a long stretch of words, so much of its end is most often enough for a label
_WIDE = re.compile("[０-９．％－＋−]")
_NARROW = str.maketrans("０１２３４５６７８９．％－＋−", "0123456789.%-+-")
_WIDE_SEPARATOR = re.compile("(?<=[０-９])，(?=[０-９]{3})")
_LOOSE_UNKNOWN = r"\s*".join(NOT_PUBLISHED)  # a narrow cell breaks the word
# A name in Latin letters takes its digits with it: PPT2, A4, PM2.5 are names, not numbers.
_TOKEN = re.compile(
    rf"(?=[-+\dA-Za-z{NOT_PUBLISHED[0]}])(?:"  # at most places nothing begins, and no more need be tried
    r"(?P<name>[A-Za-z][A-Za-z0-9_.]*)"
    r"|(?P<number>(?:(?<![0-9A-Za-z.)）])[-+])?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)(?P<percent>\s?%)?"
    rf"|(?P<unknown>{_LOOSE_UNKNOWN}))"
)
_NOT_A_WORD = re.compile(r"[\W_]+")


class Token(NamedTuple):
    """A number as it stands in a text, or 未公开 where a number might.

    `text` is the number narrowed, without separators and per cent sign; `start` and `end` are positions in
    `Numbers.text`; `label` is the end of the words between the number before and this one.
    """

    text: str
    start: int
    end: int
    label: str
    segment: Segment
    fact_id: str | None = None

    @property
    def is_number(self) -> bool:
        """Say whether this is a number, and not 未公开."""
        return self.text != NOT_PUBLISHED


@dataclass(frozen=True)
class Numbers:
    """A text (segments joined by line ends, full-width digits narrowed) and its tokens in order."""

    text: str
    tokens: list[Token]
    begins: list[int]

    def words_around(self, token: Token, width: int = 14) -> str:
        """Return the number with the words around it, as a person would search for it."""
        before = self.text[max(0, token.start - width) : token.start]
        after = self.text[token.end : token.end + width]
        return " ".join(f"{before}【{self.text[token.start : token.end]}】{after}".split())

    def line(self, token: Token) -> tuple[str, int]:
        """Return the segment's text, narrowed, and where in it the token begins."""
        begin = self.begins[bisect_right(self.begins, token.start) - 1]
        return self.text[begin : begin + len(token.segment.text)], token.start - begin


def find_numbers(segments: Sequence[Segment]) -> Numbers:
    """Return the numbers of `segments`; digits inside a Latin name are part of the name."""
    text, begins = _joined(segments)
    tokens: list[Token] = []
    before = index = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "name":
            continue
        start, end = match.span()
        index = bisect_right(begins, start, index) - 1
        segment = segments[index]
        said = (match["number"] or NOT_PUBLISHED).replace(",", "")
        label = _last_words(text[max(before, start - _NEAR) : start])
        if len(label) < LABEL_LENGTH and start - before > _NEAR:
            label = _last_words(text[before:start])
        fact_id = _fact_at(segment.marks, start - begins[index]) if segment.marks else None
        tokens.append(Token(said, start, end, label, segment, fact_id))
        before = end
    return Numbers(text, tokens, begins)


def _joined(segments: Sequence[Segment]) -> tuple[str, list[int]]:
    """Return the texts, narrowed and with line ends between them, and where each begins."""
    begins, length = [], 0
    for segment in segments:
        begins.append(length)
        length += len(segment.text) + 1
    return narrowed("\n".join([segment.text for segment in segments])), begins


@lru_cache(maxsize=4096)
def _last_words(stretch: str) -> str:
    return _NOT_A_WORD.sub("", stretch)[-LABEL_LENGTH:]


def _fact_at(marks: Sequence[Mark], position: int) -> str | None:
    for mark in marks:
        if mark.start <= position < mark.end:
            return mark.fact_id
    return None


def narrowed(text: str) -> str:
    """Return `text` with full-width digits, points and signs narrowed; no longer and no shorter."""
    return _WIDE_SEPARATOR.sub(",", text).translate(_NARROW) if _WIDE.search(text) else text


def same_number(found: str, printed: str) -> bool:
    """Say whether a number in a text is a printed figure.

    The text may leave a minus to a word (减少74.03) and may write a plus (+74.03); it may not write another sign.
    """
    plain = printed.replace(",", "")
    return found == plain or found == plain.lstrip("-") or found == f"+{plain}"
