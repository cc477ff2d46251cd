"""A small page that ran, its ledger and data, and the three files made from it: what the tests of audit share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import docx
import typst

from juesuan.render.fonts import font_folders
from juesuan.verify import Allowed, Result, read_background, read_ledger, verify_file

FACTS = {
    "income.2021": "191.39",
    "income.2020": "117.36",
    "income.change": "74.03",
    "income.change_pct": "63.08",
    "balance.change": "-2.50",
    "visits": "13692",
    "posts": "8",
    "budget": "未公开",
}
ALLOWED = [
    Allowed("指标值是原文", quoted="indicators.csv", columns=("target",)),
    Allowed("编制日期", pattern=r"编制日期：\d{4}年\d{1,2}月\d{1,2}日"),
]


def span(fact_id: str, text: str = "") -> str:
    return f'<span class="fact" data-fact="{fact_id}">{text or FACTS[fact_id]}</span>'


PROSE = (
    f"2021年本年收入{span('income.2021')}万元，比2020年的{span('income.2020')}万元增加{span('income.change')}万元，"
    f"增长{span('income.change_pct')}%；结余减少{span('balance.change', '2.50')}万元。"
    f"发布信息{span('visits')}条，编制{span('posts')}人。"
)
ROWS = [
    ("201", "一般公共服务支出", span("income.2021"), span("budget")),
    ("2010350", "事业运行", span("income.2020"), span("balance.change")),
    ("", "质量达标", "≥95%", ""),
]
ORDINAL = "1. 政务公开。推动信息公开。"


@dataclass(frozen=True)
class Page:
    """The folders of a small project: a page that ran, its ledger, its data."""

    root: Path

    @property
    def source(self) -> Path:
        return self.root / "pages" / "report.ipynb"

    def verify(self, file: Path) -> Result:
        ledger = read_ledger(self.root / "facts.json")
        return verify_file(file, self.source, ledger, read_background(self.root / "data", ledger, ALLOWED))


def write_page(root: Path) -> Page:
    """Write the project's files below `root`."""
    _write(root / "facts.json", json.dumps({"unit_id": "u", "year": 2021, "facts": _records()}))
    _write(root / "data/classification/function.csv", "code,name\n201,一般公共服务支出\n2010350,事业运行\n")
    _write(root / "data/u/2021/indicators.csv", "project,target\n网络租赁费,≥95%\n")
    _write(root / "data/u/2021/source.toml", 'title = "2018年起使用的格式"\n')
    _write(root / "pages/charts/fig-1.svg", _chart("191.39万元"))
    cells = [_code(_html(), _markdown()), _code("<p>999999</p>", "999999", "#| include: false\n1")]
    _write(root / "pages/report.ipynb", json.dumps({"cells": cells}, ensure_ascii=False))
    return Page(root)


def _records() -> list[dict[str, object]]:
    return [{"id": one, "printed": printed, "unit_id": "u", "year": 2021} for one, printed in FACTS.items()]


def _code(html: str, markdown: str, source: str = "show()") -> dict[str, object]:
    data = {"text/html": html, "text/markdown": markdown, "text/plain": "424242"}
    return {"cell_type": "code", "source": source, "outputs": [{"output_type": "display_data", "data": data}]}


def _chart(text: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text aria-label="x: 264; y: 12">{text}</text></svg>'


def _html() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        f"<h1>一、收入情况</h1><p>{PROSE}</p><ol><li>政务公开。推动信息公开。</li></ol>"
        '<figure><img alt="图1 收入。2021年191.39万元。" src="charts/fig-1.svg"><figcaption>图1 收入</figcaption></figure>'
        f"<table><caption>公开01表 收入</caption>{rows}</table>"
    )


def _markdown() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        f"# 一、收入情况\n\n{PROSE}\n\n{ORDINAL}\n\n"
        '::: {.content-visible when-format="docx"}\n![图1 收入](charts/fig-1.png){fig-alt="2021年191.39万元。"}\n:::\n\n'
        '::: {.content-hidden when-format="docx"}\n![图1 收入](charts/fig-1.svg){fig-alt="2021年191.39万元。"}\n:::\n\n'
        f"```{{=html}}\n<table><caption>公开01表 收入</caption>{rows}</table>\n```\n"
    )


def html_file(page: Path, old: str = "", new: str = "") -> Path:
    """Write the web page beside its chart, one text in it changed."""
    head = "<html><head><title>2021年</title><style>p{margin:7px}</style></head><body><script>var a=123</script>"
    text = f"{head}{_html()}<p hidden>55</p></body></html>"
    _write(page / "charts/fig-1.svg", _chart("191.39万元"))
    return _write(page / "report.html", _changed(text, old, new))


def docx_file(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the Word file, one text in it changed."""
    document = docx.Document()
    document.add_heading("一、收入情况", 1)
    document.add_paragraph(_changed(_plain(PROSE), old, new))
    document.add_paragraph("政务公开。推动信息公开。", "List Number")
    document.add_paragraph("图1 收入", "Caption")
    document.add_paragraph("公开01表 收入", "Caption")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = _plain(text)
    document.save(str(folder / "report.docx"))
    return folder / "report.docx"


def pdf_file(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the PDF, one text in it changed, with a page number and a line of contents."""
    rows = "".join(f"[{_plain(cell)}]," for row in ROWS for cell in row)
    text = _changed(_plain(PROSE), old, new)
    source = f"""
#set page(width: 16cm, height: 14cm, footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Serif SC", lang: "zh")
目录 \\
一、收入情况 . . . . . . . . . — 2 —
#pagebreak()
一、收入情况

{text}

{ORDINAL}

191.39万元

图1 收入

公开01表 收入
#table(columns: 4, {rows})
"""
    _write(folder / "report.typ", source)
    fonts = [str(one) for one in font_folders()]
    typst.compile(str(folder / "report.typ"), output=str(folder / "report.pdf"), font_paths=fonts)
    return folder / "report.pdf"


WRITERS = {"html": html_file, "docx": docx_file, "pdf": pdf_file}


def _plain(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)


def _changed(text: str, old: str, new: str) -> str:
    """Return `text` with the first `old` changed; the change must be possible."""
    assert old in text
    return text.replace(old, new, 1) if old else text


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
