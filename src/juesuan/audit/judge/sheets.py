"""The official tables read: which table a grid is, and its rows as code, name and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from juesuan.money import FEN_PER_UNIT, AmountError, Interval, decimals_of, parse_number
from juesuan.reading.document import Document, Table
from juesuan.reading.document.model import narrowed

_KINDS = (
    ("three_public", r"三公"),
    ("basic", r"基本支出决算"),
    ("economic_detail", r"明细表"),
    ("project", r"项目支出决算"),
    ("fund", r"政府性基金"),
    ("capital", r"国有资本"),
    ("fiscal_total", r"财政拨款收入支出决算总表"),
    ("general_public", r"一般公共预算财政拨款支出决算表"),
    ("total", r"收入支出决算总表"),
    ("income", r"收入决算表"),
    ("expenditure", r"支出决算表"),
)
_CODE = re.compile(r"[23]\d{2}(?:\d{2}){0,2}")
_ENUMERATED = re.compile(r"^.*?(?=[一二三四五六七八九十]{1,3}、)")
_LINE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_UNCODED = frozenset({"total", "fiscal_total", "three_public"})
_BLANK = frozenset({"", "-", "—", "--", "…"})


@dataclass(frozen=True)
class Cell:
    """An amount of a table, in 元, and where it stands."""

    value: Fraction
    half: Fraction
    text: str
    place: str
    at: tuple[int, int, int]

    @property
    def interval(self) -> Interval:
        """Every exact value that prints so."""
        return Interval(self.value - self.half, self.value + self.half)


@dataclass
class Row:
    """A row: its code (may be empty), its name, its amounts in order (None where a cell is blank)."""

    code: str
    label: str
    cells: list[Cell | None] = field(default_factory=list)

    def cell(self, column: int) -> Cell | None:
        """Return the amount in a column, None where there is none."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass
class Sheet:
    """An official table: its kind, its rows, the header's words."""

    kind: str
    table: Table
    rows: list[Row]
    number: int = 0

    @property
    def title(self) -> str:
        """The printed title."""
        return self.table.title

    def row(self, pattern: str) -> Row | None:
        """Return the first row whose name ends as the pattern says."""
        return next((one for one in self.rows if re.search(rf"(?:{pattern})$", one.label)), None)

    def cells(self) -> Iterator[Cell]:
        """Yield every amount."""
        yield from (cell for row in self.rows for cell in row.cells if cell is not None)


def unnumbered(label: str) -> str:
    """Return a row's name without the 一、 before it."""
    return _LINE.sub("", label)


def sheets_of(document: Document) -> list[Sheet]:
    """Return the tables that are official ones."""
    found = []
    for number, table in enumerate(document.tables):
        title = narrowed(table.title).replace(" ", "")
        kind = next((kind for kind, pattern in _KINDS if re.search(pattern, title)), "")
        if kind:
            found.append(Sheet(kind, table, list(_rows(table, number, kind not in _UNCODED)), number))
    return found


def _rows(table: Table, number: int, coded: bool) -> Iterator[Row]:
    """Yield the rows; in a table without codes 353 is an amount, whatever stands after it."""
    row: Row | None = None
    for line, cells in enumerate(table.rows):
        if not table.flowing or row is None:
            if row is not None:
                yield row
            row = Row("", "")
        plain = _joined_codes([narrowed(one).strip() for one in cells])
        for column, text in enumerate(plain):
            if _begins(plain, column, row, coded):
                yield row
                row = Row("", "")
            _put(row, text, plain, column, table, (number, line, column), coded)
    if row is not None:
        yield row


def _begins(cells: Sequence[str], column: int, row: Row, coded: bool) -> bool:
    """Say whether a cell begins a new row: a code, or a name after amounts."""
    text, a_code = cells[column], coded and _is_code(cells, column)
    if text in _BLANK or (_is_amount(text) and not a_code):
        return False
    return bool(row.cells) or (a_code and bool(row.code or row.label))


def _put(
    row: Row, text: str, cells: Sequence[str], column: int, table: Table, at: tuple[int, int, int], coded: bool
) -> None:
    if coded and _is_code(cells, column):
        row.code = text
    elif text in _BLANK:
        if row.code or row.label:
            row.cells.append(None)
    elif _is_amount(text):
        row.cells.append(_cell(text, table, at))
    elif not row.cells or not any(row.cells):
        if row.cells and not row.code and row.label:
            row.label = ""
        row.cells.clear()
        row.label = _ENUMERATED.sub("", row.label + text.replace(" ", ""))


def _is_code(cells: Sequence[str], column: int) -> bool:
    if not _CODE.fullmatch(cells[column]):
        return False
    after = next((one for one in cells[column + 1 :] if one not in _BLANK), "")
    return bool(after) and not _is_amount(after)


def _joined_codes(cells: list[str]) -> list[str]:
    """Return the cells with a code that stands in two or three columns (类, 款, 项) put together, each half by itself."""
    made: list[str] = []
    column = 0
    while column < len(cells):
        code, after = _code_from(cells, column)
        made.append(code)
        column = after
    return made


def _code_from(cells: Sequence[str], column: int) -> tuple[str, int]:
    """Return the code that begins in a column and the column after it; the cell as it is where none does."""
    group, section, item = [*cells[column : column + 3], "", ""][:3]
    if not re.fullmatch(r"[23]\d{2}", group) or not re.fullmatch(r"\d{2}", section):
        return group, column + 1
    item = item if re.fullmatch(r"\d{2}", item) else ""
    after = column + 2 + (1 if item or cells[column + 2 : column + 3] == [""] else 0)
    name = next((one for one in cells[after:] if one not in _BLANK), "")
    return (group + section + item, after) if name and not _is_amount(name) else (group, column + 1)


def _is_amount(text: str) -> bool:
    try:
        parse_number(text)
    except AmountError:
        return False
    return True


def _cell(text: str, table: Table, at: tuple[int, int, int]) -> Cell:
    number = parse_number(text)
    factor = Fraction(FEN_PER_UNIT[table.unit or "万元"], 100)
    decimals = decimals_of(number)
    half = Fraction(0) if not number and not decimals else factor / 10**decimals / 2
    page = table.page_of(at[1])
    where = "" if table.flowing else f"第{at[1] + 1}行第{at[2] + 1}列"
    place = f"{f'第{page}页' if page else ''}表“{table.title}”{where}"
    return Cell(Fraction(number) * factor, half, text, place, at)
