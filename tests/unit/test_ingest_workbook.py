"""Made-up accounts printed as the official workbook, in both layouts, come back as they were; nothing is made up."""

from __future__ import annotations

import random
import shutil
from decimal import Decimal
from pathlib import Path

import official_workbook as form
import pytest
from openpyxl import load_workbook

from juesuan.classification import Classification
from juesuan.ingest import Imported, YearMismatchError, import_document
from juesuan.load import check_data
from juesuan.load.accounts import read_classification
from juesuan.synthetic import make_county

ROOT = Path(__file__).parents[2]
YEAR = 2021
LAYOUTS = {"fourteen": form.fourteen, "nine": form.nine}
Cells = dict[tuple[str, ...], str]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("county") / "data"
    make_county(data, 8, range(YEAR, YEAR + 1), 1, ROOT / "data" / "classification")
    return data


@pytest.fixture(scope="module")
def names(county: Path) -> Classification:
    return read_classification(county)[0]


@pytest.fixture(scope="module")
def office(county: Path) -> Path:
    return county / "shili-zfb" / str(YEAR)


def imported(book: Path, names: Classification, into: Path, *, force: bool = False) -> Imported:
    return import_document(book, into, "shili", YEAR, names, force=force)


def expected(folder: Path, layout: str) -> Cells:
    """Return the cells that the layout prints: budgets by 科目, 其他资金 by 经济科目 and words stand in no official table."""
    cells: Cells = {}
    for table, columns in (
        ("totals", ("final",)),
        ("revenue", ("final",)),
        ("expenditure", ("final",)),
        ("carryover", ("opening", "surplus_used", "surplus_distributed", "closing")),
        ("three_public", ("adjusted_budget", "final")),
        ("projects", ("function_code", "final") if layout == "fourteen" else ()),
    ):
        for row in form.read(folder / f"{table}.csv") if (folder / f"{table}.csv").is_file() else []:
            if table == "projects" and row["fund"] != "general_public":
                continue
            key = tuple(text for name, text in row.items() if name not in (*columns, *BUDGETS, "final"))[:3]
            key = (row["project"],) if table == "projects" else key
            cells.update({(table, *key, column): row[column] for column in columns})
    sums: dict[tuple[str, ...], Decimal] = {}
    for row in form.read(folder / "economic.csv"):
        if layout == "fourteen" and row["fund"] != "other":
            key = ("economic", row["function_code"], row["economic_code"], row["fund"], row["category"], "final")
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["final"])
        elif layout == "nine" and row["fund"] == "general_public" and row["category"] == "basic":
            key = ("economic", "", row["economic_code"], "general_public", "basic", "final")
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["final"])
    return cells | {key: str(value) for key, value in sums.items()}


BUDGETS = ("initial_budget", "adjusted_budget", "budget")
KEYS = {"totals": 1, "revenue": 2, "expenditure": 3, "carryover": 1, "three_public": 2, "projects": 1, "economic": 4}


def found(folder: Path) -> Cells:
    cells: Cells = {}
    for table, width in KEYS.items():
        for row in form.read(folder / f"{table}.csv") if (folder / f"{table}.csv").is_file() else []:
            key = tuple(row.values())[:width]
            cells.update({(table, *key, column): text for column, text in list(row.items())[width:]})
    return cells


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_that_the_workbook_prints_comes_back(
    layout: str, county: Path, names: Classification, tmp_path: Path
) -> None:
    compared = 0
    for number, folder in enumerate(sorted(county.glob(f"*/{YEAR}"))):
        made = imported(LAYOUTS[layout](folder, tmp_path / f"{number}.xlsx"), names, tmp_path / str(number))
        wanted, got = expected(folder, layout), found(made.folder)
        different = {key: (text, got.get(key)) for key, text in wanted.items() if not same(text, got.get(key))}
        assert different == {}, folder
        assert made.contradictions == made.unsettled == []
        extra = {key for key, text in got.items() if key[0] != "projects" and key not in wanted and text}
        assert {key for key in extra if key[-1] in ("final", "adjusted_budget")} == set(), folder
        compared += len(wanted)
    assert compared > 500


