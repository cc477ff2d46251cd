"""A year's folder as files: what was taken written as CSV in one unit, its origins, `source.toml`."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from juesuan.ingest.amounts import Amount
from juesuan.ingest.taken import Key, Taken
from juesuan.money import FEN_PER_UNIT, write_number
from juesuan.schema import DISCLOSURE_ITEMS, ORIGINS, YEAR_TABLES, Column, Table

_FEWEST_DECIMALS, _MOST_DECIMALS = 2, 6
_KEPT = ("publisher", "approved", "published")
_LONGEST_WORDS = 200


class Precision:
    """The unit that the folder's amounts are written in, and with how many decimals."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        there = [one for one in amounts if one.unit in FEN_PER_UNIT and one.text and not one.derived]
        units = Counter(one.unit for one in there)
        self.unit = max(units, key=lambda one: (units[one], FEN_PER_UNIT[one])) if units else "万元"
        needed = max((_decimals(one.value / self.factor) for one in there), default=0)
        printed = max((one.decimals for one in there if one.unit == self.unit), default=0)
        self.decimals = min(max(_FEWEST_DECIMALS, needed, printed), _MOST_DECIMALS)
        self.mixed = len(units) > 1

    @property
    def factor(self) -> Fraction:
        """How many 元 the unit is."""
        return Fraction(FEN_PER_UNIT[self.unit], 100)

    def write(self, amount: Amount) -> str:
        """Return an amount as the folder writes it."""
        return write_number(amount.value / self.factor, self.decimals)


def _decimals(value: Fraction) -> int:
    return next((n for n in range(_MOST_DECIMALS) if (value * 10**n).denominator == 1), _MOST_DECIMALS)


def year_files(taken: Taken, title: str, what: str, kept: dict[str, object]) -> dict[str, bytes]:
    """Return the folder's files by name, without `narrative.md`; `kept` is what the old `source.toml` said."""
    precision = Precision(
        one
        for table in taken.rows.values()
        for row in table.values()
        for one in row.values()
        if isinstance(one, Amount)
    )
    tables = [table for table in YEAR_TABLES.values() if taken.table(table.name)]
    files = {table.file: _csv(_header(table), _rows(table, taken, precision)) for table in tables}
    files[ORIGINS.file] = _csv(_header(ORIGINS), _origins(tables, taken))
    files["source.toml"] = _source(tables, taken, title, what, precision, kept)
    return files


def kept_of(raw: bytes) -> dict[str, object]:
    """Return what a person may have written into `source.toml` that no document prints."""
    try:
        stated = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return {key: stated[key] for key in _KEPT if key in stated}


def _header(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _rows(table: Table, taken: Taken, precision: Precision) -> Iterator[list[str]]:
    for key, row in taken.table(table.name).items():
        cells = dict(zip(table.key, key, strict=True))
        yield [_cell(column, cells, row, precision) for column in table.columns]


def _cell(column: Column, key: dict[str, str], row: dict[str, Amount | str], precision: Precision) -> str:
    if column.name in key:
        return key[column.name]
    value = row.get(column.name, "")
    if not isinstance(value, Amount):
        return value[:_LONGEST_WORDS]
    item = DISCLOSURE_ITEMS.get(key.get("item", ""))
    if column.type == "number" and item is not None and item.unit != "万元":
        return write_number(value.value, 0)
    return precision.write(value)


def _origins(tables: Iterable[Table], taken: Taken) -> Iterator[list[str]]:
    """Yield a row for each cell that was taken: where it stands, what is printed there, how it was worked out."""
    for table in tables:
        for key, row in taken.table(table.name).items():
            about = taken.words.get((table.name, key))
            for name, value in row.items():
                if isinstance(value, Amount):
                    yield [table.name, "/".join(key), name, value.place, value.quote, value.derived or value.text,
                           value.unit, "true" if value.derived else ""]  # fmt: skip
                elif value and about is not None:
                    yield [table.name, "/".join(key), name, about[0], "", value[:_LONGEST_WORDS], about[1], ""]


def _csv(header: list[str], rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *(map(_safe, row) for row in rows)])
    return text.getvalue().encode()


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _source(tables: list[Table], taken: Taken, title: str, what: str, precision: Precision,
            kept: dict[str, object]) -> bytes:  # fmt: skip
    lines = ["# 由 juesuan import 从文件写成；每格的出处见 origins.csv。"]
    lines += [f"title = {_quoted(title)}", f"retrieved = {_quoted(what)}"]
    lines += [
        f"{key} = {value.isoformat() if isinstance(value, date) else _quoted(str(value))}"
        for key, value in kept.items()
    ]
    lines += [f"amount_unit = {_quoted(precision.unit)}", f"decimals = {precision.decimals}", ""]
    for table in tables:
        lines += _about(table, taken, precision)
    return "\n".join(lines).encode()


