"""公开01 and 公开04: two sides of a balance, income on the left, expenditure by 类 on the right, a foot below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from juesuan.ingest.amounts import Amount, added, proved_zero
from juesuan.ingest.sheets import Sheet, headings_of, unnumbered, vocabulary

FISCAL = ("general_public", "government_fund", "state_capital")


@dataclass
class Sides:
    """What the two sides print. `foot` holds income, expenditure, opening, closing, grand …; by fund where 04 says it."""

    sheet: Sheet
    income: dict[str, Amount] = field(default_factory=dict)
    foot: dict[str, Amount] = field(default_factory=dict)
    classes: dict[str, dict[str, Amount]] = field(default_factory=dict)
    by_fund: dict[str, dict[str, Amount]] = field(default_factory=dict)
    opening_by_fund: dict[str, Amount] = field(default_factory=dict)

    @property
    def printed(self) -> int:
        """How many amounts the table prints."""
        return sum(one is not None for line, cells in self.sheet.rows for one in
                   (self.sheet.amount(line, cells, column) for column in self.columns))  # fmt: skip

    columns: list[int] = field(default_factory=list)


def sides_of(sheet: Sheet) -> Sides:
    """Return the amounts of 公开01 or 04 by what their rows are called."""
    headings = headings_of(sheet)
    labels = [n for n, words in enumerate(headings) if "项目" in words]
    if len(labels) < 2:
        return Sides(sheet)
    left, right = labels[0], labels[1]
    finals = [n for n, words in enumerate(headings) if re.search(r"决算数|金额", words) and n not in labels]
    own = next((n for n in reversed([one for one in finals if left < one < right])), left + 1)
    columns = _right_columns(sheet, headings, right, finals)
    made = Sides(sheet, columns=[own, *columns.values()])
    past = False
    for line, cells in sheet.rows:
        past = _left(made, line, cells, (left, own), past)
        _right(made, line, cells, right, columns)
    return made


def _right_columns(sheet: Sheet, headings: list[str], right: int, finals: list[int]) -> dict[str, int]:
    if sheet.form.kind == "totals":
        return {"all": next((n for n in reversed(finals) if n > right), right + 1)}
    words = vocabulary()["columns"]["fiscal_totals"]
    return {
        key: column
        for key, pattern in words.items()
        for column in [next((n for n in range(right + 1, len(headings)) if re.search(pattern, headings[n])), -1)]
        if column > 0
    }


def _left(made: Sides, line: int, cells: tuple[str, ...], at: tuple[int, int], past: bool) -> bool:
    """Take the left side of a row; `past` says that the year's income is summed, so that funds are carry-over."""
    label = unnumbered(cells[at[0]]) if at[0] < len(cells) else ""
    amount = made.sheet.amount(line, cells, at[1])
    key = _named(label, "foot")
    if key and amount:
        made.foot.setdefault(key, amount)
    source = "" if key else _named(label, "income")
    if source and amount and past and source in FISCAL:
        made.opening_by_fund.setdefault(source, amount)
    elif source and amount and not past:
        made.income.setdefault(source, amount)
    return past or key == "income"


def _right(made: Sides, line: int, cells: tuple[str, ...], right: int, columns: dict[str, int]) -> None:
    label = unnumbered(cells[right]) if right < len(cells) else ""
    key = _named(label, "foot")
    key = "grand_out" if key == "grand" else key
    for name, column in columns.items():
        amount = made.sheet.amount(line, cells, column)
        if amount is None or not label:
            continue
        if not key:
            made.classes.setdefault(label, {}).setdefault(name, amount)
        elif name == "all":
            made.foot.setdefault(key, amount)
        else:
            made.by_fund.setdefault(key, {}).setdefault(name, amount)


def _named(label: str, part: str) -> str:
    words = vocabulary()["rows"][part]
    return next((key for key, pattern in words.items() if label and re.search(pattern, label)), "")


def proved_carryover(sides: Sides) -> dict[str, Amount]:
    """Return opening, surplus_used, surplus_distributed and closing; a blank is zero where the side adds up without it."""
    made: dict[str, Amount] = {}
    for first, parts, whole in (
        ("income", ("surplus_used", "opening"), "grand"),
        ("expenditure", ("surplus_distributed", "closing"), "grand_out"),
    ):
        there = [sides.foot[key] for key in (first, *parts) if key in sides.foot]
        balanced = first in sides.foot and whole in sides.foot and added(there).meets(sides.foot[whole].interval)
        for key in parts:
            if key in sides.foot:
                made[key] = sides.foot[key]
            elif balanced:
                place = f"表“{sides.sheet.title}”"
                made[key] = proved_zero(place, "总计等于其余各项之和", sides.sheet.unit)
    return made
