"""Running: each job in a process of its own, a pool at a time; each page is kept as soon as it is made, all are swapped in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from juesuan.building import Digests, Inputs, Item, Store, lay_out, run_pool
from juesuan.execute.cache import Catalogue
from juesuan.execute.one import OUTSIDE, Failure, failed_place, run_one
from juesuan.execute.plan import Job
from juesuan.execute.templates import check_parameters, import_for
from juesuan.paths import Project, names_below
from juesuan.swap import staging_folder, swap_in

Progress = Callable[[str, list[str], int, int], None]
"""Called with the job that ended ("" at the start), those that run now, how many are done and how many there are."""
Task = tuple[Job, Inputs]
Runner = Callable[[Project, Sequence[Task], int], Iterable[tuple[Job, Failure | None]]]
"""Runs jobs, so many at once, and keeps their pages in the store; yields each, with what went wrong, as it ends."""
CHUNK = 25
"""How many items a cluster is sent at once."""
KERNELS_LOG = "kernels.log"
_KIND = "pages/"


@dataclass(frozen=True)
class RunResult:
    """What a run did: jobs run and reused, and failures, which leave the old pages in place."""

    ran: tuple[str, ...]
    reused: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Standing:
    """How a job stands: what it is made from now, its page if that is kept, and whether it lies in `pages/`."""

    job: Job
    inputs: Inputs
    kept: Item | None
    in_place: bool

    @property
    def name(self) -> str:
        """What the page is called in the store."""
        return stored_as(self.job)


def stored_as(job: Job) -> str:
    """Return what a job's page is called in the store."""
    return f"{_KIND}{job.name}"


def standings(jobs: Sequence[Job], project: Project, digests: Digests | None = None) -> list[Standing]:
    """Return how each job stands; `digests` are those of this build."""
    catalogue = Catalogue(project, digests or kept_digests(project))
    store = page_store(project)
    found = []
    for job in jobs:
        inputs = catalogue.inputs(job)
        item = store.get(stored_as(job), inputs.key)
        found.append(Standing(job, inputs, item, item is not None and item.whole(project.pages)))
    return found


def page_store(project: Project) -> Store:
    """Return where finished items are kept."""
    return Store(project.build / "store")


def kept_digests(project: Project) -> Digests:
    """Return the digests that the last build took."""
    return Digests(project.build / "digests.json")


def run_jobs(
    jobs: Sequence[Job],
    project: Project,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    digests: Digests | None = None,
    whole: bool = True,
    runner: Runner | None = None,
) -> RunResult:
    """Run every job whose inputs changed, take over the rest, and put the whole of `pages/` in place.

    A failure stops nothing else; the pages are then left as they were, and what ran is kept for the next build. `whole`
    says that `jobs` are all there are: pages of others are then forgotten. `runner` is where jobs run, if not in
    processes of this machine. Raises `TemplateError` before anything runs.
    """
    digests = digests or kept_digests(project)
    _refuse_unfit_templates(jobs, project)
    found = standings(jobs, project, digests)
    return run_standing(found, project, workers=workers, progress=progress, digests=digests, whole=whole, runner=runner)


def run_standing(
    found: Sequence[Standing],
    project: Project,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    digests: Digests,
    whole: bool = True,
    runner: Runner | None = None,
) -> RunResult:
    """Do as `run_jobs` does, for jobs of which it is known how they stand."""
    stale = [one for one in found if one.kept is None]
    _refuse_unfit_templates([one.job for one in stale], project)
    project.build.mkdir(parents=True, exist_ok=True)
    failures = _run_stale(stale, project, workers, progress, runner or run_here)
    if not failures:
        _put_in_place(found, project, digests, whole=whole)
    digests.write()
    failed = {failure.job.name for failure in failures}
    ran = tuple(one.job.name for one in stale if one.job.name not in failed)
    return RunResult(ran, tuple(one.job.name for one in found if one.kept is not None), tuple(failures))


