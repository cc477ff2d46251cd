"""What a page was to say in one format, read from the notebook that ran (or the front page's .qmd).

The order in which an output's form is chosen is Quarto's (`display-data.ts`): to HTML text/html first, to print
text/markdown first. It is written here again, so that a wrong choice in the renderer is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from juesuan.verify.claims import ClaimsError
from juesuan.verify.read_html import HtmlReader, html_segments, svg_segments
from juesuan.verify.text import Segment

FORMATS = {".html": ("html",), ".docx": ("docx",), ".pdf": ("typst", "pdf")}
_UNSHOWN = re.compile(r"^#\|\s*(?:include|output):\s*false\s*$", re.MULTILINE)
_INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$", re.MULTILINE)
_FENCE = re.compile(r"\s*(`{3,})(.*)")
_CONDITION = re.compile(r"\.content-(visible|hidden)\s+(when|unless)-format=\"(\w+)\"")
_IMAGE = re.compile(r"!\[(.*?)\]\(([^)\s]+)\)(?:\{(.*)\})?")
_ALT = re.compile(r"fig-alt=\"(.*?)\"")
_LINK = re.compile(r"\]\([^)]*\)")


def expected_segments(source: Path, ending: str) -> list[Segment]:
    """Return what the page made from `source` (.ipynb or .qmd) was to say in the file ending in `ending`.

    Raises `ClaimsError` where `source` cannot be read.
    """
    try:
        if source.suffix != ".ipynb":
            text = source.read_text(encoding="utf-8")
            return markdown_segments(_with_includes(text, source.parent), source.parent, ending)
        cells, shown = notebook_cells(source), _Markdown(source.parent, ending)
        return [one for cell in cells for one in _cell_segments(cell, shown)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClaimsError(
            f"{source}：读不出页面（{error!r}）；应为运行过的笔记本；请重新运行 juesuan build。"
        ) from None


def notebook_cells(source: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook; raises `OSError`, and `ValueError`, `KeyError` or `TypeError` where it is none."""
    return _cells(source, source.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _cells(source: Path, _changed: int) -> list[dict[str, Any]]:
    """Return a notebook's cells; its HTML, Word and PDF come one after another."""
    return list(json.loads(source.read_bytes())["cells"])


@lru_cache(maxsize=256)
def _of_raw_html(text: str, folder: Path, place: str) -> tuple[Segment, ...]:
    """Return the segments of a block of raw HTML: a table is the same in Word and in PDF."""
    return tuple(html_segments(text, folder, place))


def markdown_segments(text: str, folder: Path, ending: str) -> list[Segment]:
    """Return what a stretch of pandoc's markdown says in a file ending in `ending`; pictures are sought in `folder`."""
    return _Markdown(folder, ending).read(text)


def _with_includes(text: str, root: Path) -> str:
    return _INCLUDE.sub(lambda match: (root / match[1]).read_text(encoding="utf-8"), text)


def _cell_segments(cell: dict[str, Any], shown: _Markdown) -> Iterator[Segment]:
    written = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield from shown.read(written)
    if cell["cell_type"] != "code" or _UNSHOWN.search(written):
        return
    for output in cell["outputs"]:
        if output["output_type"] in ("display_data", "execute_result"):
            yield from _output_segments(output["data"], shown)


def _output_segments(data: dict[str, Any], shown: _Markdown) -> list[Segment]:
    forms = {kind: "".join(words) for kind, words in data.items() if kind.startswith("text/")}
    html, markdown = forms.get("text/html"), forms.get("text/markdown")
    if shown.ending == ".html" and html is not None:
        return html_segments(html, shown.folder)
    if markdown is not None:
        return shown.read(markdown)
    if any(kind.startswith("image/") for kind in data):
        return []
    if html is not None and "<table" in html:
        return html_segments(html, shown.folder)
    return [Segment(forms.get("text/plain", ""))]


class _Markdown:
    """Reads pandoc's markdown as far as pages use it: headings, lists, spans, raw HTML, pictures, conditional blocks."""

    def __init__(self, folder: Path, ending: str) -> None:
        self.folder = folder
        self.ending = ending
        self.place = ""
        self._html = HtmlReader(folder)

    def read(self, text: str) -> list[Segment]:
        """Return the segments that the format shows of one output or cell."""
        self.place = ""
        segments: list[Segment] = []
        blocks: list[bool] = []
        lines = iter(text.splitlines())
        for line in lines:
            if line.startswith(":::"):
                self._enter_or_leave(line, blocks)
            elif fence := _FENCE.match(line):
                raw = list(_until(lines, fence[1]))
                segments += self._raw(fence[2], raw) if all(blocks) else []
            elif all(blocks):
                segments += self._line(line)
        return segments

    def _enter_or_leave(self, line: str, blocks: list[bool]) -> None:
        if not line.strip(": "):
            if blocks:
                blocks.pop()
            return
        told = _CONDITION.search(line)
        blocks.append(told is None or self._holds(*told.groups()))

    def _holds(self, kind: str, when: str, to: str) -> bool:
        met = (to in FORMATS[self.ending]) == (when == "when")
        return met == (kind == "visible")

    def _raw(self, attributes: str, lines: list[str]) -> list[Segment]:
        text = "\n".join(lines)
        if "=html" not in attributes:
            return [Segment(text, self.place)] if "=" not in attributes else []
        # Print shows raw HTML only where it is a table.
        return list(_of_raw_html(text, self.folder, self.place)) if self.ending == ".html" or "<table" in text else []

    def _line(self, line: str) -> list[Segment]:
        if line.startswith("#"):
            self.place = line.strip("# ")
        before = [one for match in _IMAGE.finditer(line) for one in self._picture(match)]
        words = _LINK.sub("]", _IMAGE.sub(r"\1", line)).strip()
        return before + (self._html.read(words, self.place) if words else [])

    def _picture(self, match: re.Match[str]) -> list[Segment]:
        """Return the words of a picture; Word shows it as pixels, so that its numbers may but need not be found."""
        _, source, attributes = match.groups()
        alt = _ALT.search(attributes or "")
        drawn = svg_segments(self.folder / source, self.place) if source.endswith(".svg") else []
        if self.ending == ".pdf" or not alt:
            return drawn
        return [*drawn, Segment(alt[1], self.place, "alt", optional=self.ending == ".docx")]


def _until(lines: Iterable[str], fence: str) -> Iterator[str]:
    for line in lines:
        if line.strip() == fence:
            return
        yield line
