"""The equations that the official tables keep, within a table and between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from juesuan.audit.judge.sheets import Cell, Row, Sheet

_FOOT = re.compile(r"合计|总计|结转|结余|小计")
_LINE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_HEADED = re.compile(r"合计$")


@dataclass(frozen=True)
class Identity:
    """`total` equals the sum of `parts`, or is not above it (`at_most`); `group` says which kind in which table."""

    rule: str
    total: Cell
    parts: tuple[Cell, ...]
    words: str
    group: str
    at_most: bool = False

    @property
    def made(self) -> Fraction:
        """What the parts sum to."""
        return sum((one.value for one in self.parts), Fraction(0))

    @property
    def holds(self) -> bool:
        """Say whether it holds within what printing rounds."""
        slack = self.total.half + sum((one.half for one in self.parts), Fraction(0))
        over = self.total.value - self.made
        return over <= slack if self.at_most else abs(over) <= slack


def identities(sheets: list[Sheet]) -> Iterator[Identity]:
    """Yield every equation of the tables that were found."""
    for sheet in sheets:
        if sheet.kind in ("income", "expenditure", "general_public"):
            yield from _coded(sheet)
        elif sheet.kind == "total":
            yield from _total_sheet(sheet)
        elif sheet.kind == "fiscal_total":
            yield from _fiscal_sheet(sheet)
        elif sheet.kind == "basic":
            yield from _basic_sheet(sheet)
    yield from _between(first_by_kind(sheets))


def first_by_kind(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Return the first table of each kind that has amounts."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        if any(True for _ in sheet.cells()):
            found.setdefault(sheet.kind, sheet)
    return found


def made(rule: str, total: Cell | None, parts: Iterable[Cell | None], words: str, sheet: Sheet) -> Iterator[Identity]:
    """Yield that the parts make the total, where there are any; blank cells are left out."""
    cells = tuple(one for one in parts if one is not None)
    if total is not None and cells:
        yield Identity(rule, total, cells, words, f"{rule}{sheet.number}")


def total_row(sheet: Sheet) -> Row | None:
    """Return the row 合计 of a table by codes."""
    return next((one for one in sheet.rows if not one.code and _HEADED.search(one.label)), None)


def _coded(sheet: Sheet) -> Iterator[Identity]:
    rows = [one for one in sheet.rows if one.code]
    total = total_row(sheet)
    for row in [*rows, *([total] if total else [])]:
        if len([one for one in row.cells if one]) > 1:
            yield from made("T06", row.cell(0), row.cells[1:], f"{row.code or '合计'}行各列之和", sheet)
    columns = max((len(one.cells) for one in rows), default=0)
    for column in range(columns):
        if total is not None:
            tops = [one.cell(column) for one in rows if len(one.code) == 3]
            yield from made("T07", total.cell(column), tops, "各类之和", sheet)
        for row in rows:
            below = [one.cell(column) for one in rows if one.code[:-2] == row.code]
            yield from made("T08", row.cell(column), below, f"{row.code}各下级之和", sheet)


def _total_sheet(sheet: Sheet) -> Iterator[Identity]:
    listed = [one for one in sheet.rows if _LINE.match(one.label)]
    incomes = [one for one in listed if one.label.endswith("收入")]
    outgoings = [one for one in listed if one.label.endswith("支出")]
    income, outgoing = _first(sheet, "本年收入合计"), _first(sheet, "本年支出合计")
    yield from made("T01", income, [one.cell(0) for one in incomes], "各项收入之和", sheet)
    yield from made("T02", outgoing, [one.cell(0) for one in outgoings], "各类支出之和", sheet)
    totals = [one.cell(0) for one in sheet.rows if re.search(r"总计$", one.label)]
    if len(totals) != 2 or income is None or outgoing is None:
        return
    opening = [_first(sheet, "年初结转和结余"), _first(sheet, r"使用(?:非财政拨款|专用)结余(?:\(含专用结余\))?")]
    closing = [_first(sheet, "年末结转和结余"), _first(sheet, "结余分配")]
    yield from made("T03", totals[0], [income, *opening], "本年收入与年初结转、使用结余之和", sheet)
    yield from made("T04", totals[1], [outgoing, *closing], "本年支出与年末结转、结余分配之和", sheet)
    yield from made("T05", totals[0], totals[1:], "支出总计", sheet)


def _fiscal_sheet(sheet: Sheet) -> Iterator[Identity]:
    outgoings = [one for one in sheet.rows if _LINE.match(one.label) and one.label.endswith("支出")]
    outgoing = _first(sheet, "本年支出合计")
    yield from made("T14", outgoing, [one.cell(0) for one in outgoings], "各类支出之和", sheet)
    incomes = [one for one in sheet.rows if _LINE.match(one.label) and one.label.endswith("财政拨款")]
    yield from made(
        "T14", _first(sheet, "本年收入合计"), [one.cell(0) for one in incomes[:3]], "各项财政拨款之和", sheet
    )
    for row in [*outgoings, *(one for one in sheet.rows if re.search(r"(?:本年支出合|总)计$", one.label))]:
        cells = [one for one in row.cells if one is not None]
        if len(cells) > 1:
            yield from made("T15", cells[0], cells[1:], f"{row.label}各项资金之和", sheet)
    totals = [
        one.cell(0) or next(iter([c for c in one.cells if c]), None)
        for one in sheet.rows
        if re.search(r"总计$", one.label)
    ]
    if len(totals) == 2:
        yield from made("T05", totals[0], totals[1:], "支出总计", sheet)


def _basic_sheet(sheet: Sheet) -> Iterator[Identity]:
    rows = [one for one in sheet.rows if one.code]
    classes = {one.code: one.cell(0) for one in rows if len(one.code) == 3}
    for row in rows:
        below = [one.cell(0) for one in rows if one.code[:-2] == row.code]
        yield from made("T09", row.cell(0), below, f"{row.code}各款之和", sheet)
    staff = [classes.get(code) for code in ("301", "303")]
    public = [cell for code, cell in classes.items() if code not in ("301", "303")]
    yield from made("T10", _first(sheet, "人员经费合计"), staff, "301与303之和", sheet)
    totals = [one for one in sheet.rows if one.label in ("合计", "总计") and not one.code]
    whole = next((cell for one in totals for cell in one.cells if cell is not None), None)
    both = [_first(sheet, f"{name}经费合计") for name in ("人员", "公用")]
    if None not in both:
        yield from made("T21", whole, both, "人员经费与公用经费之和", sheet)
    yield from made("T11", _first(sheet, "公用经费合计"), public, "302、310等之和", sheet)


def _first(sheet: Sheet, pattern: str) -> Cell | None:
    row = sheet.row(pattern)
    return next((one for one in row.cells if one is not None), None) if row else None


def _between(found: dict[str, Sheet]) -> Iterator[Identity]:
    total, fiscal, general, basic = (found.get(key) for key in ("total", "fiscal_total", "general_public", "basic"))
    for rule, label, kind in (("B01", "本年收入合计", "income"), ("B02", "本年支出合计", "expenditure")):
        if total and kind in found and (row := total_row(found[kind])):
            yield from made(rule, _first(total, label), [row.cell(0)], f"{found[kind].title}合计", total)
    if total and "expenditure" in found:
        yield from _classes("B03", total, found["expenditure"])
    if fiscal and general:
        yield from _classes("B04", fiscal, general, column=1)
    if general and basic and (row := total_row(general)):
        parts = [_first(basic, "人员经费合计"), _first(basic, "公用经费合计")]
        if None not in parts:
            yield from made("B05", row.cell(1), parts, "人员经费与公用经费之和", general)
    if general and "expenditure" in found:
        yield from _not_above(general, found["expenditure"])


def _classes(rule: str, listed: Sheet, coded: Sheet, column: int = 0) -> Iterator[Identity]:
    """Yield that each 类 has one amount in both; `column` is where `listed` has it, if it has so many."""
    by_name = {one.label: one.cell(0) for one in coded.rows if len(one.code) == 3}
    for row in listed.rows:
        name = _LINE.sub("", row.label)
        cell = row.cell(column) or (row.cell(0) if listed.table.flowing or len(row.cells) <= column else None)
        if name in by_name and cell is not None:
            yield from made(rule, cell, [by_name[name]], f"{coded.title}“{name}”", listed)


def _not_above(general: Sheet, expenditure: Sheet) -> Iterator[Identity]:
    known = {one.code: one for one in expenditure.rows if one.code}
    for row in general.rows:
        for column in range(min(3, len(row.cells))):
            cell, other = row.cell(column), known.get(row.code)
            above = other.cell(column) if other else None
            if row.code and cell and above:
                words = f"{expenditure.title}同一科目"
                yield Identity("B06", cell, (above,), words, f"B06{general.number}", at_most=True)
