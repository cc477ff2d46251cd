"""The next year's folder from the years before: their rows with empty amounts, their words marked as to be revised."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from juesuan.describe import PASSAGES
from juesuan.faults import Fault, FaultsError, fatal
from juesuan.load.accounts import Accounts, Unit, load_accounts, read_units, years_of
from juesuan.load.csv_table import CellError, decode, read_year
from juesuan.load.narrative_file import mark_stale, parse_narrative
from juesuan.schema import YEAR_TABLES, Column, Table
from juesuan.swap import staging_folder

_WORDS, _ORIGIN = "narrative.md", "source.toml"
_FUND_OF_A_NEW_OFFICE = "general_public"  # nearly every office has this one; a row of another fund is added by hand
_OF_ONE_YEAR = {"printed"}  # which totals rounding sets apart is each year's own chance
_NOT_BEGUN = _OF_ONE_YEAR | {
    "budgets",  # an empty one would say that nothing was budgeted, and hide the budgets of expenditure.csv
    "classes",  # is for documents without details; an office has its own
}
_BOM = b"\xef\xbb\xbf"
_Rows = list[list[str]]


class RollForwardError(ValueError):
    """The folder cannot be made; says where, what was found, what was expected and what to do."""

    def __init__(self, place: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(str(Fault(place, found, expected, remedy)))


@dataclass(frozen=True)
class ToDo:
    """What is still empty or stale in a folder: cells that must be filled, cells that may be, passages."""

    required_cells: int
    optional_cells: int
    passages: int


def roll_forward(data: Path, unit_id: str, year: int) -> Path:
    """Make the folder of `year` for an office and return it: whole, or not at all; never over one that is there.

    A table, and the words, come from the latest earlier year that has them; an office without any year gets headers,
    and a row for each item that every office reports. Raises `RollForwardError`, and `FaultsError` where the earlier
    accounts are themselves faulty.
    """
    year = wanted_year(str(year))
    unit = _office(data, unit_id)
    place = data / unit_id / str(year)
    shown = f"data/{unit_id}/{year}"
    if place.exists() or place.is_symlink():
        raise RollForwardError(shown, "已经有了", "应是还没有的年度", "在这个文件夹里填写，或换一个年度；不会覆盖")
    years = years_of(data, unit_id)
    earlier = [one for one in years if one < year]
    if years and not earlier:
        there_are = "、".join(map(str, years))
        raise RollForwardError(
            f"data/{unit_id}", f"没有 {year} 年以前的数据", f"现有 {there_are}", "换一个更晚的年度，或先补录上一年"
        )
    files = _files_from(data, unit, earlier, year) if earlier else _first_files(unit, year)
    _put_in_place(files, data, place)
    return place


def wanted_year(text: str) -> int:
    """Return the year that `text` says; raises `RollForwardError`."""
    try:
        return read_year(text)
    except CellError as error:
        raise RollForwardError("参数 YEAR", error.found, error.expected, "改正年度") from None


def to_do(folder: Path) -> ToDo:
    """Count what is to be filled in and revised in a year's folder."""
    empty = [column.blank for table in _tables_in(folder) for column in _empty_cells(folder / table.file, table)]
    words = folder / _WORDS
    passages = parse_narrative(decode(words.read_bytes())).values() if words.is_file() else ()
    unwritten = sum(one.stale_since is not None or not one.text.strip() for one in passages)
    return ToDo(empty.count(False), empty.count(True), unwritten)


def _office(data: Path, unit_id: str) -> Unit:
    if not data.is_dir():
        raise RollForwardError(str(data), "没有这个数据文件夹", "应有 units.csv 和各单位的文件夹", "用 --data 指明")
    units, faults = read_units(data)
    if stopping := fatal(faults):
        raise FaultsError(stopping)
    if unit_id not in units:
        found = f"没有单位 {unit_id}" if unit_id else "没有写明单位"
        there_are = "、".join(sorted(units)) or "（空）"
        raise RollForwardError(
            "data/units.csv", found, f"现有 {there_are}", "改正 --unit；新的单位请先在 units.csv 补一行"
        )
    return units[unit_id]


def _files_from(data: Path, unit: Unit, earlier: list[int], year: int) -> dict[str, bytes]:
    """Return the new folder's files by name, made from the `earlier` years."""
    folder = data / unit.unit_id
    latest: dict[str, int] = {}
    for one in earlier:
        latest.update({path.name: one for path in (folder / str(one)).iterdir() if path.is_file()})
    tables = [one for one in YEAR_TABLES.values() if one.file in latest and one.name not in _OF_ONE_YEAR]
    used = {earlier[-1], *(since for file, since in latest.items() if file in {_WORDS, *(one.file for one in tables)})}
    accounts = {one: load_accounts(data, unit.unit_id, one) for one in sorted(used)}  # faulty ones are not carried on
    files = {one.file: _emptied(folder / str(latest[one.file]) / one.file, one) for one in tables}
    last = accounts[earlier[-1]]
    about, precision = last.source, last.source.precision
    names = [one.name for one in tables]
    files[_ORIGIN] = _origin(_title(last, year), about.publisher, precision.unit, precision.decimals, names)
    if since := latest.get(_WORDS):
        files[_WORDS] = mark_stale(decode((folder / str(since) / _WORDS).read_bytes()), since, year).encode()
    return files


