"""Which files a site is made of, whoever renders it."""

from __future__ import annotations

from pathlib import Path

from juesuan.render.notebook import read_front
from juesuan.render.project import Page, read_project


def expected_files(root: Path) -> list[Path]:
    """Return the files, below the site, that the pages of the project at `root` become."""
    project = read_project(root)
    pages = (Page(source, read_front(root / source)) for source in project.sources)
    return [page.output(to) for page in pages for to in page.formats]
