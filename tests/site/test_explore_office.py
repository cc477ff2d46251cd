"""One office's page: its years, what changed, where money came from and went, held against the files of `data/`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from explorer import Visit
from ledger_of_data import NOT_PUBLISHED, Books, printed, share, total
from make_county import OFFICE, OTHER_OFFICE, PARTLY_KNOWN

pytestmark = pytest.mark.browser

PAGE = f"pages/explore/offices/{OTHER_OFFICE}.html"
PARTLY = f"pages/explore/offices/{OFFICE}.html"
WAYS = {
    "类": (3, "expenditure", "function_code"),
    "款": (5, "expenditure", "function_code"),
    "项": (7, "expenditure", "function_code"),
    "经济类": (3, "economic", "economic_code"),
    "经济款": (5, "economic", "economic_code"),
}
each_way_of_dividing = pytest.mark.parametrize("way", WAYS)
Open = Callable[..., Visit]


def parts(books: Books, year: int, way: str) -> dict[str, Fraction]:
    digits, table, key = WAYS[way]
    return books.parts(OTHER_OFFICE, year, digits, table, key)


def test_the_years_of_a_measure_are_listed_with_their_changes(visitor: Open, books: Books) -> None:
    table = visitor().go(PAGE).table("lines")
    amounts = {year: books.total(OTHER_OFFICE, year) for year in (2022, 2023, 2024)}
    assert table.by("当年价万元") == {f"{year}年": printed(value) for year, value in amounts.items()}
    changes = {year: amounts[year] - amounts[year - 1] for year in (2023, 2024)}
    assert table.by("比上年增减万元") == {
        "2022年": "—",
        **{f"{year}年": printed(change) for year, change in changes.items()},
    }
    rates = {f"{year}年": printed(share(change, amounts[year - 1])) for year, change in changes.items()}
    assert table.by("比上年增减%") == {"2022年": "—", **rates}


def test_the_sentence_of_the_years_says_by_how_much_and_which_way(visitor: Open, books: Books) -> None:
    visit = visitor().go(PAGE)
    for measure, item in (("expenditure.total", "expenditure.total"), ("income.total", "income.total")):
        visit.select("measure", measure)
        now, before = (books.total(OTHER_OFFICE, year, item) for year in (2024, 2023))
        change = now - before
        more, up = ("增加", "增长") if change > 0 else ("减少", "下降")
        words = f"2024年为{printed(now)}万元，比上年{more}{printed(abs(change))}万元，{up}{printed(share(abs(change), before))}%"
        assert words in visit.sentence("lines")


def test_constant_prices_stand_beside_those_of_the_year(visitor: Open, books: Books) -> None:
    visit = visitor().go(PAGE).choose("prices", "2024年价")
    table = visit.table("lines")
    for year in (2022, 2023, 2024):
        amount = books.total(OTHER_OFFICE, year)
        assert table.by("当年价万元")[f"{year}年"] == printed(amount)
        assert table.by("2024年价万元")[f"{year}年"] == printed(books.at_prices_of(amount, year, 2024))


def test_a_share_on_an_office_page_is_of_all_offices(visitor: Open, books: Books) -> None:
    table = visitor().go(PAGE).choose("basis", "占比").table("lines")
    for year in (2022, 2023, 2024):
        whole = total(books.total(unit, year) for unit in books.units)
        assert table.by("当年价%")[f"{year}年"] == printed(share(books.total(OTHER_OFFICE, year), whole))


@each_way_of_dividing
def test_the_change_of_a_year_adds_up_over_every_way_of_dividing(visitor: Open, books: Books, way: str) -> None:
    visit = visitor().go(PAGE, year=2024).choose("by", way)
    table = visit.table("waterfall")
    now, before = parts(books, 2024, way), parts(books, 2023, way)
    codes = set(now) | set(before)
    change = {code: now.get(code, Fraction(0)) - before.get(code, Fraction(0)) for code in codes}
    assert table.by("增减万元", "编码") == {code: printed(value) for code, value in change.items()}
    assert table.by("2024年万元", "编码") == {code: printed(now.get(code, Fraction(0))) for code in codes}
    assert table.total("增减万元") == printed(total(change.values()))
    assert table.total("2023年万元") == printed(total(before.values()))
    most, least = max(change.values()), min(change.values())
    told = visit.sentence("waterfall")
    assert ("增加最多的是" in told) == (most > 0)
    assert ("减少最多的是" in told) == (least < 0)
    assert most <= 0 or f"增加{printed(most)}万元" in told
    assert least >= 0 or f"减少{printed(-least)}万元" in told


@each_way_of_dividing
def test_what_money_was_spent_on_is_listed_by_size_with_its_share(visitor: Open, books: Books, way: str) -> None:
    visit = visitor().go(PAGE, year=2023).choose("by", way)
    now = parts(books, 2023, way)
    whole = total(now.values())
    table = visit.table("treemap")
    assert table.by("决算数万元", "编码") == {code: printed(value) for code, value in now.items()}
    assert table.by("占比%", "编码") == {code: printed(share(value, whole)) for code, value in now.items()}
    assert table.total("决算数万元") == printed(whole)
    assert f"支出{printed(whole)}万元，分为 {len(now)} 项" in visit.sentence("treemap")
    assert f"{printed(max(now.values()))}万元，占{printed(share(max(now.values()), whole))}%" in visit.sentence(
        "treemap"
    )


def test_the_structure_gives_every_year_in_per_cent(visitor: Open, books: Books) -> None:
    table = visitor().go(PAGE).table("structure")
    for year in (2022, 2023, 2024):
        now = parts(books, year, "类")
        expected = {
            code: printed(share(now.get(code, Fraction(0)), total(now.values()))) for code in table.column("编码")
        }
        assert table.by(f"{year}年%", "编码") == expected


def test_income_and_expenditure_of_the_flow_are_those_of_the_files(visitor: Open, books: Books) -> None:
    table = visitor().go(PAGE, year=2024).table("flow")
    spent = {books.name_of(code, 2024): printed(value) for code, value in parts(books, 2024, "类").items()}
    out = dict(zip(table.column("项目"), table.column("金额万元"), strict=True))
    assert {name: out[name] for name in spent} == spent
    came = [Fraction(row[2]) for row in table.rows if row[0] == "收入"]
    went = [Fraction(row[2]) for row in table.rows if row[0] == "支出"]
    assert sum(came) == sum(went) == books.total(OTHER_OFFICE, 2024, "grand.total")


def test_a_year_without_details_is_said_to_have_none_and_draws_nothing(visitor: Open) -> None:
    visit = visitor().go(PARTLY, year=PARTLY_KNOWN[1])
    for view in ("treemap", "flow"):
        assert "没有公开" in visit.sentence(view)
        assert not visit.place(view).locator(".view-picture").is_visible()
        assert not visit.place(view).locator("table").is_visible()
    visit.press("year", "ArrowRight")
    assert "2022年没有公开" in visit.sentence("waterfall")
    wide = visit.place("treemap").locator("svg").bounding_box()
    assert wide is not None and wide["width"] > 600


def test_a_measure_that_one_year_lacks_is_not_published_there(visitor: Open) -> None:
    visit = visitor().go(PARTLY).select("measure", "expenditure.project")
    column = visit.table("lines").by("当年价万元")
    assert column["2022年"] == NOT_PUBLISHED
    assert NOT_PUBLISHED not in (column["2023年"], column["2024年"])
    assert visit.table("lines").by("比上年增减万元")["2023年"] == NOT_PUBLISHED


def test_the_office_page_lists_years_known_in_part(visitor: Open) -> None:
    visit = visitor().go(PARTLY)
    line = visit.tab.get_by_role("listitem").filter(has_text="2022年度部门决算")
    assert "（仅有总数，其余未公开）" in line.inner_text()
