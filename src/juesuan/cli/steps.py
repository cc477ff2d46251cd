"""The steps that commands are made of: check, run, render."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import typer
from rich.markup import escape
from rich.progress import Progress

from juesuan import drawer
from juesuan.building import BusyError, Digests, can_fork, only_builder
from juesuan.cli.asked import Asked
from juesuan.cli.site import Site, make_site
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.cli.words import show_checked
from juesuan.execute import (
    Job,
    KeptPlan,
    Runner,
    RunResult,
    code_key,
    kept_digests,
    page_store,
    plan_jobs,
    reasons,
    run_standing,
    stale_jobs,
    standings,
)
from juesuan.paths import Project
from juesuan.render import Renderer
from juesuan.swap import clear_away

if TYPE_CHECKING:
    from juesuan.load import Checked, KeptOffices

_LOCK = "building.lock"
_FEW = 20  # notebooks: to fill the caches for so few takes longer than it saves
_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
INTERRUPTED = 130


@dataclass
class Build:
    """One build of a project: what is asked for, how it speaks, what it learnt of files."""

    project: Project
    asked: Asked
    voice: Voice
    explain: bool = False
    runner: Runner | None = None
    digests: Digests = field(init=False)

    def __post_init__(self) -> None:
        self.digests = kept_digests(self.project)

    @contextmanager
    def alone(self, *, wait: bool = True) -> Iterator[None]:
        """Be the only builder of the project in the block; say what to do where the disk or Ctrl-C ends it."""
        build, errors = self.project.build, self.voice.errors
        try:
            with only_builder(build / _LOCK, wait=wait, waiting=lambda said: errors.print(said, markup=False)):
                self.digests = kept_digests(self.project)  # the builder that went before has written them anew
                _clear_away(self.project)
                yield
        except BusyError as error:
            errors.print(str(error), markup=False)
            raise typer.Exit(COULD_NOT_RUN) from None
        except KeyboardInterrupt:
            page_store(self.project).clean()
            errors.print("已停止，站点和 pages/ 保持原样；做完的已存入 build/，再运行同一命令就接着做。")
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            if (said := _of_the_disk(error, self.project)) is None:
                raise
            errors.print(said, markup=False)
            raise typer.Exit(COULD_NOT_RUN) from None

    def jobs(self) -> list[Job]:
        """Return what is to run; exits with 1 where accounts are faulty. Data that were planned before are not read."""
        plan, known = self._plan
        if known is not None:
            return known
        jobs = plan_jobs(self.checked(), self.project, self.asked.parts, self.asked.scope)
        plan.write(jobs)
        return jobs

    @cached_property
    def _plan(self) -> tuple[KeptPlan, list[Job] | None]:
        """The plan of just these data as an earlier build kept it, and its jobs; None where some accounts changed."""
        plan = KeptPlan(self.project, self.digests, f"{self.asked.parts} {self.asked.scope}")
        return plan, plan.read()

    def checked(self) -> Checked:
        """Return the checked accounts, of which the notebooks are forked; exits with 1 where they are faulty."""
        from juesuan.load import KeptOffices  # noqa: PLC0415  half a second that a build in which nothing changed need not pay

        folder = self.project.build / "accounts"
        kept = KeptOffices(folder, self.project.data, self.digests, self.asked.jobs)
        return usable_accounts(self.project, self.voice, kept)

    def run_notebooks(self) -> RunResult:
        """Run what must run into `pages/`; exits with 1 where accounts are faulty or a notebook failed."""
        _, known = self._plan
        with self._drawers(self.asked.jobs if known is None else 0):  # some accounts changed: something will run
            jobs = self.jobs()
            if self.explain:
                self._explain_pages(jobs)
            found = standings(jobs, self.project, self.digests)
            stale = sum(one.kept is None for one in found)
            with self._warmed(stale), self.voice.bar("运行笔记本") as progress:
                result = run_standing(
                    found, self.project, workers=self.asked.jobs, progress=_reporter(progress, self.voice),
                    digests=self.digests, whole=self.asked.whole, runner=self.runner,
                )  # fmt: skip
        self._refuse_failures(result)
        self.voice.out.print(f"笔记本：运行 {len(result.ran)} 个，沿用 {len(result.reused)} 个。")
        return result

    def _drawers(self, count: int) -> AbstractContextManager[None]:
        """Have drawers start for so many processes, if notebooks run in some of this machine."""
        return drawer.ahead(count if self.runner is None and can_fork() else 0)

    @contextmanager
    def _warmed(self, stale: int) -> Iterator[None]:
        """Have ready what so many notebooks will ask for: the accounts, what draws, what an earlier build made for them."""
        if not stale:
            yield
            return
        with self._drawers(min(stale, self.asked.jobs)):
            checked = self.checked()
            from juesuan.present.kept import recall, remember  # noqa: PLC0415  a build with nothing to run need not pay
            from juesuan.present.warm import warm_up  # noqa: PLC0415

            kept, key = self.project.build / "warm.pickle", code_key(self.digests)
            recall(kept, key)
            if stale > _FEW:
                warm_up(checked.accounts)
                remember(kept, key)
            yield

    def refuse_stale_pages(self) -> None:
        """Exit with 2 where `pages/` is not what it would be made of now."""
        if stale := stale_jobs(self.jobs(), self.project, self.digests):
            names = "、".join(job.name for job in stale)
            self.voice.errors.print(f"pages/ 中 {names} 还没有运行，或运行后账目、笔记本有改动；请先运行 juesuan run。")
            raise typer.Exit(COULD_NOT_RUN)

    def render_pages(self, chosen: Renderer) -> None:
        """Make the site aside and put it in place whole; what is there stays where nothing changed or something fails."""
        site = Site(self.project, chosen, self.asked.scope, self.asked.jobs, self.digests, whole=self.asked.whole)
        make_site(site, self.voice, explain=self.explain)
        self.digests.write()

    def show_plan(self) -> None:
        """Say what would run and why, and run nothing."""
        self._explain_pages(self.jobs())

    def _explain_pages(self, jobs: Sequence[Job]) -> None:
        found = standings(jobs, self.project, self.digests)
        why = reasons(found, self.project)
        for name, parts in why.items():
            self.voice.out.print(f"运行 {name}：{said_why(parts)}", markup=False)
        self.voice.out.print(f"要运行 {len(why)} 个，沿用 {len(found) - len(why)} 个。")

    def _refuse_failures(self, result: RunResult) -> None:
        for failure in result.failures:
            self.voice.errors.print(f"[bold red]没有运行成[/] {escape(str(failure))}")
        if result.failures:
            self.voice.errors.print(
                f"失败 {len(result.failures)} 个，运行成 {len(result.ran)} 个（已存入 build/，改正后不必再运行）；"
                "pages/ 和站点保持原样。"
            )
            raise typer.Exit(FAULTY)


def said_why(parts: Sequence[str], most: int = 6) -> str:
    """Return in a line why an item has to be made."""
    if not parts:
        return "没有做过"
    return "；".join(parts[:most]) + (f" 等 {len(parts)} 处" if len(parts) > most else "")


def read_checked(project: Project, kept: KeptOffices | None = None) -> Checked:
    """Return everything in the project's data, checked; exits with 2 where there is no such folder."""
    if not project.data.is_dir():
        Voice().errors.print(f"{project.data}：没有这个数据文件夹；请用 --data 指明。", markup=False)
        raise typer.Exit(COULD_NOT_RUN)
    from juesuan.load import check_data  # noqa: PLC0415  as above

    return check_data(project.data, kept)


