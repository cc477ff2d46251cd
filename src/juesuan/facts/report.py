"""The facts of the 部门决算 report: one function a section of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from juesuan.analysis import nature_of
from juesuan.classification import CLASS_DIGITS
from juesuan.facts.book import PERCENT_DECIMALS, Book, Budget, Lines, cells, lines_where, sum_known
from juesuan.facts.disclosures import disclosure_facts, evaluation_facts, indicators_of
from juesuan.facts.functions import GENERAL_PUBLIC, function_facts
from juesuan.facts.ledger import Fact, Ledger
from juesuan.facts.official import official_facts
from juesuan.facts.outline import Entry, Findings
from juesuan.facts.words import data_sources, words_with_facts
from juesuan.load import Accounts
from juesuan.schema import (
    CATEGORIES,
    HEADLINE_ITEMS,
    REVENUE_SOURCES,
    THREE_PUBLIC_ITEMS,
    YEAR_TABLES,
)

_PERSONNEL_PREFIXES = ("301", "303")
_PUBLIC_PREFIXES = ("302", "310")
_OUTCOMES = {"passed": "通过的核对", "rounding": "四舍五入差异", "failed": "不符的核对"}


def report_findings(
    accounts: Accounts, prior: Accounts | None, *, percent_decimals: int = PERCENT_DECIMALS, budget: Budget = "adjusted"
) -> Findings:
    """Return every fact of one office's report of one year; `prior` is last year's accounts, if there are any.

    The office's profile says with how many decimals percentages are printed, and against which budget (全年 or 年初)
    completion is reckoned.
    """
    book = Book(Ledger(accounts.unit.unit_id, accounts.year), accounts, percent_decimals, budget)
    lists: dict[str, tuple[Entry, ...]] = {"headlines": headline_facts(book, prior)}
    lists["income"] = _income(book)
    lists["categories"] = _categories(book)
    lists |= function_facts(book)
    lists |= _basic(book)
    lists["three_public"] = _three_public(book, prior)
    _other_funds(book)
    lists["projects"] = _projects(book)
    lists |= official_facts(book)
    lists["evaluations"] = evaluation_facts(book)
    disclosure_facts(book, prior)
    check_facts(book)
    return findings_of(book, lists)


def findings_of(book: Book, lists: dict[str, tuple[Entry, ...]]) -> Findings:
    """Return the findings of an open book."""
    accounts = book.accounts
    words = words_with_facts(book)
    return Findings(
        unit_name=accounts.unit.name,
        short_name=accounts.unit.short_name,
        region=accounts.unit.region,
        kind=accounts.unit.kind,
        year=accounts.year,
        prior_year=accounts.year - 1,
        profile=accounts.unit.profile,
        ledger=book.ledger,
        lists=lists,
        words=words,
        budget=book.budget,
        indicators=indicators_of(accounts),
        published=frozenset(accounts.tables),
        source=accounts.source.title,
        data_sources=data_sources(book),
    )


def headline_facts(book: Book, prior: Accounts | None) -> tuple[Entry, ...]:
    """Enter the control totals of this year and last, with change and rate; return those of this year."""
    year, entries = book.accounts.year, []
    for item, title in HEADLINE_ITEMS.items():
        last = _total(book, prior, year - 1, item, title)
        this = _total(book, book.accounts, year, item, title)
        book.change(item, title, last, this)
        entries.append(Entry(this.id, title, code=item))
    return tuple(entries)


def _total(book: Book, accounts: Accounts | None, year: int, item: str, title: str) -> Fact:
    held = accounts if accounts and lines_where(accounts, "totals", {"item": item}) else None
    return book.amount_of(held, year, f"{item}.{year}", f"{year}年{title}", "totals", {"item": item})


def check_facts(book: Book) -> None:
    """Enter how many checks the year's figures passed, and those of each table: `checks.<table>.<outcome>`."""
    made = [one for one in book.accounts.findings if one.outcome in _OUTCOMES]
    _count(book, "checks", "", [one.outcome for one in made])
    for name, table in YEAR_TABLES.items():
        _count(book, f"checks.{name}", f"{table.title}：", [one.outcome for one in made if name in dict(one.cells)])


def _count(book: Book, prefix: str, title: str, outcomes: list[str]) -> None:
    for outcome, name in _OUTCOMES.items():
        count = outcomes.count(outcome)
        book.value(f"{prefix}.{outcome}", title + name, count, "项", "rules.csv 各条规则的结果计数", decimals=0)
    asked = len(outcomes)
    book.value(f"{prefix}.total", f"{title}核对总数", asked, "项", "能够核对的规则及其分组之数", decimals=0)


def _income(book: Book) -> tuple[Entry, ...]:
    whole = book.sum_where("income.detail", "收入明细合计", "revenue", {})
    entries = []
    for source, name in REVENUE_SOURCES.items():
        part = book.sum_where(f"income.{source}", name, "revenue", {"source": source})
        book.share(part, whole, f"{name}占本年收入比重")
        entries.append(Entry(part.id, name, code=source))
    return tuple(entries)


