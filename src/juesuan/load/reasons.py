"""Where the form asks the office for a reason: an outcome that differs from its budget, a total that moved much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from juesuan.faults import Fault
from juesuan.money import percent, write_amount, write_number
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
    if accounts.headline_only:  # it has no report to give reasons in
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
    spent = accounts.tables.get("expenditure")
    if spent is None:
        return
    planned = accounts.tables.get("budgets", spent)
    for code, rows in spent[spent["fund"] == _GENERAL_PUBLIC].groupby("function_code", sort=True):
        budget = _budget(planned[(planned["fund"] == _GENERAL_PUBLIC) & (planned["function_code"] == code)])
        final = int(rows["final_fen"].sum())
        if budget is not None and budget != final:
            name = accounts.classification.name("function", str(code), accounts.year)
            amounts = f"预算{write_amount(budget)}万元，决算{write_amount(final)}万元"
            yield _Asked(f"reason.function.{code}", f"{name}（{code}）{amounts}，没有说明原因")


def _budget(rows: pd.DataFrame) -> int | None:
    for column in ("adjusted_budget_fen", "initial_budget_fen"):
        if len(rows) and rows[column].notna().all():
            return int(rows[column].sum())
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
    totals = accounts.tables.get("totals") if accounts else None
    rows = None if totals is None else totals.loc[totals["item"] == item, "final_fen"]
    return None if rows is None or rows.empty or rows.isna().any() else int(rows.iloc[0])