def same(one: str, other: str | None) -> bool:
    if other is None:
        return False
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return one == other


def test_accounts_that_were_imported_have_no_fault_but_what_no_table_prints(
    county: Path, office: Path, names: Classification, tmp_path: Path
) -> None:
    book = form.fourteen(office, tmp_path / "book.xlsx")
    data = tmp_path / "data"
    make_county(data, 8, range(YEAR, YEAR + 1), 1, ROOT / "data" / "classification")
    for one in (data / "shili-zfb").iterdir():
        one.rename(data / f".{one.name}")
    import_document(book, data, "shili-zfb", YEAR, names)
    checked = check_data(data)
    own = [fault for fault in checked.faults if fault.file.startswith("data/shili-zfb/")]
    assert [fault for fault in own if fault.severity == "error"] == []
    outcomes = [finding.outcome for finding in checked.accounts["shili-zfb", YEAR].findings]
    assert outcomes.count("passed") > 20
    assert "failed" not in outcomes


@pytest.mark.parametrize("layout", LAYOUTS)
def test_amount_that_was_altered_anywhere_contradicts_another(
    layout: str, office: Path, names: Classification, tmp_path: Path
) -> None:
    """Every table repeats what another says, so an amount that is changed alone cannot come in unseen."""
    book = LAYOUTS[layout](office, tmp_path / "book.xlsx")
    clean = imported(book, names, tmp_path / "clean")
    assert clean.contradictions == clean.unplaced == []
    assert layout == "nine" or clean.uncompared == []
    cells = [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(book).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float) and cell.value
    ]
    for title, at in random.Random(1).sample(cells, 12):
        altered = load_workbook(book)
        altered[title][at].value += 1.11
        altered.save(tmp_path / "altered.xlsx")
        made = imported(tmp_path / "altered.xlsx", names, tmp_path / f"{title}{at}")
        assert made.contradictions or made.unsettled, (title, at)


def test_office_with_other_funds_has_no_fault_for_what_no_official_table_prints(
    county: Path, names: Classification, tmp_path: Path
) -> None:
    folder = next(one for one in sorted(county.glob(f"*/{YEAR}")) if ",other," in (one / "expenditure.csv").read_text())
    data, unit = tmp_path / "data", folder.parent.name
    make_county(data, 8, range(YEAR, YEAR + 1), 1, ROOT / "data" / "classification")
    shutil.rmtree(data / unit / str(YEAR))
    import_document(form.fourteen(folder, tmp_path / "book.xlsx"), data, unit, YEAR, names)
    own = [one for one in check_data(data).faults if one.file.startswith(f"data/{unit}/") and one.severity == "error"]
    assert own == []


def test_every_cell_has_its_origin(office: Path, names: Classification, tmp_path: Path) -> None:
    made = imported(form.nine(office, tmp_path / "book.xlsx"), names, tmp_path / "data")
    origins = {(row["table"], row["row_key"], row["column"]): row for row in form.read(made.folder / "origins.csv")}
    for (table, *key, column), text in found(made.folder).items():
        if text and column not in ("fund", "function_code"):
            row = origins[table, "/".join(key), column]
            assert "表“" in row["place"]
            assert row["derived"] == "true" or same(row["printed"], text)


def test_second_import_changes_no_byte(office: Path, names: Classification, tmp_path: Path) -> None:
    book = form.nine(office, tmp_path / "book.xlsx")
    first = imported(book, names, tmp_path / "data")
    before = {one.name: one.read_bytes() for one in first.folder.iterdir()}
    for force in (False, True):
        again = imported(book, names, tmp_path / "data", force=force)
        assert again.existed
        assert again.differences == []
        assert {one.name: one.read_bytes() for one in first.folder.iterdir()} == before


