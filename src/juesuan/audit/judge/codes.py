"""Codes of 科目 in the tables: a code bears its own name, and what stands above it is in the table too."""

from __future__ import annotations

from collections import defaultdict

from juesuan.audit.judge.bench import Bench
from juesuan.audit.judge.names import plain_name
from juesuan.audit.judge.sheets import Row, Sheet
from juesuan.classification import Classification

_TABLES = {"function": ("income", "expenditure", "general_public"), "economic": ("basic",)}


def judge_codes(bench: Bench, sheets: dict[str, Sheet], classification: Classification | None) -> None:
    """Judge the codes; a row whose code is wrong gets the right one, so that its sums are not judged by the wrong."""
    if classification is not None:
        for kind, tables in _TABLES.items():
            for sheet in (sheets[one] for one in tables if one in sheets):
                _judge_names(bench, sheet, kind, classification)
    for sheet in (sheets[one] for one in ("income", "expenditure", "general_public") if one in sheets):
        _judge_above(bench, sheet)


def _judge_names(bench: Bench, sheet: Sheet, kind: str, classification: Classification) -> None:
    frame = getattr(classification, kind)
    owners: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for code, name in zip(frame["code"].astype(str), frame["name"].astype(str), strict=True):
        owners[plain_name(name)].add(code)
        names[code].add(plain_name(name))
    for row in (one for one in sheet.rows if one.code in names):
        name = plain_name(row.label)
        others = sorted(one for one in owners.get(name, ()) if len(one) == len(row.code))
        if not name or name in names[row.code] or not others:
            continue
        fitting = [one for one in others if _fits(sheet, row, one)]
        right = classification.name(kind, row.code, bench.reading.year)
        what = f"编码{row.code}名为“{right}”，“{row.label}”的编码是{'、'.join(others)}"
        misnumbered = len(fitting) == 1 and not _fits(sheet, row, row.code)
        printed = f"{row.code} {row.label}"
        bench.accuse_table("W20", f"表“{sheet.title}”", printed, printed, fitting[0] if misnumbered else right, what)
        if misnumbered:
            row.code = fitting[0]


def _fits(sheet: Sheet, row: Row, code: str) -> bool:
    """Say whether the code stands rightly between the rows above and below."""
    position = sheet.rows.index(row)
    after = next((one.code for one in sheet.rows[position + 1 :] if one.code), "")
    if after and len(after) > len(code):
        return after.startswith(code)
    before = next((one.code for one in reversed(sheet.rows[:position]) if one.code and len(one.code) < len(code)), "")
    return bool(before) and code.startswith(before)


def _judge_above(bench: Bench, sheet: Sheet) -> None:
    codes = {one.code for one in sheet.rows if one.code}
    below = [one for one in sheet.rows if len(one.code) > 3]
    orphans = [one for one in below if one.code[:-2] not in codes]
    if not orphans or 3 * len(orphans) > len(below):
        return
    for row in orphans:
        what = f"编码{row.code}的上一级{row.code[:-2]}不在表中"
        printed = f"{row.code} {row.label}"
        bench.accuse_table("T16", f"表“{sheet.title}”", printed, printed, "", what)
