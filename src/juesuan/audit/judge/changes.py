"""Growth: amount and rate of a change against both years' figures, direction words, zero bases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, amount_of, negated, ratio, rounds_to, shown_amount, shown_rate
from juesuan.money import Interval
from juesuan.reading.grammar import Change, Figure, Frame, Reading
from juesuan.reading.grammar.subjects import UNIQUE

_FLAT = re.compile(r"持平\s*[,、]?\s*(?:增加|减少|增长|下降)[^,。;\d]{0,4}$")
_ALIKE = {"total": {"total", "total_in", "total_out"}}
_REMEDY = "请对照上年决算核对"


def judge_changes(bench: Bench) -> None:
    """Judge every change of every frame."""
    for frame in bench.reading.frames:
        for change in frame.changes:
            _Change(bench, frame, change).judge()
    _judge_flat(bench)
    _judge_priors(bench)


def _judge_flat(bench: Bench) -> None:
    """Judge that what is 持平 has no amount of change."""
    for frame in bench.reading.frames:
        text = bench.reading.said[frame.paragraph].paragraph.plain
        for amount in (one.amount for one in frame.changes):
            if amount is not None and amount.value and _FLAT.search(text[: amount.start]):
                bench.accuse("A16", frame.paragraph, amount, "", f"说持平，又有增减{amount.text}", "请删去其一")


def _judge_priors(bench: Bench) -> None:
    """Judge that two places which tell how a quantity changed lead to one figure for the year before."""
    known: dict[str, Interval] = {}
    for frame in bench.reading.frames:
        change = next((one for one in frame.changes if one.basis == "prior" and one.amount), None)
        level = level_for(bench.reading, frame)
        if change is None or change.amount is None or level is None or frame.quantity not in UNIQUE or frame.reason:
            continue
        signed = negated(change.amount.interval) if change.amount_sign < 0 else change.amount.interval
        prior = frame.prior.interval if frame.prior else level.interval - signed
        first = known.setdefault(frame.quantity, prior)
        if not first.meets(prior) and level.kind == change.amount.kind and change.amount.verdict != "wrong":
            right = shown_amount((first.low + first.high) / 2, level)
            what = f"由此处推得的上年数与别处的{right}不同"
            bench.accuse("X05", frame.paragraph, change.amount, "", what, "请核对两处的增减额")


@dataclass
class _Change:
    bench: Bench
    frame: Frame
    change: Change

    def judge(self) -> None:
        amount, rate = self.change.amount, self.change.rate
        if self._directions_differ(amount, rate):
            return
        level = level_for(self.bench.reading, self.frame)
        if level is None or level.kind not in ("money", "bare", "count") or (amount and amount.kind != level.kind):
            return
        if level.verdict == "wrong":
            return  # a table has another amount: that is found by itself
        if self._from_nothing(level, amount, rate):
            return
        base = self._printed_base()
        if base is not None and amount is not None and not self._difference_holds(level, base, amount, rate):
            return
        if rate is not None and rate.kind in ("percent", "bare"):
            self._judge_rate(level, base, amount, rate)

    def _directions_differ(self, amount: Figure | None, rate: Figure | None) -> bool:
        signs = (self.change.amount_sign, self.change.rate_sign)
        if amount and rate and all(signs) and signs[0] != signs[1]:
            self.bench.accuse("A13", self.frame.paragraph, rate, "", "增减额与增减率一增一减", "请改成同一方向")
            return True
        return False

    def _printed_base(self) -> Figure | None:
        return self.frame.budget if self.change.basis == "budget" and self.frame.level else self.frame.prior

    def _from_nothing(self, level: Figure, amount: Figure | None, rate: Figure | None) -> bool:
        """Judge a base that is zero or below it: no rate, no amount greater than the whole."""
        base = self._printed_base()
        value = base.value if base else level.value - self.change.amount_sign * amount.value if amount else None
        if value is None or value > 0:
            return False
        slack = base.half if base else level.half + (amount.half if amount else 0)
        if value < 0 and amount is not None and value + slack < 0:
            self._accuse("A05", amount, "", f"增加额大于本年数{level.text}，上年数成了负数")
            return True
        if rate is not None and rate.value > 0:
            self._accuse("A04", rate, "不写增减率", "基数为零，没有增减率")
            return True
        if amount is not None:
            self.bench.holds((level, amount, rate), amount, amount.value, f"{level.text}－0＝{amount.text}")
        return True

    def _difference_holds(self, level: Figure, base: Figure, amount: Figure, rate: Figure | None) -> bool:
        """Judge level − base = amount; where it fails, say which of the three the others fix."""
        difference = level.value - base.value
        signed = negated(amount.interval) if self.change.amount_sign < 0 else amount.interval
        found = level.interval - base.interval
        if signed.meets(found):
            working = f"{level.text}－{base.text}＝{shown_amount(difference, amount)}"
            self.bench.holds((level, base, amount), amount, abs(difference), working)
            return True
        if negated(signed).meets(found):
            self._accuse("A03", amount, "减少" if difference < 0 else "增加", f"{level.text}与{base.text}相比方向相反")
            return False
        culprit, right = self._culprit(level, base, amount, rate)
        what = f"{level.text}－{base.text}＝{shown_amount(difference, amount)}，与{amount.text}不符"
        self._accuse("A01", culprit, right, what)
        return False

    def _culprit(self, level: Figure, base: Figure, amount: Figure, rate: Figure | None) -> tuple[Figure, str]:
        """Return the number that the other three speak against, and what they make of it."""
        sign = self.change.amount_sign
        if rate is not None:
            by_amount = ratio(amount.interval, base.interval)
            by_level = ratio(level.interval - base.interval, base.interval)
            if by_amount and by_amount.meets(rate.interval):
                return level, shown_amount(base.value + sign * amount.value, level)
            signed = negated(rate.interval) if sign < 0 else rate.interval
            if by_level is None or not by_level.meets(signed):
                return base, shown_amount(level.value - sign * amount.value, base)
        return amount, shown_amount(abs(level.value - base.value), amount)

    def _judge_rate(self, level: Figure, base: Figure | None, amount: Figure | None, rate: Figure) -> None:
        found = self._rate(level, base, amount)
        if found is None:
            return
        interval, point, working = found
        if not interval.meets(rate.interval):
            whole = self._list_whole(level)
            if whole is not None and base is None and _agrees(whole, self.frame):
                self.bench.holds((whole, amount, rate), rate, rate.value, f"是{whole.text}的增减")
                return
            self._accuse_rate(rate, amount, point, working)
        elif not rounds_to(point, rate) and self.bench.loose and rate.decimals < 2:
            what = f"{working}＝{shown_rate(point, rate)}，四舍五入后末位不同"
            self._accuse("A12", rate, shown_rate(point, rate), what)
        else:
            self.bench.holds((level, base, amount, rate), rate, point, f"{working}＝{shown_rate(point, rate)}")

    def _list_whole(self, level: Figure) -> Figure | None:
        """Return what a list is of, which a change after its last part may be of too: 其中:A，B，同比增加C."""
        whole = amount_of(self.frame.parent) if self.frame.parent else None
        return whole if whole is not None and whole.kind == level.kind else None

    def _rate(self, level: Figure, base: Figure | None, amount: Figure | None) -> tuple[Interval, Fraction, str] | None:
        """Return the rate that the printed amounts make: the interval, the point, the working."""
        sign = self.change.amount_sign or self.change.rate_sign
        if amount is None:
            if base is None or not base.value:
                return None
            interval = ratio(level.interval - base.interval, base.interval)
            point = 100 * (level.value - base.value) / base.value * sign
            if interval is None:
                return None
            return (interval if sign > 0 else negated(interval)), point, f"（{level.text}－{base.text}）÷{base.text}"
        if base is not None:
            whole, value, words = base.interval, base.value, base.text
        else:
            signed = negated(amount.interval) if sign < 0 else amount.interval
            value = level.value - sign * amount.value
            whole, words = level.interval - signed, f"上年{shown_amount(value, level)}"
            if amount_of(self.frame) is None:  # this year's stands elsewhere: say which
                words += f"（{level.text}{'－' if sign > 0 else '＋'}{amount.text}）"
            words = words.replace("上年", "预算") if self.change.basis == "budget" else words
        interval = ratio(amount.interval, whole)
        return (
            None if interval is None or not value else (interval, 100 * amount.value / value, f"{amount.text}÷{words}")
        )

    def _accuse_rate(self, rate: Figure, amount: Figure | None, point: Fraction, working: str) -> None:
        shown = shown_rate(point, rate)
        if amount is not None and re.sub(r"[^\d.]", "", amount.text) == re.sub(r"[^\d.]", "", rate.text):
            self._accuse("A09", rate, shown, f"把金额{amount.text}写成了百分数；{working}＝{shown}")
        else:
            self._accuse("A02", rate, shown, f"{working}＝{shown}")

    def _accuse(self, rule: str, figure: Figure, recomputed: str, what: str) -> None:
        remedy = f"请改为{recomputed}，或核对其余各数" if recomputed else _REMEDY
        self.bench.accuse(rule, self.frame.paragraph, figure, recomputed, what, remedy)


def level_for(reading: Reading, frame: Frame) -> Figure | None:
    """Return this year's amount that a change is of: its own, else the one that the document gives elsewhere.

    Where the document gives several, the one that agrees with the change comes first: that they differ is another rule's.
    """
    own = amount_of(frame)
    if own is not None or frame.reason or frame.quantity not in UNIQUE:
        return own
    position = reading.frames.index(frame)
    in_order = [*reversed(reading.frames[:position]), *reading.frames[position + 1 :]]
    wanted = _ALIKE.get(frame.quantity, {frame.quantity})
    known = [one for one in in_order if one.quantity in wanted and not one.reason and not is_listed(one)]
    known = [one for one in known if one.year in (0, reading.year) and not one.path[2]]
    told = [amount_of(one) if reading.is_budget else one.level for one in known]
    levels = [one for one in told if one and one.kind == "money"]
    return next((one for one in levels if _agrees(one, frame)), levels[0] if levels else None)


def is_listed(frame: Frame) -> bool:
    """Say whether a frame is a 经济科目 listed under 人员经费 or 公用经费, basic expenditure alone."""
    return frame.parent is not None and frame.parent.quantity in ("staff", "public")


def _agrees(level: Figure, frame: Frame) -> bool:
    change = next((one for one in frame.changes if one.amount and one.rate and one.amount_sign), None)
    if change is None or change.amount is None or change.rate is None:
        return False
    amount = change.amount.interval
    made = ratio(amount, level.interval - (negated(amount) if change.amount_sign < 0 else amount))
    return made is not None and made.meets(change.rate.interval)
