"""Rows of the report's tables, from the ledger: one function a table of the form."""

from __future__ import annotations

from itertools import zip_longest

from juesuan.facts import Entry, Fact, Findings
from juesuan.present.tables_model import Column, Row

BUDGET_COLUMNS = (
    Column("code", "科目编码", width_pct=11),
    Column("name", "科目名称", width_pct=31),
    Column("initial", "年初预算数", "right", width_pct=13),
    Column("adjusted", "全年预算数", "right", width_pct=13),
    Column("final", "决算数", "right", width_pct=12),
    Column("completion", "完成预算（%）", "right", width_pct=10),
    Column("share", "占比（%）", "right", width_pct=10),
)


BASIC_COLUMNS = (
    Column("code", "科目编码", width_pct=20),
    Column("name", "科目名称", width_pct=55),
    Column("final", "决算数", "right", width_pct=25),
)


PROJECT_COLUMNS = (
    Column("name", "项目名称", width_pct=46),
    Column("budget", "预算数", "right", width_pct=14),
    Column("final", "执行数", "right", width_pct=14),
    Column("completion", "完成预算（%）", "right", width_pct=13),
    Column("share", "占比（%）", "right", width_pct=13),
)


THREE_PUBLIC_COLUMNS = (
    Column("name", "项目", width_pct=60),
    Column("final", "决算数", "right", width_pct=40),
)


SUMMARY_COLUMNS = (
    Column("income", "项目", group="收入", width_pct=33),
    Column("income_final", "决算数", "right", group="收入", width_pct=17),
    Column("expenditure", "项目", group="支出", width_pct=33),
    Column("expenditure_final", "决算数", "right", group="支出", width_pct=17),
)


INDICATOR_COLUMNS = (
    Column("project", "项目", width_pct=22),
    Column("level_1", "一级指标", width_pct=13),
    Column("level_2", "二级指标", width_pct=18),
    Column("level_3", "三级指标", width_pct=21),
    Column("target", "预期值", "center", width_pct=13),
    Column("actual", "完成值", "center", width_pct=13),
)


def function_rows(findings: Findings) -> list[Row]:
    """Return 功能分类 rows in code order, 类 款 项 indented, with budget, outcome, completion and share."""
    levels = [(level, entry) for level, name in enumerate(("class", "section", "item"))
              for entry in findings.entries(f"function_{name}")]  # fmt: skip
    rows = [Row(budget_cells(findings, entry), level=level) for level, entry in sorted(levels, key=_code_order)]
    if not rows:
        return []
    ledger = findings.ledger
    total: dict[str, Fact | str | None] = {
        "name": "合计",
        "initial": ledger["budget.initial"],
        "adjusted": ledger["budget.adjusted"],
        "final": ledger["general_public.final"],
        "completion": ledger["budget.completion_pct"],
    }
    return [*rows, Row(total, kind="total")]


def basic_rows(findings: Findings) -> list[Row]:
    """Return 经济分类 rows under 人员经费 and 公用经费, then the total."""
    rows: list[Row] = []
    for name, fact_id in (("personnel", "basic.personnel"), ("public", "basic.public")):
        entries = findings.entries(f"economic_{name}")
        if not entries:
            continue
        fact = findings.ledger[fact_id]
        rows.append(Row({"name": fact.title, "final": fact}, kind="total"))
        rows += [Row({"code": e.code, "name": e.name, "final": findings.ledger[e.fact_id]}, level=1) for e in entries]
    if rows:
        rows.append(Row({"name": "合计", "final": findings.ledger["basic.total"]}, kind="total"))
    return rows


def project_rows(findings: Findings) -> list[Row]:
    """Return one row a project, then the total."""
    ledger = findings.ledger
    rows = [
        Row({
            "name": entry.name,
            "budget": ledger[f"{entry.fact_id}.budget"],
            "final": ledger[entry.fact_id],
            "completion": ledger[f"{entry.fact_id}.completion_pct"],
            "share": ledger[f"{entry.fact_id}.share_pct"],
        })
        for entry in findings.entries("projects")
    ]  # fmt: skip
    return [*rows, Row({"name": "合计", "final": ledger["projects.total"]}, kind="total")] if rows else []


def three_public_rows(findings: Findings) -> list[Row]:
    """Return one row a “三公” item, then the total."""
    rows = [Row({"name": e.name, "final": findings.ledger[e.fact_id]}) for e in findings.entries("three_public")]
    return [*rows, Row({"name": "合计", "final": findings.ledger["three_public.total"]}, kind="total")]


def summary_rows(findings: Findings) -> list[Row]:
    """Return 公开01 in short: income by source beside expenditure by 类, the year's totals, carry-over, grand totals."""
    ledger, year = findings.ledger, findings.year
    rows = [
        Row(_sides(_named(findings, income), _named(findings, spent)))
        for income, spent in zip_longest(findings.entries("income"), findings.entries("function_class"))
    ]
    foot = (
        ("本年收入合计", f"income.total.{year}", "本年支出合计", f"expenditure.total.{year}"),
        ("使用非财政拨款结余", "carryover.surplus_used", "结余分配", "carryover.surplus_distributed"),
        ("年初结转和结余", "carryover.opening", "年末结转和结余", "carryover.closing"),
        ("总计", f"grand.total.{year}", "总计", f"grand.total.{year}"),
    )
    rows += [Row(_sides((a, ledger[one]), (b, ledger[other])), kind="total") for a, one, b, other in foot]
    return rows


def indicator_rows(findings: Findings) -> list[Row]:
    """Return one row an indicator of a project."""
    return [
        Row({
            "project": one.project,
            "level_1": one.level_1,
            "level_2": one.level_2,
            "level_3": one.level_3,
            "target": one.target,
            "actual": one.actual,
        })
        for one in findings.indicators
    ]  # fmt: skip


def budget_cells(findings: Findings, entry: Entry) -> dict[str, Fact | str | None]:
    """Return code, name, budgets, outcome, completion and share of a 科目."""
    ledger = findings.ledger
    return {
        "code": entry.code,
        "name": entry.name,
        "initial": ledger[f"{entry.fact_id}.initial"],
        "adjusted": ledger[f"{entry.fact_id}.adjusted"],
        "final": ledger[entry.fact_id],
        "completion": ledger[f"{entry.fact_id}.completion_pct"],
        "share": ledger[f"{entry.fact_id}.share_pct"],
    }


def _code_order(pair: tuple[int, Entry]) -> str:
    return pair[1].code


def _named(findings: Findings, entry: Entry | None) -> tuple[str | None, Fact | None]:
    return (None, None) if entry is None else (entry.name, findings.ledger[entry.fact_id])


def _sides(
    income: tuple[str | None, Fact | None], spent: tuple[str | None, Fact | None]
) -> dict[str, Fact | str | None]:
    return {
        "income": income[0],
        "income_final": income[1],
        "expenditure": spent[0],
        "expenditure_final": spent[1],
    }
