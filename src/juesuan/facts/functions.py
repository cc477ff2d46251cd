"""The facts of 一般公共预算财政拨款 expenditure by 功能分类: outcome, budgets, completion, share of each 类, 款 and 项."""

from __future__ import annotations

from juesuan.classification import CLASS_DIGITS, SECTION_DIGITS
from juesuan.facts.book import Book, lines_where, sum_known
from juesuan.facts.ledger import Fact
from juesuan.facts.outline import Entry

GENERAL_PUBLIC = "general_public"
_WHERE = {"fund": GENERAL_PUBLIC}
_LEVELS = {"class": CLASS_DIGITS, "section": SECTION_DIGITS, "item": 7}
_BUDGETS = {"initial": "年初预算数", "adjusted": "全年预算数"}


def function_facts(book: Book) -> dict[str, tuple[Entry, ...]]:
    """Enter `function.<code>` and `general_public.final`, with `.initial`, `.adjusted`, completion, deviation, share.

    Completion and deviation are against the budget that `book.budget` names. Lists: `function_class`,
    `function_section`, `function_item`, `structure` (the 类 again, as a section of its own prints them); the path of an
    entry is its full name.
    """
    title = "一般公共预算财政拨款支出"
    whole = book.sum_where("general_public.final", f"{title}决算数", "expenditure", _WHERE)
    _against_budgets(book, "budget", title, "", whole)
    spent = book.ledger.get(f"expenditure.total.{book.accounts.year}")
    total = book.ledger.get(f"general_public.total.{book.accounts.year}")
    if spent and total:
        book.ratio("general_public.of_expenditure_pct", f"{title}占本年支出比重", total, spent)
    lines = lines_where(book.accounts, "expenditure", _WHERE)
    if lines is None:
        return {}
    codes = {level: sorted({line["function_code"][:digits] for line in lines}) for level, digits in _LEVELS.items()}
    lists = {
        f"function_{level}": tuple(_function(book, code, whole) for code in of_level)
        for level, of_level in codes.items()
    }
    return {**lists, "structure": tuple(_part(book, entry, whole) for entry in lists["function_class"])}


def _spent(name: str) -> str:
    """Return a 科目's name as what was spent on it: most end in 支出 already."""
    return name if name.endswith("支出") else f"{name}支出"


def _part(book: Book, entry: Entry, whole: Fact) -> Entry:
    """Enter a 类 as the section on structure prints it: an original may round it otherwise than its own tables do."""
    where = {**_WHERE, "function_code": (entry.code,)}
    part = book.sum_where(f"structure.{entry.code}", f"{_spent(entry.name)}决算数", "expenditure", where)
    book.share(part, whole, f"{entry.name}占一般公共预算财政拨款支出比重")
    return Entry(part.id, entry.name, code=entry.code, path=entry.path)


def _function(book: Book, code: str, whole: Fact) -> Entry:
    accounts = book.accounts
    name = accounts.classification.name("function", code, accounts.year)
    where = {**_WHERE, "function_code": (code,)}
    final = book.sum_where(f"function.{code}", f"{_spent(name)}决算数", "expenditure", where)
    _against_budgets(book, final.id, name, code, final)
    book.share(final, whole, f"{name}占一般公共预算财政拨款支出比重")
    levels = [code[:digits] for digits in _LEVELS.values() if digits <= len(code)]
    names = [accounts.classification.name("function", one, accounts.year) for one in levels]
    path = "".join(f"{one}（{suffix}）" for one, suffix in zip(names, "类款项", strict=False))
    return Entry(final.id, name, code=code, path=path)


def _against_budgets(book: Book, fact_id: str, name: str, code: str, final: Fact) -> None:
    budgets = {kind: _budget(book, f"{fact_id}.{kind}", f"{name}{title}", code, f"{kind}_budget_fen")
               for kind, title in _BUDGETS.items()}  # fmt: skip
    planned = budgets[book.budget]
    book.ratio(f"{fact_id}.completion_pct", f"{name}完成预算", final, planned)
    book.ratio(f"{fact_id}.adjusted_completion_pct", f"{name}完成全年预算", final, budgets["adjusted"])
    book.difference(f"{fact_id}.deviation", f"{name}决算与预算的差额", final, planned)


def _budget(book: Book, fact_id: str, title: str, code: str, column: str) -> Fact:
    """Enter a budget from `budgets`, where the year has that table, else from the rows of expenditure."""
    table = "budgets" if "budgets" in book.accounts.tables else "expenditure"
    lines = lines_where(book.accounts, table, {**_WHERE, "function_code": (code,)})
    if lines and table == "expenditure" and sum_known(lines, column) is None:
        lines = None
    return book.lines(fact_id, title, lines or None, column, table)
