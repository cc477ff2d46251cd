"""One builder at a time in one project: the second waits, or is told who builds."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

_WAIT = 0.2


@dataclass(frozen=True)
class Holder:
    """Who builds: process, machine, since when."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"进程 {self.pid}（{self.host}，{self.since} 起）"


class BusyError(RuntimeError):
    """Another process builds in the same project."""


@contextmanager
def only_builder(place: Path, *, wait: bool = True, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock at `place` while the block runs; `waiting` is told once who holds it.

    The system lets go of the lock when its process ends, however it ends, and no process forked from it holds it. Raises
    `BusyError` where it is held and `wait` is false.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+", encoding="utf-8") as file:
        if not _taken(file):
            said = f"{place.parent.parent} 正在生成：{holder(place)}"
            if not wait:
                raise BusyError(f"{said}；请等它结束再运行，或去掉 --no-wait 等它。")
            if waiting:
                waiting(f"{said}；等它结束（Ctrl-C 不等）。")
            while not _taken(file):
                time.sleep(_WAIT)
        file.seek(0)
        file.truncate()
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        file.write(json.dumps(asdict(Holder(os.getpid(), socket.gethostname(), since)), ensure_ascii=False))
        file.flush()
        yield


def holder(place: Path) -> str:
    """Return who holds the lock, as far as its file says."""
    try:
        return str(Holder(**json.loads(place.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return "另一个进程"


def _taken(file: IO[str]) -> bool:
    """Take the lock if it is free. A record lock belongs to the process: those forked from it do not keep it."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return _taken_on_windows(file)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _taken_on_windows(file: IO[str]) -> bool:
    import msvcrt  # noqa: PLC0415

    try:
        file.seek(1_000_000)  # beyond what says who holds it, which must stay readable
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
