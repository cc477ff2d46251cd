"""A tiny project becomes HTML, Word and PDF, read back."""

import os
import shutil
import time
import zipfile
from pathlib import Path

import nbformat
import pypdf
import pytest

from juesuan.paths import find_root
from juesuan.render import RenderError, RendererUnavailableError, assets, choose_renderer, quarto
from juesuan.render.embedded import render_pages, render_site
from juesuan.render.project import read_project
from juesuan.render.site import lay_out_resources, resources

PAGE = Path("pages/2021/x/report")
FRONT = "---\ntitle: 甲单位2021年度部门决算\nformat:\n  html: default\n  docx: default\n  typst: default\n---"
FACT = '<span class="fact" data-fact="income.total.2021">191.39</span>'
TABLE = """```{=html}
<table><caption>收入表（单位：万元）</caption><thead><tr><th>项目</th><th>决算数</th></tr></thead>
<tbody><tr><td>合计</td><td>191.39</td></tr></tbody></table>
```

::: {.table-note}
来源：决算
:::
"""


def shown(source, html, markdown):
    cell = nbformat.v4.new_code_cell(source)
    data = {"text/markdown": markdown} | ({"text/html": html} if html else {})
    cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return cell


def write_project(root: Path) -> None:
    shutil.copytree(find_root() / "report", root / "report")
    shutil.copyfile(find_root() / "_quarto.yml", root / "_quarto.yml")
    (root / "index.qmd").write_text(
        "---\ntitle: 首页\ntoc: false\nformat:\n  html: default\n---\n\n欢迎\n", encoding="utf-8"
    )
    (root / PAGE).parent.mkdir(parents=True)
    cells = [
        nbformat.v4.new_raw_cell(FRONT),
        shown("#| output: asis\nshow()", None, f"# 第一部分\n\n## 一、收入\n\n本年收入{FACT}万元。\n"),
        shown("table", '<div class="table-scroll"><table><tr><td>191.39</td></tr></table></div>', TABLE),
        shown(
            "x",
            None,
            '::: {.content-visible when-format="docx"}\n只在Word\n:::\n\n::: {.content-hidden when-format="docx"}\n不在Word\n:::',
        ),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / PAGE.with_suffix(".ipynb"))
    (root / PAGE).with_name("facts.json").write_text("[]", encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    write_project(root)
    site = root / "build/staging"
    site.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "_bundled", bytes)
        render_site(root, site)
    return root, site


def test_the_site_has_the_layout_that_quarto_would_give_it(built):
    _, site = built
    wanted = ["index.html", *(f"{PAGE}{end}" for end in (".html", ".docx", ".pdf")), "pages/2021/x/facts.json"]
    assert [name for name in wanted if not (site / name).is_file()] == []


def test_html_keeps_the_fact_and_links_to_word_and_pdf(built):
    page = (built[1] / PAGE.with_suffix(".html")).read_text(encoding="utf-8")
    assert FACT in page
    assert 'href="report.docx">Word' in page
    assert 'href="report.pdf">PDF' in page
    assert 'href="../../../report/html/site.css"' in page
    assert '<html lang="zh' in page


def test_word_has_a_real_table_whose_header_repeats_and_its_own_conditional_text(built):
    with zipfile.ZipFile(built[1] / PAGE.with_suffix(".docx")) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert "w:tblHeader" in document
    assert "只在Word" in document
    assert "不在Word" not in document
    assert 'w:val="TableNote"' in document


