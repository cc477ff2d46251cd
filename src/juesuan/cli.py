"""The command `juesuan`. Exit status: 0 good, 1 faults found, 2 could not run."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from juesuan.describe import write_descriptions
from juesuan.execute import Keys, RunResult, TemplateError, plan_jobs, run_jobs, site_key, swap_in
from juesuan.faults import Fault, FaultsError
from juesuan.load import Checked, check_data
from juesuan.paths import Project, ProjectNotFoundError, find_project
from juesuan.render import (
    ProjectError,
    Renderer,
    RenderError,
    RendererUnavailableError,
    choose_renderer,
    engines,
    lay_out_fonts,
)

FAULTY, COULD_NOT_RUN = 1, 2
app = typer.Typer(no_args_is_help=True, add_completion=False, help="部门决算：从一年的账到公开的报告和可比较的站点。")
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹；默认为项目的 data/", show_default=False)]
Site = Annotated[Path | None, typer.Option("--site", help="站点写到哪里；默认为项目的 _site/", show_default=False)]
Choice = Annotated[str, typer.Option("--renderer", help="auto、quarto 或 embedded")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="只说差错")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="逐项说明")]


@dataclass(frozen=True)
class Voice:
    """How much a command says, and where."""

    quiet: bool = False
    verbose: bool = False

    @property
    def out(self) -> Console:
        """Where results go."""
        return Console(quiet=self.quiet, highlight=False, soft_wrap=not sys.stdout.isatty())

    @property
    def errors(self) -> Console:
        """Where faults go, quiet or not."""
        return Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

    def detail(self, words: str) -> None:
        """Say what only -v wants to hear."""
        if self.verbose:
            self.out.print(words)

    @contextmanager
    def bar(self, what: str) -> Iterator[Progress | None]:
        """Show a progress bar on a terminal; nothing elsewhere."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        columns = (
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self.errors, transient=True) as progress:
            yield progress


