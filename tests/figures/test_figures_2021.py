"""The 58 figures that a reader of the published report of 2021 would look for, held one by one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from juesuan.facts import Ledger, report_findings
from juesuan.load import load_accounts

ROOT = Path(__file__).resolve().parents[2]
UNIT = "nanjiang-zwxx"
FIGURES = list(csv.DictReader((Path(__file__).with_name("figures-2021.csv")).open(encoding="utf-8")))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    accounts, prior = (load_accounts(ROOT / "data", UNIT, year) for year in (2021, 2020))
    return report_findings(accounts, prior).ledger


def test_there_are_as_many_figures_as_were_published() -> None:
    assert len(FIGURES) == len({row["id"] for row in FIGURES}) == 58


@pytest.mark.parametrize("row", FIGURES, ids=[row["id"] for row in FIGURES])
def test_the_figure_is_a_fact_with_working_and_source(ledger: Ledger, row: dict[str, str]) -> None:
    fact = ledger[row["id"]]
    assert (fact.printed, fact.unit) == (row["printed"], row["unit"])
    assert fact.formula
    assert _cells(ledger, row["id"]), "no cell of data/ stands behind it"


def _cells(ledger: Ledger, fact_id: str) -> set[tuple[str, int | None, str]]:
    """Return the cells of `data/` that a fact comes from, through the facts it was worked out from."""
    fact = ledger[fact_id]
    own = {(cell.file, cell.row, cell.column) for cell in fact.sources}
    return own.union(*(_cells(ledger, one) for one in fact.inputs))
