"""What was planned of `data/`, kept between builds: data that did not change need not be read to know what to run."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from juesuan.building import Digests, digest_of
from juesuan.execute.plan import Job
from juesuan.paths import Project

_ROOMS = ("load", "rules", "execute")


class KeptPlan:
    """The jobs of good accounts by all that they were planned from; `asked` says what part of them."""

    def __init__(self, project: Project, digests: Digests, asked: str) -> None:
        package = Path(__file__).resolve().parents[1]
        trees = [digests.tree(project.data), *(digests.tree(package / room) for room in _ROOMS)]
        ground = [digests.of(path) for path in sorted(package.glob("*.py"))]
        self._key = digest_of(
            [*(tree.digest for tree in trees), *ground, asked, os.path.relpath(project.data, project.root)]
        )
        self._place = project.build / "plan.pickle"

    def read(self) -> list[Job] | None:
        """Return the jobs, None where there are none of just this."""
        with suppress(Exception):  # cut short, or of another version: plan again
            key, jobs = pickle.loads(self._place.read_bytes())
            if key == self._key:
                return list(jobs)
        return None

    def write(self, jobs: Sequence[Job]) -> None:
        """Keep the jobs."""
        with suppress(OSError):  # it only saves time
            self._place.parent.mkdir(parents=True, exist_ok=True)
            aside = self._place.with_suffix(f".{os.getpid()}")
            aside.write_bytes(pickle.dumps((self._key, list(jobs)), pickle.HIGHEST_PROTOCOL))
            aside.replace(self._place)
