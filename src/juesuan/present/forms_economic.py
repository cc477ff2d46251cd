"""公开05 and 07 (功能科目 crossed with 经济科目) and 公开08 (人员经费 beside 公用经费)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from juesuan.facts import Entry, Fact, Findings
from juesuan.present.forms_model import Layout, amount, level_of, nothing_in, published
from juesuan.present.profile import TableForm
from juesuan.present.tables_model import Cell, Column, Row

_CLASS_DIGITS = 3
_MOST_COLUMNS = 10  # beside code, name and total, on a page turned on its side


def economic_matrix(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开05 or 07 in as many tables as its 经济科目 need; a 类 of them is not torn where it fits."""
    prefix = "function" if form.scope == "general_public" else form.scope
    codes = findings.entries(f"codes.{form.scope}")
    whole = findings.ledger[f"{prefix}.all"]
    known = published(findings, "expenditure", "economic")
    empty = nothing_in(findings, [whole.id])
    return [
        Layout(columns, _matrix_rows(findings, prefix, codes, run), known, empty)
        for run, columns in matrix_runs(findings.entries(f"economic.{form.scope}"))
    ]


def matrix_runs(economic: Sequence[Entry]) -> list[tuple[Sequence[Entry], tuple[Column, ...]]]:
    """Return the 经济科目 of each table and its columns."""
    heads = {entry.code: entry.name for entry in economic if len(entry.code) == _CLASS_DIGITS}
    return [(run, _matrix_columns(run, heads)) for run in _runs(economic) or [()]]


def _runs(economic: Sequence[Entry]) -> list[Sequence[Entry]]:
    """Return the 经济科目 in runs that fit a page, a 类 with its 款 together as long as they do."""
    runs: list[list[Entry]] = []
    classes = [entry for entry in economic if len(entry.code) == _CLASS_DIGITS]
    for head in classes:
        block = [entry for entry in economic if entry.code.startswith(head.code)]
        if runs and len(runs[-1]) + len(block) <= _MOST_COLUMNS:
            runs[-1] += block
            continue
        runs += [block[start : start + _MOST_COLUMNS] for start in range(0, len(block), _MOST_COLUMNS)]
    return list(runs)


def _matrix_columns(run: Sequence[Entry], heads: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of one run; a 类 that began in the run before stands over its 款 as 续."""
    width = round(70 / (len(run) + 1), 1)
    begun = {entry.code for entry in run if len(entry.code) == _CLASS_DIGITS}
    columns = []
    for entry in run:
        head = entry.code[:_CLASS_DIGITS]
        over = heads[head] if head in begun else f"{heads[head]}（续）"
        columns.append(Column(entry.code, "小计" if entry.code in begun else entry.name, "right", over, width))
    fixed = (Column("code", "科目编码", width_pct=9), Column("name", "科目名称", width_pct=21))
    return (*fixed, Column("all", "合计", "right", width_pct=width), *columns)


def _matrix_rows(findings: Findings, prefix: str, codes: Sequence[Entry], run: Sequence[Entry]) -> tuple[Row, ...]:
    total: dict[str, Cell] = {"name": "合计", "all": findings.ledger[f"{prefix}.all"]}
    rows = [Row(total | _crossed(findings, f"{prefix}.all", run), kind="total")]
    for entry in codes:
        cells: dict[str, Cell] = {"code": entry.code, "name": entry.name, "all": amount(findings, entry.fact_id)}
        rows.append(Row(cells | _crossed(findings, entry.fact_id, run), level=level_of(entry.code)))
    return tuple(rows)


def _crossed(findings: Findings, fact_id: str, run: Sequence[Entry]) -> dict[str, Cell]:
    return {entry.code: amount(findings, f"{fact_id}.economic.{entry.code}") for entry in run}


_BASIC = (
    Column("personnel_code", "科目编码", group="人员经费", width_pct=10),
    Column("personnel", "科目名称", group="人员经费", width_pct=26),
    Column("personnel_final", "决算数", "right", group="人员经费", width_pct=14),
    Column("public_code", "科目编码", group="公用经费", width_pct=10),
    Column("public", "科目名称", group="公用经费", width_pct=26),
    Column("public_final", "决算数", "right", group="公用经费", width_pct=14),
)


def basic_form(findings: Findings, form: TableForm) -> list[Layout]:
    """Return 公开08: 人员经费 (301, 303) beside 公用经费 (302, 310), each by 经济科目, their sums and the whole."""
    ledger = findings.ledger
    sides = [_with_classes(findings, nature) for nature in ("personnel", "public")]
    rows = [
        Row(_side("personnel", left, ledger) | _side("public", right, ledger)) for left, right in zip_longest(*sides)
    ]
    sums: dict[str, Cell] = {"personnel": "人员经费合计", "personnel_final": ledger["basic.personnel"]}
    sums |= {"public": "公用经费合计", "public_final": ledger["basic.public"]}
    whole: dict[str, Cell] = {"personnel": "合计", "personnel_final": ledger["basic.total"]}
    rows += [Row(sums, kind="total"), Row(whole, kind="total")]
    known = published(findings, "expenditure", "economic")
    return [Layout(_BASIC, tuple(rows), known, nothing_in(findings, ["basic.total"]))]


def _with_classes(findings: Findings, nature: str) -> list[Entry]:
    """Return the 经济科目 of a side in code order, each 类 before its 款."""
    items = findings.entries(f"economic_{nature}")
    heads = {entry.code[:_CLASS_DIGITS] for entry in items}
    classes = [entry for entry in findings.entries("economic_classes") if entry.code in heads]
    return sorted([*classes, *items], key=lambda entry: entry.code)


def _side(nature: str, entry: Entry | None, ledger: object) -> dict[str, Cell]:
    if entry is None:
        return {}
    fact: Fact = ledger[entry.fact_id]  # type: ignore[index]
    return {f"{nature}_code": entry.code, nature: entry.name, f"{nature}_final": fact}
