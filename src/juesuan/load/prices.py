"""`data/cpi.csv`: the consumer price index (居民消费价格指数) of each year, for figures at constant prices."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from juesuan.faults import Fault, FaultsError
from juesuan.load.csv_table import TableReader
from juesuan.rules import Record
from juesuan.schema import PRICE_INDEX

_SHOWN = f"data/{PRICE_INDEX.file}"
_LEAST, _MOST = 50, 200  # beyond these an increase (2.5) was typed, or an index of another base


def read_price_index(data: Path) -> dict[int, Fraction]:
    """Return the index of each year, the year before being 100, oldest first; nothing where there is no file.

    Raises `FaultsError` where the file is faulty.
    """
    prices, faults = price_index_and_faults(data)
    if faults:
        raise FaultsError(faults)
    return prices


def price_index_and_faults(data: Path) -> tuple[dict[int, Fraction], list[Fault]]:
    """Return the index of each year, and what is wrong with `cpi.csv`."""
    path = data / PRICE_INDEX.file
    if not path.exists():
        return {}, []
    if not path.is_file():
        return {}, [Fault(_SHOWN, "不是文件", f"应为 {PRICE_INDEX.title}表", "改成 CSV 文件，或移走")]
    reader = TableReader(PRICE_INDEX, _SHOWN)
    rows = sorted(reader.read(path), key=lambda row: row["year"])
    prices = {row["year"]: Fraction(row["index_pct"]) for row in rows}
    return prices, reader.faults or [*_out_of_range(rows), *_gaps(list(prices))]


def _out_of_range(rows: list[Record]) -> list[Fault]:
    return [
        Fault(
            _SHOWN,
            f"“{float(row['index_pct']):g}” 不像上年＝100的指数",
            f"应在 {_LEAST} 到 {_MOST} 之间，例如 102.5",
            "填指数，不填涨幅；涨2.5%填 102.5",
            row=int(row["source_row"]),
            column="index_pct",
        )
        for row in rows
        if not _LEAST <= row["index_pct"] <= _MOST
    ]


def _gaps(years: list[int]) -> list[Fault]:
    """Return a fault for every break between years: a chain of indices cannot be multiplied across it."""
    return [
        Fault(_SHOWN, f"{before}年之后接着{after}年", "各年应连续", f"补上{before + 1}年", column="year")
        for before, after in pairwise(years)
        if after != before + 1
    ]
