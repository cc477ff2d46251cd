"""The search and the terms in a real browser: from a disk and from a server, by keyboard, mouse and touch."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from opened import SCREEN, TELEPHONE, Open, each_way
from playwright.sync_api import Locator, Page, expect
from read_back import html_page

pytestmark = pytest.mark.browser

TERMS = "pages/explore/terms.html"
each_size = pytest.mark.parametrize("size", [SCREEN, TELEPHONE], ids=["desk", "telephone"])


def field(tab: Page) -> Locator:
    return tab.get_by_role("combobox", name="全站检索")


def search(tab: Page, query: str) -> Page:
    """Type a query and wait for what is said of it."""
    field(tab).fill(query)
    tab.wait_for_function("/^(共|没有找到)/.test(document.querySelector('.search-status').textContent)")
    return tab


def results(tab: Page, group: str) -> list[str]:
    return tab.get_by_role("group", name=group, exact=True).get_by_role("option").all_inner_texts()


def ready(tab: Page) -> Page:
    tab.wait_for_function("document.documentElement.dataset.terms === 'ready'")
    return tab


@each_way
@each_size
def test_an_office_is_found_by_the_first_letters_of_its_pinyin(open_page: Open, way: str, size: dict[str, int]) -> None:
    tab = search(open_page("index.html", way=way, viewport=size), "njxzw")
    assert results(tab, "单位")[0].startswith("南江县政务信息管理办公室")
    assert tab.locator("#search-list mark").first.inner_text() == "南江县政务"
    width = tab.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]
    box = tab.locator(".search-panel").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]


def test_nothing_is_loaded_for_the_search_before_it_is_used(open_page: Open) -> None:
    tab = ready(open_page())
    loaded = "[...document.scripts].map((one) => one.src.split('/').pop())"
    assert "search.js" in tab.evaluate(loaded) and "search-index.js" not in tab.evaluate(loaded)
    field(tab).focus()
    tab.wait_for_function(f"{loaded}.includes('search-index.js')")


@pytest.mark.parametrize("query", ["南江 2021 三公", "南江2021年三公", "南江三公", "nanjiang 三公 2021"])
def test_several_words_are_all_met_with_spaces_or_without(open_page: Open, query: str) -> None:
    tab = search(open_page(), query)
    found = results(tab, "报告章节")
    assert found and all("三公" in one and "南江" in one for one in found)


def test_an_exact_code_comes_first_and_leads_to_the_comparison_and_to_the_reports_that_have_it(open_page: Open) -> None:
    tab = search(open_page(), "2080505")
    first = tab.get_by_role("option").first
    assert first.inner_text().startswith("2080505 机关事业单位基本养老保险缴费支出")
    assert (first.get_attribute("href") or "").endswith("pages/explore/comparison.html#code=2080505")
    assert any("南江" in one and "2021" in one for one in results(tab, "列有此科目的报告"))


def test_a_former_name_finds_the_item_and_is_told(open_page: Open) -> None:
    [found] = [one for one in results(search(open_page(), "行政事业单位离退休"), "科目") if "20805 " in one]
    assert "原名行政事业单位离退休" in found


def test_a_term_leads_to_its_place_on_the_page_of_terms(open_page: Open) -> None:
    tab = search(open_page(), "机关运行经费")
    tab.get_by_role("group", name="名词").get_by_role("option").first.click()
    tab.wait_for_url("**/terms.html*")
    target = tab.locator(":target")
    assert target.locator("dt").inner_text() == "机关运行经费"
    expect(target).to_be_in_viewport()


def test_a_year_beside_an_office_leads_to_that_year_s_report(open_page: Open) -> None:
    tab = search(open_page("index.html"), "南江县政务 2021")
    assert (tab.get_by_role("option").first.get_attribute("href") or "").endswith(
        "pages/2021/nanjiang-zwxx/report.html"
    )


def test_a_page_is_found_by_what_it_is_about(open_page: Open) -> None:
    assert results(search(open_page(), "数据字典"), "页面") == ["数据与术语"]


def test_nothing_found_is_said_with_a_way_on(open_page: Open) -> None:
    tab = search(open_page(), "三公 zzzz")
    expect(tab.get_by_role("status")).to_contain_text("没有找到“三公 zzzz”")
    tab.get_by_role("button", name="三公", exact=True).click()
    expect(tab.get_by_role("option").first).to_be_visible()
    assert field(tab).input_value() == "三公"


def test_the_keyboard_alone_searches_opens_and_leaves(open_page: Open) -> None:
    tab = open_page()
    tab.keyboard.press("/")
    expect(field(tab)).to_be_focused()
    tab.keyboard.type("基本支出")
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    chosen = tab.locator("[role=option][aria-selected=true]")
    assert field(tab).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.get_attribute("id") == tab.get_by_role("option").nth(1).get_attribute("id")
    tab.keyboard.press("Escape")
    expect(tab.locator(".search-panel")).to_be_hidden()
    assert field(tab).get_attribute("aria-expanded") == "false"
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".search-panel")).to_be_visible()
    href = tab.get_by_role("option").first.get_attribute("href")
    tab.keyboard.press("Enter")
    tab.wait_for_function("(href) => location.href === href", arg=href)


def test_a_slash_that_is_typed_elsewhere_stays_there(open_page: Open) -> None:
    tab = search(open_page(), "三公")
    tab.keyboard.type("/")
    assert field(tab).input_value() == "三公/"


def test_a_touch_opens_a_result(open_page: Open) -> None:
    tab = search(open_page("index.html", viewport=TELEPHONE, has_touch=True), "三公")
    tab.get_by_role("group", name="名词").get_by_role("option").first.tap()
    expect(tab).to_have_url(re.compile(r"/terms\.html"))


def test_a_site_without_its_index_says_so(open_page: Open) -> None:
    tab = open_page(lacks="**/data/search.js")
    field(tab).fill("三公")
    expect(tab.get_by_role("status")).to_contain_text("没有读到")


def test_every_heading_that_the_index_names_is_there(site: Path) -> None:
    script = (site / "pages/explore/data/search.js").read_text(encoding="utf-8")
    index = json.loads(script[script.index("{") : script.rindex("}") + 1])
    for office, year, shape in index["reports"]:
        unit_id, name, *_ = index["offices"][office]
        page = html_page(site / f"pages/{index['years'][year]}/{unit_id}/report.html")
        for place in index["shapes"][shape][0]:
            anchor = index["headings"][place][1].replace("{unit}", name).replace("{year}", str(index["years"][year]))
            assert anchor in page.ids, f"{page.path}: {anchor}"


@each_way
def test_a_result_in_a_report_lands_on_its_heading(open_page: Open, way: str) -> None:
    tab = search(open_page("index.html", way=way), "南江 2021 机关运行经费")
    tab.get_by_role("group", name="报告章节").get_by_role("option").first.click()
    tab.wait_for_url("**/report.html*")
    assert "机关运行经费" in tab.locator(":target").inner_text()
    assert "机关运行经费" in unquote(tab.url)


def test_a_term_is_marked_once_a_section_and_in_running_text_alone(open_page: Open) -> None:
    tab = ready(open_page())
    assert tab.locator(".term").count() > 10
    assert tab.locator(":is(h1, h2, h3, a, button, figure, table, strong, .fact, nav, header) .term").count() == 0
    told = tab.evaluate("""() => {
      const seen = [];
      let section = 0;
      for (const one of document.querySelectorAll("main :is(h1, h2, h3, h4, .term)")) {
        if (one.matches(".term")) seen.push(`${section} ${one.textContent}`); else section += 1;
      }
      return seen;
    }""")
    assert len(told) == len(set(told))


def test_a_name_within_a_longer_one_is_not_marked(open_page: Open) -> None:
    tab = ready(open_page())
    before = "(one) => (one.previousSibling ? one.previousSibling.textContent.slice(-2) : '')"
    marked = tab.locator(".term", has_text="事业单位医疗").all()
    assert marked
    assert [one.evaluate(before) for one in marked if one.evaluate(before).endswith("行政")] == []


def test_the_text_reads_and_is_copied_as_before(open_page: Open, site: Path) -> None:
    tab = ready(open_page())
    plain = open_page(lacks="**/report/html/terms.js")
    paragraphs = "[...document.querySelectorAll('main :is(p, li)')].map((one) => one.textContent)"
    assert tab.evaluate(paragraphs) == plain.evaluate(paragraphs)
    copied = tab.evaluate("""() => {
      const whole = document.querySelector(".term").closest("p, li");
      getSelection().selectAllChildren(whole);
      return [String(getSelection()), whole.innerText];
    }""")
    assert copied[0].strip() == copied[1].strip()


def test_a_term_opens_by_keyboard_and_gives_the_focus_back(open_page: Open) -> None:
    tab = ready(open_page())
    term = tab.locator(".term").first
    term.focus()
    tab.keyboard.press("Enter")
    card = tab.get_by_role("dialog")
    expect(card).to_be_visible()
    expect(card).to_contain_text(term.inner_text())
    assert term.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("Tab")
    expect(card.get_by_role("link")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(term).to_be_focused()


def test_the_keyboard_goes_on_from_the_term_after_its_card(open_page: Open) -> None:
    tab = ready(open_page())
    term = tab.locator(".term").first
    term.focus()
    for key in ("Enter", "Tab", "Tab"):
        tab.keyboard.press(key)
    expect(tab.locator(".term-card")).to_be_hidden()
    assert term.evaluate("(one) => one.compareDocumentPosition(document.activeElement) & 4") == 4
    assert tab.evaluate("document.activeElement.closest('main') !== null")


@each_size
def test_a_card_opens_by_touch_or_mouse_within_the_window(open_page: Open, size: dict[str, int]) -> None:
    tab = ready(open_page(viewport=size, has_touch=size is TELEPHONE))
    for term in tab.locator(".term").all()[:6]:
        term.scroll_into_view_if_needed()
        (term.tap if size is TELEPHONE else term.click)()
        box = tab.locator(".term-card").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
    tab.get_by_role("heading").first.click()
    expect(tab.locator(".term-card")).to_be_hidden()


def test_a_card_leads_to_the_page_of_terms(open_page: Open) -> None:
    tab = ready(open_page())
    term = tab.locator(".term").first
    name = term.inner_text()
    term.click()
    tab.locator(".term-card a").click()
    tab.wait_for_url("**/terms.html*")
    assert name in tab.locator(":target").inner_text()


def test_on_paper_there_is_neither_search_nor_a_mark_of_terms(open_page: Open) -> None:
    tab = ready(open_page())
    tab.emulate_media(media="print")
    expect(field(tab)).to_be_hidden()
    line = "(one) => getComputedStyle(one).textDecorationLine"
    assert {one.evaluate(line) for one in tab.locator(".term").all()} == {"none"}


def test_a_passport_still_opens_beside_a_term(open_page: Open) -> None:
    tab = ready(open_page())
    tab.locator("p:has(.term) .fact").first.click()
    expect(tab.locator("dialog.passport")).to_be_visible()
    expect(tab.locator(".term-card")).to_be_hidden()


@each_size
def test_the_page_of_terms_fits_and_its_sources_unfold_where_an_address_leads(
    open_page: Open, size: dict[str, int]
) -> None:
    tab = open_page(f"{TERMS}#source-nanjiang-zwxx", viewport=size)
    expect(tab.locator("details#source-nanjiang-zwxx")).to_have_attribute("open", "")
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_file_that_the_page_of_terms_offers_is_there(site: Path) -> None:
    page = html_page(site / TERMS)
    offered = [
        page.target(address)[0] for address in page.within if "data/" in address and address.endswith((".csv", ".json"))
    ]
    assert len(offered) > 10
    assert [path for path in offered if not path.is_file()] == []
