"""The tables of one office's year: plain rows, which most of what is asked needs, and frames, made when one is asked for.

To make and to keep a frame of ten rows takes a hundred times as long as the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from pandas.api.types import pandas_dtype

from juesuan.rules import Record, Records
from juesuan.schema import YEAR_TABLES, Table

_WHOLE, _OBJECT, _LINE = pd.Int64Dtype(), pandas_dtype("object"), pandas_dtype("int64")
_DTYPES = {"amount": _WHOLE, "year": _WHOLE}


class Tables(Mapping[str, pd.DataFrame]):
    """Frames by the name of a year's table; a name that is not among them was not published."""

    def __init__(self, rows: Mapping[str, list[Record]]) -> None:
        self.rows = rows
        self._frames: dict[str, pd.DataFrame] = {}

    @property
    def records(self) -> Records:
        """The plain rows."""
        return Records.of_rows(self.rows)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = frame_of(YEAR_TABLES[name], self.rows[name])
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: object) -> bool:
        return name in self.rows

    def __getstate__(self) -> dict[str, Any]:
        """Keep the rows alone."""
        return {"rows": self.rows, "_frames": {}}


def frame_of(table: Table, rows: list[Record]) -> pd.DataFrame:
    """Return plain rows (missing is None) as a frame of the schema's types, with `source_row`; none make an empty one."""
    types = {column.frame_name: _DTYPES.get(column.type, _OBJECT) for column in table.columns}
    index = pd.RangeIndex(len(rows))
    columns = {
        name: pd.Series([row.get(name) for row in rows], index=index, dtype=dtype)
        for name, dtype in {**types, "source_row": _LINE}.items()
    }
    return pd.DataFrame(columns, index=index, copy=False)
