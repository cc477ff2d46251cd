"""Budgets, projects, evaluations and checks: their controls moved, their figures held against the files of `data/`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from explorer import Visit
from ledger_of_data import Books, printed, share, total
from make_county import FORMULA_PROJECT, OFFICE, OTHER_OFFICE, PARTLY_KNOWN

pytestmark = pytest.mark.browser

EXECUTION = "pages/explore/execution.html"
PROJECTS = "pages/explore/projects.html"
CHECKS = "pages/explore/checks.html"
AGAINST = {"全年预算": ("全年预算", "adjusted_budget"), "年初预算": ("年初预算", "initial_budget")}
Open = Callable[..., Visit]


def executed(books: Books, year: int, column: str) -> dict[str, tuple[Fraction, Fraction]]:
    """Return each office's 一般公共预算 budget and outcome."""
    where = {"fund": "general_public"}
    found = {
        unit: (books.added(unit, year, "expenditure", column, **where), books.added(unit, year, "expenditure", **where))
        for unit in books.units
    }
    return {books.short(unit): both for unit, both in found.items() if both[0] is not None}


@pytest.mark.parametrize("words", AGAINST)
def test_the_outcome_is_set_against_the_budget_chosen(visitor: Open, books: Books, words: str) -> None:
    head, column = AGAINST[words]
    visit = visitor().go(EXECUTION, year=2024).choose("against", words)
    table = visit.table("deviation")
    both = executed(books, 2024, column)
    assert table.by(f"{head}万元") == {name: printed(budget) for name, (budget, _) in both.items()}
    assert table.by("决算数万元") == {name: printed(final) for name, (_, final) in both.items()}
    assert table.by("完成预算%") == {name: printed(share(final, budget)) for name, (budget, final) in both.items()}
    assert table.by("偏离%") == {name: printed(share(final - budget, budget)) for name, (budget, final) in both.items()}
    whole = [total(one[place] for one in both.values()) for place in (0, 1)]
    assert [table.total(f"{head}万元"), table.total("决算数万元")] == [printed(one) for one in whole]
    assert f"完成{printed(share(whole[1], whole[0]))}%" in visit.sentence("deviation")


def test_the_threshold_leaves_those_that_deviate_at_least_so_much(visitor: Open, books: Books) -> None:
    visit = visitor().go(EXECUTION, year=2024, against="initial")
    rates = {
        name: share(abs(final - budget), budget)
        for name, (budget, final) in executed(books, 2024, "initial_budget").items()
    }
    for presses, limit in ((2, 2), (3, 5), (5, 10)):
        visit.press("threshold", *["ArrowRight"] * presses)
        assert visit.control("threshold").locator("output").inner_text() == f"{limit}%"
        left = {name for name, rate in rates.items() if rate >= limit}
        shown = visit.table("deviation").column("单位") if left else []
        assert set(shown) == left
        assert f"偏离不小于{limit}%的有 {len(left)} 个" in visit.sentence("deviation")


@pytest.mark.parametrize(("words", "digits"), [("功能分类（类）", 3), ("功能分类（项）", 7)])
def test_budgets_are_added_up_by_code_over_the_offices(visitor: Open, books: Books, words: str, digits: int) -> None:
    visit = visitor().go(EXECUTION, year=2024).choose("by", words)
    final: dict[str, Fraction] = {}
    for unit in books.units:
        for row in books.table(unit, 2024, "expenditure") or []:
            if row["fund"] == "general_public":
                code = row["function_code"][:digits]
                final[code] = final.get(code, Fraction(0)) + Fraction(row["final"])
    assert sorted(visit.table("deviation").column("科目")) == sorted(books.name_of(code, 2024) for code in final)
    assert sorted(visit.table("deviation").column("决算数万元")) == sorted(printed(value) for value in final.values())


def test_one_office_is_looked_at_alone_and_all_again(visitor: Open, books: Books) -> None:
    visit = visitor().go(EXECUTION, year=2024).type_unit("slj")
    assert visit.table("deviation").column("单位") == [books.short(OFFICE)]
    box = visit.control("unit").get_by_role("combobox")
    box.fill("")
    box.press("Enter")
    assert len(visit.table("deviation").rows) == 6


def test_an_office_whose_year_lacks_budgets_is_left_out(visitor: Open, books: Books) -> None:
    unit, year = PARTLY_KNOWN
    visit = visitor().go(EXECUTION, year=year)
    assert books.short(unit) not in visit.table("deviation").column("单位")
    assert "5 个单位有全年预算" in visit.sentence("deviation")


def test_projects_are_listed_with_budget_outcome_and_indicators(visitor: Open, books: Books) -> None:
    visit = visitor().go(PROJECTS, year=2024)
    table = visit.table("projects")
    rows = [(unit, row) for unit in books.units for row in books.table(unit, 2024, "projects") or []]
    expected = sorted(
        [row["project"], books.short(unit), books.name_of(row["function_code"], 2024), printed(Fraction(row["budget"])), printed(Fraction(row["final"])),
         printed(share(Fraction(row["final"]), Fraction(row["budget"]))),
         str(sum(one["project"] == row["project"] for one in books.table(unit, 2024, "indicators") or []))]
        for unit, row in rows
    )  # fmt: skip
    assert sorted(table.rows) == expected
    assert FORMULA_PROJECT in table.column("项目")
    assert table.total("决算数万元") == printed(total(Fraction(row["final"]) for _, row in rows))
    assert f"有 {len(rows)} 个项目，支出{table.total('决算数万元')}万元" in visit.sentence("projects")


def test_projects_of_one_office_and_another_year(visitor: Open, books: Books) -> None:
    visit = visitor().go(PROJECTS, year=2024, unit=OTHER_OFFICE).press("year", "ArrowLeft")
    rows = books.table(OTHER_OFFICE, 2023, "projects") or []
    assert visit.table("projects").by("决算数万元") == {row["project"]: printed(Fraction(row["final"])) for row in rows}


def test_scores_are_those_that_were_published(visitor: Open, books: Books) -> None:
    visit = visitor().go(PROJECTS, year=2024)
    expected = sorted(
        [row["subject"], books.short(unit), row["score"], row["grade"]]
        for unit in books.units
        for row in books.table(unit, 2024, "evaluations") or []
    )
    assert sorted(visit.table("scores").rows) == expected
    scores = sorted(float(row[2]) for row in expected)
    assert f"最高{scores[-1]:g}分" in visit.sentence("scores")
    assert f"最低{scores[0]:g}分" in visit.sentence("scores")


def test_checks_are_counted_as_the_page_says_in_its_first_words(visitor: Open) -> None:
    visit = visitor().go(CHECKS)
    counted = 0
    for year in (2022, 2023, 2024):
        visit.go(CHECKS, year=year)
        told = visit.sentence("checks")
        counted += int(told.split("共核对 ")[1].split(" 项")[0])
        assert "不符 0 项" in told
    assert f"共核对 {counted} 项" in visit.tab.locator(".checks-note").inner_text()
