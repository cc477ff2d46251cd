"""Which official table a grid is, and its cells by column: found by the words printed over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from juesuan.ingest.amounts import Amount, printed
from juesuan.money import AmountError, parse_number
from juesuan.reading.document import Document, Paragraph, Table
from juesuan.reading.document.model import narrowed

_CODE = re.compile(r"[23]\d{2}(?:\d{2}){0,2}")
_UNIT = re.compile(r"单位[:：]\s*(亿元|万元|元)")
_BLANK = frozenset({"", "-", "—", "--", "——", "/"})
_WITHHELD = re.compile(r"未公开|涉密|不公开|\*+")
_NOTE = re.compile(r"^(?:注|说明|来源|备注)[:：]|无数据")
_OF_WORDS = ("indicators", "evaluations")
_TITLE_ROWS, _TITLE_PARAGRAPHS, _TITLE_TAIL = 5, 3, 90
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.])")


@dataclass(frozen=True)
class Form:
    """An official table: its kind, the fund it covers, the words of its title and of its columns."""

    kind: str
    fund: str
    title: str
    columns: dict[str, str]


@dataclass
class Sheet:
    """A recognised table: its rows of data, each with its line, and which column holds what."""

    form: Form
    table: Table
    title: str
    unit: str
    head: list[tuple[str, ...]]
    rows: list[tuple[int, tuple[str, ...]]]
    columns: dict[str, int] = field(default_factory=dict)

    def text(self, cells: Sequence[str], key: str) -> str:
        """Return the words in a column, without spaces; empty where the table has no such column."""
        column = self.columns.get(key, len(cells))
        return plain(cells[column]) if column < len(cells) else ""

    def amount(self, line: int, cells: Sequence[str], column: int | None) -> Amount | None:
        """Return the amount in a column, None where the cell is blank, withheld or no number."""
        if column is None or column >= len(cells) or not is_amount(cells[column]):
            return None
        return printed(narrowed(cells[column]), self.unit, self.place(line, column))

    def table_rows(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return every row below the headings, those without numbers too."""
        last = self.table.rows.index(self.head[-1]) if self.head else -1
        return [(n, row) for n, row in enumerate(self.table.rows) if n > last and _says_something(row)]

    def numbered_cells(self) -> Iterator[tuple[int, int, str]]:
        """Yield line, column and words of every cell that prints an amount; codes, 行次 and 栏次 are none."""
        begin = self.columns.get("code", -1)
        codes = range(begin, max(self.columns.get("name", begin + 1), begin + 1)) if begin >= 0 else range(0)
        headings = headings_of(self)
        for line, cells in self.rows:
            for column, text in enumerate(cells):
                if column not in codes and "行次" not in headings[column] and is_amount(text):
                    yield line, column, text

    def withheld(self, cells: Sequence[str], column: int) -> bool:
        """Say whether the cell says that it is not published, or says something that is no amount."""
        text = plain(cells[column]) if column < len(cells) else ""
        return text not in _BLANK and not is_amount(text)

    def place(self, line: int, column: int) -> str:
        """Return where a person finds a cell."""
        page = self.table.page_of(line)
        return f"{f'第{page}页' if page else ''}表“{self.title}”第{line + 1}行第{column + 1}列"


@cache
def vocabulary() -> dict[str, Any]:
    """Return the words of the official tables (`tables.toml`)."""
    return tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))


@cache
def forms() -> tuple[Form, ...]:
    """Return the official tables in the order in which they are tried."""
    words = vocabulary()
    return tuple(
        Form(one["kind"], one["fund"], one["title"], one.get("columns") or words["columns"].get(one["kind"], {}))
        for one in words["forms"]
    )


def sheets_of(document: Document) -> list[Sheet]:
    """Return the official tables of a document, each with its columns found; others are left out."""
    found: list[Sheet] = []
    before: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            before.append(block)
            continue
        if not block.flowing and (sheet := _sheet(block, before[-_TITLE_PARAGRAPHS:])):
            found.append(sheet)
        before = []
    return found


