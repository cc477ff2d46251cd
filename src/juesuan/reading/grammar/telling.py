"""What a paragraph has told so far: of what it speaks, against what it compares, which lists are open."""

from __future__ import annotations

import re

from juesuan.reading.document.model import Paragraph
from juesuan.reading.grammar.figures import Figure
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.lists import OpenLists
from juesuan.reading.grammar.pairs import Pair
from juesuan.reading.grammar.paths import path_after
from juesuan.reading.grammar.roles import basis_of, is_base, is_reason, rising
from juesuan.reading.grammar.subjects import change_subject_of, quantity_of, subject_of

_RELATION = re.compile(r"(?:决算数?|支出)?(?:大于|小于|等于|同|与)(?:年初)?预算数?(?:持平|基本持平)?")
_HEADED = re.compile(r"\s*(?:\d{1,2}[.、]|\(?[一二三四五六七八九十]+[)、])\s*(?P<words>[^。;,:\d]{3,20})[。:]")
_BARE_FINAL = re.compile(r"(?:年度?)?(?:支出)?决算数?")


class Telling:
    """The state of one paragraph while its numbers are read; new frames go to the end of `frames`."""

    def __init__(
        self, number: int, paragraph: Paragraph, section: str, frames: list[Frame], year: int, is_budget: bool = False
    ) -> None:
        self.number, self.paragraph, self.text, self.section = number, paragraph, paragraph.plain, section
        self.frames, self.year, self.is_budget = frames, year, is_budget
        self.current: Frame | None = None
        self.lists, self.pair = OpenLists(frames), Pair()
        self.basis, self.base_year = "prior", 0
        self.path = ("", "", "")
        self.path_year = 0
        self.sentence = len(frames)

    def enter(self, lead: str) -> None:
        """Follow the words between two numbers: sentences end, lists open and close, 科目 are named, bases change."""
        self.path = path_after(self.path, lead)
        if self.current and (match := _RELATION.search(lead)) and not self.current.relation:
            self.current.relation, self.current.relation_at = match.group(), self.number
        self.lists.follow(lead, self.current)
        if "。" in lead:
            self.basis, self.base_year = "prior", 0
            self.sentence = len(self.frames)
        basis, year = basis_of(lead)
        if self.is_budget and basis == "budget" and year and self.year and year < self.year:
            basis = "prior"  # a budget is compared with the budget of the year before
        if basis:
            self.basis, self.base_year = basis, year

    def new(self, lead: str) -> Frame:
        """Return a new frame for the number after `lead`, a part of the list that is open."""
        subject = subject_of(without_verb(lead))
        if rising(lead):
            subject = change_subject_of(without_verb(lead)) or subject
        if not subject or _BARE_FINAL.fullmatch(subject):
            subject = self._headed() or subject
        if not subject and re.search(r"\([类款项]\)", lead):
            subject = next((one for one in reversed(self.path) if one), "")
        quantity = quantity_of(subject)
        parent, kind = self.lists.whole_of(quantity)
        frame = Frame(
            subject, self.number, 0, self.paragraph.place, self.section, quantity, self.path_year,
            reason=is_reason(lead), path=self.path, opened_by=kind, lead=lead,
        )  # fmt: skip
        if frame.quantity in ("vehicle_purchase", "vehicle_operation"):
            parent = self._vehicles() or parent
        if parent is not None and parent is not frame:
            frame.parent = parent
            parent.parts.append(frame)
        self.frames.append(frame)
        self.current, self.lists.ended = frame, None
        return frame

    def names_other(self, lead: str, frame: Frame) -> bool:
        """Say whether the words before a change name another quantity than the frame's."""
        if is_reason(lead):
            return True
        words = change_subject_of(without_verb(lead))
        if not words:
            return False
        mine = quantity_of(words)
        if mine and frame.quantity:
            return mine != frame.quantity
        if not frame.subject:
            return bool(mine)
        return words not in frame.subject and frame.subject not in words

    def _headed(self) -> str:
        """Return what the paragraph is about where it begins with a heading: 1.公务接待费。全年决算数…."""
        match = _HEADED.match(self.text)
        return match["words"] if match and quantity_of(match["words"]) else ""

    def _vehicles(self) -> Frame | None:
        mine = [one for one in self.frames[-12:] if one.paragraph == self.number and one.quantity == "vehicles"]
        return mine[-1] if mine else None

    def add_change(self, frame: Frame, figure: Figure, sign: int) -> None:
        """Take an amount by which the frame's quantity changed; without a word it goes as the one before."""
        sign = sign or self.pair.sign
        figure.role, self.current = "change", frame
        frame.changes.append(Change(self.basis, figure, None, sign, 0, figure.start, self.base_year))
        self.pair.tell(frame.changes[-1])

    def leave_counts(self, lead: str) -> None:
        """Go back from visits and cars to the amount that they stand beside: 接待费4万元，接待7批，比上年3万元增加…."""
        level = self.current.level if self.current else None
        if level is None or level.kind != "count" or not (is_base(lead) or rising(lead)):
            return
        mine = [one for one in self.frames[self.sentence :] if one.level and one.level.kind == "money"]
        self.current = mine[-1] if mine else self.current

    def after(self, figure: Figure) -> str:
        """Return the words after a number."""
        return self.text[figure.end :]


def tight(lead: str) -> str:
    """Return words without the spaces that justified lines leave between Chinese characters."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", lead)


def without_verb(lead: str) -> str:
    """Return words without the 增加 or 减少 that they end with."""
    return re.sub(
        r"(?:各|均|同比)?(?:增加|增长|减少|下降|上升|降低|提高|压减|压缩|增幅|降幅|减幅|\(?[增减]\)?幅?)(?:了|额|支出)?(?:为|达)?\s*$",
        "",
        lead,
    )
