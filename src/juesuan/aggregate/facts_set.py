"""The data set of facts: `year=2021/facts.parquet` below one folder, a row a figure, in the order of its measures.

A figure is a whole number: 分 for money, pieces for what is counted. Rates are not kept, they follow from the amounts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from juesuan.swap import staging_folder, swap_in

LARGEST = 4 * 10**14
"""The largest magnitude of a figure, 4万亿元 in 分: 20 000 times it, and the sum of 20 000 of them, fit 64 bits."""
FEN_PER_WAN = 1_000_000
_COLUMNS = ("measure", "unit_id", "unit", "value")
_NAMED = ("measure", "unit_id")
_ROWS_A_GROUP = 1 << 16
Cells = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_RATES = ("%", "百分点")


class FactsSetError(ValueError):
    """The data set cannot be used; the message says where, what was found, what was expected, what to do."""


def gather_facts(pages: Path, folder: Path) -> dict[int, int]:
    """Gather `<pages>/<year>/<unit_id>/facts.parquet` into the data set at `folder`; return rows by year.

    A year's part is written aside and moved into place; years that `pages` has not are left. Raises `FactsSetError`
    where a figure is larger than the data set can reckon with, or no page has facts.
    """
    years = sorted(int(one.name) for one in pages.glob("[12][0-9][0-9][0-9]") if one.is_dir())
    written = {}
    for year in years:
        found = [one for path in sorted((pages / str(year)).glob("*/facts.parquet")) if (one := _figures(path, year))]
        if found:
            written[year] = write_year(folder, year, pa.concat_tables(found))
    if not written:
        raise FactsSetError(f"{pages}：没有 facts.parquet；应有各单位各年度的页；请先运行 juesuan run。")
    return written


def write_year(folder: Path, year: int, figures: pa.Table) -> int:
    """Write one year's figures (measure, unit_id, unit, value: int64, null where 未公开); return how many."""
    largest = pc.max(pc.abs(figures["value"])).as_py() or 0
    if largest > LARGEST:
        raise FactsSetError(f"{folder}（{year}年）：有数 {largest}；应不大于 {LARGEST}；请核对金额的单位。")
    ordered = figures.select(_COLUMNS).sort_by([("measure", "ascending"), ("unit_id", "ascending")])
    folder.mkdir(parents=True, exist_ok=True)
    staging = staging_folder(folder, f".year-{year}-")
    try:
        names = {name: json.dumps(pc.unique(ordered[name]).to_pylist(), ensure_ascii=False) for name in _NAMED}
        told = ordered.replace_schema_metadata(names)  # so that nobody need read all rows to know what there is
        pq.write_table(told, staging / "facts.parquet", row_group_size=_ROWS_A_GROUP)
        swap_in(staging, folder / f"year={year}")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return int(ordered.num_rows)


def held_years(folder: Path) -> list[int]:
    """Return the years of the data set, in order."""
    return sorted(int(one.parent.name.removeprefix("year=")) for one in folder.glob("year=*/facts.parquet"))


@dataclass(frozen=True)
class Block:
    """Some measures of all offices and years: `value` and `known` by year, measure and office.

    The first measure is number `start` of `every_measure`, the same categories for all blocks of a question.
    """

    years: tuple[int, ...]
    start: int
    every_measure: pd.CategoricalDtype
    every_unit: pd.CategoricalDtype
    value: Cells
    known: Flags


