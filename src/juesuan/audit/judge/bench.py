"""The bench: findings are brought before it, and every number that an equation asked is marked with the outcome."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from juesuan.money import Interval, write_number
from juesuan.reading.grammar import Figure, Frame, Reading
from juesuan.reading.grammar.figures import Verdict

Severity = Literal["错误", "疑点", "提示"]
_RANK: dict[Verdict, int] = {"": 0, "unchecked": 1, "exact": 2, "rounding": 3, "doubt": 4, "wrong": 5}
_AROUND = 30


@dataclass(frozen=True)
class Rule:
    """One row of rules.csv."""

    id: str
    severity: Severity
    scope: str
    words: str


@lru_cache(maxsize=1)
def read_rules() -> dict[str, Rule]:
    """Return the catalogue by id."""
    with (Path(__file__).parents[1] / "rules.csv").open(encoding="utf-8") as file:
        return {row["id"]: Rule(**row) for row in csv.DictReader(file)}  # type: ignore[arg-type]  # severity is checked by a test


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: where, the words, what is printed, what it should be, what to do."""

    place: str
    quote: str
    rule: str
    severity: Severity
    printed: str
    recomputed: str
    message: str
    paragraph: int = -1
    start: int = 0
    end: int = 0


@dataclass
class Bench:
    """What came out so far."""

    reading: Reading
    findings: list[Finding] = field(default_factory=list)
    equations: int = 0
    seen: set[tuple[str, str, int, int, str]] = field(default_factory=set)

    @cached_property
    def loose(self) -> bool:
        """Say whether the document drops zeros at the end (4.5万元 beside 0.03万元), as people who type amounts do."""
        places: dict[str, set[int]] = defaultdict(set)
        for figure in (one for said in self.reading.said for one in said.figures):
            if figure.kind == "money" and figure.value:
                places[figure.unit].add(figure.decimals)
        return any(len(one) > 1 for one in places.values())

    def accuse(
        self,
        rule_id: str,
        paragraph: int,
        at: Figure | tuple[int, int],
        recomputed: str,
        what: str,
        remedy: str,
        severity: Severity | None = None,
    ) -> None:
        """Bring a finding about words or a number of a paragraph."""
        rule, said = read_rules()[rule_id], self.reading.said[paragraph]
        start, end = (at.start, at.end) if isinstance(at, Figure) else at
        text = said.paragraph.text
        quote = text[max(0, start - _AROUND) : min(len(text), end + _AROUND)]
        severity = severity or rule.severity
        place = str(said.paragraph.place)
        printed = text[start:end].strip()
        message = f"{place}“{printed}”：{what}；应合规则“{rule.words}”；{remedy}。"
        self._keep(Finding(place, quote, rule_id, severity, printed, recomputed, message, paragraph, start, end))
        if isinstance(at, Figure):
            mark(at, "wrong" if severity == "错误" else "doubt", f"{rule_id} {what}")

    def accuse_table(self, rule_id: str, place: str, quote: str, printed: str, recomputed: str, what: str) -> None:
        """Bring a finding about a cell."""
        rule = read_rules()[rule_id]
        message = f"{place}“{printed}”：{what}；应合规则“{rule.words}”；请核对账簿后改正。"
        self._keep(Finding(place, quote, rule_id, rule.severity, printed, recomputed, message))

    def holds(self, figures: Iterable[Figure | None], printed: Figure, computed: Fraction, working: str) -> None:
        """Mark the numbers of an equation that holds, exactly or within rounding."""
        self.equations += 1
        exact = rounds_to(computed, printed)
        for one in figures:
            if one is not None:
                mark(one, "exact" if exact else "rounding", working)

    def _keep(self, finding: Finding) -> None:
        key = (finding.rule, finding.place, finding.start, finding.end, finding.printed)
        if key not in self.seen:
            self.seen.add(key)
            self.findings.append(finding)


def mark(figure: Figure, verdict: Verdict, working: str) -> None:
    """Note the outcome on a number; the gravest stays."""
    if _RANK[verdict] > _RANK[figure.verdict]:
        figure.verdict = verdict
    if working and working not in figure.workings:
        figure.workings.append(working)


def rounds_to(value: Fraction, figure: Figure) -> bool:
    """Say whether the exact value prints as the figure does."""
    return figure.value - figure.half <= value <= figure.value + figure.half


def ratio(part: Interval, whole: Interval) -> Interval | None:
    """Return `part` in per cent of `whole`; None where the whole may be zero."""
    if whole.low <= 0 <= whole.high:
        return None
    corners = [100 * one / other for one in (part.low, part.high) for other in (whole.low, whole.high)]
    return Interval(min(corners), max(corners))


def negated(one: Interval) -> Interval:
    """Return the interval of the opposite."""
    return Interval(-one.high, -one.low)


def shown_rate(value: Fraction, like: Figure) -> str:
    """Return a rate as it would be printed beside `like`."""
    return f"{write_number(value, max(like.decimals, 2))}%"


def shown_amount(value: Fraction, like: Figure) -> str:
    """Return an amount as it would be printed in the unit of `like`."""
    factor = {"亿元": 100_000_000, "万元": 10_000}.get(like.unit, 1)
    unit = like.unit if like.kind in {"money", "count"} else ""
    return f"{write_number(value / factor, like.decimals)}{unit}"


def amount_of(frame: Frame) -> Figure | None:
    """Return how much a frame says: its amount, in a budget its budget."""
    return frame.level or frame.budget
