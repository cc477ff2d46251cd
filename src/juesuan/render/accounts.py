"""The accounts themselves, published with the site: a reader can recount the pages from the files."""

from __future__ import annotations

import shutil
from pathlib import Path

_PUBLISHED = {".csv", ".toml", ".json"}


def publish_accounts(data: Path, site: Path) -> list[Path]:
    """Put the files of `data` below `site/data`, in the place of what is there, and return them.

    `_quarto.yml` names the project's own `data/`; a build from another folder publishes that one.
    """
    target = site / "data"
    shutil.rmtree(target, ignore_errors=True)
    copied = []
    for path in sorted(path for path in data.rglob("*") if path.is_file() and path.suffix in _PUBLISHED):
        place = target / path.relative_to(data)
        place.parent.mkdir(parents=True, exist_ok=True)
        copied.append(Path(shutil.copyfile(path, place)))
    return copied
