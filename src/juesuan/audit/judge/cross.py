"""Text against tables, and one sentence against another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, Severity, ratio, shown_amount, shown_rate
from juesuan.audit.judge.changes import is_listed
from juesuan.audit.judge.identities import first_by_kind, total_row
from juesuan.audit.judge.names import same_name
from juesuan.audit.judge.sheets import Cell, Row, Sheet, unnumbered
from juesuan.audit.judge.three_public import Amounts, three_public_amounts
from juesuan.audit.judge.years import judge_year_of_cell
from juesuan.reading.grammar import Figure, Frame
from juesuan.reading.grammar.subjects import NAMES, UNIQUE

Found = tuple[str, Cell]
_BALANCES = {
    "opening": "年初结转和结余", "closing": "年末结转和结余", "distributed": "结余分配",
    "surplus_used": r"使用(?:非财政拨款|专用)结余(?:\(含专用结余\))?",
}  # fmt: skip
_OF_EACH_BUDGET = {"income", "expenditure", "total", "total_in", "total_out"}  # a government has four of each
_TOTALS = {"total", "total_in", "total_out"}


def judge_against_tables(bench: Bench, sheets: list[Sheet]) -> None:
    """Judge every amount that a table also gives."""
    tables = _Tables(first_by_kind(sheets), three_public_amounts(sheets), _spends_all_in_general(bench))
    for frame in bench.reading.frames:
        if frame.reason:
            continue
        if frame.year and bench.reading.year and frame.year != bench.reading.year:
            _compare_year(bench, frame, tables)
            continue
        for figure, cell in ((frame.level, tables.level), (frame.budget, tables.budget)):
            if figure is not None and figure.kind in ("money", "bare") and (found := cell(frame)):
                _compare(bench, frame, figure, *found)
        _judge_table_budget(bench, frame, tables.three.get((frame.quantity, "预算")))


def _compare_year(bench: Bench, frame: Frame, tables: _Tables) -> None:
    """Judge whether an amount given to another year is what a table has as this year's."""
    level, found = frame.level, tables.level(frame)
    if level and level.value and level.kind == "money" and found and level.interval.meets(found[1].interval):
        judge_year_of_cell(bench, frame, level, found[1].place)


