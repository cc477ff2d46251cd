"""The facts of the official tables (附表): every cell of the forms 公开01 to 公开14, by 科目, source, category and fund."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from juesuan.classification import CLASS_DIGITS, SECTION_DIGITS
from juesuan.facts.book import Book, Lines, Selection, lines_where
from juesuan.facts.ledger import Fact
from juesuan.facts.outline import Entry
from juesuan.load import Accounts
from juesuan.schema import CATEGORIES, FISCAL_FUNDS, REVENUE_SOURCES, THREE_PUBLIC_ITEMS

_ITEM_DIGITS = 7
Choices = Mapping[str, tuple[str, Sequence[str]]]
_FISCAL_REVENUE = {"fiscal": ("财政拨款收入", tuple(FISCAL_FUNDS))}


@dataclass(frozen=True)
class Scope:
    """What a table covers: rows of `table` that match `where`; a fact's id begins with `prefix`."""

    prefix: str
    table: str
    where: Selection


REVENUE = Scope("revenue", "revenue", {})
SUMMARY = "summary"
EXPENDITURE = Scope("spent", "expenditure", {})
FISCAL = Scope("fiscal", "expenditure", {"fund": tuple(FISCAL_FUNDS)})


def fund_scope(fund: str) -> Scope:
    """Return the expenditure of one fund; 一般公共预算 keeps the ids `function.<code>` of the report's sentences."""
    return Scope("function" if fund == "general_public" else fund, "expenditure", {"fund": fund})


def official_facts(book: Book) -> dict[str, tuple[Entry, ...]]:
    """Enter the cells of the official tables.

    Lists: `classes` (every 类 in use that year), `codes.revenue` (公开02), `codes.spent` (03), `codes.fiscal` (04, 05), `codes.<fund>` (06, 11, 13, 14), each
    类 款 项 in code order; `economic.<scope>` the 经济科目 met (05, 07), 类 and 款; `projects.<fund>` (09).
    """
    lists = {
        "classes": _classes(book),
        "codes.revenue": _crossed(book, REVENUE, "source", {**_each(REVENUE_SOURCES), **_FISCAL_REVENUE}),
        "codes.spent": _crossed(book, EXPENDITURE, "category", _each(CATEGORIES)),
        "codes.fiscal": _crossed(book, FISCAL, "fund", _each(FISCAL_FUNDS)),
    }
    for fund in FISCAL_FUNDS:
        scope = fund_scope(fund)
        lists[f"codes.{fund}"] = _crossed(book, scope, "category", _each(CATEGORIES))
        lists[f"projects.{fund}"] = _projects(book, fund)
        _three_public(book, fund)
    for fund in ("government_fund", "state_capital"):
        lists[f"balance.{fund}"] = _balance(book, fund)
    _fiscal_totals(book)
    lists["economic.fiscal"] = _economic(book, FISCAL)
    lists["economic.general_public"] = _economic(book, fund_scope("general_public"))
    return lists


def _classes(book: Book) -> tuple[Entry, ...]:
    """Enter `summary.<类>`: 公开01 has ids of its own, since an original may round a 类 there otherwise than in 公开03."""
    named = book.accounts.classification.classes(book.accounts.year)
    lines = lines_where(book.accounts, EXPENDITURE.table, EXPENDITURE.where)
    for code in {str(line["function_code"])[:CLASS_DIGITS]: None for line in lines or ()}:
        of_code = _beginning(lines, "function_code", code)
        book.lines(f"{SUMMARY}.{code}", named.get(code, code), of_code, "final_fen", EXPENDITURE.table)
    return tuple(Entry(f"{SUMMARY}.{code}", name, code=code) for code, name in named.items())


