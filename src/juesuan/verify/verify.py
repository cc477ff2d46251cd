"""Nothing unaccounted (无一数无出处): every number of a finished file is a fact, a year, a code, a numbering or a written
exception, and every fact that was to be printed is there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from juesuan.verify.align import Alignment, align
from juesuan.verify.background import Background
from juesuan.verify.claims import Ledger
from juesuan.verify.expected import expected_segments
from juesuan.verify.numbers import Numbers, Token, find_numbers
from juesuan.verify.read_docx import read_docx
from juesuan.verify.read_html import read_html
from juesuan.verify.read_pdf import read_pdf
from juesuan.verify.reasons import Reason, Reasons
from juesuan.verify.text import Segment

READERS = {".html": read_html, ".docx": read_docx, ".pdf": read_pdf}


@dataclass(frozen=True)
class Unmatched:
    """A number of the file that nothing accounts for; `expected` is the figure that was to stand there, if one was."""

    text: str
    place: str
    words: str
    expected: str = ""
    fact_id: str = ""


@dataclass(frozen=True)
class Missing:
    """A figure that was to be printed and is not; `fact_id` is empty for a chart's."""

    text: str
    fact_id: str
    words: str


@dataclass
class Result:
    """What was found in one file.

    `by_reason` counts numbers; of its facts `by_value` stand nowhere in the order of the page and were known by their
    printed form alone. `expected` and `printed` count the figures that were to be printed and those that are.
    """

    file: Path
    total: int = 0
    by_reason: Counter[Reason] = field(default_factory=Counter)
    by_value: int = 0
    expected: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    moved: list[Missing] = field(default_factory=list)
    seconds: float = 0.0
    fault: str = ""

    @property
    def matched(self) -> int:
        """How many numbers are accounted for."""
        return self.total - len(self.unmatched)

    @property
    def printed(self) -> int:
        """How many of the expected figures are in the file."""
        return self.expected - len(self.missing)

    @property
    def good(self) -> bool:
        """Say whether everything is accounted for; a PDF does not tell the order of its text for certain."""
        return not (self.unmatched or self.missing or self.fault or (self.moved and self.file.suffix != ".pdf"))


def verify_file(file: Path, source: Path, ledger: Ledger, background: Background) -> Result:
    """Return what is found in `file`, which was made from the page `source` with the facts of `ledger`.

    Raises `UnreadableError` and `ClaimsError` for files that are not what they should be.
    """
    begun = time.perf_counter()
    result = _Verification(READERS[file.suffix](file), expected_segments(source, file.suffix), ledger, background)
    return result.judge(Result(file), begun)


class _Verification:
    """The judging of one file, step by step."""

    def __init__(
        self, segments: Sequence[Segment], wanted: Sequence[Segment], ledger: Ledger, background: Background
    ) -> None:
        self.ledger = ledger
        self.numbers: Numbers = find_numbers(segments)
        self.plan: Numbers = find_numbers(wanted)
        self.alignment: Alignment = self._without_strangers(align(self.plan.tokens, self.numbers))
        self.reasons = Reasons(self.numbers, segments, background)
        self.planned = Reasons(self.plan, wanted, background)
        self.figures = [self._is_figure(token) for token in self.plan.tokens]
        there = set(self.alignment.same.values())
        self.open = {
            position: token
            for position, token in enumerate(self.plan.tokens)
            if self.figures[position] and position not in there
        }

    def judge(self, result: Result, begun: float) -> Result:
        """Fill in and return `result`."""
        result.expected = sum(
            figure and not token.segment.optional for figure, token in zip(self.figures, self.plan.tokens, strict=True)
        )
        for position, token in enumerate(self.alignment.found):
            if not token.is_number:
                continue
            result.total += 1
            if reason := self._reason(position, token, result):
                result.by_reason[reason] += 1
            else:
                result.unmatched.append(self._unmatched(position, token))
        result.missing = [self._missing(token) for token in self.open.values() if not token.segment.optional]
        result.seconds = time.perf_counter() - begun
        return result

    def _without_strangers(self, alignment: Alignment) -> Alignment:
        """Return the alignment without numbers of a web page that bear another fact's id, or none."""
        if not any(token.fact_id for token in alignment.found):
            return alignment
        same = {j: i for j, i in alignment.same.items() if alignment.found[j].fact_id == self.plan.tokens[i].fact_id}
        return replace(alignment, same=same)

    def _is_figure(self, token: Token) -> bool:
        """Say whether an expected token is a fact's: by its span, or drawn in a chart as some fact is printed."""
        if token.fact_id is not None:
            return True
        drawn = token.segment.kind in ("alt", "chart") and self.ledger.holds(token.text)
        return drawn and self.planned.reason(token) is None

    def _reason(self, position: int, token: Token, result: Result) -> Reason | None:
        """Return why the number may stand: a fact in its place first, a fact known by its value alone last."""
        if token.fact_id is not None:
            return "fact" if self.ledger.prints(token.fact_id, token.text) else None
        if self._in_its_place(position, token):
            return "fact"
        if reason := self.reasons.reason(token) or self._reason_on_the_page(position):
            return reason
        if self._expected_instead(position) or not self.ledger.holds(token.text):
            return None
        self._found_elsewhere(token, result)
        result.by_value += 1
        return "fact"

    def _in_its_place(self, position: int, token: Token) -> bool:
        at = self.alignment.same.get(position)
        if at is None or not self.figures[at]:
            return False
        expected = self.plan.tokens[at]
        return expected.fact_id is None or self.ledger.prints(expected.fact_id, token.text)

    def _reason_on_the_page(self, position: int) -> Reason | None:
        """Return why the same number stands in the page: cells are told apart there, in a PDF they are not."""
        at = self.alignment.same.get(position)
        return None if at is None else self.planned.reason(self.plan.tokens[at])

    def _expected_instead(self, position: int) -> Token | None:
        """Return the figure in whose place another number stands."""
        at = self.alignment.instead_of.get(position)
        return self.plan.tokens[at] if at is not None and self.figures[at] else None

    def _found_elsewhere(self, token: Token, result: Result) -> None:
        at = next((position for position, one in self.open.items() if one.text == token.text), None)
        if at is not None and not (lost := self.open.pop(at)).segment.optional:
            result.moved.append(self._missing(lost))

    def _unmatched(self, position: int, token: Token) -> Unmatched:
        instead = self._expected_instead(position)
        fact_id = token.fact_id or (instead.fact_id if instead else None) or ""
        expected = self.ledger.printed.get(fact_id, "") or (instead.text if instead else "")
        return Unmatched(token.text, token.segment.place, self.numbers.words_around(token), expected, fact_id)

    def _missing(self, token: Token) -> Missing:
        return Missing(token.text, token.fact_id or "", self.plan.words_around(token))


def result_record(result: Result) -> dict[str, Any]:
    """Return a result as JSON-ready fields."""
    return {
        "file": result.file.as_posix(),
        "numbers": result.total,
        "matched": result.matched,
        "by_reason": dict(result.by_reason),
        "by_value": result.by_value,
        "facts_expected": result.expected,
        "facts_printed": result.printed,
        "unmatched": [vars(one) for one in result.unmatched],
        "missing": [vars(one) for one in result.missing],
        "moved": [vars(one) for one in result.moved],
        "fault": result.fault,
        "seconds": round(result.seconds, 3),
    }
