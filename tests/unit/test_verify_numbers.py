"""Which stretches of a text are numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.verify.align import align
from juesuan.verify.numbers import find_numbers, same_number
from juesuan.verify.text import Mark, Segment


def numbers(*lines: str) -> list[str]:
    return [token.text for token in find_numbers([Segment(line) for line in lines]).tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入191.39万元，增长63.08%", ["191.39", "63.08"]),
        ("１９１．３９万元", ["191.39"]),
        ("1,234,567.89元", ["1234567.89"]),
        ("１，２３４元", ["1234"]),
        ("2020，2021两年", ["2020", "2021"]),
        ("12,34", ["12", "34"]),
        ("增减-5.00和−6.00", ["-5.00", "-6.00"]),
        ("拉动+74.03", ["+74.03"]),
        ("2020-2021年", ["2020", "2021"]),
        ("2020—2021年", ["2020", "2021"]),
        ("科目2010350", ["2010350"]),
        ("政府工作报告PPT2制作，A4纸，PM2.5", []),
        ("5G基站", ["5"]),
        ("一、（一）第二部分 十二", []),
        ("未公开", ["未公开"]),
        ("99.5%以上", ["99.5"]),
        ("", []),
    ],
)
def test_numbers_of_a_text(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_word_for_unknown_is_read_over_a_line_end() -> None:
    assert numbers("未公", "开 未", "公开") == ["未公开", "未公开"]


def test_label_is_the_words_since_the_number_before() -> None:
    tokens = find_numbers([Segment("本年收入191.39万元，比"), Segment("2020年的 117.36 167.21")]).tokens
    assert [token.label for token in tokens] == ["本年收入", "万元比", "年的", ""]


def test_words_around_a_number_show_it_and_its_neighbours() -> None:
    found = find_numbers([Segment("本年收入191.39万元")])
    assert found.words_around(found.tokens[0]) == "本年收入【191.39】万元"


def test_number_within_a_span_bears_its_fact() -> None:
    tokens = find_numbers([Segment("2021年191.39万元", marks=(Mark(5, 11, "income"),))]).tokens
    assert [(token.text, token.fact_id) for token in tokens] == [("2021", None), ("191.39", "income")]


@pytest.mark.parametrize(
    ("found", "printed", "same"),
    [
        ("74.03", "74.03", True),
        ("74.03", "-74.03", True),
        ("-74.03", "-74.03", True),
        ("+74.03", "74.03", True),
        ("-74.03", "74.03", False),
        ("+74.03", "-74.03", False),
        ("1234.50", "1,234.50", True),
        ("74.0", "74.03", False),
        ("100", "100.00", False),
    ],
)
def test_sign_may_be_left_to_a_word_and_nothing_else(found: str, printed: str, same: bool) -> None:
    assert same_number(found, printed) is same


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_every_amount_is_read_as_it_is_written(amount: object) -> None:
    assert numbers(f"支出{amount}万元") == [f"{amount}"]


@pytest.mark.parametrize(
    "lines", [("信息191.3", "9万元"), ("信息191.", "39万元"), ("信息1 91.39万元",), ("信息191", ".39万元")]
)
def test_number_broken_over_a_line_is_joined_where_the_page_says_so(lines: tuple[str, ...]) -> None:
    expected = find_numbers([Segment("收入5条，信息191.39万元，信息8条")]).tokens
    found = find_numbers([Segment(one) for one in ("收入5条，", *lines, "，信息8条")])
    aligned = align(expected, found)
    assert [token.text for token in aligned.found] == ["5", "191.39", "8"]
    assert aligned.same == {0: 0, 1: 1, 2: 2}


def test_two_numbers_side_by_side_are_not_joined_where_the_page_has_two() -> None:
    expected = find_numbers([Segment("1"), Segment("3692")]).tokens
    assert [one.text for one in align(expected, find_numbers([Segment("1 3692")])).found] == ["1", "3692"]


def test_figures_that_changed_places_stand_each_instead_of_the_other() -> None:
    expected = find_numbers([Segment("养老9.82万元，医疗6.89万元")]).tokens
    aligned = align(expected, find_numbers([Segment("养老6.89万元，医疗9.82万元")]))
    assert aligned.instead_of == {0: 0, 1: 1}


def test_number_that_is_gone_leaves_the_others_in_their_places() -> None:
    expected = find_numbers([Segment("养老9.82万元，医疗6.89万元，住房7.47万元")]).tokens
    aligned = align(expected, find_numbers([Segment("养老9.82万元，住房7.47万元")]))
    assert aligned.same == {0: 0, 1: 2}
