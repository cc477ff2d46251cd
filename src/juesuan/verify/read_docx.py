"""A Word file as a reader sees it: paragraphs, cells, notes, headers and footers; read with zipfile and lxml."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from juesuan.faults import UnreadableError
from juesuan.verify.text import Kind, Segment

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARTS = {"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_PARAGRAPH, _PROPERTIES, _STYLE, _TEXT, _CELL = (f"{_W}{tag}" for tag in ("p", "pPr", "pStyle", "t", "tc"))
_VALUE = f"{_W}val"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SAYING = (_TEXT, *_BREAKS)
_SILENT = {_PROPERTIES, _FALLBACK, *_SAYING}
_PLAIN = re.compile(
    rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]UTF-8['\"](?: standalone=['\"]yes['\"])?\s*\?>\s*<[^!]"
)

_SAID_ONLY = {"remove_comments": True, "remove_pis": True}


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
    for style in _tree(raw).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(_VALUE, "").lower()
    return found


def _part(raw: bytes, styles: dict[str, str], place: str) -> list[Segment]:
    """Return the segments of a part, its paragraphs in order; a text box comes after its paragraph."""
    root = _tree(raw)
    texts, pictures = _texts(root), _pictures(root)
    unseen = {one for fallback in root.iterdescendants(_FALLBACK) for one in fallback.iter(_PARAGRAPH)}
    segments: list[Segment] = []
    for paragraph in root.iterdescendants(_PARAGRAPH):
        if paragraph in unseen or not (paragraph in texts or paragraph in pictures):
            continue
        style_id = _style(paragraph)
        kind = _kind(styles.get(style_id, style_id.lower()), _in_cell(paragraph, root))
        text = texts.get(paragraph, "")
        if kind == "heading" and text.strip():
            place = " ".join(text.split())
        segments += [Segment(words, place, "alt") for words in pictures.get(paragraph, ())]
        if text.strip():
            segments.append(Segment(text, place, kind))
    return segments


def _tree(raw: bytes) -> Any:
    """Return a part as lxml's tree; where libxml2 has anything against it, expat is asked, which says why in its words."""
    if _PLAIN.match(raw) and b"<!DOCTYPE" not in raw:
        parser = etree.XMLParser(huge_tree=True, **_SAID_ONLY)
        with suppress(etree.XMLSyntaxError):
            root = etree.fromstring(raw, parser)
            if not parser.error_log:
                return root
    known = ElementTree.tostring(ElementTree.fromstring(raw), encoding="utf-8")
    return etree.fromstring(known, etree.XMLParser(huge_tree=True, recover=True, **_SAID_ONLY))


def _texts(root: Any) -> dict[Any, str]:
    """Return what each paragraph itself says; field codes and deleted words are other elements."""
    said: dict[Any, str] = {}
    for one in root.iterdescendants(*_SAYING):
        if (paragraph := _paragraph_of(one)) is not None:
            words = one.text or "" if one.tag == _TEXT else _BREAKS[one.tag]
            said[paragraph] = said.get(paragraph, "") + words
    return said


def _paragraph_of(said: Any) -> Any:
    """Return the paragraph that says these words; None where nothing does."""
    above = said.getparent()
    while above is not None and above.tag != _PARAGRAPH:
        above = None if above.tag in _SILENT else above.getparent()
    return above


def _in_cell(paragraph: Any, root: Any) -> bool:
    cell = next(paragraph.iterancestors(_CELL), None)
    return cell is not None and cell is not root


def _pictures(root: Any) -> dict[Any, list[str]]:
    """Return the words of the pictures in each paragraph."""
    told: dict[Any, list[str]] = {}
    for one in root.iter(_PICTURE):
        for paragraph in one.iterancestors(_PARAGRAPH) if one.get("descr") else ():
            told.setdefault(paragraph, []).append(one.get("descr"))
    return told


def _style(paragraph: Any) -> str:
    """Return the id of the paragraph's style."""
    for group in paragraph:
        if group.tag == _PROPERTIES:
            for one in group:
                if one.tag == _STYLE:
                    return str(one.get(_VALUE, ""))
    return ""


@cache
def _kind(style: str, in_cell: bool) -> Kind:
    if style.startswith("toc ") or re.fullmatch(r"toc\d", style):
        return "contents"
    if style.startswith(("heading", "title")) or "caption" in style:
        return "heading"
    return "cell" if in_cell else "text"