def _sheet(table: Table, before: Sequence[Paragraph]) -> Sheet | None:
    tops = ["".join(map(plain, row)) for row in table.rows[:_TITLE_ROWS] if sum(bool(one.strip()) for one in row) <= 3]
    over = [plain(one.text)[-_TITLE_TAIL:] for one in reversed(before)]
    for words in (*tops, plain(table.title), *over):
        for form in forms():
            if (match := re.search(form.title + r"(?:[(（]续[)）])?(?:$|[:：(（])", words)) is not None:
                return _with_columns(form, table, match.group(), "".join(over + tops))
    return None


def _with_columns(form: Form, table: Table, title: str, around: str) -> Sheet:
    unit = table.unit or next(iter(_UNIT.findall(around)), "") or "万元"
    first = _first_of_words(form, table) or next(
        (n for n, row in enumerate(table.rows) if _is_data(row)), len(table.rows)
    )
    head = [row for row in table.rows[:first] if sum(bool(one.strip()) for one in row) > 1]
    rows = [(n, row) for n, row in enumerate(table.rows) if n >= first and _says_something(row)]
    sheet = Sheet(form, table, title.strip("(（:："), unit, head, rows)
    sheet.columns = _found_columns(sheet)
    return sheet


def _first_of_words(form: Form, table: Table) -> int:
    """Return where the rows of a table of words begin: after the row that bears its headings; 0 for other tables."""
    if form.kind not in _OF_WORDS:
        return 0
    for number, row in enumerate(table.rows[:_TITLE_ROWS]):
        if sum(any(re.search(one, plain(cell)) for cell in row) for one in form.columns.values()) == len(form.columns):
            return number + 1
    return len(table.rows)


def _found_columns(sheet: Sheet) -> dict[str, int]:
    headings = headings_of(sheet)
    found: dict[str, int] = {}
    for key, pattern in sheet.form.columns.items():
        for column, words in enumerate(headings):
            if column not in found.values() and re.search(pattern, words) and "行次" not in words:
                found[key] = column
                break
    return found


def headings_of(sheet: Sheet) -> list[str]:
    """Return the headings of each column, joined downwards."""
    width = max((len(row) for row in sheet.table.rows), default=0)
    return ["".join(plain(row[column]) for row in sheet.head if column < len(row)) for column in range(width)]


def _is_data(row: Sequence[str]) -> bool:
    cells = [plain(one) for one in row]
    if any("栏次" in one or "单位:" in one or "单位：" in one for one in cells):
        return False
    return any(is_amount(one) or _CODE.fullmatch(one) or _WITHHELD.fullmatch(one) for one in cells) or (
        sum(bool(one) for one in cells) > 1
        and any(_NUMBERED.match(one) for one in cells)
        and "科目" not in "".join(cells)
    )


def _says_something(row: Sequence[str]) -> bool:
    cells = [plain(one) for one in row]
    return any(cells) and not any("栏次" in one or _NOTE.search(one) for one in cells)


def plain(text: str) -> str:
    """Return the words of a cell narrowed and without spaces."""
    return re.sub(r"\s+", "", narrowed(text))


def unnumbered(text: str) -> str:
    """Return a row's name without its numbering and signs of list."""
    return _NUMBERED.sub("", plain(text)).removeprefix("其中:")


def is_amount(text: str) -> bool:
    """Say whether a cell prints a number."""
    if not text.strip():
        return False
    try:
        parse_number(text)
    except AmountError:
        return False
    return True


def codes_and_rows(sheet: Sheet) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield code (empty for the total), line and cells of each row; a code in three columns (类, 款, 项) is joined."""
    column = sheet.columns.get("code", 0)
    named = sheet.columns.get("name", column + 1)
    for line, cells in sheet.rows:
        code = "".join(plain(one) for one in cells[column : max(named, column + 1)])
        label = plain(cells[named]) if named < len(cells) else ""
        if _CODE.fullmatch(code):
            yield code, line, cells
        elif "合计" in label or "合计" in code:
            yield "", line, cells
