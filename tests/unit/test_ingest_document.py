"""A published document is imported as what it prints: contradictions are listed, budgets and empty forms refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_workbook import read

from juesuan.classification import Classification
from juesuan.faults import UnreadableError
from juesuan.ingest import Imported, import_document
from juesuan.load.accounts import read_classification

ROOT = Path(__file__).parents[2]
TITLE = "某县人民政府办公室2022年度部门决算"
THREE_PUBLIC = (
    "<p>财政拨款“三公”经费支出决算表</p><p>单位：万元</p><table><tr><td colspan=2>合计</td><td colspan=2>因公出国（境）费</td>"
    "<td colspan=2>小计</td><td colspan=2>公务用车购置费</td><td colspan=2>公务用车运行费</td><td colspan=2>公务接待费</td></tr>"
    "<tr>" + "<td>预算数</td><td>决算数</td>" * 6 + "</tr><tr>{cells}</tr></table>"
)


@pytest.fixture(scope="module")
def names() -> Classification:
    return read_classification(ROOT / "data")[0]


def imported(words: str, names: Classification, folder: Path) -> Imported:
    page = folder / "page.html"
    page.write_text(words, encoding="utf-8")
    return import_document(page, folder / "data", "shili", 2022, names)


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{one}</p>" for one in (TITLE, *words))


def test_sentence_that_contradicts_a_table_is_listed_and_the_table_stands(
    names: Classification, tmp_path: Path
) -> None:
    cells = "".join(
        f"<td>{one}</td>"
        for one in ["5.00", "4.00", "0", "0", "4.00", "3.00", "0", "0", "4.00", "3.00", "1.00", "1.00"]
    )
    made = imported(
        paragraphs("本年收入合计10.00万元。", "公务接待费支出决算为2.00万元。") + THREE_PUBLIC.format(cells=cells),
        names,
        tmp_path,
    )
    assert len(made.contradictions) == 1
    assert all(one in made.contradictions[0] for one in ("公务接待费", "1.00", "2.00", "第3段", "表“"))
    rows = {row["item"]: row for row in read(made.folder / "three_public.csv")}
    assert (rows["reception"]["final"], rows["reception"]["adjusted_budget"]) == ("1.00", "1.00")
    assert rows["overseas"]["final"] == "0.00"


def test_figures_that_rounding_sets_apart_are_no_contradiction(names: Classification, tmp_path: Path) -> None:
    made = imported(paragraphs("本年收入合计10.26万元。", "2022年本年收入合计10.3万元。"), names, tmp_path)
    assert made.contradictions == []
    assert read(made.folder / "totals.csv") == [{"item": "income.total", "final": "10.26"}]


def test_blank_item_is_zero_only_where_the_sum_is_complete_without_it(names: Classification, tmp_path: Path) -> None:
    complete = "".join(f"<td>{one}</td>" for one in ["4.00", "4.00", *[""] * 8, "4.00", "4.00"])
    made = imported(paragraphs("本年收入合计10.00万元。") + THREE_PUBLIC.format(cells=complete), names, tmp_path)
    rows = {row["item"]: row["final"] for row in read(made.folder / "three_public.csv")}
    assert rows == {"overseas": "0.00", "vehicle_purchase": "0.00", "vehicle_operation": "0.00", "reception": "4.00"}
    short = "".join(f"<td>{one}</td>" for one in ["4.00", "4.00", *[""] * 8, "3.00", "3.00"])
    other = tmp_path / "other"
    other.mkdir()
    made = imported(paragraphs("本年收入合计10.00万元。") + THREE_PUBLIC.format(cells=short), names, other)
    assert not (made.folder / "three_public.csv").exists()
    assert len(made.unsettled) == 3


def test_what_is_not_printed_stays_missing(names: Classification, tmp_path: Path) -> None:
    made = imported(paragraphs("本年收入合计10.00万元。"), names, tmp_path)
    assert sorted(made.files) == ["origins.csv", "source.toml", "totals.csv"]
    assert read(made.folder / "origins.csv")[0]["place"] == "第2段"
    assert "本年收入合计10.00万元" in read(made.folder / "origins.csv")[0]["quote"]


@pytest.mark.parametrize(
    "words",
    [
        "<p>某县人民政府办公室2022年部门预算</p><p>2022年收入总计10.00万元，基本支出8.00万元。</p>",
        "<p>某县人民政府办公室2022年度部门决算</p><p>本年收入合计XX万元。2022年度无政府采购支出。</p>",
    ],
    ids=["a budget", "an empty form"],
)
def test_document_that_prints_no_outcome_is_refused(words: str, names: Classification, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        imported(words, names, tmp_path)
    assert not (tmp_path / "data").exists()


def test_cell_of_a_web_table_that_reaches_down_keeps_its_column(names: Classification, tmp_path: Path) -> None:
    table = (
        "<p>一般公共预算财政拨款支出决算明细表</p><table><tr><th rowspan=2>科目编码</th><th rowspan=2>科目名称</th>"
        "<th colspan=2>工资福利支出</th></tr><tr><th>基本工资</th><th>津贴补贴</th></tr></table>"
    )
    from juesuan.reading.document import read_document  # noqa: PLC0415  only this test looks at the grid

    (tmp_path / "page.html").write_text(table, encoding="utf-8")
    rows = read_document(tmp_path / "page.html").tables[0].rows
    assert rows[1] == ("", "", "基本工资", "津贴补贴")
