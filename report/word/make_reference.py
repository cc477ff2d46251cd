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
LINE_TWIPS = 579
# Twenty-eight characters in 156 mm: each a quarter of a point nearer than 三号 would stand. In twentieths of a point.
# The section's grid could say so too (linesAndChars), but LibreOffice then sets every character in two places.
NEARER = "-5"
TWO_CHARACTERS = "200"
# What follows w:spacing in a paragraph's properties: Word reads them in the schema's order.
AFTER_OVERFLOW = (
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing",
)  # fmt: skip
AFTER_SPACING = ("w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:textAlignment", "w:outlineLvl")


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


def set_paragraph(style, *, align=None, indent=True, line=LINE, before=0, after=0):
    """Give a style its spacing; `indent` is two characters of the first line, `line` None a line as high as it needs.

    What is not set in lines of the body stays off the section's grid.
    """
    form = style.paragraph_format
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(after), align
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE if line is None else WD_LINE_SPACING.EXACTLY
    if line is not None:
        form.line_spacing = line
    if line != LINE:
        off_the_grid(style)
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    element = OxmlElement("w:ind")
    element.set(qn("w:firstLineChars"), TWO_CHARACTERS if indent else "0")
    element.set(qn("w:firstLine"), "640" if indent else "0")
    properties.insert_element_before(element, *AFTER_SPACING[1:])


def off_the_grid(style):
    """Let a style's lines be as near as their spacing says."""
    properties = style.element.get_or_add_pPr()
    if properties.find(qn("w:snapToGrid")) is None:
        mark = OxmlElement("w:snapToGrid")
        mark.set(qn("w:val"), "0")
        properties.insert_element_before(mark, "w:spacing", *AFTER_SPACING)


def say_what_hangs(style):
    """Say aloud what Word does anyway: LibreOffice 7.4, not told, hangs a full stop and leaves a blank line or none of it.

    It reads the setting the other way about: told that marks may hang, it keeps them within the margin.
    """
    mark = OxmlElement("w:overflowPunct")
    mark.set(qn("w:val"), "1")
    style.element.get_or_add_pPr().insert_element_before(mark, *AFTER_OVERFLOW, *AFTER_SPACING)


def set_nearer(style):
    """Let 28 characters of a style stand in a line."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), NEARER)
    style.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def named(document, name, kind=WD_STYLE_TYPE.PARAGRAPH):
    """Return the style called `name`, made where the default template lacks it."""
    try:
        return document.styles[name]
    except KeyError:
        return document.styles.add_style(name, kind)


def add_styles(document):
    """Set every style that pandoc and Quarto use."""
    for name in ("Normal", "Body Text", "First Paragraph", "List Text"):
        style = named(document, name)
        set_fonts(style, FANG, BODY_SIZE)
        set_paragraph(style, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=name != "List Text")
        if name != "Normal":
            set_nearer(style)
            say_what_hangs(style)
    for name, face, size, align, indent, after in (
        ("Title", TITLE, Pt(22), WD_ALIGN_PARAGRAPH.CENTER, False, 6),
        ("Subtitle", KAI, BODY_SIZE, WD_ALIGN_PARAGRAPH.CENTER, False, 6),
        ("Heading 1", HEI, Pt(18), WD_ALIGN_PARAGRAPH.CENTER, False, LINE.pt),
        ("Heading 2", HEI, BODY_SIZE, None, True, 0),
        ("Heading 3", KAI, BODY_SIZE, None, True, 0),
        ("TOC Heading", HEI, Pt(18), WD_ALIGN_PARAGRAPH.CENTER, False, LINE.pt),
    ):
        style = named(document, name)
        set_fonts(style, face, size)
        set_paragraph(style, align=align, indent=indent, after=after)
    without_rule(document.styles["Title"])
    document.styles["Title"].paragraph_format.space_before = Pt(120)
    document.styles["TOC Heading"].paragraph_format.page_break_before = True
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    add_table_text(document)


def add_table_text(document):
    """Set what stands in and round a table or a picture: small, without indent, kept with what it belongs to."""
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for name, face, size, align, line, space in (
        ("Compact", SONG, Pt(10.5), None, Pt(13), 0.5),
        ("Wide Table Text", SONG, Pt(9), None, Pt(11), 0.25),
        ("Table Note", SONG, Pt(10.5), None, Pt(15), 0),
        ("Table Caption", HEI, Pt(12), centre, Pt(18), 3),
        ("Image Caption", HEI, Pt(12), centre, Pt(18), 3),
        ("Captioned Figure", SONG, Pt(10.5), centre, None, 3),
        ("Figure", SONG, Pt(10.5), centre, None, 3),
    ):
        style = named(document, name)
        set_fonts(style, face, size)
        set_paragraph(style, align=align, indent=False, line=line, before=space, after=space)
    for name in ("Table Caption", "Captioned Figure"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Table Note"].paragraph_format.space_before = Pt(3)


def add_marks(document):
    """Set the empty paragraphs that begin and end an official table, and the lines of the table of contents."""
    for name, breaks in (("Official Table Begin", True), ("Wide Table Begin", True), ("Wide Table End", False)):
        style = named(document, name)
        set_fonts(style, FANG, Pt(1))
        set_paragraph(style, indent=False, line=Pt(1))
        style.paragraph_format.page_break_before = breaks
    for level in (1, 2):
        style = named(document, f"toc {level}")
        set_fonts(style, FANG, Pt(14))
        set_nearer(style)
        set_paragraph(style, indent=False, line=Pt(24))
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
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)


def set_grid(section):
    """Rule a section's pages in 22 lines."""
    old = section._sectPr.find(qn("w:docGrid"))
    grid = OxmlElement("w:docGrid") if old is None else old
    if old is None:
        section._sectPr.append(grid)
    for key, value in (("type", "lines"), ("linePitch", LINE_TWIPS)):
        grid.set(qn(f"w:{key}"), str(value))


def add_page_number(paragraph, align, edge):
    """Write “— 1 —” with a PAGE field in 宋体 四号, one character from the outer `edge`."""
    paragraph.alignment = align
    indent = OxmlElement("w:ind")
    indent.set(qn(f"w:{edge}Chars"), "100")
    indent.set(qn(f"w:{edge}"), "280")
    paragraph._p.get_or_add_pPr().insert_element_before(indent, "w:jc")
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


def leave_out(document):
    """Leave out what the default template brings and no report uses: pandoc reads it all again for every file."""
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.get(qn("w:type")) == "table" and style.styleId not in ("TableNormal", "Table"):
            styles.remove(style)
    for rels, unused in ((document.part.rels, "stylesWithEffects"), (document.part.package.rels, "thumbnail")):
        for key in [key for key, one in rels.items() if one.reltype.endswith(f"/{unused}")]:
            rels.pop(key)


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
    set_grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    footer = document.styles["Footer"]
    set_fonts(footer, SONG, Pt(14))
    set_paragraph(footer, indent=False, line=Pt(18))
    add_page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT, "right")
    add_page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, "left")
    leave_out(document)
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
