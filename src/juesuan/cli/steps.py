"""The steps that commands are made of: check, run, render."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace

import typer
from rich.markup import escape
from rich.progress import Progress

from juesuan.cli.coverage import show_results, summary
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.cli.words import show_checked
from juesuan.execute import Keys, Parts, RunResult, plan_jobs, run_jobs, site_key
from juesuan.load import Checked, check_data
from juesuan.paths import Project
from juesuan.render import Renderer, expected_files, lay_out_fonts, publish_accounts
from juesuan.swap import staging_folder, swap_in
from juesuan.verify import verify_site


def read_checked(project: Project) -> Checked:
    """Return everything in the project's data, checked; exits with 2 where there is no such folder."""
    if not project.data.is_dir():
        Voice().errors.print(f"{project.data}：没有这个数据文件夹；请用 --data 指明。", markup=False)
        raise typer.Exit(COULD_NOT_RUN)
    return check_data(project.data)


def usable_accounts(project: Project, voice: Voice) -> Checked:
    """Return the checked accounts; shows the faults and exits with 1 where one of them stops a build."""
    checked = read_checked(project)
    if not checked.usable:
        show_checked(checked, voice)
        raise typer.Exit(FAULTY)
    return checked


def run_notebooks(project: Project, voice: Voice, parts: Parts | None = None) -> RunResult:
    """Run what must run into `pages/`; exits with 1 where accounts are faulty or a notebook failed."""
    checked = usable_accounts(project, voice)
    with voice.bar("运行笔记本") as progress:
        result = run_jobs(plan_jobs(checked, project, parts), project, progress=_reporter(progress, voice))
    for failure in result.failures:
        voice.errors.print(f"[bold red]没有运行成[/] {escape(str(failure))}")
    if result.failures:
        raise typer.Exit(FAULTY)
    voice.out.print(f"笔记本：运行 {len(result.ran)} 个，沿用 {len(result.reused)} 个。")
    return result


def _reporter(progress: Progress | None, voice: Voice) -> Callable[[str, list[str], int, int], None]:
    task = progress.add_task("", total=None) if progress else None

    def report(ended: str, running: list[str], done: int, total: int) -> None:
        if ended:
            voice.detail(f"{done}/{total} {ended}")
        if progress and task is not None:
            progress.update(task, description="、".join(running), completed=done, total=total)

    return report


def render_pages(project: Project, chosen: Renderer, voice: Voice) -> None:
    """Make the site aside and put it in place whole; what is there stays where nothing changed or something fails."""
    key, kept = site_key(project, chosen.name), project.build / "site.json"
    where = str(project.site)
    _refuse_to_lose(project)
    if Keys.read(kept).by_name.get(where) == key and _is_whole(project):
        voice.out.print("页面没有变化，站点沿用原样。")
        return
    voice.out.print(chosen.why)
    lay_out_fonts(project.build / "fonts")
    staging = staging_folder(project.site.parent, ".site-")  # beside it: a swap must not cross file systems
    try:
        with voice.bar("渲染") as progress:
            task = progress.add_task("", total=None) if progress else None

            def report(name: str) -> None:
                voice.detail(name)
                if progress and task is not None:
                    progress.update(task, description=name, advance=1)

            files = chosen.render(project.root, staging, report_progress=report)
        if project.data != project.root / "data":
            publish_accounts(project.data, staging)
        _refuse_unaccounted(replace(project, site=staging), voice)
        swap_in(staging, project.site)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    Keys({**Keys.read(kept).by_name, where: key}).write(kept)
    voice.out.print(f"渲染 {len(files)} 个文件。")


def _is_whole(project: Project) -> bool:
    return all((project.site / file).is_file() for file in expected_files(project.root))


def _refuse_unaccounted(staged: Project, voice: Voice) -> None:
    """Exit with 1 where a number of the made site has no source, or a figure that was to be printed is not there."""
    with voice.bar("核对成品数字"):
        results = verify_site(staged)
    if all(one.good for one in results):
        voice.out.print(summary(results))
        return
    show_results(results, staged, voice)
    voice.errors.print("成品数字核对没有通过，站点保持原样。")
    raise typer.Exit(FAULTY)


def _refuse_to_lose(project: Project) -> None:
    """Exit with 2 where the site would take the place of the project, or of a folder that is no site."""
    site, root = project.site, project.root
    kept = [root, project.data, *(root / part for part in ("notebooks", "report", "src", "tests", "pages", "build"))]
    if any(one.is_relative_to(site) or (one != root and site.is_relative_to(one)) for one in kept):
        found = "这里是项目自己的文件夹"
    elif site.exists() and not site.is_dir():
        found = "这里是一个文件"
    elif site.is_dir() and any(site.iterdir()) and not (site / "index.html").is_file():
        found = "这个文件夹不空，也不是站点（没有 index.html）"
    else:
        return
    Voice().errors.print(f"{site}：{found}；生成站点会替换整个文件夹；请用 --site 另指一处。", markup=False)
    raise typer.Exit(COULD_NOT_RUN)
