"""What a Dask worker does: says whether it is fit, and has items run by a helper process, one for each of its threads.

These functions are sent by name: a worker runs its own juesuan.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from juesuan.building import Digests, digest_of
from juesuan.execute.cache import engine_versions, package_folder
from juesuan.execute.helper import Answer, Files, Item, Start
from juesuan.paths import Project


@dataclass(frozen=True)
class Run:
    """What the items of one run share: its name, which the file `token` holds; the client's versions; the day; the project
    where every worker sees its folder, else None.
    """

    name: str
    token: Path
    versions: Mapping[str, str]
    day: str
    project: Project | None


@dataclass(frozen=True)
class Refused:
    """A worker is not fit for the run; why, and what to do."""

    why: str


class HelperDiedError(RuntimeError):
    """The process that ran an item is gone."""


@cache
def versions() -> dict[str, str]:
    """Return what makes pages what they are: Python, the packages, juesuan by its sources."""
    files = Digests().tree(package_folder())
    code = digest_of(word for pair in sorted(files.items()) for word in pair)
    return {**engine_versions(), "juesuan（源码摘要）": code[:12]}


def meet(run: Run) -> Refused | bool:
    """Say whether this worker sees the project's folder; refuse where its versions are not the client's."""
    here = versions()
    if other := [name for name, wanted in run.versions.items() if here.get(name) != wanted]:
        told = "；".join(f"{name} 是 {here.get(name, '（没有）')}，应为 {run.versions[name]}" for name in other)
        return Refused(f"worker 与本机版本不同：{told}；请装成一样，再启动 worker。")
    return run.token.is_file() and run.token.read_text(encoding="utf-8") == run.name


def run_item(item: Item, run: Run, common: Files) -> Answer | Refused:
    """Run one item; raises `HelperDiedError`, upon which Dask tries it again. A worker may have come after the others met."""
    met = meet(run)
    if isinstance(met, Refused):
        return met
    if run.project and not met:
        return Refused(f"worker 看不到 {run.project.root}，别的 worker 看得到；请让它看到，或停下它。")
    key = (run.name, threading.get_ident())
    helper = _helpers.get(key) or _helpers.setdefault(key, _Helper(run, common))
    try:
        return helper.answer(item)
    except (OSError, EOFError, pickle.UnpicklingError):
        _helpers.pop(key, None)
        raise HelperDiedError(f"退出状态 {helper.end(patience=1)}") from None


def end_helpers(name: str) -> None:
    """End this worker's helpers of a run, whatever they are at."""
    for key in [key for key in _helpers if key[0] == name]:
        _helpers.pop(key).end()


class _Helper:
    """The worker's side of a helper process, and the folder that it may use."""

    def __init__(self, run: Run, common: Files) -> None:
        from distributed import get_worker  # noqa: PLC0415  an extra

        # What a killed worker leaves in its own folder Dask clears away.
        self._folder = Path(get_worker().local_directory) / f"juesuan-{run.name}-{threading.get_ident()}"
        # Not by -m: its classes would be those of `__main__`, which the worker does not know.
        command = [sys.executable, "-c", "from juesuan.execute.helper import main; main()", str(os.getpid())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._unsent: list[Start | Item] = [Start(run.project, self._folder, common, run.day)]

    def answer(self, item: Item) -> Answer:
        """Have one item run; raises what a broken pipe raises where the process is gone."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None and answers is not None
        for message in (*self._unsent, item):
            pickle.dump(message, requests)
        requests.flush()
        self._unsent = []
        answer: Answer = pickle.load(answers)
        return answer

    def end(self, patience: float = 0) -> int:
        """End the process, if it does not end by itself within so many seconds; return its exit status."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
        return self._process.wait()


_helpers: dict[tuple[str, int], _Helper] = {}
"""By run and thread."""
