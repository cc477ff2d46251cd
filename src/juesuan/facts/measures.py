"""The measures (指标) that offices and years are compared by: what each is, and which cells of `data/` it adds up.

A measure bears the name that its figure has in the report's ledger, so that a number on a comparison leads to the very
figure that the report prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from juesuan.facts.printed import printed_total
from juesuan.load import Accounts
from juesuan.schema import (
    CATEGORIES,
    DISCLOSURE_ITEMS,
    FISCAL_FUNDS,
    REVENUE_SOURCES,
    THREE_PUBLIC_ITEMS,
    TOTAL_ITEMS,
    YEAR_TABLES,
)

Records = Mapping[str, list[dict[str, Any]]]
"""The tables of a year as rows; one that was not published is not there, and what is missing is None."""
_PERSONNEL, _PUBLIC = ("301", "303"), ("302", "310")
_BASIC = {"fund": ("general_public",), "category": ("basic",)}
_CARRYOVER = {
    "opening": "年初结转和结余",
    "surplus_used": "使用非财政拨款结余",
    "surplus_distributed": "结余分配",
    "closing": "年末结转和结余",
}
_STAFF = ("staff.year_end", "staff.posts")


@dataclass(frozen=True)
class Measure:
    """One figure of an office and year, in 分 or, where `unit` is no amount, in whole `unit`.

    It is the sum of `column` over the rows of `table` that meet `where` (a code is met by its beginning). `budget` says
    that it is missing where any row's is.
    """

    id: str
    title: str
    group: str
    unit: str
    table: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column: str = "final_fen"
    fact: str = ""
    budget: bool = False

    def fact_id(self, year: int) -> str:
        """Return the id of the figure in the report of `year`."""
        return (self.fact or self.id).format(year=year)


def _totals() -> list[Measure]:
    shown = ("income.total", "expenditure.total", "grand.total", "fiscal.total", "general_public.total")
    groups = {"income.total": "收入", "grand.total": "收入", "fiscal.total": "收入"}
    return [
        Measure(item, TOTAL_ITEMS[item], groups.get(item, "支出"), "万元", "totals", {"item": (item,)}, fact=f"{item}.{{year}}")
        for item in shown
    ]  # fmt: skip


def _details() -> list[Measure]:
    income = [
        Measure(f"income.{source}", title, "收入", "万元", "revenue", {"source": (source,)})
        for source, title in REVENUE_SOURCES.items()
    ]
    spent = [
        Measure(f"expenditure.{category}", title, "支出", "万元", "expenditure", {"category": (category,)})
        for category, title in CATEGORIES.items()
    ]
    funds = [
        Measure(f"{fund}.expenditure", f"{FISCAL_FUNDS[fund]}支出", "支出", "万元", "expenditure", {"fund": (fund,)})
        for fund in ("government_fund", "state_capital")
    ]
    basic = [
        Measure("basic.total", TOTAL_ITEMS["basic.total"], "支出", "万元", "expenditure", _BASIC),
        Measure("basic.personnel", "人员经费", "支出", "万元", "economic", {**_BASIC, "economic_code": _PERSONNEL}),
        Measure("basic.public", "公用经费", "支出", "万元", "economic", {**_BASIC, "economic_code": _PUBLIC}),
    ]
    kept = [
        Measure(f"carryover.{column}", title, "结转和结余", "万元", "carryover", column=f"{column}_fen")
        for column, title in _CARRYOVER.items()
    ]
    return [*income, *spent, *_fiscal(), *funds, *basic, *kept]


def _fiscal() -> list[Measure]:
    """Return 财政拨款 of the year, whose figures in the report are those of the official tables (公开04)."""
    fiscal = tuple(FISCAL_FUNDS)
    return [
        Measure(item, TOTAL_ITEMS[item], group, "万元", table, {column: fiscal}, fact=fact)
        for item, group, table, column, fact in (
            ("income.fiscal", "收入", "revenue", "source", "fiscal.revenue"),
            ("expenditure.fiscal", "支出", "expenditure", "fund", "fiscal.all"),
        )
    ]


def _budgets() -> list[Measure]:
    where = {"fund": ("general_public",)}
    return [
        Measure("general_public.final", "一般公共预算财政拨款支出（明细）", "预算执行", "万元", "expenditure", where),
        *(
            Measure(f"budget.{kind}", title, "预算执行", "万元", "budgets", where, f"{kind}_budget_fen", budget=True)
            for kind, title in (("initial", "年初预算数"), ("adjusted", "全年预算数"))
        ),
    ]


def _three_public() -> list[Measure]:
    where = {"fund": ("general_public",)}
    whole = [
        Measure("three_public.total", "“三公”经费", "“三公”经费", "万元", "three_public", where),
        Measure("three_public.budget", "“三公”经费预算数", "“三公”经费", "万元", "three_public", where, "adjusted_budget_fen", budget=True),
    ]  # fmt: skip
    vehicles = ("vehicle_purchase", "vehicle_operation")
    whole.append(
        Measure("three_public.vehicles", "公务用车购置及运行维护费", "“三公”经费", "万元", "three_public", {**where, "item": vehicles})
    )  # fmt: skip
    items = [
        Measure(f"three_public.{item}", title, "“三公”经费", "万元", "three_public", {**where, "item": (item,)})
        for item, title in THREE_PUBLIC_ITEMS.items()
    ]
    return [*whole, *items]


def _disclosed() -> list[Measure]:
    return [
        Measure(item, DISCLOSURE_ITEMS[item].name, group, DISCLOSURE_ITEMS[item].unit, "disclosures", {"item": (item,)}, "value")
        for item, group in (("operating_funds", "其他"), *((one, "人员") for one in _STAFF))
    ]  # fmt: skip


MEASURES = {one.id: one for one in (*_totals(), *_details(), *_budgets(), *_three_public(), *_disclosed())}


def records_of(accounts: Accounts) -> Records:
    """Return the year's tables as rows."""
    return accounts.records


