"""Makes reference.docx, from which Word files take margins, styles and page numbers (GB/T 9704-2012).

    python report/word/make_reference.py

The same bytes each time; run it again after changing a style here.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

HERE = Path(__file__).resolve().parent
LATIN = "Times New Roman"
FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
EPOCH = (2021, 1, 1, 0, 0, 0)
BODY_SIZE = Pt(16)
LINE = Pt(28.95)
TWO_CHARACTERS = "200"


def set_fonts(style, east_asian, size, *, bold=False, latin=LATIN):
    """Give a style its East Asian and Latin faces; a theme's font would win over them, so it is removed."""
    style.font.name, style.font.size, style.font.bold = latin, size, bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hAnsi"), latin)


def set_paragraph(style, *, align=None, indent=True, exact=True, before=0, after=0):
    """Give a style its spacing; `indent` is two characters of the first line."""
    form = style.paragraph_format
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(after), align
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if exact else WD_LINE_SPACING.SINGLE
    if exact:
        form.line_spacing = LINE
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    element = OxmlElement("w:ind")
    element.set(qn("w:firstLineChars"), TWO_CHARACTERS if indent else "0")
    element.set(qn("w:firstLine"), "640" if indent else "0")
    properties.append(element)


def named(document, name, kind=WD_STYLE_TYPE.PARAGRAPH):
    """Return the style called `name`, made where the default template lacks it."""
    try:
        return document.styles[name]
    except KeyError:
        return document.styles.add_style(name, kind)


def add_styles(document):
    """Set every style that pandoc and Quarto use."""
    for name in ("Normal", "Body Text", "First Paragraph"):
        style = named(document, name)
        set_fonts(style, FANG, BODY_SIZE)
        set_paragraph(style, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    set_fonts(named(document, "List Text"), FANG, BODY_SIZE)
    set_paragraph(document.styles["List Text"], indent=False)
    for name, face, size, align, indent in (
        ("Title", TITLE, Pt(22), WD_ALIGN_PARAGRAPH.CENTER, False),
        ("Subtitle", KAI, BODY_SIZE, WD_ALIGN_PARAGRAPH.CENTER, False),
        ("Heading 1", HEI, Pt(18), WD_ALIGN_PARAGRAPH.CENTER, False),
        ("Heading 2", HEI, BODY_SIZE, None, True),
        ("Heading 3", KAI, BODY_SIZE, None, True),
        ("TOC Heading", HEI, Pt(18), WD_ALIGN_PARAGRAPH.CENTER, False),
    ):
        style = named(document, name)
        set_fonts(style, face, size)
        set_paragraph(style, align=align, indent=indent, before=8, after=6)
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    document.styles["Title"].paragraph_format.space_before = Pt(120)
    without_rule(document.styles["Title"])
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Compact", "Table Note", "Table Caption", "Image Caption", "Captioned Figure", "Figure"):
        style = named(document, name)
        set_fonts(style, HEI if "Caption" in name else SONG, Pt(12) if "Caption" in name else Pt(10.5))
        centred = WD_ALIGN_PARAGRAPH.CENTER if name not in ("Compact", "Table Note") else None
        space = 1 if name == "Compact" else 3
        set_paragraph(style, align=centred, indent=False, exact=False, before=space, after=space)
    set_fonts(named(document, "Wide Table Text"), SONG, Pt(9))
    set_paragraph(document.styles["Wide Table Text"], indent=False, exact=False, before=1, after=1)


def add_marks(document):
    """Set the empty paragraphs that begin and end an official table, and the lines of the table of contents."""
    for name, breaks in (("Official Table Begin", True), ("Wide Table Begin", True), ("Wide Table End", False)):
        style = named(document, name)
        set_fonts(style, FANG, Pt(1))
        set_paragraph(style, indent=False, exact=False)
        style.paragraph_format.page_break_before = breaks
    for level in (1, 2):
        style = named(document, f"toc {level}")
        set_fonts(style, FANG, Pt(14))
        set_paragraph(style, indent=False, exact=False, before=2, after=2)
        style.paragraph_format.left_indent = Pt(28 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def without_rule(style):
    """Take away the rule that the default template draws under a title."""
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)


def add_table_style(document):
    """Give tables thin rules and a repeated header's bold face."""
    style = named(document, "Table", WD_STYLE_TYPE.TABLE)
    properties = style.element.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.element.append(properties)
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.append(borders)


def add_page_number(paragraph, align):
    """Write “— 1 —” with a PAGE field in 宋体 四号."""
    paragraph.alignment = align
    set_run = []
    for text, kind in (
        ("— ", None),
        (None, "begin"),
        (" PAGE ", "code"),
        (None, "separate"),
        ("1", None),
        (None, "end"),
        (" —", None),
    ):
        run = paragraph.add_run(text if kind is None else "")
        run.font.size, run.font.name = Pt(14), SONG
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._element.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        set_run.append(run)
    return set_run


def make():
    """Return the document's bytes, the same each time."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    add_styles(document)
    add_marks(document)
    add_table_style(document)
    document.settings.odd_and_even_pages_header_footer = True
    add_page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    add_page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    document.core_properties.created = document.core_properties.modified = datetime(*EPOCH)
    document.core_properties.title, document.core_properties.author = "部门决算", "juesuan"
    raw = BytesIO()
    document.save(raw)
    return with_fixed_times(raw.getvalue())


def with_fixed_times(raw):
    """Return a zip's bytes with every member at one time."""
    fixed = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(zipfile.ZipInfo(member, EPOCH), old.read(member), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


if __name__ == "__main__":
    (HERE / "reference.docx").write_bytes(make())
