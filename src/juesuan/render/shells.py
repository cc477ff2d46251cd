"""What stands round the rows of a report's tables, title, head and widths, is made by pandoc once and kept.

The tables of all offices and years are nearly the same there. The first page that has one gives it to pandoc between two
marks, and what comes out between them is kept while the process lives; the next page that has it gives pandoc the marks
alone. The file is the same, byte for byte: a test holds it to that.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from juesuan.render.pandoc import Conversion
from juesuan.render.rows import ROW_MARK, STYLE_TO_COME, HeldTable, place_of

_END = "\ue004"
_MADE = re.compile("\ue001(\\d+)\ue002([^\ue004]*)\ue004")
_RAW = {"docx": "openxml", "typst": "typst"}
_ROW = {"docx": ("<w:tr>", "</w:tr>"), "typst": ("    table.cell(", "\n")}
_PARAGRAPH_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)" />')
_STYLE_ID = re.compile(r'w:styleId="([^"]+)"')
_MOST_KEPT = 500  # of 10 kB each


@dataclass(frozen=True)
class Shell:
    """A table as pandoc writes it, but for its rows: what stands before and after them, the style of their paragraphs."""

    before: str
    after: str
    style: str

    def around(self, rows: str) -> str:
        """Return the whole table."""
        return f"{self.before}{rows.replace(STYLE_TO_COME, self.style)}{self.after}"


_kept: dict[tuple[str, str], Shell] = {}


class Tables:
    """The tables of a page that pandoc need not see, in the format and with the filters of the page's conversion."""

    def __init__(self, held: Sequence[HeldTable], page: Conversion) -> None:
        self._held, self._page = held, page
        self._likeness = _likeness(page) if held else ""
        self._known = {table.shell: _kept.get((self._likeness, table.shell)) for table in held}

    def asked(self, text: str) -> str:
        """Return the page's markdown, where each table has its place, as pandoc is to have it."""
        raw = _RAW.get(self._page.to, "")
        for number, table in enumerate(self._held):
            place = place_of(number)
            between = f"\n{_END}" if self._known[table.shell] else f"\n```\n\n{table.shell}\n\n```{{={raw}}}\n{_END}"
            text = text.replace(place, f"```{{={raw}}}\n{place}{between}\n```", 1)
        return text

    def filled(self, made: str) -> str:
        """Return what pandoc made of the page with the tables in their places; keep what is new of them."""
        learnt: dict[str, Shell] = {}

        def table(found: re.Match[str]) -> str:
            held = self._held[int(found[1])]
            shell = self._known[held.shell] or learnt.setdefault(held.shell, _shell(found[2], self._page.to))
            return shell.around(held.rows)

        filled = _MADE.sub(table, made) if self._held else made
        self._keep(learnt)
        return filled

    def _keep(self, learnt: dict[str, Shell]) -> None:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        styles = _styles(self._page.reference) if learnt and self._page.to == "docx" else None
        for told, shell in learnt.items():
            if styles is None or styles.issuperset(_PARAGRAPH_STYLE.findall(shell.before + shell.style)):
                _kept[self._likeness, told] = shell


def _shell(made: str, to: str) -> Shell:
    begin, end = _ROW[to]
    made = made.strip()
    at = made.index(ROW_MARK)
    first, last = made.rindex(begin, 0, at), made.index(end, at) + len(end)
    style = _PARAGRAPH_STYLE.search(made, first, last)
    return Shell(made[:first], made[last:], style.group() if style else "")


def _styles(reference: Path | None) -> set[str]:
    """Return the styles of the reference document: one that it lacks pandoc adds, but only where it sees it used."""
    if reference is None:
        return set()
    with zipfile.ZipFile(reference) as archive:
        return set(_STYLE_ID.findall(archive.read("word/styles.xml").decode("utf-8")))


def _likeness(page: Conversion) -> str:
    """Return what is the same for two pages whose tables pandoc writes in the same way."""
    files = [*page.filters, *([page.reference] if page.reference else [])]
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return json.dumps([page.source, page.to, page.metadata.get("lang"), *contents])
