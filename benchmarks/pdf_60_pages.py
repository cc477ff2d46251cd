"""How long the embedded renderer takes for a report of sixty pages: prints seconds for PDF and Word, and the pages.

python benchmarks/pdf_60_pages.py
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

import pypdfium2

from juesuan.paths import find_root
from juesuan.render.embedded import render_pages
from juesuan.render.project import read_project

SECTIONS, PARAGRAPHS, ROWS = 12, 16, 40
SENTENCE = (
    "2021年本年收入191.39万元，比2020年的117.36万元增加74.03万元，增长63.08%。变动的主要原因是人员增加、预算口径调整；"
    "其中一般公共预算财政拨款收入191.39万元，占100.00%，没有其他收入。"
)


def table(number: int) -> str:
    """Return an official table as a report brings it, forty rows of six figures."""
    cells = "".join(f'<td style="text-align:right">{number * 100 + column}.39</td>' for column in range(6))
    rows = "".join(f"<tr><td>科目{row}</td>{cells}</tr>\n" for row in range(ROWS))
    head = "".join(f"<th>第{column}栏</th>" for column in range(6))
    return (
        f"::: {{.official-table}}\n```{{=html}}\n<table><caption>第{number}表（单位：万元）</caption>\n<thead><tr><th>项目</th>{head}"
        f"</tr></thead>\n<tbody>\n{rows}</tbody></table>\n```\n\n::: {{.table-note}}\n来源：决算\n:::\n:::\n"
    )


def page(to: str) -> str:
    """Return the report's source, to be made in one format."""
    parts = [f"---\ntitle: 某单位\nsubtitle: 2021年度部门决算\nformat:\n  {to}: default\n---\n"]
    for number in range(SECTIONS):
        parts += [
            f"# 第{number}部分\n",
            f"## 一、第{number}部分的收入\n",
            *[SENTENCE + "\n"] * PARAGRAPHS,
            table(number),
        ]
    return "\n".join(parts)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(find_root() / "report", root / "report")
        shutil.copyfile(find_root() / "_quarto.yml", root / "_quarto.yml")
        for to, name in (("typst", "PDF"), ("docx", "Word")):
            (root / "index.qmd").write_text(page(to), encoding="utf-8")
            begun, worked = time.perf_counter(), sum(os.times()[:4])
            made = render_pages(read_project(root), Path(folder) / "site")[0]
            seconds, busy = time.perf_counter() - begun, sum(os.times()[:4]) - worked
            print(f"{name}: {seconds:.2f} s ({busy:.2f} s of a processor), {made.stat().st_size / 1024:.0f} kB")
            if to == "typst":
                print(f"pages: {len(pypdfium2.PdfDocument(made))}")


if __name__ == "__main__":
    main()
