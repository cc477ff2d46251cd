"""Forms in which reports tell their numbers: each is read as it is meant, so that what holds passes and what does not is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.audit import audit_document
from juesuan.reading.document import read_document
from juesuan.reading.document.grid import Region, Word, rows_of
from juesuan.reading.grammar import figures_of


def found(text: str, folder: Path) -> list[tuple[str, str]]:
    """Return rule and printed words of what the audit finds in `text`."""
    path = folder / "说明.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return [(one.rule, one.printed) for one in audit_document(path).findings]


TWO_TOTALS = "2021年收、支总计各是300.00,250.00万元。与2020年相比,收、支总计各减少100.00,50.00万元,各下降25.00%、{}%。"
TWO_SIDES = (
    "2021年度收入300.00、支总计250.00万元。与2020年相比,收入减少100.00、支出总计减少50.00万元,分别下降25%、{}%。"
)
TOLD_APART = (
    "2021年收入总计300.00万元,支出总计250.00万元。与2020年相比,收入增加60.00万元,增长25.00%;支出增加50.00万元,增长{}%。"
)
OF_BUDGET = "2021年“三公”经费支出决算为9.00万元,完成预算12.00万元的{}%。其中:公务接待费支出决算为9.00万元,完成预算12.00万元的75.00%。"
OF_WHOLE = "2021年公务接待费支出2.00万元,占“三公”经费8.00万元的{}%。"
IN_BRACKETS = "2021年公务接待费3.00万元,较上年减少1.00万元({}%),原因是接待减少。"
LOST_YEAR = "2021年度收、支总计90.00万元。与2020100.00万元相比,收、支总计各减少{}万元,下降10.00%。"
SPREAD = "2021 年 政 府 采 购 预 算 300.00 万 元 , 同 比 增 加 100.00 万 元 , 增 长 {}%。"
AFTER_VISITS = "2021年公务接待费4.00万元,接待7批次80人次,比上年3.00万元增加{}万元。"
OF_LIST = "2021年运转经费安排90.00万元,其中:基本支出预算30.00万元,项目支出预算60.00万元,同比增加30.00万元,增长{}%。"
LOST_WORD = "2021年“三公”经费预算数为12.00万元,决算支出数为10.00万元,较2020年决算数8.00万元{}万元,增长25.00%。"
LOST_SIGN = "2021年“三公”经费支出8.00万元,其中:公务接待费2.00万元,占,{}%;公务用车运行维护费6.00万元,占75.00%。"
BY_OTHER_NAMES = "2021年“三公”经费{}万元,其中:因公出国(境)经费1.00万元,公务接待费2.00万元,公务用车购置经费3.00万元,公务用车运行经费4.00万元。"
LESS = "2021年公务用车运行维护费2.00万元,比上年2.50万元少{}万元。"


@pytest.mark.parametrize(
    ("form", "right", "wrong", "rule"),
    [
        pytest.param(TWO_TOTALS, "16.67", "18.67", "A02", id="two totals, two changes, two rates"),
        pytest.param(TWO_SIDES, "16.67", "20.00", "A02", id="a short name for the second total"),
        pytest.param(TOLD_APART, "25.00", "20.00", "A02", id="totals told together, changes told apart"),
        pytest.param(OF_BUDGET, "75.00", "57.00", "A08", id="the budget stands inside 完成…的"),
        pytest.param(OF_WHOLE, "25.00", "52.00", "A10", id="the whole stands inside 占…的"),
        pytest.param(IN_BRACKETS, "25.00", "33.33", "A02", id="the rate stands in brackets"),
        pytest.param(LOST_YEAR, "10.00", "12.00", "A01", id="a year that lost its 年"),
        pytest.param(SPREAD, "50.00", "33.33", "A02", id="spaces between all characters"),
        pytest.param(AFTER_VISITS, "1.00", "1.50", "A01", id="visits stand between an amount and its change"),
        pytest.param(OF_LIST, "50.00", "40.00", "A02", id="a change after the last part is of the whole"),
        pytest.param(LOST_WORD, "2.00", "3.00", "A01", id="a change that lost its word"),
        pytest.param(LOST_SIGN, "25.00", "52.00", "A10", id="a comma after 占"),
        pytest.param(BY_OTHER_NAMES, "10.00", "12.00", "A21", id="经费 for 费"),
        pytest.param(LESS, "0.50", "0.80", "A01", id="少 alone"),
    ],
)
def test_form_is_read_as_it_is_meant(form: str, right: str, wrong: str, rule: str, tmp_path: Path) -> None:
    assert found(form.format(right), tmp_path) == []
    assert rule in [one for one, _ in found(form.format(wrong), tmp_path)]


def test_rate_of_completion_is_held_to_the_budget_it_names(tmp_path: Path) -> None:
    text = "一般公共预算财政拨款支出年初预算为0万元,全年预算为50.00万元,支出决算为40.00万元,完成{}预算的80.00%。"
    assert found(text.format("全年"), tmp_path) == []
    assert found(text.format("年初"), tmp_path) == [("A06", "80.00%")]


def test_budget_told_by_its_difference_is_held_to_the_rate(tmp_path: Path) -> None:
    text = "2021年一般公共预算财政拨款支出110.00万元,完成年初预算{}%,决算数大于预算数10.00万元。"
    assert found(text.format("110.00"), tmp_path) == []
    assert found(text.format("100.00"), tmp_path) == [("A08", "100.00%")]


def test_unit_is_shared_by_two_amounts_and_not_by_two_clauses(tmp_path: Path) -> None:
    assert found("2021年度收入300.00、支总计250.00万元。", tmp_path) == []
    assert found("2021年度收入总计为300.00，支出总计为300.00万元。", tmp_path) == [("W05", "300.00")]


def test_second_pair_of_totals_is_no_change_of_the_first(tmp_path: Path) -> None:
    text = (
        "2021年收、支总计各是300.00,250.00万元，财政拨款收、支总计各是200.00,150.00万元，收入90.00万元。"
        "与2020年相比，收、支总计各减少100.00,50.00万元，各下降25.00%、16.67%。"
    )
    assert found(text, tmp_path) == []


def test_change_in_a_new_sentence_is_not_of_the_list_before(tmp_path: Path) -> None:
    text = (
        "2021年“三公”经费支出10.00万元，较上年减少2.00万元，下降16.67%。其中：因公出国（境）费为0万元，共安排团组0个。"
        "公务接待费为4.00万元，较上年减少1.00万元，下降20.00%。"
    )
    assert found(text, tmp_path) == []


def test_list_after_a_sentence_of_its_own_is_of_no_amount_before_it(tmp_path: Path) -> None:
    text = (
        "2021年政府采购预算30.00万元，其中结转资金安排0.00万元。按采购内容划分，有货物、工程和服务三类。其中："
        "货物类采购10.00万元，工程类采购5.00万元，服务类采购15.00万元。"
    )
    assert found(text, tmp_path) == []


def test_list_of_people_ends_with_its_semicolon(tmp_path: Path) -> None:
    text = "2021年年末实有人数50人，其中在职人员30人，退休人员20人；年末学生人数400人。"
    assert found(text, tmp_path) == []


def test_parts_of_three_public_that_are_named_are_held_to_their_sum(tmp_path: Path) -> None:
    text = "2021年“三公”经费合计{}万元，其中：公务接待费2.00万元，车辆运行费7.00万元，因公出国（境）费1.00万元。"
    assert found(text.format("10.00"), tmp_path) == []
    assert found(text.format("11.00"), tmp_path) == [("A21", "11.00万元")]


def test_codes_parted_over_two_columns_are_read_in_both_halves_of_a_table(tmp_path: Path) -> None:
    rows = (
        "301 | | 工资福利支出 | 60.00 | 302 | | 商品和服务支出 | 30.00", "301 | 01 | 基本工资 | 40.00 | 302 | 01 | 办公费 | 10.00",
        "301 | 02 | 津贴补贴 | 15.00 | 302 | 02 | 印刷费 | 5.00", "301 | 03 | 奖金 | 5.00 | 302 | 05 | 水费 | 15.00",
        "301 | 06 | 伙食补助费 | | 302 | 06 | 电费 |", "301 | 07 | 绩效工资 | | 302 | 07 | 邮电费 |",
    )  # fmt: skip
    table = "一般公共预算财政拨款基本支出决算表\n单位：万元\n科目编码 | | 科目名称 | 决算数 | 科目编码 | | 科目名称 | 决算数\n"
    text = (
        f"甲县统计局2021年度部门决算\n{table}{chr(10).join(rows)}\n六、一般公共预算财政拨款基本支出决算情况说明\n"
        "一般公共预算财政拨款基本支出90.00万元。公用经费30.00万元，主要包括：办公费、印刷费、{}。"
    )
    assert found(text.format("水费"), tmp_path) == []
    assert found(text.format("邮电费"), tmp_path) == [("C11", "邮电费")]


def test_three_public_summed_up_is_not_all_expenditure(tmp_path: Path) -> None:
    text = (
        "2021年度本年支出合计90.00万元。2021年度全镇“三公”经费支出合计{}万元，其中：因公出国（境）费0万元，"
        "公务用车购置及运维费6.00万元，公务接待费2.00万元。"
    )
    assert found(text.format("8.00"), tmp_path) == []
    assert found(text.format("9.00"), tmp_path) == [("A21", "9.00万元")]


def test_amount_that_a_table_contradicts_accuses_no_other(tmp_path: Path) -> None:
    table = "收入支出决算总表\n单位：万元\n收入 | 金额 | 支出 | 金额\n本年收入合计 | 90.00 | 本年支出合计 | 90.00\n总计 | 90.00 | 总计 | 90.00\n"
    text = "甲县统计局2021年度部门决算\n{}2021年度收入支出总计{}万元。与2020年度相比，收入支出总计减少10.00万元，下降10.00%。"
    assert found(text.format(table, "90.00"), tmp_path) == []
    assert found(text.format(table, "0.00"), tmp_path) == [("C01", "0.00万元")]


def test_page_whose_file_holds_lines_in_another_order_is_read_from_the_top(tmp_path: Path) -> None:
    drawn = b"".join(
        b"BT /F1 12 Tf 50 %d Td (%b) Tj ET\n" % line
        for line in ((700, b"total 1.00 for"), (660, b"third 3.00"), (680, b"second 2.00"))
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%bendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % one for one in enumerate(objects, start=1))
    file = tmp_path / "edited.pdf"
    file.write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n")
    told = "".join(one.plain for one in read_document(file).paragraphs).replace(" ", "")
    assert told == "total1.00forsecond2.00third3.00"


def test_whole_named_in_a_later_sentence_is_not_what_was_named_last(tmp_path: Path) -> None:
    text = (
        "2021年“三公”经费支出20.00万元，其中接待共花5.00万元。2021年“三公”经费决算数比2020年减少5.00万元，下降20.00%。"
    )
    assert found(text, tmp_path) == []


def test_numbering_is_no_amount() -> None:
    for text in (
        "发布于上午9:30由办公室",
        "联系电话:021-12345678请在工作日拨打",
        "1、20103-政府办公厅及相关机构事务",
        "(2)公务用车购置费没有发生",
        "其中:(1)公务接待费没有发生",
    ):
        assert not any(one.is_value for one in figures_of(text))
    assert [one.value for one in figures_of("增减额为(12.50)万元")] == [-125_000]


def test_items_that_begin_with_a_number_and_a_code_are_paragraphs(tmp_path: Path) -> None:
    rows = [f"{n}、2010{n}-第{n}类事务{n}0.00万元，较2020年决算数增加{n}.00万元，增长11.11%。" for n in range(1, 9)]
    assert found("甲区2021年度决算\n" + "\n".join(rows), tmp_path) == []


def test_point_and_comma_that_are_boxes_of_their_own_stand_in_their_line() -> None:
    region = Region((0, 100, 200), (0, 40))
    words = [
        Word(10, 22, 20, 32, "一"), Word(22, 22, 25, 24, "、"), Word(30, 22, 60, 32, "教育"), Word(10, 8, 40, 18, "支出"),
        Word(110, 14, 125, 24, "307"), Word(126, 14, 128, 16, "."), Word(130, 14, 140, 24, "82"),
    ]  # fmt: skip
    assert rows_of(region, words) == (("一、教育支出", "307.82"),)
