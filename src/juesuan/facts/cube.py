"""The explorer's data: whole numbers (分, 人 …) by office, year and measure, as its scripts read them.

Views work out shares, changes and rates from these whole numbers in the browser; a figure that an office's report
prints bears the id of that figure (`measures.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from juesuan.cells import FUNDS
from juesuan.facts.measures import MEASURES, Records, measured, records_of
from juesuan.load import Accounts, Finding

_GENERAL_PUBLIC = "general_public"


def year_body(accounts: Sequence[Accounts], *, reports: bool = True) -> dict[str, Any]:
    """Return every office's measures in one year: unit_id → `values` (in the order of `MEASURES`) and standing.

    `reports` says whether the site has the offices' reports, for the figures to lead to.
    """
    return {"year": accounts[0].year, "units": {one.unit.unit_id: _standing(one, reports) for one in accounts}}


def details_body(accounts: Sequence[Accounts]) -> dict[str, Any]:
    """Return every office's details in one year, by unit_id: see `details_of`."""
    return {"year": accounts[0].year, "units": {one.unit.unit_id: details_of(one) for one in accounts}}


def office_body(years: Sequence[Accounts], *, reports: bool = True) -> dict[str, Any]:
    """Return all of one office: by year its measures and details; `reports` as in `year_body`."""
    return {
        "unit": years[-1].unit.unit_id,
        "years": {str(one.year): {**_standing(one, reports), **details_of(one)} for one in years},
    }


def _standing(one: Accounts, reports: bool) -> dict[str, Any]:
    records = records_of(one)
    return {
        "values": [measured(one, records, measure) for measure in MEASURES.values()],
        "report": reports and bool(one.unit.profile),
        "partial": one.partial,
        "checks": [one.outcomes[outcome] for outcome in ("passed", "rounding", "failed")],
    }


def details_of(one: Accounts) -> dict[str, Any]:
    """Return the details of an office's year.

    `functions`: [code, final, basic, project, 一般公共预算 final, initial budget, adjusted budget];
    `economics`: [code, final, of which basic]; `projects`: [name, code, budget, final, indicators]; amounts in 分.
    `covers` names the part of the expenditure that `functions` and `economics` add up to, nothing where it is the whole.
    """
    records = records_of(one)
    return {
        "covers": [_covered_by_functions(one, records), _covered_by_economics(records)],
        "functions": _functions(records),
        "economics": _economics(records),
        "projects": _projects(records),
        "evaluations": [
            [row["subject"], None if row["score"] is None else float(row["score"]), row["grade"] or ""]
            for row in records.get("evaluations", [])
        ],
    }


def _covered_by_functions(one: Accounts, records: Records) -> str:
    """Return what `classes` (按类的支出) covers where it is not the whole expenditure: the funds that it lists."""
    rows = records.get("classes", [])
    if "expenditure" in records or not rows:
        return ""
    whole = measured(one, records, MEASURES["expenditure.total"])
    if sum(row["final_fen"] for row in rows) == whole:
        return ""
    return "、".join(FUNDS[fund] for fund in FUNDS if any(row["fund"] == fund for row in rows)) + "支出"


def _covered_by_economics(records: Records) -> str:
    """Return what the 经济分类 covers: many offices publish that of 基本支出 alone."""
    rows = records.get("economic", [])
    spent = sum(row["final_fen"] for row in records.get("expenditure", []))
    if not rows or sum(row["final_fen"] for row in rows) == spent:
        return ""
    is_basic = all(row["category"] == "basic" for row in rows)
    return "公开了经济分类的" + ("基本支出" if is_basic else "支出")


def _functions(records: Records) -> list[list[Any]]:
    spent: dict[str, list[int | None]] = defaultdict(lambda: [0, 0, 0, 0, None, None])
    for row in records.get("expenditure", records.get("classes", [])):
        held, final = spent[row["function_code"]], row["final_fen"]
        _add(held, 0, final)
        for place, category in ((1, "basic"), (2, "project")):
            if row.get("category") == category:
                _add(held, place, final)
        if row["fund"] == _GENERAL_PUBLIC:
            _add(held, 3, final)
    for code, initial, adjusted in _planned(records):
        spent[code][4], spent[code][5] = initial, adjusted
    return [[code, *values] for code, values in sorted(spent.items())]


