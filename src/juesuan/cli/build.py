"""`juesuan run`, `render`, `build` and `serve`: over every office and year, or those asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from juesuan.cli.asked import read_asked
from juesuan.cli.steps import Build
from juesuan.cli.voice import Voice
from juesuan.execute import CHUNK, Runner, TemplateError
from juesuan.paths import ProjectNotFoundError, find_project
from juesuan.render import ProjectError, RenderError, RendererUnavailableError, choose_renderer

Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹；默认为项目的 data/", show_default=False)]
Site = Annotated[Path | None, typer.Option("--site", help="站点写到哪里；默认为项目的 _site/", show_default=False)]
Choice = Annotated[str, typer.Option("--renderer", help="auto、quarto 或 embedded")]
Years = Annotated[str, typer.Option("--years", help="哪些年度：2019:2024 或 2021,2023；默认全部")]
Units = Annotated[
    str,
    typer.Option("--units", help="哪些单位：编号（逗号分隔）、通配（'shili-*'）、清单文件（@FILE 或路径）；默认全部"),
]
Notebooks = Annotated[
    str,
    typer.Option(
        "--notebooks",
        help="各年度要哪些页，逗号分隔：report、checklist、variance、trend；none 为都不要，只做比较的页；默认全部",
    ),
]
Formats = Annotated[str, typer.Option("--formats", help="报告要哪些格式，逗号分隔：html、docx、pdf；默认全部")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="几个进程；默认与核数相同", show_default=False)]
Dask = Annotated[
    int, typer.Option("--dask", min=0, metavar="N", help="在本机用 N 个 Dask worker 运行笔记本", show_default=False)
]
Scheduler = Annotated[
    str,
    typer.Option("--scheduler", metavar="tcp://…", help="在这个 Dask 调度器的 worker 上运行笔记本", show_default=False),
]
Chunk = Annotated[int, typer.Option("--chunk", min=1, help="用 Dask 时一次送出多少个笔记本")]
Resume = Annotated[
    bool, typer.Option("--resume", help="接着做上次中断的（总是如此：做完的都已存好；写上它，脚本读起来明白）")
]
NoWait = Annotated[bool, typer.Option("--no-wait", help="有别的进程在生成时不等，说明是谁，以 2 退出")]
Explain = Annotated[bool, typer.Option("--explain", help="逐项说明为什么要做")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只说要运行哪些、为什么，什么都不做")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="只说差错")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="逐项说明")]

COULD_NOT = (
    ProjectNotFoundError, ProjectError, TemplateError, RenderError, RendererUnavailableError, OSError,
    ValueError,
)  # fmt: skip


def run(
    data: Data = None, years: Years = "", units: Units = "", notebooks: Notebooks = "", formats: Formats = "",
    jobs: Jobs = 0, dask: Dask = 0, scheduler: Scheduler = "", chunk: Chunk = CHUNK, resume: Resume = False,
    no_wait: NoWait = False, explain: Explain = False, dry_run: DryRun = False, quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:  # fmt: skip
    """用 papermill 运行各单位各年度的笔记本，写入 pages/。"""
    project = find_project(data)
    asked = read_asked(project, years=years, units=units, notebooks=notebooks, formats=formats, jobs=jobs)
    made = Build(project, asked, Voice(quiet, verbose), explain, _cluster(dask, scheduler, chunk))
    with made.alone(wait=not no_wait):
        if dry_run:
            made.show_plan()
        else:
            made.run_notebooks()


def render(
    data: Data = None, site: Site = None, renderer: Choice = "auto", years: Years = "", units: Units = "",
    notebooks: Notebooks = "", formats: Formats = "", jobs: Jobs = 0, no_wait: NoWait = False,
    explain: Explain = False, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """把 pages/ 渲染成站点。"""
    project, chosen = find_project(data, site), choose_renderer(renderer)
    asked = read_asked(project, years=years, units=units, notebooks=notebooks, formats=formats, jobs=jobs)
    made = Build(project, asked, Voice(quiet, verbose), explain)
    with made.alone(wait=not no_wait):
        made.refuse_stale_pages()
        made.render_pages(chosen)


def build(
    data: Data = None, site: Site = None, renderer: Choice = "auto", years: Years = "", units: Units = "",
    notebooks: Notebooks = "", formats: Formats = "", jobs: Jobs = 0, dask: Dask = 0, scheduler: Scheduler = "",
    chunk: Chunk = CHUNK, resume: Resume = False, no_wait: NoWait = False, explain: Explain = False,
    dry_run: DryRun = False, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """检查、运行、渲染，一步做完；没有变化的沿用，中断过的接着做。"""
    project, chosen, voice = find_project(data, site), choose_renderer(renderer), Voice(quiet, verbose)
    asked = read_asked(project, years=years, units=units, notebooks=notebooks, formats=formats, jobs=jobs)
    made = Build(project, asked, voice, explain, _cluster(dask, scheduler, chunk))
    with made.alone(wait=not no_wait):
        if dry_run:
            made.show_plan()
            return
        made.run_notebooks()
        made.render_pages(chosen)
    voice.out.print(f"站点已生成，请打开 {project.site / 'index.html'}", markup=False)


def _cluster(dask: int, scheduler: str, chunk: int) -> Runner | None:
    """Return where notebooks run, None for processes of this machine."""
    if not dask and not scheduler:
        return None
    from juesuan.execute.cluster import Cluster, ClusterError  # noqa: PLC0415  a second that few builds need pay

    if dask and scheduler:
        raise ClusterError("--dask 和 --scheduler 只能用一个；请去掉其中一个。")
    return Cluster(scheduler, dask, chunk)


def serve(
    data: Data = None, site: Site = None, renderer: Choice = "auto",
    port: Annotated[int, typer.Option("--port", help="端口")] = 8000,
) -> None:  # fmt: skip
    """在本机预览站点；数据、笔记本或模板一变就重做。"""
    from livereload import Server  # noqa: PLC0415  only this command needs it

    project, chosen, voice = find_project(data, site), choose_renderer(renderer), Voice()
    everything = read_asked(project, years="", units="", notebooks="", formats="", jobs=0)

    def rebuild() -> None:
        made = Build(project, everything, voice)
        try:
            with made.alone():
                made.run_notebooks()
                made.render_pages(chosen)
        except typer.Exit:
            voice.errors.print("没有更新，站点保持原样。")
        except COULD_NOT as error:
            voice.errors.print(f"{error}\n没有更新，站点保持原样。", markup=False)

    rebuild()
    server = Server()
    for watched in (project.data, project.notebooks, project.report, project.root / "index.qmd"):
        server.watch(str(watched), rebuild)
    voice.out.print(f"预览：http://127.0.0.1:{port}（Ctrl-C 结束）")
    server.serve(root=str(project.site), host="127.0.0.1", port=port)
