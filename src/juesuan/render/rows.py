"""The body rows of a report's tables are written here, past pandoc, which takes three times as long over them as over all
the rest; `render/shells.py` has what stands round them. The file is the same, byte for byte: a test holds it to that.

Only what is as plain as our own tables is held back: a title, widths and a head of text, rows of cells with an alignment and
text, figures or bold, and a note below. A table of another kind is pandoc's as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from juesuan.render.figures import FIGURE, Bookmarks, WordFigures, is_east_asian, word_run

_TABLE = re.compile(r"```\{=html\}\n<table>\n.*?\n</table>\n```", re.DOTALL)
_BODY = re.compile(r"(?<=<tbody>\n)<tr>.*</tr>(?=\n</tbody>)", re.DOTALL)
_HEAD = re.compile(
    r"^```\{=html\}\n<table>\n<caption>\S[^<>\n]*</caption>\n"
    r'<colgroup>(?:<col style="width:[\d.]+%">)+</colgroup>\n<thead>\n'
    r'(?:<tr>(?:<th(?: (?:row|col)span="\d+")? style="text-align:\w+">[^<>\n]*</th>)+</tr>\n)+</thead>\n<tbody>\n<tr>',
    re.MULTILINE,
)
_NOTE = re.compile(r"\n\n::: \{\.table-note\}\n\w")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r'<td style="text-align:(left|right|center)">([^\n]*?)</td>')
_INDENTED = re.compile(r"(　*)(.*)")
_BOLD = re.compile(r"<strong>(.*)</strong>")
_WORD_PLAIN = re.compile(r"[^\s<>\"']*")
_TYPST_PLAIN = re.compile(r"(?:[\w.,%:;()+\u3001-\u303f\uff01-\uff5e·“”—≥≤]|-(?!-))*")
_LIST_SIGN, _ESCAPED = re.compile(r"\A(?=[-+])"), r"\\"
STYLE_TO_COME = "\ue003"

Piece = tuple[str, str]
"""A stretch of a cell: its text, and the id of its fact or nothing."""


@dataclass(frozen=True)
class Cell:
    """One cell: how it is aligned, what stands in it, whether it is bold after `indent`."""

    align: str
    indent: str
    pieces: tuple[Piece, ...]
    bold: bool


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class HeldTable:
    """A table that pandoc need not see: as markdown with one row, which bears `ROW_MARK`, and its rows in the format."""

    shell: str
    rows: str


ROW_MARK, _MARKS = "\ue000", re.compile("[\ue000-\ue006]")


def place_of(number: int) -> str:
    """Return what stands in the place of the table of that number."""
    return f"\ue001{number}\ue002"


def for_typst(text: str) -> tuple[str, list[HeldTable]]:
    """Return markdown without figures' marks, which print does not show, with places of tables, and those tables."""
    held: list[HeldTable] = []

    def shortened(table: re.Match[str]) -> str:
        rows = _rows(table, _TYPST_PLAIN)
        return _held(table, rows, held, "".join(map(_typst_row, rows))) if rows else table.group()

    return FIGURE.sub(r"\2", text if _MARKS.search(text) else _TABLE.sub(shortened, text)), held


def _typst_row(row: Row) -> str:
    return f"    {', '.join(map(_typst_cell, row))},\n"


def _typst_cell(cell: Cell) -> str:
    text = "".join(text for text, _ in cell.pieces)
    text = (_LIST_SIGN.sub(_ESCAPED, text) if cell.bold else text).replace("—", "---")
    return f"table.cell(align: {cell.align})[{cell.indent}{f'#strong[{text}]' if cell.bold else text}]"


def _held(table: re.Match[str], rows: list[Row], held: list[HeldTable], written: str) -> str:
    """Keep a table with what is `written` of its rows, and return its place."""
    cells = (f'<td style="text-align:{cell.align}">{"" if at else ROW_MARK}</td>' for at, cell in enumerate(rows[0]))
    held.append(HeldTable(_BODY.sub(f"<tr>{''.join(cells)}</tr>", table.group()), written))
    return place_of(len(held) - 1)


def for_word(text: str) -> tuple[str, list[HeldTable], WordFigures]:
    """Return markdown with places of tables and figures, those tables and those figures.

    Where a table with figures cannot be held back, nothing is: pandoc's filter then numbers all bookmarks.
    """
    held: list[HeldTable] = []
    figures, parts, end = WordFigures(), list[str](), 0
    if _MARKS.search(text):
        return text, [], WordFigures()
    for table in _TABLE.finditer(text):
        parts.append(figures.asked(text[end : table.start()]))
        rows = _rows(table, _WORD_PLAIN)
        if rows:
            parts.append(_held(table, rows, held, "".join(_word_row(row, figures.bookmarks) for row in rows)))
        elif FIGURE.search(table.group()):
            return text, [], WordFigures()
        else:
            parts.append(table.group())
        end = table.end()
    return "".join([*parts, figures.asked(text[end:])]), held, figures


def _word_row(row: Row, bookmarks: Bookmarks) -> str:
    return f"<w:tr>{''.join(_word_cell(cell, bookmarks) for cell in row)}</w:tr>"


def _word_cell(cell: Cell, bookmarks: Bookmarks) -> str:
    runs = _runs(cell, bookmarks)
    aligned = f'<w:jc w:val="{cell.align}" />' if runs else ""
    return f"<w:tc><w:tcPr /><w:p><w:pPr>{STYLE_TO_COME}{aligned}</w:pPr>{runs}</w:p></w:tc>"


def _runs(cell: Cell, bookmarks: Bookmarks) -> str:
    pieces, written = list(cell.pieces), ""
    if pieces and not pieces[0][1] and not cell.bold and not is_east_asian(pieces[0][0]):
        pieces[0] = cell.indent + pieces[0][0], ""  # the indent is a run of its own unless it is like what follows
    else:
        written = word_run(cell.indent, bold=False)
    for text, fact_id in pieces:
        run = word_run(text, bold=cell.bold)
        written += run.join(bookmarks.around(fact_id)) if fact_id else run
    return written


def _rows(table: re.Match[str], plain: re.Pattern[str]) -> list[Row] | None:
    """Return the rows of a table's body; None where there are none, or it or one of them is not plain."""
    if not (_HEAD.match(table.string, table.start()) and _NOTE.match(table.string, table.end())):
        return None
    body, found = _BODY.search(table.group()), list[Row]()
    for row in _ROW.finditer(body.group()) if body else ():
        cells = list(_CELL.finditer(row[1]))
        read = [_cell(cell[1], cell[2], plain) for cell in cells]
        if sum(cell.end() - cell.start() for cell in cells) != len(row[1]) or not all(read):
            return None
        found.append(tuple(cell for cell in read if cell))
    return found or None


@lru_cache(maxsize=4096)  # most cells of a page say “0.00” or nothing
def _cell(align: str, inner: str, plain: re.Pattern[str]) -> Cell | None:
    indent, words = _INDENTED.findall(inner)[0]
    bold = _BOLD.fullmatch(words)
    pieces = tuple(_pieces(bold[1] if bold else words))
    if any(not plain.fullmatch(text) for text, _ in pieces):
        return None
    return Cell(align, indent, pieces, bold is not None)


def _pieces(words: str) -> Iterator[Piece]:
    parts = FIGURE.split(words)
    for number in range(0, len(parts), 3):
        if parts[number]:
            yield unescape(parts[number]), ""
        if number + 2 < len(parts):
            yield unescape(parts[number + 2]), unescape(parts[number + 1])
