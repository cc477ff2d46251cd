"""What a measure says on stderr while it runs: what is done now, at which rate it went so far, how long the rest will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """The progress of one measure through `total` pieces of work (offices, notebooks)."""

    def __init__(self, measure: str, total: float, piece: str) -> None:
        self.measure, self.total, self.piece = measure, total, piece
        self.done, self.spent = 0.0, 0.0

    @contextmanager
    def step(self, what: str, pieces: float) -> Iterator[None]:
        """Say what is begun and, from the steps before it, what is left; count it when it is done."""
        self.say(f"{what}{self._rate()}")
        begun = time.perf_counter()
        yield
        self.done += pieces
        self.spent += time.perf_counter() - begun

    def beat(self, seconds: float, held_gb: float) -> None:
        """Say that a long step still runs."""
        self.say(f"  … {seconds:.0f} s, {held_gb:.2f} GB")

    def say(self, words: str) -> None:
        """Say it on stderr."""
        print(f"[{self.measure}] {words}", file=sys.stderr, flush=True)

    def _rate(self) -> str:
        if not self.done:
            return ""
        each = self.spent / self.done
        left = each * (self.total - self.done)
        return f" ({self.done:g} of {self.total:g}, {each:.2f} s each {self.piece}, about {left:.0f} s left)"
