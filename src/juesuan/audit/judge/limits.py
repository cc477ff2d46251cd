"""What cannot be more than something else, wherever the two stand in the text."""

from __future__ import annotations

import itertools
import re

from juesuan.audit.judge.bench import Bench
from juesuan.reading.grammar import Figure, Frame
from juesuan.reading.grammar.subjects import NAMES

# rule, what is within, what it is within: a part of one basis is never above the whole of all
_WITHIN = (
    ("A36", "reception_domestic", ("reception",)),
    ("A37", "general_public", ("expenditure",)),
    ("A38", "fiscal_total", ("total", "total_in", "total_out")),
    ("A39", "basic_general", ("basic",)),
    ("A40", "vehicle_operation", ("vehicles",)),
)
_OFFICE_BASIC = ("expenditure", "total_out")


def judge_limits(bench: Bench) -> None:
    """Judge the pairs of amounts, then the pairs of counts."""
    for rule, small, great in _WITHIN:
        one, other = _first(bench, (small,)), _first(bench, great)
        if one and other and one.level and other.level:
            _judge_pair(bench, rule, one, one.level, other.level, NAMES.get(other.quantity, other.subject))
    _judge_visits(bench)
    _judge_firms(bench)


def _first(bench: Bench, wanted: tuple[str, ...]) -> Frame | None:
    for frame in bench.reading.frames:
        listed = frame.parent is not None and frame.parent.quantity in ("staff", "public")
        if frame.quantity not in wanted or frame.reason or listed or frame.path[2] or not frame.level:
            continue
        if frame.quantity == "basic" and not (frame.parent and frame.parent.quantity in _OFFICE_BASIC):
            continue
        if frame.level.kind == "money" and frame.year in (0, bench.reading.year):
            return frame
    return None


def _judge_pair(bench: Bench, rule: str, frame: Frame, part: Figure, whole: Figure, name: str) -> None:
    if whole.verdict == "wrong":
        return  # that amount is found wrong by itself
    if part.value - part.half > whole.value + whole.half:
        what = f"{part.text}大于{name}{whole.text}"
        bench.accuse(rule, frame.paragraph, part, "", what, "请核对两个数，或是否混用了口径")


def _judge_visits(bench: Bench) -> None:
    """Judge that guests are not fewer than visits, nor travellers than journeys."""
    counted = [one for one in bench.reading.frames if one.level and one.level.kind == "count"]
    for first, second in itertools.pairwise(counted):
        if first.level is None or second.level is None or first.paragraph != second.paragraph:
            continue
        groups, people = first.level, second.level
        rule = ""
        if groups.unit in ("批次", "批") and people.unit in ("人次", "人") and "接待" in f"{first.lead}{second.lead}":
            rule = "A41"
        elif (
            groups.unit in ("个", "团组", "次", "批次")
            and people.unit in ("人次", "人")
            and re.search("团组|出国", first.lead)
        ):
            rule = "A42"
        if rule and people.value < groups.value:
            what = f"{groups.text}，却只有{people.text}"
            bench.accuse(rule, second.paragraph, people, "", what, "请核对两个数")
        elif rule:
            bench.holds((groups, people), people, people.value, f"{people.text}≥{groups.text}")


def _judge_firms(bench: Bench) -> None:
    """Judge that what small and micro firms won is within what small and medium ones won."""
    money = [one for one in bench.reading.frames if one.level and one.level.kind == "money" and "预留" not in one.lead]
    for first, second in itertools.pairwise(money):
        if first.level is None or second.level is None or first.paragraph != second.paragraph:
            continue
        if re.search(r"中小企业[^,。;]{0,8}$", first.lead) and re.search(r"小微企业[^,。;]{0,8}$", second.lead):
            _judge_pair(bench, "A43", second, second.level, first.level, "授予中小企业的")
