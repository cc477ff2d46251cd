"""The table of the site: great-tables lays out each kind of table once a process, and its layout is filled with the figures.

great-tables takes a fifth of a millisecond a cell, half a second a report, and the tables of all offices are of few kinds:
as many columns, as wide, under headings that join as many. So it is given a table of tokens, one row in each style that a
row may have; what it makes of that is cut into head, rows and foot, and these are filled in. The tests hold every table of
the reports against what great-tables makes of the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from juesuan.present.kept import Kept
from juesuan.present.source_notes import mark
from juesuan.present.tables_great import by_great_tables, escaped, header_ids
from juesuan.present.tables_model import NO_DATA, Column, Row, TableModel, cell_html

_SIGN = "ǂ"  # a letter, so that it may stand in an id, and one that no layout has
_TOKEN = re.compile(f"{_SIGN}id{_SIGN}-(title|subtitle|{_SIGN}(?:key|group)[0-9]+{_SIGN})|{_SIGN}([a-z]+[0-9]*){_SIGN}")
_CELL = re.compile(f"{_SIGN}cell([0-9]+){_SIGN}")
_BODY = re.compile('(.*<tbody class="gt_table_body">\n)(.*)(\n</tbody>.*)', re.DOTALL)
_BETWEEN_ROWS = re.compile("(?<=</tr>)\n")
_NOTE = re.compile('(.*?)(<tr class="gt_sourcenotes">.*?</tr>)(.*)', re.DOTALL)
_Style = tuple[bool, int]
_USUAL: frozenset[_Style] = frozenset([(True, 0), (False, 0), (False, 1), (False, 2)])
"""Totals, 类, 款, 项: an office without one of them then needs no layout of its own."""


class LayoutError(ValueError):
    """great-tables laid out a table otherwise than as a head, rows of cells in order, and a foot."""


def great_table_html(table: TableModel) -> str:
    """Return the table as HTML that loads nothing, the same bytes each time."""
    layout = _laid_out(_kind_of(table), _styles(table))
    label = escape(table.title)
    kinds = "".join(f" {kind}-table" for kind in ("official", "wide") if getattr(table, kind))
    body = layout.filled(table)
    return f'<div class="table-scroll{kinds}" tabindex="0" role="region" aria-label="{label}">\n{body}\n</div>'


@dataclass(frozen=True)
class _Layout:
    """What great-tables wrote around the words of a table: `%` templates, a row's by whether it stands out and its level.

    A row's has the ids of the headings by name, and for the cells, once these are filled in, `%s` in their order.
    """

    head: str
    rows: Mapping[_Style, str]
    below: str
    note: str
    foot: str

    def filled(self, table: TableModel) -> str:
        """Return the layout with the words and figures of `table`."""
        words = _words(table)
        notes = "".join(self.note % {"note": escaped(note)} for note in table.notes)
        return self.head % words + "\n".join(self._rows(table, words)) + self.below + notes + self.foot % words

    def _rows(self, table: TableModel, words: Mapping[str, str]) -> Iterator[str]:
        keys = [column.key for column in table.columns]
        rows = table.rows or (Row({keys[0]: NO_DATA}),)
        headed = {style: self.rows[style] % words for style in set(map(_style, rows))}
        for row in rows:
            yield headed[_style(row)] % tuple(cell_html(row.cells.get(key)) for key in keys)


def _style(row: Row) -> _Style:
    return row.kind != "item", row.level


def _kind_of(table: TableModel) -> TableModel:
    """Return what tables of one kind have in common: all but the words and figures that a layout is filled with."""
    columns = []
    for number, (group, run) in enumerate(table.heading_runs()):
        over = None if group is None else _token(f"group{number}")
        columns += [replace(column, group=over) for column in run]
    return TableModel(_token("id"), "", "", "", (), tuple(map(_of_tokens, range(len(columns)), columns)), ())


def _of_tokens(place: int, column: Column) -> Column:
    return replace(column, key=_token(f"key{place}"), label=_token(f"label{place}"))


def _styles(table: TableModel) -> frozenset[_Style]:
    return _USUAL.union(map(_style, table.rows))


def _words(table: TableModel) -> dict[str, str]:
    """Return what stands in head, rows and foot besides the cells, by the names of its tokens."""
    groups = {f"group{place}": group for place, (group, _) in enumerate(table.heading_runs()) if group is not None}
    labels = {f"label{place}": column.label for place, column in enumerate(table.columns)}
    words = {"title": table.title, "unit": table.unit, "source": table.source, **groups, **labels}
    filled = {name: escaped(text) for name, text in words.items()}
    filled["source"] += mark(table.id, "本表") if table.marked else ""
    keys = {f"key{place}": column.key for place, column in enumerate(table.columns)}
    ids = header_ids(table.id, {**keys, **groups, "title": "title", "subtitle": "subtitle"})
    return filled | {f"head.{name}": made for name, made in ids.items()} | {"id": table.id}


@Kept
def _laid_out(kind: TableModel, styles: frozenset[_Style]) -> _Layout:
    """Return the layout of a kind of table; raises `LayoutError` where it cannot be told apart."""
    cells = {column.key: _token(f"cell{place}") for place, column in enumerate(kind.columns)}
    ordered = sorted(styles)
    rows = tuple(Row(cells, "total" if stands_out else "item", level) for stands_out, level in ordered)
    sample = replace(
        kind, title=_token("title"), unit=_token("unit"), source=_token("source"), notes=(_token("note"),), rows=rows
    )
    parts = _BODY.fullmatch(by_great_tables(sample))
    foot = parts and _NOTE.fullmatch(parts[3])
    if not parts or not foot:
        raise LayoutError("great-tables 写出的表没有可辨的表身和表脚；请用 pyproject.toml 所列的版本。")
    made = dict(zip(ordered, _in_order(_BETWEEN_ROWS.split(parts[2]), len(cells)), strict=True))
    return _Layout(_template(parts[1]), made, foot[1], _template(foot[2]), _template(foot[3]))


def _token(name: str) -> str:
    return f"{_SIGN}{name}{_SIGN}"


def _template(text: str) -> str:
    def named(token: re.Match[str]) -> str:
        return f"%({token[2]})s" if token[2] else f"%(head.{token[1].strip(_SIGN)})s"

    return _TOKEN.sub(named, text.replace("%", "%%"))


def _in_order(rows: Sequence[str], columns: int) -> Iterator[str]:
    for row in rows:
        if [int(found[1]) for found in _CELL.finditer(row)] != list(range(columns)):
            raise LayoutError("great-tables 写出的行与列的次序不符；请用 pyproject.toml 所列的版本。")
        yield _template(_CELL.sub("%s", row.replace("%", "%%")))
