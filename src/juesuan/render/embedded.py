"""The embedded renderer: what Quarto would make of the project, by pandoc and typst themselves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from juesuan.render.assets import write_assets
from juesuan.render.figures import filled_html, for_html
from juesuan.render.notebook import page_markdown, read_source
from juesuan.render.pandoc import Conversion, PandocError, convert
from juesuan.render.patterns import files_matching
from juesuan.render.pdf import PdfError, compile_pdf
from juesuan.render.project import Page, SiteProject, read_project
from juesuan.render.raw import with_raw, without_raw
from juesuan.render.rows import for_typst, for_word
from juesuan.render.shells import Tables
from juesuan.render.word import finish_word

_READER = "markdown-smart-yaml_metadata_block+east_asian_line_breaks"
_TEMPLATES = {"html": "report/html/template.html", "typst": "report/typst/template.typ"}
_WRITERS = {"html": "html5", "docx": "docx", "typst": "typst"}
_FORMAT_NAMES = {"docx": "Word", "typst": "PDF"}
FIXED_TIME = "1609459200"
Progress = Callable[[str], None]


class RenderError(RuntimeError):
    """A page could not be rendered; the message names it and gives the engine's words."""


@dataclass(frozen=True)
class Task:
    """One page in one format."""

    page: Page
    body: Any
    to: str


def render_site(root: Path, site: Path, *, report_progress: Progress | None = None) -> list[Path]:
    """Write every page of the project at `root` and its resources into `site`; return the files.

    Raises `RenderError` for the first page that an engine refuses, and `ProjectError` for a faulty `_quarto.yml`.
    """
    project = read_project(root)
    write_assets(root)
    files = render_pages(project, site, report_progress=report_progress)
    return files + copy_resources(project, site)


def render_pages(
    project: SiteProject, site: Path, *, only: Collection[Path] | None = None, report_progress: Progress | None = None
) -> list[Path]:
    """Write the pages whose sources, below the root, are in `only` (all where it is None); return the files."""
    wanted = [source for source in project.sources if only is None or source in only]
    tasks = [task for source in wanted for task in _tasks(project, source)]

    def render(task: Task) -> Path:
        written = render_page(project, task, site)
        if report_progress:
            report_progress(task.page.output(task.to).as_posix())
        return written

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(render, tasks))


def _tasks(project: SiteProject, source: Path) -> list[Task]:
    front, body = read_source(project.root / source, project.root)
    page = Page(source, front)
    return [Task(page, body, to) for to in page.formats]


def render_page(project: SiteProject, task: Task, site: Path) -> Path:
    """Write one page in one format into `site` and return the file."""
    output = site / task.page.output(task.to)
    output.parent.mkdir(parents=True, exist_ok=True)
    options = project.options(task.page, task.to)
    text = page_markdown(task.body, task.to)
    metadata = _metadata(project, task, options, live_charts=task.to == "html" and "vega-spec" in text)
    page = _conversion(project, task, options, metadata, output)
    if task.to == "typst":
        _write_pdf(project, task, options, text, page)
    elif task.to == "docx":
        written, held, figures = for_word(text)
        tables = Tables(held, page)
        _convert(replace(page, text=tables.asked(written)), task)
        finish_word(output, task.page.front, lambda document: tables.filled(figures.filled(document)))
    else:
        without, blocks = without_raw(text)
        written, spans = for_html(without)
        _convert(replace(page, text=written), task)
        made = filled_html(output.read_text(encoding="utf-8"), spans)
        output.write_text(with_raw(made, blocks), encoding="utf-8")
    return output


def copy_resources(project: SiteProject, site: Path) -> list[Path]:
    """Copy the project's resources and the stylesheets into `site`."""
    copied = []
    for relative in files_matching(project.root, [*project.resources, "report/html/*.css"]):
        if relative.suffix == ".md":
            continue
        (site / relative).parent.mkdir(parents=True, exist_ok=True)
        copied.append(Path(shutil.copyfile(project.root / relative, site / relative)))
    return copied


def _metadata(project: SiteProject, task: Task, options: dict[str, Any], *, live_charts: bool) -> dict[str, Any]:
    up = "../" * (len(task.page.source.parts) - 1)
    others = [
        {"href": task.page.output(to).name, "text": _FORMAT_NAMES[to]}
        for to in task.page.formats
        if to in _FORMAT_NAMES
    ]
    wanted = ("title", "subtitle", "pagetitle", "date", "lang", "toc", "toc-title", "toc-depth")
    return {
        **{key: options[key] for key in wanted if key in options},
        "site-title": project.title,
        "site-root": up,
        "navigation": [{"href": up + _href(link["href"]), "text": link["text"]} for link in project.navigation],
        "other-formats": others,
        "charts": live_charts,
    }


def _href(address: str) -> str:
    return (
        str(Path(address).with_suffix(".html").as_posix())
        if Path(address).suffix in (".qmd", ".ipynb", ".md")
        else address
    )


def _conversion(
    project: SiteProject, task: Task, options: dict[str, Any], metadata: dict[str, Any], output: Path
) -> Conversion:
    """Return what pandoc is asked for a page, all but its text."""
    root, folder = project.root, project.root / task.page.source.parent
    filters = ["report/filters/embedded.lua", *options.get("filters", [])]
    reference = options.get("reference-doc") if task.to == "docx" else None
    return Conversion(
        text="",
        source=_READER,
        to=_WRITERS[task.to],
        output=output,
        folder=folder,
        resource_path=[folder, root],
        metadata=metadata,
        filters=[root / name for name in filters],
        template=root / _TEMPLATES[task.to] if task.to in _TEMPLATES else None,
        reference=root / reference if reference else None,
        toc_depth=options.get("toc-depth", 3) if options.get("toc") else None,
        source_date_epoch=os.environ.get("SOURCE_DATE_EPOCH", FIXED_TIME),
    )


def _convert(conversion: Conversion, task: Task) -> None:
    try:
        convert(conversion)
    except PandocError as error:
        raise RenderError(f"{task.page.source}（{task.to}）：pandoc 报错：{error}") from error


def typst_source(root: Path, page: Path) -> Path:
    """Return where a page's typst stands while it is compiled: beside the page, from where its pictures are found."""
    return root / page.with_name(f".{page.stem}.typ")


def _write_pdf(project: SiteProject, task: Task, options: dict[str, Any], text: str, page: Conversion) -> None:
    written, held = for_typst(text)
    tables = Tables(held, page)
    beside = typst_source(project.root, task.page.source)
    timestamp = int(os.environ.get("SOURCE_DATE_EPOCH", FIXED_TIME))
    standards = options.get("pdf-standard", [])
    try:
        _convert(replace(page, text=tables.asked(written), output=beside), task)
        beside.write_text(tables.filled(beside.read_text(encoding="utf-8")), encoding="utf-8")
        compile_pdf(beside, page.output, root=project.root, standards=standards, timestamp=timestamp)
    except PdfError as error:
        raise RenderError(f"{task.page.source}（PDF）：{error}") from error
    finally:
        beside.unlink(missing_ok=True)
