"""Asks every rule of `rules.csv` of one year's tables. Printed figures are intervals: what rounding explains is no error."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib import resources
from operator import itemgetter
from typing import Any, Literal

import pandas as pd

from juesuan.classification import CLASS_DIGITS
from juesuan.money import printed_interval, write_amount
from juesuan.rules.expression import Expression, Filter, Term, parse_expression
from juesuan.rules.records import Record, Records

Outcome = Literal["passed", "rounding", "failed", "not_applicable"]
Tables = Mapping[str, pd.DataFrame]
_FUND_ITEMS = {
    "general_public": "general_public.total",
    "government_fund": "government_fund.expenditure",
    "state_capital": "state_capital.expenditure",
}
_Group = tuple[str, ...]
_Key = Callable[[Record], Any]
_SHARED_KEYS: Mapping[tuple[str, str], _Key] = {
    ("totals", "total_item"): lambda row: row["item"],
    ("revenue", "total_item"): lambda row: f"income.{row['source']}",
    ("expenditure", "total_item"): lambda row: f"expenditure.{row['category']}",
    ("three_public", "total_item"): lambda row: f"three_public.{row['item']}",
    ("totals", "fund_item"): lambda row: row["item"],
    ("expenditure", "fund_item"): lambda row: _FUND_ITEMS.get(row["fund"]),
    ("classes", "fund_item"): lambda row: _FUND_ITEMS.get(row["fund"]),
    ("expenditure", "function_class"): lambda row: row["function_code"][:CLASS_DIGITS],
    ("classes", "function_class"): lambda row: row["function_code"],
}
"""What a rule's `by` may name besides a column: by table, the value that rows of different tables have in common."""


@dataclass(frozen=True)
class Rule:
    """One row of `rules.csv`. `by` names the columns (or shared keys) whose every value must satisfy the expression."""

    id: str
    severity: Literal["error", "warning"]
    expression: Expression
    by: tuple[str, ...]
    words: str

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def of_counts(self) -> bool:
        """Whether it is about plain counts, not about amounts."""
        return any(term.table == "disclosures" for term in self.expression.terms)


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
        if self.rule.of_counts:
            return f"左边 {float(self.left):g}，右边 {float(self.right):g}"
        return f"左边 {write_amount(int(self.left))}万元，右边 {write_amount(int(self.right))}万元"


class _NotApplicableError(Exception):
    """A term needs a figure that was not published."""


@dataclass(frozen=True)
class _Sum:
    """A sum of printed figures; `parts` is how many of them are amounts, each of which was rounded by itself."""

    value: Fraction
    parts: int
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Selected:
    """The rows of a term that pass its filters, by the values of the rule's `by`."""

    term: Term
    rows: Mapping[_Group, list[Record]]


@cache
def read_rules() -> tuple[Rule, ...]:
    """Return the rules that come with the package."""
    text = resources.files("juesuan.rules").joinpath("rules.csv").read_text(encoding="utf-8")
    return tuple(
        Rule(
            row["id"],
            "error" if row["severity"] == "error" else "warning",
            parse_expression(row["expression"]),
            tuple(row["by"].split()),
            row["words"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@dataclass(frozen=True)
class Evaluator:
    """Evaluates rules over the tables of a year and, where there is one, of the year before.

    `sparse` names the tables in which a row that is not there is a zero rather than an unknown.
    """

    tables: Tables | Records
    prior: Tables | Records
    unit: str
    decimals: int
    sparse: frozenset[str]

    def findings(self, rules: Iterable[Rule]) -> list[Finding]:
        """Return every rule's findings, in the order of the rules."""
        return [finding for rule in rules for finding in self._ask(rule)]

    def _ask(self, rule: Rule) -> list[Finding]:
        left, right = (
            [self._selected(term, rule.by) for term in side] for side in (rule.expression.left, rule.expression.right)
        )
        if any(one is None for one in [*left, *right]):
            return [Finding(rule, "not_applicable")]
        sides = [[one for one in side if one is not None] for side in (left, right)]
        groups = {group for side in sides for one in side for group in one.rows} if rule.by else {()}
        if any(None in group for group in groups):
            return [Finding(rule, "not_applicable")]
        return [self._compare(rule, group, *sides) for group in sorted(groups)]

    def _selected(self, term: Term, by: Sequence[str]) -> _Selected | None:
        """Return the rows of `term`; None where they were not published."""
        records = self._prior_records if term.prior else self._records
        if term.table not in records:
            return None
        rows = [row for row in records[term.table] if all(_passes(row[one.column], one) for one in term.filters)]
        if not rows and term.table not in self.sparse:
            return None
        keys = [_SHARED_KEYS.get((term.table, name), itemgetter(name)) for name in by]
        grouped: dict[_Group, list[Record]] = {}
        for row in rows:
            grouped.setdefault(tuple(key(row) for key in keys), []).append(row)
        return _Selected(term, grouped)

    @cached_property
    def _records(self) -> Records:
        return self.tables if isinstance(self.tables, Records) else Records(self.tables)

    @cached_property
    def _prior_records(self) -> Records:
        return self.prior if isinstance(self.prior, Records) else Records(self.prior)

    @cached_property
    def _most_rounded(self) -> Fraction:
        """The most, in 分, that rounding can have moved one printed amount by."""
        return printed_interval(0, self.unit, self.decimals).high

    def _compare(self, rule: Rule, group: _Group, *sides: Sequence[_Selected]) -> Finding:
        shown = "、".join(group)
        try:
            left, right = (self._side(side, group) for side in sides)
        except _NotApplicableError:
            return Finding(rule, "not_applicable", shown)
        outcome = self._outcome(rule.expression.comparison, left, right)
        return Finding(rule, outcome, shown, left.value, right.value, left.cells + right.cells)

    def _side(self, side: Sequence[_Selected], group: _Group) -> _Sum:
        sums = [self._sum(one, group) for one in side]
        signed = (one.term.sign * added.value for one, added in zip(side, sums, strict=True))
        cells = tuple(cell for added in sums for cell in added.cells)
        return _Sum(sum(signed, Fraction(0)), sum(added.parts for added in sums), cells)

    def _sum(self, selected: _Selected, group: _Group) -> _Sum:
        term, rows = selected.term, selected.rows.get(group, [])
        if not rows and term.table not in self.sparse:
            raise _NotApplicableError
        is_money = any(f"{term.column}_fen" in row for row in rows[:1])
        amounts = [row[f"{term.column}_fen" if is_money else term.column] for row in rows]
        if any(amount is None for amount in amounts):
            raise _NotApplicableError
        table = f"{'prior.' if term.prior else ''}{term.table}"
        cells = tuple((table, int(row["source_row"])) for row in rows)
        return _Sum(Fraction(sum(amounts)), len(amounts) if is_money else 0, cells)

    def _outcome(self, comparison: str, left: _Sum, right: _Sum) -> Outcome:
        """Say what two sums come to; a difference as large as all rounding together is none: half up, x.xx5 prints one way."""
        if left.value == right.value or (comparison == "<=" and left.value <= right.value):
            return "passed"
        explained = self._most_rounded * (left.parts + right.parts)
        return "rounding" if abs(left.value - right.value) < explained else "failed"


def _passes(value: Any, one: Filter) -> bool:
    if one.test == "^=":
        return value is not None and str(value).startswith(one.values)
    return (value in one.values) == (one.test == "=")
