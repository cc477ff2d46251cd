"""The body rows of a report's tables are written here, past pandoc, which takes three times as long over them as over all
the rest; it lays out each table with one row in their place. The file is the same, byte for byte: a test holds it to that.

Only what is as plain as our own tables is held back: cells with an alignment and text, figures or bold. A table of another
kind is pandoc's as before.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

_TABLE = re.compile(r"```\{=html\}\n<table>\n.*?\n</table>\n```", re.DOTALL)
_BODY = re.compile(r"(?<=<tbody>\n)<tr>.*</tr>(?=\n</tbody>)", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r'<td style="text-align:(left|right|center)">([^\n]*?)</td>')
_FIGURE = re.compile(r'<span class="fact" data-fact="([^"<>]*)">([^<>]*)</span>')
_INDENTED = re.compile(r"(　*)(.*)")
_BOLD = re.compile(r"<strong>(.*)</strong>")
_WORD_PLAIN = re.compile(r"[^\s<>\"']*")
_TYPST_PLAIN = re.compile(r"(?:[\w.,%:;()+\u3001-\u303f\uff01-\uff5e·“”—≥≤]|-(?!-))*")
_LIST_SIGN, _ESCAPED = re.compile(r"\A(?=[-+])"), r"\\"
_PARAGRAPH_STYLE = re.compile(r'<w:pStyle w:val="[^"]+" />')
_FIRST_BOOKMARK = 100000
_EAST_ASIAN_HINT = '<w:rFonts w:hint="eastAsia" />'

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


@dataclass
class HeldRows:
    """The rows of one page that pandoc does not see, by the marks that stand in their place."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def hold(self, table: str, plain: re.Pattern[str]) -> str:
        """Return a table (raw HTML in markdown) with one row in the place of all; as it is where it is not plain."""
        body = _BODY.search(table)
        rows = _rows(body.group(), plain) if body else None
        if body is None or not rows:
            return table
        mark = f"\ue000{len(self.rows)}\ue001"
        self.rows[mark] = rows
        cells = "".join(
            f'<td style="text-align:{cell.align}">{mark if number == 0 else ""}</td>'
            for number, cell in enumerate(rows[0])
        )
        return f"{table[: body.start()]}<tr>{cells}</tr>{table[body.end() :]}"

    def fill(self, made: str, begin: str, end: str, write: Callable[[Row, str], str]) -> str:
        """Return what pandoc made with each marked row, from `begin` to `end`, in the form that `write` gives its rows."""
        for mark, rows in self.rows.items():
            at = made.index(mark)
            first, last = made.rindex(begin, 0, at), made.index(end, at) + len(end)
            pattern = made[first:last]
            made = made[:first] + "".join(write(row, pattern) for row in rows) + made[last:]
        return made


def for_typst(text: str) -> tuple[str, HeldRows]:
    """Return markdown without figures' marks, which print does not show, and without the rows that are held back."""
    held = HeldRows()
    kept = _TABLE.sub(lambda table: held.hold(table.group(), _TYPST_PLAIN), text)
    return _FIGURE.sub(r"\2", kept), held


def filled_typst(made: str, held: HeldRows) -> str:
    """Return typst's source with the rows."""
    return held.fill(made, "    table.cell(", "\n", lambda row, _: f"    {', '.join(map(_typst_cell, row))},\n")


def _typst_cell(cell: Cell) -> str:
    text = "".join(text for text, _ in cell.pieces)
    text = (_LIST_SIGN.sub(_ESCAPED, text) if cell.bold else text).replace("—", "---")
    return f"table.cell(align: {cell.align})[{cell.indent}{f'#strong[{text}]' if cell.bold else text}]"


@dataclass
class Bookmarks:
    """The names and numbers of the bookmarks round figures, as `report/filters/word.lua` gives them."""

    count: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def around(self, fact_id: str) -> tuple[str, str]:
        """Return the beginning and the end of the next bookmark."""
        self.count += 1
        self.seen[fact_id] += 1
        digest = hashlib.sha1(fact_id.encode()).hexdigest()[:16]
        name = f"fact_{digest}" + (f"_{self.seen[fact_id]}" if self.seen[fact_id] > 1 else "")
        number = _FIRST_BOOKMARK + self.count
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}" />', f'<w:bookmarkEnd w:id="{number}" />'


@dataclass
class HeldForWord:
    """The rows held back from Word's file, and the runs of each of their cells: bookmarks are numbered through the text."""

    held: HeldRows = field(default_factory=HeldRows)
    runs: dict[int, str] = field(default_factory=dict)


