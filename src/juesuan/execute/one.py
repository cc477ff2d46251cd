"""One item: a notebook run by papermill with its parameters, written as a page into a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from juesuan.execute.plan import Job
from juesuan.paths import Project
from juesuan.scope import VARIABLE

OUTSIDE = "（单元格之外）"
_CELL_TIMEOUT = 600


@dataclass(frozen=True)
class Failure:
    """A job that failed: the cell's source, what went wrong, where the notebook is kept with its mark."""

    job: Job
    cell: str
    cause: str
    kept: Path

    def __str__(self) -> str:
        return f"{self.job.name}：{self.cause}\n  出错的单元格：{self.cell}\n  现场保留在 {self.kept}"


def run_one(job: Job, project: Project, folder: Path) -> Failure | None:
    """Run one job and write its files below `folder` as they lie below `pages/`; return what went wrong, if anything did.

    It needs nothing but the project's folders, so that it may run in any process on any machine that has them.
    """
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415  a build with nothing to run need not pay

    from juesuan.execute.page import write_page  # noqa: PLC0415

    kept = failed_place(job, project)
    try:
        with _told(project, job):
            write_page(_ran(job, project, kept), job, folder)
    except PapermillExecutionError as error:
        return Failure(job, str(error.source).strip(), f"{error.ename}：{error.evalue}", kept)
    except Exception as error:
        return Failure(job, OUTSIDE, f"{type(error).__name__}：{error}", kept)
    kept.unlink(missing_ok=True)
    return None


def failed_place(job: Job, project: Project) -> Path:
    """Return where a notebook that failed is kept."""
    return project.build / "failed" / job.page.with_suffix(".ipynb")


def today() -> str:
    """Return the day a build says it was made: SOURCE_DATE_EPOCH's where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _ran(job: Job, project: Project, kept: Path) -> Any:
    """Return the executed notebook; one that fails is written to `kept`, marked at its cell, and raises papermill's error.

    These are the steps of `papermill.execute_notebook`, less the savings of the notebook before and after every cell,
    which take as long as the report itself.
    """
    from papermill.engines import papermill_engines  # noqa: PLC0415  as above
    from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors  # noqa: PLC0415
    from papermill.iorw import load_notebook_node  # noqa: PLC0415
    from papermill.parameterize import parameterize_notebook  # noqa: PLC0415

    template = str(project.notebooks / f"{job.notebook}.ipynb")
    given = {**job.parameters, **({"built_on": today()} if "built_on" in job.parameters else {})}
    notebook = parameterize_notebook(load_notebook_node(template), given, engine_name="forked")
    notebook = prepare_notebook_metadata(notebook, template, None, False)
    with _working_in(project.notebooks):
        ran = papermill_engines.execute_notebook_with_engine(
            "forked", notebook, kernel_name=papermill_engines.nb_kernel_name("forked", notebook), input_path=template,
            output_path=None, progress_bar=False, log_output=False, execution_timeout=_CELL_TIMEOUT,
        )  # fmt: skip
    kept.parent.mkdir(parents=True, exist_ok=True)
    raise_for_execution_errors(ran, str(kept))
    return ran


@contextmanager
def _told(project: Project, job: Job) -> Iterator[None]:
    """Tell the notebook by the environment which project it is of and what the site covers."""
    before = dict(os.environ)
    os.environ.update({"JUESUAN_ROOT": str(project.root), VARIABLE: job.only})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
