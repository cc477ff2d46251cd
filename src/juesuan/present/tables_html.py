"""The table of the site: great-tables lays out each kind of table once a process, and its layout is filled with the figures.

great-tables takes a fifth of a millisecond a cell, half a second a report, and the tables of all offices are of few kinds:
the same columns under the same headings. So it is given a table whose cells are tokens, one row in each style that a row
may have; what it makes of that is cut into head, rows and foot, and these are filled in. The tests hold every table of
the reports against what great-tables makes of the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from juesuan.present.tables_great import by_great_tables, escaped
from juesuan.present.tables_model import NO_DATA, Row, TableModel, cell_html

_TOKEN = re.compile("\ue000([a-z]+[0-9]*)\ue001")
_BODY = re.compile('(.*<tbody class="gt_table_body">\n)(.*)(\n</tbody>.*)', re.DOTALL)
_BETWEEN_ROWS = re.compile("(?<=</tr>)\n")
_FEWEST_LEVELS = 3  # 类, 款, 项: an office without a 项 then needs no layout of its own
_KINDS = 512
_Style = tuple[bool, int]


class LayoutError(ValueError):
    """great-tables laid out a table otherwise than as a head, rows of cells in order, and a foot."""


def great_table_html(table: TableModel) -> str:
    """Return the table as HTML that loads nothing, the same bytes each time."""
    layout = _laid_out(_kind_of(table), len(table.notes), _levels(table))
    label = escape(table.title)
    kinds = "".join(f" {kind}-table" for kind in ("official", "wide") if getattr(table, kind))
    body = layout.filled(table)
    return f'<div class="table-scroll{kinds}" tabindex="0" role="region" aria-label="{label}">\n{body}\n</div>'


@dataclass(frozen=True)
class _Layout:
    """What great-tables wrote around the words of a table: `%` templates, a row's by whether it stands out and its level."""

    head: str
    rows: Mapping[_Style, str]
    foot: str

    def filled(self, table: TableModel) -> str:
        """Return the layout with the words and figures of `table`."""
        rows = "\n".join(self._rows(table))
        return self.head % _words(table) + rows + self.foot % _words(table)

    def _rows(self, table: TableModel) -> Iterator[str]:
        keys = [column.key for column in table.columns]
        for row in table.rows or (Row({keys[0]: NO_DATA}),):
            yield self.rows[_style(row)] % tuple(cell_html(row.cells.get(key)) for key in keys)


def _style(row: Row) -> _Style:
    return row.kind != "item", row.level


def _kind_of(table: TableModel) -> TableModel:
    """Return what tables of one kind have in common: all but the words and figures that a layout is filled with."""
    columns = tuple(replace(column, label=_token(f"label{place}")) for place, column in enumerate(table.columns))
    return replace(table, title="", unit="", source="", notes=(), columns=columns, rows=(), official=False, wide=False)


def _levels(table: TableModel) -> int:
    return max([_FEWEST_LEVELS, *(row.level + 1 for row in table.rows)])


def _words(table: TableModel) -> dict[str, str]:
    """Return what stands in head and foot, by the names of its tokens."""
    labels = {f"label{place}": column.label for place, column in enumerate(table.columns)}
    notes = {f"note{place}": note for place, note in enumerate(table.notes)}
    words = {"title": table.title, "unit": table.unit, "source": table.source, **labels, **notes}
    return {name: escaped(text) for name, text in words.items()}


@lru_cache(maxsize=_KINDS)
def _laid_out(kind: TableModel, notes: int, levels: int) -> _Layout:
    """Return the layout of a kind of table; raises `LayoutError` where it cannot be told apart."""
    tokens = [_token(f"cell{place}") for place in range(len(kind.columns))]
    cells = dict(zip((column.key for column in kind.columns), tokens, strict=True))
    rows = [Row(cells, "total" if bold else "item", level) for bold in (False, True) for level in range(levels)]
    sample = replace(
        kind, title=_token("title"), unit=_token("unit"), source=_token("source"),
        notes=tuple(_token(f"note{place}") for place in range(notes)), rows=tuple(rows),
    )  # fmt: skip
    parts = _BODY.fullmatch(by_great_tables(sample))
    if parts is None:
        raise LayoutError(f"表 {kind.id}：great-tables 写出的表没有可辨的表身；请用 pyproject.toml 所列的版本。")
    head, body, foot = parts.groups()
    made = _in_order(_BETWEEN_ROWS.split(body), tokens)
    return _Layout(_named(head), dict(zip(map(_style, rows), made, strict=True)), _named(foot))


def _token(name: str) -> str:
    return f"\ue000{name}\ue001"


def _named(text: str) -> str:
    return _TOKEN.sub(r"%(\1)s", text.replace("%", "%%"))


def _in_order(rows: Sequence[str], tokens: Sequence[str]) -> Iterator[str]:
    for row in rows:
        if [found.group() for found in _TOKEN.finditer(row)] != list(tokens):
            raise LayoutError("great-tables 写出的行与列的次序不符；请用 pyproject.toml 所列的版本。")
        yield _TOKEN.sub("%s", row.replace("%", "%%"))
