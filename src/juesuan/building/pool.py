"""A pool of forked processes that leaves nothing behind: not when it is interrupted, not when its parent is killed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_PR_SET_PDEATHSIG = 1


def run_pool(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    workers: int,
    log: Path,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Task, Result | None]]:
    """Yield each task with its result as it is done; None for a task whose process was killed.

    When the caller is interrupted or gives up, the processes are ended and what they made half is left to its owner to
    clear away. `log` takes what they say on their own; `meanwhile` is done here, once, while they are at work.
    """
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(log, os.getpid()))
    try:
        waiting: dict[Future[Result], Task] = {pool.submit(work, task): task for task in tasks}
        if meanwhile:
            meanwhile()
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                yield waiting.pop(future), _result(future)
    except BaseException:
        _end_all(pool)
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def _result(future: Future[Result]) -> Result | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _end_all(pool: ProcessPoolExecutor) -> None:
    """End the processes and those that they started: a notebook's own process would hold what the pool waits for."""
    for process in list((pool._processes or {}).values()):
        with suppress(ProcessLookupError, PermissionError):
            if process.pid is not None and hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.terminate()


def _begin(log: Path, parent: int) -> None:
    """Be a group of one's own, which Ctrl-C does not reach and the parent can end; send what kernels say to `log`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    end_with_parent(parent)
    with log.open("a", encoding="utf-8") as file:  # on the terminal it would break the progress bar
        os.dup2(file.fileno(), 2)


def can_fork() -> bool:
    """Say whether this machine can fork a process that has libraries loaded, and both go on."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def end_with_parent(parent: int) -> None:
    """Let the system end this process when the one that started it, `parent`, ends, however that ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
