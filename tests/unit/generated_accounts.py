"""Accounts of a year that agree to the 分, drawn at random: zero amounts, one fund or several, balances and projects."""

from collections import defaultdict
from typing import Any

from hypothesis import strategies as st

from juesuan.load.tables import Tables
from juesuan.money import FEN_PER_UNIT
from juesuan.schema import CATEGORIES, FUNDS, REVENUE_SOURCES, THREE_PUBLIC_ITEMS, YEAR_TABLES

Records = dict[str, list[dict[str, Any]]]
STEP = FEN_PER_UNIT["万元"] // 100
ECONOMIC_CODES = ("30101", "30212", "30217", "30231", "30399", "31013")
OF_ECONOMIC_CODE = {
    "overseas": "30212",
    "reception": "30217",
    "vehicle_operation": "30231",
    "vehicle_purchase": "31013",
}
FEN = st.integers(0, 10**9)


@st.composite
def consistent_records(draw: st.DrawFn) -> Records:
    """Rows, in 分, of a year in which income, spending, balances and their breakdowns agree exactly."""
    records: Records = defaultdict(list)
    functions = draw(st.lists(st.sampled_from(["2010301", "2010350", "2080505"]), min_size=1, max_size=3, unique=True))
    for code in functions:
        for fund in draw(st.lists(st.sampled_from(list(FUNDS)), min_size=1, max_size=2, unique=True)):
            _spend(draw, records, code, fund)
    _balance(draw, records, functions[0])
    _three_public(draw, records)
    _classes(records)
    totals = {**_totals(records), **_structure(records), **_parts(records)}
    records["totals"] = [{"item": item, "final_fen": amount} for item, amount in totals.items()]
    goods, works, services = (draw(st.integers(0, 50)) for _ in range(3))
    posts = draw(st.integers(0, 99))
    records["disclosures"] = [
        {"item": "procurement.goods", "value": goods},
        {"item": "procurement.works", "value": works},
        {"item": "procurement.services", "value": services},
        {"item": "procurement.small_business", "value": draw(st.integers(0, goods + works + services))},
        {"item": "staff.posts", "value": posts},
        {"item": "staff.year_end", "value": draw(st.integers(0, posts))},
    ]
    return records


def _spend(draw: st.DrawFn, records: Records, code: str, fund: str) -> None:
    where = {"function_code": code, "fund": fund}
    parts = {one: draw(FEN) for one in draw(st.sets(st.sampled_from(ECONOMIC_CODES), min_size=1, max_size=4))}
    for economic_code, fen in sorted(parts.items()):
        records["economic"].append({**where, "economic_code": economic_code, "category": "basic", "final_fen": fen})
    projects = [draw(FEN) for _ in range(draw(st.integers(1, 3)))]
    for fen in projects:
        name = f"项目{len(records['projects']) + 1}"
        records["projects"].append({**where, "project": name, "final_fen": fen, "budget_fen": fen + draw(FEN)})
    for category, fen in (("basic", sum(parts.values())), ("project", sum(projects))):
        budget = {"adjusted_budget_fen": fen + draw(FEN)}
        records["expenditure"].append({**where, "category": category, "final_fen": fen, **budget})


def _balance(draw: st.DrawFn, records: Records, code: str) -> None:
    """Give each fund the income that its spending and balances ask for."""
    for fund in FUNDS:
        spent = _sum(records, "expenditure", fund=fund)
        own = fund == "other"
        distributed = draw(FEN) if own else 0
        used = draw(st.integers(0, distributed)) if own else 0
        closing = draw(FEN)
        opening = draw(st.integers(0, spent + closing))
        income = spent + distributed + closing - opening - used
        records["carryover"].append(
            {
                "fund": fund,
                "opening_fen": opening,
                "surplus_used_fen": used,
                "surplus_distributed_fen": distributed,
                "closing_fen": closing,
            }
        )
        records["revenue"].append({"function_code": code, "source": fund, "final_fen": income})


