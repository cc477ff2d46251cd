"""Frames as plain rows: what is asked of ten rows many times over is asked of dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

Record = dict[str, Any]


class Records(Mapping[str, list[Record]]):
    """The rows of each table by its name: whole numbers are `int`, what is missing is None.

    A table is turned into rows when it is first asked for, once.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables: Mapping[str, Any] = tables
        self._rows: dict[str, list[Record]] = {}

    @classmethod
    def of_rows(cls, rows: Mapping[str, list[Record]]) -> Records:
        """Return the tables whose rows are known."""
        made = cls({})
        made._tables, made._rows = rows, dict(rows)
        return made

    def __getitem__(self, name: str) -> list[Record]:
        if name not in self._rows:
            self._rows[name] = _rows_of(self._tables[name])
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __contains__(self, name: object) -> bool:
        return name in self._tables


def _rows_of(frame: pd.DataFrame) -> list[Record]:
    names = [str(name) for name in frame.columns]
    columns = [[None if pd.isna(value) else value for value in values.tolist()] for _, values in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
