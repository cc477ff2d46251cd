"""Structure: what a total is made of."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.analysis import by_economic_nature, by_function_level, nature_of, shares

steady = settings(derandomize=True, deadline=None, max_examples=60)


def spent(amount_by_code: dict[str, int | None], column: str = "function_code") -> pd.DataFrame:
    return pd.DataFrame(
        {column: list(amount_by_code), "final_fen": pd.array(list(amount_by_code.values()), dtype="Int64")}
    )


FOUNDING = spent(
    {
        "2010305": 48_700_000,
        "2010350": 118_510_000,
        "2080505": 9_820_000,
        "2101102": 6_890_000,
        "2210201": 7_470_000,
    }
)


@steady
@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=12).filter(any))
def test_shares_add_up_to_exactly_one_hundred(amounts: list[int]) -> None:
    frame = spent({f"{number}": amount for number, amount in enumerate(amounts)})
    assert sum(shares(frame, ["function_code"])["share_pct"]) == 100


def test_no_share_is_given_where_a_part_is_unknown_or_the_whole_is_zero() -> None:
    for amounts in ({"201": 5, "208": None}, {"201": 0, "208": 0}):
        assert shares(spent(amounts), ["function_code"])["share_pct"].isna().all()


@pytest.mark.parametrize(
    ("level", "codes", "first_fen"),
    [
        ("class", ["201", "208", "210", "221"], 167_210_000),
        ("section", ["20103", "20805", "21011", "22102"], 167_210_000),
        ("item", ["2010305", "2010350", "2080505", "2101102", "2210201"], 48_700_000),
    ],
)
def test_each_level_cuts_the_code_and_adds_up_to_the_same_total(level: str, codes: list[str], first_fen: int) -> None:
    rows = by_function_level(FOUNDING, level)
    assert rows["function_code"].tolist() == codes
    assert rows["final_fen"].iloc[0] == first_fen
    assert rows["final_fen"].sum() == 191_390_000


def test_an_office_without_rows_has_an_empty_structure() -> None:
    empty = spent({}).astype({"function_code": "object"})
    assert len(by_function_level(empty, "class")) == 0


@pytest.mark.parametrize(
    ("code", "nature"),
    [("30101", "personnel"), ("30305", "personnel"), ("30201", "public"), ("31002", "public"), ("39907", "other")],
)
def test_the_nature_of_an_economic_code_is_that_of_its_class(code: str, nature: str) -> None:
    assert nature_of(code) == nature


def test_personnel_and_public_funds_are_parts_of_basic_expenditure() -> None:
    rows = by_economic_nature(spent({"30101": 60, "30302": 15, "30201": 20, "31002": 5}, "economic_code"))
    assert dict(zip(rows["nature"], rows["share_pct"], strict=True)) == {"personnel": 75, "public": 25}


@pytest.mark.parametrize(
    ("worked", "column"),
    [
        (lambda frame: by_function_level(frame, "class"), "function_code"),
        (by_economic_nature, "economic_code"),
        (lambda frame: shares(frame, ["function_code"]), "function_code"),
    ],
)
def test_a_missing_column_is_named_with_those_there_are(worked, column: str) -> None:
    with pytest.raises(ValueError, match=rf"缺少列 .*{column}.*；现有 other"):
        worked(pd.DataFrame({"other": []}))


def test_the_frame_is_not_changed_in_place() -> None:
    before = FOUNDING.copy(deep=True)
    by_function_level(FOUNDING, "class")
    shares(FOUNDING, ["function_code"])
    pd.testing.assert_frame_equal(FOUNDING, before)