class _Tables:
    """Which cell says the same as a frame."""

    def __init__(self, sheets: dict[str, Sheet], three_public: Amounts, all_general: bool) -> None:
        self.sheets, self.three, self.all_general = sheets, three_public, all_general

    def level(self, frame: Frame) -> Found | None:
        for find in (self._three, self._coded, self._class, self._total, self._basic, self._within, self._balance):
            if found := find(frame):
                return found
        return None

    def budget(self, frame: Frame) -> Found | None:
        cell = self.three.get((frame.quantity, "预算"))
        return ("C07", cell) if cell and not frame.path[2] and "三公" in frame.section else None

    def _three(self, frame: Frame) -> Found | None:
        cell = self.three.get((frame.quantity, "决算"))
        other = frame.path[2] or "采购" in frame.subject or is_listed(frame)
        return ("C07", cell) if cell and not other else None

    def _total(self, frame: Frame) -> Found | None:
        if frame.quantity in _TOTALS:
            return _found("C01", self._row("total", "总计"))
        if frame.quantity == "income":
            return _found("C02", self._sum("income"))
        if frame.quantity == "expenditure":
            return _found("C03", self._sum("expenditure"))
        if frame.quantity == "fiscal_total":
            return _found("C04", self._row("fiscal_total", "总计"))
        if frame.quantity == "general_public" and frame.parent is None:
            return _found("C05", self._sum("general_public"))
        return None

    def _within(self, frame: Frame) -> Found | None:
        parent = frame.parent.quantity if frame.parent else ""
        if parent in ("expenditure", "total_out") and frame.quantity in ("basic", "project"):
            return _found("C03", self._sum("expenditure"), 1 if frame.quantity == "basic" else 2)
        if parent == "income" and re.fullmatch(r"财政拨款收入", frame.subject):
            return _found("C02", self._sum("income"), 1)
        return None

    def _basic(self, frame: Frame) -> Found | None:
        if frame.quantity == "basic_general":
            return _found("C06", self._sum("general_public"), 1)
        if frame.quantity in ("staff", "public") and "基本支出" in frame.section:
            return _found("C06", self._row("basic", f"{NAMES[frame.quantity]}合计"))
        if frame.parent is not None and frame.parent.quantity in ("staff", "public") and "basic" in self.sheets:
            row = next(
                (one for one in self.sheets["basic"].rows if one.code and same_name(one.label, frame.subject)), None
            )
            return _found("C10", row)
        return None

    def _coded(self, frame: Frame) -> Found | None:
        sheet = self.sheets.get("general_public")
        if sheet is None or is_listed(frame) or not _is_general(frame):
            return None
        top, middle, item = frame.path
        if item:
            return _found("C09", item_row(sheet, top, middle, item))
        if frame.parent is not None and frame.parent.quantity == "" and frame.quantity in ("basic", "project"):
            row = named_row(sheet, frame.parent.subject)
            return _found("C08", row, 1 if frame.quantity == "basic" else 2) if row else None
        named = top if frame.subject in ("", top) or "(类)" in frame.lead else frame.subject
        return _found("C08", named_row(sheet, named)) if not frame.quantity else None

    def _class(self, frame: Frame) -> Found | None:
        """Return the 类 of 收入支出决算总表 where everything spent was 一般公共预算."""
        sheet = self.sheets.get("total")
        if sheet is None or "general_public" in self.sheets or not self.all_general or not _is_general(frame):
            return None
        row = next((one for one in sheet.rows if same_name(unnumbered(one.label), frame.subject)), None)
        return _found("C14", row) if row and not frame.quantity and not frame.path[2] else None

    def _balance(self, frame: Frame) -> Found | None:
        label = _BALANCES.get(frame.quantity)
        if label is None or re.search(r"财政拨款|一般公共|基金|国有资本", f"{frame.section}{frame.subject}"):
            return None
        return _found("C13", self._row("total", label))

    def _sum(self, kind: str) -> Row | None:
        return total_row(self.sheets[kind]) if kind in self.sheets else None

    def _row(self, kind: str, label: str) -> Row | None:
        return self.sheets[kind].row(label) if kind in self.sheets else None


def _found(rule: str, row: Row | None, column: int = 0) -> Found | None:
    if row is None:
        return None
    cell = row.cell(column) if column else next((one for one in row.cells if one is not None), None)
    return None if cell is None else (rule, cell)


def named_row(sheet: Sheet, name: str) -> Row | None:
    """Return the row of that name; a 款 and its only 项 may share it, two rows with different amounts may not."""
    rows = [one for one in sheet.rows if one.code and same_name(one.label, name)]
    alike = all(one.code.startswith(rows[0].code) and _amounts(one) == _amounts(rows[0]) for one in rows)
    return rows[0] if rows and (alike or len(rows) == 1) else None


def _amounts(row: Row) -> list[Fraction | None]:
    return [cell.value if cell else None for cell in row.cells]


def _is_general(frame: Frame) -> bool:
    return "一般公共预算" in frame.section or (frame.parent is not None and frame.parent.quantity == "general_public")


def _spends_all_in_general(bench: Bench) -> bool:
    """Say whether 一般公共预算支出 is all that was spent, to the last printed digit."""
    spent = [one.level for one in map(bench.reading.frame_of, ("general_public", "expenditure")) if one]
    return len(spent) == 2 and None not in spent and spent[0].value == spent[1].value  # type: ignore[union-attr]


def item_row(sheet: Sheet, top: str, middle: str, item: str) -> Row | None:
    """Return the row of an 项 by its own name and its 款's or 类's; None where two fit."""
    rows = [one for one in sheet.rows if len(one.code) == 7 and same_name(one.label, item)]
    by_code = {one.code: one.label for one in sheet.rows}
    if len(rows) > 1:
        rows = [one for one in rows if same_name(by_code.get(one.code[:5], ""), middle)]
    if len(rows) > 1:
        rows = [one for one in rows if same_name(by_code.get(one.code[:3], ""), top)]
    return rows[0] if len(rows) == 1 else None


