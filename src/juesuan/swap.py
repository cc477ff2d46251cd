"""Made aside, then put in place whole: a folder that failed or was killed half-way leaves the old one as it was."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path


def staging_folder(parent: Path, prefix: str) -> Path:
    """Return a new empty folder below `parent`, readable by others as what comes to stand in its place must be."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    folder.chmod(0o755)
    return folder


def swap_in(staged: Path, place: Path) -> None:
    """Put the folder `staged` at `place` whole; what was there goes once the new one stands."""
    old = staged.with_name(staged.name + "-old")
    if place.exists():
        place.replace(old)
    try:
        staged.replace(place)
    except OSError:
        if old.exists():
            old.replace(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
