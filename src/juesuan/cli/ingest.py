"""`juesuan import`: a published document or the official workbook becomes a year's folder, and is checked at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.cli.words import show_checked
from juesuan.faults import Fault, FaultsError, fatal
from juesuan.ingest import Imported, import_document
from juesuan.load import Checked, check_data, read_units, wanted_year
from juesuan.load.accounts import read_classification
from juesuan.paths import find_project

_MOST_DIFFERENCES = 200


def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="公开的决算（.pdf .docx .html .txt .md）或附表工作簿（.xlsx）")
    ],
    unit: Annotated[str, typer.Option("--unit", help="单位编号，见 data/units.csv")],
    year: Annotated[str, typer.Option("--year", help="年度，例如 2024")],
    data: Annotated[
        Path | None, typer.Option("--data", help="数据文件夹；默认为项目的 data/", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="已有的文件夹也换成文件里的（手改的话另存）")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="列出没有比对和没有归处的数字")] = False,
) -> None:
    """把公开的决算或附表工作簿变成 data/<单位>/<年度>/，每格写明出处；没有印出的仍是未公开。"""
    folder = find_project(data).data
    wanted = wanted_year(year)
    _known_unit(folder, unit)
    classification, faults = read_classification(folder)
    if stopping := fatal(faults):
        raise FaultsError(stopping)
    made = import_document(file, folder, unit, wanted, classification, force=force)
    voice = Voice(verbose=verbose)
    _show(made, file, voice)
    raise typer.Exit(_outcome(made, folder, unit, wanted, voice))


def _known_unit(data: Path, unit: str) -> None:
    """Raise where the office has no row in `units.csv`; none is made up from a document, which does not say all of it."""
    if not data.is_dir():
        Voice().errors.print(f"{data}：没有这个数据文件夹；请用 --data 指明。", markup=False)
        raise typer.Exit(COULD_NOT_RUN)
    units, faults = read_units(data)
    if stopping := fatal(faults):
        raise FaultsError(stopping)
    if unit not in units:
        there_are = "、".join(sorted(units)) or "（空）"
        raise ValueError(
            f"data/units.csv：没有单位 {unit}；现有 {there_are}；"
            f"请先补一行：{unit},<名称>,<简称>,<地区>,<级次>,<单位性质>,<报告格式，可空>,<公开处，可空>。"
        )


def _show(made: Imported, file: Path, voice: Voice) -> None:
    out = voice.out
    out.print(
        f"{file}：数字 {made.numbers} 个，取用 {made.used} 个，合计、小计和重复印出、已比对的 {made.compared} 个，"
        f"附表中没有比对的 {len(made.uncompared)} 个，没有归处的 {len(made.unplaced)} 个；矛盾 {len(made.contradictions)} 处，未能确定 {len(made.unsettled)} 处。",
        markup=False,
    )
    for heading, lines in (("矛盾", made.contradictions), ("未能确定", made.unsettled), ("说明", made.notes)):
        for line in lines:
            out.print(f"{heading}：{line}", markup=False)
    if voice.verbose:
        for heading, lines in (("没有比对", made.uncompared), ("没有归处", made.unplaced)):
            for line in lines:
                out.print(f"{heading}：{line}", markup=False)
    for line in made.differences[:_MOST_DIFFERENCES]:
        out.print(f"不同：{line}", markup=False)
    if len(made.differences) > _MOST_DIFFERENCES:
        out.print(f"不同：另有 {len(made.differences) - _MOST_DIFFERENCES} 处")


def _outcome(made: Imported, data: Path, unit: str, year: int, voice: Voice) -> int:
    if made.existed and not made.differences:
        voice.out.print("没有变化。")
        return 0
    if not made.written:
        voice.out.print(f"{made.folder} 已有，没有改动；要换成文件里的请加 --force。", markup=False, soft_wrap=True)
        return FAULTY
    voice.out.print(f"已写 {made.folder}", markup=False, soft_wrap=True)
    checked = _of_folder(check_data(data), unit, year)
    show_checked(checked, voice)
    return 0 if checked.usable else FAULTY


def _of_folder(checked: Checked, unit: str, year: int) -> Checked:
    """Return what the project's own check says of one folder."""
    own: tuple[Fault, ...] = tuple(one for one in checked.faults if one.file.startswith(f"data/{unit}/{year}/"))
    return Checked({at: one for at, one in checked.accounts.items() if at == (unit, year)}, own)
