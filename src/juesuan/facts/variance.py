"""The facts of the variance page: what changed from last year, by how much, what drove it, whether it is material."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from juesuan.analysis import Change, change_between, is_material, year_on_year
from juesuan.classification import CLASS_DIGITS
from juesuan.facts.book import AMOUNT_UNIT, Book, Budget, cells, in_fen
from juesuan.facts.functions import function_facts
from juesuan.facts.ledger import Fact, Ledger, amount_value
from juesuan.facts.outline import Entry, Findings
from juesuan.facts.report import check_facts, findings_of, headline_facts
from juesuan.load import Accounts
from juesuan.schema import CATEGORIES

FEN_PER_WAN = 1_000_000
_Name = Callable[[str], str]
_Line = Mapping[Any, Any]


def variance_findings(
    accounts: Accounts, prior: Accounts, *, threshold_pct: int, threshold_wan: int, budget: Budget = "adjusted"
) -> Findings:
    """Return the facts of this year against last: control totals and, where both years have them, the drivers.

    A change is material when it is at least `threshold_wan` 万元 and at least `threshold_pct` per cent (or has no rate).
    Lists: headlines (control totals), by_class (功能分类 类), by_category (基本/项目), each with `note` 重大 or 一般;
    function_class, function_section, function_item with this year's budget execution.
    """
    book = Book(Ledger(accounts.unit.unit_id, accounts.year), accounts, budget=budget)
    limits = {"threshold_pct": threshold_pct, "threshold_fen": threshold_wan * FEN_PER_WAN}
    book.value("threshold.pct", "重大变动的比率门槛", threshold_pct, "%", "运行参数", decimals=0)
    book.value("threshold.amount", "重大变动的金额门槛", threshold_wan, AMOUNT_UNIT, "运行参数", decimals=0)
    headlines = headline_facts(book, prior)
    lists = {"headlines": tuple(_marked(book, entry, limits) for entry in headlines)}
    lists["by_class"] = _drivers(book, prior, "class", _class_of, _function_name(accounts), limits)
    lists["by_category"] = _drivers(book, prior, "category", _category_of, CATEGORIES.__getitem__, limits)
    lists |= function_facts(book)
    material = [entry for entry in lists["headlines"] if entry.note == "重大"]
    book.value("variance.material", "重大变动的合计数", len(material), "个", "达到两个门槛的合计数之数", decimals=0)
    check_facts(book)
    return findings_of(book, lists)


def _marked(book: Book, entry: Entry, limits: dict[str, int]) -> Entry:
    year, item = book.accounts.year, entry.code
    change = change_between(in_fen(book.ledger[f"{item}.{year - 1}"]), in_fen(book.ledger[f"{item}.{year}"]))
    return Entry(entry.fact_id, entry.name, code=item, note=_judgement(change, limits))


def _judgement(change: Change, limits: dict[str, int]) -> str:
    if change.change_fen is None:
        return "未公开"
    return "重大" if is_material(change, **limits) else "一般"


def _drivers(
    book: Book, prior: Accounts, kind: str, key_of: Callable[[_Line], str], name_of: _Name, limits: dict[str, Any]
) -> tuple[Entry, ...]:
    """Enter a row of `year_on_year` as facts `variance.<kind>.<key>.…`; nothing where a year has no detail."""
    lines = [_by_key(one, key_of) for one in (prior, book.accounts) if "expenditure" in one.records]
    if len(lines) < 2:
        return ()
    rows = year_on_year(_frame(lines[0]), _frame(lines[1]), ["key"], absent_is_zero=True, **limits)
    entries = []
    for row in rows.to_dict("records"):
        key = str(row["key"])
        parts = [
            (accounts, of_year.get(key, [])) for accounts, of_year in zip((prior, book.accounts), lines, strict=True)
        ]
        fact = _driver(book, f"variance.{kind}.{key}", name_of(key), row, parts)
        entries.append(Entry(fact.id, name_of(key), code=key, note="重大" if row["material"] else "一般"))
    return tuple(entries)


def _by_key(accounts: Accounts, key_of: Callable[[_Line], str]) -> dict[str, list[_Line]]:
    """Return the rows of expenditure by what they are compared by."""
    lines: dict[str, list[_Line]] = {}
    for line in accounts.records["expenditure"]:
        lines.setdefault(key_of(line), []).append(line)
    return lines


def _frame(lines: dict[str, list[_Line]]) -> pd.DataFrame:
    """Return the rows as `year_on_year` asks for them: the key and the amount."""
    keys = [key for key, several in lines.items() for _ in several]
    amounts = [line["final_fen"] for several in lines.values() for line in several]
    return pd.DataFrame({"key": pd.Series(keys, dtype="str"), "final_fen": pd.array(amounts, dtype="Int64")})


def _driver(
    book: Book, fact_id: str, name: str, row: dict[Any, Any], lines: list[tuple[Accounts, list[_Line]]]
) -> Fact:
    year = book.accounts.year
    parts = []
    for (accounts, of_year), when, column in zip(lines, (year - 1, year), ("prior_fen", "current_fen"), strict=True):
        parts.append(
            book.value(
                f"{fact_id}.{when}",
                f"{when}年{name}",
                amount_value(_whole(row[column])),
                AMOUNT_UNIT,
                "expenditure.csv 所列各行之和",
                sources=cells(accounts, "expenditure", "final_fen", of_year),
                year=when,
            )
        )
    size, _ = book.change(fact_id, name, *parts)
    pp = row["contribution_pp"]
    book.value(
        f"{fact_id}.contribution_pp",
        f"{name}拉动支出增减",
        pp,
        "个百分点",
        "增减额 ÷ 上年支出合计 × 100",
        inputs=(size.id,),
    )
    return size


def _class_of(line: _Line) -> str:
    return str(line["function_code"])[:CLASS_DIGITS]


def _category_of(line: _Line) -> str:
    return str(line["category"])


def _function_name(accounts: Accounts) -> _Name:
    return lambda code: accounts.classification.name("function", code, accounts.year)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
