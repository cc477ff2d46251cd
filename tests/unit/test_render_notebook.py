"""What a reader sees of a page that ran, in Quarto's order of choice."""

from pathlib import Path

import nbformat
import pytest

from juesuan.render.notebook import bundle_markdown, cell_markdown, page_markdown, read_source

TABLE = "<table><tr><td>1</td></tr></table>"


def code_cell(source, **data):
    cell = nbformat.v4.new_code_cell(source)
    kinds = {"html": "text/html", "markdown": "text/markdown", "png": "image/png", "plain": "text/plain"}
    bundle = {kinds[name]: value for name, value in data.items()}
    cell.outputs = [nbformat.v4.new_output("display_data", data=bundle)]
    return cell


@pytest.mark.parametrize(
    ("to", "kinds", "taken"),
    [
        ("html", {"text/html": TABLE, "text/markdown": "词"}, TABLE),
        ("html", {"text/markdown": "词", "text/plain": "字"}, "词"),
        ("docx", {"text/html": TABLE, "text/markdown": "词"}, "词"),
        ("typst", {"text/html": TABLE, "image/png": "AAAA"}, "data:image/png;base64,AAAA"),
        ("docx", {"image/svg+xml": "<svg/>", "image/png": "AAAA"}, "data:image/svg+xml;base64"),
        ("docx", {"text/html": TABLE, "text/plain": "字"}, TABLE),
        ("docx", {"text/html": "<div>图</div>", "text/plain": "字"}, "字"),
    ],
)
def test_each_format_takes_the_form_that_quarto_would_take(to, kinds, taken):
    assert taken in bundle_markdown(kinds, to)


def test_prose_of_an_asis_cell_is_read_as_markdown_and_its_code_is_not_shown():
    assert cell_markdown(code_cell("#| output: asis\nshow()", markdown="## 二、收入"), "html") == "## 二、收入"


def test_a_cell_that_is_not_included_leaves_nothing():
    assert cell_markdown(code_cell("#| include: false\n1", plain="1"), "html") == ""


def test_words_printed_while_running_are_not_published():
    cell = nbformat.v4.new_code_cell("print(1)")
    cell.outputs = [nbformat.v4.new_output("stream", text="1")]
    assert cell_markdown(cell, "html") == ""


def test_front_matter_is_read_from_the_first_raw_cell_and_is_not_part_of_the_body(tmp_path: Path):
    front = nbformat.v4.new_raw_cell("---\ntitle: 决算\nformat:\n  html: default\n---")
    notebook = nbformat.v4.new_notebook(cells=[front, nbformat.v4.new_markdown_cell("正文")])
    nbformat.write(notebook, tmp_path / "report.ipynb")
    stated, body = read_source(tmp_path / "report.ipynb", tmp_path)
    assert stated == {"title": "决算", "format": {"html": "default"}}
    assert page_markdown(body, "html").strip() == "正文"


def test_an_include_is_replaced_by_the_file_it_names(tmp_path: Path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/_front.md").write_text("首页内容", encoding="utf-8")
    (tmp_path / "index.qmd").write_text("---\ntitle: 首页\n---\n\n{{< include pages/_front.md >}}\n", encoding="utf-8")
    assert "首页内容" in read_source(tmp_path / "index.qmd", tmp_path)[1]
