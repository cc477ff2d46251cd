"""What need not run again: the parts that shape a page, each with its digest, and the key over all of them."""

from __future__ import annotations

import csv
import os
import platform
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from juesuan.building import Digests, Inputs, Tree, digest_of
from juesuan.execute.plan import Job
from juesuan.paths import Project

_ENGINES = (
    "pandas", "altair", "great-tables", "papermill", "vl-convert-python", "jinja2", "ipykernel", "ipython", "nbformat",
    "pyarrow", "pypinyin", "pyyaml",
)  # fmt: skip
_ROOMS = ("load", "rules", "analysis", "facts", "present", "execute")
"""Whose code a notebook may run; what one imports is not followed further: a key that is too wide is never wrong."""
_OF_THE_RENDERER = {"filters", "html", "typst", "word", "verify.toml"}
"""What of `report/` no notebook reads."""


class Catalogue:
    """What shapes each page of one project, as its files are now."""

    def __init__(self, project: Project, digests: Digests) -> None:
        self.project, self.digests = project, digests
        self._engines = engine_versions()
        self._units = _rows_by_unit(project.data / "units.csv")

    def inputs(self, job: Job) -> Inputs:
        """Return the parts of a page: parameters, template, code, sentences, `data/` it reads, versions."""
        made = Inputs(self.digests)
        told = {**job.parameters, "title": job.title, "subtitle": job.subtitle, "formats": ",".join(job.formats)}
        for name, value in {**told, "mark": job.mark, "only": job.only}.items():
            made.word(f"参数 {name}", str(value))
        made.file(f"notebooks/{job.notebook}.ipynb", self._template(job.notebook))
        for name, found in self._engines.items():
            made.word(f"版本 {name}", found)
        made.tree("代码", self._code)
        made.tree("report", self._sentences)
        self._take_data(job, made)
        return made

    def _template(self, notebook: str) -> Path:
        return self.project.notebooks / f"{notebook}.ipynb"

    @cached_property
    def _code(self) -> Tree:
        return _code(self.digests)

    @cached_property
    def _sentences(self) -> Tree:
        """Sentences, profiles, terms: all of `report/` that is not the renderer's."""
        files = self.digests.tree(self.project.report)
        return Tree((name, digest) for name, digest in files.items() if name.split("/")[0] not in _OF_THE_RENDERER)

    def _take_data(self, job: Job, made: Inputs) -> None:
        """Take in what is read of `data/`; of the list of offices the page's own rows, all for a page over several."""
        data = self.project.data
        offices = {read.split("/")[0] for read in job.reads if not read.endswith(".csv")}
        if len(offices) == 1 and job.of_one_office:
            made.word(f"data/units.csv 中的 {min(offices)}", self._units.get(min(offices), ""))
        else:
            made.file("data/units.csv", data / "units.csv")
        for name in ("classification", *job.reads):
            _take(made, f"data/{name}", f"{data}{os.sep}{name}")


def job_key(job: Job, project: Project) -> str:
    """Return the content key of one page."""
    return Catalogue(project, Digests()).inputs(job).key


def code_key(digests: Digests) -> str:
    """Return the key of what depends on no office: the code that a notebook may run, and the versions."""
    return digest_of([_code(digests).digest, *(word for pair in engine_versions().items() for word in pair)])


def _code(digests: Digests) -> Tree:
    package = package_folder()
    ground = {path.name: digests.of(path) for path in package.glob("*.py")}
    rooms = {room: digests.tree(package / room) for room in _ROOMS}
    of_rooms = {f"{room}/{name}": digest for room, files in rooms.items() for name, digest in files.items()}
    return Tree({**ground, **of_rooms})


@cache
def package_folder() -> Path:
    """Return the folder of the package's code."""
    return Path(__file__).resolve().parents[1]


def _take(made: Inputs, name: str, path: str) -> None:
    if os.path.splitext(path)[1]:  # noqa: PTH122  thousands of folders
        made.file(name, path)
    else:
        made.folder(name, path)


def _rows_by_unit(path: Path) -> dict[str, str]:
    """Return each office's row of the list of offices, with the heading, as it stands there."""
    if not path.is_file():
        return {}
    heading, *rows = list(csv.reader(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())) or [[]]
    return {row[0]: ",".join(f"{name}={cell}" for name, cell in zip(heading, row, strict=False)) for row in rows if row}


def engine_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that shape pages."""
    return {"Python": platform.python_version(), **{package: version(package) for package in _ENGINES}}
