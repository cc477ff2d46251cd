"""Where the form asks the office for a reason: an outcome that differs from its budget, a total that moved much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from juesuan.faults import Fault
from juesuan.money import percent, write_amount, write_number
from juesuan.rules import Record
from juesuan.schema import TOTAL_ITEMS

if TYPE_CHECKING:
    from juesuan.load.accounts import Accounts

LEAST_PCT = 10  # a total that moved less is not asked for a reason
_TOTALS = {"grand.total": "total", "fiscal.total": "fiscal", "general_public.total": "general_public"}
_GENERAL_PUBLIC = "general_public"


@dataclass(frozen=True)
class _Asked:
    """A reason that is asked for: the key of its passage, and what is to be explained."""

    key: str
    found: str


def missing_reasons(accounts: Accounts, prior: Accounts | None) -> list[Fault]:
    """Return a fault for every reason that the form asks for and `narrative.md` does not give, each naming its item."""
    if accounts.headline_only or not accounts.unit.profile:  # it has no report to give reasons in
        return []
    asked = [*_outcomes(accounts), *_totals(accounts, prior)]
    return [
        Fault(
            f"data/{accounts.folder}/narrative.md",
            one.found,
            f"应有一段 {{#{one.key}}} 说明原因",
            f"在 narrative.md 加一段“## 原因 {{#{one.key}}}”，写明原因",
            column=one.key,
        )
        for one in asked
        if not (one.key in accounts.narrative and accounts.narrative[one.key].text.strip())
    ]


def _outcomes(accounts: Accounts) -> Iterator[_Asked]:
    """Yield every 项 of 一般公共预算 whose 决算数 differs from its budget: that of the year, else the first one."""
    spent = _by_code(accounts.records.get("expenditure", []))
    planned = _by_code(accounts.records["budgets"]) if "budgets" in accounts.records else spent
    for code, rows in sorted(spent.items()):
        budget, final = _budget(planned.get(code, [])), sum(row["final_fen"] for row in rows)
        if budget is not None and budget != final:
            name = accounts.classification.name("function", code, accounts.year)
            amounts = f"预算{write_amount(budget)}万元，决算{write_amount(final)}万元"
            yield _Asked(f"reason.function.{code}", f"{name}（{code}）{amounts}，没有说明原因")


def _by_code(rows: Iterable[Record]) -> dict[str, list[Record]]:
    by_code: dict[str, list[Record]] = {}
    for row in rows:
        if row["fund"] == _GENERAL_PUBLIC:
            by_code.setdefault(row["function_code"], []).append(row)
    return by_code


def _budget(rows: list[Record]) -> int | None:
    for column in ("adjusted_budget_fen", "initial_budget_fen"):
        known = [int(row[column]) for row in rows if row[column] is not None]
        if rows and len(known) == len(rows):
            return sum(known)
    return None


def _totals(accounts: Accounts, prior: Accounts | None) -> Iterator[_Asked]:
    for item, key in _TOTALS.items():
        before, now = (_total(one, item) for one in (prior, accounts))
        if before is None or now is None or before <= 0:
            continue
        rate = percent(now - before, before) or Fraction(0)
        if abs(rate) >= LEAST_PCT:
            verb = "增长" if rate > 0 else "下降"
            yield _Asked(f"reason.{key}", f"{TOTAL_ITEMS[item]}比上年{verb}{write_number(abs(rate), 2)}%，没有说明原因")


def _total(accounts: Accounts | None, item: str) -> int | None:
    totals = accounts.records["totals"] if accounts else []
    return next((row["final_fen"] for row in totals if row["item"] == item), None)