def _categories(book: Book) -> tuple[Entry, ...]:
    whole = book.sum_where("expenditure.detail", "支出明细合计", "expenditure", {})
    entries = []
    for category, name in CATEGORIES.items():
        part = book.sum_where(f"expenditure.{category}", name, "expenditure", {"category": category})
        book.share(part, whole, f"{name}占本年支出比重")
        entries.append(Entry(part.id, name, code=category))
    return tuple(entries)


def _basic(book: Book) -> dict[str, tuple[Entry, ...]]:
    """Enter 一般公共预算财政拨款基本支出 by 经济科目, 人员经费 and 公用经费."""
    where = {"fund": GENERAL_PUBLIC, "category": "basic"}
    whole = book.sum_where("basic.total", "一般公共预算财政拨款基本支出", "expenditure", where)
    for fact_id, title, prefixes in (
        ("basic.personnel", "人员经费", _PERSONNEL_PREFIXES),
        ("basic.public", "公用经费", _PUBLIC_PREFIXES),
    ):
        part = book.sum_where(fact_id, title, "economic", {**where, "economic_code": prefixes})
        book.share(part, whole, f"{title}占基本支出比重")
    lines = lines_where(book.accounts, "economic", where)
    if lines is None:
        return {}
    listed = {"economic_classes": _economic(book, _grouped(lines, lambda code: code[:CLASS_DIGITS]))}
    for nature, of_nature in _grouped(lines, nature_of).items():
        listed[f"economic_{nature}"] = _economic(book, _grouped(of_nature, str))
    return listed


def _grouped(lines: Lines, key: Callable[[str], str]) -> dict[str, Lines]:
    """Return the lines by what `key` makes of their 经济科目, in its order."""
    ordered = sorted(lines, key=lambda line: key(line["economic_code"]))
    return {group: list(members) for group, members in groupby(ordered, lambda line: key(line["economic_code"]))}


def _economic(book: Book, by_code: Mapping[str, Lines]) -> tuple[Entry, ...]:
    accounts, entries = book.accounts, []
    for code, lines in by_code.items():
        name = accounts.classification.name("economic", code, accounts.year)
        fact = book.lines(f"economic.{code}", name, lines, "final_fen", "economic")
        entries.append(Entry(fact.id, name, code=code))
    return tuple(entries)


def _three_public(book: Book, prior: Accounts | None) -> tuple[Entry, ...]:
    where = {"fund": GENERAL_PUBLIC}
    title = "“三公”经费财政拨款支出决算数"
    whole = book.sum_where("three_public.total", title, "three_public", where)
    last_year = book.accounts.year - 1
    last = book.amount_of(prior, last_year, "three_public.total.prior", f"{last_year}年{title}", "three_public", where)
    book.change(whole.id, title, last, whole)
    lines = lines_where(book.accounts, "three_public", where)
    column = f"{book.budget}_budget_fen"
    known = None if lines is None or sum_known(lines, column) is None else lines
    planned = book.lines("three_public.budget", "“三公”经费预算数", known, column, "three_public")
    book.ratio("three_public.completion_pct", "“三公”经费完成预算", whole, planned)
    vehicles = book.sum_where(
        "three_public.vehicles", "公务用车购置及运行维护费", "three_public", {**where, "item": ("vehicle_",)}
    )
    book.share(vehicles, whole, "公务用车购置及运行维护费占“三公”经费比重")
    entries = []
    for item, name in THREE_PUBLIC_ITEMS.items():
        part = book.sum_where(f"three_public.{item}", name, "three_public", {**where, "item": item}, sparse=False)
        book.share(part, whole, f"{name}占“三公”经费比重")
        entries.append(Entry(part.id, name, code=item))
    return tuple(entries)


def _other_funds(book: Book) -> None:
    for fund, name in (("government_fund", "政府性基金预算"), ("state_capital", "国有资本经营预算")):
        book.sum_where(f"{fund}.expenditure", f"{name}财政拨款支出", "expenditure", {"fund": fund})
    for column, name in (("opening", "年初结转和结余"), ("surplus_used", "使用非财政拨款结余"),
                         ("surplus_distributed", "结余分配"), ("closing", "年末结转和结余")):  # fmt: skip
        book.sum_where(f"carryover.{column}", name, "carryover", {}, column=f"{column}_fen")


def _projects(book: Book) -> tuple[Entry, ...]:
    lines = lines_where(book.accounts, "projects", {})
    total = book.sum_where("projects.total", "项目支出合计", "projects", {})
    planned = book.sum_where("projects.budget", "项目预算合计", "projects", {}, "budget_fen")
    book.ratio("projects.completion_pct", "项目支出完成预算", total, planned)
    sources = cells(book.accounts, "projects", "project", lines or ())
    count = None if lines is None else len(lines)
    book.value("projects.count", "项目个数", count, "个", "projects.csv 的行数", decimals=0, sources=sources)
    entries = []
    for name in [line["project"] for line in lines or ()]:
        final = book.sum_where(f"project.{name}", f"{name}执行数", "projects", {"project": name})
        budget = book.sum_where(f"project.{name}.budget", f"{name}预算数", "projects", {"project": name}, "budget_fen")
        book.ratio(f"project.{name}.completion_pct", f"{name}完成预算", final, budget)
        book.share(final, total, f"{name}占项目支出比重")
        entries.append(Entry(final.id, name))
    return tuple(entries)
