"""What an analyst may write in more than one way is read as one thing, and what is missing stays missing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from juesuan.faults import FaultsError
from juesuan.load import check_data, load_accounts, read_units, years_of

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def year_file(data: Path, name: str) -> Path:
    return data / UNIT / "2021" / name


def edit(data: Path, name: str, old: str, new: str) -> None:
    path = year_file(data, name)
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def assert_same_accounts(data: Path) -> None:
    expected, found = load_accounts(DATA, UNIT, 2021), load_accounts(data, UNIT, 2021)
    assert expected.tables.keys() == found.tables.keys()
    for name, frame in expected.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], frame)
    assert found.unit == expected.unit
    assert found.narrative == expected.narrative
    assert found.source == expected.source


@pytest.mark.parametrize(
    "written",
    ["48.7", "４８．７０", "４８.７０", " 48.70 ", "+48.70", "48.70\u3000", '"48.70"'],
)
def test_an_amount_written_another_way_is_the_same_amount(data: Path, written: str) -> None:
    edit(data, "expenditure.csv", "48.70,48.70", f"48.70,{written}")
    assert_same_accounts(data)


@pytest.mark.parametrize("written", ['"1,234.56"', "1234.56", '"１，２３４．５６"'])
def test_thousands_separators_are_read(data: Path, written: str) -> None:
    edit(data, "totals.csv", "grand.total,191.39", f"grand.total,{written}")
    totals = check_data(data).accounts[UNIT, 2021].tables["totals"]
    assert totals.loc[totals["item"] == "grand.total", "final_fen"].tolist() == [1_234_560_000]


def test_a_closing_balance_may_be_negative_and_in_brackets(data: Path) -> None:
    edit(data, "carryover.csv", "other,0.00,0.00,0.00,0.00", "other,0.00,0.00,0.00,（1.50）")
    carryover = check_data(data).accounts[UNIT, 2021].tables["carryover"]
    assert carryover["closing_fen"].tolist() == [0, 0, 0, -1_500_000]


def test_a_choice_may_be_written_by_its_chinese_name(data: Path) -> None:
    edit(data, "expenditure.csv", "general_public,project", "一般公共预算财政拨款,项目支出")
    assert_same_accounts(data)


def test_full_width_digits_in_a_code_are_narrowed(data: Path) -> None:
    edit(data, "expenditure.csv", "2010305", "２０１０３０５")
    assert_same_accounts(data)


RECODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8-with-bom": lambda text: text.encode("utf-8-sig"),
    "gbk-as-an-older-wps-saves": lambda text: text.encode("gbk"),
    "windows-line-ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old-mac-line-ends": lambda text: text.replace("\n", "\r").encode(),
    "blank-lines-at-the-end": lambda text: (text + "\n,,,\n\n").encode(),
    "no-newline-at-the-end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("recode", RECODINGS.values(), ids=RECODINGS)
def test_a_file_saved_by_another_program_is_read_alike(data: Path, recode: Callable[[str], bytes]) -> None:
    for path in [data / "units.csv", *(data / UNIT / "2021").glob("*.csv")]:
        path.write_bytes(recode(path.read_text(encoding="utf-8")))
    assert_same_accounts(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_words_and_origin_saved_in_another_encoding_are_read_alike(data: Path, encoding: str) -> None:
    for name in ("narrative.md", "source.toml"):
        path = year_file(data, name)
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert_same_accounts(data)


def test_columns_may_stand_in_any_order(data: Path) -> None:
    path = year_file(data, "totals.csv")
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(f"{final},{item}\n" for item, final in lines), encoding="utf-8")
    assert_same_accounts(data)


def test_a_blank_budget_is_missing_and_not_zero() -> None:
    expenditure = load_accounts(DATA, UNIT, 2021).tables["expenditure"]
    assert expenditure["initial_budget_fen"].isna().all()
    assert expenditure["initial_budget_fen"].dtype == "Int64"


def test_amounts_are_whole_fen_and_rows_know_their_line() -> None:
    totals = load_accounts(DATA, UNIT, 2021).tables["totals"]
    assert totals["final_fen"].tolist() == [191_390_000] * 6
    assert totals["source_row"].tolist() == [2, 3, 4, 5, 6, 7]


def test_amounts_in_yuan_are_read_in_yuan(data: Path) -> None:
    edit(data, "source.toml", '"万元"', '"元"')
    assert load_accounts(data, UNIT, 2021).tables["totals"]["final_fen"].tolist() == [19_139] * 6


def test_a_table_that_was_not_published_is_not_there(data: Path) -> None:
    year_file(data, "projects.csv").unlink()
    assert "projects" not in load_accounts(data, UNIT, 2021).tables


def test_a_year_of_totals_alone_is_headline_only() -> None:
    assert load_accounts(DATA, UNIT, 2020).headline_only
    assert not load_accounts(DATA, UNIT, 2021).headline_only


def test_a_directory_in_place_of_the_words_is_no_words(data: Path) -> None:
    year_file(data, "narrative.md").unlink()
    year_file(data, "narrative.md").mkdir()
    with pytest.raises(FaultsError, match=r"reason\.total.*没有说明原因"):
        load_accounts(data, UNIT, 2021)


def test_an_unknown_unit_is_answered_with_the_units_there_are() -> None:
    with pytest.raises(FaultsError, match=f"没有单位 nanjiang；现有 .*{UNIT}、.*putuo-guihua、.*；改正 unit 参数"):
        load_accounts(DATA, "nanjiang", 2021)


def test_an_unknown_year_is_answered_with_the_years_there_are() -> None:
    with pytest.raises(FaultsError, match="没有 2022 年的数据；现有 2020、2021；改正 year 参数"):
        load_accounts(DATA, UNIT, 2022)


def test_years_come_oldest_first_and_other_folders_are_not_years(data: Path) -> None:
    for name in ("2019", "2021年", "２０１８", "1800", "drafts"):
        (data / UNIT / name).mkdir()
    assert years_of(data, UNIT) == [2019, 2020, 2021]


def test_a_unit_is_its_row_of_units_csv() -> None:
    units, faults = read_units(DATA)
    assert not faults
    assert units[UNIT].name == "南江县政务信息管理办公室"
    assert units[UNIT].level == "county"
