"""Which files of a site are to be verified: with the page each was made from and the ledger beside it."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from juesuan.faults import UnreadableError
from juesuan.paths import Project, names_below
from juesuan.verify.background import Background, read_background
from juesuan.verify.claims import Allowed, ClaimsError, Ledger, read_allowed, read_ledger
from juesuan.verify.expected import notebook_cells
from juesuan.verify.verify import Result, verify_file

ENDINGS = {"html": ".html", "docx": ".docx", "typst": ".pdf"}
_RAN = ".ipynb"
_FEW = 4
_BETWEEN_COLLECTIONS = 100_000


@dataclass(frozen=True)
class Finished:
    """One finished file; `source` is the page it was made from, `ledger` the facts it prints."""

    file: Path
    source: Path
    ledger: Path


@dataclass(frozen=True)
class Page:
    """A page of the site, there or not: where its files lie, what it was made from, which files there are of it.

    `wanted` are those of its possible files that are to be read.
    """

    place: Path
    source: Path
    ledger: Path
    files: frozenset[Path]
    wanted: frozenset[Path]

    def finished(self) -> list[Finished]:
        """Return the files that there are or are asked for, in the order of their paths."""
        asked = {self.place.with_suffix(ending) for ending in _endings(self.source)}
        return [Finished(file, self.source, self.ledger) for file in sorted((asked | self.files) & self.wanted)]


class NothingToVerifyError(FileNotFoundError):
    """There is no site, or nothing in it."""


def verify_site(
    project: Project,
    *,
    only: Collection[Path] | None = None,
    workers: int | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[Result]:
    """Return what is found in every file of the site, one result a file, in the order of their paths.

    `only` names, below the site, the files that are to be read: those that were verified before need not be again.
    `meanwhile` is done by this process while others read. Raises `NothingToVerifyError`, and `ClaimsError` for a faulty
    `report/verify.toml`.
    """
    allowed = tuple(read_allowed(project.report / "verify.toml"))
    if not project.site.is_dir():
        raise NothingToVerifyError(f"{project.site}：没有可核对的页面；应为做好的站点；请先运行 juesuan build。")
    pages = sorted((one for one in _pages(project, only) if one.wanted), key=_size, reverse=True)
    judge = partial(_verified_page, project.data, allowed)
    few = sum(len(one.files & one.wanted) for one in pages) <= _FEW
    with nullcontext() if few else ProcessPoolExecutor(workers, initializer=_begin_worker) as pool:
        judged = pool.map(judge, pages) if pool else map(judge, pages)
        if meanwhile:
            meanwhile()
        results = [result for found in judged for result in found]
    return sorted(results, key=lambda one: one.file)


def _pages(project: Project, only: Collection[Path] | None) -> Iterator[Page]:
    """Yield the pages that ran and those of the site that nothing asks for, as far as `only` names them; the front page."""
    below, asked = project.site / "pages", None if only is None else {one.as_posix() for one in only}
    there: dict[str, set[str]] = {
        name.removesuffix(_RAN): set() for name in names_below(project.pages) if name.endswith(_RAN)
    }
    for file in (name for name in names_below(below) if name.endswith(tuple(ENDINGS.values()))):
        there.setdefault(file.rpartition(".")[0], set()).add(file)
    for stem, files in there.items():
        possible = {f"{stem}{ending}" for ending in ENDINGS.values()}
        wanted = possible if asked is None else {one for one in possible if f"pages/{one}" in asked}
        if wanted:
            place, source = below / f"{stem}{_RAN}", project.pages / f"{stem}{_RAN}"
            yield Page(place, source, _ledger_beside(place), _below(below, files), _below(below, wanted))
    front = frozenset({project.site / "index.html"} if only is None or Path("index.html") in only else ())
    yield Page(project.site / "index.html", project.root / "index.qmd", below / "front-facts.json", front, front)


def _size(page: Page) -> int:
    """Return the size of a page's ledger and files: what is longest to verify begins first, or one process waits for it."""
    return sum(one.stat().st_size for one in (page.ledger, *page.files) if one.is_file())


def _below(folder: Path, names: Collection[str]) -> frozenset[Path]:
    return frozenset(folder / name for name in names)


def _ledger_beside(place: Path) -> Path:
    return place.with_name("facts.json" if place.stem == "report" else f"{place.stem}-facts.json")


def _endings(source: Path) -> list[str]:
    """Return the endings of the formats named in the page's front matter; .html where it names none."""
    if source.suffix != ".ipynb":
        return [".html"]
    if not source.is_file():
        return []
    try:
        cell = notebook_cells(source)[0]
        front = "".join(cell["source"]) if cell["cell_type"] == "raw" else ""
    except (ValueError, KeyError, IndexError, TypeError):  # what is wrong with it, its files' results say
        return [".html"]
    return [ending for to, ending in ENDINGS.items() if re.search(rf"^  {to}:", front, re.MULTILINE)] or [".html"]


def _begin_worker() -> None:
    """What was imported is not looked through again and again, nor the ten thousand words and numbers of each file."""
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS)


def _verified_page(data: Path, allowed: tuple[Allowed, ...], page: Page) -> list[Result]:
    """Return what is found in a page's files: one process reads its notebook and its ledger once for all of them."""
    return [_verified(data, allowed, one) for one in page.finished()]


def _verified(data: Path, allowed: tuple[Allowed, ...], one: Finished) -> Result:
    """Return what is found in one file; a file that cannot be read is a result too."""
    if not one.file.is_file():
        return Result(one.file, fault=f"{one.file}：没有这个文件；{one.source} 要它；请重新运行 juesuan build。")
    try:
        ledger, background = _claims(one.ledger, data, allowed)
        return verify_file(one.file, one.source, ledger, background)
    except (ClaimsError, UnreadableError) as error:
        return Result(one.file, fault=str(error))


@lru_cache(maxsize=1)
def _claims(path: Path, data: Path, allowed: tuple[Allowed, ...]) -> tuple[Ledger, Background]:
    """Return a page's ledger and background: its HTML, Word and PDF come one after another."""
    ledger = read_ledger(path)
    return ledger, read_background(data, ledger, allowed)
