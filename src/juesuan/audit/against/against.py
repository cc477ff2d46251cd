"""Every number of a file compared with the accounts, and what they would print that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from juesuan.audit.against.claims import facts_of_claims
from juesuan.audit.against.export import Placed, place_by_report
from juesuan.audit.against.marks import marked_facts
from juesuan.audit.against.model import Expectation, ExpectedFact
from juesuan.audit.against.printed import Home, Stream, agrees, comparable, stream_of, token_unit
from juesuan.audit.against.sheets import facts_of_tables
from juesuan.audit.judge import Bench, Finding, Judgement, read_rules
from juesuan.audit.judge.bench import mark
from juesuan.reading.grammar import Figure
from juesuan.verify.numbers import Token

_AROUND = 30


@dataclass(frozen=True)
class Comparison:
    """How many numbers were compared with the accounts, agreed, and could not be placed; whether it is their export."""

    folder: str
    compared: int
    agreed: int
    not_placed: int
    export: bool


def compare_with_accounts(path: Path, judgement: Judgement, expectation: Expectation) -> Comparison:
    """Compare every number of the file that was judged; findings go to its bench, outcomes to its numbers and cells."""
    stream = stream_of(judgement.bench.reading.document)
    marks = marked_facts(path, stream.numbers.tokens, expectation.facts)
    placed = place_by_report(stream, marks, expectation, path.suffix.lower())
    return _Comparing(judgement, expectation, stream, placed).compare()


class _Comparing:
    def __init__(self, judgement: Judgement, expectation: Expectation, stream: Stream, placed: Placed) -> None:
        self.judgement, self.expectation, self.stream, self.placed = judgement, expectation, stream, placed
        self.bench: Bench = judgement.bench
        self.by_claim = facts_of_claims(judgement.bench.reading, expectation)
        self.by_cell = facts_of_tables(judgement.bench.reading.document, expectation)
        self.compared = self.agreed = self.not_placed = 0

    def compare(self) -> Comparison:
        for position, token in enumerate(self.placed.tokens):
            if token.is_number and position not in self.placed.idle:
                self._judge(token, self._facts_at(position, token), position in self.placed.facts)
        for run in self.placed.missing:
            self._tell_missing(run)
        return Comparison(
            self.expectation.folder, self.compared, self.agreed, self.not_placed, self.placed.export
        )  # fmt: skip

    def _facts_at(self, position: int, token: Token) -> list[ExpectedFact]:
        """Return the figure of a number, or the few that it may be: by its place in the report, its claim, its cell."""
        if fact_id := self.placed.facts.get(position):
            return [self.expectation.facts[fact_id]]
        home = self.stream.home(token)
        if home.cell is not None:
            found = self.by_cell.get(home.cell, ())
        else:
            figure = self._figure(token, home)
            found = self.by_claim.get(id(figure), ()) if figure else ()
        return [self.expectation.facts[one] for one in found if one in self.expectation.facts]

    def _judge(self, token: Token, facts: list[ExpectedFact], certain: bool) -> None:
        home, unit = self.stream.home(token), self._unit(token)
        known = [one for one in facts if one.value is not None and (certain or comparable(unit, one))]
        home_figure = self._figure(token, home)
        if home_figure is not None and not home_figure.is_value and not known:
            return
        held = next((one for one in known if agrees(token.text, unit, one, loose=not certain)), None)
        if held is not None:
            self.compared, self.agreed = self.compared + 1, self.agreed + 1
            self._note(token, home, held)
        elif known and len({one.value for one in known}) == 1:
            self.compared += 1
            self._accuse(token, home, known[0])
        else:
            self.not_placed += 1
            if self.placed.export:
                self._tell_added(token, home, facts)

    def _unit(self, token: Token) -> str:
        home = self.stream.home(token)
        told = token_unit(self.stream, token)
        return told if told or home.cell is None else ""

    def _figure(self, token: Token, home: Home) -> Figure | None:
        if home.cell is not None:
            return None
        begin = self.stream.offset(token)
        figures = self.bench.reading.said[home.paragraph].figures
        return next((one for one in figures if one.start <= begin < one.end), None)

    def _note(self, token: Token, home: Home, fact: ExpectedFact) -> None:
        working = f"账上 {fact.origin}：{fact.shown}"
        if figure := self._figure(token, home):
            mark(figure, "exact", working)
        elif home.cell is not None:
            verdict, workings = self.judgement.outcomes.get(home.cell, ("exact", []))
            self.judgement.outcomes[home.cell] = (verdict, [*workings, working])

    def _accuse(self, token: Token, home: Home, fact: ExpectedFact) -> None:
        what = f"账上{fact.origin}为{fact.shown}"
        self._keep("D02" if home.cell else "D01", token, home, fact.shown, what, f"请改为{fact.shown}，或改正账")
        if figure := self._figure(token, home):
            mark(figure, "wrong", f"D01 {what}")
        elif home.cell is not None:
            workings = self.judgement.outcomes.get(home.cell, ("wrong", []))[1]
            self.judgement.outcomes[home.cell] = ("wrong", [*workings, f"D02 {what}"])

    def _tell_added(self, token: Token, home: Home, facts: list[ExpectedFact]) -> None:
        unknown = next((one for one in facts if one.value is None), None)
        what = f"账上{unknown.origin}没有公开" if unknown else "账上没有这个数"
        self._keep("D03", token, home, unknown.shown if unknown else "", what, "请补入账中，或从文件中删去")

    def _keep(self, rule_id: str, token: Token, home: Home, shown: str, what: str, remedy: str) -> None:
        rule, text, begin = read_rules()[rule_id], token.segment.text, self.stream.offset(token)
        figure = self._figure(token, home)
        start, end = (figure.start, figure.end) if figure else (begin, begin + token.end - token.start)
        printed = text[start:end].strip()
        quote = text[max(0, start - _AROUND) : end + _AROUND]
        message = f"{home.place}“{printed}”：{what}；应合规则“{rule.words}”；{remedy}。"
        self.bench.findings.append(
            Finding(home.place, quote, rule_id, rule.severity, printed, shown, message, home.paragraph, start, end)
        )

    def _tell_missing(self, run: Iterable[tuple[Token, str]]) -> None:
        figures = list(run)
        held = (self.expectation.facts.get(token.fact_id or "") for token, _ in figures)
        facts = [one for one in held if one is not None]
        shown = "、".join(one.shown for one in facts[:6]) + ("等" if len(facts) > 6 else "")
        rule, place = read_rules()["D04"], figures[0][0].segment.place or "（全文）"
        origin = "；".join(one.origin for one in facts[:3])
        message = f"{place}：账上应印{shown}（{origin}），文件中没有；应合规则“{rule.words}”；请补上，或确认不再公开。"
        self.bench.findings.append(Finding(place, figures[0][1], "D04", rule.severity, "", shown, message))
