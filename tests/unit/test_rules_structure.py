"""A structure that was printed is held to its details, to its total, and to nothing that was not printed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from juesuan.load import Checked, check_data
from juesuan.rules import Finding, read_rules
from juesuan.schema import STRUCTURE_ITEMS

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"
FOLDER = Path(UNIT) / "2021"
RULE_IDS = [rule.id for rule in read_rules() if rule.id[0] in "SC"]
OTHER_THAN_ZERO = {
    "income.general_public": "191.39",
    "income.fiscal": "191.39",
    "expenditure.basic": "142.69",
    "expenditure.project": "48.70",
    "expenditure.fiscal": "191.39",
    "basic.total": "142.69",
    "basic.personnel": "133.75",
    "basic.public": "8.94",
}
CLASSES = """function_code,fund,final
201,general_public,167.21
208,general_public,9.82
210,general_public,6.89
221,general_public,7.47
201,government_fund,0.00
201,state_capital,0.00
"""
BREAKS: Mapping[str, tuple[str, str, str]] = {
    "S01": ("totals", "income.institutional,0.00", "income.institutional,5.00"),
    "S02": ("totals", "income.fiscal,191.39", "income.fiscal,150.00"),
    "S03": ("totals", "income.other,0.00", "income.other,5.00"),
    "S04": ("totals", "income.other,0.00", "income.other,5.00"),
    "S05": ("totals", "income.government_fund,0.00", "income.government_fund,5.00"),
    "S06": ("totals", "income.government_fund,0.00", "income.government_fund,5.00"),
    "S07": ("totals", "income.fiscal,191.39", "income.fiscal,200.00"),
    "S08": ("totals", "expenditure.project,48.70", "expenditure.project,58.70"),
    "S09": ("totals", "expenditure.fiscal,191.39", "expenditure.fiscal,150.00"),
    "S10": ("totals", "expenditure.operating,0.00", "expenditure.operating,5.00"),
    "S11": ("totals", "expenditure.operating,0.00", "expenditure.operating,5.00"),
    "S12": ("totals", "government_fund.expenditure,0.00", "government_fund.expenditure,5.00"),
    "S13": ("totals", "government_fund.expenditure,0.00", "government_fund.expenditure,5.00"),
    "S14": ("totals", "expenditure.fiscal,191.39", "expenditure.fiscal,200.00"),
    "S15": ("totals", "state_capital.expenditure,0.00", "state_capital.expenditure,5.00"),
    "S16": ("totals", "basic.total,142.69", "basic.total,100.00"),
    "S17": ("totals", "basic.personnel,133.75", "basic.personnel,100.00"),
    "S18": ("totals", "basic.public,8.94", "basic.public,20.00"),
    "S19": ("totals", "basic.total,142.69", "basic.total,100.00"),
    "S20": ("totals", "basic.total,142.69", "basic.total,150.00"),
    "S21": ("totals", "basic.total,142.69", "basic.total,200.00"),
    "S22": ("totals", "carryover.opening,0.00", "carryover.opening,5.00"),
    "S23": ("totals", "carryover.closing,0.00", "carryover.closing,5.00"),
    "S24": ("totals", "carryover.opening,0.00", "carryover.opening,5.00"),
    "S25": ("totals", "carryover.closing,0.00", "carryover.closing,5.00"),
    "S26": ("totals", "three_public.reception,0.00", "three_public.reception,5.00"),
    "S27": ("totals", "three_public.total,0.00", "three_public.total,5.00"),
    "S28": ("totals", "three_public.vehicles,0.00", "three_public.vehicles,5.00"),
    "S29": ("totals", "three_public.total,0.00", "three_public.total,5.00"),
    "S30": ("totals", "three_public.vehicles,0.00", "three_public.vehicles,5.00"),
    "S31": ("totals", "three_public.reception,0.00", "three_public.reception,5.00"),
    "C01": ("totals", "general_public.total,191.39", "general_public.total,150.00"),
    "C02": ("classes", "221,general_public,7.47", "221,general_public,8.47"),
    "C03": ("classes", "221,general_public,7.47", "221,general_public,8.47"),
    "C04": ("classes", "221,general_public,7.47", "221,general_public,8.47"),
}


@pytest.fixture
def data(founding_data: Path) -> Path:
    """The founding office's accounts with every structure total, and every 类, printed besides."""
    with (founding_data / FOLDER / "totals.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{item},{OTHER_THAN_ZERO.get(item, '0.00')}\n" for item in STRUCTURE_ITEMS)
    (founding_data / FOLDER / "classes.csv").write_text(CLASSES, encoding="utf-8")
    return founding_data


