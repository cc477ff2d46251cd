"""`juesuan check`, `new`, `doctor`, `schema` and `demo`: what is done with accounts before a site is made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from juesuan.cli.steps import read_checked
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.cli.words import checked_record, show_checked, show_new_year
from juesuan.describe import write_descriptions
from juesuan.load import check_data, roll_forward, to_do, wanted_year
from juesuan.paths import Project, find_project
from juesuan.render import Engine, engines
from juesuan.synthetic import make_demo, read_years

Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹；默认为项目的 data/", show_default=False)]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="只说差错")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="逐项说明")]


def check(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """检查 data/ 中的账，把差错列成一张表。"""
    voice = Voice(quiet, verbose)
    checked = read_checked(find_project(data))
    if as_json:
        print(json.dumps(checked_record(checked), ensure_ascii=False, indent=1))
    else:
        show_checked(checked, voice)
    raise typer.Exit(0 if checked.usable else FAULTY)


def new(
    year: Annotated[str, typer.Argument(metavar="YEAR", help="年度，例如 2022")],
    unit: Annotated[str, typer.Option("--unit", help="单位编号，见 data/units.csv", show_default=False)] = "",
    data: Data = None,
) -> None:
    """建下一年的文件夹：上年的各行，金额留空；上年的话，标明待修订。"""
    folder = roll_forward(find_project(data).data, unit, wanted_year(year))
    show_new_year(folder, to_do(folder), Voice())


def doctor(data: Data = None) -> None:
    """列出所需的软件和数据：找到了什么，缺什么，怎样取得。"""
    table = Table("项目", Column("找到", overflow="fold"), Column("说明", overflow="fold"))
    found = [*engines(), _data_found(find_project(data))]
    for engine in found:
        lacking = "缺少" if engine.needed else "没有（可以不装）"
        table.add_row(engine.name, escape(engine.found or lacking), "" if engine.found else engine.remedy)
    Voice().out.print(table)
    raise typer.Exit(COULD_NOT_RUN if any(one.needed and not one.found for one in found) else 0)


def _data_found(project: Project) -> Engine:
    checked = check_data(project.data)
    count = len(checked.accounts)
    return Engine("数据", f"{count} 个单位年度（{project.data}）" if count else None, True, "用 --data 指明数据文件夹")


def schema(data: Data = None) -> None:
    """由数据定义重写 data/README.md（数据字典）和 data/datapackage.json。"""
    project = find_project(data)
    read_checked(project)
    for path in write_descriptions(project.data):
        Voice().out.print(f"已写 {path}", markup=False)


def demo(
    units: Annotated[int, typer.Option("--units", help="单位数")] = 40,
    years: Annotated[str, typer.Option("--years", help="年度，起:止")] = "2019:2024",
    seed: Annotated[int, typer.Option("--seed", help="种子；相同的种子得到相同的账")] = 1,
    into: Annotated[Path | None, typer.Option("--into", help="写到哪里；默认为 build/demo", show_default=False)] = None,
) -> None:
    """另建一个项目，其中是一个虚构的县的账，用来试用和测速；真实的数据和站点不动。"""
    project = find_project()
    place = (into or project.build / "demo").resolve()
    make_demo(project.root, place, units, read_years(years), seed)
    Voice().out.print(f"已写 {place}；生成站点：JUESUAN_ROOT={place} juesuan build", markup=False)
