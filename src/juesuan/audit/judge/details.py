"""The equations of the lesser tables: by 经济科目, by project, of 政府性基金 and 国有资本, and those between all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from juesuan.audit.judge.identities import Identity, first_by_kind, made, total_row
from juesuan.audit.judge.sheets import Cell, Row, Sheet

_OPENING, _INCOME, _SPENT, _BASIC, _PROJECT, _CLOSING = range(6)


def detail_identities(sheets: Sequence[Sheet]) -> Iterator[Identity]:
    """Yield every equation of the lesser tables; one that flows has lost its blank cells and is left out."""
    found = first_by_kind(sheets)
    for sheet in (one for one in sheets if not one.table.flowing):
        if sheet.kind in ("fund", "capital"):
            yield from _balanced(sheet)
        elif sheet.kind == "economic_detail":
            yield from _levels(sheet, "T19")
            if "一般公共预算" in sheet.title and "general_public" in found:
                yield from _same_code(sheet, found["general_public"])
    if "project" in found and not found["project"].table.flowing:
        yield from _projects(found["project"], found.get("general_public"))
    yield from _between(found)


def _balanced(sheet: Sheet) -> Iterator[Identity]:
    for row in (one for one in sheet.rows if len(one.cells) in (5, 6)):
        spent = row.cell(_SPENT)
        name = row.code or "合计"
        yield from made("T18", spent, (row.cell(_BASIC), row.cell(_PROJECT)), f"{name}行基本支出与项目支出之和", sheet)
        closing = row.cell(_CLOSING)
        left = replace(closing, value=-closing.value) if closing is not None else None
        if spent is not None and row.cell(_INCOME) is not None:
            came = (row.cell(_OPENING), row.cell(_INCOME), left)
            yield from made("T17", spent, came, f"{name}行年初结转与本年收入之和减去年末结转", sheet)
    yield from _levels(sheet, "T19")


def _levels(sheet: Sheet, rule: str) -> Iterator[Identity]:
    rows = [one for one in sheet.rows if one.code]
    total = total_row(sheet)
    for column in range(max((len(one.cells) for one in rows), default=0)):
        tops = [one.cell(column) for one in rows if len(one.code) == 3]
        if total is not None:
            yield from made(rule, total.cell(column), tops, f"第{column + 1}列各类之和", sheet)
        for row in rows:
            below = [one.cell(column) for one in rows if one.code[:-2] == row.code]
            yield from made(rule, row.cell(column), below, f"{row.code}第{column + 1}列各下级之和", sheet)


def _same_code(detail: Sheet, general: Sheet) -> Iterator[Identity]:
    known = {one.code: one.cell(0) for one in general.rows if one.code}
    for row in (one for one in detail.rows if one.code in known):
        yield from made("B09", row.cell(0), [known[row.code]], f"{general.title}{row.code}的合计", detail)


def _projects(sheet: Sheet, general: Sheet | None) -> Iterator[Identity]:
    """Yield that each 科目, and the total, is what its projects make, and that 公开06 has the same."""
    total = total_row(sheet)
    heads = [one for one in sheet.rows if one.code]
    if total is not None and all(len(one.code) == 7 for one in heads):
        yield from made("T20", total.cell(0), [one.cell(0) for one in heads], "各科目之和", sheet)
    for head in heads:
        yield from made(
            "T20", head.cell(0), [one.cell(0) for one in _under(sheet, head)], f"{head.code}各项目之和", sheet
        )
    whole = total_row(general) if general else None
    if total is not None and whole is not None:
        yield from made("B10", total.cell(0), [whole.cell(2)], "一般公共预算支出表的项目支出", sheet)


def _under(sheet: Sheet, head: Row) -> Iterator[Row]:
    for row in sheet.rows[sheet.rows.index(head) + 1 :]:
        if row.code or re.search("合计$", row.label):
            return
        yield row


def _between(found: dict[str, Sheet]) -> Iterator[Identity]:
    total, fiscal, income = (found.get(one) for one in ("total", "fiscal_total", "income"))
    if fiscal is not None and not fiscal.table.flowing:
        for rule, kind, pattern in (
            ("B11", "fund", "政府性基金预算财政拨款$"),
            ("B12", "capital", "国有资本经营预算财政拨款$"),
        ):
            row = next((one for one in fiscal.rows if re.search(pattern, one.label)), None)
            sheet = found.get(kind)
            whole = total_row(sheet) if sheet and not sheet.table.flowing else None
            if row and sheet and whole and len(whole.cells) in (5, 6):
                yield from made(rule, row.cell(0), [whole.cell(_INCOME)], f"{sheet.title}本年收入", fiscal)
    if total is not None and fiscal is not None:
        cells = [_line(one, "一般公共预算财政拨款(?:收入)?$") for one in (total, fiscal)]
        yield from made("B13", cells[0], [cells[1]], "财政拨款收支总表的一般公共预算财政拨款", total)
    if income is not None and fiscal is not None and (row := total_row(income)) and not income.table.flowing:
        received = fiscal.row("本年收入合计")
        yield from made(
            "B14", row.cell(1), [received.cell(0) if received else None], "财政拨款收支总表的本年收入", income
        )
    general, spent = found.get("general_public"), found.get("expenditure")
    if general and spent and (mine := total_row(general)) and (all_of := total_row(spent)):
        for column, words in ((0, "本年支出合计"), (1, "基本支出"), (2, "项目支出")):
            cell, above = mine.cell(column), all_of.cell(column)
            if cell is not None and above is not None:
                yield Identity("B15", cell, (above,), f"支出决算表的{words}", f"B15{general.number}", at_most=True)


def _line(sheet: Sheet, pattern: str) -> Cell | None:
    row = next((one for one in sheet.rows if re.match(r"一、", one.label) and re.search(pattern, one.label)), None)
    return row.cell(0) if row else None
