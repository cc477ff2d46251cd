"""Parts and wholes: lists that sum, the parts of 三公 and of purchases, counts by kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, amount_of, shown_amount
from juesuan.reading.grammar import Figure, Frame

_COMPLETE = (
    ("A19", {"basic", "project"}),
    ("A20", {"staff", "public"}),
    ("A23", {"goods", "works", "services"}),
    ("A21", {"overseas", "vehicles", "reception"}),
    ("A21", {"overseas", "vehicle_purchase", "vehicle_operation", "reception"}),
    ("A22", {"vehicle_purchase", "vehicle_operation"}),
)
_NOT_OF_IT = re.compile(r"累计|余额|另有|另外|不含|不包括")
_OTHERS = re.compile(r"^(?:上缴上级|经营支出|对附属单位|附属单位)")
# rule, which totals, the parts that must be listed, all that there are
_BALANCED = (
    ("A34", {"total", "total_in"}, {"income", "opening"}, {"income", "opening", "surplus_used"}),
    ("A35", {"total", "total_out"}, {"expenditure", "closing"}, {"expenditure", "closing", "distributed"}),
)
_THREE = ("overseas", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")


def judge_sums(bench: Bench) -> None:
    """Judge every list of parts against its whole."""
    for frame in bench.reading.frames:
        if amount_of(frame) is not None:
            for paragraph in sorted({one.paragraph for one in frame.parts}):
                _judge_list(bench, frame, [one for one in frame.parts if one.paragraph == paragraph])
    _judge_balances(bench)
    _judge_basic(bench)
    _judge_three_public(bench)
    _judge_vehicles(bench)
    _judge_change_parts(bench)


def _judge_list(bench: Bench, whole: Frame, listed: Sequence[Frame]) -> None:
    total = amount_of(whole)
    parts = [one for one in listed if _same_kind(amount_of(one), total) and not one.reason and not one.path[2]]
    if total is None or not parts:
        return
    rule = _complete_rule(bench, whole, parts)
    if rule in ("A18", "A24", "A25", "A34", "A35"):
        judge_sum(bench, rule, whole, total, parts)
    elif rule:
        quantities = {one.quantity for one in parts}
        wanted = next(keys for one, keys in _COMPLETE if one == rule and keys <= quantities)
        others = rule == "A19"  # 经营支出 and the like stand beside 基本 and 项目
        judge_sum(
            bench,
            rule,
            whole,
            total,
            [one for one in parts if one.quantity in wanted or (others and _OTHERS.search(one.subject))],
        )
    elif not (whole.quantity == "three_public" and _judge_named_parts(bench, whole, total, parts)):
        _judge_smaller(bench, total, parts)


def _judge_named_parts(bench: Bench, whole: Frame, total: Figure, parts: Sequence[Frame]) -> bool:
    """Judge 三公 by the parts that are named where 购置 is not: they may be all; return whether they are judged."""
    named = {one.quantity: figure for one in parts if one.quantity in _THREE and (figure := amount_of(one))}
    if "vehicles" in named or len(named) < 2:
        return False
    made = sum((one.value for one in named.values()), Fraction(0))
    slack = total.half + sum((one.half for one in named.values()), Fraction(0))
    terms = "＋".join(one.text for one in named.values())
    if abs(made - total.value) <= slack:
        bench.holds((total, *named.values()), total, made, f"{terms}＝{shown_amount(made, total)}")
        return True
    if not {"overseas", "vehicle_operation", "reception"} <= set(named):
        return False
    what = f"{terms}＝{shown_amount(made, total)}"
    bench.accuse("A21", whole.paragraph, total, shown_amount(made, total), what, "请核对总数和各项", "疑点")
    return True


def _same_kind(part: Figure | None, total: Figure | None) -> bool:
    if part is None or total is None:
        return False
    return part.kind == total.kind == "money" or (part.kind == total.kind == "count" and part.unit == total.unit)


def _complete_rule(bench: Bench, whole: Frame, parts: Sequence[Frame]) -> str:
    """Return the rule by which the parts must make up the whole; empty where they need not."""
    quantities = {one.quantity for one in parts}
    if parts[0].level and parts[0].level.kind == "count":
        subjects = [one.subject for one in parts]
        return "A25" if any(re.search(r"其他用车|不合格|工勤", one) for one in subjects) and len(parts) > 2 else ""
    for rule, wanted in _COMPLETE:
        not_these = whole.quantity in ("staff", "public") or (rule == "A22" and whole.quantity == "three_public")
        if wanted <= quantities and not not_these:  # under 公用经费 they are 经济科目 among others
            return rule
    for rule, wholes, needed, allowed in _BALANCED:
        if whole.quantity in wholes and needed <= quantities <= allowed:
            return rule
    if whole.quantity in ("staff", "public") and len(parts) > 2:
        return "" if _ends_open(bench, parts[-1]) and not _adds_up(whole, parts) else "A24"
    if len(parts) > 1 and all(one.share is not None and not one.whole_words for one in parts):
        shares = [one.share for one in parts if one.share]
        total = sum((one.value for one in shares), Fraction(0))
        return "A18" if abs(total - 100) <= sum((one.half for one in shares), Fraction(0)) else ""
    return ""


def _ends_open(bench: Bench, last: Frame) -> bool:
    figure = amount_of(last)
    text = bench.reading.said[last.paragraph].paragraph.plain
    return figure is not None and text[figure.end :].lstrip().startswith("等")


def _adds_up(whole: Frame, parts: Sequence[Frame]) -> bool:
    total, made = amount_of(whole), sum((one.level.value for one in parts if one.level), Fraction(0))
    return total is not None and abs(made - total.value) < total.value / 50


def judge_sum(bench: Bench, rule: str, whole: Frame, total: Figure, parts: Sequence[Frame]) -> None:
    """Judge that the parts sum to the whole within what printing rounds."""
    figures = [figure for one in parts if (figure := amount_of(one)) is not None]
    made = sum((one.value for one in figures), Fraction(0))
    slack = total.half + sum((one.half for one in figures), Fraction(0))
    terms = "＋".join(one.text for one in figures)
    shown = shown_amount(made, total)
    if abs(made - total.value) <= slack:
        bench.holds((total, *figures), total, made, f"{terms}＝{shown}")
        return
    part, right = _culprit(parts, total, made)
    if part is None:
        bench.accuse(rule, whole.paragraph, total, shown, f"{terms}＝{shown}", "请核对总数和各项")
    else:
        frame, figure = part
        what = f"{terms}＝{shown}，与{total.text}差{shown_amount(abs(made - total.value), total)}"
        bench.accuse(rule, frame.paragraph, figure, right, what, f"由总数和其余各项，此处应约为{right}，请核对")


def _culprit(parts: Sequence[Frame], total: Figure, made: Fraction) -> tuple[tuple[Frame, Figure] | None, str]:
    """Return the part that something else speaks against, and what the others leave for it.

    A table has another amount, or its share is wrong for its amount and right for what the others leave.
    """
    told = [(frame, figure) for frame in parts if (figure := amount_of(frame)) is not None]
    contradicted = [one for one in told if one[1].verdict == "wrong"]
    if len(contradicted) == 1 and total.verdict != "wrong":
        figure = contradicted[0][1]
        return contradicted[0], shown_amount(total.value - (made - figure.value), figure)
    for frame, figure in told:
        left = total.value - (made - figure.value)
        if frame.share is None or frame.share.verdict != "wrong" or not total.value:
            continue
        if abs(100 * left / total.value - frame.share.value) <= 2 * frame.share.half:
            return (frame, figure), shown_amount(left, figure)
    return None, ""


def _judge_smaller(bench: Bench, total: Figure, parts: Sequence[Frame]) -> None:
    if any(figure.value < 0 for one in parts if (figure := amount_of(one)) is not None):
        return  # beside a part below zero another may be above the whole
    for one in parts:
        figure = amount_of(one)
        if _NOT_OF_IT.search(one.lead):
            continue
        if figure is not None and figure.value - figure.half > total.value + total.half:
            what = f"其中之数{figure.text}大于总数{total.text}"
            bench.accuse("A17", one.paragraph, figure, "", what, "请核对两个数")
        elif figure is not None and figure.kind == "count":
            bench.holds((figure,), figure, figure.value, f"{figure.text}≤{total.text}")


def _judge_balances(bench: Bench) -> None:
    """Judge 总计 against 本年 and 结转 where they stand in paragraphs of one section."""
    by_section: dict[str, dict[str, Frame]] = defaultdict(dict)
    for frame in bench.reading.frames:
        if frame.level and frame.level.kind == "money" and not frame.reason and not frame.parent and frame.section:
            by_section[frame.section].setdefault(frame.quantity, frame)
    for frames in by_section.values():
        for rule, wholes, needed, allowed in _BALANCED:
            whole = next((frames[one] for one in sorted(wholes, reverse=True) if one in frames), None)
            if (
                whole
                and whole.level
                and needed <= set(frames)
                and not any(one.quantity in needed for one in whole.parts)
            ):
                judge_sum(bench, rule, whole, whole.level, [frames[one] for one in sorted(allowed & set(frames))])


def _judge_basic(bench: Bench) -> None:
    """Judge 人员经费＋公用经费＝基本支出 where they stand in paragraphs of their own."""
    frames = bench.reading.frames
    for position, whole in enumerate(frames):
        if whole.quantity != "basic_general" or whole.level is None or whole.level.kind != "money":
            continue
        if {"staff", "public"} <= {one.quantity for one in whole.parts}:
            continue
        after = frames[position + 1 : position + 60]
        pair = [
            next((one for one in after if one.quantity == key and _same_kind(one.level, whole.level)), None)
            for key in ("staff", "public")
        ]
        if pair[0] and pair[1]:
            judge_sum(bench, "A20", whole, whole.level, [one for one in pair if one])


def _judge_three_public(bench: Bench) -> None:
    """Judge 三公 where its parts follow in the same paragraph without 其中."""
    frames = bench.reading.frames
    for position, whole in enumerate(frames):
        total = amount_of(whole)
        if whole.quantity != "three_public" or total is None or whole.reason:
            continue
        listed_below = bench.reading.said[whole.paragraph].paragraph.plain.rstrip().endswith("其中:")
        after: dict[str, Frame] = {}
        for one in frames[position + 1 : position + 8]:
            if (one.paragraph != whole.paragraph and not listed_below) or one.quantity == "three_public":
                break
            if one.quantity in _THREE and one.quantity not in after and _same_kind(amount_of(one), total):
                after[one.quantity] = one
        keys = ["overseas", "vehicles", "reception"]
        if "vehicles" not in after:
            keys = ["overseas", "vehicle_purchase", "vehicle_operation", "reception"]
        if all(key in after for key in keys) and not all(after[key].parent is whole for key in keys):
            judge_sum(bench, "A21", whole, total, [after[key] for key in keys])


def _judge_vehicles(bench: Bench) -> None:
    """Judge 用车＝购置＋运行 where the parts stand in paragraphs of their own."""
    frames = bench.reading.frames
    for position, whole in enumerate(frames):
        if whole.quantity != "vehicles" or whole.level is None or whole.level.kind != "money":
            continue
        near = [one for one in frames[position + 1 : position + 3] if _same_kind(one.level, whole.level)]
        found = {one.quantity: one for one in near}
        parts = [found[key] for key in ("vehicle_purchase", "vehicle_operation") if key in found]
        if len(parts) == 2 and any(one.parent is not whole for one in parts):
            judge_sum(bench, "A22", whole, whole.level, parts)


def _judge_change_parts(bench: Bench) -> None:
    """Judge that the parts' changes make up the whole's, where every part of 三公 names one."""
    for position, whole in enumerate(bench.reading.frames):
        if whole.quantity != "three_public" or not whole.changes or whole.changes[0].amount is None:
            continue
        after = [one for one in bench.reading.frames[position + 1 : position + 8] if one.paragraph == whole.paragraph]
        parts = [one for one in after if one.quantity in _THREE and one.changes and one.changes[0].amount]
        wanted = (
            {"vehicle_purchase", "vehicle_operation"}
            if not any(p.quantity == "vehicles" for p in parts)
            else {"vehicles"}
        )
        parts = [one for one in parts if one.quantity in ("overseas", "reception") or one.quantity in wanted]
        if (
            len(parts) >= 2
            and {one.quantity for one in parts} >= wanted | {"reception"}
            and whole.changes[0].basis == parts[0].changes[0].basis
        ):
            _judge_changes(bench, whole, parts)


def _judge_changes(bench: Bench, whole: Frame, parts: Sequence[Frame]) -> None:
    total = whole.changes[0].amount
    figures = [(one.changes[0].amount, one.changes[0].amount_sign) for one in parts]
    if total is None:
        return
    made = sum((sign * one.value for one, sign in figures if one), Fraction(0)) * whole.changes[0].amount_sign
    slack = total.half + sum((one.half for one, _ in figures if one), Fraction(0))
    terms = "、".join(f"{'－' if sign < 0 else '＋'}{one.text}" for one, sign in figures if one)
    shown = shown_amount(made, total)
    if abs(made - total.value) <= slack:
        bench.holds((total, *(one for one, _ in figures)), total, made, f"各项增减{terms}，合计{shown}")
    else:
        bench.accuse(
            "A29", whole.paragraph, total, shown, f"各项增减{terms}，合计{shown}", "请核对各项增减额，或说明未列的一项"
        )
