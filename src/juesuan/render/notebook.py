"""A page that ran becomes pandoc's markdown: outputs chosen as Quarto chooses them, code not shown."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in a tenth of the time, where libyaml is
_FRONT = re.compile(r"\A---\n(.*?)\n---\n?", re.DOTALL)
_INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$", re.MULTILINE)
_OPTION = re.compile(r"^#\|\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_CONDITION = re.compile(r'::: \{\.content-(visible|hidden) when-format="(html|docx|typst)"\}')
_FENCE = re.compile(r"(`{3,})[^`]*$")
_BEGINNING = re.compile(r'\s*\{\s*"cells"\s*:\s*\[\s*(?=\{)')
_FIRST_CELL = 8192
_PICTURES = {"image/svg+xml": "svg+xml", "image/png": "png", "image/jpeg": "jpeg"}
HTML_ORDER = ("text/html", "text/markdown", *_PICTURES, "text/plain")
PRINT_ORDER = ("text/markdown", *_PICTURES, "text/html", "text/plain")


def read_source(path: Path, root: Path) -> tuple[dict[str, Any], Any]:
    """Return a page's front matter and its body: markdown of a .qmd with its includes, or the notebook's cells."""
    if path.suffix == ".ipynb":
        cells = list(_read_notebook(path).cells)
        front = _front_matter(cells[0].source)[0] if cells and cells[0].cell_type == "raw" else {}
        return front, cells[1:] if front else cells
    front, body = _front_matter(path.read_text(encoding="utf-8"))
    return front, _INCLUDE.sub(lambda match: (root / match.group(1)).read_text(encoding="utf-8"), body)


def _read_notebook(path: Path) -> Any:
    """Return a notebook; one of today's format is not held against its schema, which takes longer than to read it."""
    import nbformat  # noqa: PLC0415  a build with nothing to render need not pay
    from nbformat.v4.nbjson import JSONReader  # noqa: PLC0415

    text = path.read_text(encoding="utf-8")
    held = json.loads(text)
    if held.get("nbformat") == nbformat.current_nbformat:
        return JSONReader().to_notebook(held)  # type: ignore[no-untyped-call]
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def read_front(path: Path) -> dict[str, Any]:
    """Return a page's front matter alone, without the cost of reading its outputs as a notebook's."""
    if path.suffix != ".ipynb":
        return _front_matter(path.read_text(encoding="utf-8"))[0]
    first = _first_cell(path)
    return _front_matter("".join(first["source"]))[0] if first and first["cell_type"] == "raw" else {}


def _first_cell(path: Path) -> dict[str, Any] | None:
    """Return a notebook's first cell, read from its beginning alone where `cells` stands there, as nbformat writes it."""
    with path.open(encoding="utf-8") as file:
        begun = _BEGINNING.match(text := file.read(_FIRST_CELL))
    if begun:
        with suppress(ValueError):
            cell: dict[str, Any] = json.JSONDecoder().raw_decode(text, begun.end())[0]
            return cell
    cells = json.loads(path.read_bytes())["cells"]
    return cells[0] if cells else None


def included(path: Path) -> list[Path]:
    """Return what a .qmd takes in, below the root."""
    text = path.read_text(encoding="utf-8") if path.suffix == ".qmd" else ""
    return [Path(name) for name in _INCLUDE.findall(text)]


def page_markdown(body: Any, to: str) -> str:
    """Return the page's markdown for one format."""
    if isinstance(body, str):
        return without_hidden(body, to)
    shown = "\n\n".join(part for cell in body if (part := cell_markdown(cell, to).strip())) + "\n"
    return without_hidden(shown, to)


def without_hidden(text: str, to: str) -> str:
    """Return the markdown without the blocks that are for another format: two thirds of what pandoc would have to read."""
    lines, kept = iter(text.split("\n")), []
    for line in lines:
        told = _CONDITION.fullmatch(line)
        if told and (told[2] == to) != (told[1] == "visible"):
            _pass_block(lines)
            kept.append("")
        else:
            kept.append(line)
            kept += _raw_block(line, lines)
    return "\n".join(kept)


def _pass_block(lines: Iterator[str]) -> None:
    """Read on to the end of the block whose first line was read; a fence within it may hold anything."""
    depth = 1
    for line in lines:
        if line.startswith(":::"):
            depth += -1 if not line.strip(": ") else 1
        _raw_block(line, lines)
        if depth == 0:
            return


def _raw_block(line: str, lines: Iterator[str]) -> list[str]:
    """Return the rest of a fenced block that begins with `line`, its last line too; nothing where none begins."""
    fence = _FENCE.match(line)
    block: list[str] = []
    for inner in lines if fence else ():
        block.append(inner)
        if fence and inner.strip() == fence[1]:
            break
    return block


def cell_markdown(cell: Any, to: str) -> str:
    """Return what a reader sees of a cell."""
    if cell.cell_type == "markdown":
        return str(cell.source)
    if cell.cell_type == "raw":
        return ""
    options = dict(_OPTION.findall(cell.source))
    if options.get("include") == "false" or options.get("output") == "false":
        return ""
    bundles = [output for output in cell.outputs if output.output_type in ("display_data", "execute_result")]
    return "\n\n".join(bundle_markdown(output.data, to) for output in bundles)


def bundle_markdown(data: dict[str, Any], to: str) -> str:
    """Return one output in the form Quarto would take for the format (its `display-data.ts`)."""
    order = HTML_ORDER if to == "html" else PRINT_ORDER
    for kind in order:
        if kind not in data or (kind == "text/html" and to != "html" and "<table" not in data[kind]):
            continue
        return _as_markdown(kind, str(data[kind]))
    return ""


def _as_markdown(kind: str, text: str) -> str:
    if kind == "text/markdown":
        return text
    if kind == "text/html":
        return f"````{{=html}}\n{text}\n````"
    if kind in _PICTURES:
        return _picture(kind, text)
    return f"```\n{text}\n```"


def _picture(kind: str, text: str) -> str:
    encoded = base64.b64encode(text.encode()).decode() if kind == "image/svg+xml" else text.replace("\n", "")
    return f"![](data:{kind};base64,{encoded})"


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    match = _FRONT.match(text.lstrip("\ufeff"))
    if match is None:
        return {}, text
    return dict(yaml.load(match.group(1), Loader=_YAML) or {}), text[match.end() :]
