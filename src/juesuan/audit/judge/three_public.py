"""The table of 三公, lying or standing: budget and outcome of each of its six amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.audit.judge.identities import Identity, first_by_kind, total_row
from juesuan.audit.judge.sheets import Cell, Sheet
from juesuan.reading.document.model import narrowed
from juesuan.reading.grammar.subjects import quantity_of

_LYING = ("three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
Amounts = dict[tuple[str, str], Cell]


def three_public_amounts(sheets: list[Sheet]) -> Amounts:
    """Return the amounts of the first 三公 table by quantity and by 预算 or 决算."""
    sheet = first_by_kind(sheets).get("three_public")
    if sheet is None:
        return {}
    header = "".join(narrowed(one) for row in sheet.table.rows[:6] for one in row)
    for row in sheet.rows:
        if len(row.cells) >= 12 and sum(one is not None for one in row.cells) >= 6:
            return _lying(row.cells[:12], interleaved=header.count("预算数") >= 4)
    return _standing(sheet)


def _lying(cells: list[Cell | None], interleaved: bool) -> Amounts:
    names = [(key, word) for key in _LYING for word in ("预算", "决算")]
    if not interleaved:
        names = [(key, word) for word in ("预算", "决算") for key in _LYING]
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}


def _standing(sheet: Sheet) -> Amounts:
    found: Amounts = {}
    for row in sheet.rows:
        key = "three_public" if re.search(r"合计$", row.label) else quantity_of(row.label.split(":")[-1])
        if key == "vehicles" and re.fullmatch(r".*公务用车购置", row.label):
            key = "vehicle_purchase"
        if key in _LYING and len(row.cells) == 2:
            for word, cell in zip(("预算", "决算"), row.cells, strict=True):
                if cell is not None:
                    found.setdefault((key, word), cell)
    return found


def three_public_identities(sheets: list[Sheet]) -> Iterator[Identity]:
    """Yield 合计＝出国＋用车＋接待 and 用车＝购置＋运行, for budget and outcome."""
    amounts = three_public_amounts(sheets)
    for word in ("预算", "决算"):
        for rule, whole, keys in (
            ("T12", "three_public", ("overseas", "vehicles", "reception")),
            ("T13", "vehicles", ("vehicle_purchase", "vehicle_operation")),
        ):
            parts = [amounts.get((key, word)) for key in keys]
            cells = tuple(one for one in parts if one is not None)
            total = amounts.get((whole, word))
            if total is not None and cells and (rule == "T12" or len(cells) == 2):
                yield Identity(rule, total, cells, f"{word}各项之和", f"{rule}{word}")
    yield from _reception(amounts.get(("reception", "决算")), first_by_kind(sheets))


def _reception(cell: Cell | None, found: dict[str, Sheet]) -> Iterator[Identity]:
    """Yield 公务接待费 ≤ 30217 and 项目支出, where both tables are there."""
    basic, general = found.get("basic"), found.get("general_public")
    row = next((one for one in basic.rows if one.code == "30217"), None) if basic else None
    total = total_row(general) if general else None
    if cell is None or row is None or total is None:
        return
    above = tuple(one for one in (row.cell(0), total.cell(2)) if one is not None)
    if above:
        yield Identity("B07", cell, above, "经济科目30217与项目支出之和", "B07", at_most=True)
