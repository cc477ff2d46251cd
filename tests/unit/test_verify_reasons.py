"""Why a number that is no fact may stand: each reason is seen to match and not to."""

from __future__ import annotations

import re

import pytest

from juesuan.verify.background import Background
from juesuan.verify.numbers import find_numbers
from juesuan.verify.reasons import Reasons
from juesuan.verify.text import Kind, Segment

BACKGROUND = Background(
    years=frozenset({"2020", "2021"}),
    codes=frozenset({"201", "2010350"}),
    patterns=((re.compile(r"不超过\d+人"), "制度原文"),),
    quotes=(("预期指标值≥95%", "指标值"), ("100%", "指标值")),
)


def reasons(*segments: Segment) -> list[str | None]:
    found = find_numbers(segments)
    judge = Reasons(found, segments, BACKGROUND)
    return [judge.reason(token) for token in found.tokens]


def reason(text: str, kind: Kind = "text", page: int = 0) -> str | None:
    return reasons(Segment(text, kind=kind, page=page))[0]


@pytest.mark.parametrize(
    "text", ["2021年度部门决算", "2020 年", "2020—2021年", "2021-12-31", "2021年12月31日", "2021.12.31"]
)
def test_year_of_the_report_is_a_year(text: str) -> None:
    assert set(reasons(Segment(text))) == {"year"}


@pytest.mark.parametrize("text", ["2021万元", "2019年", "2027年", "20210年", "2019-12-31", "2021"])
def test_other_numbers_of_four_digits_are_no_year(text: str) -> None:
    assert "year" not in reasons(Segment(text))


def test_year_may_end_its_line_in_a_pdf() -> None:
    assert reasons(Segment("比 2020", kind="line"), Segment("年的", kind="line")) == ["year"]


@pytest.mark.parametrize(("text", "kind"), [("2010350", "cell"), (" 201 ", "cell"), ("201 一般公共服务支出", "line")])
def test_known_code_that_fills_its_cell_is_a_code(text: str, kind: Kind) -> None:
    assert reason(text, kind) == "code"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2010351", "cell"), ("支出201万元", "text"), ("201万元", "cell"), ("201万元", "line"), ("合计 201", "line")],
)
def test_unknown_code_and_amount_like_a_code_are_none(text: str, kind: Kind) -> None:
    assert reason(text, kind) is None


@pytest.mark.parametrize(
    "text",
    [
        "图1 收入",
        "图 12 支出",
        "附件1",
        "公开01表",
        "1. 政务公开",
        "1．政务公开",
        "（1）政务公开",
        "(3) 其他",
        "2、信息",
    ],
)
def test_numbering_is_numbering(text: str) -> None:
    assert reason(text) == "numbering"


@pytest.mark.parametrize("text", ["总表191.39", "图191", "1.5万元", "共1. 政务", "1个", "100. 政务", "第3个"])
def test_figure_that_looks_like_numbering_is_none(text: str) -> None:
    assert reason(text) is None


def test_ordinal_in_a_cell_is_no_numbering() -> None:
    assert reason("1. ", "cell") is None


@pytest.mark.parametrize(("text", "page"), [("— 3 —", 3), ("第3页", 3), ("第 3 页 共 20 页", 3), ("— 7 —", 0)])
def test_page_number_is_numbering(text: str, page: int) -> None:
    assert reason(text, "line", page) == "numbering"


def test_page_number_of_another_page_is_none() -> None:
    assert reason("— 3 —", "line", 4) is None


def contents(named: int) -> str | None:
    return reasons(
        Segment(f"三、支出情况 . . . . — {named} —", kind="contents", page=1),
        Segment("三、支出情况", kind="line", page=2),
        Segment("其他", kind="line", page=3),
    )[0]


def test_line_of_contents_leads_to_the_page_of_its_heading() -> None:
    assert contents(2) == "numbering"


def test_line_of_contents_that_leads_elsewhere_is_none() -> None:
    assert contents(3) is None


def test_pattern_excepts_what_lies_inside_it() -> None:
    assert reasons(Segment("定员不超过30人，实有31人")) == ["exception", None]


def test_quoted_words_are_excepted_though_a_line_breaks_in_them() -> None:
    lines = [Segment(text, kind="line") for text in ("预期指标", "值≥95%", "95%")]
    assert reasons(*lines) == ["exception", None]


def test_quoted_words_within_a_longer_number_are_not_excepted() -> None:
    assert reason("预期指标值≥95%5") is None


def test_short_quoted_words_are_excepted_only_where_they_fill_a_cell() -> None:
    assert reasons(Segment("100%", kind="cell"), Segment("完成预算100%"), Segment("100%", kind="line")) == [
        "exception",
        None,
        None,
    ]


def test_year_that_stands_alone_on_an_axis_is_a_year() -> None:
    assert reasons(Segment("2021", kind="chart"), Segment("2021万元", kind="chart")) == ["year", None]


def test_line_of_contents_may_have_room_for_one_dot_only() -> None:
    assert (
        reasons(
            Segment("情况表 . — 5 —", kind="contents", page=2),
            Segment("第二部分 部门", kind="line", page=5),
            Segment("情况表", kind="line", page=5),
        )[0]
        == "numbering"
    )