def test_folder_that_is_there_is_not_touched_without_force(office: Path, names: Classification, tmp_path: Path) -> None:
    book = form.nine(office, tmp_path / "book.xlsx")
    folder = imported(book, names, tmp_path / "data").folder
    totals = folder / "totals.csv"
    totals.write_text(totals.read_text(encoding="utf-8").replace("income.total,", "income.total,1"), encoding="utf-8")
    (folder / "narrative.md").write_text("## 主要职能 {#functions}\n\n手写的。\n", encoding="utf-8")
    edited = totals.read_bytes()
    made = imported(book, names, tmp_path / "data")
    assert not made.written
    assert totals.read_bytes() == edited
    assert any("income.total" in line and "→" in line for line in made.differences)
    forced = imported(book, names, tmp_path / "data", force=True)
    assert forced.written
    assert totals.read_bytes() != edited
    assert "手写的" in (folder / "narrative.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_cell_that_was_blanked_is_never_stated_to_be_zero(
    seed: int, office: Path, names: Classification, tmp_path: Path
) -> None:
    book = form.fourteen(office, tmp_path / "whole.xlsx")
    whole = found(imported(book, names, tmp_path / "whole").folder)
    opened = load_workbook(book)
    lots = random.Random(seed)
    sheet = opened[lots.choice(["收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表"])]
    cells = [one for row in sheet.iter_rows(min_row=6) for one in row[5:] if isinstance(one.value, float) and one.value]
    gone = lots.choice(cells)
    gone.value = None
    opened.save(tmp_path / "blanked.xlsx")
    left = imported(tmp_path / "blanked.xlsx", names, tmp_path / "blanked")
    stated = found(left.folder)
    tables = {key[0] for key in stated} - {"economic"}  # whose 科目 may be blank, which is not known rather than zero
    for key, text in whole.items():
        if key[0] in tables and key[-1] == "final":
            assert same(text, stated.get(key)), (gone.coordinate, key)


def test_amounts_in_yuan_are_written_in_yuan(office: Path, names: Classification, tmp_path: Path) -> None:
    book = load_workbook(form.nine(office, tmp_path / "book.xlsx"))
    for sheet in book:
        for row in sheet.iter_rows():
            for one in row:
                if one.value == "单位：万元":
                    one.value = "单位：元"
                elif isinstance(one.value, float):
                    one.value = round(one.value * 10_000, 2)
    book.save(tmp_path / "yuan.xlsx")
    made = imported(tmp_path / "yuan.xlsx", names, tmp_path / "data")
    assert 'amount_unit = "元"' in (made.folder / "source.toml").read_text(encoding="utf-8")
    wan = Decimal(form.read(office / "totals.csv")[0]["final"])
    assert Decimal(form.read(made.folder / "totals.csv")[0]["final"]) == wan * 10_000


def test_sum_that_the_tables_print_differently_is_a_contradiction(
    office: Path, names: Classification, tmp_path: Path
) -> None:
    book = load_workbook(form.nine(office, tmp_path / "book.xlsx"))
    sheet = book["收入支出决算总表"]
    cell = next(row[2] for row in sheet.iter_rows() if row[0].value == "本年收入合计")
    cell.value += 5
    book.save(tmp_path / "wrong.xlsx")
    made = imported(tmp_path / "wrong.xlsx", names, tmp_path / "data")
    assert any("income.total" in line and "收入决算表" in line for line in made.contradictions)


def test_formula_that_was_saved_without_its_value_is_missing_and_named(
    office: Path, names: Classification, tmp_path: Path
) -> None:
    book = load_workbook(form.nine(office, tmp_path / "book.xlsx"))
    sheet = book["收入支出决算总表"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "总计")
    row[2].value, row[5].value = "=C99", "=F99"
    book.save(tmp_path / "formula.xlsx")
    made = imported(tmp_path / "formula.xlsx", names, tmp_path / "data")
    assert sum("公式没有存下结果" in note for note in made.notes) == 2
    assert ("totals", "grand.total", "final") not in found(made.folder)


def test_workbook_of_another_year_is_refused(office: Path, names: Classification, tmp_path: Path) -> None:
    book = form.nine(office, tmp_path / "book.xlsx")
    with pytest.raises(YearMismatchError, match=r"2021 年度.*2020"):
        import_document(book, tmp_path / "data", "shili", 2020, names)
    assert not (tmp_path / "data").exists()
