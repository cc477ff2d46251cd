"""The table of Word and PDF: one plain HTML table that pandoc's own reader turns into a real one.

Markdown's pipe tables know neither joined headings nor widths; pandoc and Quarto both read an HTML table with them.
"""

from __future__ import annotations

import unicodedata
from html import escape

from juesuan.present.display import escape_markdown
from juesuan.present.tables_model import NO_DATA, Column, Row, TableModel, cell_html, cell_text

_INDENT = "　"
_LONGEST_WEIGHED = 24


def markdown_table(table: TableModel) -> str:
    """Return pandoc markdown: a raw HTML table, then its notes and source as a paragraph of class `table-note`."""
    lines = [
        "<table>",
        f"<caption>{escape(table.title)}（单位：{escape(table.unit)}）</caption>",
        _column_group(table),
        _head(table),
        _body(table),
        "</table>",
    ]
    raw = "\n".join(lines).replace("`", "&#96;")
    note = "\\\n".join(escape_markdown(remark) for remark in table.remarks())
    block = f"```{{=html}}\n{raw}\n```\n\n::: {{.table-note}}\n{note}\n:::\n"
    classes = [f".{kind}-table" for kind in ("official", "wide") if getattr(table, kind)]
    return f":::: {{{' '.join(classes)}}}\n{block}::::\n" if classes else block


def column_widths(table: TableModel) -> list[float]:
    """Return each column's share of the width, in per cent, adding up to 100; what was not given goes by the texts."""
    given = sum(column.width_pct or 0 for column in table.columns)
    weights = [0 if column.width_pct else _weight(table, column) for column in table.columns]
    left = max(100 - given, 0)
    shares = [
        column.width_pct or left * weight / sum(weights) for column, weight in zip(table.columns, weights, strict=True)
    ]
    return [round(100 * share / sum(shares), 1) for share in shares]


def _weight(table: TableModel, column: Column) -> int:
    texts = [column.label, *(cell_text(row.cells.get(column.key)) for row in table.rows)]
    widest = max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text) for text in texts)
    return min(max(widest, 6), _LONGEST_WEIGHED) + 2


def _column_group(table: TableModel) -> str:
    columns = "".join(f'<col style="width:{width:g}%">' for width in column_widths(table))
    return f"<colgroup>{columns}</colgroup>"


def _head(table: TableModel) -> str:
    if all(column.group is None for column in table.columns):
        return f"<thead>\n<tr>{''.join(_heading(column) for column in table.columns)}</tr>\n</thead>"
    upper, lower = "", ""
    for group, columns in table.heading_runs():
        if group is None:
            upper += "".join(_heading(column, ' rowspan="2"') for column in columns)
        else:
            upper += f'<th colspan="{len(columns)}" style="text-align:center">{escape(group)}</th>'
            lower += "".join(_heading(column) for column in columns)
    return f"<thead>\n<tr>{upper}</tr>\n<tr>{lower}</tr>\n</thead>"


def _heading(column: Column, span: str = "") -> str:
    return f'<th{span} style="text-align:center">{escape(column.label)}</th>'


def _body(table: TableModel) -> str:
    if not table.rows:
        return f'<tbody>\n<tr><td colspan="{len(table.columns)}">{NO_DATA}</td></tr>\n</tbody>'
    rows = "\n".join(f"<tr>{''.join(_cell(table, row, column) for column in table.columns)}</tr>" for row in table.rows)
    return f"<tbody>\n{rows}\n</tbody>"


def _cell(table: TableModel, row: Row, column: Column) -> str:
    inner = cell_html(row.cells.get(column.key))
    if inner and row.kind != "item":
        inner = f"<strong>{inner}</strong>"
    if inner and column.key == table.name_key():
        inner = _INDENT * row.level + inner
    return f'<td style="text-align:{column.align}">{inner}</td>'
