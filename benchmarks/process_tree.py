"""Runs a command and says how long it and the processes below it took, and how much memory they held at once."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY = 0.5  # seconds; to ask eight processes for their shares of memory takes some 20 ms of the machine
_BEAT = 15.0
_LAST_LINES = 15

Beat = Callable[[float, float], None]
"""Called now and then while a command runs, with the seconds so far and the GB held."""


@dataclass(frozen=True)
class Cost:
    """What a command took: by the clock, of CPU, and in GB all its processes together at the worst moment.

    `peak_rss_gb` counts what processes share once for each of them, `peak_pss_gb` once in all (Linux alone tells it).
    """

    seconds: float
    cpu_seconds: float
    peak_rss_gb: float
    peak_pss_gb: float | None

    @property
    def peak_gb(self) -> float:
        """What the machine had to have."""
        return self.peak_rss_gb if self.peak_pss_gb is None else self.peak_pss_gb


class CommandFailedError(RuntimeError):
    """A command that is measured failed; its last lines are in the message."""


def cost_of(
    command: Sequence[str], folder: Path, log: Path, beat: Beat | None = None, environment: Mapping[str, str] | None = None
) -> Cost:  # fmt: skip
    """Run a command in `folder` to its end and return what it took; raises `CommandFailedError`."""
    told = {**os.environ, **(environment or {})}
    with log.open("ab") as said:
        before, begun = cpu_seconds(), time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=told, stdout=said, stderr=said)
        watch = _Watch(process.pid, beat)
        watch.start()
        try:
            status = process.wait()
        except BaseException:  # interrupted
            _end_all(process)
            raise
        finally:
            seconds = time.perf_counter() - begun
            watch.ended.set()
            watch.join()
    if status:
        raise CommandFailedError(f"{' '.join(map(str, command))} ended with {status}:\n{last_lines(log)}")
    pss = round(watch.pss / 1e9, 3) if watch.pss else None
    return Cost(round(seconds, 2), round(cpu_seconds() - before, 2), round(watch.rss / 1e9, 3), pss)


def last_lines(log: Path) -> str:
    """Return the end of what a command said."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:])


def cpu_seconds() -> float:
    """Return what this process took of CPU so far, with every process that it waited for, and those below them."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """End a process and all below it, so that none still writes where it worked."""
    with suppress(psutil.Error):
        top = psutil.Process(process.pid)
        every = [top, *top.children(recursive=True)]
        for one in every:
            with suppress(psutil.Error):
                one.kill()
        psutil.wait_procs(every)
    process.wait()


class _Watch(threading.Thread):
    """Adds up the memory of a process and all below it, and keeps the most there was."""

    def __init__(self, pid: int, beat: Beat | None) -> None:
        super().__init__(daemon=True)
        self.pid, self.beat, self.ended = pid, beat, threading.Event()
        self.rss, self.pss = 0, 0

    def run(self) -> None:
        begun = beaten = time.perf_counter()
        while not self.ended.wait(_EVERY):
            held = self._held()
            self.rss, self.pss = max(self.rss, held[0]), max(self.pss, held[1])
            now = time.perf_counter()
            if self.beat and now - beaten > _BEAT:
                beaten = now
                self.beat(now - begun, (held[1] or held[0]) / 1e9)

    def _held(self) -> tuple[int, int]:
        rss = pss = 0
        with suppress(psutil.Error):
            top = psutil.Process(self.pid)
            for process in (top, *top.children(recursive=True)):
                with suppress(psutil.Error):  # it has just ended
                    told = process.memory_full_info()
                    rss, pss = rss + told.rss, pss + getattr(told, "pss", 0)
        return rss, pss