@app.command()
def check(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """检查 data/ 中的账，把差错列成一张表。"""
    voice = Voice(quiet, verbose)
    checked = _checked(find_project(data))
    if as_json:
        print(json.dumps(_as_record(checked), ensure_ascii=False, indent=1))
    else:
        _show(checked, voice)
    raise typer.Exit(0 if checked.usable else FAULTY)


@app.command()
def run(data: Data = None, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """用 papermill 运行各单位各年度的笔记本，写入 pages/。"""
    voice = Voice(quiet, verbose)
    _run(find_project(data), voice)


@app.command()
def render(
    data: Data = None, site: Site = None, renderer: Choice = "auto", quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """把 pages/ 渲染成站点。"""
    voice = Voice(quiet, verbose)
    _render(find_project(data, site), choose_renderer(renderer), voice)


@app.command()
def build(
    data: Data = None, site: Site = None, renderer: Choice = "auto", quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """检查、运行、渲染，一步做完。"""
    voice, project = Voice(quiet, verbose), find_project(data, site)
    chosen = choose_renderer(renderer)
    _run(project, voice)
    _render(project, chosen, voice)
    voice.out.print(f"站点已生成，请打开 {project.site / 'index.html'}")


@app.command()
def serve(
    data: Data = None,
    site: Site = None,
    renderer: Choice = "auto",
    port: Annotated[int, typer.Option("--port", help="端口")] = 8000,
) -> None:
    """在本机预览站点；数据、笔记本或模板一变就重做。"""
    from livereload import Server  # noqa: PLC0415  only this command needs it

    project, chosen, voice = find_project(data, site), choose_renderer(renderer), Voice()

    def rebuild() -> None:
        try:
            _run(project, voice)
            _render(project, chosen, voice)
        except typer.Exit:
            voice.errors.print("没有更新，站点保持原样。")

    rebuild()
    server = Server()
    for watched in (project.data, project.notebooks, project.report, project.root / "index.qmd"):
        server.watch(str(watched), rebuild)
    voice.out.print(f"预览：http://127.0.0.1:{port}（Ctrl-C 结束）")
    server.serve(root=str(project.site), host="127.0.0.1", port=port)


@app.command()
def doctor() -> None:
    """列出渲染所需的软件：找到了什么，缺什么，怎样取得。"""
    table = Table("软件", "找到", "说明")
    found = engines()
    for engine in found:
        lacking = "缺少" if engine.needed else "没有（可以不装）"
        table.add_row(engine.name, engine.found or lacking, "" if engine.found else engine.remedy)
    Voice().out.print(table)
    raise typer.Exit(COULD_NOT_RUN if any(one.needed and not one.found for one in found) else 0)


@app.command()
def schema(data: Data = None) -> None:
    """由数据定义重写 data/README.md（数据字典）和 data/datapackage.json。"""
    for path in write_descriptions(find_project(data).data):
        Voice().out.print(f"已写 {path}")


def _checked(project: Project) -> Checked:
    if not project.data.is_dir():
        Voice().errors.print(f"{project.data}：没有这个数据文件夹；请用 --data 指明。")
        raise typer.Exit(COULD_NOT_RUN)
    return check_data(project.data)


def _run(project: Project, voice: Voice) -> RunResult:
    checked = _checked(project)
    if not checked.usable:
        _show(checked, voice)
        raise typer.Exit(FAULTY)
    with voice.bar("运行笔记本") as progress:
        result = run_jobs(plan_jobs(checked, project), project, progress=_reporter(progress, voice))
    for failure in result.failures:
        voice.errors.print(f"[bold red]没有运行成[/] {failure}", markup=True)
    if result.failures:
        raise typer.Exit(FAULTY)
    voice.out.print(f"笔记本：运行 {len(result.ran)} 个，沿用 {len(result.reused)} 个。")
    return result


def _reporter(progress: Progress | None, voice: Voice):  # type: ignore[no-untyped-def]
    task = progress.add_task("", total=None) if progress else None

    def report(name: str, done: int, total: int) -> None:
        voice.detail(f"{done}/{total} {name}")
        if progress and task is not None:
            progress.update(task, description=name, completed=done, total=total)

    return report


def _render(project: Project, chosen: Renderer, voice: Voice) -> None:
    key, kept = site_key(project, chosen.name), project.build / "site.json"
    where = str(project.site)
    if Keys.read(kept).by_name.get(where) == key and (project.site / "index.html").is_file():
        voice.out.print("页面没有变化，站点沿用原样。")
        return
    voice.out.print(chosen.why)
    lay_out_fonts(project.build / "fonts")
    staging = Path(tempfile.mkdtemp(prefix=".site-", dir=_nearest(project.site)))
    try:
        with voice.bar("渲染") as progress:
            task = progress.add_task("", total=None) if progress else None

            def report(name: str) -> None:
                voice.detail(name)
                if progress and task is not None:
                    progress.update(task, description=name, advance=1)

            files = chosen.render(project.root, staging, report_progress=report)
        staging.chmod(0o755)
        swap_in(staging, project.site)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    Keys({**Keys.read(kept).by_name, where: key}).write(kept)
    voice.out.print(f"渲染 {len(files)} 个文件。")


def _nearest(site: Path) -> Path:
    """Return the folder beside the site: a swap must not cross file systems."""
    site.parent.mkdir(parents=True, exist_ok=True)
    return site.parent


def _show(checked: Checked, voice: Voice) -> None:
    if checked.faults:
        table = Table("级别", "文件", "行", "列", "发现", "应为", "怎么办", title="数据差错", show_lines=True)
        for fault in checked.faults:
            level = "[red]错误[/]" if fault.severity == "error" else "[yellow]提醒[/]"
            table.add_row(level, *_fault_cells(fault))
        voice.errors.print(table)
    findings = [finding for accounts in checked.accounts.values() for finding in accounts.findings]
    counts = {
        name: sum(one.outcome == name for one in findings)
        for name in ("passed", "rounding", "failed", "not_applicable")
    }
    errors = sum(fault.severity == "error" for fault in checked.faults)
    voice.out.print(
        f"{len(checked.accounts)} 个单位年度；核对 {counts['passed']} 项相符，{counts['rounding']} 项属四舍五入，"
        f"{counts['failed']} 项不符，{counts['not_applicable']} 项因未公开无从核对；差错 {errors} 处，提醒 {len(checked.faults) - errors} 处。"
    )


def _fault_cells(fault: Fault) -> tuple[str, ...]:
    return fault.file, str(fault.row or ""), fault.column, fault.found, fault.expected, fault.remedy


def _as_record(checked: Checked) -> dict[str, object]:
    findings = [
        {"unit_id": unit_id, "year": year, "rule_id": one.rule.id, "outcome": one.outcome, "group": one.group,
         "words": one.rule.words, "working": one.working}
        for (unit_id, year), accounts in checked.accounts.items()
        for one in accounts.findings
    ]  # fmt: skip
    return {"usable": checked.usable, "faults": [fault.to_record() for fault in checked.faults], "findings": findings}


def main() -> None:
    """Run the command; what could not run says why and exits with 2."""
    try:
        app()
    except FaultsError as error:
        Voice().errors.print(str(error), markup=False)
        sys.exit(FAULTY)
    except (
        ProjectNotFoundError,
        ProjectError,
        TemplateError,
        RenderError,
        RendererUnavailableError,
        OSError,
        ValueError,
    ) as error:
        Voice().errors.print(str(error), markup=False)
        sys.exit(COULD_NOT_RUN)
