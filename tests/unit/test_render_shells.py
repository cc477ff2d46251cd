"""A table's shell is asked of pandoc once, and only where the next page's would be the same."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from juesuan.paths import find_root
from juesuan.render import embedded, rows, shells
from juesuan.render.figures import WordFigures
from juesuan.render.pandoc import Conversion
from juesuan.render.project import Page, SiteProject, read_project

PAGE = Page(Path("index.qmd"), {"title": "甲单位2021年度部门决算"})


def table(
    title: str = "某表（单位：万元）", *, columns: int = 3, figure: str = "1.00", note: str = "来源：某处"
) -> str:
    heads = "".join(f'<th style="text-align:center">栏{number}</th>' for number in range(columns))
    cells = "".join(f'<td style="text-align:right">{figure}</td>' for _ in range(columns))
    widths = '<col style="width:10%">' * columns
    return (
        f"```{{=html}}\n<table>\n<caption>{title}</caption>\n<colgroup>{widths}</colgroup>\n<thead>\n<tr>{heads}</tr>\n"
        f"</thead>\n<tbody>\n<tr>{cells}</tr>\n<tr>{cells}</tr>\n</tbody>\n</table>\n```\n\n"
        f"::: {{.table-note}}\n{note}\n:::\n"
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that pandoc is asked from now on; no shell is known."""
    texts: list[str] = []

    def convert(conversion: Conversion) -> None:
        texts.append(conversion.text)
        original(conversion)

    original = embedded.convert
    monkeypatch.setattr(embedded, "convert", convert)
    monkeypatch.setattr(embedded, "compile_pdf", lambda source, output, **_: output.write_bytes(source.read_bytes()))
    monkeypatch.setattr(shells, "_kept", {})
    return texts


@pytest.fixture
def project(tmp_path: Path) -> SiteProject:
    """Return a project whose filters and reference document may be changed."""
    root = tmp_path / "project"
    shutil.copytree(find_root() / "report", root / "report")
    shutil.copyfile(find_root() / "_quarto.yml", root / "_quarto.yml")
    return read_project(root)


def made(project: SiteProject, text: str, to: str, folder: Path) -> dict[str, bytes]:
    output = embedded.render_page(project, embedded.Task(PAGE, text, to), folder)
    if to != "docx":
        return {"typst": output.read_bytes()}
    with zipfile.ZipFile(output) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def alone(project: SiteProject, text: str, to: str, folder: Path) -> dict[str, bytes]:
    """Return what pandoc makes of it when no table is held back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "for_word", lambda told: (told, [], WordFigures()))
        patch.setattr(embedded, "for_typst", lambda told: (told, []))
        return made(project, text, to, folder)


@pytest.mark.parametrize("to", ["docx", "typst"])
def test_pandoc_is_asked_for_a_shell_once_whatever_its_rows(
    to: str, asked: list[str], project: SiteProject, tmp_path: Path
) -> None:
    made(project, table(), to, tmp_path)
    made(project, f"# 又一页\n\n{table(figure='2.00')}\n\n{table('另一表')}", to, tmp_path)
    assert [re.findall("<caption>(.*?)</caption>", text) for text in asked] == [["某表（单位：万元）"], ["另一表"]]


@pytest.mark.parametrize("to", ["docx", "typst"])
def test_what_stands_round_a_known_table_is_what_pandoc_makes_of_it(
    to: str, asked: list[str], project: SiteProject, tmp_path: Path
) -> None:
    text = (
        f"# 标题\n\n{table()}\n段一。\n\n段二。\n\n- 项\n\n{table()}{table(columns=8)}"
        f":::: {{.official-table .wide-table}}\n{table(columns=8)}::::\n\n:::: {{.official-table}}\n{table()}::::\n\n段。\n"
    )
    made(project, text, to, tmp_path)
    again = made(project, text, to, tmp_path)
    assert "<table>" not in asked[-1]
    assert again == alone(project, text, to, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        table(note=""),
        table(note="<!-- 无 -->") + "\n段。",
        table().replace("::: {.table-note}", "段。\n\n::: {.table-note}"),
        table(" "),
        table("<em>某表</em>"),
        table().replace("<table>", '<table id="t">'),
        f"- 项\n\n{re.sub('^', '    ', table(), flags=re.MULTILINE)}",
        f"某字\ue001\n\n{table()}",
    ],
)
def test_a_table_that_is_not_plain_is_pandocs(text: str) -> None:
    assert rows.for_word(text) == (text, [], WordFigures())
    assert rows.for_typst(text) == (text, [])


@pytest.mark.parametrize(("to", "name"), [("docx", "word.lua"), ("typst", "typst.lua")])
def test_a_changed_filter_is_asked_anew(
    to: str, name: str, asked: list[str], project: SiteProject, tmp_path: Path
) -> None:
    made(project, table(columns=5), to, tmp_path)
    path = project.root / "report/filters" / name
    path.write_text(path.read_text(encoding="utf-8").replace("MOST_COLUMNS = 6", "MOST_COLUMNS = 4"), encoding="utf-8")
    again = made(project, table(columns=5), to, tmp_path)
    assert again == alone(project, table(columns=5), to, tmp_path)


def test_a_style_that_the_reference_document_lacks_is_in_every_file(
    asked: list[str], project: SiteProject, tmp_path: Path
) -> None:
    reference = project.root / "report/word/reference.docx"
    with zipfile.ZipFile(reference) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/styles.xml"] = re.sub(
        rb'<w:style\b[^>]*w:styleId="WideTableText".*?</w:style>', b"", parts["word/styles.xml"], flags=re.DOTALL
    )
    with zipfile.ZipFile(reference, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    wide = table(columns=8)
    files = [made(project, wide, "docx", tmp_path) for _ in range(2)]
    assert b'w:styleId="WideTableText"' in files[0]["word/styles.xml"]
    assert files[1] == files[0] == alone(project, wide, "docx", tmp_path)


def test_no_more_shells_are_kept_than_a_process_can_hold(
    asked: list[str], project: SiteProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shells, "_MOST_KEPT", 2)
    for number in range(5):
        made(project, table(f"表{number}"), "typst", tmp_path)
        assert len(shells._kept) <= 3
