"""Execution, structure, trend and comparison: exact rates, and the unknown kept unknown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.analysis import (
    budget_execution,
    by_economic_nature,
    by_function_level,
    compare_units,
    compound_growth_pct,
    series,
    shares,
    spread,
)

steady = settings(derandomize=True, deadline=None)
amounts = st.lists(st.integers(0, 10**13), min_size=1, max_size=12)


def frame(amount: dict[str, list[int | None]], **keys: list[Any]) -> pd.DataFrame:
    typed = {f"{name}_fen": pd.array(values, dtype="Int64") for name, values in amount.items()}
    return pd.DataFrame({**keys, **typed})


def plain(column: pd.Series) -> list[Any]:
    return [None if value is pd.NA else value for value in column]


def budget(initial: list[int | None], adjusted: list[int | None], final: list[int | None]) -> pd.DataFrame:
    keys = ["a"] * (len(final) - 1) + ["b"]
    return frame({"initial_budget": initial, "adjusted_budget": adjusted, "final": final}, fund=keys)


def years(by_year: dict[int, int | None]) -> pd.DataFrame:
    return frame({"final": list(by_year.values())}, year=list(by_year))


def units(by_unit: dict[str, int | None], heads: list[int | None] | None = None) -> pd.DataFrame:
    made = frame({"final": list(by_unit.values())}, unit_id=list(by_unit))
    return made.assign(headcount=pd.array(heads or [10] * len(by_unit), dtype="Int64"))


def test_execution_adds_the_rows_of_a_key_and_rates_them() -> None:
    worked = budget_execution(budget([50, 50, 10], [60, 90, 10], [60, 60, 5]), ["fund"])
    assert worked.iloc[0].to_dict() == {
        "fund": "a",
        "initial_budget_fen": 100,
        "adjusted_budget_fen": 150,
        "final_fen": 120,
        "adjustment_fen": 50,
        "deviation_fen": -30,
        "completion_pct": 80,
        "initial_completion_pct": 120,
    }


def test_budget_that_is_unknown_in_one_row_is_unknown_for_its_group_alone() -> None:
    worked = budget_execution(budget([None, 50, 10], [60, 90, 10], [60, 60, 5]), ["fund"])
    assert plain(worked["initial_budget_fen"]) == [None, 10]
    assert plain(worked["adjustment_fen"]) == [None, 0]
    assert plain(worked["initial_completion_pct"]) == [None, 50]
    assert plain(worked["completion_pct"]) == [80, 50]


def test_budget_of_zero_has_no_completion() -> None:
    worked = budget_execution(budget([0], [0], [5]), ["fund"])
    assert (worked["completion_pct"][0], worked["initial_completion_pct"][0]) == (None, None)


@steady
@given(amounts)
def test_shares_sum_to_exactly_one_hundred(parts: list[int]) -> None:
    worked = shares(frame({"final": list(parts)}, code=[f"{n:02}" for n in range(len(parts))]), ["code"])
    if sum(parts):
        assert sum(worked["share_pct"]) == 100
    else:
        assert worked["share_pct"].tolist() == [None] * len(parts)


def test_no_part_has_a_share_of_a_total_that_is_unknown() -> None:
    worked = shares(frame({"final": [1, None]}, code=["a", "b"]), ["code"])
    assert worked["share_pct"].tolist() == [None, None]


@pytest.mark.parametrize(
    ("level", "codes", "sums"),
    [
        ("class", ["201", "208"], [60, 40]),
        ("section", ["20103", "20105", "20805"], [50, 10, 40]),
        ("item", ["2010301", "2010302", "2010501", "2080505"], [20, 30, 10, 40]),
    ],
)
def test_functions_are_added_at_the_level_that_is_asked(level: Any, codes: list[str], sums: list[int]) -> None:
    items = ["2010301", "2010302", "2010501", "2080505"]
    worked = by_function_level(frame({"final": [20, 30, 10, 40]}, function_code=items), level)
    assert worked["function_code"].tolist() == codes
    assert worked["final_fen"].tolist() == worked["share_pct"].tolist() == sums


def test_wages_and_allowances_are_personnel_goods_and_capital_are_public() -> None:
    codes = ["30101", "30305", "30201", "31002", "39906"]
    worked = by_economic_nature(frame({"final": [10, 20, 30, 25, 15]}, economic_code=codes))
    assert dict(zip(worked["nature"], worked["share_pct"], strict=True)) == {
        "personnel": 30,
        "public": 55,
        "other": 15,
    }


def test_series_has_every_year_and_no_change_across_a_gap() -> None:
    worked = series(years({2021: 150, 2018: 100, 2019: 110}))
    assert worked["year"].tolist() == [2018, 2019, 2020, 2021]
    assert plain(worked["final_fen"]) == [100, 110, None, 150]
    assert plain(worked["change_fen"]) == [None, 10, None, None]
    assert plain(worked["change_pct"]) == [None, 10, None, None]
    assert plain(worked["index_pct"]) == [100, 110, None, 150]


def test_index_starts_from_the_first_year_that_is_known() -> None:
    assert plain(series(years({2018: None, 2019: 50, 2020: 75}))["index_pct"]) == [None, 100, 150]


def test_year_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="同一年度出现两次"):
        series(frame({"final": [1, 2]}, year=[2020, 2020]))


def test_series_of_no_year_is_empty() -> None:
    assert series(years({})).empty


def test_growth_of_one_year_is_its_rate_and_of_two_its_root() -> None:
    assert compound_growth_pct(series(years({2020: 100, 2021: 125}))) == 25
    over_two = compound_growth_pct(series(years({2019: 100, 2021: 144})))
    assert over_two is not None
    assert abs(over_two - 20) < Decimal("1e-30")


@steady
@given(st.integers(1, 10**13), st.integers(1, 10**13), st.integers(1, 12))
def test_growth_leads_from_the_first_year_to_the_last(first: int, last: int, span: int) -> None:
    rate = compound_growth_pct(series(years({2010: first, 2010 + span: last})))
    assert rate is not None
    reached = first * (1 + Fraction(rate) / 100) ** span
    assert abs(reached - last) < Fraction(last, 10**10)


@pytest.mark.parametrize("by_year", [{}, {2020: 5}, {2020: 5, 2021: None}, {2020: 0, 2021: 5}, {2020: -5, 2021: 5}])
def test_no_growth_without_two_known_years_and_a_positive_base(by_year: dict[int, int | None]) -> None:
    assert compound_growth_pct(series(years(by_year))) is None


def test_offices_are_ranked_equals_together_and_the_unknown_last() -> None:
    worked = compare_units(units({"d": None, "c": 20, "b": 40, "a": 40}))
    assert worked["unit_id"].tolist() == ["a", "b", "c", "d"]
    assert plain(worked["rank"]) == [1, 1, 3, None]
    assert plain(worked["share_pct"]) == [40, 40, 20, None]


def test_amount_a_head_is_exact_and_missing_without_heads() -> None:
    worked = compare_units(units({"a": 100, "b": 90, "c": 80, "d": None}, [3, 0, None, 5]))
    assert plain(worked["per_head_fen_exact"]) == [Fraction(100, 3), None, None, None]


@steady
@given(amounts)
def test_shares_of_the_known_offices_sum_to_exactly_one_hundred(parts: list[int]) -> None:
    worked = compare_units(units({"unknown": None, **{f"u{n:02}": fen for n, fen in enumerate(parts)}}))
    known = [share for share in worked["share_pct"] if share is not None]
    assert sum(known) == (100 if sum(parts) else 0)


def test_spread_counts_the_known_offices_and_halves_an_even_middle() -> None:
    found = spread(units({"a": 10, "b": 25, "c": None, "d": 30, "e": 40}))
    assert (found.units, found.total_fen) == (4, 105)
    assert found.median_fen == Fraction(55, 2)
    assert (found.smallest_fen, found.largest_fen) == (10, 40)


def test_spread_of_nothing_known_is_unknown_and_not_zero() -> None:
    found = spread(units({"a": None}))
    assert found.units == 0
    assert (found.total_fen, found.median_fen, found.smallest_fen, found.largest_fen) == (None, None, None, None)


@pytest.mark.parametrize(
    ("analysis", "arguments", "missing"),
    [
        (budget_execution, [["fund"]], "fund"),
        (shares, [["fund"]], "fund"),
        (by_function_level, ["class"], "function_code"),
        (by_economic_nature, [], "economic_code"),
        (series, [], "year"),
        (compare_units, [], "unit_id"),
        (spread, [], "final_fen"),
    ],
)
def test_column_that_is_not_there_is_named_with_what_there_is(
    analysis: Any, arguments: list[Any], missing: str
) -> None:
    with pytest.raises(ValueError, match=rf"缺少列 {missing}.*；现有 other；请"):
        analysis(pd.DataFrame({"other": [1]}), *arguments)


@pytest.mark.parametrize(
    ("analysis", "given_frame", "arguments"),
    [
        (budget_execution, budget([1, 2], [1, 2], [1, 2]), [["fund"]]),
        (by_function_level, frame({"final": [1]}, function_code=["2010301"]), ["class"]),
        (by_economic_nature, frame({"final": [1]}, economic_code=["30101"]), []),
        (series, years({2021: 1, 2019: 2}), []),
        (compare_units, units({"b": 1, "a": 2}), []),
    ],
)
def test_frame_that_is_analysed_is_left_as_it_was(
    analysis: Any, given_frame: pd.DataFrame, arguments: list[Any]
) -> None:
    copy = given_frame.copy()
    analysis(given_frame, *arguments)
    pd.testing.assert_frame_equal(given_frame, copy)
