"""公开09 (projects), 公开10 and 12 (“三公”经费)."""

from __future__ import annotations

from juesuan.facts import Findings
from juesuan.present.forms_model import Layout, amount, nothing_in, published
from juesuan.present.profile import TableForm
from juesuan.present.tables_model import Column, Row

_PROJECTS = (
    Column("code", "科目编码", width_pct=20),
    Column("name", "科目名称（项目）", width_pct=58),
    Column("final", "金额", "right", width_pct=22),
)
_THREE_PUBLIC_PARTS = {
    "all": "合计",
    "overseas": "因公出国（境）费",
    "vehicles": "公务用车购置及运行费小计",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费",
    "reception": "公务接待费",
}


def project_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开09: 科目 with the projects under each, and the total."""
    fund, rows, named = form.fund, [], {entry.code: entry for entry in findings.entries(f"codes.{form.fund}")}
    total = findings.ledger[f"projects.{fund}"]
    rows.append(Row({"name": "合计", "final": total}, kind="total"))
    last = ""
    for project in findings.entries(f"projects.{fund}"):
        if project.code != last and project.code in named:
            subtotal = amount(findings, f"{named[project.code].fact_id}.project")
            rows.append(Row({"code": project.code, "name": named[project.code].name, "final": subtotal}, kind="group"))
        last = project.code
        rows.append(Row({"name": project.name, "final": findings.ledger[project.fact_id]}, level=1))
    return [Layout(_PROJECTS, tuple(rows), published(findings, "projects"), nothing_in(findings, [total.id]))]


def three_public_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开10 or 12: one row, 预算数 and 决算数 of each item."""
    columns, cells = [], {}
    for name, group in (("budget", "预算数"), ("final", "决算数")):
        for item, label in _THREE_PUBLIC_PARTS.items():
            key = f"{item}_{name}"
            columns.append(Column(key, label, "right", group=group, width_pct=round(100 / 12, 2)))
            cells[key] = findings.ledger.get(f"three_public.{form.fund}.{item}.{name}")
    known = published(findings, "three_public")
    empty = nothing_in(findings, [f"three_public.{form.fund}.all.final"])
    return [Layout(tuple(columns), (Row(cells),), known, empty)]
