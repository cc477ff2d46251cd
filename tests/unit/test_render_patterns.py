"""The patterns of `_quarto.yml` mean the files that `Path.glob` finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.paths import find_root
from juesuan.render.patterns import files_matching
from juesuan.render.project import read_project

FILES = (
    "index.qmd", "pages/_front.md", "pages/2021/a/report.ipynb", "pages/2021/a/facts.json", "pages/2021/a/charts/f.svg",
    "pages/facts.json", "pages/explore/trend-facts.json", "data/a/2021/totals.csv", "data/units.csv", "pagesx/facts.json",
    "report/html/a.css", "report/html/b/c.css", "report/html/.d.css", "report/html/a.css.bak", "report/html/(x).css",
)  # fmt: skip
PATTERNS = (
    "index.qmd", "pages/**/*.ipynb", "pages/**/facts.json", "pages/**/*-facts.json", "data/**/*.csv", "report/html/*.css",
    "report/html/?.css", "pages/**/charts/*.svg", "report/html/(x).css", "**/*.csv", "nothing/**/*",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    return folder


def by_glob(root: Path, patterns: list[str]) -> list[Path]:
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(root) for path in found)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_glob_finds(root: Path, pattern: str) -> None:
    assert files_matching(root, [pattern]) == by_glob(root, [pattern])


def test_several_patterns_mean_what_any_of_them_does_once(root: Path) -> None:
    assert files_matching(root, PATTERNS) == by_glob(root, list(PATTERNS))


def test_the_projects_own_patterns_mean_what_glob_finds() -> None:
    project = read_project(find_root())
    assert len(project.resources) > 10
    assert files_matching(find_root(), project.resources) == by_glob(find_root(), project.resources)
