"""The explorer's figures are those of the reports: the same numbers, and missing where the reports say 未公开."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from juesuan.facts import office_findings, report_findings
from juesuan.facts.cube import catalogue_body, details_of, year_body
from juesuan.facts.measures import MEASURES, measured
from juesuan.load import Accounts, check_data

DATA = Path(__file__).resolve().parents[2] / "data"
REPORTED = [("nanjiang-zwxx", 2020), ("nanjiang-zwxx", 2021), ("putuo-guihua", 2023), ("putuo-guihua", 2024)]


@pytest.fixture(scope="module")
def accounts() -> dict[tuple[str, int], Accounts]:
    return check_data(DATA).accounts


@pytest.mark.parametrize(("unit", "year"), REPORTED)
def test_every_measure_is_the_figure_that_the_report_prints(
    accounts: dict[tuple[str, int], Accounts], unit: str, year: int
) -> None:
    one = accounts[unit, year]
    ledger = report_findings(one, accounts.get((unit, year - 1))).ledger
    compared = 0
    for measure in MEASURES.values():
        fact = ledger.get(measure.fact_id(year))
        whole = measured(one, one.records, measure)
        if fact is None or fact.value is None or whole is None:
            continue
        assert (measure.id, Fraction(whole, 1_000_000 if measure.unit == "万元" else 1)) == (measure.id, fact.value)
        compared += 1
    assert compared >= 3


def test_a_year_of_totals_alone_has_no_details_and_no_zeros(accounts: dict[tuple[str, int], Accounts]) -> None:
    one = accounts["nanjiang-zwxx", 2020]
    values = dict(zip(MEASURES, year_body([one])["units"]["nanjiang-zwxx"]["values"], strict=True))
    assert values["expenditure.total"] == 117_360_000
    assert values["expenditure.basic"] is None and values["three_public.total"] is None
    assert details_of(one)["functions"] == []


def test_an_office_says_in_every_year_what_its_accounts_say(accounts: dict[tuple[str, int], Accounts]) -> None:
    found = office_findings([accounts["nanjiang-zwxx", year] for year in (2020, 2021)])
    assert [found.ledger[f"expenditure.total.{year}"].printed for year in (2020, 2021)] == ["117.36", "191.39"]
    assert found.ledger["income.general_public.2020"].printed == "未公开"
    assert [(year.code, year.note) for year in found.entries("years")] == [("2020", "仅有总数"), ("2021", "")]


def test_the_classes_of_one_fund_are_not_taken_for_the_whole(accounts: dict[tuple[str, int], Accounts]) -> None:
    details = details_of(accounts["daying-baojian", 2020])
    assert sum(row[1] for row in details["functions"]) == 1_264_920_000
    assert details["covers"] == ["一般公共预算财政拨款支出", ""]


def test_an_economic_breakdown_of_basic_expenditure_says_that_it_is_one(
    accounts: dict[tuple[str, int], Accounts],
) -> None:
    assert details_of(accounts["putuo-guihua", 2024])["covers"] == ["", "公开了经济分类的基本支出"]
    assert details_of(accounts["nanjiang-zwxx", 2021])["covers"][0] == ""


def test_a_price_index_goes_to_the_browser_with_the_digits_it_was_printed_with(
    accounts: dict[tuple[str, int], Accounts],
) -> None:
    body = catalogue_body(list(accounts.values()), {2023: Fraction(1002, 10), 2024: Fraction(100)}, "示例数据")
    assert body["prices"] == {"2023": "100.2", "2024": "100"}
    assert body["mark"] == "示例数据"


def test_a_figure_leads_to_a_report_only_where_the_site_has_one(accounts: dict[tuple[str, int], Accounts]) -> None:
    both = [accounts["nanjiang-zwxx", 2021], accounts["duji-jiguan", 2021]]
    led = {unit: held["report"] for unit, held in year_body(both)["units"].items()}
    assert led == {"nanjiang-zwxx": True, "duji-jiguan": False}
    assert not any(held["report"] for held in year_body(both, reports=False)["units"].values())
