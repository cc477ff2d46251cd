"""Shares and rates of completion, and what the text says of budget and outcome in words."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, amount_of, mark, ratio, rounds_to, shown_amount, shown_rate
from juesuan.money import Interval
from juesuan.reading.grammar import Figure, Frame
from juesuan.reading.grammar.subjects import quantity_of

_UNPLANNED = re.compile(r"(?:没有|未|无)(?:安排)?年初预算|年初预算(?:数)?(?:为|是)?\s*0(?:\.0+)?\s*[万亿]?元")

_ALL = re.compile(r"(?:全部|均)(?:为|是|系|来自)[^。;]*$")


def judge_ratios(bench: Bench) -> None:
    """Judge shares, their sums, rates of completion and direction words."""
    for frame in bench.reading.frames:
        if frame.share is not None:
            _judge_share(bench, frame)
        if frame.completion is not None and not frame.reason:
            _judge_completion(bench, frame)
        if frame.relation:
            _judge_relation(bench, frame)
    _judge_share_sums(bench)


def _judge_share(bench: Bench, frame: Frame) -> None:
    part, share = amount_of(frame), frame.share
    whole = whole_of(bench, frame)
    if part is None or share is None or whole is None or whole.kind != part.kind:
        return
    judge_rate(bench, "A10", frame, share, part, whole)


def whole_of(bench: Bench, frame: Frame) -> Figure | None:
    """Return the amount that a share is of: the one named in 占…的, else the list's whole."""
    if frame.whole is not None:
        return frame.whole
    if not frame.whole_words:
        return amount_of(frame.parent) if frame.parent else _all_of_it(bench, frame)
    quantity = quantity_of(frame.whole_words)
    frames = bench.reading.frames
    position = frames.index(frame)
    near = [*reversed(frames[:position]), *frames[position + 1 :]]
    named = [
        one
        for one in near
        if quantity and one.quantity == quantity and amount_of(one) and not one.reason and one is not frame
    ]
    return amount_of(named[0]) if named else None


def _all_of_it(bench: Bench, frame: Frame) -> Figure | None:
    """Return the amount before 全部为…: the part is all of it."""
    at = bench.reading.frames.index(frame)
    before = bench.reading.frames[at - 1] if at else None
    if before is None or before.paragraph != frame.paragraph or not _ALL.search(frame.lead):
        return None
    return amount_of(before)


def judge_rate(bench: Bench, rule: str, frame: Frame, rate: Figure, part: Figure, whole: Figure) -> None:
    """Judge that `rate` is `part` in per cent of `whole`."""
    found = ratio(part.interval, whole.interval)
    if found is None or not whole.value:
        if not whole.value and not part.value and not rate.value:
            bench.holds((rate, part), rate, Fraction(0), "0÷0，不必写占比")
        return
    point = 100 * part.value / whole.value
    working = f"{part.text}÷{whole.text}＝{shown_rate(point, rate)}"
    if not found.meets(rate.interval):
        if "wrong" in (part.verdict, whole.verdict):
            return  # the amount is found wrong by itself
        shown = shown_rate(point, rate)
        bench.accuse(rule, frame.paragraph, rate, shown, working, f"请改为{shown}，或核对两个金额")
    elif not rounds_to(point, rate) and bench.loose and rate.decimals < 2:
        shown = shown_rate(point, rate)
        bench.accuse("A12", frame.paragraph, rate, shown, f"{working}，四舍五入后末位不同", f"请改为{shown}")
    else:
        bench.holds((part, whole, rate), rate, point, working)


def _judge_completion(bench: Bench, frame: Frame) -> None:
    rate, level, (budget, name) = frame.completion, frame.level, frame.completed
    if rate is None or level is None:
        return
    if not level.value and rate.value > 0:
        bench.accuse("A07", frame.paragraph, rate, "0%或不写", f"决算数为{level.text}", "请改正或删去完成率")
    elif not level.value and not rate.value and budget is None and frame.parent and frame.parent.budget:
        mark(rate, "exact", "决算为零，完成率为零")
    elif budget is not None and not budget.value:
        bench.accuse("A06", frame.paragraph, rate, "不写完成率", f"{name}为零", "请删去完成率")
    elif budget is None and (derived := _budget_by_change(frame, level)):
        judge_rate(bench, "A08", frame, rate, level, derived)
    elif budget is not None and level.kind == budget.kind:
        judge_rate(bench, "A08", frame, rate, level, budget)


