"""Asks every rule of `rules.csv` of one year's tables. Printed figures are intervals: what rounding explains is no error."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from typing import Any, Literal

import pandas as pd

from juesuan.money import Interval, printed_interval, write_amount
from juesuan.rules.expression import Expression, Filter, Term, parse_expression

Outcome = Literal["passed", "rounding", "failed", "not_applicable"]
Tables = Mapping[str, pd.DataFrame]
_NOTHING = Interval(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Rule:
    """One row of `rules.csv`. `by` names the columns whose every value must satisfy the expression by itself."""

    id: str
    severity: Literal["error", "warning"]
    expression: Expression
    by: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Finding:
    """What one rule (for one group) came to. `left` and `right` are None where it does not apply.

    They are 分 where the rule is about amounts, plain counts otherwise; `cells` are (table, line) pairs.
    """

    rule: Rule
    outcome: Outcome
    group: str = ""
    left: Fraction | None = None
    right: Fraction | None = None
    cells: tuple[tuple[str, int], ...] = ()

    @property
    def working(self) -> str:
        """Both sides as a reader would see them."""
        if self.left is None or self.right is None:
            return "未公开，无从核对"
        if any(term.table == "disclosures" for term in self.rule.expression.terms):
            return f"左边 {float(self.left):g}，右边 {float(self.right):g}"
        return f"左边 {write_amount(int(self.left))}万元，右边 {write_amount(int(self.right))}万元"


class _NotApplicableError(Exception):
    """A term needs a figure that was not published."""


@dataclass(frozen=True)
class _Sum:
    value: Fraction
    interval: Interval
    cells: tuple[tuple[str, int], ...]


def read_rules() -> list[Rule]:
    """Return the rules that come with the package."""
    text = resources.files("juesuan.rules").joinpath("rules.csv").read_text(encoding="utf-8")
    return [
        Rule(
            row["id"],
            "error" if row["severity"] == "error" else "warning",
            parse_expression(row["expression"]),
            tuple(row["by"].split()),
            row["words"],
        )
        for row in csv.DictReader(text.splitlines())
    ]


@dataclass(frozen=True)
class Evaluator:
    """Evaluates rules over the tables of a year and, where there is one, of the year before.

    `sparse` names the tables in which a row that is not there is a zero rather than an unknown.
    """

    tables: Tables
    prior: Tables
    unit: str
    decimals: int
    sparse: frozenset[str]

    def findings(self, rules: Iterable[Rule]) -> list[Finding]:
        """Return every rule's findings, in the order of the rules."""
        return [finding for rule in rules for finding in self._ask(rule)]

    def _ask(self, rule: Rule) -> list[Finding]:
        groups = self._groups(rule)
        if groups is None:
            return [Finding(rule, "not_applicable")]
        return [self._compare(rule, group) for group in groups]

    def _groups(self, rule: Rule) -> list[dict[str, str]] | None:
        """Return the values of `rule.by` met in any term; None where a table, or what it is grouped by, is not published."""
        if any(self._table(term) is None for term in rule.expression.terms):
            return None
        if not rule.by:
            return [{}]
        met: set[tuple[Any, ...]] = set()
        for term in rule.expression.terms:
            rows = self._rows(term, {})
            if rows[list(rule.by)].isna().any(axis=None):
                return None
            met |= set(rows[list(rule.by)].itertuples(index=False, name=None))
        return [dict(zip(rule.by, values, strict=True)) for values in sorted(met)]

    def _compare(self, rule: Rule, group: dict[str, str]) -> Finding:
        shown = "、".join(group.values())
        try:
            left, right = (self._side(side, group) for side in (rule.expression.left, rule.expression.right))
        except _NotApplicableError:
            return Finding(rule, "not_applicable", shown)
        outcome = _outcome(rule.expression.comparison, left, right)
        return Finding(rule, outcome, shown, left.value, right.value, left.cells + right.cells)

    def _side(self, terms: tuple[Term, ...], group: dict[str, str]) -> _Sum:
        total = _Sum(Fraction(0), _NOTHING, ())
        for term in terms:
            part = self._sum(term, group)
            interval = total.interval + part.interval if term.sign > 0 else total.interval - part.interval
            total = _Sum(total.value + term.sign * part.value, interval, total.cells + part.cells)
        return total

    def _sum(self, term: Term, group: dict[str, str]) -> _Sum:
        rows = self._rows(term, group)
        is_money = f"{term.column}_fen" in rows
        amounts = rows[f"{term.column}_fen" if is_money else term.column]
        if amounts.isna().any() or (rows.empty and term.table not in self.sparse):
            raise _NotApplicableError
        interval = _NOTHING
        for amount in amounts:
            exact = Fraction(amount)
            printed = printed_interval(int(amount), self.unit, self.decimals) if is_money else Interval(exact, exact)
            interval = interval + printed
        cells = tuple((f"{'prior.' if term.prior else ''}{term.table}", int(row)) for row in rows["source_row"])
        return _Sum(sum((Fraction(amount) for amount in amounts), Fraction(0)), interval, cells)

    def _table(self, term: Term) -> pd.DataFrame | None:
        return (self.prior if term.prior else self.tables).get(term.table)

    def _rows(self, term: Term, group: dict[str, str]) -> pd.DataFrame:
        rows = self._table(term)
        assert rows is not None
        for one in term.filters:
            rows = rows[_passes(rows[one.column], one)]
        for column, value in group.items():
            if column in rows:
                rows = rows[rows[column] == value]
        return rows


def _passes(values: pd.Series[Any], one: Filter) -> pd.Series[bool]:
    if one.test == "^=":
        return values.astype("str").str.startswith(one.values)
    return values.isin(one.values) if one.test == "=" else ~values.isin(one.values)


def _outcome(comparison: str, left: _Sum, right: _Sum) -> Outcome:
    if left.value == right.value or (comparison == "<=" and left.value <= right.value):
        return "passed"
    return "rounding" if _overlap(left.interval, right.interval) else "failed"


def _overlap(left: Interval, right: Interval) -> bool:
    """Say whether rounding explains a difference; ends that only touch do not: half up, x.xx5 prints one way only."""
    return left.low < right.high and right.low < left.high
