"""What a table holds, before it takes a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any, Literal

from juesuan.facts import Fact
from juesuan.present.display import fact_span

NO_DATA = "无数据"


@dataclass(frozen=True)
class Mark:
    """A word that stands out in its cell, `kind` saying how: the colour goes with the word and never alone."""

    word: str
    kind: str


Cell = Fact | Mark | str | None


@dataclass(frozen=True)
class Column:
    """A column; neighbours that share a `group` stand under one heading. `width_pct` is a share of the width.

    A row's level moves in the text of the column that `indents`.
    """

    key: str
    label: str
    align: Literal["left", "right", "center"] = "left"
    group: str | None = None
    width_pct: float | None = None
    indents: bool = False


@dataclass(frozen=True)
class Row:
    """A row; `level` indents its name (类 0, 款 1, 项 2), a `group` row is a heading, a `total` row stands out."""

    cells: Mapping[str, Cell]
    kind: Literal["item", "group", "total"] = "item"
    level: int = 0


@dataclass(frozen=True)
class TableModel:
    """A table's words, columns and rows. An `official` one begins a page, a `wide` one lies on a page on its side.

    A `marked` one bears a mark that leads to its note among the sources.
    """

    id: str
    title: str
    unit: str
    source: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    official: bool = False
    wide: bool = False
    marked: bool = False

    def remarks(self) -> list[str]:
        """Return the lines under the table: its notes, then its source."""
        return [*(f"注：{note}" for note in self.notes), f"来源：{self.source}"]

    def words(self) -> str:
        """Return the table's text: title, headings and what is written in its rows."""
        cells = (row.cells.get(column.key) for row in self.rows for column in self.columns)
        return " ".join([self.title, *(column.label for column in self.columns), *map(cell_text, cells)])

    def facts(self) -> list[Fact]:
        """Return the facts shown, in reading order, each once."""
        cells = (row.cells.get(column.key) for row in self.rows for column in self.columns)
        return list({cell.id: cell for cell in cells if isinstance(cell, Fact)}.values())

    def told(self) -> dict[str, Any]:
        """Return what the output's metadata says of the table."""
        words = {"id": self.id, "title": self.title, "unit": self.unit, "source": self.source}
        return {"kind": "table", **words, "notes": list(self.notes), "facts": [fact.id for fact in self.facts()]}

    def name_key(self) -> str:
        """Return the column whose text a level indents: the last left-aligned one before the figures, if none says so."""
        names = [column.key for column in self.columns if column.indents]
        if names:
            return names[0]
        for column in self.columns:
            if column.align == "right":
                break
            if column.align == "left":
                names.append(column.key)
        return names[-1] if names else self.columns[0].key

    def heading_runs(self) -> list[tuple[str | None, list[Column]]]:
        """Return the columns in runs of one group; columns without a group make a run of None."""
        return [(group, list(run)) for group, run in groupby(self.columns, key=lambda column: column.group)]


def cell_text(cell: Cell) -> str:
    """Return a cell as plain text."""
    if isinstance(cell, Mark):
        return cell.word
    return cell.printed if isinstance(cell, Fact) else cell or ""


def cell_html(cell: Cell) -> str:
    """Return a cell as HTML: a fact or a mark as its span, text escaped."""
    if isinstance(cell, Mark):
        return f'<span class="mark mark-{escape(cell.kind)}">{escape(cell.word)}</span>'
    return fact_span(cell) if isinstance(cell, Fact) else escape(cell or "")