def read_blocks(folder: Path, years: Sequence[int], measures: Sequence[str] | None, size: int = 32) -> Iterator[Block]:
    """Yield the figures of `years` by blocks of at most `size` measures, in order of their names.

    `measures` are the ones wanted, all where it is None. Raises `FactsSetError` for a year or a measure that is not there.
    """
    if missing := sorted(set(years) - set(held_years(folder))):
        raise FactsSetError(f"{folder}：没有 {missing} 年；现有 {held_years(folder)}；请先运行 juesuan facts。")
    files = [_open(folder, year) for year in years]
    names = sorted({name for file in files for name in _unique(file, "measure")})
    if measures is not None and (unknown := sorted(set(measures) - set(names))):
        raise FactsSetError(
            f"{folder}：没有数字 {'、'.join(unknown)}；现有 {'、'.join(names[:8])} 等 {len(names)} 种；请改正。"
        )
    units = sorted({name for file in files for name in _unique(file, "unit_id")})
    wanted = names if measures is None else sorted(set(measures))
    every = pd.CategoricalDtype(wanted), pd.CategoricalDtype(units)
    for start in range(0, len(wanted), size):
        value, known = _cells(files, wanted[start : start + size], units)
        yield Block(tuple(years), start, *every, value, known)


def _open(folder: Path, year: int) -> pq.ParquetFile:
    return pq.ParquetFile(folder / f"year={year}" / "facts.parquet", read_dictionary=["measure", "unit_id"])


def _unique(file: pq.ParquetFile, column: str) -> list[str]:
    return list(json.loads(file.schema_arrow.metadata[column.encode()]))


def _cells(files: Sequence[pq.ParquetFile], names: Sequence[str], units: Sequence[str]) -> tuple[Cells, Flags]:
    """Return value and known of these measures, by year, measure and office."""
    value = np.zeros((len(files), len(names), len(units)), np.int64)
    known = np.zeros(value.shape, bool)
    for at, file in enumerate(files):
        table = file.read_row_groups(_groups(file, names), columns=["measure", "unit_id", "value"])
        table = table.filter(pc.is_in(table["measure"], pa.array(names))).combine_chunks()
        if not table.num_rows:
            continue
        row = _codes(table["measure"], names)
        column = _codes(table["unit_id"], units)
        figures = table["value"].combine_chunks()
        value[at, row, column] = figures.fill_null(0).to_numpy(zero_copy_only=False)
        known[at, row, column] = figures.is_valid().to_numpy(zero_copy_only=False)
    return value, known


def _groups(file: pq.ParquetFile, names: Sequence[str]) -> list[int]:
    """Return the row groups that may hold one of `names`: the rows are in their order."""
    found = []
    for number in range(file.num_row_groups):
        told = file.metadata.row_group(number).column(0).statistics
        if told is None or (told.min <= names[-1] and told.max >= names[0]):
            found.append(number)
    return found


def _codes(column: pa.ChunkedArray, names: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return for each row which of `names`, in order, it bears."""
    encoded = column.unify_dictionaries().combine_chunks()
    place = np.searchsorted(np.array(names), np.array(encoded.dictionary.to_pylist(), dtype=str))
    return np.asarray(place[encoded.indices.to_numpy()], dtype=np.intp)


def _figures(path: Path, year: int) -> pa.Table | None:
    """Return what an office's page says of its own year; of last year it tells in last year's page."""
    table = pq.read_table(path, columns=["id", "unit_id", "year", "unit", "numerator", "denominator"])
    table = table.filter(pc.equal(table["year"], year)).filter(
        pc.invert(pc.is_in(table.filter(pc.equal(table["year"], year))["unit"], pa.array(_RATES)))
    )
    frame = table.to_pandas()
    money = frame["unit"] == "万元"
    factor = pd.Series(np.where(money, FEN_PER_WAN, 1), dtype="Int64")
    numerator, denominator = frame["numerator"].astype("Int64"), frame["denominator"].astype("Int64").fillna(1)
    whole = ((numerator.abs() * factor) % denominator).fillna(0) == 0
    frame = frame.assign(measure=frame["id"].str.removesuffix(f".{year}"), value=numerator * factor // denominator)[
        whole.to_numpy(dtype=bool)
    ]
    schema = pa.schema([("measure", "string"), ("unit_id", "string"), ("unit", "string"), ("value", "int64")])
    return pa.Table.from_pandas(frame.loc[:, list(_COLUMNS)], schema=schema, preserve_index=False)
