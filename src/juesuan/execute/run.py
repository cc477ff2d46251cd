"""Running: each job by papermill in a process of its own, a pool at a time; pages are made aside and swapped in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from juesuan.execute.cache import Keys, job_key
from juesuan.execute.page import parts_of, write_page
from juesuan.execute.plan import Job
from juesuan.execute.templates import check_parameters, import_for
from juesuan.paths import Project
from juesuan.swap import staging_folder, swap_in

Progress = Callable[[str, list[str], int, int], None]
"""Called with the job that ended ("" at the start), those that run now, how many are done and how many there are."""
_CELL_TIMEOUT = 600
_KEYS = "pages.json"
_OUTSIDE = "（单元格之外）"


@dataclass(frozen=True)
class Failure:
    """A job that failed: the cell's source, what went wrong, where the notebook is kept with its mark."""

    job: Job
    cell: str
    cause: str
    kept: Path

    def __str__(self) -> str:
        return f"{self.job.name}：{self.cause}\n  出错的单元格：{self.cell}\n  现场保留在 {self.kept}"


@dataclass(frozen=True)
class RunResult:
    """What a run did: jobs run and reused, and failures, which leave the old pages in place."""

    ran: tuple[str, ...]
    reused: tuple[str, ...]
    failures: tuple[Failure, ...]


def run_jobs(
    jobs: Sequence[Job], project: Project, *, workers: int | None = None, progress: Progress | None = None
) -> RunResult:
    """Run every job whose inputs changed, take over the rest, and put the whole of `pages/` in place.

    A failure stops nothing else; the pages are then left as they were. Raises `TemplateError` before anything runs.
    """
    for job in jobs:
        check_parameters(project.notebooks / f"{job.notebook}.ipynb", set(job.parameters))
    wanted = {job.name: job_key(job, project) for job in jobs}
    stale = [job for job in jobs if not _is_current(job, wanted[job.name], project)]
    if not stale and set(Keys.read(project.build / _KEYS).by_name) == set(wanted):
        return RunResult((), tuple(wanted), ())
    project.build.mkdir(parents=True, exist_ok=True)
    staging = staging_folder(project.build, "pages-")
    try:
        for job in jobs:
            if job not in stale:
                _take_over(job, project.pages, staging)
        failures = _run_pool(stale, project, staging, workers, progress)
        if not failures:
            Keys(wanted).write(project.build / f"{_KEYS}.new")
            swap_in(staging, project.pages)
            (project.build / f"{_KEYS}.new").replace(project.build / _KEYS)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    failed = {failure.job.name for failure in failures}
    ran = tuple(job.name for job in stale if job.name not in failed)
    return RunResult(ran, tuple(job.name for job in jobs if job not in stale), tuple(failures))


def stale_jobs(jobs: Sequence[Job], project: Project) -> list[Job]:
    """Return the jobs whose page is not whole, or was made from other inputs than those of now."""
    return [job for job in jobs if not _is_current(job, job_key(job, project), project)]


def _is_current(job: Job, key: str, project: Project) -> bool:
    made = Keys.read(project.build / _KEYS).by_name.get(job.name)
    return made == key and all((project.pages / part).is_file() for part in parts_of(job))


def today() -> str:
    """Return the day a build says it was made: SOURCE_DATE_EPOCH's where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _run_pool(
    jobs: Sequence[Job], project: Project, staging: Path, workers: int | None, progress: Progress | None
) -> list[Failure]:
    failures: list[Failure] = []
    done = 0
    log = project.build / "kernels.log"
    at_once = workers or os.cpu_count() or 1
    import_for({project.notebooks / f"{job.notebook}.ipynb" for job in jobs})

    def report(ended: str) -> None:
        if progress:
            progress(ended, [job.name for job in waiting.values()][:at_once], done, len(jobs))

    with ProcessPoolExecutor(at_once, initializer=_keep_kernels_quiet, initargs=(log,)) as pool:
        waiting: dict[Future[Failure | None], Job] = {pool.submit(run_job, job, project, staging): job for job in jobs}
        report("")
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                job = waiting.pop(future)
                done += 1
                if failure := _outcome(future, job, project):
                    failures.append(failure)
                report(job.name)
    return failures


def _keep_kernels_quiet(log: Path) -> None:
    """Send what kernels say while starting to `log`: on the terminal it would break the progress bar."""
    with log.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)


def run_job(job: Job, project: Project, staging: Path) -> Failure | None:
    """Run one job by papermill and write its page below `staging`; return what went wrong, if anything did."""
    import papermill  # noqa: PLC0415  half a second that a build with nothing to run need not pay

    os.environ["JUESUAN_ROOT"] = str(project.root)
    dated = "built_on" in job.parameters
    given = replace(job, parameters={**job.parameters, "built_on": today()}) if dated else job
    output = staging / f".{job.notebook}-{os.getpid()}.ipynb"
    try:
        ran = papermill.execute_notebook(
            project.notebooks / f"{job.notebook}.ipynb", output, parameters=given.parameters, cwd=str(project.notebooks),
            engine_name="forked", progress_bar=False, log_output=False, execution_timeout=_CELL_TIMEOUT,
        )  # fmt: skip
        write_page(ran, job, staging)
        _failed_place(job, project).unlink(missing_ok=True)
    except papermill.PapermillExecutionError as error:
        return _keep(job, error.source, f"{error.ename}：{error.evalue}", output, project)
    except Exception as error:
        return _keep(job, _OUTSIDE, f"{type(error).__name__}：{error}", output, project)
    finally:
        output.unlink(missing_ok=True)
    return None


def _outcome(future: Future[Failure | None], job: Job, project: Project) -> Failure | None:
    """Return what a run came to; a process that was killed is a failure of its job like any other."""
    try:
        return future.result()
    except BrokenProcessPool:
        return _keep(job, _OUTSIDE, "运行笔记本的进程被中止", Path(), project)


def _keep(job: Job, cell: Any, cause: str, output: Path, project: Project) -> Failure:
    kept = _failed_place(job, project)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if output.is_file():
        shutil.copyfile(output, kept)
    return Failure(job, str(cell).strip(), cause, kept)


def _failed_place(job: Job, project: Project) -> Path:
    return project.build / "failed" / job.page.with_suffix(".ipynb")


def _take_over(job: Job, pages: Path, staging: Path) -> None:
    """Copy a page that need not run again, with what lies beside it under its name."""
    source, target = (pages / job.page).parent, (staging / job.page).parent
    (target / "charts").mkdir(parents=True, exist_ok=True)
    charts = [path.relative_to(pages) for path in source.glob(f"charts/{job.page.stem.lstrip('_')}-*")]
    for part in [*parts_of(job), *charts]:
        (staging / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pages / part, staging / part)