def _refuse_unfit_templates(jobs: Sequence[Job], project: Project) -> None:
    for notebook, names in {job.notebook: tuple(job.parameters) for job in jobs}.items():
        check_parameters(project.notebooks / f"{notebook}.ipynb", set(names))


def stale_jobs(jobs: Sequence[Job], project: Project, digests: Digests | None = None) -> list[Job]:
    """Return the jobs whose page is not whole in `pages/`, or was made from other inputs than those of now."""
    return [one.job for one in standings(jobs, project, digests) if not one.in_place]


def reasons(found: Sequence[Standing], project: Project) -> dict[str, list[str]]:
    """Return why each job that has to run does: what of its inputs changed; nothing in the list for a page never made."""
    store = page_store(project)
    return {one.job.name: store.why(one.name, one.inputs) for one in found if one.kept is None}


def _run_stale(
    stale: Sequence[Standing], project: Project, workers: int | None, progress: Progress | None, runner: Runner
) -> list[Failure]:
    """Run what must run, and keep each page as it is done; return what failed."""
    if not stale:
        return []
    at_once = workers or os.cpu_count() or 1
    stale = sorted(
        stale, key=lambda one: -len(one.job.reads)
    )  # the longest first, or a process waits for them at the end
    left, failures = [one.job.name for one in stale], list[Failure]()

    def report(ended: str) -> None:
        if progress:
            progress(ended, left[:at_once], len(stale) - len(left), len(stale))

    report("")
    tasks = [(one.job, one.inputs.alone()) for one in stale]
    for job, failure in runner(project, tasks, at_once):
        left.remove(job.name)
        if failure is not None:
            failures.append(failure)
        report(job.name)
    return failures


def run_here(project: Project, tasks: Sequence[Task], at_once: int) -> Iterator[tuple[Job, Failure | None]]:
    """Run jobs in processes of this machine, forked from this one once it has imported what the notebooks import."""
    import_for({project.notebooks / f"{job.notebook}.ipynb" for job, _ in tasks})
    for (job, _), outcome in run_pool(partial(_outcome, project), tasks, at_once, project.build / KERNELS_LOG):
        yield job, killed(job, project) if outcome is None else outcome.failure


@dataclass(frozen=True)
class _Outcome:
    failure: Failure | None


def _outcome(project: Project, task: Task) -> _Outcome:
    return _Outcome(run_and_keep(project, task))


def run_and_keep(project: Project, task: Task) -> Failure | None:
    """Run one job and keep its page under its key; a killed build then has lost only what was running."""
    job, inputs = task
    store = page_store(project)
    with store.making() as folder:
        failure = run_one(job, project, folder)
        if failure is None:
            store.put(stored_as(job), inputs, folder)
    return failure


def killed(job: Job, project: Project, how: str = "") -> Failure:
    """Return the failure of a job whose process was killed."""
    return Failure(job, OUTSIDE, f"运行笔记本的进程被中止{how}", failed_place(job, project))


def _put_in_place(found: Sequence[Standing], project: Project, digests: Digests, *, whole: bool) -> None:
    """Lay out every page aside and swap the folder in, unless what lies there is just that."""
    store = page_store(project)
    items = {one.name: one.kept or store.get(one.name, one.inputs.key) for one in found}
    if lost := [name for name, item in items.items() if item is None]:
        raise FileNotFoundError(
            f"{store.root}：{'、'.join(lost)} 运行后不见了；请不要在生成时改动 build/，再运行一次。"
        )
    kept = [item for item in items.values() if item is not None]
    names = {name for item in kept for name in item.files}
    if not all(one.in_place for one in found) or names != set(names_below(project.pages)):
        staging = staging_folder(project.build, "pages-")
        try:
            lay_out(kept, staging)
            swap_in(staging, project.pages)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        digests.forget(project.pages)
    store.prune(_KIND, {one.name: one.inputs.key for one in found}, others=not whole)
