"""Wordings of reports that were met after the rules were written: what holds accuses nobody, what does not is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.audit import audit_document


def found(text: str, folder: Path) -> list[tuple[str, str]]:
    """Return rule and printed words of what the audit calls wrong or doubtful in `text`."""
    path = folder / "说明.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return [(one.rule, one.printed) for one in audit_document(path).findings]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "2019年全县“三公”经费预算为90万元。2020年全县“三公”经费预算为80万元，比2019年减少10万元，下降11.11%。",
            id="sentences of two years, no title: neither is the wrong year",
        ),
        pytest.param(
            "甲县统计局2022年“三公”经费预算说明\n2022年“三公”经费预算6万元，比2021年预算减少2万元，下降25%。",
            id="a budget is compared with the budget before it",
        ),
        pytest.param(
            "2023年“三公”经费预算总额为50万元，较2022年的60万元减少10万元，下降16.67%；其中：因公出国（境）费0万元，"
            "公务接待费20万元，公务用车购置及运行维护费30万元。",
            id="a budget's base is printed after 较",
        ),
        pytest.param(
            "2020年“三公”经费支出12.00万元，其中：因公出国（境）费0.00万元，公务用车购置费0.00万元，"
            "公务用车运行维护费9.00万元，公务接待费3.00万元。",
            id="four parts make 三公 where 用车 is not summed",
        ),
        pytest.param(
            "一般公共预算收入30000万元，加债务转贷收入2000万元，收入合计32000万元。\n"
            "政府性基金收入500万元，加上年结余100万元，收入合计600万元。",
            id="a government has a total for each of its budgets",
        ),
        pytest.param(
            "2021年全市“三公”经费预算40万元。其中，因公出国（境）费5万元，公务接待费10万元，公务用车购置及运行费25万元。"
            "比2020年减少10万元，下降20%。",
            id="after a list and a full stop the whole is spoken of",
        ),
        pytest.param(
            "2022年收入总计100.00万元，其中：本年收入合计99.00万元，年初结转和结余1.00万元。"
            "收入支出总体与上年相比，增加20.00万元，增长25.00%。",
            id="收入支出总体 is the total, not what was named last",
        ),
        pytest.param(
            "2018年本单位“三公”经费支出3.10万元，年初预算为4.00万元，差值为0.90万元。",
            id="差值 is the difference of outcome and budget",
        ),
        pytest.param(
            "2019年甲市公务接待费、公车购置费、公车运行费（“三公”经费）决算总额900万元。其中公务用车运行费决算400万元。",
            id="what stands in brackets after three names is their sum",
        ),
        pytest.param(
            "2020年安排预算稳定调节基金20万元（累计稳定调节基金45万元）。",
            id="what has gathered is no part of the year's",
        ),
        pytest.param(
            "2021年收入支出总计各是300.10,310.20万元，其中本年收入290.00万元。", id="two amounts share one unit"
        ),
        pytest.param("甲县机房运维经费8万元，全年已执行6万元，执行率75%。", id="what stands before 已执行 was planned"),
        pytest.param(
            "2021年本年收入合计50.00万元，全部为一般公共预算财政拨款收入50.00万元，占100.00%。",
            id="全部为 is all of it",
        ),
        pytest.param("2017年工资福利支出较上年增10万元，增12.5%；办公费较上年减2万元，减幅20%。", id="增 and 减 alone"),
    ],
)
def test_what_holds_accuses_nobody(text: str, tmp_path: Path) -> None:
    assert found(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "rule", "printed"),
    [
        ("2017年工资福利支出较上年减3万元，增1.5%。", "A13", "1.5%"),
        ("甲局2018年“三公”经费预算说明\n2018年“三公”经费预算总额为2.4万元。\n“三公”经费预算数比2017年预算数减少0.6万元，减幅2%。", "A02", "2%"),
        ("2020年甲局“三公”经费支出8.00万元，较上年9.50减少1.00万元。", "A01", "1.00万元"),
        ("2022年收入总计100.00万元，其中：本年收入合计99.00万元，年初结转和结余1.00万元。收入支出总体与上年相比，增加20.00万元，增长21.00%。", "A02", "21.00%"),
        ("2020年“三公”经费支出15.00万元，其中：因公出国（境）费0.00万元，公务用车购置费0.00万元，公务用车运行维护费9.00万元，公务接待费3.00万元。", "A21", "15.00万元"),
        ("2018年本单位“三公”经费支出3.10万元，年初预算为4.00万元，差值为0.60万元。", "A01", "0.60万元"),
        ("甲县机房运维经费8万元，全年已执行6万元，执行率100%。", "A08", "100%"),
        ("2021年本年收入合计50.00万元，全部为一般公共预算财政拨款收入50.00万元，占90.00%。", "A10", "90.00%"),
        ("2019年乙局因公出国（境）费0万元，占 %，比上年减少1万元。", "W04", "%"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_found(text: str, rule: str, printed: str, tmp_path: Path) -> None:
    assert (rule, printed) in found(text, tmp_path)


def test_a_missing_number_is_found_once(tmp_path: Path) -> None:
    text = "2019年乙局因公出国（境）费0万元，占 %，比上年减少 万元。"
    assert [rule for rule, _ in found(text, tmp_path)] == ["W04", "W04"]
