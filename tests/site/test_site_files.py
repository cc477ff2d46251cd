"""The site that was built holds what the README promises, points nowhere else and prints what its ledgers say."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from read_back import HtmlPage, contents, html_page, html_pages, ledger_of, pdf_text, word_text

OFFICE = Path("pages/2021/nanjiang-zwxx")
HEADLINE = Path("pages/2020/nanjiang-zwxx")
FIGURES = list(csv.DictReader((Path(__file__).parents[1] / "figures/figures-2021.csv").open(encoding="utf-8")))
ASKS = re.compile(r"@import|url\((?!\s*['\"]?(?:#|data:))|<image\b|href=\"(?!#)")
STYLE = r"<style[^>]*>(.*?)</style>"
LOADED = ("script", "link", "img", "iframe", "source")


@pytest.mark.parametrize(
    "file",
    [
        "index.html",
        *(f"{OFFICE}/report.{end}" for end in ("html", "docx", "pdf")),
        *(f"{HEADLINE}/report.{end}" for end in ("html", "docx", "pdf")),
        f"{HEADLINE}/checklist.html",
        *(f"{OFFICE}/{name}.html" for name in ("checklist", "variance", "trend")),
        *(f"{OFFICE}/{name}" for name in ("facts.json", "facts.parquet")),
        *(f"{OFFICE}/{name}-facts.{end}" for name in ("checklist", "variance", "trend") for end in ("json", "parquet")),
        *(f"pages/explore/years/{year}.html" for year in (2020, 2021)),
        "pages/explore/offices/nanjiang-zwxx.html",
        *(f"pages/explore/{name}.html" for name in ("comparison", "trend", "execution", "projects", "checks", "terms")),
        *(
            f"pages/explore/data/{name}.js"
            for name in (
                "catalogue",
                "findings",
                "search",
                "terms",
                "year-2021",
                "details-2021",
                "office-nanjiang-zwxx",
            )
        ),
    ],
)
def test_the_site_has_the_file_that_was_promised(site: Path, file: str) -> None:
    assert (site / file).is_file()


def test_a_headline_only_year_gets_no_pages_that_compare(site: Path) -> None:
    assert not (site / HEADLINE / "variance.html").exists()
    assert not (site / HEADLINE / "trend.html").exists()


def test_the_accounts_are_published_with_the_site_byte_for_byte(root: Path, site: Path) -> None:
    told = {name: raw for name, raw in contents(root / "data").items() if Path(name).suffix != ".md"}
    assert contents(site / "data") == told


def test_nothing_of_the_making_is_left_behind(root: Path, site: Path) -> None:
    made_aside = [path.name for folder in (root, root / "build") for path in folder.glob("*") if _aside(path.name)]
    assert made_aside == []
    assert [name for name in contents(root) if name.endswith(".typ") and not name.startswith("report/typst/")] == []
    assert [name for name in contents(site) if Path(name).suffix in (".typ", ".ipynb", ".qmd", ".md", ".new")] == []


def _aside(name: str) -> bool:
    return name.startswith((".site-", "pages-")) or name.endswith(("-old", ".new"))


def test_others_may_read_every_file_and_folder_of_the_site(site: Path) -> None:
    closed = [path for path in (site, *site.rglob("*")) if not path.stat().st_mode & 0o004]
    assert closed == []


def test_every_pointer_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    dead = [
        f"{page.path.relative_to(site)} → {address}"
        for page in html_pages(site)
        for address in page.within
        if not _leads_somewhere(page, address, site)
    ]
    assert dead == []


def _leads_somewhere(page: HtmlPage, address: str, site: Path) -> bool:
    file, fragment = page.target(address)
    if not file.is_file() or not file.is_relative_to(site.resolve()):
        return False
    return not fragment or fragment in html_page(file).ids


def test_every_page_but_the_front_is_reached_from_the_front(site: Path) -> None:
    front = html_page(site / "index.html")
    reached = {front.target(address)[0] for address in front.within}
    assert {page.path.resolve() for page in html_pages(site)} <= reached


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    outside = [
        f"{page.path.relative_to(site)}: {address}"
        for page in html_pages(site)
        for tag, address in page.elsewhere
        if tag in LOADED
    ]
    assert outside == []


def test_no_style_and_no_picture_loads_anything(site: Path) -> None:
    files = [*site.rglob("*.css"), *site.rglob("*.svg")]
    assert len(files) > 10
    assert [path.name for path in files if ASKS.search(path.read_text(encoding="utf-8"))] == []


def test_no_style_within_a_page_loads_anything(site: Path) -> None:
    texts = {page.path.name: page.path.read_text(encoding="utf-8") for page in html_pages(site)}
    styles = [(name, style) for name, text in texts.items() for style in re.findall(STYLE, text, re.DOTALL)]
    assert styles
    assert [name for name, style in styles if ASKS.search(style)] == []


def test_every_page_says_that_it_is_chinese_and_what_it_is(site: Path) -> None:
    for page in html_pages(site):
        assert page.tags[0][0] == "html", page.path
        assert (page.tags[0][1]["lang"] or "").startswith("zh"), page.path
        assert [tag for tag, _ in page.tags].count("title") == 1, page.path


def test_every_picture_has_words_in_its_place(site: Path) -> None:
    pictures = [
        (page.path.name, attributes) for page in html_pages(site) for tag, attributes in page.tags if tag == "img"
    ]
    assert len(pictures) > 10
    assert [name for name, attributes in pictures if not (attributes.get("alt") or "").strip()] == []


def test_no_id_is_given_twice_on_a_page(site: Path) -> None:
    twice = {page.path.name: sorted({one for one in page.ids if page.ids.count(one) > 1}) for page in html_pages(site)}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_every_number_on_a_page_is_the_one_in_the_ledger_beside_it(site: Path) -> None:
    for page in html_pages(site):
        printed = {one: fact["printed"] for one, fact in ledger_of(page.path).items()}
        assert page.facts, page.path
        # Beside 减少 and 下降 a figure stands without its sign.
        wrong = [(one, text) for one, text in page.facts if text not in (printed[one], printed[one].lstrip("-"))]
        assert wrong == [], page.path


def test_both_forms_of_a_ledger_tell_the_same(site: Path) -> None:
    ledgers = sorted(site.rglob("*facts.json"))
    assert ledgers
    for path in ledgers:
        told = {fact["id"]: fact["printed"] for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]}
        frame = pd.read_parquet(path.with_suffix(".parquet"))
        assert dict(zip(frame["id"], frame["printed"], strict=True)) == told, path


def test_every_published_figure_is_on_the_page_under_its_own_name(site: Path) -> None:
    shown = set(html_page(site / OFFICE / "report.html").facts)
    assert [row["id"] for row in FIGURES if (row["id"], row["printed"]) not in shown] == []


@pytest.mark.parametrize(("file", "text_of"), [("report.docx", word_text), ("report.pdf", pdf_text)])
def test_every_published_figure_is_in_the_printed_report(site: Path, file: str, text_of: Callable[[Path], str]) -> None:
    text = text_of(site / OFFICE / file)
    assert [f"{row['what']} {row['printed']}" for row in FIGURES if not _is_printed(row["printed"], text)] == []


def _is_printed(figure: str, text: str) -> bool:
    """Say whether `figure` stands in `text` by itself; a line may break within it."""
    alone = re.compile(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)")
    return bool(alone.search(text) or alone.search("".join(text.split())))


@pytest.mark.parametrize(
    ("file", "text_of"),
    [("report.html", lambda path: html_page(path).text), ("report.docx", word_text), ("report.pdf", pdf_text)],
)
def test_a_headline_only_report_says_what_is_unknown_and_prints_no_zero(
    site: Path, file: str, text_of: Callable[[Path], str]
) -> None:
    text = text_of(site / HEADLINE / file)
    assert "117.36" in text
    assert text.count("未公开") > 10
    assert re.findall(r"(?<![\d.])0(?:\.0+)?(?![\d.])", text) == []


def test_a_headline_only_report_knows_no_amount_but_its_totals(site: Path) -> None:
    facts = ledger_of(site / HEADLINE / "report.html").values()
    assert {fact["printed"] for fact in facts if fact["unit"] == "万元"} == {"117.36", "未公开"}


def test_the_front_page_says_which_year_is_known_by_its_totals_alone(site: Path) -> None:
    lines = html_page(site / "index.html").text.splitlines()
    told = {year: [line for line in lines if f"{year}年度部门决算" in line] for year in (2020, 2021)}
    assert ["仅有总数，其余未公开" in line for line in told[2020]] == [True]
    assert ["仅有总数，其余未公开" in line for line in told[2021]] == [False]
