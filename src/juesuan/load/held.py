"""What was read of `data/` once in a process, kept for it and for the processes forked from it, as long as no file changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juesuan.load.check import Checked

_Stamp = tuple[str, int, int]
Signature = dict[str, tuple[_Stamp, ...]]
"""Name, size and time of change of every file, by the folder below `data/` that it lies in; "" for those in none."""
_HELD: dict[Path, tuple[Signature, Checked]] = {}
_OF_ALL = ("", "classification")


def signature(data: Path) -> Signature:
    """Return what tells whether a file below `data` changed."""
    if not data.is_dir():
        return {}
    folders = sorted(entry.name for entry in os.scandir(data) if entry.is_dir(follow_symlinks=False))
    return {folder: _stamps(data, folder) for folder in ("", *folders)}


def _stamps(data: Path, folder: str) -> tuple[_Stamp, ...]:
    if folder and not (data / folder).is_dir():
        return ()
    return tuple(sorted(_files(data / folder, deep=bool(folder))))


def _files(folder: os.PathLike[str] | str, prefix: str = "", *, deep: bool) -> Iterator[_Stamp]:
    """Yield every file in `folder`; `Path.rglob` takes five times as long, which every notebook's first cell would pay."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if deep:
                    yield from _files(entry.path, f"{name}/", deep=True)
            elif entry.is_file():
                stat = entry.stat()
                yield name, stat.st_size, stat.st_mtime_ns


def hold(data: Path, read: Signature, checked: Checked) -> None:
    """Keep what was read of `data` while its files were as `read` says; of one folder, the last."""
    _HELD.clear()
    _HELD[data.resolve()] = (read, checked)


def held(data: Path, office: str | None = None) -> Checked | None:
    """Return what is kept of `data`, None where nothing is or a file changed since.

    Asked for one `office` only its files and those of all offices are looked at: the others' may be thousands.
    """
    kept = _HELD.get(data.resolve())
    if kept is None:
        return None
    read, checked = kept
    if office is None:
        return checked if read == signature(data) else None
    return checked if all(read.get(one, ()) == _stamps(data, one) for one in (*_OF_ALL, office)) else None
