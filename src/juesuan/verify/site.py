"""Which files of a site are to be verified: with the page each was made from and the ledger beside it."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from juesuan.faults import UnreadableError
from juesuan.paths import Project
from juesuan.verify.claims import Allowed, Background, ClaimsError, Ledger, read_allowed, read_background, read_ledger
from juesuan.verify.verify import Result, verify_file

ENDINGS = {"html": ".html", "docx": ".docx", "typst": ".pdf"}
_FEW = 4


@dataclass(frozen=True)
class Finished:
    """One finished file; `source` is the page it was made from, `ledger` the facts it prints."""

    file: Path
    source: Path
    ledger: Path


class NothingToVerifyError(FileNotFoundError):
    """There is no site, or nothing in it."""


def verify_site(project: Project, *, only: Collection[Path] | None = None, workers: int | None = None) -> list[Result]:
    """Return what is found in every file of the site, one result a file, in the order of their paths.

    `only` names, below the site, the files that are to be read: those that were verified before need not be again.
    Raises `NothingToVerifyError`, and `ClaimsError` for a faulty `report/verify.toml`.
    """
    allowed = read_allowed(project.report / "verify.toml")
    files = sorted(set(finished_files(project)), key=lambda one: one.file)
    if not project.site.is_dir() or not files:
        raise NothingToVerifyError(f"{project.site}：没有可核对的页面；应为做好的站点；请先运行 juesuan build。")
    if only is not None:
        files = [one for one in files if one.file.relative_to(project.site) in only]
    judge = partial(_verified, project.data, allowed)
    if len(files) <= _FEW:
        return [judge(one) for one in files]
    with ProcessPoolExecutor(workers, initializer=gc.freeze) as pool:
        return list(pool.map(judge, files, chunksize=_FEW))


def finished_files(project: Project) -> Iterator[Finished]:
    """Yield the files that the pages ask for, and the pages of the site that nothing asks for."""
    yield Finished(project.site / "index.html", project.root / "index.qmd", project.site / "pages" / "front-facts.json")
    for source in project.pages.glob("**/*.ipynb"):
        place = project.site / "pages" / source.relative_to(project.pages)
        for ending in _endings(source):
            yield Finished(place.with_suffix(ending), source, _ledger_beside(place))
    for file in (project.site / "pages").glob("**/*"):
        if file.suffix in ENDINGS.values():
            source = (project.pages / file.relative_to(project.site / "pages")).with_suffix(".ipynb")
            yield Finished(file, source, _ledger_beside(file))


def _ledger_beside(place: Path) -> Path:
    return place.with_name("facts.json" if place.stem == "report" else f"{place.stem}-facts.json")


def _endings(source: Path) -> list[str]:
    """Return the endings of the formats named in the page's front matter; .html where it names none."""
    try:
        cell = json.loads(source.read_text(encoding="utf-8"))["cells"][0]
    except (ValueError, KeyError, IndexError):
        return [".html"]
    front = "".join(cell["source"]) if cell["cell_type"] == "raw" else ""
    return [ending for to, ending in ENDINGS.items() if re.search(rf"^  {to}:", front, re.MULTILINE)] or [".html"]


def _verified(data: Path, allowed: list[Allowed], one: Finished) -> Result:
    """Return what is found in one file; a file that cannot be read is a result too."""
    if not one.file.is_file():
        return Result(one.file, fault=f"{one.file}：没有这个文件；{one.source} 要它；请重新运行 juesuan build。")
    try:
        ledger, background = _claims(one.ledger, data, tuple(allowed))
        return verify_file(one.file, one.source, ledger, background)
    except (ClaimsError, UnreadableError) as error:
        return Result(one.file, fault=str(error))


@lru_cache(maxsize=1)
def _claims(path: Path, data: Path, allowed: tuple[Allowed, ...]) -> tuple[Ledger, Background]:
    """Return a page's ledger and background: its HTML, Word and PDF come one after another."""
    ledger = read_ledger(path)
    return ledger, read_background(data, ledger, allowed)
