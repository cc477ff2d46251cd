"""Rows of the exploratory pages' tables: change, drivers, budget execution, years, offices."""

from __future__ import annotations

from juesuan.facts import Entry, Fact, Findings
from juesuan.present.tables_model import Column, Row

EXECUTION_COLUMNS = (
    Column("code", "科目编码", width_pct=11),
    Column("name", "科目名称", width_pct=29),
    Column("initial", "年初预算数", "right", width_pct=13),
    Column("adjusted", "全年预算数", "right", width_pct=13),
    Column("final", "决算数", "right", width_pct=12),
    Column("deviation", "差额", "right", width_pct=10),
    Column("completion", "完成预算（%）", "right", width_pct=12),
)


UNIT_COLUMNS = (
    Column("rank", "位次", "center", width_pct=10),
    Column("name", "单位", width_pct=34),
    Column("final", "本年支出（万元）", "right", width_pct=18),
    Column("share", "占各单位（%）", "right", width_pct=14),
    Column("heads", "在职人员（人）", "right", width_pct=12),
    Column("per_head", "人均（万元）", "right", width_pct=12),
)


def change_table_columns(findings: Findings) -> tuple[Column, ...]:
    """Return the columns of a table of change; the years stand in the headings."""
    return (
        Column("name", "项目", width_pct=34),
        Column("prior", f"{findings.prior_year}年", "right", width_pct=15),
        Column("current", f"{findings.year}年", "right", width_pct=15),
        Column("change", "增减额", "right", width_pct=14),
        Column("rate", "增减率（%）", "right", width_pct=12),
        Column("note", "判断", "center", width_pct=10),
    )


def driver_table_columns(findings: Findings) -> tuple[Column, ...]:
    """Return the columns of a table of drivers: those of change, and what each pulled the total by."""
    *columns, note = change_table_columns(findings)
    return (*columns, Column("pulled", "拉动（百分点）", "right", width_pct=12), note)


def headline_rows(findings: Findings) -> list[Row]:
    """Return one row a control total: last year, this year, change, rate, judgement."""
    return [
        Row(_change_cells(findings, entry, f"{entry.code}.{findings.prior_year}", entry.fact_id, entry.code))
        for entry in findings.entries("headlines")
    ]


def driver_rows(findings: Findings, name: str) -> list[Row]:
    """Return one row an item of a list of drivers (`by_class`, `by_category`), largest change first."""
    rows = []
    for entry in findings.entries(name):
        prefix = entry.fact_id.removesuffix(".change")
        cells = _change_cells(findings, entry, f"{prefix}.{findings.prior_year}", f"{prefix}.{findings.year}", prefix)
        rows.append(Row({**cells, "pulled": findings.ledger[f"{prefix}.contribution_pp"]}))
    return rows


def execution_rows(findings: Findings) -> list[Row]:
    """Return one row a 项 with its budgets, outcome, difference and completion."""
    ledger = findings.ledger
    return [
        Row({**_without(_budget_cells(findings, entry), "share"), "deviation": ledger[f"{entry.fact_id}.deviation"]})
        for entry in findings.entries("function_item")
    ]


def unit_rows(findings: Findings) -> list[Row]:
    """Return one row an office, largest expenditure first."""
    ledger = findings.ledger
    return [
        Row({
            "name": entry.name,
            "rank": ledger[f"unit.{entry.code}.rank"],
            "final": ledger[entry.fact_id],
            "share": ledger[f"unit.{entry.code}.share_pct"],
            "heads": ledger[f"unit.{entry.code}.staff.year_end"],
            "per_head": ledger[f"unit.{entry.code}.per_head"],
        })
        for entry in findings.entries("units")
    ]  # fmt: skip


def series_columns(findings: Findings) -> tuple[Column, ...]:
    """Return the columns of the trend table: the item, every year, the yearly growth."""
    years = findings.entries("years")
    width = round(58 / max(1, len(years)), 1)
    of_years = (Column(entry.code, entry.name, "right", width_pct=width) for entry in years)
    return (Column("name", "项目", width_pct=28), *of_years, Column("growth", "年均增长（%）", "right", width_pct=14))


def series_rows(findings: Findings) -> list[Row]:
    """Return one row a control total over the years."""
    rows = []
    for item in findings.entries("items"):
        cells: dict[str, Fact | str | None] = {"name": item.name}
        cells |= {entry.code: findings.ledger[entry.fact_id] for entry in findings.entries(item.code)}
        cells["growth"] = findings.ledger[f"{item.code}.compound_growth_pct"]
        rows.append(Row(cells))
    return rows


def _change_cells(
    findings: Findings, entry: Entry, prior: str, current: str, prefix: str
) -> dict[str, Fact | str | None]:
    ledger = findings.ledger
    return {
        "name": entry.name,
        "prior": ledger[prior],
        "current": ledger[current],
        "change": ledger[f"{prefix}.change"],
        "rate": ledger[f"{prefix}.change_pct"],
        "note": entry.note,
    }


def _without(cells: dict[str, Fact | str | None], key: str) -> dict[str, Fact | str | None]:
    return {name: cell for name, cell in cells.items() if name != key}


def _budget_cells(findings: Findings, entry: Entry) -> dict[str, Fact | str | None]:
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
