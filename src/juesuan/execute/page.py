"""A notebook that ran becomes a page: front matter, its charts as files, its facts beside it, nothing for the analyst."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
import yaml

from juesuan.execute.plan import Job
from juesuan.facts import Ledger, ledger_from_records

GUIDE = "guide"
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
    ledger = _ledger(ran, job)
    cells = [_published(cell, page) for cell in ran.cells if not _is_for_the_analyst(cell)]
    _write_facts(ledger, job, page)
    if job.page.suffix == ".md":
        page.write_text(_as_markdown(cells, job), encoding="utf-8")
        return page
    front = nbformat.v4.new_raw_cell(_front_matter(job))  # type: ignore[no-untyped-call]
    made = nbformat.v4.new_notebook(cells=[front, *cells], metadata={"kernelspec": ran.metadata.kernelspec})  # type: ignore[no-untyped-call]
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(made, page)  # type: ignore[no-untyped-call]
    return page


def _front_matter(job: Job) -> str:
    front: dict[str, Any] = {
        "title": job.title,
        "subtitle": job.subtitle,
        "format": dict.fromkeys(job.formats, "default"),
    }
    return "---\n" + yaml.safe_dump(front, allow_unicode=True, sort_keys=False) + "---"


def _is_for_the_analyst(cell: Any) -> bool:
    return GUIDE in cell.metadata.get("tags", [])


def _published(cell: Any, page: Path) -> Any:
    """Return the cell without metadata (Quarto would wrap its output), without timings, its charts pointing to files."""
    if cell.cell_type != "code":
        return nbformat.v4.new_markdown_cell(cell.source)  # type: ignore[no-untyped-call]
    made = nbformat.v4.new_code_cell(_OPTION_LINE.sub("", cell.source))  # type: ignore[no-untyped-call]
    made.outputs = [_published_output(output, page) for output in cell.outputs if output.output_type != "stream"]
    return made


def _published_output(output: Any, page: Path) -> Any:
    told = output.get("metadata", {}).get("juesuan", {})
    data = dict(output.get("data", {}))
    if told.get("kind") == "facts":
        return nbformat.v4.new_output("display_data", data={"text/markdown": ""})  # type: ignore[no-untyped-call]
    if told.get("kind") == "chart":
        data = _with_files(data, told, page)
    return nbformat.v4.new_output("display_data", data=data)  # type: ignore[no-untyped-call]


def _with_files(data: dict[str, Any], told: dict[str, Any], page: Path) -> dict[str, Any]:
    """Write a chart's SVG and PNG beside the page; return its output as links to them, for the site and for print."""
    folder = page.parent / "charts"
    folder.mkdir(exist_ok=True)
    name = f"{page.stem.lstrip('_')}-{told['id']}"
    (folder / f"{name}.svg").write_text(data["image/svg+xml"], encoding="utf-8")
    (folder / f"{name}.png").write_bytes(base64.b64decode(data["image/png"]))
    html = _DATA_URI.sub(f'src="charts/{name}.svg"', data["text/html"], count=1)
    caption = f"{told['title']}（单位：{told['unit']}）"
    words = told["alt"].replace('"', "”")
    notes = [f"注：{note}" for note in told["notes"]]
    lines = []
    for kind, picture in (("content-visible", "png"), ("content-hidden", "svg")):
        image = f'![{caption}](charts/{name}.{picture}){{fig-alt="{words}" width=100%}}'
        lines.append(f'::: {{.{kind} when-format="docx"}}\n{image}\n:::')
    if notes:
        lines.append("::: {.chart-note}\n" + " ".join(notes) + "\n:::")
    return {"text/html": html, "text/markdown": "\n\n".join(lines)}


def _as_markdown(cells: list[Any], job: Job) -> str:
    """Return the front page's cells as markdown for the site's root: charts lie below `pages/`."""
    parts = []
    for cell in cells:
        for output in cell.get("outputs", []):
            html, markdown = output.data.get("text/html"), output.data.get("text/markdown")
            if html:
                rooted = html.replace('src="charts/', 'src="pages/charts/')
                parts.append(f"````{{=html}}\n{rooted}\n````")
            elif markdown:
                parts.append(markdown)
    return "\n\n".join(parts) + "\n"


def _ledger(ran: Any, job: Job) -> Ledger:
    for cell in ran.cells:
        for output in cell.get("outputs", []):
            told = output.get("metadata", {}).get("juesuan", {})
            if told.get("kind") == "facts":
                return ledger_from_records(told["unit_id"], told["year"], told["facts"])
    raise NoFactsError(f"notebooks/{job.notebook}.ipynb：没有显示台账；请保留 present.LedgerView(…) 那一格。")


def _write_facts(ledger: Ledger, job: Job, page: Path) -> None:
    stem = "facts" if job.notebook == "report" else f"{job.page.stem.lstrip('_')}-facts"
    ledger.write_json(page.with_name(f"{stem}.json"))
    ledger.write_parquet(page.with_name(f"{stem}.parquet"))
