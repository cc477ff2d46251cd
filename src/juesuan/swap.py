"""Made aside, then put in place whole: a folder that failed or was killed half-way leaves the old one as it was."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path

OLD = "-old"
_AT_CWD, _RENAME_EXCHANGE = -100, 2


def staging_folder(parent: Path, prefix: str) -> Path:
    """Return a new empty folder below `parent`, readable by others as what comes to stand in its place must be."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    folder.chmod(0o755)
    return folder


def swap_in(staged: Path, place: Path) -> None:
    """Put the folder `staged` at `place` whole; what was there goes once the new one stands.

    Where the system can exchange two folders (Linux), there is no moment without one at `place`.
    """
    old = staged.with_name(staged.name + OLD)
    if place.is_dir() and _exchanged(staged, place):
        shutil.rmtree(staged, ignore_errors=True)
        return
    if place.exists():
        place.replace(old)
    try:
        staged.replace(place)
    except OSError:
        if old.exists():
            old.replace(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def clear_away(parent: Path, prefix: str, place: Path) -> None:
    """Take away what killed builds left in `parent`; an old folder that one had put aside comes back where none stands."""
    for old in sorted(parent.glob(f"{prefix}*{OLD}")):
        if not place.exists():
            old.replace(place)
    for folder in [one for one in parent.glob(f"{prefix}*") if one.is_dir()]:
        shutil.rmtree(folder, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; say whether that could be done (renameat2 of Linux, and not on every file system)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    return bool(rename(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
