"""The project's own data: few offices, years known in part, some without a report. What was not published is never zero."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from explorer import Visit
from ledger_of_data import NOT_PUBLISHED, Books, printed

pytestmark = pytest.mark.browser

EXPLORE = "pages/explore"
COMPARISON = f"{EXPLORE}/comparison.html"
VIEWS = {
    COMPARISON: ("ranked", "distribution", "scatter"),
    f"{EXPLORE}/trend.html": ("multiples",),
    f"{EXPLORE}/execution.html": ("deviation",),
    f"{EXPLORE}/projects.html": ("projects", "scores"),
    f"{EXPLORE}/checks.html": ("checks",),
}
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def real(root: Path) -> Books:
    return Books(root / "data")


def pages(real: Books) -> Iterator[str]:
    yield from VIEWS
    yield from (f"{EXPLORE}/offices/{unit}.html" for unit in real.units)
    yield from (
        f"{EXPLORE}/years/{year}.html" for year in sorted({year for unit in real.units for year in real.years(unit)})
    )


def test_every_page_opens_from_a_folder_and_every_view_says_something(visitor_of_real_data: Open, real: Books) -> None:
    visit = visitor_of_real_data()
    silent = []
    for page in pages(real):
        visit.go(page)
        for place in visit.tab.locator(".view").all():
            if place.get_attribute("data-failed") or not place.locator(".view-sentence").inner_text().endswith("。"):
                silent.append((page, place.get_attribute("data-view")))
    assert silent == []


def test_totals_are_those_of_the_files_and_missing_ones_are_not_published(
    visitor_of_real_data: Open, real: Books
) -> None:
    visit = visitor_of_real_data()
    years = sorted({year for unit in real.units for year in real.years(unit)})
    for year in years:
        shown = visit.go(COMPARISON, year=year, measure="grand.total").table("ranked").by(f"{year}年万元")
        expected = {real.short(unit): printed(real.total(unit, year, "grand.total")) for unit in real.units_in(year)}
        told = {name: value for name, value in expected.items() if value != NOT_PUBLISHED}
        assert {name: shown[name] for name in told} == told
        assert set(shown) == set(expected)
    assert NOT_PUBLISHED in shown.values() or len(told) == len(expected)


def test_details_that_a_partial_year_lacks_are_never_shown_as_zero(visitor_of_real_data: Open, real: Books) -> None:
    visit = visitor_of_real_data()
    for unit in real.units:
        page = f"{EXPLORE}/offices/{unit}.html"
        lacking = [
            year
            for year in real.years(unit)
            if real.table(unit, year, "expenditure") is None and real.total(unit, year, "expenditure.project") is None
        ]
        if not lacking:
            continue
        column = visit.go(page, measure="expenditure.project").table("lines").by("当年价万元")
        assert {column[f"{year}年"] for year in lacking} == {NOT_PUBLISHED}, unit


def test_an_office_without_a_report_leads_to_its_own_page_and_its_sources(
    visitor_of_real_data: Open, real: Books
) -> None:
    unit = next(unit for unit, row in real.units.items() if not row["profile"])
    visit = visitor_of_real_data().go(f"{EXPLORE}/offices/{unit}.html")
    assert "报告不由本站印出" in visit.tab.locator("main").inner_text()
    visit.tab.locator("main").get_by_role("link", name="数据与术语").first.click()
    assert "terms.html" in visit.tab.url


def test_years_apart_are_not_joined_as_if_one_followed_the_other(visitor_of_real_data: Open, real: Books) -> None:
    visit = visitor_of_real_data()
    table = visit.go(COMPARISON, year=2021).table("ranked")
    before = table.by("2020年万元")
    for unit in real.units_in(2021):
        if 2020 not in real.years(unit):
            assert before[real.short(unit)] == "—", unit
    assert NOT_PUBLISHED in before.values() or "—" in before.values()


def test_rounding_that_the_checks_found_is_listed_with_both_sides(visitor_of_real_data: Open, real: Books) -> None:
    visit = visitor_of_real_data()
    counted, listed = 0, 0
    for year in sorted({year for unit in real.units for year in real.years(unit)}):
        visit.go(f"{EXPLORE}/checks.html", year=year)
        told = visit.sentence("checks")
        if "共核对" not in told:
            continue
        counted += int(told.split("四舍五入之内 ")[1].split(" 项")[0]) + int(told.split("不符 ")[1].split(" 项")[0])
        table = visit.place("checks").locator("table")
        listed += len(visit.table("checks").rows) if table.is_visible() else 0
    assert counted == listed > 0


def test_a_line_breaks_where_a_year_was_not_published(visitor_of_real_data: Open, real: Books) -> None:
    unit = next(
        unit for unit in real.units if 2023 in real.years(unit) and real.table(unit, 2023, "expenditure") is None
    )
    visit = visitor_of_real_data().go(f"{EXPLORE}/offices/{unit}.html", measure="expenditure.project")
    years = visit.place("lines").locator(".role-axis-label text").all_text_contents()
    assert "2023" in years
    told = [value for value in visit.table("lines").column("当年价万元") if value != NOT_PUBLISHED]
    assert 0 < len(told) < len(real.years(unit))
    assert visit.place("lines").locator(".role-mark.mark-symbol path").count() == len(told)