def _crossed(book: Book, scope: Scope, column: str, choices: Choices) -> tuple[Entry, ...]:
    """Enter `<prefix>.<code>` and `<prefix>.<code>.<choice>` for every 类, 款 and 项, and the totals `<prefix>.all.…`."""
    lines = lines_where(book.accounts, scope.table, scope.where)
    entries = []
    for code in ["", *codes_of(line["function_code"] for line in lines or ())]:
        of_code = _beginning(lines, "function_code", code)
        name = book.accounts.classification.name("function", code, book.accounts.year) if code else "合计"
        fact = book.lines(f"{scope.prefix}.{code or 'all'}", name, of_code, "final_fen", scope.table)
        for choice, (title, members) in choices.items():
            chosen = None if of_code is None else [line for line in of_code if line[column] in members]
            book.lines(f"{fact.id}.{choice}", f"{name}{title}", chosen, "final_fen", scope.table)
        entries.append(Entry(fact.id, name, code=code))
    return tuple(entries[1:])


def _each(names: Mapping[str, str]) -> dict[str, tuple[str, Sequence[str]]]:
    """Return choices that each stand for themselves."""
    return {key: (title, (key,)) for key, title in names.items()}


def codes_of(items: Iterable[str]) -> list[str]:
    """Return 类, 款 and 项 of the given 项 codes, in code order."""
    return sorted({code[:digits] for code in items for digits in (CLASS_DIGITS, SECTION_DIGITS, _ITEM_DIGITS)})


def _beginning(lines: Lines | None, column: str, code: str) -> Lines | None:
    return None if lines is None else [line for line in lines if str(line[column] or "").startswith(code)]


def _balance(book: Book, fund: str) -> tuple[Entry, ...]:
    """Enter 公开11 and 13: revenue and carry-over of a fund; carry-over is known for the fund, and for its only 项."""
    accounts = book.accounts
    revenue = lines_where(accounts, "revenue", {"source": fund})
    spent = lines_where(accounts, "expenditure", {"fund": fund})
    carried = lines_where(accounts, "carryover", {"fund": fund})
    items = sorted({line["function_code"] for line in [*(revenue or ()), *(spent or ())]})
    entries = []
    for code in ["", *codes_of(items)]:
        name = accounts.classification.name("function", code, accounts.year) if code else "合计"
        fact_id = f"{fund}.{code or 'all'}"
        of_code = _beginning(revenue, "function_code", code)
        book.lines(f"{fact_id}.revenue", f"{name}本年收入", of_code, "final_fen", "revenue")
        known = carried if not code or len(items) == 1 else None
        for column, title in (("opening", "年初结转和结余"), ("closing", "年末结转和结余")):
            book.lines(f"{fact_id}.{column}", f"{name}{title}", known, f"{column}_fen", "carryover")
        entries.append(Entry(fact_id, name, code=code))
    return tuple(entries[1:])


def _projects(book: Book, fund: str) -> tuple[Entry, ...]:
    """Return the projects of a fund as 公开09 lists them, in the order of their 科目; their facts are the report's own."""
    lines = lines_where(book.accounts, "projects", {"fund": fund})
    book.lines(f"projects.{fund}", "项目支出合计", lines, "final_fen", "projects")
    ordered = sorted(lines or (), key=lambda line: str(line["function_code"]))
    return tuple(Entry(f"project.{line['project']}", line["project"], code=line["function_code"]) for line in ordered)


def _three_public(book: Book, fund: str) -> None:
    """Enter 公开10 and 12: `three_public.<fund>.<item>.<budget or final>`, with the sums for vehicles and for all."""
    kinds: dict[str, tuple[str, ...]] = {item: (item,) for item in THREE_PUBLIC_ITEMS}
    kinds |= {"vehicles": ("vehicle_purchase", "vehicle_operation"), "all": tuple(THREE_PUBLIC_ITEMS)}
    titles = {**THREE_PUBLIC_ITEMS, "vehicles": "公务用车购置及运行维护费", "all": "“三公”经费"}
    lines = lines_where(book.accounts, "three_public", {"fund": fund})
    for kind, items in kinds.items():
        chosen = None if lines is None else [line for line in lines if line["item"] in items]
        for name, column, word in (("budget", f"{book.budget}_budget_fen", "预算数"), ("final", "final_fen", "决算数")):
            fact_id = f"three_public.{fund}.{kind}.{name}"
            book.lines(fact_id, f"{titles[kind]}{word}", chosen, column, "three_public")


