"""`word/document.xml` as pandoc writes it, finished: sections, contents, what keeps together."""

from __future__ import annotations

import re

_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)
_WIDE_BEGIN = '<w:p><w:pPr><w:pStyle w:val="WideTableBegin" /></w:pPr></w:p>'
_WIDE_END = '<w:p><w:pPr><w:pStyle w:val="WideTableEnd" /></w:pPr></w:p>'
_END_THEN_BEGIN = re.compile(rf"{_WIDE_END}\s*{_WIDE_BEGIN}")
_MARK = re.compile(rf"({_WIDE_BEGIN}|{_WIDE_END})\s*")
_OFFICIAL = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="OfficialTableBegin" /></w:pPr></w:p>\s*(<w:p><w:pPr><w:pStyle w:val="TableCaption" />)'
)
_TABLE_END = "</w:tbl>"
_CELL_STYLE, _WIDE_CELL_STYLE = '<w:pStyle w:val="Compact" />', '<w:pStyle w:val="WideTableText" />'
_BETWEEN = re.compile(r"(?:\s|<w:bookmark(?:Start|End)\b[^>]*/>)*")
_HEADING_ROW = re.compile(r"<w:tr><w:trPr>(?:(?!</w:trPr>).)*<w:tblHeader\b.*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tcPr(?:\s*/>|>(.*?)</w:tcPr>)", re.DOTALL)
_ROW = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?", re.DOTALL)
_NOTE = re.compile(r'\s*<w:p><w:pPr><w:pStyle w:val="TableNote" />')
_STYLE = re.compile(r'<w:pStyle w:val="[^"]+" />')
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_MARGIN = re.compile(r"<w:pgMar\b[^>]*/>")
_GRID = re.compile(r"<w:docGrid\b[^>]*/>\s*")
_TEXT = re.compile(r"<w:t\b[^>]*>([^<]*)</w:t>")
_HEADING = re.compile(
    r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)" />\s*(<w:p>\s*<w:pPr>\s*<w:pStyle w:val="Heading([12])" />.*?</w:p>)',
    re.DOTALL,
)
_CONTENTS = re.compile(
    r'<w:p><w:r>(<w:fldChar w:fldCharType="begin"[^>]*/><w:instrText[^>]*>[^<]*</w:instrText>'
    r'<w:fldChar w:fldCharType="separate" />)<w:fldChar w:fldCharType="end" /></w:r></w:p>(?=</w:sdtContent>)'
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WORD_2013 = "http://schemas.microsoft.com/office/word/2012/wordml"
_LYING_FOOTER = "680"  # 12 mm: below a lying page the margin is the upright one's outer edge, 26 mm


class WordFileError(ValueError):
    """A Word file is not made as the finishing expects it."""


def finished(document: str) -> str:
    """Return the document with sections for wide tables, a filled table of contents, and rows and notes that keep together."""
    upright = _SECTION.search(document)
    if upright is None:
        raise WordFileError("Word 文件没有节的设置（sectPr）；请检查 report/word/reference.docx。")
    return _with_contents(_with_sections(_kept_together(document), upright.group()))


def _kept_together(document: str) -> str:
    """Keep each row on one page, a note with its table's last row, an official table's new page in its title; set tables."""
    document = _OFFICIAL.sub(r"\1<w:pageBreakBefore />", document)
    document = _ROW.sub(lambda row: f"<w:tr><w:trPr><w:cantSplit />{row.group(1) or ''}</w:trPr>", document)
    document = _HEADING_ROW.sub(lambda row: _CELL.sub(_in_the_middle, row.group()), document)
    return _with_tables_set(document)


def _with_tables_set(document: str) -> str:
    """Set each table, and keep its last row with a note that follows."""
    ends = document.split(_TABLE_END)
    for place, before in enumerate(ends[:-1]):
        start = before.find("<w:tbl>")
        text, table = (before[:start], _small_throughout(before[start:])) if start >= 0 else (before, "")
        last = table.rfind("<w:tr>")
        if last >= 0 and _NOTE.match(ends[place + 1]):
            table = table[:last] + _STYLE.sub(lambda style: f"{style.group()}<w:keepNext />", table[last:])
        ends[place] = text + table
    return _TABLE_END.join(ends)


def _in_the_middle(cell: re.Match[str]) -> str:
    """Set a cell's text half-way between its rules."""
    return f'<w:tcPr>{cell.group(1) or ""}<w:vAlign w:val="center" /></w:tcPr>'


def _small_throughout(table: str) -> str:
    """Set the empty cells of a small table small too: they are as high as their row."""
    return table.replace(_CELL_STYLE, _WIDE_CELL_STYLE) if _WIDE_CELL_STYLE in table else table


def _with_sections(document: str, upright: str) -> str:
    """Turn the marks round wide tables into the ends of sections; a section says at its end how its pages lie.

    Where one wide table follows another, the end of the first is all there is between them: no upright page.
    """
    lying, made = _turned(upright), list[str]()
    texts_and_marks = [*_MARK.split(_END_THEN_BEGIN.sub(_WIDE_END, document)), ""]
    for text, mark in zip(texts_and_marks[::2], texts_and_marks[1::2], strict=True):
        made.append(_ended(text, lying if mark == _WIDE_END else upright) if mark else text)
    return "".join(made)


def _ended(text: str, section: str) -> str:
    """Return a section's text with its end: in its last paragraph, or after a table in an empty one."""
    start, end = text.rfind("<w:p>"), text.rfind("</w:p>") + len("</w:p>")
    paragraph = text[start:end]
    if _BETWEEN.fullmatch(text, end) and re.match(r"<w:p>\s*<w:pPr>", paragraph):
        return text[:start] + paragraph.replace("</w:pPr>", f"{section}</w:pPr>", 1) + text[end:]
    return text + _WIDE_END.replace("</w:pPr>", f"{section}</w:pPr>")


def _turned(upright: str) -> str:
    """Return a section's setting turned by a quarter: the binding edge, left when upright, lies above; no grid."""
    size = _attributes(_SIZE.search(upright))
    margin = _attributes(_MARGIN.search(upright))
    lying = f'<w:pgSz w:w="{size["h"]}" w:h="{size["w"]}" w:orient="landscape" />'
    edges = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    sides = " ".join(f'w:{edge}="{margin[source]}"' for edge, source in edges.items())
    rest = f'w:header="{margin["header"]}" w:footer="{_LYING_FOOTER}" w:gutter="{margin["gutter"]}"'
    return _GRID.sub("", _MARGIN.sub(f"<w:pgMar {sides} {rest} />", _SIZE.sub(lying, upright)))


def _attributes(match: re.Match[str] | None) -> dict[str, str]:
    if match is None:
        raise WordFileError("Word 文件没有写明纸张或页边距；请检查 report/word/reference.docx。")
    return dict(re.findall(r'w:(\w+)="([^"]*)"', match.group()))


def _with_contents(document: str) -> str:
    """Write the headings into the field of the contents, each a link with a field of its page.

    LibreOffice reckons no page within a contents field, and would print the contents without numbers; so the field is
    there for those who know Word 2013's markup, who fill it in themselves, and the rest see the fields of pages alone.
    """
    entries = "".join(_entry(*match.groups()) for match in _HEADING.finditer(document))

    def listed(match: re.Match[str]) -> str:
        begun = entries.replace("</w:pPr>", f"</w:pPr>{_for_word(match.group(1))}", 1)
        return begun.removesuffix("</w:p>") + _for_word('<w:fldChar w:fldCharType="end" />') + "</w:p>"

    return _CONTENTS.sub(listed, document, count=1) if entries else document


def _for_word(parts: str) -> str:
    """Return a run whose parts are there for Word from 2013 on (ISO/IEC 29500-3: alternate content)."""
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{_COMPATIBILITY}" xmlns:w15="{_WORD_2013}">'
        f'<mc:Choice Requires="w15">{parts}</mc:Choice><mc:Fallback /></mc:AlternateContent></w:r>'
    )


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