def test_pdf_is_official_paper_with_title_contents_and_figures(built):
    reader = pypdf.PdfReader(built[1] / PAGE.with_suffix(".pdf"))
    text = "".join(page.extract_text() for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.title == "甲单位2021年度部门决算"
    assert round(reader.pages[0].mediabox.width * 25.4 / 72) == 210
    assert "191.39" in text
    assert "目录" in text
    assert "不在Word" in text.replace(" ", "")


def test_only_the_pages_asked_for_are_rendered(built, tmp_path):
    files = render_pages(read_project(built[0]), tmp_path, only=[Path("index.qmd")])
    assert files == [tmp_path / "index.html"]


def test_the_same_page_gives_the_same_bytes(built, tmp_path):
    source = PAGE.with_suffix(".ipynb")
    for again in render_pages(read_project(built[0]), tmp_path, only=[source]):
        assert again.read_bytes() == (built[1] / again.relative_to(tmp_path)).read_bytes(), again.name


def test_a_copy_of_an_analysts_file_is_taken_over_while_the_file_is_as_it_was(tmp_path):
    write_project(tmp_path)
    data, old = tmp_path / "data/a/2021/totals.csv", time.time() - 60
    data.parent.mkdir(parents=True)
    data.write_text("收入,1\n", encoding="utf-8")
    os.utime(data, (old, old))
    project, sites = read_project(tmp_path), [tmp_path / name for name in ("one", "two", "three")]
    for before, site in zip([tmp_path / "none", *sites], sites, strict=False):
        if site.name == "three":
            data.write_text("收入,2\n", encoding="utf-8")  # as long as it was
        lay_out_resources(tmp_path, resources(project), site, before)
    copies = [site / "data/a/2021/totals.csv" for site in sites]
    assert [copy.read_text(encoding="utf-8") for copy in copies] == ["收入,1\n", "收入,1\n", "收入,2\n"]
    assert copies[0].samefile(copies[1])
    assert not copies[0].samefile(data)


def test_a_copy_made_within_the_clocks_grain_is_not_taken_over(tmp_path):
    write_project(tmp_path)
    data = tmp_path / "data/units.csv"
    data.parent.mkdir()
    data.write_text("1\n", encoding="utf-8")  # just now: it may change again and look the same
    names = resources(read_project(tmp_path))
    lay_out_resources(tmp_path, names, tmp_path / "one", tmp_path / "none")
    lay_out_resources(tmp_path, names, tmp_path / "two", tmp_path / "one")
    assert not (tmp_path / "one/data/units.csv").samefile(tmp_path / "two/data/units.csv")


def test_a_page_that_an_engine_refuses_is_named(built, tmp_path):
    root = tmp_path / "broken"
    write_project(root)
    (root / "report/typst/page.typ").write_text("#nonsense()", encoding="utf-8")
    with pytest.raises(RenderError, match=r"report\.ipynb（PDF）：typst 报错"):
        render_pages(read_project(root), tmp_path, only=[PAGE.with_suffix(".ipynb")])


def test_asking_for_quarto_where_there_is_none_says_what_to_do(monkeypatch):
    monkeypatch.setattr(quarto, "find_quarto", lambda: None)
    with pytest.raises(RendererUnavailableError, match="--renderer embedded"):
        choose_renderer("quarto")


def test_auto_without_quarto_takes_the_embedded_renderer_and_says_so(monkeypatch):
    monkeypatch.setattr(quarto, "find_quarto", lambda: None)
    chosen = choose_renderer("auto")
    assert (chosen.name, chosen.why) == ("embedded", "没有找到 Quarto，使用内置渲染器（pandoc、typst）")


def test_a_character_that_no_font_has_is_named_and_stops_the_build(built, tmp_path):
    root = tmp_path / "odd"
    write_project(root)
    source = root / PAGE.with_suffix(".ipynb")
    odd = source.read_text(encoding="utf-8").replace("不在Word", "不在\U000f1234Word")
    source.write_text(odd, encoding="utf-8")
    with pytest.raises(RenderError, match=r"report\.ipynb（PDF）：没有一种字体有这些字：“.”（U\+F1234）"):
        render_pages(read_project(root), tmp_path, only=[PAGE.with_suffix(".ipynb")])


def test_a_picture_has_its_full_words_in_word_and_pdf(tmp_path):
    root = tmp_path / "pictured"
    write_project(root)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
    (root / PAGE).parent.joinpath("a.svg").write_text(drawing, encoding="utf-8")
    cells = [
        nbformat.v4.new_raw_cell(FRONT),
        shown("x", None, '# 图\n\n![图1](a.svg){fig-alt="收入“191.39\\"万元" width=50%}\n'),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / PAGE.with_suffix(".ipynb"))
    render_pages(read_project(root), tmp_path, only=[PAGE.with_suffix(".ipynb")])
    with zipfile.ZipFile(tmp_path / PAGE.with_suffix(".docx")) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert 'descr="收入“191.39&quot;万元"' in document
    reader = pypdf.PdfReader(tmp_path / PAGE.with_suffix(".pdf"))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    assert [one["/Alt"] for one in objects if isinstance(one, dict) and "/Alt" in one] == ['收入“191.39"万元']
