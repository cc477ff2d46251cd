"""What was read and checked of each office, kept between builds below `build/`: an office none of whose files changed is
not read again.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pandas as pd

from juesuan.building import Digests, digest_of
from juesuan.classification import Classification
from juesuan.rules import Rule, read_rules

if TYPE_CHECKING:
    from juesuan.faults import Fault
    from juesuan.load.accounts import Accounts, Unit

Office = tuple[dict[int, "Accounts"], list["Fault"]]
_ROOMS = ("load", "rules")


class KeptOffices:
    """The offices' checked accounts, one file each in `folder`, by a key over all that they were read from and with.

    `workers` processes may read offices that are not there.
    """

    def __init__(self, folder: Path, data: Path, digests: Digests, workers: int = 1) -> None:
        self._classification: Classification | None = None
        self.folder, self.data, self.digests, self.workers = folder, data, digests, workers
        package = Path(__file__).resolve().parents[1]
        rooms = [digests.tree(package / room).digest for room in _ROOMS]
        ground = [digests.of(path) for path in sorted(package.glob("*.py"))]
        names = digests.tree(data / "classification").digest
        self._shared = digest_of([*rooms, *ground, names, pd.__version__])

    def get(self, unit: Unit) -> Office | None:
        """Return an office's accounts by year and its faults; None where they are to be read (anew)."""
        # A file of another version, or cut short: the accounts themselves are read.
        with suppress(Exception), self._place(unit).open("rb") as file:
            key, office = _Unpickler(file, self._classification).load()
            if key == self._key(unit):
                kept: Office = office
                return kept
        return None

    def share(self, classification: Classification) -> None:
        """Give the codes and names, which every office is read with and none keeps a copy of."""
        self._classification = classification

    @property
    def log(self) -> Path:
        """Where the processes that read write what they say."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / "reading.log"

    def put(self, unit: Unit, office: Office) -> None:
        """Keep what was read of an office."""
        with suppress(OSError):  # it only saves time
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self._place(unit).with_suffix(f".{os.getpid()}")
            with aside.open("wb") as file:
                _Pickler(file, pickle.HIGHEST_PROTOCOL).dump((self._key(unit), office))
            aside.replace(self._place(unit))

    def _key(self, unit: Unit) -> str:
        return digest_of([self._shared, repr(unit), self.digests.tree(self.data / unit.unit_id).digest])

    def _place(self, unit: Unit) -> Path:
        return self.folder / f"{unit.unit_id}.pickle"


class _Pickler(pickle.Pickler):
    """Leaves out what offices share: the rules, which their findings name, and the classification."""

    def persistent_id(self, one: object) -> tuple[str, str] | None:
        if isinstance(one, Rule):
            return "rule", one.id
        return ("classification", "") if isinstance(one, Classification) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], classification: Classification | None) -> None:
        super().__init__(file)
        self._classification = classification

    def persistent_load(self, named: tuple[str, str]) -> object:
        kind, name = named
        if kind == "rule":
            return _rules()[name]
        if self._classification is None:
            raise pickle.UnpicklingError("no classification was shared")
        return self._classification


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in read_rules()}
