"""People, cars, visits and projects; the items that make up a total; grades and scores."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, ratio, shown_amount
from juesuan.audit.judge.names import same_name
from juesuan.audit.judge.sums import judge_sum
from juesuan.money import Interval
from juesuan.reading.grammar import Figure, Frame

_EMPTY = re.compile(r"(?<=[为是算])\s*[万亿]?元(?=[,。;])")
_GRADES = (("优", 90, 100), ("良", 80, 90), ("中", 60, 80), ("差", 0, 60))
_GRADED = re.compile(
    r"得分(?:为)?\s*(?P<score>\d{1,3}(?:\.\d+)?)\s*分[^。;]{0,16}?(?:等级|等次|评为|评定为|结果)为?[“\"]?(?P<grade>[优良中差])"
)


def judge_counts(bench: Bench) -> None:
    """Judge counts against amounts and against each other."""
    _judge_free_visits(bench)
    _judge_staff(bench)
    _judge_cars(bench)
    _judge_projects(bench)
    _judge_items(bench)
    _judge_grades(bench)
    _judge_purchases(bench)


def _judge_free_visits(bench: Bench) -> None:
    """Judge that an expense of zero bought no journey, no car, no meal."""
    money: Frame | None = None
    foreign: Frame | None = None
    before: Frame | None = None
    for frame in bench.reading.frames:
        level = frame.level
        if level is None:
            continue
        if level.kind == "money":
            money, foreign = (money, frame) if frame.quantity == "reception_foreign" else (frame, None)
        elif foreign is not None and foreign.paragraph == frame.paragraph and _is_foreign(frame, before):
            _judge_visit(bench, foreign, frame, level)
        elif money and money.paragraph == frame.paragraph and _bought(money, frame):
            _judge_visit(bench, money, frame, level)
        before = frame


def _judge_visit(bench: Bench, money: Frame, frame: Frame, level: Figure) -> None:
    if money.level and not money.level.value and level.value:
        what = f"{money.subject}为{money.level.text}，却有{level.text}"
        bench.accuse("A26", frame.paragraph, level, "", what, "请核对金额或数量")
    elif money.level:
        bench.holds((level,), level, level.value, f"{money.subject}{money.level.text}")


def _is_foreign(frame: Frame, before: Frame | None) -> bool:
    named = re.search(r"外宾|外事|国\(境\)外", frame.subject)
    follows = not frame.subject and before is not None and re.search(r"外宾|外事", before.subject)
    return bool(named or follows)


def _bought(money: Frame, counted: Frame) -> bool:
    unit = counted.level.unit if counted.level else ""
    if money.quantity == "overseas":
        return unit in ("个", "人次", "次", "团组", "人", "批次")
    if money.quantity in ("reception", "reception_domestic", "reception_foreign"):
        return unit in ("批次", "人次", "批") and counted.parent is None
    return money.quantity == "vehicle_purchase" and unit == "辆" and "购置" in counted.subject


def _judge_staff(bench: Bench) -> None:
    frames = bench.reading.frames
    for posts, staff in itertools.pairwise(frames):
        if not re.search(r"编制数?$", posts.subject) or not re.search(r"在职|实有|实际", staff.subject):
            continue
        if posts.level and staff.level and posts.level.unit == staff.level.unit == "人":
            if staff.level.value > posts.level.value:
                what = f"编制{posts.level.text}，在职{staff.level.text}"
                bench.accuse("A27", staff.paragraph, staff.level, "", what, "请核对或说明原因")
            else:
                bench.holds((posts.level, staff.level), staff.level, staff.level.value, "在职≤编制")


def _judge_cars(bench: Bench) -> None:
    cars = [one for one in bench.reading.frames if one.level and one.level.unit == "辆"]
    total = next((one for one in cars if re.search(r"(?:共有|(?<!购置)车辆)(?:车辆)?$", one.subject)), None)
    kept = next((one for one in cars if one.subject.endswith("保有量")), None)
    if total is None or kept is None or total.level is None or kept.level is None:
        return
    if kept.level.value > total.level.value:
        what = f"保有量{kept.level.text}大于车辆总数{total.level.text}"
        bench.accuse("X04", kept.paragraph, kept.level, "", what, "请核对两处")
    else:
        bench.holds((kept.level, total.level), kept.level, kept.level.value, "保有量≤车辆总数")


def _judge_projects(bench: Bench) -> None:
    """Judge pairs 项目n个，涉及金额X of a paragraph: one number the same, so the other."""
    frames = bench.reading.frames
    pairs: list[tuple[int, Figure, Figure]] = []
    for counted, amount in itertools.pairwise(frames):
        money = amount.level or amount.budget
        if (
            (
                counted.level
                and counted.level.unit == "个"
                and "项目" in counted.subject
                and money
                and money.kind == "money"
            )
            and re.search(r"涉及|金额", amount.lead)
            and counted.paragraph == amount.paragraph
        ):
            pairs.append((amount.paragraph, counted.level, money))
    for (paragraph, count, money), (other, count2, money2) in itertools.pairwise(pairs):
        if paragraph != other:
            continue
        if (count.value == count2.value) != (money.value == money2.value):
            at = money2 if count.value == count2.value else count2
            what = f"{count.text}对{money.text}，{count2.text}对{money2.text}"
            bench.accuse("X03", paragraph, at, "", what, "请核对个数和金额")
        elif count.value == count2.value:
            for figure in (count, money, count2, money2):
                bench.holds((figure,), figure, figure.value, f"{count.text}、{money.text}前后一致")


def _judge_items(bench: Bench) -> None:
    """Judge that the 项 listed one by one make up their 类, and all of them the total."""
    if bench.reading.document.cut:
        return
    frames = bench.reading.frames
    for position, whole in enumerate(frames):
        after = frames[position + 1 :]
        if (
            whole.quantity == "general_public"
            and whole.level
            and not whole.reason
            and (whole.completion or whole.budget)
        ):
            items = (
                []
                if _lacks_number(bench, whole.section)
                else _items(after, whole.section) or _classes(after, whole.section)
            )
            if len(items) > 1 and len(items) == len({one.path for one in items}):
                _judge_total(bench, whole, items)
        elif whole.path[0] and not whole.path[1] and whole.level and whole.completion:
            items = [one for one in _items(after, whole.section) if same_name(one.path[0], whole.path[0])]
            if items and all(one.level for one in items) and not any(one.reason for one in items):
                judge_sum(bench, "A30", whole, whole.level, items)


def _items(after: Sequence[Frame], section: str) -> list[Frame]:
    found = []
    for one in after:
        if one.section != section:
            break
        if one.path[2] and (one.level or one.budget) and not one.reason and one.parent is None:
            found.append(one)
    return found


def _lacks_number(bench: Bench, section: str) -> bool:
    """Say whether an amount of the section is missing, so that nothing there can sum."""
    return any(one.section == section and _EMPTY.search(one.paragraph.plain) for one in bench.reading.said)


def _classes(after: Sequence[Frame], section: str) -> list[Frame]:
    """Return the 类 listed one by one where no 项 are."""
    mine = list(itertools.takewhile(lambda one: one.section == section, after))
    return [one for one in mine if one.path[0] and not one.path[1] and one.budget and one.level and one.parent is None]


def _judge_total(bench: Bench, whole: Frame, items: list[Frame]) -> None:
    if whole.level and all(one.level for one in items):
        judge_sum(bench, "A28", whole, whole.level, items)
    budgets = [one.budget for one in items]
    if any(one and one.kind == "bare" for one in budgets):
        return  # one lacks its unit, which is found by itself
    if whole.budget and all(budgets) and len({one.budget_name for one in items} | {whole.budget_name}) == 1:
        made = sum((one.value for one in budgets if one), Fraction(0))
        slack = whole.budget.half + sum((one.half for one in budgets if one), Fraction(0))
        shown = f"{float(made / 10_000):.2f}万元"
        if abs(made - whole.budget.value) > slack:
            odd = _odd_budget(items, whole.budget, made)
            what = f"各项{whole.budget_name}之和为{shown}，总数为{whole.budget.text}"
            if odd and odd.budget:
                right = shown_amount(whole.budget.value - made + odd.budget.value, odd.budget)
                bench.accuse("A28", odd.paragraph, odd.budget, right, what, f"按完成率此处应约为{right}，请核对")
            else:
                bench.accuse("A28", whole.paragraph, whole.budget, shown, what, "请核对总数和各项")
        else:
            bench.holds((whole.budget, *budgets), whole.budget, made, f"各项{whole.budget_name}之和为{shown}")


def _odd_budget(items: Sequence[Frame], total: Figure, made: Fraction) -> Frame | None:
    """Return the item whose completion is wrong for its budget and right for the one that the others leave."""
    for one in items:
        if one.budget is None or one.level is None or one.completion is None or one.completion.verdict != "wrong":
            continue
        left = total.value - made + one.budget.value
        slack = total.half + sum((other.budget.half for other in items if other.budget), Fraction(0))
        rate = ratio(one.level.interval, Interval(left - slack, left + slack)) if left > slack else None
        if rate is not None and rate.meets(one.completion.interval):
            return one
    return None


def _judge_grades(bench: Bench) -> None:
    for number, said in enumerate(bench.reading.said):
        for match in _GRADED.finditer(said.paragraph.plain):
            score = Fraction(match["score"])
            right = next(name for name, low, _ in _GRADES if score >= low)
            if score <= 100 and right != match["grade"]:
                bench.accuse(
                    "A31", number, match.span("grade"), right, f"得分{match['score']}", f"请改为“{right}”或核对得分"
                )


def _judge_purchases(bench: Bench) -> None:
    """Judge that what small firms won is not above what was kept for them, nor above all purchases."""
    frames = [one for one in bench.reading.frames if "采购" in one.section or "采购" in one.lead]
    total = next((one for one in frames if one.quantity == "procurement" and one.level and not one.budget), None)
    kept = {_firms(one.lead): one.budget for one in frames if one.budget and "预留" in one.lead}
    for one in frames:
        if one.level is None or one.level.kind != "money" or "企业" not in one.lead or one is total:
            continue
        limit = kept.get(_firms(one.lead)) if "预留" in one.lead and "成交" in one.lead else None
        if limit and one.level.value > limit.value:
            bench.accuse(
                "A32", one.paragraph, one.level, "", f"成交{one.level.text}大于预留{limit.text}", "请核对两个数"
            )
        elif limit:
            bench.holds((one.level, limit), one.level, one.level.value, f"成交{one.level.text}≤预留{limit.text}")
        if total and total.level and one.level.value > total.level.value + total.level.half:
            what = f"{one.level.text}大于采购总额{total.level.text}"
            bench.accuse("A33", one.paragraph, one.level, "", what, "请核对两个数")
        elif total and total.level:
            bench.holds((one.level,), one.level, one.level.value, f"{one.level.text}≤采购总额{total.level.text}")


def _firms(lead: str) -> str:
    """Return which firms the purchases named last in `lead` are kept for."""
    named = re.findall(r"面向(中小|小微)企业", lead)
    return named[-1] if named else ""
