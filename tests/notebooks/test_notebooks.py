"""The notebooks read as STYLE asks, run by themselves, and refuse what papermill would let pass."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 15
_LABEL = re.compile(r"^#\| label: (\S+)", re.MULTILINE)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def parameters(path: Path) -> nbformat.NotebookNode:
    (cell,) = [cell for cell in code_cells(path) if "parameters" in cell.metadata.get("tags", [])]
    return cell


def nodes_after_parameters(path: Path) -> Iterator[ast.AST]:
    for cell in code_cells(path):
        if "parameters" not in cell.metadata.get("tags", []):
            yield from ast.walk(ast.parse(cell.source))


@each_notebook
def test_the_first_code_cell_holds_the_parameters_as_commented_literals(path: Path) -> None:
    assert code_cells(path)[0] == parameters(path)
    lines = parameters(path).source.splitlines()
    assert all("  # " in line for line in lines)
    assert all(isinstance(line, ast.Assign) for line in ast.parse(parameters(path).source).body)
    assert all(isinstance(line.value, ast.Constant) for line in ast.parse(parameters(path).source).body)


@each_notebook
def test_no_cell_is_longer_than_a_reader_takes_in_at_once(path: Path) -> None:
    assert [cell.source for cell in code_cells(path) if len(cell.source.splitlines()) > LONGEST_CELL] == []


@each_notebook
def test_a_cell_defines_nothing_loops_over_nothing_and_types_no_number(path: Path) -> None:
    nodes = list(nodes_after_parameters(path))
    assert not [node for node in nodes if isinstance(node, ast.FunctionDef | ast.Lambda | ast.For | ast.While)]
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    assert [value for value in constants if type(value) in (int, float)] == []
    words = " ".join(value for value in constants if isinstance(value, str))
    assert not re.search(r"\d\d", words), "a figure is typed into a sentence"
    assert "read_csv" not in words and "/" not in words.replace("{{", "").replace("</", "")


@each_notebook
def test_the_text_between_the_cells_types_no_figure(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [
        cell.source for cell in cells if cell.cell_type == "markdown" and re.search(r"\d\d|\d\.\d", cell.source)
    ] == []


@each_notebook
def test_only_the_control_totals_keep_their_output(path: Path) -> None:
    kept = [cell for cell in code_cells(path) if cell.outputs]
    assert all("keep_output" in cell.metadata.tags and "NBVAL_CHECK_OUTPUT" in cell.source for cell in kept)
    assert len(kept) == (0 if path.stem == "front" else 1)


@each_notebook
def test_labels_are_unique_and_name_what_they_label(path: Path) -> None:
    labels = [label for cell in code_cells(path) for label in _LABEL.findall(cell.source)]
    assert len(labels) == len(set(labels))
    assert all(re.match(r"(fig|tbl)-", label) for label in labels)
    identifiers = re.findall(r'^ +id="([^"]+)"', "\n".join(cell.source for cell in code_cells(path)), re.MULTILINE)
    assert set(identifiers) <= set(labels)


@each_notebook
def test_a_notebook_opens_in_any_jupyter(path: Path) -> None:
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"


REFUSED = {
    "misspelt-parameter": ({"yaer": 2021}, "没有参数 yaer", "现有 data、unit、year"),
    "year-without-data": ({"year": 1999}, "没有 1999 年的数据", "现有 2020、2021"),
    "unit-that-is-not-there": ({"unit": "nobody"}, "没有单位 nobody", "、nanjiang-zwxx、"),
    "year-as-text": ({"year": "2021年"}, "year 是 '2021年'", "应为四位年度"),
}


@pytest.mark.parametrize(("given", "found", "there_are"), REFUSED.values(), ids=REFUSED)
def test_papermill_by_itself_is_told_in_chinese_what_there_is(
    tmp_path: Path, given: dict[str, object], found: str, there_are: str
) -> None:
    with pytest.raises(papermill.PapermillExecutionError) as refused:
        papermill.execute_notebook(
            ROOT / "notebooks" / "report.ipynb", tmp_path / "out.ipynb", given, cwd=str(tmp_path), progress_bar=False
        )
    assert found in refused.value.evalue and there_are in refused.value.evalue


def test_a_variance_without_a_year_before_says_so(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="没有 2019 年的数据，不能比较"):
        papermill.execute_notebook(
            ROOT / "notebooks" / "variance.ipynb", tmp_path / "out.ipynb", {"year": 2020}, progress_bar=False
        )
