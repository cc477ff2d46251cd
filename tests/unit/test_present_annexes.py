"""Each annex of an evaluation has its own table, and a table prints a 类 as the original printed it there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.facts import Findings, report_findings
from juesuan.load import load_accounts
from juesuan.present import read_profile
from juesuan.present.document import written
from juesuan.present.forms import official_tables
from juesuan.present.tables import Table
from juesuan.present.tables_model import cell_text

ROOT = Path(__file__).resolve().parents[2]


def findings_of(unit: str, year: int) -> Findings:
    accounts = load_accounts(ROOT / "data", unit, year)
    form = read_profile(accounts.unit.profile)
    return report_findings(accounts, None, percent_decimals=form.percent_decimals, budget=form.budget)


@pytest.fixture(scope="module")
def sichuan() -> Findings:
    return findings_of("nanjiang-zwxx", 2021)


def tables(findings: Findings, table_id: str) -> list[Table]:
    return official_tables(findings, read_profile(findings.profile).table(table_id))


def texts(table: Table) -> list[list[str]]:
    return [[cell_text(row.cells.get(column.key)) for column in table.columns] for row in table.rows]


def test_each_evaluated_project_has_its_money_and_its_indicators(sichuan: Findings) -> None:
    [table] = tables(sichuan, "tbl-project-evaluations")
    money, *indicators = texts(table)
    assert table.title.endswith("：电子政务中心网络租赁费")
    assert money[3:] == ["10.00", "10.00", "100.00"]
    assert [row[0] for row in indicators] == ["产出指标", "产出指标", "效益指标", "满意度指标"]
    assert indicators[0][3:5] == ["全年", "全年"]


def test_a_year_without_an_evaluated_project_keeps_the_table_and_says_so(sichuan: Findings) -> None:
    overall = tuple(one for one in sichuan.entries("evaluations") if one.code == "overall")
    findings = replace(sichuan, lists={**sichuan.lists, "evaluations": overall})
    [table] = tables(findings, "tbl-project-evaluations")
    assert table.rows == () and table.notes == ("2021年没有单独评价的项目。",)
    assert "2021" in written(findings).texts["annex_project"].markdown


def test_the_overall_annex_adds_up_its_projects(sichuan: Findings) -> None:
    [table] = tables(sichuan, "tbl-execution")
    total, *projects = texts(table)
    assert total == ["合计", "48.70", "48.70", "100.00"]
    assert len(projects) == 8


def test_an_evaluation_has_a_score_or_a_grade_and_nothing_is_unpublished(sichuan: Findings) -> None:
    [table] = tables(sichuan, "tbl-evaluations")
    assert [row[2:] for row in texts(table)] == [["91", ""], ["", "优"]]


def test_a_class_is_printed_in_each_table_as_the_original_printed_it_there() -> None:
    findings = findings_of("putuo-guihua", 2024)
    printed = {
        table_id: {row[place].split("、")[-1]: row[place + 1] for row in texts(tables(findings, table_id)[0])}
        for table_id, place in (("tbl-01", 2), ("tbl-03", 1), ("tbl-04", 2), ("tbl-05", 1))
    }
    health, towns = ({one: named[name] for one, named in printed.items()} for name in ("卫生健康支出", "城乡社区支出"))
    assert health == {"tbl-01": "236.63", "tbl-03": "236.64", "tbl-04": "236.63", "tbl-05": "236.64"}
    assert towns == {"tbl-01": "3845.25", "tbl-03": "3845.24", "tbl-04": "3832.36", "tbl-05": "3832.36"}
