"""Every rule of `rules.csv` is seen to hold, seen to break, and seen to keep quiet about what was not published.

Those of structure totals and of `classes.csv` are asked in `test_rules_structure.py`.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from juesuan.load import Checked, check_data
from juesuan.rules import Finding, Rule, read_rules
from juesuan.schema import YEAR_TABLES

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"
RULE_IDS = [rule.id for rule in read_rules() if rule.id[0] not in "SC"]
PRIOR_CARRYOVER = (
    "fund,opening,surplus_used,surplus_distributed,closing\n"
    "general_public,0,0,0,{closing}\ngovernment_fund,0,0,0,0\nstate_capital,0,0,0,0\nother,0,0,0,0\n"
)
BREAKS: Mapping[str, tuple[str, str, str]] = {
    "T01": ("totals", "income.total,191.39", "income.total,200.00"),
    "T02": ("totals", "expenditure.total,191.39", "expenditure.total,200.00"),
    "T03": ("carryover", "general_public,0.00,0.00,0.00,0.00", "general_public,0.00,0.00,0.00,5.00"),
    "T04": ("totals", "grand.total,191.39", "grand.total,200.00"),
    "T05": ("totals", "grand.total,191.39", "grand.total,200.00"),
    "T06": ("totals", "fiscal.total,191.39", "fiscal.total,150.00"),
    "T07": ("totals", "fiscal_expenditure.total,191.39", "fiscal_expenditure.total,150.00"),
    "T08": ("totals", "general_public.total,191.39", "general_public.total,150.00"),
    "T09": ("totals", "fiscal.total,191.39", "fiscal.total,191.38"),
    "T10": ("totals", "fiscal.total,191.39", "fiscal.total,300.00"),
    "T11": ("totals", "general_public.total,191.39", "general_public.total,200.00"),
    "T12": ("totals", "income.total,191.39", "income.total,200.00"),
    "T13": ("totals", "expenditure.total,191.39", "expenditure.total,200.00"),
    "E01": ("economic", "33.34", "43.34"),
    "E02": ("economic", "33.34", "43.34"),
    "E03": ("projects", "5.70,5.70", "9.70,9.70"),
    "E04": ("expenditure", "48.70,48.70", "40.00,48.70"),
    "E05": ("projects", "5.70,5.70", "5.00,5.70"),
    "P01": ("three_public", "overseas,general_public,,,0.00", "overseas,general_public,,,48.71"),
    "P02": ("three_public", "reception,general_public,,,0.00", "reception,general_public,,,48.71"),
    "P03": ("three_public", "vehicle_operation,general_public,,,0.00", "vehicle_operation,general_public,,,48.71"),
    "P04": ("three_public", "vehicle_purchase,general_public,,,0.00", "vehicle_purchase,general_public,,,48.71"),
    "D02": ("disclosures", "staff.year_end,11", "staff.year_end,14"),
    "D03": ("disclosures", "procurement.small_business,0", "procurement.small_business,0.01"),
    "F01": ("carryover", "general_public,0.00,0.00,0.00,0.00", "general_public,0.00,0.00,0.00,5.00"),
    "F02": ("carryover", "government_fund,0.00,0.00,0.00,0.00", "government_fund,0.00,0.00,0.00,5.00"),
    "F03": ("carryover", "state_capital,0.00,0.00,0.00,0.00", "state_capital,0.00,0.00,0.00,5.00"),
    "Y01": ("carryover", "general_public,0.00,0.00", "general_public,0.01,0.00"),
}


@pytest.fixture
def data(founding_data: Path) -> Path:
    copied = founding_data
    (copied / UNIT / "2020" / "carryover.csv").write_text(PRIOR_CARRYOVER.format(closing="0.00"), encoding="utf-8")
    return copied


def edit(data: Path, table: str, old: str, new: str) -> None:
    path = data / UNIT / "2021" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{table}.csv no longer holds {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(checked: Checked, rule_id: str, year: int = 2021) -> list[Finding]:
    return [finding for finding in checked.accounts[UNIT, year].findings if finding.rule.id == rule_id]


def outcomes(checked: Checked, rule_id: str, year: int = 2021) -> set[str]:
    return {finding.outcome for finding in findings(checked, rule_id, year)}


def test_every_rule_has_a_figure_that_breaks_it() -> None:
    assert list(BREAKS) == RULE_IDS


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_holds_on_the_figures_as_published(data: Path, rule_id: str) -> None:
    checked = check_data(data)
    assert outcomes(checked, rule_id) == {"passed"}
    assert rule_id not in {fault.rule_id for fault in checked.faults}


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_fails_on_the_figure_that_breaks_it_and_says_so_as_a_fault(data: Path, rule_id: str) -> None:
    edit(data, *BREAKS[rule_id])
    checked = check_data(data)
    assert "failed" in outcomes(checked, rule_id)
    (fault, *_) = [fault for fault in checked.faults if fault.rule_id == rule_id]
    (rule,) = [rule for rule in read_rules() if rule.id == rule_id]
    assert fault.severity == rule.severity
    assert rule.words in fault.expected
    assert "左边" in fault.found


def test_opening_balance_is_held_to_the_closing_balance_of_the_year_before(data: Path) -> None:
    path = data / UNIT / "2020" / "carryover.csv"
    path.write_text(PRIOR_CARRYOVER.format(closing="3.00"), encoding="utf-8")
    broken = [finding for finding in findings(check_data(data), "Y01") if finding.outcome == "failed"]
    assert [(finding.group, finding.left, finding.right) for finding in broken] == [("general_public", 0, 3_000_000)]


def test_a_broken_group_is_named_and_the_others_hold(data: Path) -> None:
    edit(data, *BREAKS["E01"])
    by_group = {finding.group: finding.outcome for finding in findings(check_data(data), "E01")}
    assert [group for group, outcome in by_group.items() if outcome == "failed"] == ["2010350、general_public"]
    assert len(by_group) == 4


def test_a_warning_lets_the_build_go_on(data: Path) -> None:
    edit(data, *BREAKS["D02"])
    checked = check_data(data)
    assert checked.usable
    assert "D02" in {fault.rule_id for fault in checked.faults}


@pytest.mark.parametrize("total", ["191.40", "191.38"])
def test_one_in_the_last_digit_between_a_total_and_a_sum_of_rounded_parts_is_rounding(data: Path, total: str) -> None:
    for item in ("income", "grand"):
        edit(data, "totals", f"{item}.total,191.39", f"{item}.total,{total}")
    for item in ("expenditure", "general_public", "fiscal", "fiscal_expenditure"):
        edit(data, "totals", f"{item}.total,191.39", f"{item}.total,191.38")
    checked = check_data(data)
    assert outcomes(checked, "T01") == {"rounding"}
    assert checked.usable


def test_what_rounding_explains_grows_with_the_parts_and_ends(data: Path) -> None:
    edit(data, "economic", "30201,general_public,basic,0.46", "30201,general_public,basic,0.48")
    assert outcomes(check_data(data), "E01") == {"passed", "rounding"}
    edit(data, "totals", "expenditure.total,191.39", "expenditure.total,191.42")
    assert outcomes(check_data(data), "T02") == {"failed"}


def test_one_in_the_last_digit_between_two_figures_printed_once_each_is_an_error(data: Path) -> None:
    edit(data, "economic", "30113,general_public,basic,7.47", "30113,general_public,basic,7.48")
    broken = [finding.group for finding in findings(check_data(data), "E01") if finding.outcome == "failed"]
    assert broken == ["2210201、general_public"]


def test_amounts_written_to_the_fen_leave_nothing_to_rounding(data: Path) -> None:
    for path in (data / UNIT).glob("*/source.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace('"万元"', '"元"'), encoding="utf-8")
    edit(data, "totals", "income.total,191.39", "income.total,191.40")
    assert outcomes(check_data(data), "T01") == {"failed"}


def test_a_year_of_totals_alone_has_no_fault_and_only_the_rules_of_totals_apply() -> None:
    checked = check_data(DATA)
    accounts = checked.accounts[UNIT, 2020]
    assert accounts.headline_only
    assert not [fault for fault in checked.faults if "/2020/" in fault.file]
    applied = {finding.rule.id for finding in accounts.findings if finding.outcome != "not_applicable"}
    assert applied == {"T09", "T10", "T11", "T12", "T13"}
    assert all(finding.working == "未公开，无从核对" for finding in accounts.findings if finding.left is None)


def test_a_rule_of_last_year_does_not_apply_where_last_year_published_no_such_table() -> None:
    assert outcomes(check_data(DATA), "Y01") == {"not_applicable"}


def test_a_blank_budget_is_unknown_and_not_zero(data: Path) -> None:
    edit(data, "expenditure", "48.70,48.70", ",48.70")
    assert outcomes(check_data(data), "E04") == {"passed", "not_applicable"}


def test_a_total_that_was_not_published_is_not_judged(data: Path) -> None:
    edit(data, "totals", "grand.total,191.39\n", "")
    checked = check_data(data)
    assert outcomes(checked, "T04") == outcomes(checked, "T10") == {"not_applicable"}
    assert checked.usable


@pytest.mark.parametrize("rule", read_rules(), ids=lambda rule: rule.id)
def test_a_rule_names_only_columns_that_the_tables_have(rule: Rule) -> None:
    for term in rule.expression.terms:
        columns = {column.name for column in YEAR_TABLES[term.table].columns}
        assert {term.column, *(one.column for one in term.filters)} <= columns
