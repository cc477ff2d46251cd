"""What each chart draws, taken from the findings by the names of their lists."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts import Fact, Findings
from juesuan.present.charts_bars import Bar, ExecutionItem
from juesuan.present.charts_columns import ChangeGroup, Step
from juesuan.present.charts_lines import Series
from juesuan.present.charts_pie import Slice


def change_groups(findings: Findings, labels: dict[str, str], prefix: str = "") -> list[ChangeGroup]:
    """Return last year beside this year for each headline item of `labels` (item: label)."""
    ledger = findings.ledger
    return [
        ChangeGroup(label, ledger[f"{prefix}{item}.{findings.prior_year}"], ledger[f"{prefix}{item}.{findings.year}"])
        for item, label in labels.items()
    ]


def slices(findings: Findings, name: str) -> list[Slice]:
    """Return the parts of a list that are not known to be zero, with their shares."""
    ledger = findings.ledger
    return [
        Slice(entry.name, ledger[entry.fact_id], ledger[f"{entry.fact_id}.share_pct"])
        for entry in findings.entries(name)
        if ledger[entry.fact_id].value != 0
    ]


def steps(findings: Findings, name: str, item: str) -> list[Step]:
    """Return the drivers of a list, largest first; one step for the whole where a year has no detail."""
    entries = findings.entries(name)
    if not entries:
        return [Step("增减合计（上年明细未公开）", findings.ledger[f"{item}.change"])]
    return [Step(entry.name, findings.ledger[entry.fact_id]) for entry in entries]


def trend_series(findings: Findings, items: Sequence[str]) -> list[Series]:
    """Return one line a control total, a point a year."""
    names = {entry.code: entry.name for entry in findings.entries("items")}
    return [
        Series(names[item], [(int(entry.code), findings.ledger[entry.fact_id]) for entry in findings.entries(item)])
        for item in items
        if item in names
    ]


def unit_bars(findings: Findings, marked: str = "") -> list[Bar]:
    """Return one bar an office; `marked` is the unit_id that stands out."""
    return [
        Bar(entry.name, findings.ledger[entry.fact_id], entry.code == marked) for entry in findings.entries("units")
    ]


def execution_items(findings: Findings, name: str = "function_item") -> list[ExecutionItem]:
    """Return budget, outcome and completion of each entry of a list."""
    ledger = findings.ledger
    return [
        ExecutionItem(
            entry.name,
            _budget(findings, entry.fact_id),
            ledger[entry.fact_id],
            ledger[f"{entry.fact_id}.completion_pct"],
        )
        for entry in findings.entries(name)
    ]


def _budget(findings: Findings, fact_id: str) -> Fact:
    return findings.ledger[f"{fact_id}.{findings.budget}"]
