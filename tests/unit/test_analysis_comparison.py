"""Comparison: the offices of one year side by side."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.analysis import compare_units

steady = settings(derandomize=True, deadline=None, max_examples=60)


def offices(*rows: tuple[str, int | None, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["unit_id", "final_fen", "headcount"])
    return frame.astype({"final_fen": "Int64", "headcount": "Int64"})


def test_equal_offices_share_a_rank_and_the_next_is_counted_past_them() -> None:
    rows = compare_units(offices(("d", 1, 1), ("b", 5, 1), ("a", 5, 1), ("c", 9, 1)))
    assert rows["unit_id"].tolist() == ["c", "a", "b", "d"]
    assert rows["rank"].tolist() == [1, 2, 2, 4]


def test_an_office_whose_amount_is_unknown_has_no_rank_and_comes_last() -> None:
    rows = compare_units(offices(("a", None, 3), ("b", 5, 1), ("c", 15, 1))).set_index("unit_id")
    assert rows.index.tolist() == ["c", "b", "a"]
    assert rows.loc["a", "rank"] is pd.NA
    assert rows.loc["a", "share_pct"] is None
    assert rows.loc["a", "per_head_fen_exact"] is None
    assert rows["share_pct"].tolist()[:2] == [75, 25]


def test_no_office_with_a_known_amount_leaves_all_unranked() -> None:
    rows = compare_units(offices(("a", None, 3), ("b", None, None)))
    assert rows["rank"].isna().all()
    assert rows["share_pct"].isna().all()


@pytest.mark.parametrize("heads", [0, None])
def test_without_heads_there_is_no_amount_a_head(heads: int | None) -> None:
    assert compare_units(offices(("a", 10, heads)))["per_head_fen_exact"].tolist() == [None]


def test_the_amount_a_head_is_exact() -> None:
    assert compare_units(offices(("a", 10, 3)))["per_head_fen_exact"].tolist() == [Fraction(10, 3)]


@steady
@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=12))
def test_shares_of_the_known_offices_sum_to_exactly_one_hundred(amounts: list[int]) -> None:
    known = [(f"u{number:02}", fen, 1) for number, fen in enumerate(amounts)]
    shares = compare_units(offices(("unknown", None, 1), *known))["share_pct"].dropna()
    assert sum(shares) == (100 if sum(amounts) else 0)


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"缺少列 .*final_fen.*；现有 other；请传入 load 读出的表"):
        compare_units(pd.DataFrame({"other": [1]}))


def test_the_frame_is_not_changed_in_place() -> None:
    frame = offices(("b", 1, 2), ("a", 3, 4))
    before = frame.copy(deep=True)
    compare_units(frame)
    pd.testing.assert_frame_equal(frame, before)
