"""How a command speaks: results, faults, a bar on a terminal; quiet elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

FAULTY, COULD_NOT_RUN = 1, 2
_WIDTH_IN_FILES = 160
_PERIOD = 60  # seconds of the past by which the rate is told


@dataclass(frozen=True)
class Voice:
    """How much a command says, and where."""

    quiet: bool = False
    verbose: bool = False

    @property
    def out(self) -> Console:
        """Where results go."""
        return _console(sys.stdout.isatty(), quiet=self.quiet)

    @property
    def errors(self) -> Console:
        """Where faults go, quiet or not."""
        return _console(sys.stderr.isatty(), stderr=True)

    def detail(self, words: str) -> None:
        """Say what only -v wants to hear."""
        if self.verbose:
            self.out.print(words)

    @contextmanager
    def bar(self, what: str) -> Iterator[Progress | None]:
        """Show a progress bar on a terminal; nothing elsewhere."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        columns = (
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            PaceColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self.errors, transient=True, speed_estimate_period=_PERIOD) as progress:
            yield progress


class PaceColumn(ProgressColumn):
    """How fast it goes and how long it will take yet."""

    def render(self, task: Task) -> Text:
        """Return the words for a task."""
        return Text(said_pace(task.speed, task.time_remaining))


def said_pace(a_second: float | None, seconds_left: float | None) -> str:
    """Return in words how many are done a second (a minute, where that is less than one) and the time left."""
    if not a_second or seconds_left is None:
        return "还不知要多久"
    pace = f"每秒 {a_second:.1f} 个" if a_second >= 1 else f"每分 {a_second * 60:.1f} 个"
    minutes, seconds = divmod(round(seconds_left), 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
    return f"{pace}，还要 {left}"


def _console(terminal: bool, *, quiet: bool = False, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal; in a file or a pipe no line is broken and a table has room."""
    width = None if terminal else _WIDTH_IN_FILES
    return Console(quiet=quiet, stderr=stderr, highlight=False, soft_wrap=not terminal, width=width)
