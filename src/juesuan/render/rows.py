"""The body rows of a report's tables are written here, past pandoc, which takes three times as long over them as over all
the rest; it lays out each table with one row in their place. The file is the same, byte for byte: a test holds it to that.

Only what is as plain as our own tables is held back: cells with an alignment and text, figures or bold. A table of another
kind is pandoc's as before.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
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
_STYLE_TO_COME = "\ue002"
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


Held = dict[str, str]
"""The rows of a page that pandoc does not see, as the format has them, by the marks that stand in their places."""


def for_typst(text: str) -> tuple[str, Held]:
    """Return markdown without figures' marks, which print does not show, and without the rows that are held back."""
    held: Held = {}

    def shortened(table: re.Match[str]) -> str:
        rows = _rows(table.group(), _TYPST_PLAIN)
        if not rows:
            return table.group()
        return _marked_table(table.group(), rows, held, "".join(map(_typst_row, rows)))

    return _FIGURE.sub(r"\2", _TABLE.sub(shortened, text)), held


def filled_typst(made: str, held: Held) -> str:
    """Return typst's source with the rows."""
    return _filled(made, held, "    table.cell(", "\n")


def _typst_row(row: Row) -> str:
    return f"    {', '.join(map(_typst_cell, row))},\n"


def _typst_cell(cell: Cell) -> str:
    text = "".join(text for text, _ in cell.pieces)
    text = (_LIST_SIGN.sub(_ESCAPED, text) if cell.bold else text).replace("—", "---")
    return f"table.cell(align: {cell.align})[{cell.indent}{f'#strong[{text}]' if cell.bold else text}]"


def _marked_table(table: str, rows: list[Row], held: Held, written: str) -> str:
    """Return a table with one row, which bears a mark, in the place of all; keep what is `written` of them."""
    mark = f"\ue000{len(held)}\ue001"
    held[mark] = written
    cells = "".join(f'<td style="text-align:{cell.align}">{"" if at else mark}</td>' for at, cell in enumerate(rows[0]))
    return _BODY.sub(f"<tr>{cells}</tr>", table)


def _filled(made: str, held: Held, begin: str, end: str) -> str:
    """Return what pandoc made with the rows in the place of each that bears a mark, from `begin` to `end`."""
    for mark, written in held.items():
        at = made.index(mark)
        first, last = made.rindex(begin, 0, at), made.index(end, at) + len(end)
        style = _PARAGRAPH_STYLE.search(made, first, last)
        made = made[:first] + written.replace(_STYLE_TO_COME, style.group() if style else "") + made[last:]
    return made


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


def for_word(text: str) -> tuple[str, Held]:
    """Return markdown with bookmarks round figures, and without the rows that are held back.

    Where a table cannot be held back, nothing is: pandoc's filter then numbers all bookmarks.
    """
    held: Held = {}
    bookmarks, parts, end = Bookmarks(), list[str](), 0
    for table in _TABLE.finditer(text):
        parts.append(_marked(text[end : table.start()], bookmarks))
        rows = _rows(table.group(), _WORD_PLAIN)
        if rows:
            written = "".join(_word_row(row, bookmarks) for row in rows)
            parts.append(_marked_table(table.group(), rows, held, written))
        elif _FIGURE.search(table.group()):
            return text, {}
        else:
            parts.append(table.group())
        end = table.end()
    return "".join([*parts, _marked(text[end:], bookmarks)]), held


def filled_word(document: str, held: Held) -> str:
    """Return `word/document.xml` with the rows."""
    return _filled(document, held, "<w:tr>", "</w:tr>")


def _word_row(row: Row, bookmarks: Bookmarks) -> str:
    return f"<w:tr>{''.join(_word_cell(cell, bookmarks) for cell in row)}</w:tr>"


def _word_cell(cell: Cell, bookmarks: Bookmarks) -> str:
    runs = _runs(cell, bookmarks)
    aligned = f'<w:jc w:val="{cell.align}" />' if runs else ""
    return f"<w:tc><w:tcPr /><w:p><w:pPr>{_STYLE_TO_COME}{aligned}</w:pPr>{runs}</w:p></w:tc>"


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


def _rows(table: str, plain: re.Pattern[str]) -> list[Row] | None:
    """Return the rows of a table's body; None where there are none or one of them is not plain."""
    body, found = _BODY.search(table), list[Row]()
    for row in _ROW.finditer(body.group()) if body else ():
        cells = list(_CELL.finditer(row[1]))
        read = [_cell(cell[1], cell[2], plain) for cell in cells]
        if "".join(cell.group() for cell in cells) != row[1] or not all(read):
            return None
        found.append(tuple(cell for cell in read if cell))
    return found or None


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