def _fiscal_totals(book: Book) -> None:
    """Enter 公开04's left side and foot: revenue, opening and closing carry-over of each fund and of all three."""
    for fund, title in FISCAL_FUNDS.items():
        for name, table, where, column in (
            ("revenue", "revenue", {"source": fund}, "final_fen"),
            ("opening", "carryover", {"fund": fund}, "opening_fen"),
            ("closing", "carryover", {"fund": fund}, "closing_fen"),
        ):
            word = {"revenue": "本年收入", "opening": "年初结转和结余", "closing": "年末结转和结余"}[name]
            book.sum_where(f"fiscal.{name}.{fund}", f"{title}{word}", table, where, column)
    for name, title in (
        ("revenue", "本年收入"),
        ("opening", "年初财政拨款结转和结余"),
        ("closing", "年末财政拨款结转和结余"),
    ):
        _added(book, f"fiscal.{name}", f"财政拨款{title}合计", [f"fiscal.{name}.{fund}" for fund in FISCAL_FUNDS])
    for fund in FISCAL_FUNDS:
        parts = [f"fiscal.all.{fund}", f"fiscal.closing.{fund}"]
        _added(book, f"fiscal.grand.{fund}", f"{FISCAL_FUNDS[fund]}总计", parts)
    _added(book, "fiscal.grand", "财政拨款总计", ["fiscal.revenue", "fiscal.opening"])


def _added(book: Book, fact_id: str, title: str, parts: list[str]) -> Fact:
    facts = [book.ledger[part] for part in parts]
    known = [fact.value for fact in facts if fact.value is not None]
    value = sum(known[1:], known[0]) if known and len(known) == len(facts) else None
    return book.value(fact_id, title, value, "万元", " + ".join(fact.title for fact in facts), inputs=tuple(parts))


def _economic(book: Book, scope: Scope) -> tuple[Entry, ...]:
    """Enter 公开05 and 07: `<prefix>.<function>.economic.<code>`, 功能科目 crossed with 经济科目, and their totals.

    The economic classification of a 科目 is known where its rows add up to what was spent there; of the rest it was
    not published.
    """
    spent = lines_where(book.accounts, "expenditure", scope.where)
    lines = lines_where(book.accounts, "economic", scope.where)
    if spent is None or lines is None:
        return ()
    names = {entry.code: entry.name for entry in economic_items(book.accounts, scope)}
    for function in ["", *codes_of(line["function_code"] for line in spent)]:
        of_function = _beginning(lines, "function_code", function) or ()
        known = _total(of_function) == _total(_beginning(spent, "function_code", function) or ())
        for code, name in names.items():
            crossed = _beginning(of_function, "economic_code", code) if known else None
            fact_id = f"{scope.prefix}.{function or 'all'}.economic.{code}"
            book.lines(fact_id, name, crossed, "final_fen", "economic")
    return economic_items(book.accounts, scope)


def economic_items(accounts: Accounts, scope: Scope) -> tuple[Entry, ...]:
    """Return the 经济科目, 类 and 款, that money of `scope` was spent on, in code order; none where they are not known."""
    lines = lines_where(accounts, "economic", scope.where) or ()
    met = sorted({str(line["economic_code"])[:digits] for line in lines for digits in (CLASS_DIGITS, SECTION_DIGITS)})
    named = accounts.classification.name
    return tuple(
        Entry(f"{scope.prefix}.all.economic.{code}", named("economic", code, accounts.year), code=code) for code in met
    )


def _total(lines: Lines) -> int:
    return sum(int(line["final_fen"]) for line in lines)
