"""A Word file as a reader sees it: paragraphs, cells, notes, headers and footers; read with zipfile and ElementTree."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from juesuan.faults import UnreadableError
from juesuan.verify.text import Kind, Segment

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARTS = {"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(path: Path) -> list[Segment]:
    """Return the segments of a Word file: the body, then its notes, headers and footers.

    A segment's kind comes from the paragraph's style; automatic list numbers are not text. Raises `UnreadableError`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if re.fullmatch(r"word/\w+\.xml", name)}
        styles = _style_names(parts.get("word/styles.xml"))
        segments = _part(parts["word/document.xml"], styles, "")
        for name in sorted(parts):
            if where := _PARTS.get(re.sub(r"\d*\.xml$", "", name.removeprefix("word/"))):
                segments += _part(parts[name], styles, where)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise UnreadableError(f"{path}：不是 Word 文件（{error}）；应为 .docx；请重新渲染。") from None
    return segments


def _style_names(raw: bytes | None) -> dict[str, str]:
    """Return the styles' names, in small letters, by id."""
    if raw is None:
        return {}
    found = {}
    for style in ElementTree.fromstring(raw).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "").lower()
    return found


def _part(raw: bytes, styles: dict[str, str], place: str) -> list[Segment]:
    segments: list[Segment] = []
    for paragraph, in_cell in _paragraphs(ElementTree.fromstring(raw)):
        kind = _kind(_style(paragraph, styles), in_cell)
        text = "".join(_text(paragraph))
        if kind == "heading" and text.strip():
            place = " ".join(text.split())
        segments += [Segment(words, place, "alt") for words in _pictures(paragraph)]
        if text.strip():
            segments.append(Segment(text, place, kind))
    return segments


def _paragraphs(element: Element, in_cell: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the paragraphs in order, and whether each stands in a cell; a text box comes after its paragraph."""
    for child in element:
        if child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}p":
            yield child, in_cell
        yield from _paragraphs(child, in_cell or child.tag == f"{_W}tc")


def _text(element: Element) -> Iterator[str]:
    """Yield what the paragraph itself says; field codes and deleted words are other elements."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK):
            yield from _text(child)


def _pictures(paragraph: Element) -> list[str]:
    return [words for one in paragraph.iter(_PICTURE) if (words := one.get("descr", ""))]


def _style(paragraph: Element, styles: dict[str, str]) -> str:
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style_id = "" if named is None else named.get(f"{_W}val", "")
    return styles.get(style_id, style_id.lower())


def _kind(style: str, in_cell: bool) -> Kind:
    if style.startswith("toc ") or re.fullmatch(r"toc\d", style):
        return "contents"
    if style.startswith(("heading", "title")) or "caption" in style:
        return "heading"
    return "cell" if in_cell else "text"
