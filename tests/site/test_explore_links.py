"""From any figure of the explorer one click leads to the page that prints it, its passport open on the same number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from explorer import Visit
from make_county import OFFICE, OTHER_OFFICE, REPORTS, WITHOUT_REPORT
from read_back import html_page

pytestmark = pytest.mark.browser

EXPLORE = "pages/explore"
STATES = [
    (f"{EXPLORE}/comparison.html", "ranked", {"year": 2024}),
    (f"{EXPLORE}/comparison.html", "scatter", {"year": 2024}),
    (f"{EXPLORE}/comparison.html", "distribution", {"unit": OFFICE}),
    (f"{EXPLORE}/comparison.html", "ranked", {"year": 2024, "code": "2080505"}),
    (f"{EXPLORE}/comparison.html", "ranked", {"year": 2024, "code": "208"}),
    (f"{EXPLORE}/trend.html", "multiples", {}),
    (f"{EXPLORE}/execution.html", "deviation", {"year": 2024}),
    (f"{EXPLORE}/execution.html", "deviation", {"year": 2024, "against": "initial"}),
    (f"{EXPLORE}/execution.html", "deviation", {"year": 2024, "unit": OFFICE, "by": "class"}),
    (f"{EXPLORE}/execution.html", "deviation", {"year": 2024, "unit": OFFICE, "by": "item"}),
    (f"{EXPLORE}/projects.html", "projects", {"year": 2024}),
    *((f"{EXPLORE}/offices/{OFFICE}.html", view, {"year": 2024, "by": by})
      for by in ("class", "section", "item") for view in ("waterfall", "treemap")),
    (f"{EXPLORE}/offices/{OFFICE}.html", "flow", {"year": 2024}),
    (f"{EXPLORE}/offices/{OFFICE}.html", "lines", {}),
    (f"{EXPLORE}/offices/{WITHOUT_REPORT}.html", "lines", {}),
]  # fmt: skip
Open = Callable[..., Visit]


def led_to(visit: Visit, view: str) -> Iterator[tuple[str, Path, str]]:
    """Return each figure of a table that leads somewhere: what it says, the page, the figure there."""
    table = visit.table(view)
    for row, links in zip(table.rows, table.links, strict=True):
        for text, link in zip(row, links, strict=True):
            address, _, fact = link.partition("#fact=")
            if fact:
                yield text, Path(unquote(address.removeprefix("file://"))), unquote(fact)


@pytest.mark.parametrize(
    ("page", "view", "state"),
    STATES,
    ids=lambda one: "-".join(map(str, one.values())) if isinstance(one, dict) else one.split("/")[-1],
)
def test_every_figure_leads_to_a_page_that_prints_the_same_number(
    visitor: Open, county: Path, page: str, view: str, state: dict[str, object]
) -> None:
    visit = visitor().go(page, **state)
    looked_at, wrong = 0, []
    for text, target, fact in led_to(visit, view):
        if target.name == "report.html" and f"{target.parent.name}/{target.parent.parent.name}" not in REPORTS:
            continue
        looked_at += 1
        printed = {told for id_, told in html_page(target).facts if id_ == fact}
        if not any(text in (told, f"{told}.00") for told in printed):
            wrong.append(f"{text} → {target.relative_to(county)}#{fact}: {printed or 'not there'}")
    assert looked_at
    assert wrong == []


def test_what_no_report_prints_leads_nowhere(visitor: Open) -> None:
    visit = visitor().go(f"{EXPLORE}/offices/{OFFICE}.html", year=2024, by="economic")
    assert visit.table("treemap").rows
    assert list(led_to(visit, "treemap")) == []
    visit.go(f"{EXPLORE}/offices/{OFFICE}.html", year=2024, by="class")
    table = visit.table("waterfall")
    cells = [cell for row, links in zip(table.rows, table.links, strict=True) for cell in zip(row, links, strict=True)]
    assert {link for text, link in cells if text == "0.00"} == {""}


def test_a_figure_opens_its_passport_in_the_report(visitor: Open) -> None:
    visit = visitor().go(f"{EXPLORE}/comparison.html", year=2024, unit=OTHER_OFFICE)
    link = visit.place("ranked").locator("tr.marked td a").first
    told = link.inner_text()
    link.click()
    passport = visit.tab.locator("dialog.passport[open]")
    passport.wait_for()
    assert visit.tab.url.endswith(f"pages/2024/{OTHER_OFFICE}/report.html#fact=expenditure.total.2024")
    assert passport.locator(".passport-value").inner_text() == f"{told}万元"
    assert "本年支出合计" in passport.locator("h2").inner_text()


def test_an_office_without_a_report_opens_the_passport_on_its_own_page(visitor: Open) -> None:
    visit = visitor("http").go(f"{EXPLORE}/comparison.html", year=2024, unit=WITHOUT_REPORT)
    link = visit.place("ranked").locator("tr.marked td a").first
    told = link.inner_text()
    link.click()
    passport = visit.tab.locator("dialog.passport[open]")
    passport.wait_for()
    assert re.search(rf"explore/offices/{WITHOUT_REPORT}\.html#fact=", visit.tab.url)
    assert passport.locator(".passport-value").inner_text() == f"{told}万元"


def test_coming_back_from_a_figure_finds_the_view_as_it_was(visitor: Open) -> None:
    visit = visitor().go(f"{EXPLORE}/comparison.html", year=2024, unit=OTHER_OFFICE, basis="share")
    before = visit.table("ranked")
    visit.place("ranked").locator("tr.marked td a").first.click()
    visit.tab.locator("dialog.passport[open]").wait_for()
    visit.tab.go_back()
    assert visit.table("ranked") == before


def test_the_name_of_an_office_leads_to_its_page(visitor: Open) -> None:
    visit = visitor().go(f"{EXPLORE}/years/2024.html")
    visit.place("ranked").get_by_role("link", name="水利局").click()
    assert visit.rest().tab.url.endswith(f"offices/{OFFICE}.html")
    assert visit.tab.locator("h1.title").inner_text().startswith("示例县水利局")
