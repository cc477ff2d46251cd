"""Figures in prose go past pandoc, which would read a bookmark or a span round each; it sees a mark in their place.

Only what stands in plain lines is marked: pandoc may do more than print a heading, a picture's words or code, and in Word
it divides a text at its spaces. The file is the same, byte for byte: a test holds it to that.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from juesuan.render.word_document import WordFileError

FIGURE = re.compile(r'<span class="fact" data-fact="([^"<>]*)">([^<>]*)</span>')
_FENCED_OR_LINE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[^\n]*$|"
    r'^[^\n]*<span class="fact"[^\n]*(?:\n[ ]*(?:=+|-+)[ ]*$)?',
    re.DOTALL | re.MULTILINE,
)
_PROSE = re.compile(r"[ ]*(?:(?:\d+\.|[-*])[ ]+)?(?:[^\s\[\]#$\\|~^`]|`[^`\n]*`\{=html\})*")
_PLAIN_FIGURE, _PLAIN_ID = re.compile(r"[\dA-Za-z.,%+-]+"), re.compile(r"[^\"<>&'\s]*")
_BEGIN, _MARK = "\ue005", re.compile("\ue005(\\d+)\ue006")
_RUN = re.compile(
    r'<w:r>(?:<w:rPr>((?:<[^<>]*/>)*)</w:rPr>)?<w:t xml:space="preserve">([^<\ue005]*\ue005[^<]*)</w:t></w:r>'
)
_EAST_ASIAN = re.compile(  # pandoc's `isCJK`
    "[\u4e00-\ua4cf\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uffee\U0001b000-\U0001b16f"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1f\U00030000-\U0003134f]"
)
_EAST_ASIAN_HINT = '<w:rFonts w:hint="eastAsia" />'
_FIRST_BOOKMARK = 100000

Told = Callable[[re.Match[str]], str]


def for_html(text: str) -> tuple[str, list[str]]:
    """Return markdown with marks in the place of figures' spans, and the spans."""
    spans: list[str] = []

    def marked(figure: re.Match[str]) -> str:
        if not (_PLAIN_FIGURE.fullmatch(figure[2]) and _PLAIN_ID.fullmatch(figure[1])):
            return figure.group()
        spans.append(figure.group())
        return f"{_BEGIN}{len(spans) - 1}\ue006"

    return (text, []) if _BEGIN in text else (_in_prose(text, marked, re.Match.group), spans)


def filled_html(made: str, spans: list[str]) -> str:
    """Return the page that pandoc made with the spans in their places."""
    return _MARK.sub(lambda mark: spans[int(mark[1])], made) if spans else made


def _in_prose(text: str, in_prose: Told, elsewhere: Told) -> str:
    def line(found: re.Match[str]) -> str:
        plain = _PROSE.fullmatch(FIGURE.sub("", found.group()))
        return FIGURE.sub(in_prose if plain else elsewhere, found.group())

    return _FENCED_OR_LINE.sub(line, text)


@dataclass
class Bookmarks:
    """The names and numbers of the bookmarks round figures, as `report/filters/word.lua` gives them."""

    count: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def around(self, fact_id: str) -> tuple[str, str]:
        """Return the beginning and the end of the next bookmark."""
        self.count += 1
        self.seen[fact_id] += 1
        digest = hashlib.sha1(fact_id.encode()).hexdigest()[:16]
        name = f"fact_{digest}" + (f"_{self.seen[fact_id]}" if self.seen[fact_id] > 1 else "")
        number = _FIRST_BOOKMARK + self.count
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}" />', f'<w:bookmarkEnd w:id="{number}" />'


@dataclass
class WordFigures:
    """The figures of a page's prose in Word, each between its bookmarks."""

    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    marked: list[tuple[str, str, str]] = field(default_factory=list)

    def asked(self, text: str) -> str:
        """Return markdown with marks in the place of figures, or bookmarks round them."""

        def around(figure: re.Match[str]) -> str:
            begin, end = self.bookmarks.around(unescape(figure[1]))
            return f"`{begin}`{{=openxml}}{figure[2]}`{end}`{{=openxml}}"

        def mark(figure: re.Match[str]) -> str:
            if not _PLAIN_FIGURE.fullmatch(figure[2]):
                return around(figure)
            begin, end = self.bookmarks.around(unescape(figure[1]))
            self.marked.append((begin, figure[2], end))
            return f"{_BEGIN}{len(self.marked) - 1}\ue006"

        return _in_prose(text, mark, around)

    def filled(self, document: str) -> str:
        """Return `word/document.xml` with the figures. Raises `WordFileError` where one stands elsewhere than in a text."""
        filled = _RUN.sub(self._divided, document) if self.marked else document
        if self.marked and _BEGIN in filled:
            raise WordFileError("Word 文件有数字不在正文中；请检查 report/filters。")
        return filled

    def _divided(self, run: re.Match[str]) -> str:
        first, *others = _MARK.split(run[2])
        properties = run[1] or ""
        made = _run_of(first, properties)
        for number, text in zip(others[::2], others[1::2], strict=True):
            begin, figure, end = self.marked[int(number)]
            made += f"{begin}{_run_of(figure, properties)}{end}{_run_of(text, properties)}"
        return made


def word_run(text: str, *, bold: bool) -> str:
    """Return a run of Word that says `text`; nothing where that is empty."""
    return _run_of(escape(text), _EAST_ASIAN_HINT + ("<w:b /><w:bCs />" if bold else ""))


def is_east_asian(text: str) -> bool:
    """Say whether pandoc sets a text that has such signs in the font for Chinese."""
    return _EAST_ASIAN.search(text) is not None


def _run_of(text: str, properties: str) -> str:
    """Return a run of a text, which is XML, with a longer run's properties, as far as they are this text's."""
    if not text:
        return ""
    own = properties if is_east_asian(text) else properties.replace(_EAST_ASIAN_HINT, "")
    set_so = f"<w:rPr>{own}</w:rPr>" if own else ""
    return f'<w:r>{set_so}<w:t xml:space="preserve">{text}</w:t></w:r>'
