"""`juesuan facts`: every report's figures gathered into one data set that is asked as pandas frames."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from juesuan.aggregate import gather_facts
from juesuan.cli.voice import Voice
from juesuan.paths import find_project


def facts(
    into: Annotated[
        Path | None, typer.Option("--into", help="写到哪里；默认为 build/facts", show_default=False)
    ] = None,
) -> None:
    """把 pages/ 中各单位各年度报告的数字汇成一个数据集，按年度分区，供跨单位分析。"""
    project = find_project()
    folder = (into or project.build / "facts").resolve()
    written = gather_facts(project.pages, folder)
    told = "、".join(f"{year}年 {rows} 个数" for year, rows in written.items())
    Voice().out.print(f"已写 {folder}：{told}", markup=False)