def usable_accounts(project: Project, voice: Voice, kept: KeptOffices | None = None) -> Checked:
    """Return the checked accounts; shows the faults and exits with 1 where one of them stops a build."""
    checked = read_checked(project, kept)
    if not checked.usable:
        show_checked(checked, voice)
        raise typer.Exit(FAULTY)
    return checked


def _reporter(progress: Progress | None, voice: Voice) -> Callable[[str, list[str], int, int], None]:
    task = progress.add_task("", total=None) if progress else None

    def report(ended: str, running: list[str], done: int, total: int) -> None:
        if ended:
            voice.detail(f"{done}/{total} {ended}")
        if progress and task is not None:
            progress.update(task, description="、".join(running), completed=done, total=total)

    return report


def _clear_away(project: Project) -> None:
    """Take away what a killed build left aside; the lock says that none is at work."""
    page_store(project).clean()
    clear_away(project.build, "pages-", project.pages)
    clear_away(project.site.parent, ".site-", project.site)


def _of_the_disk(error: OSError, project: Project) -> str | None:
    """Return what to do where a disk is full or may not be written to; None for another fault."""
    where = error.filename2 or error.filename or project.build  # of a copy, where it was to go
    if error.errno in _FULL:
        return f"{where}：磁盘已满；站点和 pages/ 保持原样。请腾出空间（build/store 可以整个删去），再运行同一命令，就接着做。"
    if error.errno in _READ_ONLY:
        return f"{where}：不能写入（只读，或没有权限）；站点和 pages/ 保持原样。请改权限，或用 --site 另指一处。"
    return None
