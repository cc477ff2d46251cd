"""A page of HTML as a reader sees it: visible text in order, words that stand for pictures, the pictures' own text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from lxml import etree

from juesuan.faults import UnreadableError
from juesuan.verify.text import Kind, Mark, Segment

_UNSEEN = {"script", "style", "template", "noscript"}
_INLINE = {"a", "b", "br", "code", "em", "i", "img", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption"}
_CELLS = {"td", "th"}
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
    reader = _Reader(folder, place)
    if "<" in text or "&" in text:
        parser = etree.HTMLParser(target=reader, huge_tree=True)
        parser.feed(text)
        parser.close()
    else:
        reader.data(text)
    reader.end_segment()
    return reader.segments


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


@dataclass
class _Open:
    tag: str
    hidden: bool
    fact_id: str | None
    start: int = 0
    live_chart: bool = False


@dataclass
class _Reader:
    """What lxml's parser tells of: where each element starts and ends, and the text between."""

    folder: Path
    place: str
    segments: list[Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open: list[_Open] = []
        self._hidden = 0
        self._text = ""
        self._marks: list[Mark] = []

    def start(self, tag: str, told: Mapping[str, str]) -> None:
        """An element starts."""
        if tag not in _INLINE:
            self.end_segment()
        if tag == "br":
            self._text += "\n"
        if not self._hidden:
            self._stand_ins(tag, told)
        if tag not in _VOID:
            hidden = tag in _UNSEEN or "hidden" in told or "display:none" in (told.get("style") or "").replace(" ", "")
            live = tag == "script" and "vega-spec" in (told.get("class") or "")
            self._hidden += hidden
            self._open.append(_Open(tag, hidden, told.get("data-fact"), len(self._text), live))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._open and self._open[-1].tag == tag:
            self._leave()
        elif any(one.tag == tag for one in self._open):
            while self._open[-1].tag != tag:
                self._leave()
            self._leave()

    def data(self, data: str) -> None:
        """Text stands here."""
        if self._open and self._open[-1].live_chart:
            self.segments += [Segment(words, self.place, "chart") for words in _live_words(data)]
        if not self._hidden:
            self._text += data

    def comment(self, text: str) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The page is read."""

    def end_segment(self) -> None:
        """What stood so far is one segment."""
        if not self._text:
            return
        if self._text.strip():
            kind = self._kind()
            if kind == "heading":
                self.place = " ".join(self._text.split())
            self.segments.append(Segment(self._text, self.place, kind, tuple(self._marks)))
        self._text, self._marks = "", []
        for one in self._open:
            one.start = 0

    def _leave(self) -> None:
        if self._open[-1].tag not in _INLINE:
            self.end_segment()
        left = self._open.pop()
        self._hidden -= left.hidden
        if left.fact_id is not None and not self._hidden:
            self._marks.append(Mark(left.start, len(self._text), left.fact_id))

    def _kind(self) -> Kind:
        tags = {one.tag for one in self._open}
        if tags & _HEADINGS:
            return "heading"
        return "cell" if tags & _CELLS else "text"

    def _stand_ins(self, tag: str, told: Mapping[str, str]) -> None:
        """Keep what stands for a picture or a region, and what a picture itself says."""
        if told.get("role") == "region":
            self.place = told.get("aria-label") or self.place
        for name in ("alt", "aria-label", "title"):
            if words := told.get(name):
                self.segments.append(Segment(words, self.place, "alt"))
        source = unquote(told.get("src") or "")
        if tag == "img" and source.endswith(".svg") and "://" not in source:
            self.segments += svg_segments(self.folder / source, self.place)
