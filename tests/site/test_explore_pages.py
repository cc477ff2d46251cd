"""Every page of the explorer in a real browser, from a server and from a disk, with the network cut: it works, for everyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer import TELEPHONE, Visit
from make_county import OFFICE

pytestmark = pytest.mark.browser

EXPLORE = "pages/explore"
VIEWS = {
    f"{EXPLORE}/offices/{OFFICE}.html": ("lines", "waterfall", "flow", "treemap", "structure"),
    f"{EXPLORE}/years/2024.html": ("ranked", "shares"),
    f"{EXPLORE}/comparison.html": ("ranked", "distribution", "scatter"),
    f"{EXPLORE}/trend.html": ("multiples",),
    f"{EXPLORE}/execution.html": ("deviation",),
    f"{EXPLORE}/projects.html": ("projects", "scores"),
    f"{EXPLORE}/checks.html": ("checks",),
}
WITHOUT_VIEWS = ("index.html", f"{EXPLORE}/terms.html", f"pages/2024/{OFFICE}/report.html")
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FEWEST_MARKS = {"distribution": 15, "scatter": 5, "multiples": 12, "flow": 6}
CONTROLS = """() => [...document.querySelectorAll(".view-bar, .view")].flatMap((place) =>
  [...place.querySelectorAll("a[href], button, select, input, .view-scroll")]).filter((one) =>
    one.checkVisibility() && !one.disabled && (one.type !== "radio" || one.checked)).map((one, place) => (one.dataset.stop = place))"""
FOCUSED = """() => {
  const one = document.activeElement;
  const drawn = one.type === "radio" ? one.nextElementSibling : one;
  const style = getComputedStyle(drawn);
  return [one.dataset?.stop ?? "", style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1];
}"""
each_page = pytest.mark.parametrize("page", [*VIEWS, *WITHOUT_VIEWS])
each_page_of_views = pytest.mark.parametrize("page", VIEWS)
each_way = pytest.mark.parametrize("way", ["http", "file"])

Open = Callable[..., Visit]


def opened(visit: Visit, page: str) -> Visit:
    """Open a page, with or without views, and wait until it stands."""
    if page in VIEWS:
        return visit.go(page)
    visit.tab.goto(visit.root + page)
    visit.tab.wait_for_function(
        "document.querySelectorAll('.live-chart svg').length === document.querySelectorAll('figure.chart').length"
    )
    return visit


@each_way
@each_page_of_views
def test_every_view_of_a_page_draws_its_chart_and_lists_its_figures(visitor: Open, way: str, page: str) -> None:
    visit = visitor(way).go(page)
    assert [place.get_attribute("data-view") for place in visit.tab.locator(".view").all()] == list(VIEWS[page])
    for view in VIEWS[page]:
        if view == "checks":
            continue
        assert visit.table(view).rows, view
        assert visit.marks(view) >= FEWEST_MARKS.get(view, 3), view
        assert visit.place(view).get_attribute("data-failed") is None


@each_way
@pytest.mark.parametrize("page", WITHOUT_VIEWS)
def test_a_page_without_views_opens_without_a_complaint(visitor: Open, way: str, page: str) -> None:
    visit = opened(visitor(way), page)
    assert visit.tab.locator("h1.title").inner_text()
    assert visit.complaints == []


@each_page_of_views
def test_a_chart_says_in_words_what_it_shows(visitor: Open, page: str) -> None:
    visit = visitor().go(page)
    for view in VIEWS[page]:
        picture = visit.place(view).locator(".view-picture")
        assert picture.get_attribute("role") == "img"
        assert visit.sentence(view) in visit.heading(view)
        assert visit.marks(view)


@each_page
def test_axe_finds_nothing_at_level_aa_in_light_and_in_dark(visitor: Open, page: str) -> None:
    visit = opened(visitor(), page)
    # A page on a disk may not read its own styles again, which axe would do for checks that are not of level AA.
    asked = {"runOnly": {"type": "tag", "values": AA}, "resultTypes": ["violations"], "preload": False}
    for scheme in ("light", "dark"):
        visit.tab.emulate_media(color_scheme=scheme)
        found = Axe().run(visit.tab, options=asked).response["violations"]
        told = [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"][:3]]
        assert told == [], scheme


@each_page
def test_a_page_does_not_scroll_sideways_on_a_telephone(visitor: Open, page: str) -> None:
    visit = opened(visitor(viewport=TELEPHONE), page)
    assert visit.tab.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [360, 360]


@each_page_of_views
def test_the_tab_key_reaches_every_control_and_shows_where_it_is(visitor: Open, page: str) -> None:
    visit = visitor().go(page)
    wanted = {str(stop) for stop in visit.tab.evaluate(CONTROLS)}
    reached, unseen = set(), []
    visit.tab.locator("h1.title").click()
    for _ in range(len(wanted) + 60):
        visit.tab.keyboard.press("Tab")
        stop, is_seen = visit.tab.evaluate(FOCUSED)
        reached.add(stop)
        if stop and not is_seen:
            unseen.append(stop)
    assert len(wanted) >= 3
    assert wanted - reached == set()
    assert unseen == []


def test_every_page_of_a_made_up_county_says_that_it_is_an_example(visitor: Open) -> None:
    visit = visitor()
    for page in [*VIEWS, *WITHOUT_VIEWS]:
        opened(visit, page)
        assert "示例数据" in visit.tab.locator(".site-mark").first.inner_text(), page
