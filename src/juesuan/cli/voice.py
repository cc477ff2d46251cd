"""How a command speaks: results, faults, a bar on a terminal; quiet elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

FAULTY, COULD_NOT_RUN = 1, 2
_WIDTH_IN_FILES = 160


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
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self.errors, transient=True) as progress:
            yield progress


def _console(terminal: bool, *, quiet: bool = False, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal; in a file or a pipe no line is broken and a table has room."""
    width = None if terminal else _WIDTH_IN_FILES
    return Console(quiet=quiet, stderr=stderr, highlight=False, soft_wrap=not terminal, width=width)
