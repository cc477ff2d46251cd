"""A page of HTML as a reader sees it: visible text in order, words that stand for pictures, the pictures' own text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from lxml import etree

from juesuan.faults import UnreadableError
from juesuan.verify.text import Kind, Mark, Segment

_UNSEEN = {"script", "style", "template", "noscript"}
_INLINE = {"a", "b", "br", "code", "em", "i", "img", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption")
_KINDS: dict[str, Kind] = {"td": "cell", "th": "cell", **dict.fromkeys(_HEADINGS, "heading")}
_SPEAKING = {"alt", "aria-label", "role", "src", "title"}
_TELLING = {"data-fact", "hidden", "style"}
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def read_html(path: Path) -> list[Segment]:
    """Return the segments of an HTML file; raises `UnreadableError` where it is not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}：不是 UTF-8 文本（{error}）；应为网页；请重新渲染。") from None
    return html_segments(text, path.parent)


def html_segments(text: str, folder: Path, place: str = "") -> list[Segment]:
    """Return the segments of HTML; pictures are looked for in `folder`, `place` holds until the first heading."""
    return HtmlReader(folder).read(text, place)


class HtmlReader:
    """Reads one stretch of HTML after another with one parser: of a short one, making the parser is most of the work.

    Where `read` raises, the reader is not to be used again.
    """

    def __init__(self, folder: Path) -> None:
        self._target = _Target(folder)
        self._parser = etree.HTMLParser(target=self._target, huge_tree=True)

    def read(self, text: str, place: str = "") -> list[Segment]:
        """Return the segments of `text`; `place` holds until the first heading."""
        self._target.begin(place)
        if "<" in text or "&" in text:
            self._parser.feed(text)
            self._parser.close()
        else:
            self._target.data(text)
        self._target.end_segment()
        return self._target.segments


def svg_segments(path: Path, place: str) -> list[Segment]:
    """Return the text of a chart in the order in which it is drawn; nothing where there is no such file."""
    if not path.is_file():
        return []
    try:
        drawn = ElementTree.parse(path).iter(_SVG_TEXT)
    except ElementTree.ParseError as error:
        raise UnreadableError(f"{path}：不是 SVG（{error}）；应为图；请重新渲染。") from None
    return [Segment("".join(one.itertext()), place, "chart") for one in drawn]


def _live_words(text: str) -> list[str]:
    """Return the words that a live chart (a Vega-Lite specification) shows: its title and its data's texts."""
    try:
        spec = json.loads(text)
    except ValueError:
        return []
    shown = [spec.get("title"), spec.get("datasets")]
    return [words for words in _strings(shown) if not words.startswith("#")]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@lru_cache(maxsize=256)
def _hides(style: str) -> bool:
    return "display:none" in style.replace(" ", "")


class _Open(NamedTuple):
    """An open element that hides what is in it or is a fact; its words begin at `start` of the segment `segment`."""

    hides: bool
    fact_id: str | None
    segment: int
    start: int


class _Target:
    """What lxml's parser tells of: where each element starts and ends, and the text between.

    It is told of ten thousand elements a report; most part segments, or stand within one, and do nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.begin("")

    def begin(self, place: str) -> None:
        """Something new is read."""
        self.segments: list[Segment] = []
        self._place = place
        self._open: list[_Open | None] = []
        self._kinds: list[Kind] = []
        self._hidden = self._segment = 0
        self._live = False
        self._text = ""
        self._marks: list[Mark] = []

    def start(self, tag: str, told: Mapping[str, str]) -> None:
        """An element starts."""
        if tag not in _INLINE:
            if self._text:
                self.end_segment()
            if tag in _KINDS:
                self._kinds.append(_KINDS[tag])
        elif tag == "br":
            self._text += "\n"
        if told and not self._hidden and not _SPEAKING.isdisjoint(told):
            self._stand_ins(tag, told)
        if tag not in _VOID:
            telling = tag in _UNSEEN or (told and not _TELLING.isdisjoint(told))
            self._open.append(self._opened(tag, told) if telling else None)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _VOID:
            return
        if tag not in _INLINE:
            if self._text:
                self.end_segment()
            if tag in _KINDS:
                self._kinds.pop()
        if (left := self._open.pop()) is not None:
            self._leave(left)

    def data(self, data: str) -> None:
        """Text stands here."""
        if not self._hidden:
            self._text += data
        elif self._live:
            self.segments += [Segment(words, self._place, "chart") for words in _live_words(data)]

    def comment(self, text: str) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The page is read."""

    def end_segment(self) -> None:
        """What stood so far is one segment."""
        if not self._text:
            return
        if not self._text.isspace():
            kind = self._kind()
            if kind == "heading":
                self._place = " ".join(self._text.split())
            self.segments.append(Segment(self._text, self._place, kind, tuple(self._marks)))
        self._text, self._marks = "", []
        self._segment += 1

    def _opened(self, tag: str, told: Mapping[str, str]) -> _Open | None:
        hides = tag in _UNSEEN or "hidden" in told or _hides(told.get("style", ""))
        fact_id = told.get("data-fact")
        self._hidden += hides
        self._live = tag == "script" and "vega-spec" in told.get("class", "")
        return _Open(hides, fact_id, self._segment, len(self._text)) if hides or fact_id is not None else None

    def _leave(self, left: _Open) -> None:
        self._hidden -= left.hides
        self._live = False
        if left.fact_id is not None and not self._hidden:
            start = left.start if left.segment == self._segment else 0
            self._marks.append(Mark(start, len(self._text), left.fact_id))

    def _kind(self) -> Kind:
        if not self._kinds:
            return "text"
        return "heading" if "heading" in self._kinds else "cell"

    def _stand_ins(self, tag: str, told: Mapping[str, str]) -> None:
        """Keep what stands for a picture or a region, and what a picture itself says."""
        if told.get("role") == "region":
            self._place = told.get("aria-label") or self._place
        for name in ("alt", "aria-label", "title"):
            if words := told.get(name):
                self.segments.append(Segment(words, self._place, "alt"))
        source = unquote(told.get("src") or "")
        if tag == "img" and source.endswith(".svg") and "://" not in source:
            self.segments += svg_segments(self._folder / source, self._place)