def measured(accounts: Accounts, records: Records, measure: Measure) -> int | None:
    """Return what the year's accounts say of `measure` (分, or whole units), None where they say nothing.

    Details come first, as the original printed their sum; then the control total of the same name.
    """
    printed = printed_total(accounts, measure.fact_id(accounts.year))
    if printed is not None:
        return int(printed.fen)
    table = "expenditure" if measure.table == "budgets" and "budgets" not in records else measure.table
    added = _added(records, table, measure)
    return added if added is not None else _control_total(records, measure)


def rows_measured(accounts: Accounts, records: Records, measure: Measure) -> tuple[str, str, list[dict[str, Any]]]:
    """Return where a measure stands: the table, its column, and the rows that it adds up."""
    if printed_total(accounts, measure.fact_id(accounts.year)) is not None:
        wanted = measure.fact_id(accounts.year)
        return "printed", "final_fen", [row for row in records["printed"] if row["fact_id"] == wanted]
    table = "expenditure" if measure.table == "budgets" and "budgets" not in records else measure.table
    if _added(records, table, measure) is not None:
        return table, measure.column, _rows_met(records, table, measure)
    return "totals", "final_fen", [row for row in records.get("totals", []) if row["item"] == measure.id]


def _rows_met(records: Records, table: str, measure: Measure) -> list[dict[str, Any]]:
    rows = records[table]
    for name, wanted in measure.where.items():
        if name.endswith("_code"):
            rows = [row for row in rows if str(row[name]).startswith(wanted)]
        else:
            rows = [row for row in rows if row[name] in wanted]
    return rows


def _added(records: Records, table: str, measure: Measure) -> int | None:
    if table not in records:
        return None
    met = _rows_met(records, table, measure)
    values = [_whole(row[measure.column], measure) for row in met]
    if not met:
        return 0 if YEAR_TABLES[table].sparse and not measure.budget else None
    if None in values and measure.budget:
        return None
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _control_total(records: Records, measure: Measure) -> int | None:
    rows = [row for row in records.get("totals", []) if row["item"] == measure.id]
    return _whole(rows[0]["final_fen"], measure) if rows else None


def _whole(value: Any, measure: Measure) -> int | None:
    """Return a cell as a whole number; the table `disclosures` holds amounts in 万元 and counts side by side."""
    if value is None:
        return None
    amount_in_wan = measure.column == "value" and measure.unit == "万元"
    return int(value * 1_000_000) if amount_in_wan else int(value)
