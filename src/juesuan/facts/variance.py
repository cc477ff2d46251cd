"""The facts of the variance page: what changed from last year, by how much, what drove it, whether it is material."""

from __future__ import annotations

from collections.abc import Callable
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
    lists["by_class"] = _drivers(book, prior, "class", _class_key, _function_name(accounts), limits)
    lists["by_category"] = _drivers(book, prior, "category", _category_key, CATEGORIES.__getitem__, limits)
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
    book: Book,
    prior: Accounts,
    kind: str,
    keyed: Callable[[pd.DataFrame], pd.DataFrame],
    name_of: _Name,
    limits: dict[str, Any],
) -> tuple[Entry, ...]:
    """Enter a row of `year_on_year` as facts `variance.<kind>.<key>.…`; nothing where a year has no detail."""
    frames = [keyed(one.tables["expenditure"]) for one in (prior, book.accounts) if "expenditure" in one.tables]
    if len(frames) < 2:
        return ()
    rows = year_on_year(frames[0], frames[1], ["key"], absent_is_zero=True, **limits)
    entries = []
    for row in rows.to_dict("records"):
        key = str(row["key"])
        fact = _driver(book, prior, f"variance.{kind}.{key}", name_of(key), row, frames)
        entries.append(Entry(fact.id, name_of(key), code=key, note="重大" if row["material"] else "一般"))
    return tuple(entries)


def _driver(
    book: Book, prior: Accounts, fact_id: str, name: str, row: dict[Any, Any], frames: list[pd.DataFrame]
) -> Fact:
    year = book.accounts.year
    parts = []
    for accounts, frame, when, column in (
        (prior, frames[0], year - 1, "prior_fen"),
        (book.accounts, frames[1], year, "current_fen"),
    ):
        lines = frame[frame["key"] == row["key"]].to_dict("records")
        sources = cells(accounts, "expenditure", "final_fen", lines)
        amount = amount_value(_whole(row[column]))
        parts.append(
            book.value(
                f"{fact_id}.{when}",
                f"{when}年{name}",
                amount,
                AMOUNT_UNIT,
                "expenditure.csv 所列各行之和",
                sources=sources,
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


def _class_key(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(key=frame["function_code"].str[:CLASS_DIGITS])


def _category_key(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(key=frame["category"])


def _function_name(accounts: Accounts) -> _Name:
    return lambda code: accounts.classification.name("function", code, accounts.year)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
