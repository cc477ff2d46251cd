"""A real browser opens the site from a disk and from a server: it works, asks for nothing else and fits a telephone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

pytestmark = pytest.mark.browser

SIZES = {"telephone": ViewportSize(width=360, height=800), "desk": ViewportSize(width=1280, height=800)}
OFFICE = "pages/2021/nanjiang-zwxx"
REPORT = f"{OFFICE}/report.html"
CHARTED = [
    "index.html",
    REPORT,
    f"{OFFICE}/variance.html",
    f"{OFFICE}/trend.html",
]
PAGES = ["pages/explore/years/2021.html", "pages/explore/terms.html", *CHARTED, f"{OFFICE}/checklist.html"]
ALL_LIVE = """() => {
  const specs = document.querySelectorAll("figure.chart script.vega-spec").length;
  const shown = [...document.querySelectorAll("figure.chart img")].filter((one) => !one.hidden).length;
  return document.querySelectorAll(".live-chart svg").length === specs && shown === 0;
}"""
WORDS = """() => [...document.querySelectorAll("figure.chart")].map((one) =>
  [one.querySelector("img").alt, one.querySelector(".live-chart").getAttribute("aria-label")])"""
FROM = {"telephone": "file", "desk": "http"}
each_page = pytest.mark.parametrize("page", PAGES)
each_charted_page = pytest.mark.parametrize("page", CHARTED)
each_way = pytest.mark.parametrize("way", ["telephone", "desk"])


@dataclass
class Visit:
    """A page that was opened and came to rest; what it asked for and complained of meanwhile."""

    tab: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note requests, failures and errors from now on."""
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.on("requestfailed", lambda request: self.complaints.append(f"{request.url}: {request.failure}"))
        self.tab.on("console", self._console)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")


Look = Callable[[str, str], Visit]
Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> BrowserContext:
    """Return a browser at a desk, with nothing kept from before."""
    return chromium.new_context(viewport=SIZES["desk"])


@pytest.fixture(scope="module")
def look(browser: BrowserContext, origins: dict[str, str]) -> Look:
    """Open a page from the disk on a telephone, or from a server at a desk, once each; a test may only look."""

    @functools.cache
    def visit(way: str, page: str) -> Visit:
        visit = Visit(browser.new_page())
        visit.tab.set_viewport_size(SIZES[way])
        visit.listen()
        visit.tab.goto(origins[FROM[way]] + page)
        visit.tab.wait_for_function(ALL_LIVE)
        return visit

    return visit


@pytest.fixture
def open_page(browser: BrowserContext, site: Path) -> Iterator[Open]:
    """Open a page from the disk at a desk, to do with as one likes."""
    tab = browser.new_page()

    def open_from_disk(page: str) -> Page:
        tab.goto((site / page).as_uri(), wait_until="domcontentloaded")
        return tab

    yield open_from_disk
    tab.close()


@each_way
@each_page
def test_a_page_asks_for_nothing_outside_the_site(look: Look, origins: dict[str, str], way: str, page: str) -> None:
    visit = look(way, page)
    assert visit.asked
    assert [url for url in visit.asked if not url.startswith((origins[FROM[way]], "data:", "blob:"))] == []


@each_way
@each_page
def test_a_page_opens_without_a_complaint(look: Look, way: str, page: str) -> None:
    assert look(way, page).complaints == []


@each_way
@each_charted_page
def test_every_chart_of_a_page_becomes_live(look: Look, way: str, page: str) -> None:
    tab = look(way, page).tab
    assert tab.locator(".live-chart svg").count() == tab.locator("figure.chart").count() > 0


@each_page
def test_a_page_does_not_scroll_sideways_on_a_telephone(look: Look, page: str) -> None:
    width, there_is = look("telephone", page).tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= there_is == 360


@each_charted_page
def test_a_live_chart_keeps_the_words_of_its_picture(look: Look, page: str) -> None:
    words = look("desk", page).tab.evaluate(WORDS)
    assert words
    assert [live for picture, live in words if live != picture] == []


def test_charts_stay_pictures_where_the_site_lacks_vega(open_page: Open) -> None:
    tab = open_page("index.html")
    tab.route("**/vega.js", lambda route: route.abort())
    tab.reload()
    pictures = tab.locator("figure.chart img").all()
    assert pictures
    assert all(picture.is_visible() for picture in pictures)
    assert tab.locator(".live-chart").count() == 0


def test_a_line_of_the_contents_brings_its_heading_into_view(open_page: Open) -> None:
    tab = open_page(REPORT)
    tab.wait_for_function(ALL_LIVE)
    lines = tab.locator(".contents nav a").all()
    assert len(lines) > 20
    for line in lines[::4]:
        line.click()
        heading = tab.locator(f"[id='{(line.get_attribute('href') or '')[1:]}']")
        assert heading.inner_text() == line.inner_text()
        assert 0 <= heading.evaluate("one => one.getBoundingClientRect().top") < 800, heading.inner_text()


@pytest.mark.parametrize(("way", "unfolded"), [("telephone", False), ("desk", True)])
def test_the_contents_are_folded_on_a_telephone_and_open_at_a_desk(look: Look, way: str, unfolded: bool) -> None:
    assert look(way, REPORT).tab.locator(".contents nav").is_visible() is unfolded


@pytest.mark.parametrize("page", ["index.html", REPORT])
def test_the_first_stop_of_the_keyboard_skips_to_the_text(open_page: Open, page: str) -> None:
    tab = open_page(page)
    assert not tab.get_by_text("跳到正文").evaluate("one => one.getBoundingClientRect().right > 0")
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").inner_text() == "跳到正文"
    assert tab.locator(":focus").evaluate("one => one.getBoundingClientRect().left >= 0")
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#content"


def test_the_keyboard_can_scroll_every_table_that_is_wider_than_a_telephone(look: Look) -> None:
    tables = look("telephone", REPORT).tab.locator(".table-scroll")
    assert tables.count() > 3
    assert {table.get_attribute("tabindex") for table in tables.all()} == {"0"}


def test_the_report_is_reached_from_the_front_page_and_leads_back(open_page: Open, site: Path) -> None:
    tab = open_page("index.html")
    tab.get_by_role("link", name="2021年度部门决算").click()
    assert tab.url == (site / REPORT).as_uri()
    tab.get_by_role("link", name="首页").click()
    assert tab.url == (site / "index.html").as_uri()
