"""Everything in `data/`, read and checked at once."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from juesuan.building import can_fork, run_pool
from juesuan.classification import Classification
from juesuan.faults import Fault, fatal
from juesuan.load.accounts import (
    Accounts,
    Unit,
    is_year,
    judged,
    read_accounts,
    read_classification,
    read_units,
    years_of,
)  # fmt: skip
from juesuan.load.held import held, hold, signature
from juesuan.load.kept import KeptOffices, Office
from juesuan.load.prices import price_index_and_faults
from juesuan.load.site_file import mark_and_faults

_NOT_A_UNIT = {"classification"}
_FEW = 10  # offices that one process reads in the time in which it is started


@dataclass(frozen=True)
class Checked:
    """Everything of `data/`: the accounts by (unit_id, year), every fault, every rule's finding."""

    accounts: dict[tuple[str, int], Accounts]
    faults: tuple[Fault, ...]

    @property
    def usable(self) -> bool:
        """Say whether a build may go on."""
        return not fatal(self.faults)


def check_data(data: Path, kept: KeptOffices | None = None) -> Checked:
    """Read and check everything in `data`; nothing is thrown for what is wrong in a file.

    Asked again in this process, or in one forked from it, with every file as it was, it returns what it found before.
    `kept` brings the offices that an earlier build read.
    """
    if (before := held(data)) is not None:
        return before
    read = signature(data)
    checked = _checked(data, kept)
    hold(data, read, checked)
    return checked


def _checked(data: Path, kept: KeptOffices | None) -> Checked:
    if not data.is_dir():
        return Checked({}, (Fault("data", "没有这个文件夹", "应有 data/ 文件夹", "建立文件夹，或改正路径"),))
    units, faults = read_units(data)
    classification, more = read_classification(data)
    of_all = [*price_index_and_faults(data)[1], *mark_and_faults(data)[1]]
    found = [*faults, *more, *of_all, *_stray_folders(data, units)]
    accounts: dict[tuple[str, int], Accounts] = {}
    known = _known(data, units, classification, kept) if kept else {}
    for unit_id, unit in units.items():
        years, own = known.get(unit_id) or _office(data, unit, classification)
        accounts |= {(unit_id, year): one for year, one in years.items()}
        found += own
    if not accounts:
        found.append(
            Fault("data", "没有任何单位的任何年度", "应有 data/<单位编号>/<年度>/ 和其中各表", "建立文件夹并填表")
        )
    return Checked(accounts, tuple(found))


def _known(
    data: Path, units: Mapping[str, Unit], classification: Classification, kept: KeptOffices
) -> dict[str, Office]:
    """Return the offices that an earlier build read, and those that it did not, which are read by several processes."""
    kept.share(classification)
    with _nothing_collected():
        known = {unit_id: office for unit_id, unit in units.items() if (office := kept.get(unit)) is not None}
    new = [unit for unit_id, unit in units.items() if unit_id not in known]
    workers = min(kept.workers, len(new) // _FEW)
    if workers > 1 and can_fork():
        deque(run_pool(partial(_keep, data, classification, kept), new, workers, kept.log), maxlen=0)
        return known | {unit.unit_id: office for unit in new if (office := kept.get(unit)) is not None}
    made = {unit: _office(data, unit, classification) for unit in new}
    for unit, office in made.items():
        kept.put(unit, office)
    return known | {unit.unit_id: office for unit, office in made.items()}


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python look for no garbage in what is read in the block: it goes through all of it again and again, for as long
    as the reading itself takes, and finds none.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def _keep(data: Path, classification: Classification, kept: KeptOffices, unit: Unit) -> None:
    """Read an office in a process of its own; what is kept is less to hand over than the office itself."""
    kept.put(unit, _office(data, unit, classification))


def _office(data: Path, unit: Unit, classification: Classification) -> Office:
    """Return an office's accounts by year, and every fault of theirs."""
    found: list[Fault] = []
    accounts: dict[int, Accounts] = {}
    for year in years_of(data, unit.unit_id):
        read, own = read_accounts(data, unit, year, classification)
        figures = [fault for fault in own if not fault.file.endswith("/narrative.md")]
        prior, broken = judged(read, accounts.get(year - 1)) if not fatal(figures) else (read, [])
        found += [*own, *broken]
        accounts[year] = prior
    return accounts, found


def _is_aside(folder: Path) -> bool:
    return folder.name in _NOT_A_UNIT or folder.name.startswith(".")


def _stray_folders(data: Path, units: Iterable[str]) -> list[Fault]:
    faults = []
    known = set(units)
    for folder in sorted(path for path in data.iterdir() if path.is_dir() and not _is_aside(path)):
        shown = f"data/{folder.name}"
        if folder.name not in known:
            expected = f"units.csv 中有 {'、'.join(sorted(known)) or '（空）'}"
            faults.append(Fault(shown, "单位不在 units.csv 中", expected, "在 data/units.csv 补一行，或改正文件夹名"))
        for year in sorted(path for path in folder.iterdir() if path.is_dir() and not is_year(path.name)):
            faults.append(Fault(f"{shown}/{year.name}", "文件夹名不是年度", "应为四位年度，例如 2021", "改名或移走"))
    return faults
