"""Year-on-year variance: what changed, by how much, and which parts carried it."""

from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.analysis import Change, change_between, is_material, year_on_year
from juesuan.money import write_amount, write_number

WAN = 1_000_000
steady = settings(derandomize=True, deadline=None, max_examples=60)
years_by_code = st.dictionaries(st.sampled_from(["201", "208", "210", "221", "205"]), st.integers(0, 10**12))


def frame(amount_by_code: dict[str, int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {"code": list(amount_by_code), "final_fen": pd.array(list(amount_by_code.values()), dtype="Int64")}
    )


def compared(prior: dict[str, Any], current: dict[str, Any], **changed: Any) -> pd.DataFrame:
    settled = {"threshold_pct": 10, "threshold_fen": WAN, "absent_is_zero": True}
    return year_on_year(frame(prior), frame(current), ["code"], **{**settled, **changed}).set_index("code")


def test_the_founding_case_rose_by_74_03_wan_and_63_08_per_cent() -> None:
    change = change_between(117_360_000, 191_390_000)
    assert write_amount(change.change_fen) == "74.03"
    assert write_number(change.change_pct, 2) == "63.08"
    assert change.change_pct == Fraction(7403, 11736) * 100
    assert change.direction == "increase"


@pytest.mark.parametrize(
    ("prior", "current", "direction", "has_rate"),
    [
        (2, 1, "decrease", True),
        (1, 2, "increase", True),
        (1, 1, "level", True),
        (0, 0, "level", False),
        (0, 1, "new", False),
        (1, 0, "decrease", True),
        (None, 1, "unknown", False),
        (1, None, "unknown", False),
    ],
)
def test_direction_and_whether_there_is_a_rate(
    prior: int | None, current: int | None, direction: str, has_rate: bool
) -> None:
    change = change_between(prior, current)
    assert change.direction == direction
    assert (change.change_pct is not None) == has_rate


def test_missing_is_not_zero() -> None:
    assert change_between(None, 5).change_fen is None
    assert change_between(0, 5).change_fen == 5
    row = compared({"201": None}, {"201": 5 * WAN}).loc["201"]
    assert row["prior_fen"] is pd.NA
    assert row["change_fen"] is pd.NA
    assert row["direction"] == "unknown"
    assert not row["material"]


def test_a_value_absent_in_one_complete_year_is_zero_there() -> None:
    rows = compared({"201": 4 * WAN, "205": WAN}, {"201": 4 * WAN, "208": 2 * WAN})
    assert rows.loc["208", ["prior_fen", "change_fen", "direction"]].tolist() == [0, 2 * WAN, "new"]
    assert rows.loc["205", ["current_fen", "change_fen", "direction"]].tolist() == [0, -WAN, "decrease"]
    assert rows.loc["205", "change_pct"] == -100
    assert rows.loc["208", "change_pct"] is None


def test_a_value_absent_from_an_incomplete_year_is_unknown() -> None:
    rows = compared({"201": 4 * WAN}, {"201": 4 * WAN, "208": 2 * WAN}, absent_is_zero=False)
    assert rows.loc["208", "prior_fen"] is pd.NA
    assert rows.loc["208", "direction"] == "unknown"
    assert rows["contribution_pp"].isna().all(), "without the whole of last year there is no base"


def test_an_unknown_that_a_complete_year_does_hold_stays_unknown() -> None:
    assert compared({"201": None}, {"201": 1}).loc["201", "direction"] == "unknown"


def test_rows_of_the_same_value_are_added_and_an_unknown_among_them_makes_the_sum_unknown() -> None:
    prior = pd.DataFrame({"code": ["201", "201", "208", "208"], "final_fen": pd.array([1, 2, 3, None], dtype="Int64")})
    rows = year_on_year(
        prior, frame({"201": 4, "208": 4}), ["code"], threshold_pct=0, threshold_fen=0, absent_is_zero=True
    ).set_index("code")
    assert rows.loc["201", "prior_fen"] == 3
    assert rows.loc["208", "prior_fen"] is pd.NA


def test_rows_by_two_columns_are_of_the_columns_own_types_and_equal_changes_in_their_order() -> None:
    def two_years(*amounts: int) -> pd.DataFrame:
        keys = {"fund": ["乙", "甲", "甲"], "number": pd.array([2, 2, 1], dtype="Int64")}
        return pd.DataFrame({**keys, "final_fen": pd.array(amounts, dtype="Int64")})

    limits = {"threshold_pct": 0, "threshold_fen": 0, "absent_is_zero": True}
    rows = year_on_year(two_years(1, 1, 1), two_years(3, 3, 9), ["number", "fund"], **limits)
    assert rows[["number", "fund", "change_fen"]].values.tolist() == [[1, "甲", 8], [2, "乙", 2], [2, "甲", 2]]
    assert [str(kind) for kind in rows.dtypes] == [
        "Int64", "str", "Int64", "Int64", "Int64", "object", "object", "str", "bool",
    ]  # fmt: skip


@steady
@given(years_by_code, years_by_code)
def test_contributions_add_up_to_the_change_of_the_total(prior: dict[str, int], current: dict[str, int]) -> None:
    rows = compared(prior, current)
    total = change_between(sum(prior.values()), sum(current.values()))
    assert rows["change_fen"].sum() == total.change_fen
    if total.change_pct is None:
        assert rows["contribution_pp"].isna().all()
    else:
        assert sum(rows["contribution_pp"]) == total.change_pct


@steady
@given(years_by_code, years_by_code)
def test_the_largest_change_comes_first(prior: dict[str, int], current: dict[str, int]) -> None:
    sizes = compared(prior, current)["change_fen"].abs().tolist()
    assert sizes == sorted(sizes, reverse=True)


def test_unknown_changes_come_last() -> None:
    assert compared({"201": None, "208": 1}, {"201": 9, "208": 1}).index.tolist() == ["208", "201"]


@pytest.mark.parametrize(
    ("prior", "current", "material"),
    [
        (10 * WAN, 11 * WAN, True),
        (10 * WAN, 11 * WAN - 1, False),
        (10 * WAN + 1, 11 * WAN + 1, False),
        (10 * WAN, 9 * WAN, True),
        (0, WAN, True),
        (0, WAN - 1, False),
        (None, 100 * WAN, False),
    ],
)
def test_a_material_change_reaches_both_thresholds(prior: int | None, current: int, material: bool) -> None:
    assert is_material(Change(prior, current), threshold_pct=10, threshold_fen=WAN) is material


def test_the_frames_are_not_changed_in_place() -> None:
    prior, current = frame({"201": 1}), frame({"208": 2})
    before = prior.copy(deep=True), current.copy(deep=True)
    year_on_year(prior, current, ["code"], threshold_pct=0, threshold_fen=0, absent_is_zero=True)
    pd.testing.assert_frame_equal(prior, before[0])
    pd.testing.assert_frame_equal(current, before[1])


def test_two_empty_years_give_no_rows() -> None:
    rows = compared({}, {})
    assert len(rows) == 0
    assert {"change_fen", "change_pct", "contribution_pp", "direction", "material"} <= set(rows.columns)


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"缺少列 final_fen；现有 code；请传入"):
        year_on_year(
            pd.DataFrame({"code": ["201"]}), frame({}), ["code"], threshold_pct=0, threshold_fen=0, absent_is_zero=True
        )