def _planned(records: Records) -> Iterable[tuple[str, int | None, int | None]]:
    """Return 一般公共预算 budgets by code; one is missing where any row's is."""
    rows = records.get("budgets", records.get("expenditure", []))
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["fund"] == _GENERAL_PUBLIC:
            of[row["function_code"]].append(row)
    for code, held in of.items():
        yield code, _all_known(held, "initial_budget_fen"), _all_known(held, "adjusted_budget_fen")


def _all_known(rows: list[dict[str, Any]], column: str) -> int | None:
    values = [row[column] for row in rows]
    return None if any(value is None for value in values) else sum(values)


def _economics(records: Records) -> list[list[Any]]:
    spent: dict[str, list[int | None]] = defaultdict(lambda: [0, 0])
    for row in records.get("economic", []):
        _add(spent[row["economic_code"]], 0, row["final_fen"])
        if row["category"] == "basic":
            _add(spent[row["economic_code"]], 1, row["final_fen"])
    return [[code, *values] for code, values in sorted(spent.items())]


def _projects(records: Records) -> list[list[Any]]:
    indicators: dict[str, int] = defaultdict(int)
    for row in records.get("indicators", []):
        indicators[row["project"]] += 1
    return [
        [
            row["project"],
            row["function_code"],
            row["budget_fen"],
            row["final_fen"],
            indicators[row["project"]],
        ]
        for row in records.get("projects", [])
    ]


def _add(held: list[int | None], place: int, fen: int) -> None:
    held[place] = (held[place] or 0) + fen


def catalogue_body(accounts: Sequence[Accounts], prices: Mapping[int, Fraction], mark: str) -> dict[str, Any]:
    """Return what the views name things by: offices, measures, codes with the names of each year, price index.

    `mark` are the words that every page must bear (示例数据), empty for real accounts.
    """
    by_unit: dict[str, list[Accounts]] = defaultdict(list)
    for one in accounts:
        by_unit[one.unit.unit_id].append(one)
    return {
        "measures": [
            {
                "id": one.id,
                "title": one.title,
                "group": one.group,
                "unit": one.unit,
                "fact": one.fact or one.id,
                "planned": one.budget,
            }
            for one in MEASURES.values()
        ],
        "units": [_office(years) for years in by_unit.values()],
        "years": sorted({one.year for one in accounts}),
        "functions": _names(accounts, "function"),
        "economics": _names(accounts, "economic"),
        "prices": {str(year): _as_decimal(index) for year, index in prices.items()},
        "mark": mark,
    }


def _as_decimal(index: Fraction) -> str:
    """Return an index as it was printed: its decimals end."""
    return format(Decimal(index.numerator) / Decimal(index.denominator), "f")


def _office(years: Sequence[Accounts]) -> dict[str, Any]:
    unit = years[-1].unit
    return {
        "id": unit.unit_id,
        "name": unit.name,
        "short": unit.short_name,
        "region": unit.region,
        "kind": unit.kind,
        "years": [one.year for one in years],
    }


def _names(accounts: Sequence[Accounts], kind: str) -> dict[str, list[list[Any]]]:
    """Return the names of every code in use, each with its first and last year: [[name, first, last], …]."""
    table, column = {"function": ("expenditure", "function_code"), "economic": ("economic", "economic_code")}[kind]
    tables = (table, "classes") if kind == "function" else (table,)
    used = {row[column] for one in accounts for name in tables for row in one.records.get(name, [])} - {None}
    wanted = {code[:digits] for code in used for digits in (3, 5, 7) if len(code) >= digits}
    frame = getattr(accounts[0].classification, kind)
    named: dict[str, list[list[Any]]] = defaultdict(list)
    for row in frame[frame["code"].isin(wanted)].to_dict("records"):
        years = [None if pd.isna(row[end]) else int(row[end]) for end in ("first_year", "last_year")]
        named[row["code"]].append([row["name"], *years])
    return dict(named)


def findings_body(accounts: Sequence[Accounts]) -> list[list[Any]]:
    """Return the findings that a reader asks after: [unit_id, year, rule, outcome, words, working], breaches first."""
    of_some = [one for one in accounts if one.outcomes["rounding"] or one.outcomes["failed"]]
    told = [(one, finding) for one in of_some for finding in one.findings if finding.outcome in ("rounding", "failed")]
    told.sort(key=lambda pair: (pair[1].outcome != "failed", pair[0].year, pair[0].unit.unit_id))
    return [[one.unit.unit_id, one.year, *_told(finding)] for one, finding in told]


def _told(finding: Finding) -> list[str]:
    group = f"（{finding.group}）" if finding.group else ""
    return [finding.rule.id, finding.outcome, finding.rule.words, f"{finding.working}{group}"]
