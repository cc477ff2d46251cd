"""The facts of variance, trend, comparison and the front page, over two full years and two offices."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from juesuan.facts import comparison_findings, front_findings, trend_findings, variance_findings
from juesuan.load import Accounts, Checked, check_data
from juesuan.present import sentence

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT, OTHER = "nanjiang-zwxx", "nanjiang-xxgk"
RAISED = {  # 项目支出 grows by 10.00, 住房公积金 falls by 1.00
    "totals": [("191.39", "200.39")],
    "revenue": [("48.70", "58.70"), ("7.47", "6.47")],
    "expenditure": [("48.70,48.70", "58.70,58.70"), ("7.47,7.47", "6.47,6.47")],
    "economic": [("30113,general_public,basic,7.47", "30113,general_public,basic,6.47")],
    "projects": [("5.70,5.70", "15.70,15.70")],
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    data = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("two") / "data"))
    shutil.copytree(data / UNIT / "2021", data / UNIT / "2022")
    for table, edits in RAISED.items():
        path = data / UNIT / "2022" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text, f"{table}.csv no longer holds {old}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(data / UNIT / "2020", data / OTHER / "2021")
    with (data / "units.csv").open("a", encoding="utf-8") as file:
        file.write(f"{OTHER},某县信息公开办公室,信息公开办,某县,county,事业单位,sichuan-2021,\n")
    found = check_data(data)
    assert found.usable, "\n".join(map(str, found.faults))
    return found


def of(checked: Checked, unit: str, year: int) -> Accounts:
    return checked.accounts[unit, year]


def test_a_variance_names_what_each_class_did_and_pulled(checked: Checked) -> None:
    found = variance_findings(of(checked, UNIT, 2022), of(checked, UNIT, 2021), threshold_pct=10, threshold_wan=1)
    rows = {entry.code: found.ledger[entry.fact_id].printed for entry in found.entries("by_class")}
    assert rows == {"201": "10.00", "221": "-1.00", "208": "0.00", "210": "0.00"}
    pulled = [found.ledger[f"variance.class.{code}.contribution_pp"].value for code in rows]
    assert sum(pulled) == found.ledger["expenditure.total.change_pct"].value == Fraction(900, 19139) * 100
    assert {entry.code: entry.note for entry in found.entries("by_class")} == {
        "201": "一般",
        "221": "重大",
        "208": "一般",
        "210": "一般",
    }


def test_a_variance_says_in_words_what_drove_it(checked: Checked) -> None:
    found = variance_findings(of(checked, UNIT, 2022), of(checked, UNIT, 2021), threshold_pct=10, threshold_wan=1)
    assert sentence(found, "{{ driver_words() }}") == (
        "变动主要来自一般公共服务支出增加10.00万元（拉高5.22个百分点）、住房保障支出减少1.00万元（拉低0.52个百分点）。"
    )
    assert sentence(found, "{{ material_words() }}") == "按所定标准，没有重大变动。"


def test_a_year_with_totals_alone_has_no_drivers_and_says_so(checked: Checked) -> None:
    found = variance_findings(of(checked, UNIT, 2021), of(checked, UNIT, 2020), threshold_pct=10, threshold_wan=1)
    assert found.entries("by_class") == ()
    assert sentence(found, "{{ driver_words() }}") == "2020年只公开了合计数，不能说明由哪些科目带动。"
    assert sentence(found, "{{ material_words() }}").startswith("按所定标准，本年收入合计、本年支出合计")


def test_a_trend_runs_over_every_year_and_says_where_it_leads(checked: Checked) -> None:
    found = trend_findings([of(checked, UNIT, year) for year in (2020, 2021, 2022)])
    assert [entry.code for entry in found.entries("years")] == ["2020", "2021", "2022"]
    assert found.ledger["expenditure.total.2022.index_pct"].printed == "170.75"
    assert sentence(found, "{{ trend_words('expenditure.total') }}") == (
        "本年支出合计由2020年的117.36万元升至2022年的200.39万元，年均增长30.67%。"
    )


def test_a_comparison_ranks_the_offices_and_gives_no_amount_a_head_without_heads(checked: Checked) -> None:
    found = comparison_findings([of(checked, OTHER, 2021), of(checked, UNIT, 2021)], 2021)
    assert [entry.code for entry in found.entries("units")] == [UNIT, OTHER]
    assert found.ledger[f"unit.{UNIT}.rank"].value == 1
    assert found.ledger[f"unit.{UNIT}.per_head"].printed == "17.40"
    assert found.ledger[f"unit.{OTHER}.per_head"].value is None
    shares = [found.ledger[f"unit.{unit}.share_pct"].value for unit in (UNIT, OTHER)]
    assert sum(shares) == 100


def test_the_front_page_shows_each_office_s_latest_year_and_lists_them_all(checked: Checked) -> None:
    found = front_findings(list(checked.accounts.values()))
    latest = {entry.code: entry.path for entry in found.entries("units")}
    assert (latest[UNIT], latest[OTHER]) == ("2022", "2021")
    years = [(entry.code, entry.note) for entry in found.entries(f"years.{UNIT}")]
    assert years == [("2022", ""), ("2021", ""), ("2020", "仅有总数")]
    assert found.ledger[f"unit.{UNIT}.expenditure.total.change"].printed == "9.00"
    assert found.ledger[f"unit.{OTHER}.expenditure.total.change"].value is None


def test_every_fact_says_how_it_was_worked_out_and_from_what(checked: Checked) -> None:
    current, prior = of(checked, UNIT, 2022), of(checked, UNIT, 2021)
    ledger = variance_findings(current, prior, threshold_pct=10, threshold_wan=1).ledger
    assert [fact.id for fact in ledger if not fact.formula] == []
    assert {one for fact in ledger for one in fact.inputs} <= {fact.id for fact in ledger}
