"""Trend: one amount over the years."""

from decimal import Decimal, localcontext

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.analysis import compound_growth_pct, series

steady = settings(derandomize=True, deadline=None, max_examples=60)


def over_years(amount_by_year: dict[int, int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {"year": list(amount_by_year), "final_fen": pd.array(list(amount_by_year.values()), dtype="Int64")}
    )


def test_a_year_that_is_not_there_is_a_gap_and_not_a_zero() -> None:
    rows = series(over_years({2019: 100, 2021: 150})).set_index("year")
    assert rows.index.tolist() == [2019, 2020, 2021]
    assert rows.loc[2020, "final_fen"] is pd.NA
    assert rows["change_fen"].isna().all(), "nothing is compared across a gap"
    assert rows.loc[2021, "index_pct"] == 150


def test_the_first_known_year_is_one_hundred() -> None:
    rows = series(over_years({2018: None, 2019: 200, 2020: 50})).set_index("year")
    assert rows["index_pct"].tolist() == [None, 100, 25]
    assert rows.loc[2020, "change_fen"] == -150
    assert rows.loc[2020, "change_pct"] == -75


def test_years_may_come_in_any_order() -> None:
    rows = series(over_years({2021: 3, 2019: 1, 2020: 2}))
    assert rows["final_fen"].tolist() == [1, 2, 3]


def test_a_zero_first_year_gives_no_index_and_no_rate() -> None:
    rows = series(over_years({2020: 0, 2021: 5}))
    assert rows["index_pct"].isna().all()
    assert rows["change_pct"].isna().all()
    assert rows["change_fen"].iloc[1] == 5


def test_a_year_that_comes_twice_is_refused() -> None:
    twice = pd.DataFrame({"year": [2020, 2020], "final_fen": [1, 2]})
    with pytest.raises(ValueError, match="同一年度出现两次"):
        series(twice)


def test_no_years_give_no_rows() -> None:
    assert len(series(over_years({}))) == 0
    assert compound_growth_pct(series(over_years({}))) is None


@steady
@given(st.integers(1, 10**13), st.integers(1, 10**13), st.integers(1, 12))
def test_compound_growth_leads_from_the_first_year_to_the_last(first: int, last: int, years: int) -> None:
    growth = compound_growth_pct(series(over_years({2010: first, 2010 + years: last})))
    assert growth is not None
    with localcontext() as context:
        context.prec = 60
        reached = first * (1 + growth / 100) ** years
    assert abs(reached - last) <= max(first, last) * Decimal("1e-20")


def test_growth_of_one_year_is_the_rate_of_the_founding_case() -> None:
    growth = compound_growth_pct(series(over_years({2020: 117_360_000, 2021: 191_390_000})))
    assert growth is not None
    assert growth.quantize(Decimal("0.01")) == Decimal("63.08")


@pytest.mark.parametrize("amounts", [{2020: 5}, {2020: 5, 2021: None}, {2020: 0, 2021: 5}, {2020: 5, 2021: 0}])
def test_there_is_no_growth_without_two_positive_years(amounts: dict[int, int | None]) -> None:
    assert compound_growth_pct(series(over_years(amounts))) is None


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"缺少列 .*final_fen.*；现有 other；请传入 load 读出的表"):
        series(pd.DataFrame({"other": [1]}))


def test_the_frame_is_not_changed_in_place() -> None:
    frame = over_years({2021: 3, 2019: 1})
    before = frame.copy(deep=True)
    series(frame)
    pd.testing.assert_frame_equal(frame, before)
