"""The tables that stand on the explorer's pages with or without scripts, each figure with its passport."""

from __future__ import annotations

from juesuan.facts import Fact, Findings
from juesuan.present.tables import Column, Row


def office_columns(findings: Findings) -> tuple[Column, ...]:
    """Return the columns of an office's table: the measure, its unit, every year."""
    years = findings.entries("years")
    width = round(62 / max(1, len(years)), 1)
    of_years = (Column(entry.code, entry.name, "right", width_pct=width) for entry in years)
    return (Column("name", "项目", width_pct=30), Column("unit", "单位", width_pct=8), *of_years)


def office_rows(findings: Findings) -> list[Row]:
    """Return one row a measure that the office published in any year."""
    rows = []
    for item in findings.entries("items"):
        cells: dict[str, Fact | str | None] = {"name": item.name, "unit": item.note}
        cells |= {entry.code: findings.ledger[entry.fact_id] for entry in findings.entries(item.code)}
        rows.append(Row(cells))
    return rows
