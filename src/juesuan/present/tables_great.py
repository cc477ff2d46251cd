"""How great-tables lays out a table of the site, in a style of our own.

great-tables writes eight kilobytes of style for each table, part of which (`tbody, tr, td { border-style: none }`) is
not confined to the table's id and strips the rules from every other table of the page. Its style block is therefore
replaced by ours, which is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
from great_tables import GT, html, loc, style
from great_tables._gt_data import Body
from great_tables._utils_render_html import _IdRegistry

from juesuan.present.source_notes import mark
from juesuan.present.tables_model import NO_DATA, TableModel, cell_html

_STYLE_BLOCK = re.compile(r"<style>.*?</style>", re.DOTALL)
_OUTER_STYLE = re.compile(r'^<div id="([^"]*)" style="[^"]*">')
_RULES = {
    "": "padding:0.4em 0",
    " table.gt_table": "border-collapse:collapse;width:100%;margin:0;font:inherit;color:inherit;"
    "font-variant-numeric:tabular-nums;border-top:0;border-bottom:0",
    " .gt_title": "border:0;padding:0.2em 0.5em;text-align:center;font-weight:bold",
    " .gt_subtitle": "border:0;padding:0.2em 0.5em;text-align:right;font-size:0.875em",
    " .gt_col_heading, .gt_column_spanner_outer": "border:0;padding:0.35em 0.5em;font-weight:bold",
    " tr.gt_col_headings:first-of-type, tr.gt_heading + tr.gt_col_headings": "border-top:1.5px solid currentColor",
    " .gt_column_spanner": "display:block;border-bottom:1px solid currentColor;padding-bottom:0.2em",
    " thead": "border-bottom:1px solid currentColor",
    " .gt_row": "border:0;border-bottom:0.5px solid #c8c8c8;padding:0.3em 0.5em;vertical-align:top",
    " tbody.gt_table_body tr:last-child .gt_row": "border-bottom:1.5px solid currentColor",
    " .gt_left": "text-align:left",
    " .gt_right": "text-align:right;white-space:nowrap",
    " .gt_center": "text-align:center",
    " .gt_sourcenote": "border:0;padding:0.2em 0.5em;text-align:left;font-size:0.875em",
}


def by_great_tables(table: TableModel) -> str:
    """Return the table as great-tables lays it out, in our style: HTML that loads nothing, the same bytes each time."""
    made = _spanned(_labelled(_quick(GT(_frame(table), id=table.id)), table), table)
    made = _styled(made, table).tab_options(quarto_disable_processing=True)
    for remark in remarks_html(table):
        made = made.tab_source_note(html(remark))
    body = _STYLE_BLOCK.sub(lambda _: f"<style>\n{_style_rules(table.id)}\n</style>", made.as_raw_html(), count=1)
    return _OUTER_STYLE.sub(r'<div id="\1">', body.strip())


def _quick(made: GT) -> GT:
    """Return the table with its body as plain objects: GT writes it cell by cell, which Arrow strings make three times as slow."""
    empty: Any = made._body.body
    return made._replace(_body=Body(empty.astype(object)))


def header_ids(table_id: str, named: Mapping[str, str]) -> dict[str, str]:
    """Return the ids that great-tables gives the cells of a table's head, each by the name that its text has in `named`.

    They come in the order in which great-tables makes them: columns, joined headings, title, subtitle.
    """
    registry = _IdRegistry(table_id)
    fallback = {"k": "column", "g": "spanner", "t": "title", "s": "subtitle"}
    return {name: registry.make(html(escaped(text)), fallback=fallback[name[0]]) for name, text in named.items()}


def remarks_html(table: TableModel) -> list[str]:
    """Return the lines under the table as HTML, the mark of its note after the source."""
    *notes, source = map(escaped, table.remarks())
    return [*notes, source + (mark(table.id, "本表") if table.marked else "")]


def escaped(text: str) -> str:
    """Return `text` for great-tables, which would read braces as its own notation of units."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _frame(table: TableModel) -> pd.DataFrame:
    keys = [column.key for column in table.columns]
    rows = [[cell_html(row.cells.get(key)) for key in keys] for row in table.rows]
    return pd.DataFrame(rows or [[NO_DATA] + [""] * (len(keys) - 1)], columns=keys, dtype=object)


def _labelled(made: GT, table: TableModel) -> GT:
    keys = [column.key for column in table.columns]
    made = made.tab_header(title=html(escaped(table.title)), subtitle=html(f"单位：{escaped(table.unit)}"))
    made = made.fmt_passthrough(columns=keys, escape=False)
    made = made.cols_label({column.key: html(escaped(column.label)) for column in table.columns})
    for align in {column.align: None for column in table.columns}:
        made = made.cols_align(align=align, columns=[column.key for column in table.columns if column.align == align])
    widths = {column.key: f"{column.width_pct:g}%" for column in table.columns if column.width_pct is not None}
    return made.cols_width(widths) if widths else made


def _spanned(made: GT, table: TableModel) -> GT:
    for number, (group, columns) in enumerate(table.heading_runs()):
        if group is not None:
            keys = [column.key for column in columns]
            made = made.tab_spanner(html(escaped(group)), columns=keys, id=f"group-{number}", gather=False)
    return made


def _styled(made: GT, table: TableModel) -> GT:
    strong = [number for number, row in enumerate(table.rows) if row.kind != "item"]
    if strong:
        made = made.tab_style(style=style.text(weight="bold"), locations=loc.body(rows=strong))
    for level in sorted({row.level for row in table.rows if row.level > 0}):
        inner = [number for number, row in enumerate(table.rows) if row.level == level]
        indent = style.css(f"padding-left: {0.5 + 1.5 * level:g}em;")
        made = made.tab_style(style=indent, locations=loc.body(columns=[table.name_key()], rows=inner))
    return made


def _style_rules(table_id: str) -> str:
    mark = f'[id="{table_id}"]'
    lines = []
    for place, rules in _RULES.items():
        selectors = ", ".join(f"{mark} {part.strip()}".strip() for part in place.split(","))
        lines.append(f"{selectors} {{ {rules}; }}")
    return "\n".join(lines)
