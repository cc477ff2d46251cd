"""juesuan's own reports, read back by the import as a stranger's, give the accounts that they were made from."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.ingest import import_document
from juesuan.load.accounts import read_classification
from juesuan.schema import YEAR_TABLES, Table

Cells = dict[tuple[str, ...], str]
# What the report of an office without such business says by leaving it out, or that the folder itself reckoned back.
NOT_PRINTED = {
    "nanjiang-zwxx": {("expenditure", "adjusted_budget"), ("disclosures", "three_public.overseas.groups"),
                      ("disclosures", "three_public.overseas.persons"), ("disclosures", "three_public.vehicle_purchase.vehicles"),
                      ("disclosures", "three_public.reception.batches"), ("disclosures", "three_public.reception.persons")},
    "putuo-guihua": set(),
}  # fmt: skip


def cells(folder: Path, table: Table) -> Cells:
    path = folder / table.file
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (table.name, *(row[name] for name in table.key), column): text
            for row in csv.DictReader(file)
            for column, text in row.items()
            if column not in table.key and text
        }


def value(text: str | None) -> object:
    try:
        return Decimal(text or "")
    except ArithmeticError:
        return text


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
@pytest.mark.parametrize(("unit", "year"), [("nanjiang-zwxx", 2021), ("putuo-guihua", 2024)])
def test_report_gives_back_the_accounts_that_it_was_made_from(
    unit: str, year: int, ending: str, root: Path, tmp_path: Path
) -> None:
    report = root / "_site" / "pages" / str(year) / unit / f"report.{ending}"
    data = tmp_path / "data"
    shutil.copytree(root / "data" / "classification", data / "classification")
    made = import_document(report, data, unit, year, read_classification(data)[0])
    assert made.contradictions == made.unsettled == []
    wanted: Cells = {}
    got: Cells = {}
    for table in YEAR_TABLES.values():
        wanted.update(cells(root / "data" / unit / str(year), table))
        got.update(cells(made.folder, table))
    printed = {key: text for key, text in wanted.items() if not {(key[0], key[-1]), key[:2]} & NOT_PRINTED[unit]}
    assert {key: (text, got.get(key)) for key, text in printed.items() if value(text) != value(got.get(key))} == {}
    assert {key: text for key, text in got.items() if key not in wanted} == {}
    assert len(printed) > 100
