"""Lines to blocks: broken lines joined to paragraphs, piped rows and streams of cells rebuilt to tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from juesuan.reading.document.model import Block, Paragraph, Place, Table, narrowed

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}(?:、|[.．](?!\d))|第[一二三四五六七八九十]+部分|注[:：]|说明[:：])"
)
_HEADING_END = re.compile(r"(?:说明|情况|概况|解释)。?\s*$")
_UNIT_LINE = re.compile(r"\s*[(（]?(?:金额)?单位[:：]\s*(亿元|万元|元)[)）]?\s*")
_UNIT = re.compile(r"单位[:：]\s*(亿元|万元|元)")
_TITLE = re.compile(r"(?:表|情况表)\s*$")
_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
_CONTENTS = re.compile(r"[.·…]{4,}")
_WRAPPED_WIDTH = 100
_SLACK = 14
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Line:
    """A line as printed, with its page (0 in a file without pages)."""

    text: str
    page: int = 0


def blocks_of_lines(lines: Sequence[Line | Table]) -> list[Block]:
    """Return paragraphs and tables; a `Table` among the lines stays where it is."""
    width = _line_width(lines)
    made: list[Block] = []
    builder = _Builder(width, made)
    for line in _with_streams(lines):
        builder.take(line)
    builder.close()
    return made


class _Builder:
    """Joins lines as they come."""

    def __init__(self, width: int, made: list[Block]) -> None:
        self.width, self.made, self.number = width, made, 0
        self.open: list[Line] = []
        self.piped: list[Line] = []

    def take(self, line: Line | Table) -> None:
        if isinstance(line, Table):
            self.close()
            self.made.append(line)
        elif "|" in line.text:
            self._close_paragraph()
            self.piped.append(line)
        elif line.text.strip():
            self._close_pipes()
            self._continue_or_begin(Line(_BOOKMARK.sub("", line.text).strip(), line.page))

    def close(self) -> None:
        self._close_pipes()
        self._close_paragraph()

    def _continue_or_begin(self, line: Line) -> None:
        if not line.text:
            return
        if self.open and not self._continues(self.open[-1], line):
            self._close_paragraph()
        self.open.append(line)

    def _continues(self, before: Line, after: Line) -> bool:
        """Say whether a line goes on: it must be full, end no heading and no page's last sentence."""
        if not self.width or _HEADING.match(after.text) or _TITLE.search(before.text):
            return False
        if _HEADING_END.search(before.text) and len(self.open) == 1 and _HEADING.match(before.text):
            return False
        if before.page != after.page and before.text.endswith("。"):
            return False
        return display_width(before.text) >= self.width - _SLACK

    def _close_paragraph(self) -> None:
        if self.open:
            self.number += 1
            text = joined_lines(one.text for one in self.open)
            self.made.append(Paragraph(text, Place(self.open[0].page, self.number)))
            self.open = []

    def _close_pipes(self) -> None:
        if self.piped:
            rows = [one for one in map(_pipe_row, self.piped) if not all(set(cell) <= set("-: ") for cell in one)]
            title, unit = title_before(self.made)
            self.made.append(Table(title, unit, tuple(rows), Place(self.piped[0].page, self.number, title or "表")))
            self.piped = []


def title_before(made: Sequence[Block]) -> tuple[str, str]:
    """Return the title and the unit that the paragraphs just before a table say."""
    title, unit = "", ""
    for block in reversed(made[-3:]):
        if isinstance(block, Table):
            break
        plain = narrowed(block.text)
        unit = unit or next(iter(_UNIT.findall(plain)), "")
        words = re.sub(r"[(（]?(?:金额)?单位[:：].*", "", plain).strip()
        if not title and re.search(r"表\s*(?:[(（]续表?[)）])?$", words) and len(words) <= _LONGEST_TITLE:
            title = re.sub(r"^[(（]?[一二三四五六七八九十]+[)）、]\s*", "", words)
    return title, unit


def paragraphs_before(made: Sequence[Block]) -> int:
    """Return the number of the last paragraph so far, 0 where there is none."""
    return next((one.place.paragraph for one in reversed(made) if isinstance(one, Paragraph)), 0)


def joined_lines(lines: Iterable[str]) -> str:
    """Return the lines as one text: without a space, but between two Latin words."""
    text = ""
    for line in lines:
        parted = text and text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        text += f" {line}" if parted else line
    return text


def display_width(text: str) -> int:
    """Return how wide a line is: a Chinese character counts two."""
    return sum(1 if one.isascii() else 2 for one in text.strip())


def _line_width(lines: Iterable[Line | Table]) -> int:
    """Return the width that lines are broken at, 0 where a line is a paragraph."""
    texts = [one.text.strip() for one in lines if isinstance(one, Line) and not one.text.startswith("http")]
    widths = sorted(display_width(text) for text in texts if len(text) > 8 and "|" not in text)[:-1]  # not a long title
    if len(widths) < 5 or widths[-1] > _WRAPPED_WIDTH:
        return 0
    return widths[len(widths) * 9 // 10]


def _pipe_row(line: Line) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.text.strip().removeprefix("|").removesuffix("|").split("|"))


def _with_streams(lines: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """Yield the lines; from 单位：万元 to 注： the cells that stand one a line, as one flowing table."""
    position = 0
    while position < len(lines):
        line = lines[position]
        end = _stream_end(lines, position) if isinstance(line, Line) and _UNIT_LINE.fullmatch(line.text) else 0
        if isinstance(line, Line) and end > position + 3:
            yield _stream(lines, position, end)
            position = end
        else:
            yield line
            position += 1


def _stream_end(lines: Sequence[Line | Table], begin: int) -> int:
    for position in range(begin + 1, len(lines)):
        line = lines[position]
        if isinstance(line, Table) or "|" in line.text or re.search(r"[。;；]", line.text):
            ending = isinstance(line, Line) and re.match(r"\s*(?:注|说明)[:：]", line.text)
            return position if ending else 0
        if _UNIT_LINE.fullmatch(line.text):
            return 0
    return 0


def _stream(lines: Sequence[Line | Table], begin: int, end: int) -> Table:
    before = [one for one in lines[max(0, begin - 6) : begin] if isinstance(one, Line) and one.text.strip()]
    title = before[-1].text.strip() if before else ""
    first = lines[begin]
    page = first.page if isinstance(first, Line) else 0
    unit = _UNIT_LINE.fullmatch(first.text) if isinstance(first, Line) else None
    cells: list[str] = []
    for line in lines[begin + 1 : end]:
        cells += (line.text.split() or [""]) if isinstance(line, Line) else []
    return Table(title, unit[1] if unit else "", (tuple(cells),), Place(page, 0, title or "表"), flowing=True)


def is_contents(text: str) -> bool:
    """Say whether a line belongs to a table of contents."""
    return bool(_CONTENTS.search(text))
