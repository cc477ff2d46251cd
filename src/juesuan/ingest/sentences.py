"""What the sentences print: control totals to compare, budgets by 科目, and the matters that no table holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from juesuan.ingest.amounts import QUOTE_LENGTH, Amount, added, counted
from juesuan.ingest.taken import Taken
from juesuan.money import FEN_PER_UNIT
from juesuan.reading.document import Paragraph
from juesuan.reading.grammar import Figure, Reading
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
        parts = finals(taken, table, lambda key: key[place] == wanted)
    elif item == "basic.total":
        parts = finals(taken, "expenditure", lambda key: key[1:] == ("general_public", "basic"))
    elif item in ("basic.personnel", "basic.public"):
        heads = ("301", "303") if item.endswith("personnel") else ("302", "310")
        parts = finals(
            taken, "economic", lambda key: key[1].startswith(heads) and key[2:] == ("general_public", "basic")
        )
    elif item.startswith("three_public."):
        name = item.split(".")[1]
        parts = finals(taken, "three_public", lambda key: name == "total" or key[0].startswith(name.removesuffix("s")))
    if not parts:
        return None
    interval = added(parts)
    half = (interval.high - interval.low) / 2
    value = (interval.high + interval.low) / 2
    text = f"各行之和 {float(value / 10_000):.2f}"
    return Amount(value, half, text, "万元", table_of(parts[0].place), "", "各行之和")


def table_of(place: str) -> str:
    """Return the table that a cell's place names."""
    return f"{place.rpartition('”')[0]}”" if "表“" in place else place


def finals(taken: Taken, table: str, wanted: Any) -> list[Amount]:
    """Return the outcomes of those rows of a table whose key is `wanted`."""
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
