"""A made-up county passes every check, is the same for the same seed, and has the hard cases that it is made for."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from juesuan.load import Accounts, Checked, check_data
from juesuan.synthetic import MOST_OFFICES, make_county, read_years
from juesuan.synthetic.offices import LARGEST, SMALLEST, county

ROOT = Path(__file__).parents[2]
CLASSIFICATION = ROOT / "data" / "classification"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a county in a folder of its own."""

    def made(units: int, years: range, seed: int = 1, name: str = "data") -> Path:
        make_county(tmp_path / name, units, years, seed, CLASSIFICATION)
        return tmp_path / name

    return made


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The checked accounts of the offices that something befalls, in the years around it."""
    data = tmp_path_factory.mktemp("county") / "data"
    make_county(data, 36, range(2020, 2023), 1, CLASSIFICATION)
    kept = [f"shili-{slug}" for slug in ("lyzx", "dsjzx", "dafj", "gzzx", "wjj", "rmyy")]
    units = data / "units.csv"
    header, *rows = units.read_text(encoding="utf-8").splitlines()
    units.write_text("\n".join([header, *(row for row in rows if row.split(",")[0] in kept)]), encoding="utf-8")
    for folder in data.glob("shili-*"):
        if folder.name not in kept:
            folder.rename(data / f".{folder.name}")
    return check_data(data)


def years_of(checked: Checked, unit_id: str) -> list[int]:
    return [year for unit, year in checked.accounts if unit == unit_id]


def amount(accounts: Accounts, table: str, column: str, **where: str) -> int:
    rows = accounts.tables[table]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    return int(rows[f"{column}_fen"].sum())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("units", "first", "last", "seed"), [(6, 2019, 2019, 1), (2, 2023, 2025, 20), (3, 2020, 2021, 7)]
)
def test_county_of_any_seed_and_size_has_no_fault(make: Make, units: int, first: int, last: int, seed: int) -> None:
    checked = check_data(make(units, range(first, last + 1), seed))
    assert [str(fault) for fault in checked.faults] == []
    assert len(checked.accounts) == units * (last - first + 1)
    assert {one.outcome for accounts in checked.accounts.values() for one in accounts.findings} <= {
        "passed",
        "not_applicable",
    }


def test_offices_that_something_befalls_have_no_fault(stories: Checked) -> None:
    assert [str(fault) for fault in stories.faults] == []


def test_an_office_begins_one_ends_and_one_leaves_out_a_year(stories: Checked) -> None:
    assert years_of(stories, "shili-dsjzx") == [2022]
    assert years_of(stories, "shili-lyzx") == [2020, 2021]
    assert years_of(stories, "shili-dafj") == [2020, 2022]


def test_other_money_closes_below_zero_where_no_year_follows(stories: Checked) -> None:
    for unit_id, year in (("shili-lyzx", 2021), ("shili-dafj", 2020)):
        assert amount(stories.accounts[unit_id, year], "carryover", "closing", fund="other") < 0


def test_surge_stands_out_and_passes(stories: Checked) -> None:
    spent = {year: amount(stories.accounts["shili-wjj", year], "expenditure", "final") for year in (2020, 2021)}
    assert spent[2020] > 1.8 * spent[2021]


def test_hospital_lives_on_its_own_income_and_another_on_state_capital(stories: Checked) -> None:
    hospital = stories.accounts["shili-rmyy", 2022]
    assert amount(hospital, "revenue", "final", source="institutional") > amount(hospital, "revenue", "final") // 2
    assert amount(stories.accounts["shili-gzzx", 2022], "expenditure", "final", fund="state_capital") > 0


def test_code_bears_the_name_of_its_year(stories: Checked) -> None:
    codes = stories.accounts["shili-wjj", 2020].classification
    assert codes.name("function", "21301", 2019) == "农业"
    assert codes.name("function", "21301", 2020) == "农业农村"


def test_same_seed_makes_the_same_bytes_and_another_seed_others(make: Make) -> None:
    once, again, other = (make(4, range(2020, 2022), seed, str(n)) for n, seed in enumerate((5, 5, 6)))
    assert contents(once) == contents(again)
    assert contents(once).keys() == contents(other).keys()
    assert contents(once) != contents(other)


def test_neither_more_offices_nor_more_years_change_what_there_was(make: Make) -> None:
    few, many = contents(make(3, range(2021, 2023), 1, "few")), contents(make(9, range(2019, 2024), 1, "many"))
    assert {name: raw for name, raw in few.items() if name != "units.csv"}.items() <= many.items()


def test_offices_are_told_apart_and_of_likely_size() -> None:
    offices = county(MOST_OFFICES, 3)
    assert len({one.unit_id for one in offices}) == len({one.name for one in offices}) == MOST_OFFICES > 300
    assert all(SMALLEST <= one.spends(2024) <= LARGEST for one in offices)


def test_codes_that_the_classification_lacks_are_added_and_say_so(make: Make) -> None:
    with (make(1, range(2021, 2022)) / "classification" / "function.csv").open(encoding="utf-8") as file:
        made = [tuple(row.values()) for row in csv.DictReader(file)]
    with (CLASSIFICATION / "function.csv").open(encoding="utf-8") as file:
        given = [tuple(row.values()) for row in csv.DictReader(file)]
    assert set(given) <= set(made)
    assert all(row[-1].startswith("示例数据所补") for row in set(made) - set(given))


def test_county_says_that_it_is_made_up(make: Make) -> None:
    data = make(2, range(2021, 2022))
    assert (data / "site.toml").read_text(encoding="utf-8") == 'mark = "示例数据"\n'
    assert "示例数据" in (data / "shili-zfb/2021/source.toml").read_text(encoding="utf-8")


def test_folder_of_real_accounts_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit_id\n", encoding="utf-8")
    with pytest.raises(FileExistsError, match="不是示例数据"):
        make_county(tmp_path, 1, range(2021, 2022), 1, CLASSIFICATION)
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]


@pytest.mark.parametrize(("text", "years"), [("2019:2024", range(2019, 2025)), ("2021", range(2021, 2022))])
def test_years_are_read(text: str, years: range) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize("text", ["", "2024:2019", "19:24", "2019-2024"])
def test_years_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应写成"):
        read_years(text)


def test_numbers_that_cannot_be_are_refused(make: Make) -> None:
    with pytest.raises(ValueError, match=f"应为 1 到 {MOST_OFFICES}"):
        make(MOST_OFFICES + 1, range(2021, 2022))
    with pytest.raises(ValueError, match="应在 2011 到 2099 之间"):
        make(1, range(2009, 2012))
