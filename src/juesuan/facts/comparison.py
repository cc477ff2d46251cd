"""The facts of the comparison page: every office of one year side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from juesuan.analysis import compare_units
from juesuan.facts.book import AMOUNT_UNIT, Book, cells, in_fen, lines_where
from juesuan.facts.explore import enter_check_counts
from juesuan.facts.ledger import Fact, Ledger
from juesuan.facts.outline import ALL_UNITS, Entry, Findings
from juesuan.load import Accounts

MEASURE = "expenditure.total"


def comparison_findings(accounts: Sequence[Accounts], year: int) -> Findings:
    """Return rank, share and amount per head of every office's 本年支出合计 of `year`.

    Lists: `units`, largest first; ids are `unit.<unit_id>.…`. The ledger's unit is `all`.
    """
    ledger = Ledger(ALL_UNITS, year)
    by_unit = {one.unit.unit_id: one for one in accounts}
    books = {unit_id: Book(ledger, one) for unit_id, one in by_unit.items()}
    amounts = {unit_id: _amount(book) for unit_id, book in books.items()}
    heads = {unit_id: _headcount(book) for unit_id, book in books.items()}
    frame = pd.DataFrame(
        {
            "unit_id": list(by_unit),
            "final_fen": pd.array([in_fen(fact) for fact in amounts.values()], dtype="Int64"),
            "headcount": pd.array([None if f.value is None else int(f.value) for f in heads.values()], dtype="Int64"),
        }
    )
    entries = []
    for row in compare_units(frame).to_dict("records"):
        unit_id = row["unit_id"]
        _enter(books[unit_id], row, amounts[unit_id], heads[unit_id])
        entries.append(Entry(amounts[unit_id].id, by_unit[unit_id].unit.short_name, code=unit_id))
    first = next(iter(books.values()))
    enter_check_counts(first, accounts)
    first.value("units.count", "有数据的单位", len(entries), "个", "data/ 中该年度的单位数", decimals=0)
    return Findings(
        unit_name="全部单位", short_name="全部单位", region="", kind="", year=year, prior_year=year - 1, profile="",
        ledger=ledger, lists={"units": tuple(entries)}, source="各单位公开的部门决算",
    )  # fmt: skip


def _amount(book: Book) -> Fact:
    return book.sum_where(
        f"unit.{book.accounts.unit.unit_id}.{MEASURE}", f"{book.accounts.unit.short_name}本年支出合计", "totals", {"item": MEASURE},
        sparse=False,
    )  # fmt: skip


def _headcount(book: Book) -> Fact:
    lines = lines_where(book.accounts, "disclosures", {"item": "staff.year_end"}) or ()
    value = lines[0]["value"] if lines else None
    sources = cells(book.accounts, "disclosures", "value", lines)
    unit_id = book.accounts.unit.unit_id
    return book.value(
        f"unit.{unit_id}.staff.year_end", f"{book.accounts.unit.short_name}年末在职人员", value, "人",
        "disclosures.csv 所填", decimals=0, sources=sources,
    )  # fmt: skip


def _enter(book: Book, row: dict[Any, Any], amount: Fact, head: Fact) -> None:
    prefix, name = f"unit.{row['unit_id']}", book.accounts.unit.short_name
    rank = row["rank"]
    ranked = None if rank is None or rank is pd.NA else int(str(rank))
    share, per_head = row["share_pct"], row["per_head_fen_exact"]
    book.value(f"{prefix}.rank", f"{name}支出排名", ranked, "", "由大到小", decimals=0, inputs=(amount.id,))
    book.value(
        f"{prefix}.share_pct",
        f"{name}占各单位支出比重",
        _exact(share),
        "%",
        f"{amount.title} ÷ 各单位之和 × 100%",
        inputs=(amount.id,),
    )
    in_wan = None if per_head is None else _exact(per_head)
    value = None if in_wan is None else in_wan / 1_000_000
    book.value(
        f"{prefix}.per_head",
        f"{name}人均支出",
        value,
        AMOUNT_UNIT,
        f"{amount.title} ÷ {head.title}",
        inputs=(amount.id, head.id),
    )


def _exact(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
