"""A Word file (.docx) as blocks, read with zipfile and ElementTree; nothing outside the file is opened."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from juesuan.faults import UnreadableError
from juesuan.reading.document.limits import LARGEST_INSIDE
from juesuan.reading.document.lines import paragraphs_before, title_before
from juesuan.reading.document.model import Block, Paragraph, Place, Table, cleaned

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def blocks_of_word(path: Path) -> list[Block]:
    """Return the body's paragraphs and tables in order; raises `UnreadableError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > LARGEST_INSIDE:
                raise UnreadableError(
                    f"{path}：正文展开后有 {info.file_size >> 20} MB；应不超过 {LARGEST_INSIDE >> 20} MB；请检查文件。"
                )
            raw = archive.read(info)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"{path}：不是 Word 文件（{error}）；应为 .docx；请另存为 .docx 后重试。") from None
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw[:4096]):
        raise UnreadableError(f"{path}：正文里有实体声明；Word 文件不应有；请检查文件来源。")
    try:
        made: list[Block] = []
        _read(ElementTree.fromstring(raw), made)
    except (ElementTree.ParseError, RecursionError) as error:
        raise UnreadableError(f"{path}：正文不是 XML（{error}）；应为 .docx；请另存为 .docx 后重试。") from None
    return made


def _read(element: Element, made: list[Block]) -> None:
    for child in element:
        if child.tag == f"{_W}tbl":
            made.append(_table(child, made))
        elif child.tag == f"{_W}p":
            number = 1 + paragraphs_before(made)
            for text in filter(None, map(str.strip, _words(child).split("\n"))):
                made.append(Paragraph(text, Place(0, number)))
        elif child.tag != _FALLBACK:
            _read(child, made)


def _table(element: Element, made: list[Block]) -> Table:
    title, unit = title_before(made)
    rows = tuple(tuple(_cells(row)) for row in element.iter(f"{_W}tr"))
    number = paragraphs_before(made)
    return Table(title, unit, rows, Place(0, number, title or "表"))


def _cells(row: Element) -> Iterator[str]:
    """Yield a cell's words; a cell over several columns is followed by empty ones, one merged downwards is empty."""
    for cell in row.iter(f"{_W}tc"):
        span, merged = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
        below = merged is not None and merged.get(f"{_W}val", "continue") != "restart"
        yield "" if below else "".join(_words(one) for one in cell.iter(f"{_W}p")).strip().replace("\n", "")
        for _ in range(min(_whole(span), 60) - 1):
            yield ""


def _whole(span: Element | None) -> int:
    value = "1" if span is None else span.get(f"{_W}val", "1")
    return int(value) if value.isdigit() else 1


def _words(element: Element) -> str:
    return cleaned("".join(_text(element)))


def _text(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK):
            yield from _text(child)
