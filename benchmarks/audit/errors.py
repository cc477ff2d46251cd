"""Seeded errors: one in a report, each of a kind that offices make, and only such as contradicts what the report prints."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from benchmarks.audit.accounts import FUNCTIONS, RETIRED, Office
from benchmarks.audit.paper import YUAN, Report, Token
from benchmarks.audit.relations import Relations

_TRIES = 12


@dataclass(frozen=True)
class Error:
    """One error: its kind, what is printed instead of which tokens, what it breaks, and the right words of the first."""

    kind: str
    instead: dict[int, str]
    breaks: tuple[str, ...]
    right: str

    @property
    def at(self) -> int:
        """The token it is about."""
        return next(iter(self.instead))


@dataclass
class Case:
    """A clean report about to be spoilt; `rejected` counts the errors that nothing printed would betray."""

    report: Report
    office: Office
    relations: Relations
    chance: random.Random
    rejected: int = 0

    def tokens(self, kind: str = "", prefix: str = "", sentences: bool = True) -> Iterator[tuple[int, Token]]:
        """Yield the tokens of a kind in random order; those of sentences, or of tables."""
        order = [one for one in self.report.places if self.report.in_table(one) != sentences]
        self.chance.shuffle(order)
        for index in order:
            token = self.report.tokens[index]
            if (not kind or token.kind == kind) and re.match(prefix, token.key):
                yield index, token

    def spoil(self, kind: str, index: int, token: Token) -> Error | None:
        """Return the error where the token contradicts something, else count it as rejected."""
        old = self.report.tokens[index]
        if token.text == old.text:
            return None
        broken = self.relations.broken_by(index, token)
        if broken:
            return Error(kind, {index: token.text}, tuple(broken), old.text)
        self.rejected += 1
        return None

    def worded(self, kind: str, index: int, text: str, breaks: str) -> Error:
        """Return an error of form, which the words alone betray."""
        return Error(kind, {index: text}, (breaks,), self.report.tokens[index].text)


Maker = Callable[[Case], Error | None]


def _tried(
    label: str, case: Case, change: Callable[[Case, Token], Token | None], kind: str = "", prefix: str = "", sentences: bool = True
) -> Error | None:  # fmt: skip
    tries = 0
    for index, token in case.tokens(kind, prefix, sentences):
        changed = change(case, token)
        if changed is not None and changed.text != token.text:
            tries += 1
            if error := case.spoil(label, index, changed):
                return error
        if tries >= _TRIES:
            return None
    return None


def _swapped(case: Case, token: Token) -> Token | None:
    """Return the token with two neighbouring digits exchanged."""
    digits = [one.start() for one in re.finditer(r"\d(?=\.?\d)", token.text)]
    case.chance.shuffle(digits)
    for at in digits:
        after = at + (2 if token.text[at + 1] == "." else 1)
        if token.text[at] != token.text[after] and not (at == 0 and token.text[after] == "0"):
            text = (
                token.text[:at]
                + token.text[after]
                + token.text[at + 1 : after]
                + token.text[at]
                + token.text[after + 1 :]
            )
            return _read(token, text)
    return None


def _read(token: Token, text: str) -> Token:
    """Return the token with the value that another text in the same form says."""
    number = Fraction(re.sub(r"[^\d.\-]", "", text))
    return replace(token, text=text, value=number * YUAN.get(token.unit, 1))


def digit(case: Case) -> Error | None:
    return _tried("数字错位", case, _swapped, kind=case.chance.choice(("money", "percent")))


def altered(case: Case) -> Error | None:
    def change(one: Case, token: Token) -> Token | None:
        at = [m.start() for m in re.finditer(r"[1-9]", token.text)][:2]
        if not at:
            return None
        place = one.chance.choice(at)
        return _read(token, token.text[:place] + str(int(token.text[place]) % 9 + 1) + token.text[place + 1 :])

    return _tried("一位数字写错", case, change, kind=case.chance.choice(("money", "percent")))


def decimal(case: Case) -> Error | None:
    by = case.chance.choice((Fraction(10), Fraction(1, 10)))
    return _tried(
        "小数点移位", case, lambda _, token: token.printed_as(token.value * by) if token.value else None, kind="money"
    )


def unit(case: Case) -> Error | None:
    def change(_: Case, token: Token) -> Token | None:
        other = {"万元": "元", "元": "万元", "亿元": "万元"}[token.unit]
        factor = Fraction(YUAN[other], YUAN[token.unit])
        text = token.text.removesuffix(token.unit) + other
        return replace(token, text=text, value=token.value * factor, half=token.half * factor) if token.value else None

    return _tried("万元与元混用", case, change, kind="money")


def direction(case: Case) -> Error | None:
    opposite = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "增幅": "降幅", "降幅": "增幅"}
    return _tried("增减方向写反", case, lambda _, token: replace(token, text=opposite[token.text], value=-token.value), prefix="wb?:")  # fmt: skip


def relation(case: Case) -> Error | None:
    opposite = {"大于": "小于", "小于": "大于"}
    return _tried("大于小于写反", case, lambda _, token: replace(token, text=opposite[token.text], value=-token.value), prefix="r:")  # fmt: skip


def year(case: Case) -> Error | None:
    order = [one for one in case.tokens("year") if case.report.places[one[0]].block > 1]
    if not order or case.office.situation == "flat":  # what is true of both years is no error
        return None
    wanted = case.chance.choice(("y:0", "y:-1"))
    index, token = next((one for one in order if one[1].key == wanted), order[0])
    shift = 1 if token.key == "y:-1" else case.chance.choice((-1, 1))
    return case.worded("年度写错", index, str(int(token.text) + shift), f"报告是{case.office.year}年度的")


def stale(case: Case) -> Error | None:
    def change(one: Case, token: Token) -> Token | None:
        if token.kind == "percent":
            return token.printed_as(Fraction(one.chance.randint(100, 4000), 100))
        before = one.office.exact.get(f"{token.key}@p")
        return token.printed_as(before) if before else None

    kind, prefix = ("percent", "g") if case.chance.random() < 0.4 else ("money", r"[a-z.]+[\d.a-z]*$")
    return _tried("沿用上年文字", case, change, kind=kind, prefix=prefix)


def total(case: Case) -> Error | None:
    keys = {key for whole, parts in case.relations.sums for key in (whole, *parts)}

    def change(one: Case, token: Token) -> Token | None:
        if token.key not in keys or not token.value:
            return None
        return token.printed_as(token.value * Fraction(one.chance.choice((80, 90, 110, 120, 150)), 100))

    return _tried("合计与各项不符", case, change, kind="money")


def shares(case: Case) -> Error | None:
    found = list(case.tokens("percent", "s:"))
    for index, token in found:
        block = case.report.places[index].block
        for other, second in found:
            if other != index and case.report.places[other].block == block and second.text != token.text:
                error = case.spoil("占比互换", index, replace(second, key=token.key))
                if error and token.key.split("/")[1] == second.key.split("/")[1]:
                    return replace(error, instead={index: second.text, other: token.text})
    return None


def base(case: Case) -> Error | None:
    wholes = ("total", "income", "exp", "gp", "fiscal", "gp.basic")

    def change(one: Case, token: Token) -> Token | None:
        part, _, whole = token.key[2:].partition("/")
        other = one.chance.choice([key for key in wholes if key != whole])
        if not one.office.exact.get(other) or part not in one.office.exact:
            return None
        return token.printed_as(100 * one.office.exact[part] / one.office.exact[other])

    return _tried("占比基数用错", case, change, kind="percent", prefix="s:")


def growth(case: Case) -> Error | None:
    def change(one: Case, token: Token) -> Token | None:
        key = token.key.rpartition(":")[2]
        now = one.office.exact.get(key, Fraction(0))
        kind = "db" if token.key.startswith("gb") else "d"
        if key + ("@b" if kind == "db" else "@p") not in one.office.exact:
            return None
        return token.printed_as(100 * one.office.value(f"{kind}:{key}") / now) if now > 0 else None

    return _tried("增长率除以本年数", case, change, kind="percent", prefix="gb?:")


def missing(case: Case) -> Error | None:
    for index, token in case.tokens(case.chance.choice(("money", "percent"))):
        return case.worded("缺数字", index, f"  {token.unit}", "该有数字的地方没有数字")
    return None


def without_unit(case: Case) -> Error | None:
    for index, token in case.tokens("money"):
        if token.value:
            return case.worded("缺单位", index, token.text.removesuffix(token.unit), "金额没有单位")
    return None


def without_percent(case: Case) -> Error | None:
    for index, token in case.tokens("percent"):
        return case.worded("缺百分号", index, token.text.removesuffix("%"), "百分数没有百分号")
    return None


def without_yuan(case: Case) -> Error | None:
    for index, token in case.tokens("money"):
        if token.unit == "万元" and token.value:
            return case.worded("万后缺元", index, token.text.removesuffix("元"), "金额的单位不全")
    return None


def retired(case: Case) -> Error | None:
    for sentences in (True, False):
        for index, token in case.tokens("name", "name:", sentences):
            if old := RETIRED.get(token.key.removeprefix("name:")):
                return case.worded("科目旧名", index, old, f"{case.office.year}年该科目名为{token.text}")
    return None


def code(case: Case) -> Error | None:
    for index, token in case.tokens("name", "code:", sentences=False):
        others = [
            one for one in FUNCTIONS if len(one) == len(token.text) and FUNCTIONS[one] != FUNCTIONS.get(token.text)
        ]
        if token.text in FUNCTIONS and f"code:{token.text}" in case.relations.by_key and len(token.text) > 3:
            new = case.chance.choice([one for one in others if f"code:{one}" not in case.relations.by_key])
            return case.worded("科目编码不符", index, new, f"{new}是{FUNCTIONS[new]}")
    return None


def apart(case: Case) -> Error | None:
    said = {token.key for _, token in case.tokens("money")}
    change = lambda one, token: _swapped(one, token) if token.key in said else None  # noqa: E731
    return _tried("表与文不一致", case, change, kind="money", sentences=False)


def cell(case: Case) -> Error | None:
    def change(one: Case, token: Token) -> Token | None:
        return (
            token.printed_as(token.value * Fraction(one.chance.choice((60, 80, 120, 140)), 100))
            if token.value
            else None
        )

    return _tried("表中数字写错", case, change, kind="money", sentences=False)


def as_percent(case: Case) -> Error | None:
    def change(one: Case, token: Token) -> Token | None:
        letter = token.key.partition(":")[0].replace("g", "d")
        amount = next((t for t in one.report.tokens if t.key == f"{letter}:{token.key.rpartition(':')[2]}"), None)
        if amount is None:
            return None
        text = amount.text.removesuffix(amount.unit)
        return replace(token, text=f"{text}%", value=Fraction(text.replace(",", "")))

    return _tried("金额写成百分数", case, change, kind="percent", prefix="gb?:")


def template(case: Case) -> Error | None:
    choices = {
        "增加": "增加（减少）",
        "减少": "减少（增加）",
        "增长": "增长（下降）",
        "下降": "下降（增长）",
        "大于": "大（小）于",
        "小于": "大于（小于）",
    }
    for index, token in case.tokens("word", "(wb?|r):"):
        if token.text in choices:
            return case.worded("模板未改", index, choices[token.text], "模板的二选一没有选定")
    return None


def office_name(case: Case) -> Error | None:
    found = list(case.tokens("name", "office"))
    if len(found) < 2:
        return None
    index, token = max(found)
    place = case.chance.randrange(1, len(token.text) - 1)
    other = case.chance.choice([one for one in "州山江门安阳化城水运" if one != token.text[place]])
    return case.worded(
        "单位名称不一", index, token.text[:place] + other + token.text[place + 1 :], f"别处写作{token.text}"
    )


def count(case: Case) -> Error | None:
    return _tried("个数与分项不符", case, lambda one, token: token.printed_as(token.value + one.chance.randint(1, 4)), kind="count", prefix="n:cars")  # fmt: skip


def scope(case: Case) -> Error | None:
    swap = {"fiscal": "total", "gp": "exp", "income.fiscal": "income", "gp.basic": "exp.basic", "exp.basic": "gp.basic", "income": "total", "exp": "total"}  # fmt: skip
    return _tried("口径混用", case, lambda one, token: token.printed_as(one.office.exact[swap[token.key]]) if token.key in swap else None, kind="money")  # fmt: skip


MAKERS: dict[str, Maker] = {
    "数字错位": digit, "一位数字写错": altered, "小数点移位": decimal, "万元与元混用": unit, "增减方向写反": direction,
    "年度写错": year, "沿用上年文字": stale, "合计与各项不符": total, "占比互换": shares, "占比基数用错": base,
    "增长率除以本年数": growth, "缺数字": missing, "缺单位": without_unit, "缺百分号": without_percent, "万后缺元": without_yuan,
    "科目旧名": retired, "科目编码不符": code, "表与文不一致": apart, "表中数字写错": cell, "金额写成百分数": as_percent,
    "大于小于写反": relation, "模板未改": template, "单位名称不一": office_name, "个数与分项不符": count, "口径混用": scope,
}  # fmt: skip
