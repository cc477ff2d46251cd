"""Tables of 绩效评价: scores and grades, the projects' execution, and what each project was to reach and reached."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts import Findings, Indicator
from juesuan.present.forms_model import Layout, published
from juesuan.present.profile import TableForm
from juesuan.present.tables_model import Cell, Column, Row

_UNIT = "见各格"
_NO_RATE = "—"  # an indicator's value is a word as often as a number
_INDICATORS = (
    Column("project", "项目", width_pct=22),
    Column("level_1", "一级指标", width_pct=13),
    Column("level_2", "二级指标", width_pct=18),
    Column("level_3", "三级指标", width_pct=21),
    Column("target", "预期值", "center", width_pct=13),
    Column("actual", "完成值", "center", width_pct=13),
)
_OF_A_PROJECT = (
    Column("level_1", "一级指标", width_pct=15),
    Column("level_2", "二级指标", width_pct=21),
    Column("level_3", "三级指标", width_pct=24),
    Column("target", "预期值", "right", width_pct=13),
    Column("actual", "完成值", "right", width_pct=13),
    Column("rate", "完成预算（%）", "right", width_pct=14),
)
_EXECUTION = (
    Column("project", "项目", width_pct=46),
    Column("budget", "预算数", "right", width_pct=18),
    Column("final", "执行数", "right", width_pct=18),
    Column("rate", "完成预算（%）", "right", width_pct=18),
)
_EVALUATIONS = (
    Column("kind", "评价种类", width_pct=32),
    Column("subject", "评价对象", width_pct=40),
    Column("score", "得分", "center", width_pct=14),
    Column("grade", "等次", "center", width_pct=14),
)


def indicator_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return the indicators of all projects, target beside outcome; a row an indicator."""
    rows = tuple(Row({"project": one.project, **_indicator(one)}) for one in findings.indicators)
    return [Layout(_INDICATORS, rows, published(findings, "indicators"), not rows, _UNIT)]


def evaluation_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return the year's evaluations, score and grade; a row an evaluation."""
    rows = tuple(
        Row({"kind": one.path, "subject": one.name, "score": _known(findings, one.fact_id), "grade": one.note})
        for one in findings.entries("evaluations")
    )
    return [Layout(_EVALUATIONS, rows, published(findings, "evaluations"), not rows, "分")]


def execution_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return the projects' budget, execution and completion; a row a project, their sum first."""
    total = Row({"project": "合计", **_execution(findings, "projects", "projects.total")}, kind="total")
    entries = findings.entries("projects")
    rows = [Row({"project": one.name, **_execution(findings, one.fact_id)}, level=1) for one in entries]
    return [Layout(_EXECUTION, (total, *rows), published(findings, "projects"), not rows)]


def project_evaluations(findings: Findings, form: TableForm) -> list[Layout]:
    """Return a table for each project that was evaluated by itself: its money, then its indicators at three levels."""
    names = [one.name for one in findings.entries("evaluations") if one.code == "project"]
    if not names:
        return [Layout(_OF_A_PROJECT, (), published(findings, "evaluations"), empty=True, unit=_UNIT)]
    return [Layout(_OF_A_PROJECT, _of_a_project(findings, name), unit=_UNIT, subject=name) for name in names]


def _of_a_project(findings: Findings, name: str) -> tuple[Row, ...]:
    spent = _execution(findings, f"project.{name}")
    money = {"level_1": "预算执行", "level_2": "预算执行率", "level_3": "项目资金（万元）"}
    cells: dict[str, Cell] = {**money, "target": spent["budget"], "actual": spent["final"], "rate": spent["rate"]}
    of_project: Sequence[Indicator] = [one for one in findings.indicators if one.project == name]
    return (Row(cells), *(Row({**_indicator(one), "rate": _NO_RATE}) for one in of_project))


def _indicator(one: Indicator) -> dict[str, Cell]:
    return {name: getattr(one, name) for name in ("level_1", "level_2", "level_3", "target", "actual")}


def _execution(findings: Findings, prefix: str, final: str = "") -> dict[str, Cell]:
    ledger = findings.ledger
    tails = {"budget": f"{prefix}.budget", "final": final or prefix, "rate": f"{prefix}.completion_pct"}
    return {key: ledger.get(fact_id) for key, fact_id in tails.items()}


def _known(findings: Findings, fact_id: str) -> Cell:
    """Return the figure, blank where it was not given: an evaluation has a score or a grade, seldom both."""
    fact = findings.ledger[fact_id]
    return fact if fact.known else None