def _budget_by_change(frame: Frame, level: Figure) -> Figure | None:
    """Return the budget that 决算数大于预算数5万元 leads to."""
    change = next((one for one in frame.changes if one.basis == "budget" and one.amount and one.amount_sign), None)
    amount = change.amount if change else None
    if change is None or amount is None or amount.kind != level.kind:
        return None
    value = level.value - change.amount_sign * amount.value
    shown = shown_amount(value, level)
    return Figure(level.kind, f"预算{shown}", 0, 0, value, level.half + amount.half, level.unit, level.decimals)


def _judge_relation(bench: Bench, frame: Frame) -> None:
    level, budget, rate = frame.level, frame.budget, frame.completion
    words = frame.relation
    at = level or budget or rate
    text = bench.reading.said[frame.paragraph].paragraph.plain
    if at is not None and _UNPLANNED.search(text[text.rfind("。", 0, at.start) + 1 : at.end]):
        return  # above an initial budget of nothing, whatever the budget of the whole year is
    said = 1 if "大于" in words else -1 if "小于" in words else 0
    if said == 0 and not any(one in words for one in ("持平", "等于", "一致")):
        return
    if level is not None and budget is not None and level.kind == budget.kind:
        true = _compared(level.interval, budget.interval)
        figure, rule, what = level, "A14", f"决算数{level.text}，预算数{budget.text}"
    elif rate is not None and rate.kind == "percent":
        true = _compared(rate.interval, Interval(Fraction(100), Fraction(100)))
        figure, rule, what = rate, "A15", f"完成率{rate.text}"
    else:
        return
    if (said and true == -said) or (not said and true and "基本" not in words):
        right = {1: "大于", -1: "小于", 0: "等于"}[true]
        bench.accuse(rule, frame.paragraph, figure, right, f"{what}，却说“{words}”", f"请改为“{right}”，或核对数字")


def _compared(one: Interval, other: Interval) -> int:
    return 0 if one.meets(other) else 1 if one.low > other.high else -1


def _judge_share_sums(bench: Bench) -> None:
    """Judge that the shares of one whole do not exceed it; 基本 and 项目 fix each other where no whole is printed."""
    groups: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in bench.reading.frames:
        if frame.share is not None and frame.quantity in ("basic", "project") and frame.whole_words:
            groups[frame.section, quantity_of(frame.whole_words) or frame.whole_words].append(frame)
    for frames in groups.values():
        pair = {frame.quantity: frame for frame in frames}
        if len(pair) == 2 and whole_of(bench, pair["basic"]) is None:
            _judge_pair(bench, pair["basic"], pair["project"])
    for parent in bench.reading.frames:
        _judge_parts(bench, [one for one in parent.parts if one.share is not None and not one.whole_words])


def _judge_pair(bench: Bench, basic: Frame, project: Frame) -> None:
    parts = [amount_of(basic), amount_of(project)]
    if None in parts:
        return
    total = sum((one.value for one in parts if one), Fraction(0))
    half = sum((one.half for one in parts if one), Fraction(0))
    whole = Figure("money", "基本支出与项目支出之和", 0, 0, total, half, "元", 2)
    for frame in (basic, project):
        part, share = amount_of(frame), frame.share
        if part and share:
            judge_rate(bench, "A11", frame, share, part, whole)


def _judge_parts(bench: Bench, frames: list[Frame]) -> None:
    shares = [one.share for one in frames if one.share is not None]
    if len(shares) < 2:
        return
    low = sum((one.value - one.half for one in shares), Fraction(0))
    wrong = any(one.verdict == "wrong" for one in shares)
    if low > 100 and not wrong:
        total = sum((one.value for one in shares), Fraction(0))
        text = "、".join(one.text for one in shares)
        bench.accuse("A11", frames[-1].paragraph, shares[-1], "", f"{text}之和为{float(total):.2f}%", "请核对各项占比")
