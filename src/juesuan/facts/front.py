"""The facts of the front page: each office's latest year, its change, its checks, the years there are."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.facts.book import Book, lines_where
from juesuan.facts.explore import enter_covered
from juesuan.facts.ledger import Ledger
from juesuan.facts.measures import MEASURES, measured, records_of
from juesuan.facts.office import enter_measure
from juesuan.facts.outline import ALL_UNITS, Entry, Findings
from juesuan.load import Accounts
from juesuan.schema import TOTAL_ITEMS

_MAIN = (
    "expenditure.total", "income.total", "grand.total", "fiscal.total", "general_public.total", "three_public.total",
    "three_public.reception", "staff.year_end",
)  # fmt: skip
HEADLINES = ("income.total", "expenditure.total", "fiscal.total")


def front_findings(accounts: Sequence[Accounts]) -> Findings:
    """Return the latest year's headline figures of every office, under ids `unit.<unit_id>.<item>.…`.

    Lists: `units` (code is the id, path the latest year, note the region), `published` and `compared` (those whose report
    is made here, and those that are only compared), `main` (the first total that each office's latest year has, note its
    unit), `years`, newest first, and `years.<unit_id>`, newest first (note says
    仅有总数 or 只有部分数字).
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
            Entry("", str(one.year), code=str(one.year), note=_note(one)) for one in reversed(years)
        )
    entries = {
        unit_id: Entry(
            f"unit.{unit_id}.expenditure.total.{years[-1].year}", years[-1].unit.name, unit_id, str(years[-1].year),
            note=years[-1].unit.region,
        )
        for unit_id, years in by_unit.items()
    }  # fmt: skip
    lists["units"] = tuple(entries.values())
    lists["main"] = tuple(_main(Book(ledger, years[-1])) for years in by_unit.values())
    lists["published"] = tuple(one for unit_id, one in entries.items() if by_unit[unit_id][-1].unit.profile)
    lists["compared"] = tuple(one for unit_id, one in entries.items() if not by_unit[unit_id][-1].unit.profile)
    every = sorted({one.year for one in accounts}, reverse=True)
    lists["years"] = tuple(Entry("", f"{year}年", code=str(year)) for year in every)
    enter_covered(Book(ledger, accounts[0]), accounts)
    return Findings(
        unit_name="全部单位", short_name="全部单位", region="", kind="", year=latest_year, prior_year=latest_year - 1,
        profile="", ledger=ledger, lists=lists, source="各单位公开的部门决算",
    )  # fmt: skip


def _main(book: Book) -> Entry:
    """Return the first of `_MAIN` that an office's latest year has: few offices that are only compared print their totals."""
    records = records_of(book.accounts)
    known = (MEASURES[name] for name in _MAIN if measured(book.accounts, records, MEASURES[name]) is not None)
    measure = next(known, MEASURES[_MAIN[0]])
    unit_id = book.accounts.unit.unit_id
    fact = enter_measure(book, records, measure, f"unit.{unit_id}.main.")
    return Entry(fact.id, measure.title, code=unit_id, note=measure.unit)


def _note(one: Accounts) -> str:
    if one.headline_only:
        return "仅有总数"
    return "只有部分数字" if one.partial else ""


def _enter(book: Book, years: Sequence[Accounts]) -> None:
    latest = years[-1]
    prior = next((one for one in years if one.year == latest.year - 1), None)
    prefix = f"unit.{latest.unit.unit_id}"
    for item in HEADLINES:
        title = TOTAL_ITEMS[item]
        facts = []
        for accounts, year in ((prior, latest.year - 1), (latest, latest.year)):
            held = accounts if accounts and lines_where(accounts, "totals", {"item": item}) else None
            facts.append(
                book.amount_of(held, year, f"{prefix}.{item}.{year}", f"{year}年{title}", "totals", {"item": item})
            )
        book.change(f"{prefix}.{item}", title, *facts)
    passed = sum(one.outcomes["passed"] + one.outcomes["rounding"] for one in years)
    asked = passed + sum(one.outcomes["failed"] for one in years)
    book.value(f"{prefix}.checks.passed", "通过的核对", passed, "项", "各年度规则结果计数", decimals=0)
    book.value(f"{prefix}.checks.total", "核对总数", asked, "项", "各年度能够核对的规则之数", decimals=0)
