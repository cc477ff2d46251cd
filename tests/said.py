"""What a command said and how it ended, as the tests ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Exit status, what was printed, what was printed of errors."""

    status: int
    out: str
    errors: str


Say = Callable[..., Said]