def _three_public(draw: st.DrawFn, records: Records) -> None:
    for item in THREE_PUBLIC_ITEMS:
        most = _sum(records, "economic", fund="general_public", economic_code=OF_ECONOMIC_CODE[item])
        most += _sum(records, "expenditure", fund="general_public", category="project")
        row = {"item": item, "fund": "general_public", "final_fen": draw(st.integers(0, most))}
        records["three_public"].append(row)


def _totals(records: Records) -> dict[str, int]:
    income, spent = _sum(records, "revenue"), _sum(records, "expenditure")
    balances = {row["fund"]: row for row in records["carryover"]}
    fiscal = spent - _sum(records, "expenditure", fund="other")
    fiscal += sum(row["closing_fen"] for fund, row in balances.items() if fund != "other")
    opening = sum(row["opening_fen"] + row["surplus_used_fen"] for row in balances.values())
    return {
        "income.total": income,
        "expenditure.total": spent,
        "grand.total": income + opening,
        "fiscal.total": fiscal,
        "fiscal_expenditure.total": fiscal,
        "general_public.total": _sum(records, "expenditure", fund="general_public"),
    }


def _structure(records: Records) -> dict[str, int]:
    """Sums of income and expenditure by source, category and fund, as a text prints them."""
    income = {f"income.{source}": _sum(records, "revenue", source=source) for source in REVENUE_SOURCES}
    spent = {f"expenditure.{one}": _sum(records, "expenditure", category=one) for one in CATEGORIES}
    funds = {fund: _sum(records, "expenditure", fund=fund) for fund in FUNDS if fund != "other"}
    return {
        **income,
        "income.fiscal": sum(income[f"income.{fund}"] for fund in funds),
        **spent,
        "expenditure.fiscal": sum(funds.values()),
        "government_fund.expenditure": funds["government_fund"],
        "state_capital.expenditure": funds["state_capital"],
    }


def _parts(records: Records) -> dict[str, int]:
    """Sums of basic expenditure, balances and 三公, as a text prints them."""
    where = {"fund": "general_public", "category": "basic"}
    own = {code: _sum(records, "economic", economic_code=code, **where) for code in ECONOMIC_CODES}
    public = {code: fen for code, fen in own.items() if code.startswith(("302", "310"))}
    items = {item: _sum(records, "three_public", item=item) for item in THREE_PUBLIC_ITEMS}
    return {
        "basic.total": sum(own.values()),
        "basic.personnel": sum(own.values()) - sum(public.values()),
        "basic.public": sum(public.values()),
        "carryover.opening": sum(row["opening_fen"] for row in records["carryover"]),
        "carryover.closing": sum(row["closing_fen"] for row in records["carryover"]),
        "three_public.total": sum(items.values()),
        **{f"three_public.{item}": fen for item, fen in items.items()},
        "three_public.vehicles": items["vehicle_purchase"] + items["vehicle_operation"],
    }


def _classes(records: Records) -> None:
    """Add up the expenditure of each 类 and fund; a pair without any is zero, and said."""
    for code in sorted({row["function_code"][:3] for row in records["expenditure"]}):
        for fund in FUNDS:
            rows = [r for r in records["expenditure"] if r["fund"] == fund and r["function_code"].startswith(code)]
            row = {"function_code": code, "fund": fund, "final_fen": sum(r["final_fen"] for r in rows)}
            records["classes"].append(row)


def _sum(records: Records, table: str, **where: str) -> int:
    rows = [row for row in records[table] if all(row[column] == value for column, value in where.items())]
    return sum(row["final_fen"] for row in rows)


def printed(records: Records) -> Records:
    """Round every amount by itself to 0.01万元, half up, as a printer of tables does."""
    return {
        table: [
            {name: (v + STEP // 2) // STEP * STEP if name.endswith("_fen") else v for name, v in row.items()}
            for row in rows
        ]
        for table, rows in records.items()
    }


def tables(records: Records) -> Tables:
    """Return the rows as a file would have given them: every column, the line they stand in."""
    made = {}
    for name, rows in records.items():
        columns = [column.frame_name for column in YEAR_TABLES[name].columns]
        made[name] = [
            {**{column: row.get(column) for column in columns}, "source_row": line}
            for line, row in enumerate(rows, start=2)
        ]
    return Tables(made)
