"""What need not run again: a content key over everything that shapes a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from juesuan.execute.plan import Job
from juesuan.paths import Project

_ENGINES = ("pandas", "altair", "great-tables", "papermill", "vl-convert-python", "jinja2", "ipykernel")
_ROOMS = ("load", "rules", "analysis", "facts", "present", "execute")
_RENDER_ENGINES = ("pypandoc-binary", "typst")


@dataclass(frozen=True)
class Keys:
    """Content keys by name, kept in a file below `build/`."""

    by_name: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Keys:
        """Return the keys kept at `path`; none where there is no such file or it is not whole."""
        try:
            return cls(dict(json.loads(path.read_text(encoding="utf-8"))))
        except (FileNotFoundError, ValueError, TypeError):
            return cls()

    def write(self, path: Path) -> None:
        """Keep the keys at `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.by_name, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def job_key(job: Job, project: Project) -> str:
    """Return the key of a page: template, parameters, titles, data folders, code, sentences, versions."""
    data, root = project.data, project.root
    files = [project.notebooks / f"{job.notebook}.ipynb", data / "units.csv"]
    folders = [data / "classification", root / "report" / "sections", root / "report" / "profiles"]
    reads = [data / read for read in job.reads]
    folders += [*(package_folder() / room for room in _ROOMS), *(read for read in reads if read.suffix != ".csv")]
    files += [read for read in reads if read.suffix == ".csv"]
    files += package_folder().glob("*.py")
    words = json.dumps(
        [job.parameters, job.title, job.subtitle, job.formats, job.mark, _versions(_ENGINES)], ensure_ascii=False
    )
    return content_key([words], [*files, root / "report" / "terms.toml", *_files_below(folders)], root)


def site_key(project: Project, renderer: str) -> str:
    """Return the key of the whole site: pages, descriptions, templates, renderer, versions."""
    root = project.root
    files = [root / "_quarto.yml", root / "index.qmd"]
    folders = [project.pages, project.data, root / "report", package_folder() / "render"]
    return content_key([renderer, json.dumps(_versions(_RENDER_ENGINES))], [*files, *_files_below(folders)], root)


def content_key(words: Iterable[str], files: Iterable[Path], root: Path) -> str:
    """Return one digest over words and the names and bytes of files; a project that was moved keeps its keys."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for path in sorted(files):
        digest.update(_name(path, root).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return digest.hexdigest()


def _name(path: Path, root: Path) -> str:
    for start in (root, package_folder()):
        if path.is_relative_to(start):
            return path.relative_to(start).as_posix()
    return path.as_posix()


def package_folder() -> Path:
    """Return the folder of the package's code."""
    return Path(__file__).resolve().parents[1]


def _files_below(folders: Iterable[Path]) -> list[Path]:
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _versions(packages: Iterable[str]) -> dict[str, str]:
    return {package: version(package) for package in packages}
