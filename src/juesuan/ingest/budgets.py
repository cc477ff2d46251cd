"""What the sentences print of single 科目: budgets, outcomes to compare, and sums over them."""

from __future__ import annotations

import re
from dataclasses import replace

from juesuan.classification import Classification
from juesuan.ingest.amounts import Amount, added
from juesuan.ingest.sentences import finals, of_figure, table_of
from juesuan.ingest.taken import Taken
from juesuan.reading.grammar import Frame, Reading


def budget_column(reading: Reading) -> str:
    """Return which budget the 预算数 of the 三公 table is: the form's 全年预算, unless the sentences say 年初预算."""
    said = [one.paragraph.plain for one in reading.said if "三公" in one.section + one.paragraph.plain]
    return (
        "initial_budget"
        if any(re.search(r"三公[^。]{0,24}年初预算", re.sub(r"\s", "", one)) for one in said)
        else "adjusted_budget"
    )


def take_sums_said(reading: Reading, taken: Taken) -> None:
    """Compare sums that sentences print with their parts: 政府采购, the initial budget, 支出 by 类."""
    for frame in reading.frames:
        paragraph = reading.said[frame.paragraph].paragraph
        if frame.reason:
            continue
        level = of_figure(frame.level, paragraph) if frame.level and frame.level.kind == "money" else None
        if frame.quantity == "procurement" and level is not None:
            names = ("procurement.goods", "procurement.works", "procurement.services")
            there = [taken.table("disclosures").get((one,), {}).get("value") for one in names]
            if all(isinstance(one, Amount) for one in there):
                taken.sum("procurement.total", level, [one for one in there if isinstance(one, Amount)])
        elif frame.quantity == "general_public" and frame.budget and "年初" in frame.budget_name:
            budgets = [row.get("initial_budget") for row in taken.table("budgets").values()]
            taken.sum(
                "budget.initial",
                of_figure(frame.budget, paragraph),
                [one for one in budgets if isinstance(one, Amount)],
            )
        elif level is not None and frame.share is not None and frame.path[0] and not any(frame.path[1:]):
            _compare_class(frame.path[0], level, taken, reading.year)


def _compare_class(name: str, level: Amount, taken: Taken, year: int) -> None:
    codes = {key[0][:3] for key in taken.table("expenditure")}
    code = next((one for one in sorted(codes) if _plain(taken.class_names.get(one, "")) == _plain(name)), "")
    if code:
        taken.sum(f"structure.{code}", level, finals(
            taken, "expenditure", lambda key: key[0].startswith(code) and key[1] == "general_public"))  # fmt: skip


def take_budgets(reading: Reading, taken: Taken, classification: Classification) -> None:
    """Enter the budgets that sentences print for 项, and compare the outcomes they print with the tables'."""
    found: dict[str, dict[str, Amount]] = {}
    for frame in reading.frames:
        if not frame.path[2] or frame.reason:
            continue
        paragraph = reading.said[frame.paragraph].paragraph
        level = of_figure(frame.level, paragraph) if frame.level and frame.level.kind == "money" else None
        code = _code_of(frame, level, taken, classification, reading.year)
        if not code:
            continue
        taken.said.setdefault(frame.paragraph, code)
        if level is not None:
            _compare_item(code, level, taken, classification.name("function", code, reading.year))
        if frame.budget is not None and frame.budget.kind == "money":
            column = (
                "initial_budget"
                if "年初" in frame.budget_name
                else "adjusted_budget"
                if "全年" in frame.budget_name or "调整" in frame.budget_name
                else ""
            )
            if column:
                found.setdefault(code, {}).setdefault(column, of_figure(frame.budget, paragraph))
    _enter_budgets(found, taken)


def _enter_budgets(found: dict[str, dict[str, Amount]], taken: Taken) -> None:
    kinds: dict[str, list[tuple[str, ...]]] = {}
    for key in taken.table("expenditure"):
        if key[1] == "general_public":
            kinds.setdefault(key[0], []).append(key)
    known = {code: row for code, row in found.items() if code in kinds}
    mixed = any(len(kinds[code]) > 1 for code in known)
    for code, row in known.items():
        if len(kinds[code]) == 1:
            taken.put("expenditure", kinds[code][0], **row)
    if mixed and len(known) == len(kinds):
        for code, row in known.items():
            taken.put("budgets", (code, "general_public"), **row)
    elif mixed:
        taken.unsettled.append("budgets：预算没有逐项印全，分不到基本支出、项目支出的各项不取")


def _code_of(frame: Frame, level: Amount | None, taken: Taken, names: Classification, year: int) -> str:
    """Return the 项 that a sentence names: by its name under its 款 and 类; a wrong name by its amount, where one fits."""
    path = [_plain(one) for one in frame.path]
    items = sorted({key[0] for key in taken.table("expenditure") if key[1] == "general_public"})
    named = [one for one in items if _plain(names.name("function", one, year)) == path[2]]
    if len(named) > 1:
        named = [one for one in named if _plain(names.name("function", one[:5], year)) == path[1]] or named
    if len(named) == 1 or level is None:
        return named[0] if len(named) == 1 else ""
    of_class = [one for one in items if _plain(names.name("function", one[:3], year)) == path[0]]
    fitting = [one for one in named or of_class if added(_of_item(taken, one)).meets(level.interval)]
    if len(fitting) != 1:
        return ""
    if not named:
        taken.remark("budgets", f"原文称“{frame.path[2]}（项）”，科目表没有此名，按类和金额对到 {fitting[0]}"
                     f"{names.name('function', fitting[0], year)}")  # fmt: skip
    return fitting[0]


def _compare_item(code: str, level: Amount, taken: Taken, name: str) -> None:
    taken.checked.add(level.at)
    parts = _of_item(taken, code)
    interval = added(parts)
    if parts and not interval.meets(level.interval):
        value = (interval.high + interval.low) / 2
        whole = replace(parts[0], place=table_of(parts[0].place), value=value, half=(interval.high - interval.low) / 2,
                        text=f"各行之和 {float(value / 10_000):.2f}", unit="万元")  # fmt: skip
        taken.compare(f"{code}{name}", whole, level)


def _of_item(taken: Taken, code: str) -> list[Amount]:
    return finals(taken, "expenditure", lambda key: key[:2] == (code, "general_public"))


def _plain(name: str) -> str:
    return re.sub(r"\s|[()（）]", "", name)