def _compare(bench: Bench, frame: Frame, figure: Figure, rule: str, cell: Cell) -> None:
    shown = shown_amount(cell.value, figure) if figure.kind == "money" else cell.text
    if figure.kind == "bare" or figure.interval.meets(cell.interval):
        if figure.kind == "money":
            bench.holds((figure,), figure, cell.value, f"{cell.place}：{cell.text}")
        return
    what = f"{cell.place}为{cell.text}"
    bench.accuse(rule, frame.paragraph, figure, shown, what, f"请改为{shown}，或核对该表")


def _judge_table_budget(bench: Bench, frame: Frame, cell: Cell | None) -> None:
    """Judge a rate of completion whose budget only the 三公 table gives."""
    rate, level = frame.completion, frame.level
    if cell is None or rate is None or level is None or frame.budget is not None or level.kind != "money":
        return
    if not cell.value:
        severity: Severity | None = "错误" if rate.value > 0 else None
        what = f"{cell.place}预算数为{cell.text}"
        bench.accuse("A06", frame.paragraph, rate, "不写完成率", what, "请删去完成率", severity)
        return
    found, point = ratio(level.interval, cell.interval), 100 * level.value / cell.value
    shown = shown_rate(point, rate)
    working = f"{level.text}÷{cell.text}（{cell.place}）＝{shown}"
    if found is not None and found.meets(rate.interval):
        bench.holds((level, rate), rate, point, working)
    elif found is not None:
        bench.accuse("A08", frame.paragraph, rate, shown, working, f"请改为{shown}，或核对预算数")


def judge_repeated(bench: Bench) -> None:
    """Judge that a quantity, and a sentence said twice, bears one number."""
    said: dict[tuple[str, str], list[tuple[Frame, Figure]]] = defaultdict(list)
    for frame in bench.reading.frames:
        if bench.reading.of_government and frame.quantity in _OF_EACH_BUDGET:
            continue
        for key, figure in _keys(frame, bench.reading.year):
            said[key].append((frame, figure))
    for (rule, name), places in said.items():
        _judge_places(bench, rule, name, places)


def _keys(frame: Frame, year: int) -> Iterator[tuple[tuple[str, str], Figure]]:
    if frame.reason:
        words = re.sub(r"\s|^.*[。;]", "", frame.lead)
        change = frame.changes[0] if frame.changes else None
        if change and change.amount and len(words) >= 8:
            yield ("X02", words), change.amount
        return
    unique = frame.quantity in UNIQUE and not frame.path[2] and (not frame.year or frame.year == year)
    unique = unique and not is_listed(frame)
    if unique and frame.level and frame.level.kind == "money" and frame.level.unit and "采购" not in frame.subject:
        yield ("X01", frame.quantity), frame.level


def _judge_places(bench: Bench, rule: str, name: str, places: list[tuple[Frame, Figure]]) -> None:
    first = places[0][1]
    groups: list[list[tuple[Frame, Figure]]] = []
    for place in places:
        home = next((one for one in groups if one[0][1].interval.meets(place[1].interval)), None)
        groups.append([place]) if home is None else home.append(place)
    if len(groups) == 1:
        if len(places) > 1 and rule == "X02":
            for _, figure in places:
                bench.holds((figure,), figure, figure.value, f"各处都是{first.text}")
        return
    order: Callable[[list[tuple[Frame, Figure]]], tuple[int, int]] = lambda one: (_trust(one), len(one))  # noqa: E731
    groups.sort(key=order, reverse=True)
    main = groups[0][0]
    for frame, figure in (one for group in groups[1:] for one in group):
        where = bench.reading.said[main[0].paragraph].paragraph.place
        what = f"{NAMES.get(name, '同一句话')}在{where}为{main[1].text}，此处为{figure.text}"
        bench.accuse(rule, frame.paragraph, figure, main[1].text, what, f"请核对，改为{main[1].text}")


def _trust(group: list[tuple[Frame, Figure]]) -> int:
    return sum(figure.verdict in ("exact", "rounding") for _, figure in group) - sum(
        figure.verdict == "wrong" for _, figure in group
    )
