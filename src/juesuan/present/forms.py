"""The official tables (附表): a profile names a form, a form lays out facts, and a table results."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from juesuan.facts import Findings
from juesuan.money import NOT_PUBLISHED
from juesuan.present.forms_economic import basic_form, economic_matrix
from juesuan.present.forms_evaluation import evaluation_form, execution_form, indicator_form, project_evaluations
from juesuan.present.forms_functions import expenditure_form, fund_balance, fund_expenditure, revenue_form
from juesuan.present.forms_items import project_form, three_public_form
from juesuan.present.forms_model import Layout
from juesuan.present.forms_totals import fiscal_totals, totals
from juesuan.present.narrative import sentence
from juesuan.present.profile import ProfileError, TableForm
from juesuan.present.tables import Column, Row, Table, make_table

_BLANK_NOTE = "空格表示没有发生。"

FORMS: Mapping[str, Callable[[Findings, TableForm], list[Layout]]] = {
    "totals": totals,
    "revenue": revenue_form,
    "expenditure": expenditure_form,
    "fiscal_totals": fiscal_totals,
    "economic_matrix": economic_matrix,
    "fund_expenditure": fund_expenditure,
    "fund_balance": fund_balance,
    "basic": basic_form,
    "projects": project_form,
    "three_public": three_public_form,
    "indicators": indicator_form,
    "evaluations": evaluation_form,
    "execution": execution_form,
    "project_evaluations": project_evaluations,
}


def official_tables(findings: Findings, form: TableForm) -> list[Table]:
    """Return the table that `form` asks for: several, one after another, where it is too wide or there is one a subject.

    A table without amounts is kept and says so; one whose figures were not published says that. Raises `ProfileError`
    for a form that there is not.
    """
    return [_table(findings, form, layout, place) for place, layout in enumerate(layouts_of(findings, form))]


def layouts_of(findings: Findings, form: TableForm) -> list[Layout]:
    """Return what `form` lays out, before it is a table; raises as `official_tables`."""
    if form.form not in FORMS:
        raise ProfileError(f"表 {form.id}：没有版式 {form.form}；现有 {'、'.join(FORMS)}。")
    return FORMS[form.form](findings, form)


def _table(findings: Findings, form: TableForm, layout: Layout, place: int) -> Table:
    title = form.name + (f"：{layout.subject}" if layout.subject else "（续）" if place else "")
    return make_table(
        id=form.id + (f"-{place + 1}" if place else ""),
        title=title,
        unit=layout.unit,
        source=findings.source,
        notes=_notes(findings, form, layout),
        columns=layout.columns,
        rows=layout.rows if layout.published else [_not_published(layout.columns)],
        official=bool(form.number),
        wide=form.wide,
    )


def _notes(findings: Findings, form: TableForm, layout: Layout) -> list[str]:
    if not layout.published:
        return []
    if layout.empty and form.empty:
        return [sentence(findings, form.empty)]
    figures = [column.key for column in layout.columns if column.align == "right"]
    return [_BLANK_NOTE] if any(not row.cells.get(key) for row in layout.rows for key in figures) else []


def _not_published(columns: tuple[Column, ...]) -> Row:
    return Row({columns[0].key: NOT_PUBLISHED})
