"""What the sentences print: control totals to compare, budgets by 科目, and the matters that no table holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from juesuan.classification import Classification
from juesuan.ingest.amounts import QUOTE_LENGTH, Amount, added, counted
from juesuan.ingest.taken import Taken
from juesuan.money import FEN_PER_UNIT
from juesuan.reading.document import Paragraph
from juesuan.reading.grammar import Figure, Frame, Reading
from juesuan.schema import DISCLOSURE_ITEMS, TOTAL_ITEMS

_NUMBER = r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)?"
_SUMS = {
    "expenditure.basic": ("expenditure", 2, "basic"),
    "expenditure.project": ("expenditure", 2, "project"),
}
_DETAILED = {"income": "revenue", "expenditure": "expenditure", "basic": "economic", "three_public": "three_public"}
_HEADLINES = ("income.total", "expenditure.total", "grand.total", "fiscal.total", "fiscal_expenditure.total",
              "general_public.total")  # fmt: skip


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))


def of_figure(figure: Figure, paragraph: Paragraph) -> Amount:
    """Return a sentence's figure as an amount, in 元 as the reading gives it."""
    return Amount(figure.value, figure.half, digits_of(figure.text), figure.unit or "万元", str(paragraph.place),
                  _quote(paragraph.text, figure.start, figure.end))  # fmt: skip


def digits_of(text: str) -> str:
    """Return a figure's digits, without separators and unit."""
    return "".join(re.findall(r"-?\d[\d,.]*", text)[:1]).replace(",", "")


def _quote(text: str, start: int, end: int) -> str:
    begin = max(0, start - (QUOTE_LENGTH - (end - start)))
    return "".join(text[begin:end].split())


def take_totals_said(reading: Reading, taken: Taken) -> None:
    """Compare the totals that sentences print with the tables'; enter those that no table holds."""
    for item, amount in _said(reading):
        detail = _DETAILED.get(item.split(".")[0], "")
        known = _from_tables(item, taken)
        if known is not None:
            taken.compare(TOTAL_ITEMS.get(item, item), known, amount)
        elif item in _HEADLINES or not taken.table(detail):
            taken.total(item, amount)


def _said(reading: Reading) -> Iterator[tuple[str, Amount]]:
    names, found = _words()["totals"], set[str]()
    for frame in reading.frames:
        item = names.get(frame.quantity, "")
        money = frame.level is not None and frame.level.kind == "money"
        if not item or not money or frame.reason or any(frame.path) or frame.year not in (0, reading.year):
            continue
        if item == "expenditure.basic" and "一般公共预算" in (frame.section + frame.subject):
            item = "basic.total"
        if item in ("expenditure.project",) and "一般公共预算" in (frame.section + frame.subject):
            continue
        paragraph = reading.said[frame.paragraph].paragraph
        if frame.level is not None:
            found.add(item)
            yield item, of_figure(frame.level, paragraph)
            if frame.quantity == "fiscal_total":
                yield "fiscal_expenditure.total", of_figure(frame.level, paragraph)


def _from_tables(item: str, taken: Taken) -> Amount | None:
    own = taken.table("printed").get((item,), {}).get("final") or taken.table("totals").get((item,), {}).get("final")
    if isinstance(own, Amount):
        return own
    parts: list[Amount] = []
    if item in _SUMS:
        table, place, wanted = _SUMS[item]
        parts = _finals(taken, table, lambda key: key[place] == wanted)
    elif item == "basic.total":
        parts = _finals(taken, "expenditure", lambda key: key[1:] == ("general_public", "basic"))
    elif item in ("basic.personnel", "basic.public"):
        heads = ("301", "303") if item.endswith("personnel") else ("302", "310")
        parts = _finals(
            taken, "economic", lambda key: key[1].startswith(heads) and key[2:] == ("general_public", "basic")
        )
    elif item.startswith("three_public."):
        name = item.split(".")[1]
        parts = _finals(taken, "three_public", lambda key: name == "total" or key[0].startswith(name.removesuffix("s")))
    if not parts:
        return None
    interval = added(parts)
    half = (interval.high - interval.low) / 2
    value = (interval.high + interval.low) / 2
    text = f"各行之和 {float(value / 10_000):.2f}"
    return Amount(value, half, text, "万元", _table_of(parts[0].place), "", "各行之和")


def _table_of(place: str) -> str:
    """Return the table that a cell's place names."""
    return f"{place.rpartition('”')[0]}”" if "表“" in place else place


def _finals(taken: Taken, table: str, wanted: Any) -> list[Amount]:
    return [one for key, row in taken.table(table).items() if wanted(key) and isinstance(one := row["final"], Amount)]


def take_disclosures(reading: Reading, taken: Taken) -> None:
    """Enter the matters of `disclosures` that sentences print with a number; 无 is no number, and is left to a person."""
    for item, words in _words()["disclosures"].items():
        pattern = re.compile(words.replace("N", _NUMBER))
        for said in reading.said:
            match = pattern.search(_squeezed(said.paragraph.plain))
            if match and (amount := _disclosed(item, match, said.paragraph)):
                before = taken.table("disclosures").get((item,), {}).get("value")
                if isinstance(before, Amount):
                    taken.compare(DISCLOSURE_ITEMS[item].name, before, amount)
                else:
                    taken.put("disclosures", (item,), value=amount)


def take_nothing_said(reading: Reading, taken: Taken) -> None:
    """Enter zero where the words say that there was nothing (没有政府采购支出), unless a number was printed."""
    for entry in _words()["zero"]:
        for said in reading.said:
            match = re.search(entry["words"], _squeezed(said.paragraph.plain))
            for item in entry["items"] if match else ():
                if match and (item,) not in taken.table("disclosures"):
                    unit = DISCLOSURE_ITEMS[item].unit
                    zero = Amount(Fraction(0), Fraction(0), "", unit, str(said.paragraph.place), match.group(),
                                  f"原文称“{match.group()}”")  # fmt: skip
                    taken.put("disclosures", (item,), value=zero)


def _disclosed(item: str, match: re.Match[str], paragraph: Paragraph) -> Amount | None:
    money = DISCLOSURE_ITEMS[item].unit == "万元"
    unit, digits = match["unit"] or "", match["digits"].replace(",", "")
    if money != bool(unit):
        return None
    quote = match.group()[-QUOTE_LENGTH:]
    if not money:
        return counted(Fraction(digits), digits, DISCLOSURE_ITEMS[item].unit, str(paragraph.place), quote)
    factor = Fraction(FEN_PER_UNIT[unit], 100)
    half = factor / 10 ** len(digits.partition(".")[2]) / 2 if Fraction(digits) else Fraction(0)
    return Amount(Fraction(digits) * factor, half, digits, unit, str(paragraph.place), quote)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


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
        taken.sum(f"structure.{code}", level, _finals(
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
        whole = replace(parts[0], place=_table_of(parts[0].place), value=value, half=(interval.high - interval.low) / 2,
                        text=f"各行之和 {float(value / 10_000):.2f}", unit="万元")  # fmt: skip
        taken.compare(f"{code}{name}", whole, level)


def _of_item(taken: Taken, code: str) -> list[Amount]:
    return _finals(taken, "expenditure", lambda key: key[:2] == (code, "general_public"))


def _plain(name: str) -> str:
    return re.sub(r"\s|[()（）]", "", name)
