"""The facts of an office's page: every measure that it published, in every year."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts.book import AMOUNT_DECIMALS, AMOUNT_UNIT, Book
from juesuan.facts.explore import enter_check_counts
from juesuan.facts.ledger import Fact, Ledger, SourceCell, amount_value
from juesuan.facts.measures import MEASURES, Measure, Records, measured, records_of, rows_measured
from juesuan.facts.outline import Entry, Findings
from juesuan.facts.report import findings_of
from juesuan.load import Accounts
from juesuan.money import write_amount


def office_findings(years: Sequence[Accounts]) -> Findings:
    """Return every measure of an office's years, oldest first, under ids `<measure>.<year>`.

    Lists: `years` (code is the year; note says where only some figures are known), `items` (the measures met, code is
    the measure), and one list a measure, a year an entry.
    """
    latest = years[-1]
    ledger = Ledger(latest.unit.unit_id, latest.year)
    books = [Book(ledger, one) for one in years]
    records = [records_of(one) for one in years]
    lists: dict[str, tuple[Entry, ...]] = {
        "years": tuple(Entry("", f"{one.year}年", code=str(one.year), note=_note(one)) for one in years)
    }
    for measure in MEASURES.values():
        facts = [enter_measure(book, held, measure) for book, held in zip(books, records, strict=True)]
        if any(fact.known and fact.value for fact in facts):
            lists[measure.id] = tuple(Entry(fact.id, f"{fact.year}年", code=str(fact.year)) for fact in facts)
    lists["items"] = tuple(
        Entry(lists[one.id][-1].fact_id, one.title, code=one.id, note=one.unit) for one in MEASURES.values() if one.id in lists
    )  # fmt: skip
    books[-1].value("office.years", "有数据的年数", len(years), "年", "data/ 中该单位的年度文件夹数", decimals=0)
    enter_check_counts(books[-1], years)
    return findings_of(books[-1], lists)


def _note(one: Accounts) -> str:
    if one.headline_only:
        return "仅有总数"
    return "只有部分数字" if one.partial else ""


def enter_measure(book: Book, records: Records, measure: Measure, prefix: str = "") -> Fact:
    """Enter a measure of the book's year as `<prefix><measure>.<year>`, with the cells that it adds up."""
    accounts = book.accounts
    table, column, rows = rows_measured(accounts, records, measure)
    file, written = f"{accounts.folder}/{table}.csv", column.removesuffix("_fen")
    amounts = measure.unit == AMOUNT_UNIT and column != "value"
    sources = tuple(
        SourceCell(file, int(row["source_row"]), written, _in_wan(row[column]) if amounts else "") for row in rows
    )
    whole = measured(accounts, records, measure)
    value = amount_value(whole) if measure.unit == AMOUNT_UNIT else whole
    return book.value(
        f"{prefix}{measure.id}.{accounts.year}", f"{accounts.year}年{measure.title}", value, measure.unit, _formula(whole, table, sources),
        decimals=AMOUNT_DECIMALS if measure.unit == AMOUNT_UNIT else 0, sources=sources,
    )  # fmt: skip


def _formula(whole: int | None, table: str, sources: Sequence[SourceCell]) -> str:
    if whole is None:
        return "未公开"
    if not sources:
        return f"{table}.csv 中没有此类行，为零"
    return f"{table}.csv 所填" if len(sources) == 1 else f"{table}.csv 各行之和"


def _in_wan(fen: int | None) -> str:
    return "" if fen is None else write_amount(fen)
