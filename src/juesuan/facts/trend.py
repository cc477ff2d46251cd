"""The facts of the trend page: one series a control total over every year of an office."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from juesuan.analysis import compound_growth_pct, series
from juesuan.facts.book import Book, in_fen, lines_where
from juesuan.facts.ledger import Fact, Ledger
from juesuan.facts.outline import Entry, Findings
from juesuan.facts.report import check_facts, findings_of
from juesuan.load import Accounts
from juesuan.schema import TOTAL_ITEMS

_ROOT_STEP = Decimal("1e-12")  # a root is irrational; ten digits beyond what is printed keep half-up rounding right


def trend_findings(accounts: Sequence[Accounts]) -> Findings:
    """Return the facts of an office's years, oldest first.

    Lists: `years` (code is the year), `items` (the control totals met in any year), and one list an item, a year an entry.
    """
    latest = accounts[-1]
    book = Book(Ledger(latest.unit.unit_id, latest.year), latest)
    lists: dict[str, tuple[Entry, ...]] = {}
    years = range(accounts[0].year, latest.year + 1)
    lists["years"] = tuple(Entry("", f"{year}年", code=str(year)) for year in years)
    met = {line["item"] for one in accounts for line in one.records["totals"]}
    lists["items"] = tuple(
        Entry(f"{item}.{latest.year}", title, code=item) for item, title in TOTAL_ITEMS.items() if item in met
    )
    for entry in lists["items"]:
        lists[entry.code] = _series(book, accounts, list(years), entry)
    book.value("trend.years", "有数据的年数", len(accounts), "年", "data/ 中该单位的年度文件夹数", decimals=0)
    check_facts(book)
    return findings_of(book, lists)


def _series(book: Book, accounts: Sequence[Accounts], years: list[int], item: Entry) -> tuple[Entry, ...]:
    by_year = {one.year: one for one in accounts if lines_where(one, "totals", {"item": item.code})}
    facts = [
        book.amount_of(
            by_year.get(year), year, f"{item.code}.{year}", f"{year}年{item.name}", "totals", {"item": item.code}
        )
        for year in years
    ]
    frame = pd.DataFrame({"year": years, "final_fen": pd.array([in_fen(fact) for fact in facts], dtype="Int64")})
    worked = series(frame)
    _rates(book, item, facts, worked)
    growth = compound_growth_pct(worked)
    book.value(
        f"{item.code}.compound_growth_pct", f"{item.name}年均增长", None if growth is None else Fraction(growth.quantize(_ROOT_STEP)), "%",
        "（末年 ÷ 首年）的年数次方根 − 1", inputs=tuple(fact.id for fact in facts if fact.known),
    )  # fmt: skip
    return tuple(Entry(fact.id, f"{year}年", code=str(year)) for fact, year in zip(facts, years, strict=True))


def _rates(book: Book, item: Entry, facts: list[Fact], worked: pd.DataFrame) -> None:
    first = next(fact for fact in facts if fact.known)
    for before, fact, index in zip([None, *facts], facts, worked["index_pct"], strict=False):
        title = f"{fact.year}年{item.name}指数"
        value = None if index is None or pd.isna(index) else Fraction(index)
        inputs = (fact.id, first.id)
        book.value(
            f"{fact.id}.index_pct",
            title,
            value,
            "",
            f"{fact.year}年 ÷ {first.year}年 × 100",
            inputs=inputs,
            year=fact.year,
        )
        if before is not None:
            book.change(fact.id, f"{fact.year}年{item.name}", before, fact)
