"""The facts of what a report discloses besides its accounts: evaluations, procurement, assets, staff, indicators."""

from __future__ import annotations

from fractions import Fraction

from juesuan.facts.book import Book, lines_where
from juesuan.facts.ledger import SourceCell, amount_value
from juesuan.facts.outline import Entry, Indicator
from juesuan.facts.printed import printed_total, refuse_more_than_rounding
from juesuan.load import Accounts
from juesuan.money import FEN_PER_UNIT
from juesuan.schema import DISCLOSURE_ITEMS, EVALUATIONS

_ZERO = Fraction(0)


def evaluation_facts(book: Book) -> tuple[Entry, ...]:
    """Enter evaluation scores; the grade (等次), a word, travels in the entry's note."""
    entries: list[Entry] = []
    for number, row in enumerate(book.accounts.records.get("evaluations", []), start=1):
        kind = row["evaluation"]
        fact_id = "evaluation.overall.score" if kind == "overall" else f"evaluation.project.{number}.score"
        cell = SourceCell(f"{book.accounts.folder}/evaluations.csv", int(row["source_row"]), "score")
        title = f"{row['subject']}绩效评价得分"
        book.value(fact_id, title, row["score"], "分", "evaluations.csv 所填", decimals=0, sources=(cell,))
        entries.append(Entry(fact_id, str(row["subject"]), code=kind, path=EVALUATIONS[kind], note=row["grade"] or ""))
    return tuple(entries)


def disclosure_facts(book: Book, prior: Accounts | None) -> None:
    """Enter every item of the table `disclosures` under its own id, and the totals of procurement and vehicles.

    机关运行经费 is compared with last year's, where that was published.
    """
    held = {row["item"]: row for row in book.accounts.records.get("disclosures", [])}
    for item, about in DISCLOSURE_ITEMS.items():
        row = held.get(item)
        value = None if row is None else row["value"]
        cell = (
            ()
            if row is None
            else (SourceCell(f"{book.accounts.folder}/disclosures.csv", int(row["source_row"]), "value"),)
        )
        decimals = 2 if about.unit == "万元" else 0
        book.value(
            item,
            about.name,
            value,
            about.unit,
            "disclosures.csv 所填" if row else "未公开",
            decimals=decimals,
            sources=cell,
        )
    _operating_funds(book, prior)
    for total, title, prefix, unit, parts in (
        ("procurement.total", "政府采购支出总额", "procurement.", "万元", ("goods", "works", "services")),
        ("vehicles.total", "年末车辆数", "vehicles.", "辆",
         ("senior", "confidential", "emergency", "enforcement", "special", "retired", "other")),
    ):  # fmt: skip
        facts = [book.ledger[prefix + part] for part in parts]
        values = [fact.value for fact in facts if fact.value is not None]
        value = sum(values, _ZERO) if len(values) == len(facts) else None
        decimals = 2 if unit == "万元" else 0
        formula = " + ".join(fact.title for fact in facts)
        printed = printed_total(book.accounts, total)
        if printed is not None and value is not None:
            added = int(value * FEN_PER_UNIT[unit])
            refuse_more_than_rounding(total, book.accounts, added, printed, len(facts))
            value, formula = amount_value(printed.fen), f"原件所印；与{formula}相差的属四舍五入"
        sources = () if printed is None else (printed.cell,)
        inputs = () if printed is not None else tuple(fact.id for fact in facts)
        book.value(total, title, value, unit, formula, decimals=decimals, inputs=inputs, sources=sources)


def _operating_funds(book: Book, prior: Accounts | None) -> None:
    item, year = "operating_funds", book.accounts.year - 1
    title = DISCLOSURE_ITEMS[item].name
    rows = lines_where(prior, "disclosures", {"item": item}) if prior else None
    value: Fraction | None = None
    cell: tuple[SourceCell, ...] = ()
    if prior is not None and rows:
        value = Fraction(rows[0]["value"])
        cell = (SourceCell(f"{prior.folder}/disclosures.csv", rows[0]["source_row"], "value"),)
    formula = "disclosures.csv 所填" if cell else "未公开"
    last = book.value(f"{item}.prior", f"{year}年{title}", value, "万元", formula, sources=cell, year=year)
    book.change(item, title, last, book.ledger[item])


def indicators_of(accounts: Accounts) -> tuple[Indicator, ...]:
    """Return the 绩效指标 of the year's projects."""
    names = ["project", "level_1", "level_2", "level_3", "target", "actual"]
    return tuple(Indicator(*(str(row[name]) for name in names)) for row in accounts.records.get("indicators", []))
