"""A mark leads from a section or a table to its sources and back, on the site alone."""

from __future__ import annotations

import re
from pathlib import Path

import pypandoc
import pytest

from juesuan.facts import Findings, report_findings
from juesuan.load import load_accounts
from juesuan.present.display import Text
from juesuan.present.document import written
from juesuan.present.source_notes import Note, facts_in, note_of, notes_text, tables_behind, with_mark

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def findings() -> Findings:
    data = ROOT / "data"
    return report_findings(load_accounts(data, "nanjiang-zwxx", 2021), load_accounts(data, "nanjiang-zwxx", 2020))


def html(text: Text) -> str:
    return str(pypandoc.convert_text(text.markdown, "html", format="markdown-smart"))


def test_a_rate_is_traced_through_its_inputs_to_the_tables(findings: Findings) -> None:
    assert tables_behind(findings.ledger, ["income.total.change_pct"]) == {"totals"}
    assert tables_behind(findings.ledger, ["basic.personnel.share_pct"]) == {"economic", "expenditure"}


def test_mark_and_note_lead_to_each_other(findings: Findings) -> None:
    text = written(findings).texts["basic"]
    note = note_of(findings, "basic", "六、基本支出", facts_in(text))
    assert note == Note("basic", "六、基本支出", ("expenditure", "economic"))
    page = html(with_mark(text, note)) + html(notes_text([note])) + html(written(findings).texts["sources"])
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert {"note-basic", "mark-basic", "source-expenditure", "source-economic"} == wanted
    assert wanted <= set(re.findall(r' id="([^"]+)"', page))


def test_what_shows_no_figure_of_a_table_has_no_note(findings: Findings) -> None:
    assert note_of(findings, "functions", "职能", facts_in(written(findings).texts["functions"])) is None
    assert note_of(findings, "preface", "编制说明", ["checks.passed"]) is None


def test_word_and_pdf_bear_no_mark(findings: Findings) -> None:
    marked = with_mark(Text("收入一览。"), Note("income", "收入", ("revenue",)))
    for to in ("docx", "typst"):
        plain = pypandoc.convert_text(marked.markdown, "plain" if to == "docx" else to, format="markdown-smart")
        assert str(plain).strip() == "收入一览。"


def test_each_source_says_how_many_checks_its_figures_were_part_of(findings: Findings) -> None:
    ledger = findings.ledger
    passed, asked = ledger["checks.totals.passed"].value, ledger["checks.totals.total"].value
    assert passed == asked and 0 < asked < ledger["checks.total"].value
    said = written(findings).texts["sources"].markdown
    assert 'data-fact="checks.totals.total"' in said and "全部相符" in said
