"""Every figure of a page opens its passport: by mouse, keyboard and touch, from a disk and from a server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from opened import REPORT, TELEPHONE, Open, each_way
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

OFFICE = "pages/2021/nanjiang-zwxx"
PAGES = ["index.html", REPORT, f"{OFFICE}/variance.html", f"{OFFICE}/trend.html", "pages/explore/years/2021.html"]
CHANGE = "income.total.change"


def figure(tab: Page, fact_id: str = CHANGE) -> Locator:
    return tab.locator(f'span.fact[data-fact="{fact_id}"]').first


def passport(tab: Page) -> Locator:
    return tab.locator("dialog.passport")


def part(tab: Page, name: str) -> Locator:
    """What a passport says under `name`."""
    return passport(tab).locator(f"dt:text-is('{name}') + dd")


def is_passport_of_the_change(tab: Page) -> None:
    expect(passport(tab).get_by_role("heading")).to_have_text("本年收入合计增减额")
    expect(passport(tab).locator(".passport-value")).to_have_text("74.03万元")
    expect(part(tab, "精确值")).to_have_text("74.03万元")
    expect(part(tab, "进位")).to_have_text("未舍入，与精确值相同")
    expect(part(tab, "算式")).to_contain_text("2021年本年收入合计 − 2020年本年收入合计")
    expect(part(tab, "算式")).to_contain_text("191.39 − 117.36 = 74.03万元")
    expect(part(tab, "算式").get_by_role("button")).to_have_text(
        ["2021年本年收入合计 = 191.39万元", "2020年本年收入合计 = 117.36万元"]
    )
    expect(part(tab, "来源")).to_contain_text("data/nanjiang-zwxx/2021/totals.csv第 2 行 final 列：191.39万元")
    expect(part(tab, "来源")).to_contain_text("data/nanjiang-zwxx/2020/totals.csv第 2 行 final 列：117.36万元")
    expect(part(tab, "核对")).to_contain_text("相符 T01 本年收入合计等于收入明细之和")
    expect(part(tab, "核对")).to_contain_text("相符 T12")
    expect(part(tab, "编号")).to_contain_text(CHANGE)


@each_way
def test_a_click_opens_the_passport_of_a_figure(open_page: Open, way: str) -> None:
    tab = open_page(way=way)
    figure(tab).click()
    is_passport_of_the_change(tab)


@each_way
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_it_and_esc_leads_back_to_the_figure(open_page: Open, way: str, key: str) -> None:
    tab = open_page(way=way)
    figure(tab).focus()
    tab.keyboard.press(key)
    is_passport_of_the_change(tab)
    tab.keyboard.press("Escape")
    expect(passport(tab)).to_be_hidden()
    expect(figure(tab)).to_be_focused()


@each_way
def test_a_touch_opens_a_sheet_that_fits_a_telephone(open_page: Open, way: str) -> None:
    tab = open_page(way=way, viewport=TELEPHONE, has_touch=True)
    figure(tab).tap()
    is_passport_of_the_change(tab)
    box = passport(tab).bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 740)
    body = passport(tab).locator(".passport-body")
    assert body.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_passport_leads_to_those_of_its_inputs_and_back(open_page: Open) -> None:
    tab = open_page()
    figure(tab).click()
    heading, back = passport(tab).get_by_role("heading"), passport(tab).get_by_role("button", name="返回上一个数字")
    expect(back).to_be_hidden()
    part(tab, "算式").get_by_role("button", name="191.39").click()
    expect(heading).to_have_text("2021年本年收入合计")
    expect(heading).to_be_focused()
    expect(part(tab, "来源")).to_have_text("data/nanjiang-zwxx/2021/totals.csv第 2 行 final 列：191.39万元")
    back.click()
    is_passport_of_the_change(tab)
    expect(back).to_be_hidden()


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_of_a_page_is_a_button_and_has_a_passport(open_page: Open, page: str) -> None:
    tab = open_page(page)
    figures = tab.locator("span.fact[data-fact]")
    texts = figures.all_text_contents()
    assert texts
    assert {one.get_attribute("tabindex") for one in figures.all()} == {"0"}
    figures.first.click()
    expect(passport(tab)).to_be_visible()
    names = figures.evaluate_all("all => all.map((one) => [one.getAttribute('role'), one.getAttribute('aria-label')])")
    assert [
        (role, label) for role, label in names if role != "button" or label.count("，") < 2
    ] == []  # said, title, what
    assert [label for (_, label), text in zip(names, texts, strict=True) if not label.startswith(text)] == []
    assert figures.all_text_contents() == texts


def test_facts_are_loaded_on_first_use_and_once(open_page: Open) -> None:
    tab = open_page(way="http")
    loaded = "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('facts.js')).length"
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate(loaded) == 0
    for _ in range(2):
        figure(tab).click()
        expect(passport(tab)).to_be_visible()
        tab.keyboard.press("Escape")
    assert tab.evaluate(loaded) == 1


def test_a_click_beside_the_passport_closes_it_and_one_on_a_figure_opens_that(open_page: Open) -> None:
    tab = open_page()
    figure(tab).click()
    expect(passport(tab)).to_be_visible()
    other = figure(tab, "income.total.2021").bounding_box()
    assert other is not None
    tab.mouse.click(other["x"] + 5, other["y"] + 5)
    expect(passport(tab).get_by_role("heading")).to_have_text("2021年本年收入合计")
    tab.mouse.click(5, 5)
    expect(passport(tab)).to_be_hidden()
    expect(figure(tab, "income.total.2021")).to_be_focused()


def test_a_rounded_figure_says_how_it_was_rounded_from_what(open_page: Open) -> None:
    tab = open_page()
    figure(tab, "income.total.change_pct").click()
    expect(part(tab, "精确值")).to_have_text("63.07941376959781867757…%分数 185075/2934")
    expect(part(tab, "进位")).to_have_text("四舍五入，保留 2 位小数")
    expect(part(tab, "算式")).to_contain_text("（191.39 − 117.36）÷ 117.36 × 100% ≈ 63.08%")


def test_a_sum_of_cells_shows_what_each_cell_adds(open_page: Open) -> None:
    tab = open_page()
    figure(tab, "expenditure.basic").click()
    expect(part(tab, "算式")).to_contain_text("118.51 + 9.82 + 6.89 + 7.47 = 142.69万元")
    expect(part(tab, "来源").locator("li")).to_have_count(4)
    part(tab, "核对").locator("summary").click()
    expect(part(tab, "核对")).to_contain_text(
        "相符 E01 每个功能科目的基本支出等于其经济分类之和（公开06＝公开08）核对 4 次，均相符"
    )


def test_a_source_leads_to_the_file_in_the_site(open_page: Open, site: Path) -> None:
    tab = open_page()
    figure(tab).click()
    address = part(tab, "来源").get_by_role("link").first.evaluate("one => one.href")
    assert address == (site / "data/nanjiang-zwxx/2021/totals.csv").as_uri()
    assert (site / "data/nanjiang-zwxx/2021/totals.csv").read_text(encoding="utf-8").splitlines()[1].endswith("191.39")


def test_a_figure_that_was_not_published_says_so_and_why(open_page: Open) -> None:
    tab = open_page("pages/explore/years/2020.html")
    figure(tab, "unit.nanjiang-zwxx.per_head").click()
    expect(passport(tab).locator(".passport-value")).to_have_text("未公开")
    expect(part(tab, "缘由")).to_contain_text("年末在职人员未公开，无从计算。")
    part(tab, "算式").get_by_role("button", name="未公开").click()
    expect(part(tab, "缘由")).to_have_text("数据文件中没有填这一项：该项没有公开。")
    expect(part(tab, "来源")).to_have_text("没有可指的格。")


def test_arrows_move_between_figures_and_within_a_column(open_page: Open) -> None:
    tab = open_page()
    all_figures = tab.locator("span.fact[data-fact]")
    all_figures.first.focus()
    tab.keyboard.press("ArrowRight")
    expect(all_figures.nth(1)).to_be_focused()
    tab.keyboard.press("ArrowLeft")
    expect(all_figures.first).to_be_focused()
    in_table = tab.locator("tr:has(span.fact) + tr span.fact").first
    column = "one => one.closest('td').cellIndex"
    in_table.focus()
    tab.keyboard.press("ArrowDown")
    focused = tab.locator("span.fact:focus")
    assert focused.evaluate(column) == in_table.evaluate(column)
    tab.keyboard.press("ArrowUp")
    expect(in_table).to_be_focused()


def test_the_id_of_a_figure_is_copied_or_selected(open_page: Open) -> None:
    tab = open_page()
    figure(tab).click()
    part(tab, "编号").get_by_role("button", name="复制").click()
    expect(part(tab, "编号").get_by_role("status")).to_have_text("已复制")
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    part(tab, "编号").get_by_role("button", name="复制").click()
    expect(part(tab, "编号").get_by_role("status")).to_have_text("已选中，请按 Ctrl+C")
    assert tab.evaluate("getSelection().toString()") == CHANGE


def test_a_ledger_that_is_gone_is_told_and_not_hidden(site: Path, tmp_path: Path, chromium: Browser) -> None:
    moved = Path(shutil.copytree(site, tmp_path / "site"))
    (moved / OFFICE / "facts.js").unlink()
    tab = chromium.new_page()
    tab.goto((moved / REPORT).as_uri())
    figure(tab).click()
    expect(passport(tab)).to_contain_text("没有读到这一页的台账")
    tab.close()


def test_nothing_of_it_is_printed(open_page: Open) -> None:
    tab = open_page()
    figure(tab).click()
    expect(passport(tab)).to_be_visible()
    tab.emulate_media(media="print")
    expect(passport(tab)).to_be_hidden()
    assert figure(tab).evaluate("one => getComputedStyle(one).textDecorationLine") == "none"
