"""The Word report is laid out as GB/T 9704 asks, and opens as it is meant."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from read_back import WORD, html_page

from juesuan.render.fonts import font_folders

REPORT = Path("pages/2021/nanjiang-zwxx/report")
MILLIMETRE = 1440 / 25.4
TABLES = [f"公开{number:02d}表" for number in range(1, 15)]


def part(site: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(site / REPORT.with_suffix(".docx")) as archive:
        return ElementTree.fromstring(archive.read(name))


def style_of(paragraph: ElementTree.Element) -> str:
    found = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if found is None else str(found.get(f"{WORD}val"))


def text_of(element: ElementTree.Element) -> str:
    return "".join(run.text or "" for run in element.iter(f"{WORD}t"))


def headings(site: Path) -> list[str]:
    body = part(site, "word/document.xml")
    return [text_of(one) for one in body.iter(f"{WORD}p") if style_of(one) in ("Heading1", "Heading2")]


@pytest.fixture(scope="module")
def document(site: Path) -> ElementTree.Element:
    return part(site, "word/document.xml")


@pytest.fixture(scope="module")
def printed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    folder = tmp_path_factory.mktemp("office")
    shutil.copyfile(site / REPORT.with_suffix(".docx"), folder / "report.docx")
    fonts = "".join(f"<dir>{one}</dir>" for one in font_folders())
    described = f'<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{fonts}</fontconfig>'
    (folder / "fonts.conf").write_text(described, encoding="utf-8")
    ran = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={folder.as_uri()}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "report.docx",
        ],
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert (folder / "report.pdf").is_file(), ran.stdout + ran.stderr
    return pypdf.PdfReader(folder / "report.pdf")


def page_texts(printed: pypdf.PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in printed.pages]


def test_every_picture_tells_its_figures_to_those_who_do_not_see_it(site: Path, document: ElementTree.Element) -> None:
    told = [one.get("descr", "") for one in document.iter() if one.tag.endswith("}docPr")]
    seen = [one["alt"] for tag, one in html_page(site / REPORT.with_suffix(".html")).tags if tag == "img"]
    assert len(told) == 6
    assert told == seen


def test_upright_pages_have_the_margins_of_the_standard_and_lying_ones_turn_them(document: ElementTree.Element) -> None:
    sections = list(document.iter(f"{WORD}sectPr"))
    lies = [section.find(f"{WORD}pgSz").get(f"{WORD}orient") == "landscape" for section in sections]
    assert any(lies)
    assert not lies[-1]
    for section, lying in zip(sections, lies, strict=True):
        margin = section.find(f"{WORD}pgMar")
        sides = [round(int(margin.get(f"{WORD}{edge}")) / MILLIMETRE) for edge in ("top", "right", "bottom", "left")]
        assert sides == ([28, 37, 26, 35] if lying else [37, 26, 35, 28])


def test_every_section_has_a_number_on_odd_and_on_even_pages(document: ElementTree.Element) -> None:
    for section in document.iter(f"{WORD}sectPr"):
        assert [one.get(f"{WORD}type") for one in section.findall(f"{WORD}footerReference")] == ["default", "even"]


@pytest.mark.parametrize(("name", "side"), [("footer1", "right"), ("footer2", "left")])
def test_page_numbers_stand_at_the_outer_edge_one_character_in(site: Path, name: str, side: str) -> None:
    footer = part(site, f"word/{name}.xml")
    assert text_of(footer) == "— 1 —"
    assert footer.find(f".//{WORD}jc").get(f"{WORD}val") == side
    assert footer.find(f".//{WORD}ind").get(f"{WORD}{side}Chars") == "100"


@pytest.mark.parametrize(
    ("style", "face", "half_points"),
    [
        ("BodyText", "仿宋_GB2312", "32"),
        ("FirstParagraph", "仿宋_GB2312", "32"),
        ("ListText", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading2", "黑体", "32"),
        ("Heading3", "楷体_GB2312", "32"),
    ],
)
def test_styles_have_the_faces_and_sizes_of_the_standard(site: Path, style: str, face: str, half_points: str) -> None:
    styles = part(site, "word/styles.xml")
    found = next(one for one in styles.iter(f"{WORD}style") if one.get(f"{WORD}styleId") == style)
    fonts = found.find(f".//{WORD}rFonts")
    assert fonts.get(f"{WORD}eastAsia") == face
    assert fonts.get(f"{WORD}ascii") == "Times New Roman"
    assert found.find(f".//{WORD}sz").get(f"{WORD}val") == half_points
    assert found.find(f".//{WORD}spacing[@{WORD}line]").get(f"{WORD}line") == "579"


def test_paragraphs_begin_two_characters_in_and_so_do_items_of_lists(site: Path, document: ElementTree.Element) -> None:
    styles = {one.get(f"{WORD}styleId"): one for one in part(site, "word/styles.xml").iter(f"{WORD}style")}
    assert styles["BodyText"].find(f".//{WORD}ind").get(f"{WORD}firstLineChars") == "200"
    used = {one.get(f"{WORD}val") for one in document.iter(f"{WORD}numId")}
    numbering = part(site, "word/numbering.xml")
    kinds = {one.get(f"{WORD}numId"): one.find(f"{WORD}abstractNumId") for one in numbering.iter(f"{WORD}num")}
    wanted = {kinds[one].get(f"{WORD}val") for one in used}
    for kind in numbering.iter(f"{WORD}abstractNum"):
        if kind.get(f"{WORD}abstractNumId") in wanted:
            level = kind.find(f"{WORD}lvl")
            assert level.find(f"{WORD}suff").get(f"{WORD}val") == "space"
            assert level.find(f".//{WORD}ind").attrib == {f"{WORD}left": "0", f"{WORD}firstLine": "640"}


def test_every_table_repeats_its_header_keeps_its_rows_and_its_note(document: ElementTree.Element) -> None:
    body = list(document.find(f"{WORD}body"))
    tables = [(place, one) for place, one in enumerate(body) if one.tag == f"{WORD}tbl"]
    assert len(tables) > len(TABLES)
    for place, table in tables:
        rows = table.findall(f"{WORD}tr")
        assert rows[0].find(f"{WORD}trPr/{WORD}tblHeader") is not None
        assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
        if style_of(body[place + 1]) == "TableNote":
            assert all(one.find(f"{WORD}pPr/{WORD}keepNext") is not None for one in rows[-1].iter(f"{WORD}p"))


def test_figures_in_tables_stand_to_the_right(document: ElementTree.Element) -> None:
    figures = re.compile(r"-?[\d,]+\.\d\d")
    cells = [one for table in document.iter(f"{WORD}tbl") for one in table.iter(f"{WORD}p")]
    asides = [one.find(f"{WORD}pPr/{WORD}jc").get(f"{WORD}val") for one in cells if figures.fullmatch(text_of(one))]
    assert len(asides) > 100
    assert set(asides) == {"right"}


def test_no_paragraph_outside_a_table_is_empty(document: ElementTree.Element) -> None:
    told = {f"{WORD}t", f"{WORD}drawing", f"{WORD}sectPr"}
    paragraphs = [one for one in document.find(f"{WORD}body") if one.tag == f"{WORD}p"]
    empty = [one for one in paragraphs if told.isdisjoint(below.tag for below in one.iter())]
    assert empty == []


def test_properties_say_whose_file_it_is_and_nothing_of_its_making(site: Path) -> None:
    core = {one.tag.split("}")[1]: one.text for one in part(site, "docProps/core.xml")}
    assert core["title"] == "南江县政务信息管理办公室2021年度部门决算"
    assert core["creator"] == "南江县政务信息管理办公室"
    assert core["subject"] == "2021年度部门决算"
    assert core["language"] == "zh-CN"
    assert list(part(site, "docProps/custom.xml")) == []
    languages = [one.get(f"{WORD}eastAsia") for one in part(site, "word/styles.xml").iter(f"{WORD}lang")]
    assert set(languages) == {"zh-CN"}


@pytest.mark.office
def test_no_printed_page_is_blank(printed: pypdf.PdfReader) -> None:
    blank = [number for number, text in enumerate(page_texts(printed), 1) if len(text) <= len(f"—{number}—")]
    assert blank == []


@pytest.mark.office
def test_word_has_the_pages_of_the_pdf_give_or_take_two(site: Path, printed: pypdf.PdfReader) -> None:
    """The grid is the same, the faces are not: a line more in a table or under a chart may turn a page."""
    made = len(pypdf.PdfReader(site / REPORT.with_suffix(".pdf")).pages)
    assert abs(len(printed.pages) - made) <= 2


@pytest.mark.office
def test_headings_are_printed_in_order_and_listed_in_the_contents(site: Path, printed: pypdf.PdfReader) -> None:
    wanted = ["".join(one.split()) for one in headings(site)]
    pages = page_texts(printed)
    for text in (pages[1], "".join(pages[2:])):
        place = 0
        for heading in wanted:
            found = text.find(heading, place)
            assert found >= 0, heading
            place = found + len(heading)


def test_the_contents_are_a_field_that_word_can_fill_in_anew(document: ElementTree.Element) -> None:
    contents = next(document.iter(f"{WORD}sdt"))
    signs = [one.get(f"{WORD}fldCharType") or (one.text or "").split()[0] for one in contents.iter()
             if one.tag in (f"{WORD}fldChar", f"{WORD}instrText")]  # fmt: skip
    assert signs[:3] == ["begin", "TOC", "separate"]
    assert signs[-1] == "end"
    assert signs.count("begin") == signs.count("end") == 1 + signs.count("PAGEREF")


@pytest.mark.office
def test_the_contents_name_the_page_on_which_each_heading_stands(site: Path, printed: pypdf.PdfReader) -> None:
    pages = page_texts(printed)
    listed = re.findall(r"\.{3,}(\d+)", pages[1])
    wanted = ["".join(one.split()) for one in headings(site)]
    assert len(listed) == len(wanted)
    for heading, number in zip(wanted, listed, strict=True):
        assert heading in pages[int(number) - 1], f"{heading} {number}"


@pytest.mark.office
def test_all_the_official_tables_are_printed_each_on_a_page_of_its_own(printed: pypdf.PdfReader) -> None:
    opening = [text for text in page_texts(printed) if text.startswith("公开")]
    assert [name for name in TABLES if not any(text.startswith(name) for text in opening)] == []


@pytest.mark.office
@pytest.mark.parametrize("table", ["公开01表", "公开04表"])
def test_a_long_table_fits_its_page_with_its_note(printed: pypdf.PdfReader, table: str) -> None:
    [page] = [text for text in page_texts(printed) if text.startswith(table)]
    assert "来源：" in page


@pytest.mark.office
def test_a_full_line_has_twenty_eight_characters_and_a_page_at_most_twenty_two_lines(printed: pypdf.PdfReader) -> None:
    pages = [
        [line.replace(" ", "") for line in page.extract_text().splitlines() if line.strip()] for page in printed.pages
    ]
    prose = [
        lines for lines in pages if not any(line.startswith(("公开", "图", "项目绩效", "项目支出")) for line in lines)
    ]
    chinese = [line for lines in prose for line in lines if re.fullmatch(r"[\u3400-\u9fff，。；：、（）“”]{24,}", line)]
    assert max(map(len, chinese)) == 28
    assert max(len(lines) - 1 for lines in prose[2:]) <= 22
