"""A PDF with a text layer as blocks: tables are rebuilt from their ruled lines, the rest is lines joined to paragraphs."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from juesuan.faults import UnreadableError
from juesuan.reading.document.grid import Box, Word, lines_of, regions_of, rows_of
from juesuan.reading.document.limits import MOST_PAGES
from juesuan.reading.document.lines import Line, blocks_of_lines, paragraphs_before, title_before
from juesuan.reading.document.model import Block, Place, Table, cleaned, narrowed

_PATH = 2
_LINE = 4.0


def blocks_of_pdf(path: Path) -> list[Block]:
    """Return the paragraphs and tables of all pages; raises `UnreadableError`."""
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  what only a PDF needs

    try:
        document = PdfDocument(path)
        if len(document) > MOST_PAGES:
            raise UnreadableError(f"{path}：有 {len(document)} 页；应不超过 {MOST_PAGES} 页；请拆开。")
        lines: list[Line | Table] = []
        for number, page in enumerate(document, start=1):
            lines += _page(page, number, lines)
        document.close()
    except (PdfiumError, OSError) as error:
        raise UnreadableError(f"{path}：不能读作 PDF（{error}）；应为有文字层的 PDF；请重新导出。") from None
    if not any(isinstance(one, Table) or one.text.strip() for one in lines):
        raise UnreadableError(f"{path}：没有文字层（多为扫描件）；应为有文字层的 PDF；请先做文字识别。")
    return _titled(blocks_of_lines(_merged(lines)))


def _page(page: Any, number: int, before: list[Line | Table]) -> list[Line | Table]:
    text_page = page.get_textpage()
    regions = regions_of([Box(*one.get_bounds()) for one in page.get_objects(filter=[_PATH], max_depth=3)])
    words = [_word(text_page, position) for position in range(text_page.count_rects())]
    if not regions and _is_in_order(words):
        text = cleaned(text_page.get_text_range())
        return [Line(line, number) for line in text.replace("\r\n", "\n").split("\n") if not _is_page_number(line)]
    if not regions:
        told = [one for _, one in _lines(_characters(text_page))]
        return [Line(one, number) for one in told if not _is_page_number(one)]
    made: list[tuple[float, Line | Table]] = []
    free = list(words)
    for region in regions:
        inside = [one for one in words if region.holds(one)]
        free = [one for one in free if one not in inside]
        rows = rows_of(region, inside)
        made.append((region.top, Table("", "", rows, Place(number, 0, "表"), pages=(number,) * len(rows))))
    made += [(top, Line(text, number)) for top, text in _lines(free) if not _is_page_number(text)]
    return [one for _, one in sorted(made, key=lambda pair: -pair[0])]


def _characters(text_page: Any) -> list[Word]:
    """Return every character with its box, for a page whose stretches of text lie over each other."""
    text = text_page.get_text_range()
    boxes = [text_page.get_charbox(position) for position in range(text_page.count_chars())]
    if len(text) != len(boxes):
        return [_word(text_page, position) for position in range(text_page.count_rects())]
    pairs = zip(boxes, text, strict=True)
    return [Word(left, low, right, high, cleaned(one)) for (left, low, right, high), one in pairs if one.strip()]


def _is_in_order(words: list[Word]) -> bool:
    """Say whether the text runs down the page; an edited file may hold a later line before an earlier one."""
    told = [one for one in words if one.text]
    return not any(after.bottom > before.top + _LINE for before, after in itertools.pairwise(told))


def _word(text_page: Any, position: int) -> Word:
    left, bottom, right, top = text_page.get_rect(position)
    return Word(left, bottom, right, top, cleaned(text_page.get_text_bounded(left, bottom, right, top)).strip())


def _lines(words: list[Word]) -> list[tuple[float, str]]:
    """Return the words that share a height as lines, from the top down."""
    lines = lines_of(one for one in words if one.text)
    return [(max(one.top for one in line), "".join(one.text for one in line)) for line in lines]


def _is_page_number(line: str) -> bool:
    return narrowed(line).strip(" -—–").isdigit() and len(line.strip()) <= 8


def _merged(lines: list[Line | Table]) -> list[Line | Table]:
    """Return the lines with a table that goes on at the top of the next page put to the one before."""
    made: list[Line | Table] = []
    for line in lines:
        if isinstance(line, Line) and not line.text.strip():
            continue
        last = made[-1] if made else None
        if isinstance(line, Table) and isinstance(last, Table) and _goes_on(last, line):
            made[-1] = Table("", "", last.rows + line.rows, last.place, pages=last.pages + line.pages)
        else:
            made.append(line)
    return made


def _goes_on(last: Table, after: Table) -> bool:
    return len(last.rows[0]) == len(after.rows[0]) and after.place.page == last.pages[-1] + 1


def _titled(blocks: list[Block]) -> list[Block]:
    made: list[Block] = []
    for one in blocks:
        block = one
        if isinstance(block, Table) and not block.title and not block.flowing:
            title, unit = title_before(made)
            number = paragraphs_before(made)
            block = Table(title, unit, block.rows, Place(block.place.page, number, title or "表"), False, block.pages)
        made.append(block)
    return made
