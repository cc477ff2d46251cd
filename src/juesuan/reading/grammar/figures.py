"""The numbers of a paragraph, each an interval: what it may have been before it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from juesuan.money import FEN_PER_UNIT, Interval

Kind = Literal["money", "percent", "points", "count", "bare", "year", "other"]
Verdict = Literal["", "exact", "rounding", "wrong", "doubt", "unchecked"]

_COUNTERS = "人次|批次|团组|个|辆|人|次|批|台|套|项|家|户|名|条|份|件|期|场|所|处|间|篇|起|亩|公里|平方米|分|岁|天|万人"
_FIGURE = re.compile(
    r"(?P<latin>[A-Za-z][A-Za-z0-9_.\-]*)"
    r"|(?P<date>(?:19|20)\d{2}\s*[.\-/]\s*(?:0?[1-9]|1[0-2])(?:\s*[.\-/]\s*\d{1,2})?(?!\d)(?!\s*(?:万|元|%)))"
    r"|(?P<clock>(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d.,])(?!\s*(?:万|元|%))|0\d{2,3}-\d{7,8})"
    r"|(?P<document>[\[〔]\s*\d{4}\s*[\]〕]\s*\d*\s*号?)"
    r"|(?P<number>(?<![\d.])(?P<sign>[-+](?=\d))?(?P<open>\((?=-?\d[\d,.]*\)))?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?(open)\)))"
    r"\s*(?P<tail>个百分点|百分点|%|‰|亿元|亿(?!元)|万\s?元|万(?!元|人|亩|平|次|户|吨|辆|名|多)|元"
    rf"|年(?=度|[^以来]|$)|年|月|日|号|{_COUNTERS})?"
)
_GLUED_YEAR = re.compile(r"(?<=[与比较同])(?:19|20)\d{2}(?=\d+\.\d+\s*万元)")  # 与2019498.83万元相比 lost its 年
_CHINESE_COUNT = re.compile(
    r"(?<![一二三四五六七八九十第])(?P<digits>[一二三四五六七八九十两零]{1,3})(?P<tail>个(?!百分点)|辆|名|人次|批次|台)"
)
_CHINESE_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MONEY = {"亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元"}
_AMOUNTS = ("level", "budget", "base", "change")
_NUMBERING = re.compile(r"(?:^|[。;:,])$")
_THRESHOLD = re.compile(r"\s*(?:\(含\))?\s*(?:\(含\))?以[上下]")


@dataclass(eq=False)
class Figure:
    """A number of a text: `start` to `end` hold its digits and its unit; `value` and `half` are in 元, % or pieces."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)
    half: Fraction = Fraction(0)
    unit: str = ""
    decimals: int = 0
    role: str = ""
    verdict: Verdict = ""
    workings: list[str] = field(default_factory=list)

    @property
    def factor(self) -> Fraction:
        """How many 元 its unit is; 1 for a number without one."""
        return Fraction(FEN_PER_UNIT.get(self.unit, 100), 100)

    @property
    def interval(self) -> Interval:
        """Every exact value that prints so."""
        return Interval(self.value - self.half, self.value + self.half)

    @property
    def is_value(self) -> bool:
        """Say whether it tells how much, and is no year, numbering, date or name."""
        return self.kind not in ("year", "other")


def figures_of(text: str) -> list[Figure]:
    """Return the numbers of `text` (narrowed), in order."""
    found = [_year(match) for match in _GLUED_YEAR.finditer(text)]
    text = _GLUED_YEAR.sub("年年年年", text)
    found += [_figure(match, text) for match in _FIGURE.finditer(text) if match["number"] or match["date"]]
    if sum("\u4e00" <= one <= "\u9fff" for one in text) < 4:  # a page number, a cell on its own line
        for one in found:
            one.kind = "other"
    found += [_chinese(match) for match in _CHINESE_COUNT.finditer(text)]
    return sorted(found, key=lambda one: one.start)


def _year(match: re.Match[str]) -> Figure:
    return Figure("year", match.group(), match.start(), match.end(), Fraction(match.group()))


