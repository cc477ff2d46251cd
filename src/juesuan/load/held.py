"""What was read of `data/` once in a process, kept for it and for the processes forked from it, as long as no file changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juesuan.load.check import Checked

Signature = tuple[tuple[str, int, int], ...]
_HELD: dict[Path, tuple[Signature, Checked]] = {}


def signature(data: Path) -> Signature:
    """Return name, size and time of change of every file below `data`."""
    return tuple(sorted(_files(data, ""))) if data.is_dir() else ()


def _files(folder: os.PathLike[str] | str, prefix: str) -> Iterator[tuple[str, int, int]]:
    """Yield every file below `folder`; `Path.rglob` takes five times as long, which every notebook's first cell would pay."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{name}/")
            elif entry.is_file():
                stat = entry.stat()
                yield name, stat.st_size, stat.st_mtime_ns


def hold(data: Path, read: Signature, checked: Checked) -> None:
    """Keep what was read of `data` while its files were as `read` says; of one folder, the last."""
    _HELD.clear()
    _HELD[data.resolve()] = (read, checked)


def held(data: Path) -> Checked | None:
    """Return what is kept of `data`, None where nothing is or a file changed since."""
    kept = _HELD.get(data.resolve())
    return kept[1] if kept and kept[0] == signature(data) else None
