"""A finished file is taken over only while everything that shapes it is what it was."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from juesuan.building import Digests
from juesuan.render import asked_files, fronts
from juesuan.render import site as rendering

OFFICES = ("a", "b")
FORMATS = ("html", "docx", "pdf")


@pytest.fixture
def root(project: Path) -> Path:
    """A copy of the project with the pages of two offices, each with a chart."""
    front = "---\ntitle: 甲\nformat:\n  html: default\n  docx: default\n  typst: default\n---"
    for office in OFFICES:
        page = project / f"pages/2021/{office}/report.ipynb"
        (page.parent / "charts").mkdir(parents=True)
        (page.parent / "charts/report-fig-1.png").write_bytes(b"1")
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_raw_cell(front)]), page)
    (project / "pages/_front.md").write_text("首页", encoding="utf-8")
    return project


def keys(root: Path, renderer: str = "embedded") -> dict[str, str]:
    return {one.output.as_posix(): one.inputs.key for one in asked_files(root, renderer, Digests())}


def of(office: str, *formats: str) -> set[str]:
    return {f"pages/2021/{office}/report.{one}" for one in formats or FORMATS}


ALL = of("a") | of("b") | {"index.html"}
CHANGES = [
    ("pages/2021/a/report.ipynb", of("a")),
    ("pages/2021/a/charts/report-fig-1.png", of("a", "docx", "pdf")),
    ("pages/_front.md", {"index.html"}),
    ("index.qmd", {"index.html"}),
    ("report/html/template.html", of("a", "html") | of("b", "html") | {"index.html"}),
    ("report/word/reference.docx", of("a", "docx") | of("b", "docx")),
    ("report/typst/page.typ", of("a", "pdf") | of("b", "pdf")),
    ("report/filters/headings.lua", ALL),
    ("_quarto.yml", ALL),
    ("report/html/site.css", set()),
    ("report/sections/income.md", set()),
    ("data/units.csv", set()),
]


@pytest.mark.parametrize(("file", "made_again"), CHANGES, ids=[file for file, _ in CHANGES])
def test_a_change_makes_the_files_again_that_read_it_and_no_other(root: Path, file: str, made_again: set[str]) -> None:
    before = keys(root)
    assert before.keys() == ALL
    with (root / file).open("ab") as changed:
        changed.write(b"\n ")
    after = keys(root)
    assert {name for name in before if before[name] != after[name]} == made_again


def test_another_renderer_or_engine_makes_every_file_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, other = keys(root), keys(root, "quarto")
    monkeypatch.setattr(rendering, "version", lambda package: "99" if package == "typst" else "1")
    newer = keys(root)
    assert all(len({before[name], other[name], newer[name]}) == 3 for name in ALL)


def formats(root: Path, digests: Digests) -> set[str]:
    return {one.output.as_posix() for one in asked_files(root, "embedded", digests)}


def without_word(page: str) -> str:
    return "".join(line for line in page.splitlines(keepends=True) if "docx" not in line)


def test_what_a_page_asks_for_is_kept_and_read_again_where_the_page_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.building.digests.GRAIN_NS", -(10**12))
    assert formats(root, Digests()) == ALL
    read: list[Path] = []
    real = fronts.read_front
    monkeypatch.setattr(fronts, "read_front", lambda path: read.append(path) or real(path))
    assert formats(root, Digests()) == ALL
    assert read == []
    page = root / "pages/2021/a/report.ipynb"
    page.write_text(without_word(page.read_text(encoding="utf-8")), encoding="utf-8")
    assert formats(root, Digests()) == ALL - of("a", "docx")
    assert read == [page]


def test_what_was_read_of_a_page_that_changed_meanwhile_is_not_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.building.digests.GRAIN_NS", -(10**12))
    page, digests = root / "pages/2021/a/report.ipynb", Digests()
    digests.of(page)
    told = page.read_text(encoding="utf-8")
    page.write_text(without_word(told), encoding="utf-8")
    assert formats(root, digests) == ALL - of("a", "docx")
    page.write_text(told, encoding="utf-8")
    assert formats(root, Digests()) == ALL