def lend_units(figures: Iterable[Figure]) -> None:
    """Count an amount without a unit in the one that a paragraph's other amounts have; that it lacks it stays."""
    figures = list(figures)
    units = {one.unit: one.factor for one in figures if one.kind == "money"}
    if len(units) != 1:
        return
    unit, factor = next(iter(units.items()))
    for one in figures:
        if one.kind == "bare" and one.role in _AMOUNTS and not one.unit:
            one.value, one.half, one.unit = one.value * factor, one.half * factor, unit


def _figure(match: re.Match[str], text: str) -> Figure:
    if match["date"]:
        return Figure("other", match["date"], match.start(), match.end())
    digits, tail = match["digits"].replace(",", ""), "".join((match["tail"] or "").split())
    decimals = len(digits.partition(".")[2])
    end = match.end() if tail else match.end("number")
    shown = "".join(text[match.start() : end].split())
    value = Fraction(digits) * (-1 if match["sign"] == "-" or match["open"] else 1)
    kind, unit = _kind(match, text, digits, tail)
    factor = Fraction(FEN_PER_UNIT[unit], 100) if kind == "money" else Fraction(1)
    exact = kind == "count" or (not value and not decimals)
    half = Fraction(0) if exact else factor / 10**decimals / 2
    return Figure(kind, shown, match.start(), end, value * factor, half, unit or tail, decimals)


def _kind(match: re.Match[str], text: str, digits: str, tail: str) -> tuple[Kind, str]:
    """Return what kind of number it is, and for money its unit."""
    if tail in _MONEY:
        return ("other", "") if _THRESHOLD.match(text, match.end()) else ("money", _MONEY[tail])
    if tail == "%" or "百分点" in tail:
        return ("percent" if tail == "%" else "points"), ""
    if match["open"] and not tail and _begins_item(text[: match.start()], digits):
        return "other", ""
    return _unmeasured(text[: match.start()], text[match.end() :], digits, tail), ""


def _unmeasured(before: str, after: str, digits: str, tail: str) -> Kind:
    a_year = re.fullmatch(r"(?:19|20)\d{2}", digits)
    if a_year and (tail == "年" or (not tail and re.match(r"\s*(?:年|-|—|至)", after))):
        return "year"
    numbering = re.search(r"(?:图|表|附件)\s*$", before) or (not tail and _is_numbering(before, after, digits))
    if tail in ("年", "月", "日", "号", "‰") or before.endswith("第") or numbering or after.startswith("钟"):
        return "other"
    if tail and ("." not in digits or tail in ("分", "平方米", "公里", "亩")):
        return "count"
    return "other" if _is_code(before, after, digits) else "bare"


def _begins_item(before: str, digits: str) -> bool:
    """Say whether a number in brackets is an item's, (2)公务接待费, and no amount below zero."""
    return len(digits) <= 2 and bool(re.search(r"(?:^|[。;:])\s*$", before))


def _is_numbering(before: str, after: str, digits: str) -> bool:
    first = not before.strip()
    if len(digits) <= 2 and re.match(r"[、.．)]\s*(?!\d)", after) and (first or _NUMBERING.search(before[-1:])):
        return True
    if len(digits) <= 2 and first and after.startswith("、"):
        return True  # 1、20103-…, a code after the number of the paragraph
    return bool(re.search(r"[.·…]\s*[.·…]\s*$", before)) or (first and not after.strip())


def _is_code(before: str, after: str, digits: str) -> bool:
    return bool(re.fullmatch(r"[23]\d{2}(?:\d{2}){0,2}", digits)) and not re.search(
        r"(?:为|是|支出|收入|共|计)\s*$", before
    )


def _chinese(match: re.Match[str]) -> Figure:
    digits = match["digits"]
    tens, _, ones = digits.rpartition("十") if "十" in digits else ("0", "", digits)
    value = (_CHINESE_DIGITS.get(tens or "一", 0) if "十" in digits else 0) * 10 + _CHINESE_DIGITS.get(ones or "零", 0)
    return Figure("other", match.group(), match.start(), match.end(), Fraction(value), unit=match["tail"])
