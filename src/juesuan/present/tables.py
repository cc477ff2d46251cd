"""Tables of facts: one description of the rows, an HTML table for the site and a plain one for Word and PDF."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from juesuan.present.display import Bundle
from juesuan.present.tables_html import great_table_html
from juesuan.present.tables_markdown import markdown_table
from juesuan.present.tables_model import NO_DATA, Column, Row, TableModel, cell_text

__all__ = ["Column", "Row", "Table", "make_table"]


@dataclass(frozen=True)
class Table(TableModel):
    """A table that can be shown; made by `make_table`."""

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        data = {"text/html": great_table_html(self), "text/markdown": markdown_table(self), "text/plain": _plain(self)}
        return data, {"juesuan": self.told()}


def make_table(
    *,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Row],
    official: bool = False,
    wide: bool = False,
) -> Table:
    """Return a table; all is asked for by name, since a published table without title, unit or source is a fault.

    `id` is the cell's label, such as `tbl-income`. A row's cells are facts, texts or None (left blank); a cell that the
    row does not name is blank. An `official` table begins a page, a `wide` one lies on its side. No rows make one row that says 无数据. Raises `ValueError` for a row with a cell of no
    column, and for a table without columns.
    """
    if not columns:
        raise ValueError(f"表 {id}：没有列；columns 至少应有一列。")
    all_rows = tuple(rows)
    keys = [column.key for column in columns]
    for number, row in enumerate(all_rows, start=1):
        if strange := [key for key in row.cells if key not in keys]:
            raise ValueError(f"表 {id} 第 {number} 行：没有名为 {'、'.join(strange)} 的列；列有 {'、'.join(keys)}。")
    return Table(id, title, unit, source, tuple(notes), tuple(columns), all_rows, official, wide)


def _plain(table: TableModel) -> str:
    heading = f"{table.title}（单位：{table.unit}）"
    lines = ["\t".join(column.label for column in table.columns)]
    lines += ["\t".join(cell_text(row.cells.get(column.key)) for column in table.columns) for row in table.rows]
    return "\n".join([heading, *lines, *([] if table.rows else [NO_DATA]), *table.remarks()])
