"""What was read and checked of each office, kept between builds below `build/`: an office none of whose files changed is
not read again.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from juesuan.building import Digests, digest_of

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
        self.folder, self.data, self.digests, self.workers = folder, data, digests, workers
        package = Path(__file__).resolve().parents[1]
        rooms = [word for room in _ROOMS for pair in digests.tree(package / room).items() for word in pair]
        ground = [digests.of(path) for path in sorted(package.glob("*.py"))]
        names = [word for pair in digests.tree(data / "classification").items() for word in pair]
        self._shared = digest_of([*rooms, *ground, *names, pd.__version__])

    def get(self, unit: Unit) -> Office | None:
        """Return an office's accounts by year and its faults; None where they are to be read (anew)."""
        with suppress(Exception):  # a file of another version or cut short: read the accounts themselves
            key, office = pickle.loads(self._place(unit).read_bytes())
            if key == self._key(unit):
                kept: Office = office
                return kept
        return None

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
            aside.write_bytes(pickle.dumps((self._key(unit), office), pickle.HIGHEST_PROTOCOL))
            aside.replace(self._place(unit))

    def _key(self, unit: Unit) -> str:
        files = self.digests.tree(self.data / unit.unit_id)
        return digest_of([self._shared, repr(unit), *(word for pair in files.items() for word in pair)])

    def _place(self, unit: Unit) -> Path:
        return self.folder / f"{unit.unit_id}.pickle"
