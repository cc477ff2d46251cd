"""公开01 收入支出决算总表 and 公开04 财政拨款收入支出决算总表: income on the left, expenditure by 类 on the right."""

from __future__ import annotations

from itertools import zip_longest

from juesuan.facts import Findings
from juesuan.present.forms_model import Layout, amount, published
from juesuan.present.profile import TableForm
from juesuan.present.tables_model import Cell, Column, Row
from juesuan.schema import FISCAL_FUNDS, REVENUE_SOURCES

_ORDINALS = "一二三四五六七八九十"
_SIDES = (
    Column("income", "项目", group="收入", width_pct=33),
    Column("income_final", "决算数", "right", group="收入", width_pct=17),
    Column("spent", "项目", group="支出", width_pct=33),
    Column("spent_final", "决算数", "right", group="支出", width_pct=17),
)
_FISCAL_SIDES = (
    Column("income", "项目", group="收入", width_pct=18),
    Column("income_final", "决算数", "right", group="收入", width_pct=10.4),
    Column("spent", "项目", group="支出", width_pct=30),
    Column("all", "合计", "right", group="支出", width_pct=10.4),
    Column("general_public", "一般公共预算财政拨款", "right", group="支出", width_pct=10.4),
    Column("government_fund", "政府性基金预算财政拨款", "right", group="支出", width_pct=10.4),
    Column("state_capital", "国有资本经营预算财政拨款", "right", group="支出", width_pct=10.4),
)
_FOOT = (
    ("本年收入合计", "income.detail", "本年支出合计", "expenditure.detail"),
    ("使用非财政拨款结余", "carryover.surplus_used", "结余分配", "carryover.surplus_distributed"),
    ("年初结转和结余", "carryover.opening", "年末结转和结余", "carryover.closing"),
)


def ordinal(number: int) -> str:
    """Return a number up to 99 in Chinese numerals, as headings of the form count."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十"
    return head + (_ORDINALS[ones - 1] if ones else "")


def totals(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开01: every source of income beside every 类 in the form's order, then carry-over and grand totals."""
    incomes = [(f"{ordinal(n)}、{name}", amount(findings, f"income.{source}"))
               for n, (source, name) in enumerate(REVENUE_SOURCES.items(), start=1)]  # fmt: skip
    spent = [(name, amount(findings, f"summary.{code}")) for name, code in _classes(findings, form)]
    rows = [
        Row({"income": left[0], "income_final": left[1], "spent": right[0], "spent_final": right[1]})
        for left, right in zip_longest(incomes, spent, fillvalue=("", None))
    ]
    ledger, grand = findings.ledger, f"grand.total.{findings.year}"
    rows += [
        Row({"income": a, "income_final": ledger[one], "spent": b, "spent_final": ledger[other]}, kind="total")
        for a, one, b, other in (*_FOOT, ("总计", grand, "总计", grand))
    ]
    known = published(findings, "revenue", "expenditure")
    return [Layout(_SIDES, tuple(rows), known)]


def fiscal_totals(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开04: 财政拨款 by fund beside every 类 by fund, then carry-over of each fund and grand totals."""
    incomes = [(f"{ordinal(n)}、{name}", amount(findings, f"fiscal.revenue.{fund}"))
               for n, (fund, name) in enumerate(FISCAL_FUNDS.items(), start=1)]  # fmt: skip
    rows = []
    for left, right in zip_longest(incomes, _classes(findings, form), fillvalue=None):
        name, cell = left or ("", None)
        cells: dict[str, Cell] = {"income": name, "income_final": cell}
        if right is not None:
            name, code = right
            cells |= {"spent": name, "all": amount(findings, f"fiscal.{code}")}
            cells |= {fund: amount(findings, f"fiscal.{code}.{fund}") for fund in FISCAL_FUNDS}
        rows.append(Row(cells))
    rows += _fiscal_foot(findings)
    return [Layout(_FISCAL_SIDES, tuple(rows), published(findings, "revenue", "expenditure"))]


def _fiscal_foot(findings: Findings) -> list[Row]:
    ledger = findings.ledger
    foot = (
        ("本年收入合计", "fiscal.revenue", "本年支出合计", "fiscal.all"),
        ("年初财政拨款结转和结余", "fiscal.opening", "年末财政拨款结转和结余", "fiscal.closing"),
        ("总计", "fiscal.grand", "总计", "fiscal.grand"),
    )
    rows = [
        Row({"income": a, "income_final": ledger[one], "spent": b, "all": ledger[other],
             **{fund: ledger[f"{other}.{fund}"] for fund in FISCAL_FUNDS}}, kind="total")
        for a, one, b, other in foot
    ]  # fmt: skip
    by_fund = [Row({"income": f"　{name}", "income_final": amount(findings, f"fiscal.opening.{fund}")})
               for fund, name in FISCAL_FUNDS.items()]  # fmt: skip
    return [*rows[:2], *by_fund, rows[2]]


def _classes(findings: Findings, form: TableForm) -> list[tuple[str, str]]:
    """Return the 类 that the form lists, numbered, each with its code."""
    named = {entry.code: entry for entry in findings.entries("classes")}
    listed = [named[code] for code in form.classes if code in named] or list(named.values())
    return [(f"{ordinal(number)}、{entry.name}", entry.code) for number, entry in enumerate(listed, start=1)]
