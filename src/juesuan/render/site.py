"""The finished files of a site one by one: what each is made from, which have to be made, and the site put together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from juesuan.building import GRAIN_NS, Digests, Inputs, Item, Store, Tree, lay_out, link, make_folders, run_pool
from juesuan.render.embedded import RenderError, Task, render_page, typst_source
from juesuan.render.fronts import KeptFronts
from juesuan.render.notebook import included, read_source
from juesuan.render.patterns import names_matching
from juesuan.render.project import Page, SiteProject, read_project

_ENGINES = ("pypandoc-binary", "typst", "pylopdf-fonts-zh-cn", "pyyaml", "nbformat")
_TEMPLATES = {"html": ("html/template.html",), "docx": ("word",), "typst": ("typst",)}
_LOG = "render.log"
_FRONTS = "fronts.pickle"
_MADE = "pages/"


@dataclass(frozen=True)
class Asked:
    """One file that the site is to have: its page, its format, what it is made from."""

    page: Page
    to: str
    inputs: Inputs

    @cached_property
    def output(self) -> Path:
        """Where it lies in the site."""
        return self.page.output(self.to)

    @cached_property
    def name(self) -> str:
        """What it is called in the store."""
        return f"site/{self.output.as_posix()}"

    @cached_property
    def key(self) -> str:
        """The content key of what it is made from."""
        return self.inputs.key

    def kept(self, store: Store) -> Item | None:
        """Return it as it was made of just this, None where it has to be made."""
        return store.get(self.name, self.key)


def asked_files(root: Path, renderer: str, digests: Digests) -> list[Asked]:
    """Return every file that the pages of the project at `root` ask for, in the order of the pages."""
    project = read_project(root)
    shared = _shared(root, renderer, digests)
    fronts = KeptFronts(root / "build" / _FRONTS, digests, shared.code.digest)
    pages = [Page(source, fronts.of(root / source)) for source in project.sources]
    fronts.write()
    return [Asked(page, to, shared.inputs(page, to)) for page in pages for to in page.formats]


def render_asked(
    root: Path,
    asked: Sequence[Asked],
    store: Store,
    workers: int,
    progress: Callable[[str], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> None:
    """Make the files of `asked` with the embedded renderer and keep each in the store, one by one in processes.

    `meanwhile` is done by this process while they work. Raises `RenderError` for the first file that an engine refuses;
    what was made before it is kept.
    """
    tasks = [Asked(one.page, one.to, one.inputs.alone()) for one in asked]
    try:
        for one, refused in run_pool(
            partial(_render_and_keep, root, store), tasks, workers, root / "build" / _LOG, meanwhile
        ):
            if refused != "":
                said = "渲染的进程被中止；可能是内存不够，请用 --jobs 1 再试。"
                raise RenderError(refused or f"{one.page.source}：{said}")
            if progress:
                progress(one.output.as_posix())
    finally:
        for one in asked:  # a process that was ended has left it
            typst_source(root, one.page.source).unlink(missing_ok=True)


def lay_out_made(asked: Iterable[Asked], store: Store, site: Path) -> None:
    """Put what was made of `asked` into the folder `site`. Raises `RenderError` where it is gone."""
    for one in asked:
        item = one.kept(store)
        if item is None:
            raise RenderError(f"{one.output}：渲染后不见了；请不要在生成时改动 build/，再运行一次。")
        lay_out([item], site)


def lay_out_resources(root: Path, names: Sequence[str], site: Path, before: Path) -> None:
    """Put resources of the project at `root` into `site`: made pages' as links, an analyst's files as copies.

    A copy that the site `before` has of a file as it is now is taken over as a link.
    """
    make_folders(site, names)
    for name in names:
        source, target = f"{root}{os.sep}{name}", f"{site}{os.sep}{name}"
        if name.startswith(_MADE):
            link(source, target)
        elif _is_copy(copied := f"{before}{os.sep}{name}", source):
            link(copied, target)
        else:
            shutil.copy2(source, target)


def _is_copy(copied: str, source: str) -> bool:
    """Say whether a file is a copy, with its times, of `source` as that is now: made when the clock had gone on."""
    try:
        of, now = os.stat(copied), os.stat(source)  # noqa: PTH116  thousands of files
    except OSError:
        return False
    same = (of.st_size, of.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
    return same and of.st_ctime_ns - now.st_mtime_ns > GRAIN_NS


def resources(project: SiteProject) -> list[str]:
    """Return the names, below the root, of the files that the site holds as they are: resources and stylesheets."""
    found = names_matching(project.root, [*project.resources, "report/html/*.css"])
    return [name for name in found if not name.endswith(".md")]


def _render_and_keep(root: Path, store: Store, one: Asked) -> str:
    """Render one file; return the engine's complaint, nothing where there is none."""
    front, body = _source(root / one.page.source, root)
    try:
        with store.making() as folder:
            render_page(_project(root), Task(Page(one.page.source, front), body, one.to), folder)
            store.put(one.name, one.inputs, folder)
    except RenderError as error:
        return str(error)
    return ""


# Read once by each process of the pool, which lasts no longer than one build.
_project = lru_cache(maxsize=1)(read_project)
_source = lru_cache(maxsize=1)(read_source)


@dataclass(frozen=True)
class _Shared:
    """What the files of every page are made with; `words` are the renderer, versions, the project's own file."""

    root: Path
    digests: Digests
    words: dict[str, str]
    code: Tree
    _of_formats: dict[str, Inputs] = field(default_factory=dict)

    def inputs(self, page: Page, to: str) -> Inputs:
        """Return what a file is made from: the page, the pictures it prints, filters, templates, renderer and versions."""
        shared = self._of_formats.get(to) or self._of_formats.setdefault(to, self._of_format(to))
        made = Inputs(self.digests, dict(shared.parts), dict(shared.trees))
        for source in [page.source, *included(self.root / page.source)]:
            name = source.as_posix()
            made.file(name, f"{self.root}{os.sep}{name}")
        if to != "html":
            charts = f"{page.source.parent.as_posix()}/charts"
            made.folder(charts, f"{self.root}{os.sep}{charts}")
        return made

    def _of_format(self, to: str) -> Inputs:
        made = Inputs(self.digests, dict(self.words))
        made.tree("代码 render", self.code)
        made.folder("report/filters", self.root / "report/filters")
        for name in _TEMPLATES.get(to, ()):
            path = self.root / "report" / name
            if path.is_dir():
                made.folder(f"report/{name}", path)
            else:
                made.file(f"report/{name}", path)
        return made


def _shared(root: Path, renderer: str, digests: Digests) -> _Shared:
    package = Path(__file__).parent
    words = {"渲染器": renderer, **{f"版本 {name}": version(name) for name in _ENGINES}}
    words["时间 SOURCE_DATE_EPOCH"] = os.environ.get("SOURCE_DATE_EPOCH", "")
    words["_quarto.yml"] = digests.of(root / "_quarto.yml")
    return _Shared(root, digests, words, digests.tree(package))
