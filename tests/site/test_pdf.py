"""The PDF report can be heard, found one's way in and printed anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from read_back import html_page

REPORT = Path("pages/2021/nanjiang-zwxx/report")
REPORTS = ["pages/2020/nanjiang-zwxx/report.pdf", f"{REPORT}.pdf", "pages/2024/putuo-guihua/report.pdf"]


@pytest.fixture(scope="module")
def report(site: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(site / REPORT.with_suffix(".pdf"))


@pytest.mark.parametrize("file", REPORTS)
def test_a_pdf_declares_itself_accessible_and_chinese(site: Path, file: str) -> None:
    reader = pypdf.PdfReader(site / file)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode("utf-8")


def test_its_title_and_author_are_the_office_and_the_year(report: pypdf.PdfReader) -> None:
    told = report.metadata
    assert told is not None
    assert (told.title, told.author) == ("南江县政务信息管理办公室2021年度部门决算", "南江县政务信息管理办公室")


def test_its_bookmarks_are_its_headings(site: Path, report: pypdf.PdfReader) -> None:
    tags = html_page(site / REPORT.with_suffix(".html")).text
    titles = [one.title for one in outline(report.outline)]
    assert len(titles) > 30
    assert [one for one in titles if one not in tags] == []
    assert titles[:2] == ["编制说明", "第一部分 部门概况"]
    pages = [report.get_destination_page_number(one) for one in outline(report.outline)]
    assert pages == sorted(pages)


def outline(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield entry


def test_every_font_is_in_the_file(report: pypdf.PdfReader) -> None:
    fonts = {name: font for page in report.pages for name, font in _fonts(page)}
    assert len(fonts) >= 2
    assert [name for name, font in fonts.items() if not _is_embedded(font)] == []


def _fonts(page: pypdf.PageObject) -> Iterator[tuple[str, Any]]:
    for font in page["/Resources"].get("/Font", {}).values():
        yield font.get_object()["/BaseFont"], font.get_object()


def _is_embedded(font: Any) -> bool:
    below = [one.get_object() for one in font.get("/DescendantFonts", [font])]
    return all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one["/FontDescriptor"]) for one in below)


def test_charts_are_drawn_not_photographed(report: pypdf.PdfReader) -> None:
    assert [number for number, page in enumerate(report.pages) if list(page.images)] == []


def test_figures_have_words_and_tables_have_headers(site: Path, report: pypdf.PdfReader) -> None:
    kinds = list(_structure(report.trailer["/Root"]["/StructTreeRoot"]))
    told = [str(one["/Alt"]) for one in kinds if one.get("/S") == "/Figure" and "/Alt" in one]
    seen = [one["alt"] for tag, one in html_page(site / REPORT.with_suffix(".html")).tags if tag == "img"]
    assert told == seen
    tables = [one for one in kinds if one.get("/S") == "/Table"]
    assert len(tables) >= 14
    assert [one for one in tables if not any(below.get("/S") == "/TH" for below in _structure(one))] == []


def _structure(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _structure(one)
    elif isinstance(element, dict):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from _structure(element["/K"])
