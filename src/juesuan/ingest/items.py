"""公开09, 10 and 12, and the tables of performance: projects, “三公”经费, indicators, evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.ingest.amounts import Amount, added, proved_zero
from juesuan.ingest.assemble import Books
from juesuan.ingest.sheets import Sheet, headings_of, plain, vocabulary
from juesuan.ingest.taken import Taken
from juesuan.schema import EVALUATIONS, THREE_PUBLIC_ITEMS

_CODE = re.compile(r"2\d{4,6}")


def take_three_public(books: Books, taken: Taken, budget: str) -> None:
    """Enter 公开10 and 12; `budget` is the column that 预算数 stands for (initial_budget or adjusted_budget)."""
    for fund in ("general_public", "government_fund"):
        sheet = books.first("three_public", fund)
        if sheet is None or not sheet.rows:
            continue
        found = {(item, side): amount for item, side, amount in _three_public(sheet)}
        rows = {}
        for item in THREE_PUBLIC_ITEMS:
            final = _proved(sheet, found, item, "final")
            if final is None and any(side == "final" for _, side in found):
                taken.unsettled.append(f"three_public：表“{sheet.title}”的{THREE_PUBLIC_ITEMS[item]}空白，不能证明为零")
            if final is not None:
                rows[item] = {"final": final, budget: _proved(sheet, found, item, "budget")}
        if len(rows) == len(THREE_PUBLIC_ITEMS) and (
            fund == "general_public"
            or any(isinstance(one["final"], Amount) and one["final"].value for one in rows.values())
        ):
            for item, columns in rows.items():
                taken.put("three_public", (item, fund), **columns)
        taken.use(*found.values())
        if len(rows) == len(THREE_PUBLIC_ITEMS):
            taken.sum(f"three_public.{fund}.all.final", found.get(("all", "final")),
                      [one["final"] for one in rows.values() if one["final"]])  # fmt: skip


def _three_public(sheet: Sheet) -> Iterator[tuple[str, str, Amount]]:
    """Yield item, side (budget or final) and amount: 预算数 and 决算数 stand in pairs, or each over half the table."""
    headings = headings_of(sheet)
    patterns = vocabulary()["columns"]["three_public"]
    line, cells = sheet.rows[0]
    last = [plain(one) for one in sheet.head[-1]] if sheet.head else []
    pairs = sum("预算数" in one for one in last) > 1
    width = len(headings)
    for column in range(width):
        if pairs:
            begin = column - column % 2
            words, side = "".join(headings[begin : begin + 2]), "budget" if column == begin else "final"
        else:
            words, side = headings[column], "budget" if column < width // 2 else "final"
        words = re.sub(r"预算数|决算数", "", words)
        item = next((key for key, pattern in patterns.items() if re.search(pattern, words)), "")
        amount = sheet.amount(line, cells, column)
        if item and amount is not None:
            yield item, side, amount


def _proved(sheet: Sheet, found: dict[tuple[str, str], Amount], item: str, side: str) -> Amount | None:
    """Return an item's amount; a blank is zero where what is printed makes the sum already."""
    if (item, side) in found:
        return found[item, side]
    there = [found[one, side] for one in THREE_PUBLIC_ITEMS if (one, side) in found]
    whole = found.get(("all", side))
    line, cells = sheet.rows[0]
    withheld = any(sheet.withheld(cells, column) for column in range(len(cells)))
    if whole is None or withheld or not (there or not whole.value) or not added(there).meets(whole.interval):
        return None
    return proved_zero(sheet.place(line, 0), "各项之和已等于合计", sheet.unit)


def take_projects(books: Books, taken: Taken) -> None:
    """Enter 公开09's projects under their 科目, with the budget that the table of execution prints."""
    sheet = books.first("projects")
    if sheet is None:
        return
    budgets = dict(_budgets(books))
    code, found, sums = "", [], {}
    for line, cells in sheet.rows:
        own, name = sheet.text(cells, "code"), sheet.text(cells, "name")
        amount = sheet.amount(line, cells, sheet.columns.get("final"))
        if own:
            code = own if _CODE.fullmatch(own) else code
            if amount:
                sums[own] = amount
        elif "合计" in name and amount:
            sums[""] = amount
        elif name and amount and code:
            found.append((cells[sheet.columns["name"]].strip(), code, amount))
    for name, at, amount in found:
        budget = budgets.get(plain(name))
        taken.put("projects", (name,), function_code=at, fund="general_public", budget=budget, final=amount)
    for own, amount in sums.items():
        below = [one for _, at, one in found if at == own or not _CODE.fullmatch(own)]
        taken.sum(f"project_sum.{own}", amount, below)


def _budgets(books: Books) -> Iterator[tuple[str, Amount]]:
    sheet = books.first("execution")
    for line, cells in sheet.rows if sheet else ():
        amount = sheet.amount(line, cells, sheet.columns.get("budget")) if sheet else None
        if sheet is not None and amount is not None:
            yield sheet.text(cells, "project"), amount


def take_performance(books: Books, taken: Taken) -> None:
    """Enter the tables of indicators and of evaluations, word for word."""
    for sheet in books.sheets:
        if sheet.form.kind == "indicators":
            _indicators(sheet, taken)
        elif sheet.form.kind == "evaluations":
            _evaluations(sheet, taken)


def _indicators(sheet: Sheet, taken: Taken) -> None:
    for line, cells in sheet.table_rows():
        said = {
            key: _words(sheet, cells, key) for key in ("project", "level_1", "level_2", "level_3", "target", "actual")
        }
        if all(said.values()):
            key = (said["project"], said["level_1"], said["level_2"], said["level_3"])
            taken.put("indicators", key, target=said["target"], actual=said["actual"])
            taken.words["indicators", key] = (sheet.place(line, 0), sheet.unit)


def _evaluations(sheet: Sheet, taken: Taken) -> None:
    kinds = {name: key for key, name in EVALUATIONS.items()}
    for line, cells in sheet.table_rows():
        kind, subject = kinds.get(_words(sheet, cells, "evaluation")), _words(sheet, cells, "subject")
        if kind and subject:
            score, grade = _words(sheet, cells, "score"), _words(sheet, cells, "grade")
            taken.put("evaluations", (kind, subject), score=score, grade=grade)
            taken.words["evaluations", (kind, subject)] = (sheet.place(line, 0), "分")


def _words(sheet: Sheet, cells: tuple[str, ...], key: str) -> str:
    column = sheet.columns.get(key)
    return " ".join(cells[column].split()) if column is not None and column < len(cells) else ""
