"""Nothing unaccounted: a figure that was changed, lost or added in a finished file is found, with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from verify_pages import FACTS, WRITERS, Page, html_file, span, write_page

from juesuan.cli.commands import command_line
from juesuan.verify import Allowed, ClaimsError, UnreadableError, read_allowed, read_background, read_ledger
from juesuan.verify.read_docx import read_docx
from juesuan.verify.read_html import read_html
from juesuan.verify.read_pdf import read_pdf

Write = Callable[..., Path]
PLACES = {"html": "一、收入情况", "docx": "一、收入情况", "pdf": "第 2 页"}


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return write_page(tmp_path / "project")


@pytest.fixture(params=WRITERS)
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def write(ending: str, tmp_path: Path) -> Write:
    return lambda old="", new="": WRITERS[ending](tmp_path, old, new)


def test_every_number_of_a_faithful_file_is_accounted_for(page: Page, write: Write) -> None:
    result = page.verify(write())
    assert result.good, (result.unmatched, result.missing, result.moved)
    assert result.matched == result.total == result.by_reason.total()
    assert set(result.by_reason) >= {"fact", "year", "code", "numbering", "exception"}
    assert result.by_value == 0
    assert result.printed == result.expected >= 11


def test_changed_figure_is_found_with_its_place_and_what_was_to_stand_there(
    page: Page, write: Write, ending: str
) -> None:
    result = page.verify(write("74.03", "74.08"))
    (found,) = result.unmatched
    assert (found.text, found.place, found.expected, found.fact_id) == (
        "74.08",
        PLACES[ending],
        "74.03",
        "income.change",
    )
    assert "【74.08】" in found.words
    assert [one.fact_id for one in result.missing] == ["income.change"]


def test_figure_changed_into_another_facts_is_found(page: Page, write: Write) -> None:
    result = page.verify(write("74.03", "63.08"))
    assert [(one.text, one.expected) for one in result.unmatched] == [("63.08", "74.03")]
    assert [one.text for one in result.missing] == ["74.03"]


def test_removed_figure_is_missing(page: Page, write: Write) -> None:
    result = page.verify(write("13692", ""))
    assert result.unmatched == []
    assert [(one.text, one.fact_id) for one in result.missing] == [("13692", "visits")]
    assert result.printed == result.expected - 1


def test_figure_that_no_one_accounts_for_is_found(page: Page, write: Write) -> None:
    result = page.verify(write("人。", "人。预计300万元。"))
    assert [(one.text, one.expected) for one in result.unmatched] == [("300", "")]
    assert result.missing == []


def test_figure_that_repeats_a_fact_is_counted_as_known_by_value_alone(page: Page, write: Write) -> None:
    result = page.verify(write("人。", "人。共13692条。"))
    assert result.good
    assert result.by_value == 1


def test_sign_that_appears_is_found(page: Page, write: Write) -> None:
    assert not page.verify(write("63.08", "-63.08")).good


def test_year_that_the_report_does_not_know_is_found(page: Page, write: Write) -> None:
    assert [one.text for one in page.verify(write("2020年", "2026年")).unmatched] == ["2026"]


def test_year_that_a_source_names_is_known(page: Page, write: Write) -> None:
    assert page.verify(write("2021年本", "按2018年格式，2021年本")).good


def test_a_page_over_all_offices_may_name_every_year_there_is_and_no_other(page: Page, write: Write) -> None:
    ledger = json.loads((page.root / "facts.json").read_text(encoding="utf-8"))
    (page.root / "facts.json").write_text(json.dumps({**ledger, "unit_id": "all"}), encoding="utf-8")
    assert [one.text for one in page.verify(write("2020年", "2016年")).unmatched] == ["2016"]
    (page.root / "data/v/2016").mkdir(parents=True)
    assert page.verify(write("2020年", "2016年")).good


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_one_altered_digit_of_one_fact_is_always_noticed(data: st.DataObject, tmp_path: Path) -> None:
    page = write_page(tmp_path / "project")
    ending = data.draw(st.sampled_from(["html", "docx"]))
    figure = data.draw(st.sampled_from([one for one in FACTS.values() if one[0].isdigit()]))
    at = data.draw(st.sampled_from([position for position, one in enumerate(figure) if one.isdigit()]))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != figure[at]]))
    old = f"{figure}<" if ending == "html" else figure
    altered = figure[:at] + digit + figure[at + 1 :]
    assert not page.verify(WRITERS[ending](tmp_path, old, old.replace(figure, altered))).good


def test_span_that_bears_another_facts_id_is_found(page: Page, tmp_path: Path) -> None:
    result = page.verify(html_file(tmp_path, span("visits"), span("posts", "13692")))
    assert [(one.text, one.expected) for one in result.unmatched] == [("13692", "8")]
    assert [one.fact_id for one in result.missing] == ["visits"]


def test_figure_whose_span_is_gone_is_missing_in_html(page: Page, tmp_path: Path) -> None:
    assert [one.fact_id for one in page.verify(html_file(tmp_path, span("visits"), "13692")).moved] == ["visits"]


def test_number_in_a_pictures_words_is_checked(page: Page, tmp_path: Path) -> None:
    result = page.verify(html_file(tmp_path, "。2021年191.39", "。2021年191.93"))
    assert [(one.text, one.expected) for one in result.unmatched] == [("191.93", "191.39")]


def test_number_drawn_in_a_chart_is_checked(page: Page, tmp_path: Path) -> None:
    file = html_file(tmp_path)
    chart = tmp_path / "charts/fig-1.svg"
    chart.write_text(chart.read_text(encoding="utf-8").replace("191.39", "119.39"), encoding="utf-8")
    assert [one.text for one in page.verify(file).unmatched] == ["119.39"]


def test_number_that_a_live_chart_shows_is_checked(page: Page, tmp_path: Path) -> None:
    spec = {"title": {"text": "图1"}, "datasets": {"a": [{"printed": "555.55", "value": 1, "colour": "#123456"}]}}
    script = f'<script type="application/json" class="vega-spec">{json.dumps(spec)}</script>'
    result = page.verify(html_file(tmp_path, "<figcaption>", f"{script}<figcaption>"))
    assert [one.text for one in result.unmatched] == ["555.55"]


def test_figures_that_run_into_each_other_are_found(page: Page, tmp_path: Path) -> None:
    result = page.verify(WRITERS["pdf"](tmp_path, "74.03万元，增长63.08", "74.0363.08"))
    assert {one.text for one in result.unmatched} == {"74.0363", "08"}
    assert [one.text for one in result.missing] == ["74.03", "63.08"]


def test_figures_that_changed_places_are_found(page: Page, write: Write, ending: str) -> None:
    if ending == "html":
        return  # there the ids tell
    result = page.verify(write("13692条，编制8人", "8条，编制13692人"))
    assert [(one.text, one.expected) for one in result.unmatched] == [("8", "13692"), ("13692", "8")]


def test_only_what_is_seen_is_read(tmp_path: Path) -> None:
    text = "".join(one.text for one in read_html(html_file(tmp_path)))
    assert re.findall("7px|123|55|x: 264", text) == []


@pytest.mark.parametrize("read", [read_docx, read_pdf])
def test_file_that_is_not_what_its_name_says_is_refused(read: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"not what it says")
    with pytest.raises(UnreadableError, match=r"应为.*请重新渲染"):
        read(tmp_path / "file")


@pytest.mark.parametrize(
    "text",
    ['[[exceptions]]\npattern = "1"', '[[exceptions]]\nreason = "1"', "x", '[[exceptions]]\npattern="("\nreason="1"'],
)
def test_exception_without_reason_or_words_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "verify.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ClaimsError, match=r"verify\.toml.*请"):
        read_allowed(tmp_path / "verify.toml")


def test_amounts_of_a_table_are_not_quotable_unless_their_column_is_named(page: Page) -> None:
    (page.root / "data/u/2021/projects.csv").write_text("project,final\n2021年专项,5.70\n", encoding="utf-8")
    entry = Allowed("项目名称", quoted="projects.csv", columns=("project",))
    background = read_background(page.root / "data", read_ledger(page.root / "facts.json"), [entry])
    assert background.quotes == (("2021年专项", "项目名称"),)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one page and a site that holds its HTML; the front page has no figures."""
    made = write_page(tmp_path)
    page = made.root / "_site/pages/2021/u"
    (made.root / "_quarto.yml").touch()
    (made.root / "index.qmd").write_text("欢迎", encoding="utf-8")
    (made.root / "pages/2021/u").mkdir(parents=True)
    made.source.rename(made.root / "pages/2021/u/report.ipynb")
    (made.root / "pages/charts").rename(made.root / "pages/2021/u/charts")
    page.mkdir(parents=True)
    html_file(page)
    ledger = (made.root / "facts.json").read_text(encoding="utf-8")
    for place in (page / "facts.json", made.root / "_site/pages/front-facts.json"):
        place.write_text(ledger, encoding="utf-8")
    (made.root / "_site/index.html").write_text("<p>欢迎</p>", encoding="utf-8")
    (made.root / "report").mkdir()
    entry = '[[exceptions]]\nquoted = "indicators.csv"\ncolumns = ["target"]\nreason = "原文"\n'
    (made.root / "report/verify.toml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("JUESUAN_ROOT", str(made.root))
    return made.root


def test_command_prints_the_coverage_and_exits_with_0(project: Path) -> None:
    ran = CliRunner().invoke(command_line(), ["verify"])
    assert ran.exit_code == 0, ran.output
    assert "无一数无出处" in ran.output
    assert "pages/2021/u/report.html" in ran.output


def test_command_names_the_number_and_exits_with_1(project: Path) -> None:
    html_file(project / "_site/pages/2021/u", "74.03", "74.08")
    ran = CliRunner().invoke(command_line(), ["verify", "--json"])
    assert ran.exit_code == 1
    told = {Path(one["file"]).name: one for one in json.loads(ran.stdout)}["report.html"]
    assert [(one["text"], one["expected"]) for one in told["unmatched"]] == [("74.08", "74.03")]
    assert [one["fact_id"] for one in told["missing"]] == ["income.change"]


def test_page_without_its_file_and_file_without_its_page_are_faults(project: Path) -> None:
    (project / "_site/pages/2021/u/report.html").rename(project / "_site/pages/2021/u/stray.html")
    ran = CliRunner().invoke(command_line(), ["verify", "--json"])
    assert ran.exit_code == 1
    faults = {Path(one["file"]).name: one["fault"] for one in json.loads(ran.stdout)}
    assert "没有这个文件" in faults["report.html"]
    assert "台账" in faults["stray.html"]


def test_command_without_a_site_exits_with_2(project: Path) -> None:
    ran = CliRunner().invoke(command_line(), ["verify", "--site", str(project / "nowhere")])
    assert ran.exit_code == 2
