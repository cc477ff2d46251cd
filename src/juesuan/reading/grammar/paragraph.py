"""One paragraph read number by number: each finds its role, its frame and the list it is a part of."""

from __future__ import annotations

import re

from juesuan.reading.document.model import Paragraph
from juesuan.reading.grammar.figures import Figure, lend_units
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.lists import OpenLists
from juesuan.reading.grammar.pairs import Pair
from juesuan.reading.grammar.paths import path_after
from juesuan.reading.grammar.roles import (
    basis_of,
    budget_name,
    completes_amount,
    from_budget,
    is_base,
    is_completion,
    is_reason,
    rising,
    share_of,
    whole_before,
)
from juesuan.reading.grammar.subjects import change_subject_of, quantity_of, subject_of

_RELATION = re.compile(r"(?:决算数?|支出)?(?:大于|小于|等于|同|与)(?:年初)?预算数?(?:持平|基本持平)?")
_COMPARED = re.compile(r"(?:比|较|与|同|按|和)\s*$")
_HEADED = re.compile(r"\s*(?:\d{1,2}[.、]|\(?[一二三四五六七八九十]+[)、])\s*(?P<words>[^。;,:\d]{3,20})[。:]")
_BARE_FINAL = re.compile(r"(?:年度?)?(?:支出)?决算数?")
_DIFFERENCE = re.compile(r"差(?:值|额|异)(?:为|是|:)?\s*$|相差\s*$")


