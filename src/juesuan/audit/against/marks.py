"""Which fact a number was exported as: the bookmarks of a Word file, the spans of a web page; read by order."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from juesuan.verify.numbers import Token, find_numbers
from juesuan.verify.read_html import read_html
from juesuan.verify.text import Mark, Segment

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NAME = re.compile(r"fact_([0-9a-f]{16})(?:_\d+)?")
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def marked_facts(path: Path, tokens: list[Token], fact_ids: Iterable[str]) -> dict[int, str]:
    """Return the fact's id of each number that still bears one, by its position among `tokens` of the same file.

    The file is read a second time, with its marks; the two readings are brought together by the order of the numbers.
    """
    ending = path.suffix.lower()
    if ending == ".docx":
        segments = list(_word_segments(path, {_digest(one): one for one in fact_ids}))
    elif ending in (".html", ".htm"):
        segments = [one for one in read_html(path) if one.kind not in ("alt", "chart")]
    else:
        return {}
    marked = find_numbers(segments).tokens
    ids = [token.fact_id for token in marked]
    matcher = SequenceMatcher(None, [one.text for one in tokens], [one.text for one in marked], autojunk=False)
    pairs = ((a + n, ids[b + n]) for a, b, size in matcher.get_matching_blocks() for n in range(size))
    return {position: fact_id for position, fact_id in pairs if fact_id}


def _digest(fact_id: str) -> str:
    """Return what stands for an id in a bookmark's name, as `report/filters/word.lua` makes it."""
    return hashlib.sha1(fact_id.encode(), usedforsecurity=False).hexdigest()[:16]


def _word_segments(path: Path, ids: dict[str, str]) -> Iterator[Segment]:
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    for paragraph in _paragraphs(body):
        text, open_marks, marks = "", dict[str, tuple[int, str]](), list[Mark]()
        for element in _inside(paragraph):
            if element.tag == f"{_W}bookmarkStart" and (told := _NAME.fullmatch(element.get(f"{_W}name", ""))):
                open_marks[element.get(f"{_W}id", "")] = (len(text), ids.get(told[1], ""))
            elif element.tag == f"{_W}bookmarkEnd" and element.get(f"{_W}id", "") in open_marks:
                start, fact_id = open_marks.pop(element.get(f"{_W}id", ""))
                marks += [Mark(start, len(text), fact_id)] if fact_id and len(text) > start else []
            elif element.tag == f"{_W}t":
                text += element.text or ""
            else:
                text += _BREAKS.get(element.tag, "")
        if text.strip():
            yield Segment(text, "", "text", tuple(marks))


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag != _FALLBACK:
            if child.tag == f"{_W}p":
                yield child
            yield from _paragraphs(child)


def _inside(element: Element) -> Iterator[Element]:
    """Yield what a paragraph itself holds, in order; text boxes come as paragraphs of their own."""
    for child in element:
        if child.tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK):
            yield child
            yield from _inside(child)