def for_word(text: str) -> tuple[str, HeldForWord]:
    """Return markdown with bookmarks round figures, and without the rows that are held back.

    Where a table cannot be held back, nothing is: pandoc's filter then numbers all bookmarks.
    """
    kept, bookmarks = HeldForWord(), Bookmarks()
    parts, end = [], 0
    for table in _TABLE.finditer(text):
        parts.append(_marked(text[end : table.start()], bookmarks))
        held = kept.held.hold(table.group(), _WORD_PLAIN)
        if held == table.group() and _FIGURE.search(held):
            return text, HeldForWord()
        if held != table.group():
            rows = list(kept.held.rows.values())[-1]
            kept.runs.update({id(cell): _runs(cell, bookmarks) for row in rows for cell in row})
        parts.append(held)
        end = table.end()
    return "".join([*parts, _marked(text[end:], bookmarks)]), kept


def filled_word(document: str, kept: HeldForWord) -> str:
    """Return `word/document.xml` with the rows."""
    return kept.held.fill(document, "<w:tr>", "</w:tr>", lambda row, pattern: _word_row(row, pattern, kept.runs))


def _word_row(row: Row, pattern: str, runs: dict[int, str]) -> str:
    style = _PARAGRAPH_STYLE.search(pattern)
    cells = "".join(_word_cell(cell, style.group() if style else "", runs[id(cell)]) for cell in row)
    return f"<w:tr>{cells}</w:tr>"


def _word_cell(cell: Cell, style: str, runs: str) -> str:
    aligned = f'<w:jc w:val="{cell.align}" />' if runs else ""
    return f"<w:tc><w:tcPr /><w:p><w:pPr>{style}{aligned}</w:pPr>{runs}</w:p></w:tc>"


def _runs(cell: Cell, bookmarks: Bookmarks) -> str:
    pieces, written = list(cell.pieces), ""
    if pieces and not pieces[0][1] and not cell.bold and not any(map(_is_east_asian, pieces[0][0])):
        pieces[0] = cell.indent + pieces[0][0], ""  # the indent is a run of its own unless it is like what follows
    else:
        written = _run(cell.indent, bold=False)
    for text, fact_id in pieces:
        run = _run(text, bold=cell.bold)
        written += run.join(bookmarks.around(fact_id)) if fact_id else run
    return written


def _run(text: str, *, bold: bool) -> str:
    if not text:
        return ""
    properties = (_EAST_ASIAN_HINT if any(map(_is_east_asian, text)) else "") + ("<w:b /><w:bCs />" if bold else "")
    set_so = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{set_so}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _is_east_asian(sign: str) -> bool:
    return (
        ("\u2e80" <= sign <= "\u9fff" and sign != "　") or "\uf900" <= sign <= "\ufaff" or "\ufe30" <= sign <= "\uffef"
    )


def _marked(text: str, bookmarks: Bookmarks) -> str:
    def around(figure: re.Match[str]) -> str:
        begin, end = bookmarks.around(unescape(figure[1]))
        return f"`{begin}`{{=openxml}}{figure[2]}`{end}`{{=openxml}}"

    return _FIGURE.sub(around, text)


def _rows(body: str, plain: re.Pattern[str]) -> list[Row] | None:
    """Return a table's rows; None where one of them is not plain."""
    found = []
    for row in _ROW.finditer(body):
        cells = list(_CELL.finditer(row[1]))
        read = [_cell(cell[1], cell[2], plain) for cell in cells]
        if "".join(cell.group() for cell in cells) != row[1] or not all(read):
            return None
        found.append(tuple(cell for cell in read if cell))
    return found


def _cell(align: str, inner: str, plain: re.Pattern[str]) -> Cell | None:
    indent, words = _INDENTED.findall(inner)[0]
    bold = _BOLD.fullmatch(words)
    pieces = tuple(_pieces(bold[1] if bold else words))
    if any(not plain.fullmatch(text) for text, _ in pieces):
        return None
    return Cell(align, indent, pieces, bold is not None)


def _pieces(words: str) -> Iterator[Piece]:
    parts = _FIGURE.split(words)
    for number in range(0, len(parts), 3):
        if parts[number]:
            yield unescape(parts[number]), ""
        if number + 2 < len(parts):
            yield unescape(parts[number + 2]), unescape(parts[number + 1])
