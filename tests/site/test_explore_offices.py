"""Offices compared: each control moved, and every number, rank and word held against the files of `data/`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from explorer import Visit, numbers_in
from ledger_of_data import NOT_PUBLISHED, Books, median, printed, rank, share, total
from make_county import FORMULA_OFFICE, OFFICE, OTHER_OFFICE, PARTLY_KNOWN

pytestmark = pytest.mark.browser

COMPARISON = "pages/explore/comparison.html"
TREND = "pages/explore/trend.html"
Open = Callable[..., Visit]
Figures = dict[str, Fraction | None]


def spent(books: Books, year: int) -> Figures:
    return {unit: books.total(unit, year) for unit in books.units_in(year)}


def as_printed(books: Books, figures: Figures) -> dict[str, str]:
    return {books.short(unit): printed(value) for unit, value in figures.items()}


def test_the_ranking_lists_every_office_with_its_amount_change_and_rate(visitor: Open, books: Books) -> None:
    table = visitor("http").go(COMPARISON, year=2024).table("ranked")
    now, before = spent(books, 2024), spent(books, 2023)
    change = {unit: now[unit] - before[unit] for unit in now}
    assert table.by("2024年万元") == as_printed(books, now)
    assert table.by("2023年万元") == as_printed(books, before)
    assert table.by("增减万元") == as_printed(books, change)
    assert table.by("增减%") == as_printed(books, {unit: share(change[unit], before[unit]) for unit in now})
    assert table.by("名次") == {books.short(unit): str(rank(now[unit], now.values())) for unit in now}
    assert table.total("2024年万元") == printed(total(now.values()))
    assert table.total("2023年万元") == printed(total(before.values()))


def test_the_year_slider_moves_by_the_keyboard(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    visit.press("year", "ArrowLeft")
    assert visit.control("year").locator("output").inner_text() == "2023年"
    assert visit.control("year").locator("input").get_attribute("aria-valuetext") == "2023年"
    assert visit.table("ranked").by("2023年万元") == as_printed(books, spent(books, 2023))
    visit.press("year", "Home")
    assert visit.table("ranked").by("2022年万元") == as_printed(books, spent(books, 2022))
    assert set(visit.table("ranked").column("2021年万元")) == {"—"}
    visit.press("year", "End")
    assert visit.state.get("year", "2024") == "2024"
    assert visit.table("ranked").by("2024年万元") == as_printed(books, spent(books, 2024))


@pytest.mark.parametrize("typed", ["青溪镇人民", "qxzrmzf", "qingxizhenrenmin"])
def test_an_office_is_found_by_its_name_and_by_its_pinyin(visitor: Open, books: Books, typed: str) -> None:
    visit = visitor().go(COMPARISON, year=2024).type_unit(typed)
    assert visit.state["unit"] == OTHER_OFFICE
    marked = visit.place("ranked").locator("tr.marked")
    assert marked.count() == 1
    assert marked.locator("th").inner_text() == books.short(OTHER_OFFICE)
    now, before = spent(books, 2024), spent(books, 2023)
    told = visit.sentence("ranked")
    assert f"居第 {rank(now[OTHER_OFFICE], now.values())} 位" in told
    change = now[OTHER_OFFICE] - before[OTHER_OFFICE]
    more, up = ("增加", "增长") if change > 0 else ("减少", "下降")
    rate = share(abs(change), before[OTHER_OFFICE])
    assert f"比上年{more}{printed(abs(change))}万元，{up}{printed(rate)}%" in told


def test_a_name_that_no_office_bears_is_said_so_and_changes_nothing(visitor: Open) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    before = visit.tab.url
    box = visit.control("unit").get_by_role("combobox")
    box.click()
    box.fill("没有这个单位")
    assert visit.control("unit").locator("li").all_inner_texts() == ["没有这样的单位"]
    visit.tab.keyboard.press("Enter")
    assert visit.tab.url == before


def test_the_sentence_of_the_ranking_names_the_largest_and_the_middle(visitor: Open, books: Books) -> None:
    now = spent(books, 2024)
    first = max(now, key=lambda unit: now[unit] or 0)
    told = visitor().go(COMPARISON, year=2024).sentence("ranked")
    middle = printed(median(now.values()))
    assert f"有 6 个单位有这一项，{books.short(first)}最大，为{printed(now[first])}万元，居中的是{middle}万元" in told


def test_shares_are_of_all_offices(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024).choose("basis", "占比")
    now = spent(books, 2024)
    whole = total(now.values())
    assert visit.table("ranked").by("2024年%") == as_printed(books, {unit: share(now[unit], whole) for unit in now})


@pytest.mark.parametrize(("words", "item"), [("人均", "staff.year_end"), ("按编制", "staff.posts")])
def test_amounts_per_head_and_per_post_are_divided_by_the_people_disclosed(
    visitor: Open, books: Books, words: str, item: str
) -> None:
    visit = visitor().go(COMPARISON, year=2024).choose("basis", words)
    expected = {unit: value / books.disclosed(unit, 2024, item) for unit, value in spent(books, 2024).items()}
    assert visit.table("ranked").by("2024年万元/人") == as_printed(books, expected)
    assert visit.table("ranked").totals is None


def test_constant_prices_are_those_of_the_last_year(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2023).choose("prices", "2024年价")
    for year in (2022, 2023):
        expected = {unit: books.at_prices_of(value, year, 2024) for unit, value in spent(books, year).items()}
        assert visit.table("ranked").by(f"{year}年万元") == as_printed(books, expected)
    assert "2024年价" in visit.heading("ranked")


def test_another_measure_is_taken_from_its_own_table(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024).select("measure", "expenditure.project")
    expected = {unit: books.added(unit, 2024, "expenditure", category="project") for unit in books.units}
    assert visit.table("ranked").by("2024年万元") == as_printed(books, expected)
    assert "项目支出" in visit.heading("ranked")


def test_codes_are_gone_down_from_class_to_section_to_item(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    for depth, code in enumerate(("208", "20805", "2080505"), start=1):
        visit.pick_code(*("208", "20805", "2080505")[:depth])
        assert visit.state["code"] == code
        expected = {unit: books.spent_on(unit, 2024, code) for unit in books.units}
        assert visit.table("ranked").by("2024年万元") == as_printed(books, expected)
        assert books.name_of(code, 2024) in visit.heading("ranked")


def test_going_back_up_the_codes_widens_the_choice_again(visitor: Open) -> None:
    visit = visitor().go(COMPARISON, year=2024).pick_code("208", "20805")
    lists = visit.control("code").locator("select")
    assert lists.nth(2).is_visible()
    lists.nth(1).select_option("")
    assert visit.rest().state["code"] == "208"
    lists.nth(0).select_option("")
    assert "code" not in visit.rest().state
    assert not lists.nth(1).is_visible()


def test_a_year_known_by_its_totals_alone_says_not_published_and_never_zero(visitor: Open, books: Books) -> None:
    unit, year = PARTLY_KNOWN
    visit = visitor().go(COMPARISON, year=year).select("measure", "expenditure.project")
    assert visit.table("ranked").by(f"{year}年万元")[books.short(unit)] == NOT_PUBLISHED
    assert visit.table("ranked").by("名次")[books.short(unit)] == "—"
    assert "1 个单位未公开" in visit.sentence("ranked")
    visit.pick_code("208")
    assert visit.table("ranked").by(f"{year}年万元")[books.short(unit)] == NOT_PUBLISHED
    assert (
        visit.go(COMPARISON, year=year + 1, unit=unit, measure="expenditure.project")
        .table("ranked")
        .by("增减%")[books.short(unit)]
        == NOT_PUBLISHED
    )
    assert "上年未公开，无从比较" in visit.sentence("ranked")


def test_columns_sort_as_numbers_both_ways_and_what_is_missing_stays_last(visitor: Open, books: Books) -> None:
    unit, year = PARTLY_KNOWN
    visit = visitor().go(COMPARISON, year=year, measure="expenditure.project")
    known = sorted(books.added(one, year, "expenditure", category="project") for one in books.units if one != unit)
    head = f"{year}年万元"
    down = visit.sort("ranked", head)
    assert down.column(head) == [*map(printed, reversed(known)), NOT_PUBLISHED]
    up = visit.sort("ranked", head)
    assert up.column(head) == [*map(printed, known), NOT_PUBLISHED]
    sorted_head = visit.place("ranked").locator("th[aria-sort=ascending]")
    assert sorted_head.locator(".title").inner_text() == f"{year}年"
    assert visit.tab.evaluate("document.activeElement.textContent").startswith(f"{year}年")


def test_a_sorted_table_keeps_its_order_when_another_year_is_chosen(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    visit.sort("ranked", "增减%")
    visit.press("year", "ArrowLeft")
    rates = visit.table("ranked").column("增减%")
    assert rates == sorted(rates, key=Fraction, reverse=True)


def test_the_distribution_gives_the_least_the_middle_and_the_most_of_each_year(visitor: Open, books: Books) -> None:
    table = visitor().go(COMPARISON, unit=OFFICE).table("distribution")
    for line, year in zip(table.rows, (2022, 2023, 2024), strict=True):
        values = spent(books, year)
        expected = [min(values.values()), median(values.values()), max(values.values()), values[OFFICE]]
        assert line == [f"{year}年", "6", *map(printed, expected), str(rank(values[OFFICE], values.values()))]


def test_a_brush_over_the_scatter_leaves_the_offices_within_it_in_the_table(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    whole = visit.table("scatter")
    assert whole.by("年末在职人员人") == {
        books.short(unit): printed(books.disclosed(unit, 2024, "staff.year_end"), 0) for unit in books.units
    }
    visit.place("scatter").locator(".view-picture").scroll_into_view_if_needed()
    chosen = books.short(OFFICE)
    dots = visit.place("scatter").locator(".mark-symbol path").all()
    place = next(dot.bounding_box() for dot in dots if chosen in (dot.get_attribute("aria-label") or ""))
    assert place is not None
    across, down = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    mouse = visit.tab.mouse
    mouse.move(across - 12, down - 12)
    mouse.down()
    mouse.move(across + 12, down + 12, steps=4)
    mouse.up()
    visit.tab.wait_for_function("document.querySelector('#view-scatter .view-sentence').textContent.startsWith('框中')")
    brushed = visit.table("scatter")
    assert brushed.column("单位") == [chosen]
    assert f"框中 1 个单位，纵轴一项共{printed(books.total(OFFICE, 2024))}万元" in visit.sentence("scatter")
    visit.place("scatter").get_by_role("button", name="清除框选").click()
    visit.tab.wait_for_function(
        "!document.querySelector('#view-scatter .view-sentence').textContent.startsWith('框中')"
    )
    assert visit.table("scatter") == whole


def test_the_axis_across_takes_another_measure(visitor: Open, books: Books) -> None:
    visit = visitor().go(COMPARISON, year=2024).select("across", "income.total")
    assert visit.table("scatter").by("本年收入合计万元") == as_printed(
        books, {unit: books.total(unit, 2024, "income.total") for unit in books.units}
    )


def test_the_trend_of_every_office_is_listed_year_by_year(visitor: Open, books: Books) -> None:
    table = visitor().go(TREND).table("multiples")
    for year in (2022, 2023, 2024):
        assert table.by(f"{year}年万元") == as_printed(books, spent(books, year))
    rates = {
        unit: share(books.total(unit, 2024) - books.total(unit, 2022), books.total(unit, 2022)) for unit in books.units
    }
    assert table.by("首末年增减%") == as_printed(books, rates)


def test_the_sentence_of_the_trend_names_the_fastest_growth(visitor: Open, books: Books) -> None:
    rates = {
        unit: share(books.total(unit, 2024) - books.total(unit, 2022), books.total(unit, 2022)) for unit in books.units
    }
    fastest, slowest = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    told = visitor().go(TREND).sentence("multiples")
    for unit in (fastest, slowest):
        word = "增长" if rates[unit] > 0 else "下降"
        assert f"{books.short(unit)}2022—2024年{word}{printed(abs(rates[unit]))}%" in told
    assert len(numbers_in(told)) == 2


def test_an_office_named_like_a_formula_is_shown_as_it_is_written(visitor: Open, books: Books) -> None:
    table = visitor().go(COMPARISON, year=2024).table("ranked")
    assert table.by("2024年万元")["=1+1"] == printed(books.total(FORMULA_OFFICE, 2024))
