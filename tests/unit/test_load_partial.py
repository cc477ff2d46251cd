"""A year of which only some figures were printed is read for what it has, and an office that is only compared as well."""

from pathlib import Path

import pytest

from juesuan.faults import FaultsError
from juesuan.load import Accounts, Checked, check_data, load_accounts, read_units
from juesuan.money import write_amount
from juesuan.schema import HEADLINE_ITEMS, STRUCTURE_ITEMS, TOTAL_ITEMS

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_data(DATA)


@pytest.fixture
def data(founding_data: Path) -> Path:
    return founding_data


def amounts(accounts: Accounts, table: str, key: str) -> dict[str, str]:
    frame = accounts.tables[table]
    return {row[key]: write_amount(row["final_fen"]) for row in frame.to_dict("records")}


def without_profile(data: Path) -> None:
    path = data / "units.csv"
    text = path.read_text(encoding="utf-8")
    assert ",sichuan-2021," in text
    path.write_text(text.replace(",sichuan-2021,", ",,"), encoding="utf-8")


def test_a_year_is_partial_unless_both_income_and_expenditure_are_known_in_detail(data: Path) -> None:
    assert load_accounts(data, UNIT, 2020).partial
    assert not load_accounts(data, UNIT, 2021).partial
    (data / UNIT / "2021" / "revenue.csv").unlink()
    assert check_data(data).accounts[UNIT, 2021].partial


def test_a_year_known_by_its_three_public_alone_needs_no_totals_and_has_an_empty_table_of_them(data: Path) -> None:
    without_profile(data)
    for path in (data / UNIT / "2021").iterdir():
        if path.name not in ("three_public.csv", "source.toml"):
            path.unlink()
    checked = check_data(data)
    assert [str(fault) for fault in checked.faults] == []
    accounts = checked.accounts[UNIT, 2021]
    assert set(accounts.tables) == {"three_public", "totals"}
    assert accounts.tables["totals"].empty
    assert accounts.partial and not accounts.headline_only
    assert {one.outcome for one in accounts.findings} == {"not_applicable"}


def test_details_without_a_control_total_are_a_warning_where_a_report_is_made_of_them(data: Path) -> None:
    (data / UNIT / "2021" / "totals.csv").unlink()
    checked = check_data(data)
    assert checked.usable
    (fault,) = [fault for fault in checked.faults if fault.file.endswith("totals.csv")]
    assert "没有控制数" in fault.found and fault.severity == "warning"


def test_an_office_without_a_profile_is_asked_for_no_reason_that_only_a_report_gives(data: Path) -> None:
    (data / UNIT / "2021" / "narrative.md").unlink()
    with pytest.raises(FaultsError, match="没有说明原因"):
        load_accounts(data, UNIT, 2021)
    without_profile(data)
    assert load_accounts(data, UNIT, 2021).unit.profile == ""


def test_offices_of_others_have_no_profile_and_ours_have_one() -> None:
    units, faults = read_units(DATA)
    assert not faults
    ours = {unit_id for unit_id, unit in units.items() if unit.profile}
    assert ours == {UNIT, "putuo-guihua"}
    assert len(units) > len(ours)


def test_every_item_of_totals_has_a_name_of_its_own_so_that_it_may_be_written_by_it() -> None:
    assert len(set(TOTAL_ITEMS.values())) == len(TOTAL_ITEMS)
    assert not set(HEADLINE_ITEMS) & set(STRUCTURE_ITEMS)


def test_the_structure_that_a_document_printed_is_read_by_its_items_and_its_classes(checked: Checked) -> None:
    accounts = checked.accounts["daying-baojian", 2020]
    totals = amounts(accounts, "totals", "item")
    assert totals["income.institutional"] == "2148.69"
    assert totals["expenditure.basic"] == "2719.24"
    assert amounts(accounts, "classes", "function_code") == {"208": "67.64", "210": "1196.48", "213": "0.80"}
    applied = {one.rule.id for one in accounts.findings if one.outcome in ("passed", "rounding")}
    assert {"S04", "S06", "S11", "S13", "C01", "C04"} <= applied


def test_a_year_that_is_worked_out_from_the_next_says_so(checked: Checked) -> None:
    source = checked.accounts["daying-baojian", 2019].source
    assert source.files["totals"]["derived"] is True
    assert "推得" in source.files["totals"]["note"]


MIRRORS = ("ningguo-chengguan", "beijing-yanjiushi", "jiuhuashan-zongjiao")


@pytest.mark.parametrize("unit_id", MIRRORS)
def test_what_was_taken_from_a_mirror_site_says_mirror(checked: Checked, unit_id: str) -> None:
    of_unit = [accounts for (unit, _), accounts in checked.accounts.items() if unit == unit_id]
    assert of_unit
    for accounts in of_unit:
        assert "镜像" in accounts.unit.published_at
        assert all("镜像" in about["note"] for about in accounts.source.files.values())


def test_every_table_of_every_office_says_where_it_was_taken_from(checked: Checked) -> None:
    bare = [
        (accounts.folder, name)
        for accounts in checked.accounts.values()
        for name in accounts.tables
        if not accounts.tables[name].empty and not accounts.source.files.get(name, {}).get("from")
    ]
    assert bare == []
