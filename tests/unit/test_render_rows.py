"""Rows written past pandoc are what pandoc would have written, byte for byte."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from juesuan.facts import report_findings
from juesuan.load import load_accounts
from juesuan.paths import find_root
from juesuan.present import read_profile
from juesuan.present.document import written
from juesuan.present.tables_markdown import markdown_table
from juesuan.present.tables_model import Column, Row, TableModel
from juesuan.render import embedded, rows, shells
from juesuan.render.figures import WordFigures
from juesuan.render.project import Page, read_project

PAGE = Page(Path("index.qmd"), {"title": "甲单位2021年度部门决算"})
FACT = '<span class="fact" data-fact="income.total.2021">191.39</span>'
ORDINARY = (
    "办公费",
    "30201",
    "公用经费（一般）",
    "-5.00",
    "100%",
    "≥300人",
    "—",
    "“优”",
    "12.5",
    "",
    "A类",
    "《预算法》",
    "“”、。",
    "二〇二一",
    "〇",
    "（％）",
)
STRANGE = (
    "a b",
    "甲 乙",
    "x*y_z",
    "“a”b'c",
    "A&B",
    "<b>",
    "甲　乙",
    "#1",
    "--",
    "1. 甲",
    "$5",
    "[x]",
    "C:\\x",
    "…",
    "a@b.cn",
)


def real_tables() -> str:
    texts = []
    for unit, year in (("nanjiang-zwxx", 2021), ("putuo-guihua", 2024)):
        accounts = load_accounts(find_root() / "data", unit, year)
        form = read_profile(accounts.unit.profile)
        findings = report_findings(accounts, None, percent_decimals=form.percent_decimals, budget=form.budget)
        made = written(findings)
        texts += [text.markdown for text in made.texts.values()]
        texts += [markdown_table(table) for tables in made.tables.values() for table in tables]
    return "\n\n".join(texts)


def table(words: tuple[str, ...], seed: int) -> str:
    """Return a made-up table of such words, by lot narrow or wide, its rows plain, indented or bold."""
    lot = random.Random(seed)
    keys = [f"c{number}" for number in range(lot.choice((3, 8)))]
    columns = [Column(key, f"栏{key}", lot.choice(("left", "right", "center")), indents=key == "c0") for key in keys]
    made = [
        Row({key: lot.choice(words) for key in keys}, lot.choice(("item", "total")), lot.randrange(3)) for _ in range(6)
    ]
    wide = len(keys) > 6
    return markdown_table(TableModel(f"t{seed}", "某表", "万元", "决算", (), tuple(columns), tuple(made), wide=wide))


def in_words(text: str, folder: Path) -> dict[str, str]:
    """Return the parts of the Word file, and typst's source, of a page that says `text`."""
    project, made = read_project(find_root()), []
    for to in ("docx", "typst"):
        task = embedded.Task(PAGE, text, to)
        embedded.render_page(project, task, folder)
        made.append(folder / PAGE.output(to))
    with zipfile.ZipFile(made[0]) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    return {**parts, "typst": made[1].read_text(encoding="utf-8")}


def three(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Return what is made of `text` with tables held back, again when their shells are known, and by pandoc alone."""
    monkeypatch.setattr(embedded, "compile_pdf", lambda source, output, **_: output.write_bytes(source.read_bytes()))
    monkeypatch.setattr(shells, "_kept", {})
    held = [in_words(text, folder), in_words(text, folder)]
    monkeypatch.setattr(embedded, "for_word", lambda told: (told, [], WordFigures()))
    monkeypatch.setattr(embedded, "for_typst", lambda told: (told, []))
    return [*held, in_words(text, folder)]


def test_every_table_of_both_offices_is_what_pandoc_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = real_tables()
    assert len(rows.for_word(text)[1]) == text.count("<table>") > 20
    first, again, alone = three(text, tmp_path, monkeypatch)
    assert first == alone
    assert again == alone


@pytest.mark.parametrize("words", [ORDINARY, STRANGE], ids=["ordinary", "strange"])
def test_any_words_in_a_table_are_what_pandoc_makes_of_them(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(table(words, seed) for seed in range(20))
    first, again, alone = three(text, tmp_path, monkeypatch)
    assert first == alone
    assert again == alone


def test_ordinary_words_are_held_back_and_strange_ones_are_pandocs() -> None:
    assert len(rows.for_word(table(ORDINARY, 1))[1]) == 1
    assert len(rows.for_typst(table(ORDINARY, 1))[1]) == 1
    assert rows.for_typst(table(STRANGE, 1))[1] == []


def test_a_table_that_is_not_plain_leaves_every_bookmark_to_pandocs_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = f"```{{=html}}\n<table>\n<tbody>\n<tr><td>甲 {FACT}</td></tr>\n</tbody>\n</table>\n```"
    text = f"收入{FACT}万元。\n\n{table(ORDINARY, 2)}\n\n{odd}\n\n又是{FACT}。\n"
    assert rows.for_word(text) == (text, [], WordFigures())
    first, again, alone = three(text, tmp_path, monkeypatch)
    assert first == alone
    assert again == alone
    assert first["word/document.xml"].count("<w:bookmarkStart") >= 3