def _about(table: Table, taken: Taken, precision: Precision) -> Iterator[str]:
    amounts = [one for row in taken.table(table.name).values() for one in row.values() if isinstance(one, Amount)]
    places = [one.place for one in amounts] + [
        place for (name, _), (place, _) in taken.words.items() if name == table.name
    ]
    found = list(dict.fromkeys(one.partition("”")[0] + "”" if "表“" in one else one for one in places))
    yield f"[files.{table.name}]"
    yield f"from = {_quoted('、'.join(_shortened(found)))}"
    notes = list(taken.remarks.get(table.name, []))
    derived = [one for one in amounts if one.derived]
    if derived:
        yield "derived = true"
        notes.append(f"{len(derived)} 格是推算（空白经合计证明为零，或以合计减去各项），见 origins.csv")
    if precision.mixed:
        notes.append(f"原件各表的金额单位不一，统一写成{precision.unit}")
    if notes:
        yield f"note = {_quoted('；'.join(notes) + '。')}"
    yield ""


def _shortened(places: list[str]) -> list[str]:
    tables = [one for one in places if "表“" in one]
    said = [one for one in places if "表“" not in one]
    if len(said) <= 3:
        return tables + said
    return [*tables, f"{said[0]}等 {len(said)} 处"]


def _quoted(words: str) -> str:
    return json.dumps(words.replace("\x7f", ""), ensure_ascii=False)


def difference_of(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """Return what differs between an old folder's tables and new ones, cell by cell, and rows that only one has."""
    lines: list[str] = []
    for table in YEAR_TABLES.values():
        if table.file not in new:
            continue
        before, after = _by_key(old.get(table.file, b""), table), _by_key(new[table.file], table)
        for key in [*after, *(one for one in before if one not in after)]:
            lines += _row_difference(table, key, before.get(key), after.get(key))
    lines += [f"{name}：内容不同" for name in ("source.toml", ORIGINS.file, "narrative.md")
              if name in new and old.get(name) != new[name]]  # fmt: skip
    return lines


def _row_difference(table: Table, key: Key, before: dict[str, str] | None, after: dict[str, str] | None) -> list[str]:
    named = f"{table.file} {'、'.join(one or '（空）' for one in key)}"
    if before is None or after is None:
        cells = "、".join(
            f"{name} {text}" for name, text in (before or after or {}).items() if text and name not in table.key
        )
        return [f"{named}：只有{'现有文件夹' if after is None else '文件'}里有（{cells}）"]
    return [
        f"{named} {name}：{_or_blank(before.get(name, ''))} → {_or_blank(text)}"
        for name, text in after.items()
        if not _same(before.get(name, ""), text)
    ]


def _same(one: str, other: str) -> bool:
    try:
        return Fraction(one.replace(",", "")) == Fraction(other.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return one == other


def _or_blank(text: str) -> str:
    return text or "（空）"


def _by_key(raw: bytes, table: Table) -> dict[Key, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig", errors="replace"), newline=""))
    return {tuple((row.get(one) or "").strip() for one in table.key):
            {name: (row.get(name) or "").strip() for name in _header(table)} for row in reader}  # fmt: skip
