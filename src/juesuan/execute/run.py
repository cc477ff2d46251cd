"""Running: each job by papermill in a kernel of its own, a pool at a time; all pages are made aside and swapped in."""

from __future__ import annotations

import ast
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat

from juesuan.execute.cache import Keys, job_key
from juesuan.execute.page import facts_stem, write_page
from juesuan.execute.plan import Job
from juesuan.paths import Project

Progress = Callable[[str, list[str], int, int], None]
"""Called with the job that ended ("" at the start), those that run now, how many are done and how many there are."""
_CELL_TIMEOUT = 600
_KEYS = "pages.json"


class TemplateError(ValueError):
    """A notebook template does not have the parameters that it is to be run with."""


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
    stale = stale_jobs(jobs, project)
    if not stale and set(Keys.read(project.build / _KEYS).by_name) == set(wanted):
        return RunResult((), tuple(wanted), ())
    project.build.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="pages-", dir=project.build))
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
    """Return the jobs whose page is not there, or was made from other inputs than those of now."""
    made = Keys.read(project.build / _KEYS).by_name

    def is_current(job: Job) -> bool:
        return (project.pages / job.page).is_file() and made.get(job.name) == job_key(job, project)

    return [job for job in jobs if not is_current(job)]


def swap_in(staged: Path, place: Path) -> None:
    """Put the folder `staged` at `place` whole; what was there goes once the new one stands."""
    old = staged.with_name(staged.name + "-old")
    if place.exists():
        place.replace(old)
    try:
        staged.replace(place)
    except OSError:
        if old.exists():
            old.replace(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def check_parameters(template: Path, given: set[str]) -> None:
    """Raise `TemplateError` where `template` has no cell tagged parameters, or none of a name that it is given.

    Papermill would only warn and run the default year.
    """
    if not template.is_file():
        raise TemplateError(f"notebooks/{template.name}：没有这个笔记本。")
    cells = nbformat.read(template, as_version=4).cells  # type: ignore[no-untyped-call]
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise TemplateError(f"notebooks/{template.name}：有 {len(tagged)} 个标为 parameters 的单元格；应恰有一个。")
    body = ast.parse(tagged[0].source).body
    declared = {
        target.id
        for line in body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    if unknown := sorted(given - declared):
        there_are = "、".join(sorted(declared))
        raise TemplateError(f"notebooks/{template.name}：没有参数 {'、'.join(unknown)}；现有 {there_are}；请改正其一。")


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
    _load_what_they_import({project.notebooks / f"{job.notebook}.ipynb" for job in jobs})

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
                if failure := future.result():
                    failures.append(failure)
                report(job.name)
    return failures


def _load_what_they_import(templates: Iterable[Path]) -> None:
    """Import what the templates import, before the pool is forked: none of the runs then pays for it again."""
    import_module("papermill")
    for template in templates:
        for name in sorted(_imports(template)):
            with suppress(ImportError):  # the notebook itself says what it lacks, at its cell
                import_module(name)


def _imports(template: Path) -> set[str]:
    cells = nbformat.read(template, as_version=4).cells  # type: ignore[no-untyped-call]
    names: set[str] = set()
    for cell in (cell for cell in cells if cell.cell_type == "code"):
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _keep_kernels_quiet(log: Path) -> None:
    """Send what kernels say while starting to `log`: on the terminal it would break the progress bar."""
    with log.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)


def run_job(job: Job, project: Project, staging: Path) -> Failure | None:
    """Run one job by papermill and write its page below `staging`; return what went wrong, if anything did."""
    import papermill  # noqa: PLC0415  half a second that a build with nothing to run need not pay

    os.environ["JUESUAN_ROOT"] = str(project.root)
    given = replace(job, parameters={**job.parameters, "built_on": today()}) if job.notebook == "front" else job
    output = staging / f".{job.notebook}-{os.getpid()}.ipynb"
    try:
        ran = papermill.execute_notebook(
            project.notebooks / f"{job.notebook}.ipynb", output, parameters=given.parameters, cwd=str(project.notebooks),
            engine_name="forked", progress_bar=False, log_output=False, execution_timeout=_CELL_TIMEOUT,
        )  # fmt: skip
        write_page(ran, job, staging)
    except papermill.PapermillExecutionError as error:
        return _keep(job, error.source, f"{error.ename}：{error.evalue}", output, project)
    except Exception as error:
        return _keep(job, "（写页时）", f"{type(error).__name__}：{error}", output, project)
    finally:
        output.unlink(missing_ok=True)
    return None


def _keep(job: Job, cell: Any, cause: str, output: Path, project: Project) -> Failure:
    kept = project.build / "failed" / job.page.with_suffix(".ipynb")
    kept.parent.mkdir(parents=True, exist_ok=True)
    if output.exists():
        shutil.copyfile(output, kept)
    return Failure(job, str(cell).strip(), cause, kept)


def _take_over(job: Job, pages: Path, staging: Path) -> None:
    """Copy a page that need not run again, with what lies beside it under its name."""
    source, target = (pages / job.page).parent, (staging / job.page).parent
    stem = job.page.stem.lstrip("_")
    beside = [job.page.name, *(f"{facts_stem(job)}.{end}" for end in ("json", "js", "parquet"))]
    (target / "charts").mkdir(parents=True, exist_ok=True)
    for path in [*(source / name for name in beside), *source.glob(f"charts/{stem}-*")]:
        if path.is_file():
            shutil.copyfile(path, target / path.relative_to(source))
