"""The facts of the front page: each office's latest year, its change, its checks, the years there are."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts.book import Book
from juesuan.facts.comparison import ALL_UNITS
from juesuan.facts.ledger import Ledger
from juesuan.facts.outline import Entry, Findings
from juesuan.load import Accounts
from juesuan.schema import TOTAL_ITEMS

HEADLINES = ("income.total", "expenditure.total", "fiscal.total")


def front_findings(accounts: Sequence[Accounts]) -> Findings:
    """Return the latest year's headline figures of every office, under ids `unit.<unit_id>.<item>.…`.

    Lists: `units` (code is the id, path the latest year) and `years.<unit_id>`, newest first (note says 仅有总数 for a
    headline-only year).
    """
    latest_year = max(one.year for one in accounts)
    ledger = Ledger(ALL_UNITS, latest_year)
    by_unit: dict[str, list[Accounts]] = {}
    for one in sorted(accounts, key=lambda held: (held.unit.unit_id, held.year)):
        by_unit.setdefault(one.unit.unit_id, []).append(one)
    lists: dict[str, tuple[Entry, ...]] = {}
    for unit_id, years in by_unit.items():
        _enter(Book(ledger, years[-1]), years)
        lists[f"years.{unit_id}"] = tuple(
            Entry("", str(one.year), code=str(one.year), note="仅有总数" if one.headline_only else "")
            for one in reversed(years)
        )
    lists["units"] = tuple(
        Entry(f"unit.{unit_id}.expenditure.total.{years[-1].year}", years[-1].unit.name, unit_id, str(years[-1].year))
        for unit_id, years in by_unit.items()
    )
    return Findings(
        unit_name="全部单位", short_name="全部单位", region="", kind="", year=latest_year, prior_year=latest_year - 1,
        profile="", ledger=ledger, lists=lists, source="各单位公开的部门决算",
    )  # fmt: skip


def _enter(book: Book, years: Sequence[Accounts]) -> None:
    latest = years[-1]
    prior = next((one for one in years if one.year == latest.year - 1), None)
    prefix = f"unit.{latest.unit.unit_id}"
    for item in HEADLINES:
        title = TOTAL_ITEMS[item]
        facts = []
        for accounts, year in ((prior, latest.year - 1), (latest, latest.year)):
            there = accounts is not None and (accounts.tables["totals"]["item"] == item).any()
            held = accounts if there else None
            facts.append(
                book.amount_of(held, year, f"{prefix}.{item}.{year}", f"{year}年{title}", "totals", {"item": item})
            )
        book.change(f"{prefix}.{item}", title, *facts)
    outcomes = [finding.outcome for one in years for finding in one.findings]
    passed = sum(outcome in ("passed", "rounding") for outcome in outcomes)
    asked = passed + outcomes.count("failed")
    book.value(f"{prefix}.checks.passed", "通过的核对", passed, "项", "各年度规则结果计数", decimals=0)
    book.value(f"{prefix}.checks.total", "核对总数", asked, "项", "各年度能够核对的规则之数", decimals=0)
