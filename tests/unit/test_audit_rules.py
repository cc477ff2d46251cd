"""Every rule of the catalogue: a text that passes and one that fails."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from audit_rule_cases import BROKEN, CLEAN

from juesuan.audit import audit_document
from juesuan.audit.judge import Finding, read_rules
from juesuan.classification import Classification

OF_THEIR_OWN = {"W21", "A11", "C14", "B11", "B12", "T17", "T18"}
AGAINST_ACCOUNTS = {"D01", "D02", "D03", "D04"}  # their cases are in test_audit_against.py


@pytest.fixture(scope="module")
def classification() -> Classification:
    function = pd.DataFrame(
        [
            ("201", "一般公共服务支出", None, None),
            ("20126", "档案事务", None, None),
            ("2012604", "档案馆", None, None),
            ("20805", "行政事业单位养老支出", 2020, None),
            ("20805", "行政事业单位离退休", None, 2019),
            ("221", "住房保障支出", None, None),
            ("22102", "住房改革支出", None, None),
            ("2210201", "住房公积金", None, None),
        ],
        columns=["code", "name", "first_year", "last_year"],
    ).astype({"first_year": "Int64", "last_year": "Int64"})
    economic = pd.DataFrame([("30101", "基本工资", None, None)], columns=function.columns).astype(
        {"first_year": "Int64", "last_year": "Int64"}
    )
    return Classification(function, economic)


def findings_of(text: str, folder: Path, classification: Classification) -> list[Finding]:
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    return audit_document(file, classification).findings


def test_clean_report_has_no_finding(tmp_path: Path, classification: Classification) -> None:
    assert findings_of(CLEAN, tmp_path, classification) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_report_that_breaks_a_rule_is_found_by_it(rule: str, tmp_path: Path, classification: Classification) -> None:
    old, new = BROKEN[rule]
    assert CLEAN.count(old) >= 1
    found = findings_of(CLEAN.replace(old, new, 1), tmp_path, classification)
    assert rule in {one.rule for one in found}


def test_item_under_another_section_is_found_without_tables(tmp_path: Path, classification: Classification) -> None:
    text = "甲县档案馆2023年度部门决算\n五、一般公共预算财政拨款支出决算情况说明\n住房保障支出（类）{}（款）住房公积金（项）：支出决算为9.00万元。\n"
    assert findings_of(text.format("住房改革支出"), tmp_path, classification) == []
    assert {one.rule for one in findings_of(text.format("城乡社区住宅"), tmp_path, classification)} == {"W21"}


def test_two_shares_above_a_hundred_are_found_without_their_total(
    tmp_path: Path, classification: Classification
) -> None:
    text = "甲县档案馆2023年度部门决算\n基本支出80.00万元，占一般公共预算支出的80.00%。\n项目支出20.00万元，占一般公共预算支出的{}%。\n"
    assert findings_of(text.format("20.00"), tmp_path, classification) == []
    found = findings_of(text.format("31.00"), tmp_path, classification)
    assert [(one.rule, one.printed, one.recomputed) for one in found] == [("A11", "31.00%", "20.00%")]


def test_section_is_held_against_the_total_table_where_all_was_general(
    tmp_path: Path, classification: Classification
) -> None:
    text = (
        "甲县档案馆2023年度部门决算\n收入支出决算总表\n单位：万元\n项目 | 决算数 | 项目 | 决算数\n"
        "一、财政拨款收入 | 20.00 | 一、教育支出 | 12.00\n | | 二、卫生健康支出 | 8.00\n"
        "本年收入合计 | 20.00 | 本年支出合计 | 20.00\n\n五、一般公共预算财政拨款支出决算情况说明\n"
        "本年支出合计20.00万元。一般公共预算财政拨款支出20.00万元，主要用于以下方面：教育支出{}万元；卫生健康支出8.00万元。\n"
    )
    assert findings_of(text.format("12.00"), tmp_path, classification) == []
    assert "C14" in {one.rule for one in findings_of(text.format("11.00"), tmp_path, classification)}


FUND = """甲县档案馆2023年度部门决算
财政拨款收入支出决算总表
单位：万元
项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款
二、政府性基金预算财政拨款 | 8.00 | 一、教育支出 | 12.00 | 12.00
三、国有资本经营预算财政拨款 | 3.00 | | |

政府性基金预算财政拨款收入支出决算表
单位：万元
科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 小计 | 基本支出 | 项目支出 | 年末结转和结余
 | 合计 | | 8.00 | 6.00 | 1.00 | 5.00 | 2.00
212 | 城乡社区支出 | | 8.00 | 6.00 | 1.00 | 5.00 | 2.00

国有资本经营预算财政拨款收入支出决算表
单位：万元
科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 小计 | 基本支出 | 项目支出 | 年末结转和结余
 | 合计 | | 3.00 | 3.00 | | 3.00 |
223 | 国有资本经营预算支出 | | 3.00 | 3.00 | | 3.00 |
"""


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("B11", "政府性基金预算财政拨款 | 8.00", "政府性基金预算财政拨款 | 9.00"),
        ("B12", "国有资本经营预算财政拨款 | 3.00", "国有资本经营预算财政拨款 | 4.00"),
        ("T17", "5.00 | 2.00\n212", "5.00 | 1.00\n212"),
        ("T18", "6.00 | 1.00 | 5.00 | 2.00\n212", "6.00 | 1.00 | 4.00 | 2.00\n212"),
    ],
)
def test_fund_table_is_held_against_itself_and_the_fiscal_one(
    rule: str, old: str, new: str, tmp_path: Path, classification: Classification
) -> None:
    assert findings_of(FUND, tmp_path, classification) == []
    assert old in FUND
    assert rule in {one.rule for one in findings_of(FUND.replace(old, new, 1), tmp_path, classification)}


def test_every_rule_of_the_catalogue_has_a_case() -> None:
    assert set(read_rules()) == set(BROKEN) | OF_THEIR_OWN | AGAINST_ACCOUNTS


def test_catalogue_names_severity_scope_and_words() -> None:
    for rule in read_rules().values():
        assert rule.severity in ("错误", "疑点", "提示")
        assert rule.scope in ("表内", "表间", "文表", "文内", "跨年", "文字", "数据")
        assert rule.words


def test_every_message_says_where_what_the_rule_and_what_to_do(tmp_path: Path, classification: Classification) -> None:
    for one in findings_of(CLEAN.replace("增长12.00%", "增长13.00%"), tmp_path, classification):
        assert one.message.startswith(one.place)
        assert one.message.count("；") >= 2
