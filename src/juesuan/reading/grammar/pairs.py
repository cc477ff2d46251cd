"""Two amounts told together: 收、支总计各是A、B, then 各增加a、b, 分别增长p、q, or 收入增加a，支出增加b."""

from __future__ import annotations

import re

from juesuan.reading.grammar.frames import Change, Frame

_TOGETHER = re.compile(r"(?:收入支出|收、支|收支|收入、支出)[^,。;]*(?:分别|各)(?:是|为|增|减|下|上)?[^,。;]{0,4}$")
_EACH = re.compile(r"(?:分别|各)[^,。;\d]{0,8}$")
_BETWEEN = re.compile(r"\s*[,、和]?\s*")
_NEXT = re.compile(r"\s*[,、和]\s*\d[\d.,]*\s*(?:万|亿|元|%)")
_SPENT = re.compile(r"\s*[,、和]\s*支出?(?:总计|合计)?(?:为|是|:)?\s*")
_EARNED = re.compile(r"收入?(?:总计|合计)?$")
_SIDE = re.compile(r"\s*(?P<side>收入?|支出?)(?:总计|合计|总额|决算)?(?:同比|均)?\s*")
_SIDES = {"total": ("total_in", "total_out"), "fiscal_total": ("fiscal_total_in", "fiscal_total_out")}


class Pair:
    """Income and expenditure of one paragraph, and the changes that wait for their rates."""

    def __init__(self) -> None:
        self.frames: tuple[Frame, Frame] | None = None
        self.sign = 1
        self._second: Frame | None = None
        self._waiting: list[Change] = []
        self._told: list[Change] = []

    def begins(self, first: Frame | None, lead: str) -> bool:
        """Say whether the amount after `lead` is the expenditure to the income that `first` has just told."""
        if first is None or first.level is None or first.changes:
            return False
        together = bool(_TOGETHER.search(first.lead)) and bool(_BETWEEN.fullmatch(lead))
        return together or bool(_EARNED.search(first.subject) and _SPENT.fullmatch(lead))

    def join(self, first: Frame, second: Frame) -> None:
        """Take the two frames as income and expenditure of one total."""
        first.quantity, second.quantity = _SIDES.get(first.quantity, (first.quantity or "total_in", "total_out"))
        second.subject = second.subject or first.subject
        self.frames = (first, second)

    def note(self, frame: Frame, frames: list[Frame]) -> None:
        """Take 收入总计A，支出总计B of one paragraph as a pair."""
        for earned, spent in _SIDES.values():
            if frame.quantity == spent:
                mine = [one for one in frames if one.quantity == earned and one.paragraph == frame.paragraph]
                self.frames = (mine[-1], frame) if mine else self.frames

    def changed(self, lead: str, words: str, after: str) -> Frame | None:
        """Return which of the two an amount of change is of: the one that `words` name, or in 各…a、b the next."""
        if self.frames is None:
            return None
        if self._second is not None and _BETWEEN.fullmatch(lead):
            frame, self._second = self._second, None
            return frame
        if _TOGETHER.search(lead) and _NEXT.match(after):
            self._second = self.frames[1]
            return self.frames[0]
        side = _SIDE.fullmatch(re.split(r"[,。;:、]", words)[-1])
        return None if side is None else self.frames[0 if side["side"].startswith("收") else 1]

    def tell(self, change: Change) -> None:
        """Note an amount of change, in order; its direction holds for the one that follows without a word."""
        self._told.append(change)
        self.sign = change.amount_sign

    def rated(self, lead: str, after: str) -> Change | None:
        """Return the change that a rate belongs to where several rates follow several amounts."""
        if self._waiting and _BETWEEN.fullmatch(lead):
            return self._waiting.pop(0)
        bare = [one for one in self._told[-2:] if one.rate is None]
        if len(bare) == 2 and _EACH.search(lead) and _NEXT.match(after):
            self._waiting = bare[1:]
            return bare[0]
        return None
