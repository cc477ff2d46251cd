"""A notebook that ran becomes a page: front matter, its charts as files, its facts beside it, nothing for the analyst."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient

from juesuan import drawer
from juesuan.execute.plan import Job
from juesuan.facts.packing import unpack

DATA = Path("explore/data")
FOR_THE_ANALYST = {"guide", "draft"}
_LEDGER = ("json", "js", "parquet")
_DATA_URI = re.compile(r'src="data:image/svg\+xml;base64,[^"]*"')
_OPTION_LINE = re.compile(r"^#\|\s*label:.*\n", re.MULTILINE)


class NoFactsError(ValueError):
    """A notebook did not show its ledger."""


def write_page(ran: Any, job: Job, pages: Path) -> Path:
    """Write the executed notebook `ran` as `job`'s page below `pages`, with charts and facts; return the page.

    Raises `NoFactsError` for a notebook without a cell that shows `LedgerView`.
    """
    page = pages / job.page
    page.parent.mkdir(parents=True, exist_ok=True)
    facts = _facts(ran, job)
    cells = [_published(cell, job, page, pages) for cell in ran.cells if not _is_for_the_analyst(cell)]
    _write_facts(facts, job, page)
    if job.page.suffix == ".md":
        page.write_text(_as_markdown(cells, job), encoding="utf-8")
        return page
    marked = [_mark_cell(job.mark)] if job.mark else []
    made = [_cell("raw", _front_matter(job)), *marked, *map(_without_html_output, cells)]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    metadata = _node(kernelspec=ran.metadata.kernelspec)
    whole = _node(cells=made, metadata=metadata, nbformat=4, nbformat_minor=5)
    # Not by nbformat.write, which copies, checks and indents all of it for a quarter of a second; the tests check pages.
    text = json.dumps(split_lines(strip_transient(whole)), ensure_ascii=False, sort_keys=True)  # type: ignore[no-untyped-call]
    page.write_text(text + "\n", encoding="utf-8")
    return page


def _cell(kind: str, source: str) -> Any:
    """Return a cell without an id."""
    return _node(cell_type=kind, metadata=_node(), source=source)


def _node(**content: Any) -> Any:
    """Return part of a notebook. nbformat's own makers validate each; the tests hold whole pages against its schema."""
    return NotebookNode(content)  # type: ignore[no-untyped-call]


def _mark_cell(mark: str) -> Any:
    words = f"::: {{.site-mark}}\n**{mark}**：本页的单位和数字都是为演示而编的，不是任何单位的决算。\n:::"
    return _cell("markdown", words)


def _front_matter(job: Job) -> str:
    front: dict[str, Any] = {
        "title": f"{job.title}（{job.mark}）" if job.mark else job.title,
        "subtitle": job.subtitle,
        "format": dict.fromkeys(job.formats, "default"),
    }
    return "---\n" + yaml.safe_dump(front, allow_unicode=True, sort_keys=False) + "---"


def _is_for_the_analyst(cell: Any) -> bool:
    return bool(FOR_THE_ANALYST & set(cell.metadata.get("tags", [])))


def _published(cell: Any, job: Job, page: Path, pages: Path) -> Any:
    """Return the cell without metadata (Quarto would wrap its output), without timings, its charts pointing to files."""
    if cell.cell_type != "code":
        return _cell("markdown", cell.source)
    made = _cell("code", _OPTION_LINE.sub("", cell.source))
    shown = [output for output in cell.outputs if output.output_type != "stream"]
    made.execution_count = None
    made.outputs = [_published_output(output, job, page, pages) for output in shown]
    return made


def _published_output(output: Any, job: Job, page: Path, pages: Path) -> Any:
    told = output.get("metadata", {}).get("juesuan", {})
    data = dict(output.get("data", {}))
    if told.get("kind") == "facts":
        where = f'<div class="ledger" data-facts="{facts_stem(job)}.js" hidden></div>'
        data = {"text/html": where, "text/markdown": ""}
    if told.get("kind") == "data":
        write_data_script(pages / DATA / f"{told['name']}.js", told["name"], told["body"])
        data = {"text/html": "", "text/markdown": ""}
    if told.get("kind") == "chart":
        data = _with_files(data, told, page, in_word="docx" in job.formats)
    return _node(output_type="display_data", metadata=_node(), data=data)