class ParagraphReader:
    """Reads one paragraph; new frames go to the end of `frames`."""

    def __init__(
        self,
        number: int,
        paragraph: Paragraph,
        figures: list[Figure],
        section: str,
        frames: list[Frame],
        year: int,
        is_budget: bool = False,
    ) -> None:
        self.number, self.paragraph, self.text, self.section = number, paragraph, paragraph.plain, section
        self.figures, self.frames, self.year, self.is_budget = figures, frames, year, is_budget
        self.current: Frame | None = None
        self.lists, self.pair = OpenLists(frames), Pair()
        self.basis, self.base_year = "prior", 0
        self.path = ("", "", "")
        self.path_year = 0
        self.sentence = len(frames)

    def read(self) -> None:
        """Read the numbers in order, then the words after the last."""
        before = 0
        for figure in self.figures:
            if not figure.is_value:
                if figure.kind == "year" and not _COMPARED.search(self.text[: figure.start]):
                    self.path_year = int(figure.value)
                continue
            lead = tight(self.text[before : figure.start])
            self._enter(lead)
            self._take(figure, lead)
            before = figure.end
        self._enter(tight(self.text[before:]))
        lend_units(self.figures)

    def _enter(self, lead: str) -> None:
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

    def _take(self, figure: Figure, lead: str) -> None:
        if figure.kind == "points":
            figure.role = "points"
        elif figure.kind == "percent" or (figure.kind == "bare" and self._is_rate_without_sign(figure, lead)):
            self._take_percent(figure, lead)
        elif figure.kind in ("money", "bare"):
            self._take_amount(figure, lead)
        else:
            self._take_count(figure, lead)

    def _is_rate_without_sign(self, figure: Figure, lead: str) -> bool:
        last = self.current.changes[-1] if self.current and self.current.changes else None
        paired = last is not None and last.amount is not None and last.rate is None and len(lead) < 8
        if figure.decimals and (share_of(lead) is not None or is_completion(lead)):
            return True
        return bool(rising(lead)) and (paired or "同比" in lead)

    def _take_percent(self, figure: Figure, lead: str) -> None:
        frame = self.current or self._new(lead)
        whole = share_of(lead)
        if lead == "的" and frame.whole is not None:
            frame.share, figure.role = figure, "share"
        elif lead == "的" and frame.budget is not None:
            frame.completion, figure.role = figure, "completion"
        elif lead == "(" and frame.changes and frame.changes[-1].rate is None and frame.changes[-1].amount is not None:
            self._rate(frame.changes[-1], figure, frame.changes[-1].amount_sign)
        elif change := self.pair.rated(lead, self.text[figure.end :]):
            self._rate(change, figure, rising(lead) or change.amount_sign)
        elif rising(lead) and whole is None:
            self._take_rate(figure, lead, frame)
        elif whole is not None and not is_completion(lead):
            frame.share, frame.whole_words, figure.role = figure, whole, "share"
        elif is_completion(lead):
            if frame.completion is not None or is_reason(lead):
                frame = self._new(lead)
            frame.completion, figure.role = figure, "completion"
            frame.names_initial = frame.initial is not None and "年初预算" in lead
        elif re.search(r"[率度](?:为|达到?|均为|:)?\s*$", lead):
            figure.role = "ratio"

    @staticmethod
    def _rate(change: Change, figure: Figure, sign: int) -> None:
        change.rate, change.rate_sign, figure.role = figure, sign, "rate"

    def _take_rate(self, figure: Figure, lead: str, frame: Frame) -> None:
        figure.role = "rate"
        last = frame.changes[-1] if frame.changes else None
        if last is not None and last.rate is None and last.amount is not None and not self._names_other(lead, frame):
            last.rate, last.rate_sign = figure, rising(lead)
            return
        if self._names_other(lead, frame):
            frame = self._new(lead)
        elif re.match(r"\s*[,、]?各?", lead) and last is not None and last.rate is not None and "、" in lead[:2]:
            figure.role = "second rate"
            return
        frame.changes.append(Change(self.basis, None, figure, 0, rising(lead), figure.start, self.base_year))

    def _take_amount(self, figure: Figure, lead: str) -> None:
        named = budget_name(lead)
        sign = rising(lead)
        self._leave_counts(lead)
        frame, after = self.current, self.text[figure.end :]
        if _DIFFERENCE.search(lead) and frame and frame.level and frame.budget:
            self._take_difference(figure, frame, 1 if frame.level.value >= frame.budget.value else -1)
        elif frame and frame.level and (over := from_budget(lead)):
            self._take_difference(figure, frame, over)
        elif frame and frame.level and completes_amount(lead, after):
            frame.budget, figure.role = figure, "budget"
        elif frame and frame.level and (whole := whole_before(lead, after)):
            frame.whole, frame.whole_words, figure.role = figure, whole, "whole"
        elif follower := self.pair.changed(lead, without_verb(lead), after):
            self._add_change(follower, figure, sign)
        elif sign and not re.search(r"(?:增加|减少)额?度?的?支出数$", lead):
            self._take_change(figure, lead, sign)
        elif (
            is_base(lead)
            and frame is not None
            and (frame.level is not None or (frame.budget is not None and self.basis == "prior" and not named))
            and not frame.prior
            and not is_reason(lead)
        ):
            if self.basis == "budget" or named:
                frame.budget = frame.budget or figure
            else:
                frame.prior = figure
            figure.role = "base"
        elif named is not None:
            self._take_budget(figure, lead, named)
        else:
            self._take_level(figure, lead)

    def _take_budget(self, figure: Figure, lead: str, named: str) -> None:
        figure.role = "budget"
        frame = self.current
        if frame and frame.level and not frame.budget and re.match(rf"\s*,\s*{named}(?:数|额)?(?:为|是|:)?\s*$", lead):
            frame.budget, frame.budget_name = figure, named
            return
        if frame and frame.budget and not frame.level and re.match(r"\s*,\s*(?:全年|调整后?)预算", lead):
            frame.initial = frame.budget if frame.budget_name == "年初预算" else None
            frame.budget, frame.budget_name = figure, named  # 年初预算为0，全年预算为A
            return
        frame = self._new(lead)
        frame.budget, frame.budget_name = figure, named

    def _take_level(self, figure: Figure, lead: str) -> None:
        figure.role = "level"
        frame = self.current
        if (
            frame
            and frame.budget
            and not frame.level
            and re.match(r"\s*[,。;]?\s*(?:实际)?(?:支出|收入)?(?:决算|执行|支出)数?\s*(?:为|是|:)*\s*$", lead)
        ):
            frame.level = figure
            return
        if frame and frame.budget and not frame.level and re.match(r"\s*,\s*全年?已?执行\s*$", lead):
            frame.level = figure
            return
        if frame and self.pair.begins(frame, lead):
            second = self._new(lead)
            second.level = figure
            self.pair.join(frame, second)
            return
        frame = self._new(lead)
        frame.level = figure
        self.pair.note(frame, self.frames)

    def _take_difference(self, figure: Figure, frame: Frame, sign: int) -> None:
        """Take how far the outcome is from its budget: 差值, or 决算数大于预算数5万元."""
        figure.role = "change"
        frame.changes.append(Change("budget", figure, None, sign, 0, figure.start, 0))

    def _take_change(self, figure: Figure, lead: str, sign: int) -> None:
        if self.lists.ended and not is_reason(lead) and not change_subject_of(without_verb(lead)):
            self.current = self.lists.ended  # 其中:…。比上年增加: the whole, not the last of its parts
        self.lists.ended = None
        frame = self.current
        counted = (
            frame is not None and frame.level is not None and frame.level.kind == "count" and figure.kind == "money"
        )
        if frame is None or counted or self._names_other(lead, frame) or is_reason(lead):
            frame = self._new(lead)
        self._add_change(frame, figure, sign)

    def _add_change(self, frame: Frame, figure: Figure, sign: int) -> None:
        sign = sign or self.pair.sign
        figure.role, self.current = "change", frame
        frame.changes.append(Change(self.basis, figure, None, sign, 0, figure.start, self.base_year))
        self.pair.tell(frame.changes[-1])

    def _leave_counts(self, lead: str) -> None:
        """Go back from visits and cars to the amount that they stand beside: 接待费4万元，接待7批，比上年3万元增加…."""
        level = self.current.level if self.current else None
        if level is None or level.kind != "count" or not (is_base(lead) or rising(lead)):
            return
        mine = [one for one in self.frames[self.sentence :] if one.level and one.level.kind == "money"]
        self.current = mine[-1] if mine else self.current

    def _take_count(self, figure: Figure, lead: str) -> None:
        if figure.unit == "分":
            figure.role = "score"
            return
        figure.role = "count"
        frame = self._new(lead)
        frame.level = figure
        if frame.parent is not None and (frame.parent.level is None or frame.parent.level.unit != figure.unit):
            self._give_to(frame, self._counted_before(frame, figure.unit))

    def _counted_before(self, frame: Frame, unit: str) -> Frame | None:
        """Return the last frame of this paragraph that counts in the same unit and is no part of the same list."""
        mine = [one for one in self.frames[:-1] if one.paragraph == self.number and one.parent is None]
        mine = [one for one in mine if one.level and one.level.unit == unit]
        return mine[-1] if mine else None

    @staticmethod
    def _give_to(frame: Frame, parent: Frame | None) -> None:
        if parent is not None and frame.parent is not None:
            frame.parent.parts.remove(frame)
            frame.parent = parent
            parent.parts.append(frame)

    def _names_other(self, lead: str, frame: Frame) -> bool:
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

    def _new(self, lead: str) -> Frame:
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
