"""A web page as blocks: the words between block elements, tables as grids; scripts and styles are left out."""

from __future__ import annotations

from html.parser import HTMLParser

from juesuan.faults import UnreadableError
from juesuan.reading.document.limits import MOST_CELLS, MOST_TAGS
from juesuan.reading.document.lines import title_before
from juesuan.reading.document.model import Block, Paragraph, Place, Table, cleaned

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "math"})
_BLOCKS = frozenset(
    {
        "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "br", "section", "article", "header",
        "footer", "main", "nav", "figure", "figcaption", "blockquote", "dt", "dd", "table", "caption", "pre", "hr",
    }
)  # fmt: skip
_WIDEST = 60


def blocks_of_web(text: str) -> list[Block]:
    """Return the paragraphs and tables of an HTML text; raises `UnreadableError` for one that is no page to read."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    return reader.made


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[Block] = []
        self.words: list[str] = []
        self.hidden = 0
        self.tags = 0
        self.depth = 0
        self.number = 0
        self.rows: list[list[str]] = []
        self.cell: list[str] | None = None
        self.span = self.down = 1
        self.covered: dict[int, int] = {}
        self.caption = False
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if self.tags > MOST_TAGS:
            raise UnreadableError(f"标签超过 {MOST_TAGS} 个；决算公开页不应有这么多；请检查文件。")
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag == "table":
            self._begin_table()
        elif self.depth and tag == "tr":
            self._end_cell()
            self._fill_covered(_WIDEST)
            self.rows.append([])
        elif self.depth and tag in ("td", "th"):
            self._end_cell()
            span = dict(attrs).get("colspan") or "1"
            self.cell, self.span = [], min(int(span), _WIDEST) if span.isdigit() else 1
            down = dict(attrs).get("rowspan") or "1"
            self.down = min(int(down), _WIDEST) if down.isdigit() else 1
        elif self.depth and tag == "caption":
            self.caption = True
        elif tag in _BLOCKS and not self.depth:
            self.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "caption":
            self.caption = False
        elif tag == "table" and self.depth:
            self._end_table()
        elif tag in _BLOCKS and not self.depth:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.caption:
            self.title += data.strip()
        elif self.depth:
            if self.cell is not None:
                self.cell.append(data)
        else:
            self.words.append(data)

    def end_paragraph(self) -> None:
        """Keep the words so far as a paragraph."""
        text = " ".join(cleaned("".join(self.words)).split())
        self.words = []
        if text:
            self.number += 1
            self.made.append(Paragraph(text, Place(0, self.number)))

    def _begin_table(self) -> None:
        if not self.depth:
            self.end_paragraph()
            self.rows, self.title, self.covered = [], "", {}
        self.depth += 1

    def _end_cell(self) -> None:
        if self.cell is not None:
            if not self.rows:
                self.rows.append([])
            self._fill_covered(1)
            if len(self.rows[-1]) > MOST_CELLS:
                raise UnreadableError(f"表的一行超过 {MOST_CELLS} 格；决算公开页不应有这么宽的表；请检查文件。")
            if self.down > 1:
                begin = len(self.rows[-1])
                self.covered.update(dict.fromkeys(range(begin, begin + self.span), self.down))
            self.rows[-1] += ["".join(cleaned("".join(self.cell)).split()), *[""] * (self.span - 1)]
            self.cell = None

    def _fill_covered(self, at_most: int) -> None:
        """Leave an empty cell where one from above reaches down, before the next cell or (`at_most`) at the row's end."""
        if not self.rows:
            return
        row = self.rows[-1]
        while self.covered.get(len(row), 0) > 0 and at_most:
            row.append("")
        if at_most > 1:
            self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}

    def _end_table(self) -> None:
        self._end_cell()
        self.depth -= 1
        if not self.depth and self.rows:
            title, unit = title_before(self.made)
            title = self.title or title
            self.made.append(Table(title, unit, tuple(map(tuple, self.rows)), Place(0, self.number, title or "表")))
