"""Tables and the door: what they print, what they escape, what pandoc reads."""

from __future__ import annotations

import json
import re
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from juesuan.facts import Fact, Ledger
from juesuan.facts.packing import unpack
from juesuan.present import Column, LedgerView, Row, Table, Text, fact_span, make_table


def fact(fact_id: str, value: str | None, unit: str = "万元") -> Fact:
    return Fact(fact_id, "office", 2021, fact_id, None if value is None else Fraction(value), unit, 2)


def income(**changed: Any) -> Table:
    given: dict[str, Any] = {
        "id": "tbl-income",
        "title": "收入决算表",
        "unit": "万元",
        "source": "2021年决算",
        "notes": ["四舍五入_之后_"],
        "columns": [
            Column("name", "科目<名称>"),
            Column("total", "合计", "right"),
            Column("basic", "基本支出", "right", "其中"),
            Column("project", "项目支出", "right", "其中"),
        ],
        "rows": [
            Row(
                {"name": "政府办公厅 <b>`x`</b>", "total": fact("income.total", "191.394"), "basic": fact("b", None)},
                level=2,
            ),
            Row({"name": "合计", "total": fact("income.total", "191.394")}, kind="total"),
        ],
    }
    return make_table(**{**given, **changed})


def html_of(table: Table) -> str:
    return table._repr_mimebundle_()[0]["text/html"]


def markdown_of(table: Table) -> str:
    return table._repr_mimebundle_()[0]["text/markdown"]


def pandoc(text: str, to: str, source: str = "html") -> str:
    command = [pypandoc.get_pandoc_path(), "-f", source, "-t", to]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def raw_table(table: Table) -> str:
    block = re.search(r"```\{=html\}\n(.*?)\n```", markdown_of(table), re.DOTALL)
    assert block
    return block.group(1)


def test_fact_is_wrapped_with_its_id_and_escaped() -> None:
    assert fact_span(fact('a"<', "1.005")) == '<span class="fact" data-fact="a&quot;&lt;">1.01</span>'


def test_text_is_plain_where_there_is_no_markup() -> None:
    data, _ = Text(f"收入 {fact_span(fact('a', '2'))}万元 <b>")._repr_mimebundle_()
    assert data["text/plain"] == "收入 2.00万元 <b>"
    assert 'data-fact="a"' in data["text/markdown"]


def test_ledger_shows_a_reader_nothing_and_a_machine_everything(tmp_path: Path) -> None:
    ledger = Ledger("office", 2021)
    ledger.enter(fact("a", "2"))
    data, metadata = LedgerView(ledger)._repr_mimebundle_()
    assert data["text/markdown"] == ""
    assert data["text/html"] == "<div hidden></div>"
    beside = {ending: tmp_path / ending for ending in ("json", "js", "parquet")}
    unpack(metadata["juesuan"]["files"], beside)
    assert json.loads(beside["json"].read_bytes())["facts"] == ledger.to_records()
    json.dumps(metadata)


@pytest.mark.parametrize("missing", ["id", "title", "unit", "source", "notes", "columns", "rows"])
def test_table_without_one_of_its_words_is_refused(missing: str) -> None:
    words = {"id": "t", "title": "a", "unit": "b", "source": "c"}
    given: dict[str, Any] = {**words, "notes": [], "columns": [Column("a", "b")], "rows": []}
    del given[missing]
    with pytest.raises(TypeError, match=missing):
        make_table(**given)


def test_cell_of_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match=r"表 tbl-income 第 1 行：没有名为 totl 的列"):
        income(rows=[Row({"totl": "x"})])


@pytest.mark.parametrize("form", [html_of, markdown_of])
def test_both_forms_print_facts_as_spans_and_unknown_as_not_published(form: Any) -> None:
    shown = form(income())
    assert '<span class="fact" data-fact="income.total">191.39</span>' in shown
    assert '<span class="fact" data-fact="b">未公开</span>' in shown
    assert "单位：万元" in shown
    assert "2021年决算" in shown


@pytest.mark.parametrize("form", [html_of, markdown_of])
def test_both_forms_escape_what_is_not_a_fact(form: Any) -> None:
    shown = form(income(title="</script><b>"))
    assert "<b>" not in shown
    assert "</script>" not in shown
    assert "科目&lt;名称&gt;" in shown


def test_braces_in_a_heading_are_not_read_as_units_notation() -> None:
    assert "&#123;&#123;" in html_of(income(notes=["{{x}}"]))


def test_table_is_the_same_twice_and_loads_nothing() -> None:
    assert html_of(income()) == html_of(income())
    assert not re.search(r"https?:|require\(|@import|url\(", html_of(income()))


def test_style_of_a_table_stays_within_the_table() -> None:
    style = re.search(r"<style>(.*?)</style>", html_of(income()), re.DOTALL)
    assert style
    selectors = [part for line in style.group(1).strip().splitlines() for part in line.split("{")[0].split(",")]
    assert all(part.strip().startswith('[id="tbl-income"]') for part in selectors)
    assert 'data-quarto-disable-processing="true"' in html_of(income())


def test_table_without_rows_says_no_data_in_both_forms() -> None:
    empty = income(rows=[])
    assert "无数据" in html_of(empty)
    assert "无数据" in raw_table(empty)


def test_pandoc_reads_headings_spans_widths_and_alignment() -> None:
    tree = json.loads(pandoc(raw_table(income()), "json"))
    table = next(block for block in tree["blocks"] if block["t"] == "Table")
    _, caption, columns, head, bodies, _ = table["c"]
    assert len(head[1]) == 2, "two heading rows"
    assert [cell[2:4] for cell in head[1][0][1]] == [[2, 1], [2, 1], [1, 2]]
    assert [align["t"] for align, _ in columns] == ["AlignLeft", "AlignRight", "AlignRight", "AlignRight"]
    assert sum(width["c"] for _, width in columns) == pytest.approx(1, abs=0.003)
    assert len(bodies[0][3]) == 2
    assert caption[1]


def test_pandoc_keeps_the_fact_and_its_id_on_the_way_to_a_document() -> None:
    native = pandoc(raw_table(income()), "native")
    assert '"fact" , "income.total"' in native
    assert "Strong" in native


def test_level_indents_the_name_and_total_is_bold() -> None:
    assert '<td style="text-align:left">　　政府办公厅' in raw_table(income())
    assert "<strong>合计</strong>" in raw_table(income())


def test_backticks_in_a_cell_do_not_close_the_block() -> None:
    assert raw_table(income(notes=[])).count("&#96;") == 2
    assert "`" not in raw_table(income())


def test_notes_stand_under_the_table_as_plain_words() -> None:
    after = markdown_of(income()).split("```")[2]
    assert "四舍五入_之后_" in pandoc(after, "plain", "markdown")
    assert after.strip().startswith("::: {.table-note}")


def test_metadata_names_each_fact_once() -> None:
    told = income()._repr_mimebundle_()[1]["juesuan"]
    assert told["facts"] == ["income.total", "b"]
    assert (told["kind"], told["id"], told["unit"]) == ("table", "tbl-income", "万元")
