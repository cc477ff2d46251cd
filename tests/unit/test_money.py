"""Money: whole 分, printed intervals, rounding half up once."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.money import (
    FEN_PER_UNIT,
    AmountError,
    Interval,
    normalise_number,
    parse_amount,
    parse_number,
    percent,
    printed_interval,
    round_half_up,
    write_amount,
    write_number,
)

steady = settings(derandomize=True, deadline=None, max_examples=150)
amounts = st.integers(-(10**16), 10**16)
UNITS = st.sampled_from(sorted(FEN_PER_UNIT))


@steady
@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 6))
def test_rounding_agrees_with_decimal_half_up(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert round_half_up(Fraction(value), decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(49, 10000), 2, "0.00"),
        (Fraction(-49, 10000), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(7403, 11736) * 100, 2, "63.08"),
        (10**20, 2, "1" + "0" * 20 + ".00"),
    ],
)
def test_a_half_goes_away_from_zero_and_zero_has_no_sign(value: Fraction, decimals: int, printed: str) -> None:
    assert write_number(value, decimals) == printed


@steady
@given(amounts, UNITS)
def test_an_amount_written_to_the_fen_is_read_back_as_itself(fen: int, unit: str) -> None:
    decimals = len(str(FEN_PER_UNIT[unit])) - 1
    assert parse_amount(write_amount(fen, unit, decimals), unit, decimals) == fen


@steady
@given(amounts, UNITS, st.integers(0, 2))
def test_the_printed_figure_is_within_the_interval_of_what_it_stands_for(fen: int, unit: str, decimals: int) -> None:
    printed = parse_amount(write_amount(fen, unit, decimals), unit, decimals)
    interval = printed_interval(printed, unit, decimals)
    assert interval.low <= fen <= interval.high


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("191.39", 191_390_000),
        ("１９１．３９", 191_390_000),
        (" 191.39 ", 191_390_000),
        ("1,234.56", 1_234_560_000),
        ("（1.00）", -1_000_000),
        ("(1.00)", -1_000_000),
        ("−0.01", -10_000),
        ("+0.01", 10_000),
        ("0", 0),
    ],
)
def test_full_width_grouped_and_bracketed_amounts_are_read(text: str, fen: int) -> None:
    assert parse_amount(text, "万元", 2) == fen


@pytest.mark.parametrize("text", ["48.7O", "", "1.2.3", "12,34.00", "(-1.00)", "1e3", "NaN", "万元", "1.", ".5"])
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(AmountError, match="不是金额") as refused:
        parse_amount(text, "万元", 2)
    assert f"“{text}”" in str(refused.value)


def test_more_decimals_than_the_unit_is_printed_with_are_refused() -> None:
    with pytest.raises(AmountError, match="3 位小数"):
        parse_amount("1.234", "万元", 2)
    with pytest.raises(AmountError, match="小于一分"):
        parse_amount("1.234", "元", 3)


def test_spaces_and_line_breaks_inside_a_number_are_dropped() -> None:
    assert normalise_number("74\n. 03\u3000") == "74.03"
    assert parse_number("7 4.03") == Decimal("74.03")


@steady
@given(st.lists(amounts, max_size=20), UNITS)
def test_the_sum_of_intervals_contains_the_exact_sum(fens: list[int], unit: str) -> None:
    total = Interval(Fraction(0), Fraction(0))
    for fen in fens:
        printed = parse_amount(write_amount(fen, unit, 2), unit, 2)
        total += printed_interval(printed, unit, 2)
    assert total.low <= sum(fens) <= total.high


@steady
@given(amounts, amounts)
def test_the_difference_of_intervals_contains_the_exact_difference(one: int, other: int) -> None:
    intervals = [printed_interval(parse_amount(write_amount(fen), "万元", 2), "万元", 2) for fen in (one, other)]
    difference = intervals[0] - intervals[1]
    assert difference.low <= one - other <= difference.high


def test_a_figure_a_cent_of_wan_away_is_rounding_and_two_away_is_not() -> None:
    def printed(text: str) -> Interval:
        return printed_interval(parse_amount(text, "万元", 2), "万元", 2)

    assert printed("236.63").meets(printed("236.64"))
    assert not printed("236.63").meets(printed("236.65"))


def test_a_figure_printed_to_the_fen_is_exact() -> None:
    assert printed_interval(12345, "元", 2) == Interval(Fraction(12345), Fraction(12345))


def test_missing_prints_as_not_published_and_has_no_rate() -> None:
    assert write_amount(None) == write_number(None, 2) == "未公开"
    assert percent(None, 5) is None
    assert percent(5, None) is None
    assert percent(5, 0) is None
    assert percent(0, 5) == 0
