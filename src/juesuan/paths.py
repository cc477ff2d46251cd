"""Where the project's folders are. Nothing here reads a file; nothing is settled at import."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT_MARK = "_quarto.yml"


class ProjectNotFoundError(FileNotFoundError):
    """No folder above the start holds a project."""


@dataclass(frozen=True)
class Project:
    """The folders of one project; `data` and `site` may lie elsewhere."""

    root: Path
    data: Path
    site: Path

    @property
    def notebooks(self) -> Path:
        """Templates that papermill runs."""
        return self.root / "notebooks"

    @property
    def report(self) -> Path:
        """What shapes the published page and is not code: profiles, sentences, templates."""
        return self.root / "report"

    @property
    def pages(self) -> Path:
        """Notebooks that ran, ready for either renderer."""
        return self.root / "pages"

    @property
    def build(self) -> Path:
        """Working files: content keys, notebooks that failed."""
        return self.root / "build"


def find_root(start: Path | None = None) -> Path:
    """Return the project's root: `JUESUAN_ROOT`, else the first folder at or above `start` that holds `_quarto.yml`.

    A notebook may be opened from anywhere, so the folder this package was installed from (in editable mode) is asked
    last. Raises `ProjectNotFoundError`.
    """
    if named := os.environ.get("JUESUAN_ROOT"):
        return Path(named).resolve()
    begin = (start or Path.cwd()).resolve()
    installed_from = Path(__file__).resolve().parents[2]
    for folder in (begin, *begin.parents, installed_from):
        if (folder / PROJECT_MARK).is_file():
            return folder
    raise ProjectNotFoundError(
        f"{begin}：在此目录及其上级目录中没有找到 {PROJECT_MARK}；请在项目目录中运行，或设置环境变量 JUESUAN_ROOT。"
    )


def find_project(data: str | Path | None = None, site: str | Path | None = None, start: Path | None = None) -> Project:
    """Return the project's folders; an empty `data` or `site` means the project's own."""
    root = find_root(start)
    return Project(
        root=root,
        data=Path(data).resolve() if data else root / "data",
        site=Path(site).resolve() if site else root / "_site",
    )


def names_below(folder: Path | str) -> Iterator[str]:
    """Yield every file below a folder by its name there, `/` between folders: `Path.rglob` takes ten times as long."""
    start = len(str(folder)) + 1
    for where, _, names in os.walk(folder):
        within = f"{where}/"[start:].replace(os.sep, "/")
        yield from (f"{within}{name}" for name in names)
