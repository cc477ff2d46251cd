"""A process that runs items one after another for a cluster's worker, each forked from it with the stack imported.

A worker cannot do so itself: it has threads, and papermill changes the working folder, which they share. The helper reads
pickled items and writes pickled answers.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

from juesuan.building import end_with_parent
from juesuan.execute.one import Failure, failed_place, run_one
from juesuan.execute.run import KERNELS_LOG, Task, page_store, run_and_keep, stored_as
from juesuan.execute.templates import import_for
from juesuan.load import check_data
from juesuan.paths import Project

Files = Mapping[str, bytes]
"""Files by their names below a folder."""


@dataclass(frozen=True)
class Start:
    """What a helper begins with: the project that it shares with the client, or a folder for a copy of it and the files
    that every page may read; the day that pages say they were made.
    """

    project: Project | None
    folder: Path
    common: Files
    day: str


@dataclass(frozen=True)
class Item:
    """One item to run, with the files of `data/` that it reads where the project is not shared."""

    task: Task
    files: Files = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What became of an item: what went wrong; where the project is not shared the page's files, or the failed notebook."""

    failure: Failure | None = None
    files: Files = field(default_factory=dict)
    marked: bytes = b""


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer items until there are no more."""
    start: Start = pickle.load(requests)
    os.environ["SOURCE_DATE_EPOCH"] = start.day
    project = start.project or Project(start.folder, start.folder / "data", start.folder / "_site")
    if start.project:
        with (project.build / KERNELS_LOG).open("a", encoding="utf-8") as log:  # as the pool's processes do
            os.dup2(log.fileno(), 2)
    write_files(start.folder, start.common)
    while True:
        try:
            item: Item = pickle.load(requests)
        except EOFError:
            return
        write_files(start.folder, item.files)
        pickle.dump(_answered(item.task, project, shared=start.project is not None), answers)
        answers.flush()


def _answered(task: Task, project: Project, *, shared: bool) -> Answer:
    """Run one item, unless its page is kept already: the worker that made it died before it could tell."""
    job, inputs = task
    store = page_store(project)
    if shared and store.get(stored_as(job), inputs.key) is not None:
        return Answer()
    _import_for(project.notebooks / f"{job.notebook}.ipynb")
    if not job.of_one_office:
        check_data(project.data)  # read once here, for every page over all offices that is forked from here
    if shared:
        return Answer(run_and_keep(project, task))
    with store.making() as folder:
        failure = run_one(job, project, folder)
        if failure is None:
            return Answer(files=read_files(folder, folder))
    place = failed_place(job, project)
    return Answer(failure, marked=place.read_bytes() if place.is_file() else b"")


@cache
def _import_for(template: Path) -> None:
    import_for({template})


def read_files(root: Path, *places: Path) -> dict[str, bytes]:
    """Return the files at and below `places` by their names below `root`."""
    found = (path for place in places for path in (place.rglob("*") if place.is_dir() else [place]))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


def write_files(root: Path, files: Files) -> None:
    """Write those files below `root` that are not there: what was read of `data/` stays held while none is written anew."""
    for name, content in files.items():
        path = root / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main() -> None:
    """Serve on standard input and output, which notebooks do not get; end with the worker whose id is the argument."""
    end_with_parent(int(sys.argv[1]))
    answers, requests = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    serve(requests, answers)
