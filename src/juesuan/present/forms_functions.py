"""公开02, 03, 06, 11, 13, 14: a row a 功能分类科目 (类 款 项), a column a source, a category or a balance."""

from __future__ import annotations

from collections.abc import Mapping

from juesuan.facts import Findings
from juesuan.present.forms_model import Layout, amount, level_of, nothing_in, published
from juesuan.present.profile import TableForm
from juesuan.present.tables_model import Cell, Column, Row

_CODE = Column("code", "科目编码", width_pct=11)
_NAME_WIDTH = 28
_REVENUE = {
    "fiscal": "财政拨款收入",
    "superior_subsidy": "上级补助收入",
    "institutional": "事业收入",
    "operating": "经营收入",
    "subordinate_remittance": "附属单位上缴收入",
    "other": "其他收入",
}
_SPENT = {
    "basic": "基本支出",
    "project": "项目支出",
    "remit_superior": "上缴上级支出",
    "operating": "经营支出",
    "subsidy_subordinate": "对附属单位补助支出",
}


def revenue_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开02 收入决算表."""
    return [_crossed(findings, "revenue", "codes.revenue", "revenue", "本年收入合计", _REVENUE)]


def expenditure_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开03 支出决算表."""
    return [_crossed(findings, "expenditure", "codes.spent", "spent", "本年支出合计", _SPENT)]


def fund_expenditure(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开06 or 14: a fund's expenditure by 科目, 基本 and 项目."""
    prefix = "function" if form.fund == "general_public" else form.fund
    columns = {key: _SPENT[key] for key in ("basic", "project")}
    return [_crossed(findings, "expenditure", f"codes.{form.fund}", prefix, "合计", columns)]


def _crossed(findings: Findings, table: str, codes: str, prefix: str, whole: str, columns: Mapping[str, str]) -> Layout:
    width = (100 - 11 - _NAME_WIDTH) / (len(columns) + 1)
    heads = [Column(key, title, "right", width_pct=round(width, 1)) for key, title in columns.items()]
    laid = (
        _CODE,
        Column("name", "科目名称", width_pct=_NAME_WIDTH),
        Column("all", whole, "right", width_pct=round(width, 1)),
        *heads,
    )
    rows = [_total(findings, prefix, columns)]
    for entry in findings.entries(codes):
        cells: dict[str, Cell] = {"code": entry.code, "name": entry.name, "all": amount(findings, entry.fact_id)}
        cells |= {key: amount(findings, f"{entry.fact_id}.{key}") for key in columns}
        rows.append(Row(cells, level=level_of(entry.code)))
    return Layout(laid, tuple(rows), published(findings, table), nothing_in(findings, [f"{prefix}.all"]))


def _total(findings: Findings, prefix: str, columns: Mapping[str, str]) -> Row:
    cells: dict[str, Cell] = {"name": "合计", "all": findings.ledger[f"{prefix}.all"]}
    cells |= {key: amount(findings, f"{prefix}.all.{key}") for key in columns}
    return Row(cells, kind="total")


_BALANCE = (
    _CODE,
    Column("name", "科目名称", width_pct=25),
    Column("opening", "年初结转和结余", "right", width_pct=11),
    Column("revenue", "本年收入", "right", width_pct=10),
    Column("all", "小计", "right", group="本年支出", width_pct=11),
    Column("basic", "基本支出", "right", group="本年支出", width_pct=10),
    Column("project", "项目支出", "right", group="本年支出", width_pct=11),
    Column("closing", "年末结转和结余", "right", width_pct=11),
)


def fund_balance(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开11 or 13: a fund's opening, revenue, expenditure and closing by 科目."""
    keys = ("opening", "revenue", "basic", "project", "closing")
    ledger, fund = findings.ledger, form.fund
    total: dict[str, Cell] = {"name": "合计", "all": ledger[f"{fund}.all"]}
    rows = [Row(total | {key: ledger.get(f"{fund}.all.{key}") for key in keys}, kind="total")]
    for entry in findings.entries(f"balance.{fund}"):
        cells: dict[str, Cell] = {"code": entry.code, "name": entry.name, "all": amount(findings, entry.fact_id)}
        cells |= {key: amount(findings, f"{entry.fact_id}.{key}") for key in keys}
        rows.append(Row(cells, level=level_of(entry.code)))
    known = published(findings, "expenditure", "revenue")
    empty = nothing_in(findings, [f"{fund}.all", f"{fund}.all.revenue"])
    return [Layout(_BALANCE, tuple(rows), known, empty)]