def _first_files(unit: Unit, year: int) -> dict[str, bytes]:
    """Return the files of an office that has no year yet."""
    tables = [table for table in YEAR_TABLES.values() if table.name not in _NOT_BEGUN]
    files = {table.file: _written([[column.name for column in table.columns], *_first_rows(table)]) for table in tables}
    files[_ORIGIN] = _origin(_usual_title(unit, year), unit.published_at or "", "万元", 2, (one.name for one in tables))
    keys = [key for key in PASSAGES if "<" not in key]
    files[_WORDS] = "\n".join(f"## {PASSAGES[key].replace('当年', f'{year}年')} {{#{key}}}\n" for key in keys).encode()
    return files


def _first_rows(table: Table) -> _Rows:
    """Return a row for each item of a table whose items are known beforehand: an empty table would say zero."""
    columns = [table.column(name) for name in table.key]
    if not all(column.choices for column in columns):
        return []
    items = [
        [_FUND_OF_A_NEW_OFFICE]
        if column.name == "fund" and len(columns) > 1
        else list(column.usual or column.choices or {})
        for column in columns
    ]
    rows = (dict(zip(table.key, key, strict=True)) for key in itertools.product(*items))
    return [[row.get(column.name, "") for column in table.columns] for row in rows]


def _emptied(path: Path, table: Table) -> bytes:
    """Return the file with its rows, order and header, and nothing in the cells that a year fills in."""
    header, *rows = _read(path)
    filled_in = [_is_filled_in(table, name.strip()) for name in header]
    kept = [["" if blank else cell for cell, blank in zip(row, filled_in, strict=False)] for row in rows]
    raw = _written([header, *(row + [""] * (len(header) - len(row)) for row in kept)])
    return _BOM + raw if path.read_bytes().startswith(_BOM) else raw  # an office that opens it in Excel needs it again


def _is_filled_in(table: Table, name: str) -> bool:
    """Say whether a column is what a year fills in: amounts, numbers, words of a result; not what a row is about."""
    return name not in table.key and table.column(name).type in ("amount", "number", "text")


def _empty_cells(path: Path, table: Table) -> Iterable[Column]:
    header, *rows = _read(path)
    names = [name.strip() for name in header]
    for row in rows:
        cells = dict(zip(names, row, strict=False))
        yield from (one for one in table.columns if _is_filled_in(table, one.name) and not cells[one.name].strip())


def _read(path: Path) -> _Rows:
    rows = csv.reader(io.StringIO(decode(path.read_bytes()), newline=""))
    return [row for row in rows if any(cell.strip() for cell in row)]


def _written(rows: _Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _tables_in(folder: Path) -> list[Table]:
    return [table for table in YEAR_TABLES.values() if (folder / table.file).is_file()]


def _title(last: Accounts, year: int) -> str:
    """Return last year's title for `year`; one that names another year is that of a later document, and not kept."""
    title = last.source.title
    if set(re.findall(r"\d{4}(?=年)", title)) != {str(last.year)}:
        return _usual_title(last.unit, year)
    return title.replace(f"{last.year}年", f"{year}年")


def _usual_title(unit: Unit, year: int) -> str:
    return f"{unit.name}{year}年度部门决算"


def _origin(title: str, publisher: str, unit: str, decimals: int, tables: Iterable[str]) -> bytes:
    quoted = [f"{key} = {json.dumps(words, ensure_ascii=False)}" for key, words in
              (("title", title), ("publisher", publisher), ("retrieved", ""), ("amount_unit", unit))]  # fmt: skip
    head = [
        "# 这个文件夹的数字取自哪里。from 写原文的部分或表名；推算的加 derived = true，并在 note 写明办法。",
        *quoted,
    ]
    parts = [f'[files.{name}]\nfrom = ""\n' for name in tables]
    return "\n".join([*head, f"decimals = {decimals}\n", *parts]).encode()


def _put_in_place(files: dict[str, bytes], data: Path, place: Path) -> None:
    """Write `files` aside and move them to `place` whole; a folder that came there meanwhile is not replaced."""
    staged = staging_folder(data.resolve().parent, ".new-")  # beside data/: what a kill leaves there is no accounts
    try:
        for name, raw in files.items():
            (staged / name).write_bytes(raw)
        place.parent.mkdir(exist_ok=True)
        staged.rename(place)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
