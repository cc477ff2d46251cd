"""What need not run again: the parts that shape a page, each with its digest, and the key over all of them."""

from __future__ import annotations

import csv
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from juesuan.building import Digests, Inputs
from juesuan.execute.plan import Job
from juesuan.execute.reach import Reach, Reached
from juesuan.paths import Project

_ENGINES = (
    "pandas", "altair", "great-tables", "papermill", "vl-convert-python", "jinja2", "ipykernel", "ipython", "nbformat",
    "pyarrow", "pypinyin", "pyyaml",
)  # fmt: skip


class Catalogue:
    """What shapes each page of one project, as its files are now."""

    def __init__(self, project: Project, digests: Digests) -> None:
        self.project, self.digests = project, digests
        self._reach = Reach(package_folder(), project, digests)
        self._reached: dict[str, Reached] = {}
        self._engines = {"Python": platform.python_version(), **_versions(_ENGINES)}
        self._units = _rows_by_unit(project.data / "units.csv")

    def inputs(self, job: Job) -> Inputs:
        """Return the parts of a page: parameters, template, the code it can reach, `data/` it reads, sentences, versions."""
        made = Inputs(self.digests)
        told = {**job.parameters, "title": job.title, "subtitle": job.subtitle, "formats": ",".join(job.formats)}
        for name, value in {**told, "mark": job.mark, "only": job.only}.items():
            made.word(f"参数 {name}", str(value))
        made.file(f"notebooks/{job.notebook}.ipynb", self._template(job.notebook))
        for name, found in self._engines.items():
            made.word(f"版本 {name}", found)
        self._take_code(job, made)
        self._take_data(job, made)
        return made

    def _template(self, notebook: str) -> Path:
        return self.project.notebooks / f"{notebook}.ipynb"

    def _take_code(self, job: Job, made: Inputs) -> None:
        """Take in the modules that the page can reach, and what of `report/` they name."""
        if job.notebook not in self._reached:
            self._reached[job.notebook] = self._reach.of(self._template(job.notebook))
        reached = self._reached[job.notebook]
        start = f"{package_folder()}{os.sep}"
        made.tree("代码", {name: self.digests.of(start + name) for name in reached.modules})
        for name in reached.report:
            _take(made, f"report/{name}", self.project.report / name)

    def _take_data(self, job: Job, made: Inputs) -> None:
        """Take in what is read of `data/`; of the list of offices the page's own rows, all for a page over several."""
        data = self.project.data
        offices = {read.split("/")[0] for read in job.reads if not read.endswith(".csv")}
        if len(offices) == 1 and job.of_one_office:
            made.word(f"data/units.csv 中的 {min(offices)}", self._units.get(min(offices), ""))
        else:
            made.file("data/units.csv", data / "units.csv")
        for name in ("classification", *job.reads):
            _take(made, f"data/{name}", data / name)


def job_key(job: Job, project: Project) -> str:
    """Return the content key of one page."""
    return Catalogue(project, Digests()).inputs(job).key


@cache
def package_folder() -> Path:
    """Return the folder of the package's code."""
    return Path(__file__).resolve().parents[1]


def _take(made: Inputs, name: str, path: Path) -> None:
    if path.suffix:
        made.file(name, path)
    else:
        made.folder(name, path)


def _rows_by_unit(path: Path) -> dict[str, str]:
    """Return each office's row of the list of offices, with the heading, as it stands there."""
    if not path.is_file():
        return {}
    heading, *rows = list(csv.reader(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())) or [[]]
    return {row[0]: ",".join(f"{name}={cell}" for name, cell in zip(heading, row, strict=False)) for row in rows if row}


def _versions(packages: Iterable[str]) -> dict[str, str]:
    return {package: version(package) for package in packages}