def write_data_script(path: Path, name: str, body: Any) -> None:
    """Write `body` as the script that hands it to the explorer's views under `name`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(f"juesuanData.add({json.dumps(name)},{text});\n", encoding="utf-8")


def _with_files(data: dict[str, Any], told: dict[str, Any], page: Path, *, in_word: bool) -> dict[str, Any]:
    """Write a chart beside the page, as SVG, for Word as PNG too; return its output as links to them."""
    folder = page.parent / "charts"
    folder.mkdir(exist_ok=True)
    name = f"{page.stem.lstrip('_')}-{told['id']}"
    (folder / f"{name}.svg").write_text(data["image/svg+xml"], encoding="utf-8")
    if in_word:
        (folder / f"{name}.png").write_bytes(drawer.png(data["image/svg+xml"]))
    html = _DATA_URI.sub(f'src="charts/{name}.svg"', data["text/html"], count=1)
    caption = f"{told['title']}（单位：{told['unit']}）"
    words = told["alt"].replace('"', "”")
    notes = [f"注：{note}" for note in told["notes"]]
    lines = []
    for kind, picture in (("content-visible", "png"), ("content-hidden", "svg"))[0 if in_word else 1 :]:
        image = f'![{caption}](charts/{name}.{picture}){{fig-alt="{words}" width=100%}}'
        lines.append(f'::: {{.{kind} when-format="docx"}}\n{image}\n:::')
    if notes:
        lines.append("::: {.chart-note}\n" + " ".join(notes) + "\n:::")
    return {"text/html": html, "text/markdown": "\n\n".join(lines)}


def _without_html_output(cell: Any) -> Any:
    """Move each output's HTML into its markdown, for HTML alone.

    Quarto loads require.js and jQuery from a CDN into every page whose notebook has a `text/html` output
    (its `core/jupyter/widgets.ts`), and sets an empty paragraph between cells of tables in Word unless they are asis.
    """
    if cell.cell_type != "code" or not cell.outputs:
        return cell
    for output in cell.outputs:
        html, printed = output.data.pop("text/html", None), output.data.get("text/markdown", "")
        if html is None:
            # Quarto sets outputs end to end: without blank lines a heading would be words of the paragraph before it.
            output.data["text/markdown"] = f"\n{printed}\n"
        else:
            output.data["text/markdown"] = (
                f'\n::: {{.content-visible when-format="html"}}\n````{{=html}}\n{html}\n````\n:::\n\n'
                f'::: {{.content-hidden when-format="html"}}\n{printed}\n:::\n'
            )
    if not re.search(r"^#\|\s*(output|include):", cell.source, re.MULTILINE):
        cell.source = f"#| output: asis\n{cell.source}"
    return cell


def _as_markdown(cells: list[Any], job: Job) -> str:
    """Return the front page's cells as markdown for the site's root: charts lie below `pages/`."""
    parts = [_mark_cell(job.mark).source] if job.mark else []
    for cell in cells:
        for output in cell.get("outputs", []):
            html, markdown = output.data.get("text/html"), output.data.get("text/markdown")
            if html:
                rooted = html.replace('src="charts/', 'src="pages/charts/').replace(
                    'data-facts="', 'data-facts="pages/'
                )
                parts.append(f"````{{=html}}\n{rooted}\n````")
            elif markdown:
                parts.append(markdown)
    return "\n\n".join(parts) + "\n"


def _facts(ran: Any, job: Job) -> dict[str, str]:
    """Return the files of the ledger that the notebook showed, by their endings."""
    for cell in ran.cells:
        for output in cell.get("outputs", []):
            told = output.get("metadata", {}).get("juesuan", {})
            if told.get("kind") == "facts":
                files: dict[str, str] = told["files"]
                return files
    raise NoFactsError(f"notebooks/{job.notebook}.ipynb：没有显示台账；请保留 present.LedgerView(…) 那一格。")


def facts_stem(job: Job) -> str:
    """Return what the files of facts beside a page are called, less their endings."""
    return "facts" if job.notebook == "report" else f"{job.page.stem.lstrip('_')}-facts"


def parts_of(job: Job) -> list[Path]:
    """Return the files that every page of `job` consists of, below `pages/`; its charts come on top."""
    facts = [job.page.with_name(f"{facts_stem(job)}.{ending}") for ending in _LEDGER]
    return [job.page, *facts, *(DATA / f"{script}.js" for script in job.scripts)]


def _write_facts(files: dict[str, str], job: Job, page: Path) -> None:
    unpack(files, {ending: page.with_name(f"{facts_stem(job)}.{ending}") for ending in _LEDGER})
