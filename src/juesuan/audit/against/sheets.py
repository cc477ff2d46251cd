"""Cells of official tables matched to the accounts: by the table's kind, the row's code or name, the column's heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from juesuan.audit.against.model import Expectation
from juesuan.audit.judge.names import plain_name
from juesuan.audit.judge.sheets import Cell, Row, Sheet, sheets_of
from juesuan.reading.document import Document, Place, Table
from juesuan.reading.document.model import narrowed

At = tuple[int, int, int]
Key = tuple[str, str, str]
_SINGLE = "（唯一的数）"
_SKIPPED = ("three_public",)  # its headings stand in two or three lines, differently in each place
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])")


def facts_of_tables(document: Document, expectation: Expectation) -> dict[At, list[str]]:
    """Return the ids of the figures that a cell may be, by table, row and column."""
    ours = [Table(one.title, one.unit, one.rows, Place(table=one.title)) for one in expectation.tables]
    known: dict[Key, list[str]] = {}
    for sheet in sheets_of(Document(Path(), list(ours))):
        facts = expectation.tables[sheet.number].facts
        for key, cell in _keyed(sheet):
            if fact_id := facts.get((cell.at[1], cell.at[2])):
                known.setdefault(key, []).append(fact_id)
    return {cell.at: known[key] for sheet in sheets_of(document) for key, cell in _keyed(sheet) if key in known}


def _keyed(sheet: Sheet) -> Iterator[tuple[Key, Cell]]:
    if sheet.kind in _SKIPPED:
        return
    for row in sheet.rows:
        cells = [one for one in row.cells if one is not None]
        name = _row_name(row)
        for cell in cells if name else []:
            heading = _SINGLE if sheet.kind in ("total", "basic") else _heading(sheet.table, cell)
            if heading:
                yield (sheet.kind, name, heading), cell


def _row_name(row: Row) -> str:
    return row.code or plain_name(_NUMBERED.sub("", row.label))


def _heading(table: Table, cell: Cell) -> str:
    """Return the lowest heading above a cell; empty in a stream of cells, which has no columns."""
    if table.flowing:
        return ""
    _, line, column = cell.at
    for above in reversed(table.rows[:line]):
        text = narrowed(above[column]).replace(" ", "") if column < len(above) else ""
        if text and not re.fullmatch(r"[-+\d.,%]+|未公开", text):
            return "合计" if text in ("合计", "小计") or text.endswith("合计") else text
    return ""