def edit(data: Path, table: str, old: str, new: str) -> None:
    path = data / FOLDER / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{table}.csv no longer holds {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(checked: Checked, rule_id: str) -> list[Finding]:
    return [finding for finding in checked.accounts[UNIT, 2021].findings if finding.rule.id == rule_id]


def test_every_rule_of_structure_has_a_figure_that_breaks_it() -> None:
    assert list(BREAKS) == RULE_IDS


def test_the_structure_as_it_is_passes_every_rule(data: Path) -> None:
    checked = check_data(data)
    outcomes = {rule_id: {one.outcome for one in findings(checked, rule_id)} for rule_id in RULE_IDS}
    assert outcomes == {rule_id: {"passed"} for rule_id in RULE_IDS}
    assert checked.usable


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_of_structure_fails_on_the_figure_that_breaks_it(data: Path, rule_id: str) -> None:
    edit(data, *BREAKS[rule_id])
    checked = check_data(data)
    assert "failed" in {one.outcome for one in findings(checked, rule_id)}
    (fault, *_) = [fault for fault in checked.faults if fault.rule_id == rule_id]
    (rule,) = [rule for rule in read_rules() if rule.id == rule_id]
    assert rule.words in fault.expected and fault.severity == "error"


def test_the_source_of_income_that_is_wrong_is_named_and_the_others_hold(data: Path) -> None:
    edit(data, *BREAKS["S01"])
    outcomes = {one.group: one.outcome for one in findings(check_data(data), "S01")}
    assert [item for item, outcome in outcomes.items() if outcome == "failed"] == ["income.institutional"]
    assert len(outcomes) == 8


def test_a_class_that_the_details_have_and_the_list_has_not_is_seen_in_the_sum(data: Path) -> None:
    edit(data, "classes", "221,general_public,7.47\n", "")
    assert {one.group for one in findings(check_data(data), "C03") if one.outcome == "failed"} == {"general_public"}


def test_a_fund_that_was_not_printed_by_class_is_not_taken_for_zero(data: Path) -> None:
    edit(data, "classes", "201,government_fund,0.00\n", "")
    edit(data, "totals", "government_fund.expenditure,0.00", "government_fund.expenditure,3.00")
    outcomes = {one.group: one.outcome for one in findings(check_data(data), "C01")}
    assert outcomes["government_fund.expenditure"] == "not_applicable"
    assert outcomes["general_public.total"] == "passed"


def test_a_part_that_was_not_printed_is_not_taken_for_zero_in_a_sum(data: Path) -> None:
    for source in ("general_public", "other"):
        path = data / FOLDER / "totals.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(one for one in lines if not one.startswith(f"income.{source},")), encoding="utf-8")
    checked = check_data(data)
    assert {one.outcome for one in findings(checked, "S03")} == {"not_applicable"}
    assert {one.outcome for one in findings(checked, "S04")} == {"passed"}


def test_parts_that_rounding_sets_apart_from_their_total_are_rounding_and_no_error(data: Path) -> None:
    edit(data, "totals", "expenditure.operating,0.00", "expenditure.operating,0.01")
    outcomes = {rule_id: {one.outcome for one in findings(check_data(data), rule_id)} for rule_id in ("S10", "S11")}
    assert outcomes == {"S10": {"rounding"}, "S11": {"rounding"}}


def test_structures_that_were_not_printed_are_not_judged() -> None:
    outcomes = {one.rule.id: one.outcome for one in check_data(DATA).accounts[UNIT, 2021].findings}
    assert {outcomes[rule_id] for rule_id in RULE_IDS} == {"not_applicable"}
