"""A Word file is finished: wide tables lie on their side, the table of contents lists its headings.

Pandoc writes neither section breaks nor a filled table of contents. The same is done to Quarto's files when `juesuan`
renders with it; `quarto render` by itself leaves wide tables upright and the contents for Word to fill in.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_DOCUMENT = "word/document.xml"
_LAST_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p>(?:(?!<w:p>).)*?</w:p>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)" ?/>')
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_MARGIN = re.compile(r"<w:pgMar\b[^>]*/>")
_TEXT = re.compile(r"<w:t\b[^>]*>([^<]*)</w:t>")
_HEADING = re.compile(
    r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)" ?/>\s*(<w:p>\s*<w:pPr>\s*<w:pStyle w:val="Heading([12])" ?/>.*?</w:p>)',
    re.DOTALL,
)
_CONTENTS = re.compile(
    r'(<w:fldChar w:fldCharType="separate" ?/>)(<w:fldChar w:fldCharType="end" ?/></w:r></w:p></w:sdtContent>)'
)
_END_THEN_BEGIN = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="WideTableEnd" ?/></w:pPr></w:p>)\s*'
    r'<w:p><w:pPr><w:pStyle w:val="WideTableBegin" ?/></w:pPr></w:p>'
)
_MARK_STYLES = {"WideTableBegin": "begin", "WideTableEnd": "end"}


class WordFileError(ValueError):
    """A Word file is not made as the finishing expects it."""


def finish_word(path: Path) -> None:
    """Finish the Word file at `path`; written aside and moved into place. Raises `WordFileError`."""
    aside = path.with_name(f".{path.name}.new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            raw = old.read(member)
            if member.filename == _DOCUMENT:
                raw = finished(raw.decode("utf-8")).encode("utf-8")
            new.writestr(zipfile.ZipInfo(member.filename, member.date_time), raw, zipfile.ZIP_DEFLATED)
    aside.replace(path)


def finished(document: str) -> str:
    """Return `word/document.xml` with sections for wide tables and a filled table of contents."""
    last = _LAST_SECTION.search(document)
    if last is None:
        raise WordFileError("Word 文件没有节的设置（sectPr）；请检查 report/word/reference.docx。")
    return _with_contents(_with_sections(document, last.group()))


def _with_sections(document: str, upright: str) -> str:
    """Turn the marks round wide tables into the ends of sections; a section says at its end how its pages lie.

    Where one wide table follows another, the end of the first is all there is between them: no upright page.
    """
    turned = _turned(upright)
    document = _END_THEN_BEGIN.sub(r"\1", document)

    def section(match: re.Match[str]) -> str:
        style = _STYLE.search(match.group())
        kind = _MARK_STYLES.get(style.group(1)) if style else None
        if kind is None:
            return match.group()
        layout = upright if kind == "begin" else turned
        return f'<w:p><w:pPr><w:pStyle w:val="WideTableEnd" />{layout}</w:pPr></w:p>'

    return _PARAGRAPH.sub(section, document)


def _turned(upright: str) -> str:
    """Return a section's setting turned by a quarter: the binding edge, left when upright, lies above."""
    size = _attributes(_SIZE.search(upright))
    margin = _attributes(_MARGIN.search(upright))
    lying = f'<w:pgSz w:w="{size["h"]}" w:h="{size["w"]}" w:orient="landscape" />'
    edges = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    sides = " ".join(f'w:{edge}="{margin[source]}"' for edge, source in edges.items())
    rest = " ".join(f'w:{name}="{margin[name]}"' for name in ("header", "footer", "gutter"))
    return _MARGIN.sub(f"<w:pgMar {sides} {rest} />", _SIZE.sub(lying, upright))


def _attributes(match: re.Match[str] | None) -> dict[str, str]:
    if match is None:
        raise WordFileError("Word 文件没有写明纸张或页边距；请检查 report/word/reference.docx。")
    return dict(re.findall(r'w:(\w+)="([^"]*)"', match.group()))


def _with_contents(document: str) -> str:
    """Write the headings into the field of the table of contents, each a link; Word puts in the page numbers."""
    entries = [_entry(*match.groups()) for match in _HEADING.finditer(document)]
    if not entries:
        return document
    listed = "</w:r></w:p>" + "".join(entries) + "<w:p><w:r>"
    return _CONTENTS.sub(lambda match: match.group(1) + listed + match.group(2), document, count=1)


def _entry(bookmark: str, paragraph: str, level: str) -> str:
    title = "".join(_TEXT.findall(paragraph))
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            "<w:tab />",
            '<w:fldChar w:fldCharType="begin" w:dirty="true" />',
            f'<w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate" />',
            '<w:fldChar w:fldCharType="end" />',
        )
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}" /></w:pPr><w:hyperlink w:anchor="{bookmark}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{title}</w:t></w:r>{field}</w:hyperlink></w:p>'
    )
