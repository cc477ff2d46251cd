"""The facts of the explorer's pages over many offices: how much there is, and how its figures stood the checks."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts.book import Book
from juesuan.facts.ledger import Ledger
from juesuan.facts.outline import ALL_UNITS, Findings
from juesuan.load import Accounts

OUTCOMES = {"passed": "相符", "rounding": "四舍五入", "failed": "不符"}


def explore_findings(accounts: Sequence[Accounts]) -> Findings:
    """Return how many offices, years and partial years there are (`explore.…`) and what the checks came to.

    Raises `ValueError` for no accounts at all.
    """
    if not accounts:
        raise ValueError("没有任何账；请先在 data/ 中填数。")
    latest = max(accounts, key=lambda one: one.year)
    book = Book(Ledger(ALL_UNITS, latest.year), latest)
    enter_covered(book, accounts)
    return Findings(
        unit_name="全部单位", short_name="全部单位", region="", kind="", year=latest.year, prior_year=latest.year - 1,
        profile="", ledger=book.ledger, source="各单位公开的部门决算",
    )  # fmt: skip


def enter_check_counts(book: Book, accounts: Sequence[Accounts]) -> None:
    """Enter what the checks of all these accounts came to: `checks.passed`, `.rounding`, `.failed`, `.asked`."""
    counts = {outcome: sum(one.outcomes[outcome] for one in accounts) for outcome in OUTCOMES}
    for outcome, title in OUTCOMES.items():
        book.value(f"checks.{outcome}", f"核对{title}", counts[outcome], "项", "规则结果计数", decimals=0)
    book.value("checks.asked", "核对的项数", sum(counts.values()), "项", "能够核对的规则之数", decimals=0)


def enter_covered(book: Book, accounts: Sequence[Accounts]) -> None:
    """Enter how many offices, years and partial years these accounts cover, and what their checks came to."""
    units = {one.unit.unit_id for one in accounts}
    partial = sum(one.partial for one in accounts)
    book.value("explore.units", "收录的单位", len(units), "个", "data/ 中有数据的单位数", decimals=0)
    book.value("explore.years", "收录的单位年度", len(accounts), "个", "data/ 中的年度文件夹数", decimals=0)
    book.value("explore.partial", "只有部分数字的单位年度", partial, "个", "没有收支明细的年度文件夹数", decimals=0)
    enter_check_counts(book, accounts)
