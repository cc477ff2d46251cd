"""Tables with a row a 功能科目: each amount by code and column, a blank only where the sums prove it zero."""

from __future__ import annotations

from dataclasses import dataclass, field

from juesuan.ingest.amounts import Amount, added, proved_zero
from juesuan.ingest.sheets import Sheet, codes_and_rows

ITEM_DIGITS = 7


@dataclass
class Crossed:
    """`cells[code][column]`: the amounts of a table, code "" for its total; `unproved`: blanks that may be anything."""

    sheet: Sheet
    cells: dict[str, dict[str, Amount]] = field(default_factory=dict)
    unproved: list[str] = field(default_factory=list)
    printed: int = 0

    @property
    def items(self) -> dict[str, dict[str, Amount]]:
        """The rows of the lowest level: 项, and whatever has nothing below it."""
        codes = [one for one in self.cells if one]
        return {
            code: self.cells[code] for code in codes if not any(one != code and one.startswith(code) for one in codes)
        }


def crossed(sheet: Sheet, whole: str, parts: tuple[str, ...]) -> Crossed:
    """Return the table's amounts; `whole` is the column of the row's sum, `parts` the columns that make it."""
    made = Crossed(sheet)
    blanks: list[tuple[str, str, int, bool]] = []
    for code, line, cells in codes_and_rows(sheet):
        row: dict[str, Amount] = {}
        for key in (whole, *parts):
            column = sheet.columns.get(key)
            if column is None:
                continue
            if (amount := sheet.amount(line, cells, column)) is not None:
                row[key] = amount
            else:
                blanks.append((code, key, line, sheet.withheld(cells, column)))
        if row or code:
            made.cells[code] = row
    made.printed = sum(len(row) for row in made.cells.values())
    _fill_blanks(made, whole, parts, blanks)
    return made


def _fill_blanks(made: Crossed, whole: str, parts: tuple[str, ...], blanks: list[tuple[str, str, int, bool]]) -> None:
    """Put a zero in each blank that a row's or a column's sum proves; name the others."""
    as_printed = {code: dict(row) for code, row in made.cells.items()}
    empty = _empty_columns(as_printed, whole, parts)
    for code, key, line, withheld in blanks:
        if code not in made.cells or key == whole:
            continue
        why = "" if withheld else _proof(as_printed, code, key, whole, parts, empty)
        if why:
            made.cells[code][key] = proved_zero(made.sheet.place(line, made.sheet.columns[key]), why, made.sheet.unit)
        elif len(code) >= ITEM_DIGITS or code == "":
            made.unproved.append(made.sheet.place(line, made.sheet.columns[key]))


def _empty_columns(cells: dict[str, dict[str, Amount]], whole: str, parts: tuple[str, ...]) -> set[str]:
    total = cells.get("", {})
    there = [total[key] for key in parts if key in total]
    if whole not in total or not there or not added(there).meets(total[whole].interval):
        return set()
    return {key for key in parts if key not in total}


def _proof(cells: dict[str, dict[str, Amount]], code: str, key: str, whole: str, parts: tuple[str, ...],
           empty: set[str]) -> str:  # fmt: skip
    row = cells[code]
    there = [row[one] for one in parts if one in row]
    if whole in row and (there or not row[whole].value) and added(there).meets(row[whole].interval):
        return "本行各项之和已等于合计"
    if key in empty:
        return "本列合计空白，合计行各项之和已等于合计"
    total = cells.get("", {}).get(key)
    column = [one[key] for at, one in cells.items() if len(at) == ITEM_DIGITS and key in one]
    if code and total is not None and (column or not total.value) and added(column).meets(total.interval):
        return "本列各项之和已等于合计"
    return ""
