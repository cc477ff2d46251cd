"""Figures in prose that go past pandoc come out as pandoc would have written them, byte for byte."""

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
from juesuan.render import embedded
from juesuan.render.figures import WordFigures, for_html
from juesuan.render.project import Page, read_project
from juesuan.render.rows import for_word
from juesuan.render.word_document import WordFileError

PAGE = Page(Path("index.qmd"), {"title": "甲单位2021年度部门决算"})
LINES = (
    "收入{}万元，占{}%。",
    "{}万元，其中{}",
    "**合计{}**万元（*{}*）。",
    "甲 {} 乙{}，a {} b",
    "A{}B{}。",
    "“{}”、{}",
    "{}",
    "- 项{}万元",
    "1. **社保{}**：{}。\n\n    续{}万元。",
    "> 引{}",
    "# 标题{}",
    "又一标题{}\n-------",
    "[链接{}](#a)与{}",
    "上一行{}\n下一行{}",
    "Latin{}\nwords{}",
    '末{}。`<a href="#n" title="某 处">源</a>`{=html}',
    "x^{}^与$y^{}$",
    "甲{}\\\n乙",
    "| 甲 | 乙 |\n|---|---|\n| {} | {} |",
)
NOT_IN_WORD = ("`代码{}`，{}", "脚注{}[^1]\n\n[^1]: 注{}。", "```\n{}\n```")
PICTURE = "![图{}](charts/none.png)"
FIGURES = ("191.39", "-5.00", "100.00", "0", "12", "三", "A&amp;B", "一 二", "")


def figure(number: int, text: str) -> str:
    return f'<span class="fact" data-fact="income.甲_{number % 7}.2021">{text}</span>'


def prose(kinds: tuple[str, ...], seed: int) -> str:
    """Return lines of such kinds in any order, with figures."""
    lot = random.Random(seed)
    lines = [*kinds, *(lot.choice(kinds) for _ in range(40))]
    parts = "\n\n".join(lines).split("{}")
    chosen = [figure(number, lot.choice(FIGURES[: 5 if seed % 2 else None])) for number in range(len(parts) - 1)]
    return "".join(part + mark for part, mark in zip(parts, [*chosen, ""], strict=True))


def real_prose() -> str:
    texts = []
    for unit, year in (("nanjiang-zwxx", 2021), ("putuo-guihua", 2024)):
        accounts = load_accounts(find_root() / "data", unit, year)
        form = read_profile(accounts.unit.profile)
        findings = report_findings(accounts, None, percent_decimals=form.percent_decimals, budget=form.budget)
        texts += [text.markdown for text in written(findings).texts.values()]
    return "\n\n".join(texts)


def made(text: str, to: str, folder: Path) -> dict[str, bytes]:
    output = embedded.render_page(read_project(find_root()), embedded.Task(PAGE, text, to), folder)
    if to == "html":
        return {"html": output.read_bytes()}
    with zipfile.ZipFile(output) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def alone(text: str, to: str, folder: Path) -> dict[str, bytes]:
    """Return what pandoc makes of it when no figure is held back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "for_word", lambda told: (told, [], WordFigures()))
        patch.setattr(embedded, "for_html", lambda told: (told, []))
        return made(text, to, folder)


@pytest.mark.parametrize("to", ["html", "docx"])
def test_the_prose_of_both_offices_is_what_pandoc_makes_of_it(to: str, tmp_path: Path) -> None:
    text = real_prose()
    assert len(for_html(text)[1]) > 200
    assert len(for_word(text)[2].marked) > 200
    assert made(text, to, tmp_path) == alone(text, to, tmp_path)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("to", ["html", "docx"])
def test_any_line_with_figures_is_what_pandoc_makes_of_it(to: str, seed: int, tmp_path: Path) -> None:
    text = prose(LINES if to == "docx" else LINES + NOT_IN_WORD, seed)
    assert made(text, to, tmp_path) == alone(text, to, tmp_path)


@pytest.mark.parametrize(
    "line", [PICTURE, *NOT_IN_WORD, *(line for line in LINES if line.startswith(("#", "又一", "[", "甲", "x")))]
)
def test_a_figure_in_a_line_that_is_not_plain_is_pandocs(line: str) -> None:
    text = line.replace("{}", figure(0, "1.00"))
    assert for_html(text) == (text, [])
    assert for_word(text)[2].marked == []


@pytest.mark.parametrize(
    "line", [line for line in LINES if not line.startswith(("#", "又一", "[", "甲", "x", ">", "|"))]
)
def test_a_figure_in_a_plain_line_goes_past_pandoc(line: str) -> None:
    text = line.replace("{}", figure(0, "1.00"))
    assert for_html(text)[1]
    assert for_word(text)[2].marked


def test_a_figure_that_a_filter_took_out_of_its_text_is_told() -> None:
    text, _, figures = for_word(f"收入{figure(0, '1.00')}万元。")
    mark = text.removeprefix("收入").removesuffix("万元。")
    with pytest.raises(WordFileError, match="不在正文中"):
        figures.filled(f'<w:bookmarkStart w:id="1" w:name="{mark}" />')
