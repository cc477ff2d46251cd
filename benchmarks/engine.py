"""The papermill engine `forked`, as a build runs it, beside stock papermill, for each notebook of `notebooks/`.

A made-up county's notebooks are run in turn, in each round each notebook by both engines: `stock` once by
`papermill.execute_notebook`, a kernel a notebook; `forked` as often as there are offices, in the pool of a build, whose
parent has imported the stack, read the accounts and filled the caches that notebooks ask (`parent_seconds`). Forked times
are amortised: the clock's (or the CPU's) over the runs. The page and facts that a build writes of each notebook are in them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.process_tree import cpu_seconds
from benchmarks.progress import Progress
from benchmarks.stock_chain import run_notebook, step_of
from juesuan.building import run_pool
from juesuan.execute import Job, plan_jobs, run_one
from juesuan.execute.templates import import_for
from juesuan.load import check_data
from juesuan.paths import Project
from juesuan.present.warm import warm_up


@dataclass(frozen=True)
class Took:
    """Seconds a run, by the clock and of CPU."""

    seconds: float
    cpu_seconds: float


def by_stock(project: Project, job: Job) -> bool:
    """Run a job's notebook as anyone would."""
    with tempfile.TemporaryDirectory() as aside:
        run_notebook(project.root, step_of(job), Path(aside) / "out.ipynb")
    return True


def by_forked(project: Project, job: Job) -> bool:
    """Run a job as a build does."""
    with tempfile.TemporaryDirectory() as aside:
        failure = run_one(job, project, Path(aside))
    if failure is not None:
        raise RuntimeError(str(failure))
    return True


def timed(work: Callable[[Job], bool], jobs: Sequence[Job], at_once: int, log: Path) -> Took:
    """Return what a job takes in a pool of `at_once` processes, of which nothing is left when the time is taken."""
    used, begun = cpu_seconds(), time.perf_counter()
    for job, done in run_pool(work, jobs, at_once, log):
        if not done:
            raise RuntimeError(f"{job.name}: its process was killed")
    return Took((time.perf_counter() - begun) / len(jobs), (cpu_seconds() - used) / len(jobs))


def jobs_by_notebook(jobs: Sequence[Job], runs: int) -> dict[str, list[Job]]:
    """Return for each notebook `runs` jobs of the last year: of one office each, or the one over all offices again and again."""
    found: dict[str, list[Job]] = {}
    for job in sorted(jobs, key=lambda one: -int(one.parameters.get("year", 0))):
        found.setdefault(job.notebook, []).append(job)
    return {name: [of[number % len(of)] for number in range(runs)] for name, of in sorted(found.items())}


def measure(project: Project, runs: int, rounds: int, cores: int, notebooks: Sequence[str] = ()) -> dict[str, Any]:
    """Return medians and ratios over the notebooks of the county in `project`; `notebooks` names fewer of them."""
    begun = time.perf_counter()
    checked = check_data(project.data)
    every = jobs_by_notebook(plan_jobs(checked, project), runs)
    jobs = {name: of for name, of in every.items() if not notebooks or name in notebooks}
    import_for({project.notebooks / f"{name}.ipynb" for name in jobs})
    warm_up(checked.accounts)
    parent, log = time.perf_counter() - begun, project.root / "kernels.log"
    progress = Progress("engine", rounds * len(jobs), "notebook")
    stock: dict[str, list[Took]] = {name: [] for name in jobs}
    forked: dict[str, list[Took]] = {name: [] for name in jobs}
    for number in range(rounds):
        for name, of in jobs.items():
            with progress.step(f"round {number + 1}: {name}", 1):
                stock[name].append(timed(partial(by_stock, project), of[:1], 1, log))
                forked[name].append(timed(partial(by_forked, project), of, cores, log))
    found = {name: _compared(stock[name], forked[name]) for name in jobs}
    return {"runs": runs, "rounds": rounds, "parent_seconds": round(parent, 2), **_medians(found), "notebooks": found}


def _compared(stock: Sequence[Took], forked: Sequence[Took]) -> dict[str, float]:
    """Return the medians of one notebook's rounds, and of the ratios in each round."""
    pairs = list(zip(stock, forked, strict=True))
    figures = {
        "stock_seconds": statistics.median(one.seconds for one in stock),
        "forked_seconds": statistics.median(one.seconds for one in forked),
        "stock_cpu_seconds": statistics.median(one.cpu_seconds for one in stock),
        "forked_cpu_seconds": statistics.median(one.cpu_seconds for one in forked),
        "ratio": statistics.median(a.seconds / b.seconds for a, b in pairs),
        "cpu_ratio": statistics.median(a.cpu_seconds / b.cpu_seconds for a, b in pairs),
    }
    return {name: round(figure, 4) for name, figure in figures.items()}


def _medians(found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    names = next(iter(found.values()))
    return {name: round(statistics.median(one[name] for one in found.values()), 4) for name in names}
