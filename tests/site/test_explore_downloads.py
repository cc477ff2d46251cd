"""What a reader takes away: files that hold the figures of the page, open elsewhere, and do nothing by themselves."""

from __future__ import annotations

import csv
import struct
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from explorer import Visit, saved
from ledger_of_data import NOT_PUBLISHED, Books
from make_county import FORMULA_NAME, FORMULA_PROJECT, PARTLY_KNOWN
from openpyxl import load_workbook

pytestmark = pytest.mark.browser

COMPARISON = "pages/explore/comparison.html"
PROJECTS = "pages/explore/projects.html"
DRAWN = {
    COMPARISON: ("ranked", "distribution", "scatter"),
    "pages/explore/trend.html": ("multiples",),
    "pages/explore/execution.html": ("deviation",),
    "pages/explore/offices/shili-slj.html": ("lines", "waterfall", "flow", "treemap", "structure"),
}
SVG = "{http://www.w3.org/2000/svg}"
each_page = pytest.mark.parametrize("page", DRAWN)
Open = Callable[..., Visit]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def headings(shown: list[str]) -> list[str]:
    return [head.replace("（", "").replace("）", "") for head in shown]


def test_a_csv_holds_the_table_as_it_stands_sorted(visitor: Open, tmp_path: Path) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    table = visit.sort("ranked", "增减%")
    path = saved(visit.download("ranked", "CSV"), tmp_path)
    heads, *rows = read_csv(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert headings(heads) == table.heads
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == table.rows


def test_what_was_not_published_is_an_empty_cell_of_the_csv(visitor: Open, books: Books, tmp_path: Path) -> None:
    unit, year = PARTLY_KNOWN
    visit = visitor().go(COMPARISON, year=year, measure="expenditure.project")
    rows = read_csv(saved(visit.download("ranked", "CSV"), tmp_path))
    row = next(row for row in rows if row[0] == books.short(unit))
    assert row[1:3] == ["", ""]
    assert visit.table("ranked").by(f"{year}年万元")[books.short(unit)] == NOT_PUBLISHED


@pytest.mark.parametrize(
    ("page", "view", "words"), [(COMPARISON, "ranked", FORMULA_NAME), (PROJECTS, "projects", FORMULA_PROJECT)]
)
def test_words_like_a_formula_are_words_in_csv_and_xlsx(
    visitor: Open, tmp_path: Path, page: str, view: str, words: str
) -> None:
    visit = visitor().go(page, year=2024)
    cells = [cell for row in read_csv(saved(visit.download(view, "CSV"), tmp_path)) for cell in row]
    assert f"'{words}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    sheet = load_workbook(saved(visit.download(view, "XLSX"), tmp_path))["数据"]
    held = [cell for row in sheet.iter_rows() for cell in row if cell.value == words]
    assert {cell.data_type for cell in held} == {"s"} or {cell.data_type for cell in held} == {"inlineStr"}
    assert [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


@each_page
def test_an_xlsx_holds_numbers_as_numbers_and_says_where_they_are_from(
    visitor: Open, tmp_path: Path, page: str
) -> None:
    visit = visitor().go(page, year=2024)
    for view in DRAWN[page]:
        table = visit.table(view)
        book = load_workbook(saved(visit.download(view, "XLSX"), tmp_path))
        heads, *rows = book["数据"].iter_rows(values_only=True)
        assert headings([str(head) for head in heads]) == table.heads
        assert len(rows) == len(table.rows)
        for held, told in zip(rows, table.rows, strict=True):
            for value, text in zip(held, told, strict=True):
                if isinstance(value, int | float):
                    assert Decimal(str(value)) == Decimal(text)
                else:
                    assert (value or "") == ("" if text in (NOT_PUBLISHED, "—") else text)
        assert any(isinstance(value, int | float) for row in rows for value in row)
        cited = "\n".join(str(row[0]) for row in book["出处"].iter_rows(values_only=True))
        assert visit.sentence(view) in cited
        assert "示例数据" in cited
        assert visit.tab.url in cited


@each_page
def test_a_png_is_a_picture_of_twice_the_size_and_an_svg_bears_the_heading(
    visitor: Open, tmp_path: Path, page: str
) -> None:
    visit = visitor().go(page, year=2024)
    for view in DRAWN[page]:
        picture = saved(visit.download(view, "PNG"), tmp_path).read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        wide, high = struct.unpack(">II", picture[16:24])
        assert wide > 1200
        assert high > 200
        drawing = ElementTree.parse(saved(visit.download(view, "SVG"), tmp_path)).getroot()
        assert drawing.tag == f"{SVG}svg"
        words = "".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))
        heading = visit.heading(view).split("。")[0]
        assert heading[:20] in words
        assert len(list(drawing.iter(f"{SVG}path"))) > 3


def test_files_are_named_after_what_they_hold(visitor: Open) -> None:
    visit = visitor().go(COMPARISON, year=2023, measure="income.total")
    assert visit.download("ranked", "CSV").suggested_filename == "2023年各单位本年收入合计.csv"


def test_the_citation_gives_figures_source_and_address(visitor: Open) -> None:
    visit = visitor("http").go(COMPARISON, year=2023)
    place = visit.place("ranked")
    place.get_by_role("button", name="引用").click()
    cited = place.locator("textarea").input_value()
    assert visit.sentence("ranked") in cited
    assert "各单位公开的部门决算" in cited
    assert visit.tab.url in cited
    assert cited.startswith("【示例数据】")
    assert visit.tab.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_the_picture_can_be_put_aside_for_the_table(visitor: Open) -> None:
    visit = visitor().go(COMPARISON)
    place = visit.place("ranked")
    place.get_by_role("button", name="只看表").click()
    assert not place.locator(".view-picture").is_visible()
    assert place.locator("table").is_visible()
    place.get_by_role("button", name="看图和表").click()
    assert place.locator(".view-picture svg").is_visible()
