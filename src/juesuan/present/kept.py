"""What takes long to make and is the same for every office: made once a process, and once a project where a build keeps it.

How great-tables lays out a kind of table, how jinja2 compiles a template, how Altair draws a view or a kind of chart:
each depends on its arguments and on the code alone.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")
_ALL: dict[str, Kept[Any, Any]] = {}
_recalled: tuple[Path, str, dict[str, int]] | None = None


class Kept(Generic[Asked, Made]):
    """A function that makes nothing twice; its arguments can be hashed, what it makes is not changed by who gets it."""

    def __init__(self, make: Callable[Asked, Made]) -> None:
        self.make = make
        self.made: dict[Any, Made] = {}
        _ALL[f"{make.__module__}.{make.__qualname__}"] = self

    def __call__(self, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        """Return what the function makes of its arguments."""
        key = (asked, *named.items())
        if key not in self.made:
            self.made[key] = self.make(*asked, **named)
        return self.made[key]


def recall(path: Path, key: str) -> bool:
    """Take over what was kept in the file at `path` under `key`; say whether there was such."""
    global _recalled  # noqa: PLW0603  one a process
    with suppress(Exception):  # none there, of another version, or cut short: it is made again
        found, made = pickle.loads(path.read_bytes())
        if found == key:
            for name, one in _ALL.items():
                one.made |= made.get(name, {})
            _recalled = path, key, _sizes()
            return True
    return False


def remember(path: Path, key: str) -> None:
    """Keep all that was made in the file at `path` under `key`, unless it is what was recalled."""
    if _recalled == (path, key, _sizes()):
        return
    with suppress(OSError):  # it only saves time
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}.new")
        aside.write_bytes(pickle.dumps((key, {name: one.made for name, one in _ALL.items()}), pickle.HIGHEST_PROTOCOL))
        aside.replace(path)


def _sizes() -> dict[str, int]:
    return {name: len(one.made) for name, one in _ALL.items()}
