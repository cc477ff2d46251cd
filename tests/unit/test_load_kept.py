"""Offices that are read by several processes are those that one reads, and are kept."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from juesuan.building import Digests
from juesuan.faults import FaultsError
from juesuan.load import Checked, KeptOffices, Unit, accounts_in, check, check_data, held
from juesuan.load.kept import Office
from juesuan.paths import find_root
from juesuan.scope import VARIABLE
from juesuan.synthetic import make_demo


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("county")
    make_demo(find_root(), root, 6, range(2023, 2025), 3)
    faulty = next((root / "data").glob("*/2024/totals.csv"))
    faulty.write_text(faulty.read_text(encoding="utf-8").replace(",", ",x", 5), encoding="utf-8")
    return root / "data"


def read(data: Path, kept: KeptOffices | None) -> Checked:
    held._HELD.clear()
    return check_data(data, kept)


def told(checked: Checked) -> list[str]:
    accounts = [
        f"{of} {name}\n{table.to_csv()}" for of, one in checked.accounts.items() for name, table in one.tables.items()
    ]
    return [*accounts, *(str(one.findings) for one in checked.accounts.values()), *map(str, checked.faults)]


def test_two_processes_read_what_one_does(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_FEW", 1)
    alone = told(read(data, None))
    assert told(read(data, KeptOffices(tmp_path, data, Digests(), 2))) == alone
    assert any("totals.csv" in word for word in alone)
    monkeypatch.setattr(check, "_office", None)  # asked again, nothing is read
    assert told(read(data, KeptOffices(tmp_path, data, Digests(), 2))) == alone


def test_no_garbage_is_looked_for_in_what_was_kept(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def watched(kept: KeptOffices, unit: Unit, get: Callable[..., Office | None] = KeptOffices.get) -> Office | None:
        asked.append(gc.isenabled())
        return get(kept, unit)

    monkeypatch.setattr(KeptOffices, "get", watched)
    gc.unfreeze()
    read(data, KeptOffices(tmp_path, data, Digests()))
    assert set(asked) == {False}
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


@pytest.mark.parametrize("kept", [True, False])
def test_offices_of_a_year_are_those_that_the_process_holds(kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = find_root() / "data"
    checked = read(folder, None)
    if not kept:
        held._HELD.clear()
    monkeypatch.setenv(VARIABLE, "*;2021,2022")
    found = accounts_in(2021, str(folder))
    assert [one.unit.unit_id for one in found] == [unit for unit, year in checked.accounts if year == 2021]
    assert all((one is checked.accounts[one.unit.unit_id, 2021]) == kept for one in found)
    assert accounts_in(2020, str(folder)) == []
    with pytest.raises(FaultsError, match=r"没有任何单位有 1999 年的数据.*2020、2021"):
        accounts_in(1999, str(folder))


def test_a_faulty_year_stops_the_page_of_that_year_alone(data: Path) -> None:
    checked = read(data, None)
    assert not checked.usable
    assert len(accounts_in(2023, str(data))) == 6
    with pytest.raises(FaultsError, match=r"totals\.csv"):
        accounts_in(2024, str(data))


def test_outcomes_are_kept_with_the_findings_that_they_count(data: Path, tmp_path: Path) -> None:
    read(data, KeptOffices(tmp_path, data, Digests()))
    again = read(data, KeptOffices(tmp_path, data, Digests())).accounts.values()
    assert all("outcomes" in vars(one) for one in again if one.findings)
    for one in again:
        assert dict(one.outcomes) == {
            outcome: [finding.outcome for finding in one.findings].count(outcome) for outcome in one.outcomes
        }
    assert sum(one.outcomes["passed"] for one in again) > 100
