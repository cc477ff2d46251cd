"""The checks that a ledger carries are those of every account its figures come from, down to the cell."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.facts import (
    Check,
    Findings,
    Ledger,
    SourceCell,
    comparison_findings,
    front_findings,
    report_findings,
    trend_findings,
    variance_findings,
)
from juesuan.facts.checks import enter_checks
from juesuan.load import Accounts, Checked, check_data

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Two full years, the second a copy of the first."""
    data = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("two") / "data"))
    shutil.copytree(data / UNIT / "2021", data / UNIT / "2022")
    found = check_data(data)
    assert found.usable, "\n".join(map(str, found.faults))
    return found


@pytest.fixture(scope="module")
def years(checked: Checked) -> list[Accounts]:
    """2021 and 2022."""
    return [checked.accounts[UNIT, year] for year in (2021, 2022)]


def applicable(accounts: Accounts) -> int:
    return sum(finding.outcome != "not_applicable" for finding in accounts.findings)


def checks_of(found: Findings, year: int) -> list[Check]:
    """Return the checks whose first cell is of `year`."""
    return [check for check in found.ledger.checks if check.cells[0].file.startswith(f"{UNIT}/{year}/")]


def test_every_page_carries_the_checks_of_all_the_years_it_used(years: list[Accounts]) -> None:
    prior, accounts = years
    for found in (
        report_findings(accounts, prior),
        variance_findings(accounts, prior, threshold_pct=10, threshold_wan=1),
        trend_findings(years),
        front_findings(years),
    ):
        assert [len(checks_of(found, one.year)) for one in years] == [applicable(one) for one in years]
        assert len(found.ledger.checks) == sum(map(applicable, years))


def test_checks_are_written_as_they_are_read(years: list[Accounts]) -> None:
    for found in (report_findings(years[1], years[0]), front_findings(years)):
        written = found.ledger.text().json()
        assert written == json.dumps(found.ledger.to_body(), ensure_ascii=False, separators=(",", ":")) + "\n"
        assert len(json.loads(written)["checks"]) == sum(map(applicable, years))


def test_a_check_that_several_bring_is_written_once(years: list[Accounts]) -> None:
    ledger, again = Ledger("office", 2022), replace(years[1])
    enter_checks(ledger, years[1])
    first, *others = ledger.checks
    ledger.enter_check(others[0])
    enter_checks(ledger, again)
    assert ledger.checks == (first, *others)
    assert [one["working"] for one in json.loads(ledger.text().json())["checks"]] == [
        one.working for one in ledger.checks
    ]


def test_a_comparison_carries_the_checks_of_its_year_alone(years: list[Accounts]) -> None:
    found = comparison_findings(years[1:], 2022)
    assert len(found.ledger.checks) == applicable(years[1]) > 20
    assert checks_of(found, 2021) == []


def test_a_check_names_the_column_it_read_and_not_the_row_alone(years: list[Accounts]) -> None:
    checks = report_findings(years[1], None).ledger.checks
    total = next(check for check in checks if check.rule_id == "T01")
    assert total.outcome == "passed"
    assert total.working == "左边 191.39万元，右边 191.39万元"
    assert total.cells[0] == SourceCell(f"{UNIT}/2022/totals.csv", 2, "final")
    budget = next(check for check in checks if check.rule_id == "E04")
    assert {cell.column for cell in budget.cells} == {"final", "adjusted_budget"}


def test_a_check_across_years_names_the_file_of_last_year(years: list[Accounts]) -> None:
    checks = [check for check in report_findings(years[1], years[0]).ledger.checks if check.rule_id == "Y01"]
    files = {(cell.file, cell.column) for check in checks for cell in check.cells}
    assert files <= {(f"{UNIT}/2022/carryover.csv", "opening"), (f"{UNIT}/2021/carryover.csv", "closing")}
    assert files


def test_a_rule_that_could_not_be_asked_is_no_check(checked: Checked) -> None:
    headline = checked.accounts[UNIT, 2020]
    told = [check.rule_id for check in report_findings(headline, None).ledger.checks]
    assert len(told) == applicable(headline) < len(headline.findings)


def test_the_cells_of_a_sum_hold_what_adds_up_to_it(years: list[Accounts]) -> None:
    basic = report_findings(years[1], None).ledger["expenditure.basic"]
    assert [cell.value for cell in basic.sources] == ["118.51", "9.82", "6.89", "7.47"]
    assert basic.printed == "142.69"


def test_a_cell_to_the_fen_is_told_to_the_fen(tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    totals = data / UNIT / "2020" / "totals.csv"
    source = data / UNIT / "2020" / "source.toml"
    totals.write_text(totals.read_text(encoding="utf-8").replace("117.36", "1173612.34"), encoding="utf-8")
    said = source.read_text(encoding="utf-8").replace('"万元"', '"元"')
    source.write_text(said, encoding="utf-8")
    fact = report_findings(check_data(data).accounts[UNIT, 2020], None).ledger["income.total.2020"]
    assert (fact.printed, fact.sources[0].value) == ("117.36", "117.361234")
