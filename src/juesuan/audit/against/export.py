"""A file that was exported from these accounts: each number beside the one that the report would print there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from juesuan.audit.against.model import Expectation
from juesuan.audit.against.printed import Stream, words_after, words_before
from juesuan.verify.align import Alignment, align
from juesuan.verify.numbers import Numbers, Token, find_numbers
from juesuan.verify.reasons import Reasons

_ENOUGH = 0.5
_ALIKE = 0.5
_TELLING = 4
_RUN = 8


@dataclass
class Placed:
    """Numbers of a file by position: the id of the figure each stands for; `idle` are years, codes and numberings."""

    tokens: list[Token]
    facts: dict[int, str] = field(default_factory=dict)
    idle: set[int] = field(default_factory=set)
    missing: list[list[tuple[Token, str]]] = field(default_factory=list)
    export: bool = False


def place_by_report(stream: Stream, marks: Mapping[int, str], expectation: Expectation, ending: str) -> Placed:
    """Return which figure each number stands for, where the file is an export of the report; else only what is idle.

    A mark decides; then the order of the numbers with the words around them. A file is an export where half of the
    report's figures stand in it in their order, or half of its numbers still bear their marks.
    """
    wanted = expectation.segments(ending)
    plan = find_numbers(wanted)
    alignment = align(plan.tokens, stream.numbers)
    reasons = Reasons(stream.numbers, stream.segments, expectation.background)
    planned = Reasons(plan, wanted, expectation.background)
    placing = _Placing(stream, plan, alignment, marks)
    placed = Placed(alignment.found, export=placing.is_export())
    for position, token in enumerate(alignment.found):
        if not token.is_number:
            continue
        if placed.export and (fact_id := placing.fact(position)) in expectation.facts:
            placed.facts[position] = fact_id
        elif reasons.reason(token) or (placed.export and placing.is_idle(position, planned)):
            placed.idle.add(position)
        elif placed.export and (fact_id := placing.moved(position)):
            placed.facts[position] = fact_id
    if placed.export and ending == ".pdf":
        placed.idle |= _drawn(stream, placed)
    if placed.export:
        placed.missing = list(placing.missing(set(placed.facts.values())))
    return placed


def _drawn(stream: Stream, placed: Placed) -> set[int]:
    """Return the numbers of what looks like a table in a PDF and is a chart: it has no title and none of our figures."""
    tables: dict[int, set[int]] = {}
    for position, token in enumerate(placed.tokens):
        home = stream.home(token)
        if token.is_number and home.cell is not None and not home.title:
            tables.setdefault(home.cell[0], set()).add(position)
    return {position for numbers in tables.values() if not numbers & placed.facts.keys() for position in numbers}


class _Placing:
    """The steps of placing, in their order."""

    def __init__(self, stream: Stream, plan: Numbers, alignment: Alignment, marks: Mapping[int, str]) -> None:
        self.stream, self.plan, self.alignment = stream, plan, alignment
        starts = {stream.numbers.tokens[position].start: fact_id for position, fact_id in marks.items()}
        self.marks = {j: starts[one.start] for j, one in enumerate(alignment.found) if one.start in starts}
        self.used: set[int] = set()
        self.by_label: dict[tuple[str, str], list[int]] = {}
        self.by_words: dict[str, list[int]] = {}
        there = set(alignment.same.values())
        for i, token in enumerate(plan.tokens):
            if token.fact_id and token.is_number and i not in there:
                self.by_label.setdefault((token.label, token.text), []).append(i)
                self.by_words.setdefault(token.label, []).append(i)

    def is_export(self) -> bool:
        """Say so where most of the sentences' figures stand behind the same words: tables are alike in any report."""
        figures = {
            i for i, one in enumerate(self.plan.tokens)
            if one.fact_id and one.is_number and one.segment.kind == "text" and len(one.label) >= _TELLING
        }  # fmt: skip
        found = sum(i in figures and self._same_words(i, j) for j, i in self.alignment.same.items())
        numbers = sum(one.is_number for one in self.alignment.found)
        return bool(figures) and (found >= _ENOUGH * len(figures) or len(self.marks) >= _ENOUGH * numbers > 0)

    def _same_words(self, i: int, j: int) -> bool:
        return self.plan.tokens[i].label == self.alignment.found[j].label

    def fact(self, j: int) -> str:
        """Return the id of the figure at a position of the file, empty where none is known."""
        i = self.alignment.same.get(j)
        if i is None and (other := self.alignment.instead_of.get(j)) is not None and self._plausible(other, j):
            i = other
        if mark := self.marks.get(j):
            if i is not None and self.plan.tokens[i].fact_id == mark:
                self.used.add(i)
            return mark
        if i is None or not self.plan.tokens[i].fact_id:
            return ""
        self.used.add(i)
        return self.plan.tokens[i].fact_id or ""

    def is_idle(self, j: int, planned: Reasons) -> bool:
        """Say whether the report prints the same there, and it is a year, a code or a numbering."""
        i = self.alignment.same.get(j)
        return i is not None and planned.reason(self.plan.tokens[i]) is not None

    def moved(self, j: int) -> str:
        """Return the id of a figure that stands elsewhere in the report under the same words, and is nowhere yet."""
        token = self.alignment.found[j]
        same = self._open(self.by_label.get((token.label, token.text), [])) if len(token.label) > 1 else []
        same = same or [i for i in self._open(self.by_words.get(token.label, [])) if self._twin(i, j)]
        if not same:
            return ""
        self.used.add(same[0])
        return self.plan.tokens[same[0]].fact_id or ""

    def _open(self, positions: list[int]) -> list[int]:
        return [i for i in positions if i not in self.used]

    def _twin(self, i: int, j: int) -> bool:
        """Say whether both stand behind a whole run of the same words: another number must then be the figure altered."""
        ours = words_before(self.plan, self.plan.tokens[i])
        return len(ours) >= _RUN and ours == words_before(self.stream.numbers, self.alignment.found[j])

    def missing(self, placed: set[str]) -> Iterator[list[tuple[Token, str]]]:
        """Yield runs of neighbouring figures that are nowhere in the file, each with the words around it."""
        gone = [
            i for i, one in enumerate(self.plan.tokens)
            if one.fact_id and one.is_number and i not in self.used and not one.segment.optional
            and self._not_elsewhere(one, placed)
        ]  # fmt: skip
        for _, run in groupby(enumerate(gone), lambda pair: pair[1] - pair[0]):
            yield [(self.plan.tokens[i], self.plan.words_around(self.plan.tokens[i])) for _, i in run]

    def _not_elsewhere(self, token: Token, placed: set[str]) -> bool:
        """Say whether a figure is really gone: in a table any loss counts, a sentence's may be told in another place."""
        return token.segment.kind == "cell" or token.fact_id not in placed or token.fact_id not in self.marks.values()

    def _plausible(self, i: int, j: int) -> bool:
        """Say whether one number can stand in another's place: the same words around it, or a cell between known cells."""
        ours, theirs = self.plan.tokens[i], self.alignment.found[j]
        if not ours.is_number:
            return False
        if ours.segment.kind == "cell" and self.stream.home(theirs).cell is not None:
            return True
        before = words_before(self.plan, ours), words_before(self.stream.numbers, theirs)
        after = words_after(self.plan, ours), words_after(self.stream.numbers, theirs)
        likeness = [SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in (before, after)]
        return likeness[0] >= _ALIKE or (not before[0] and not before[1] and likeness[1] >= _ALIKE)
