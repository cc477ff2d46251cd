"""One paragraph read number by number: each finds its role, its frame and the list it is a part of."""

from __future__ import annotations

import re

from juesuan.reading.document.model import Paragraph
from juesuan.reading.grammar.figures import Figure
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.roles import basis_of, budget_name, is_base, is_completion, is_reason, rising, share_of
from juesuan.reading.grammar.subjects import change_subject_of, quantity_of, subject_of

_OPENER = re.compile(r"其中|用于以下方面|主要包括|包括:|决算中,|按经济分类")
_INSIDE = re.compile(r"(?P<whole>[^。;,]{2,40})中[,:]")
_NAME = r"[^()\d,。;:、](?:[^()\d,。;:]|\((?:室|境|护|役|国)\)){1,30}?"
_PATH = re.compile(rf"({_NAME})\((类)\)(?:支出)?|({_NAME})\((款)\)|({_NAME})\((项)\)")
_RELATION = re.compile(r"(?:决算数?|支出)?(?:大于|小于|等于|同|与)(?:年初)?预算数?(?:持平|基本持平)?")
_COMPARED = re.compile(r"(?:比|较|与|同|按|和)\s*$")
_HEADED = re.compile(r"\s*(?:\d{1,2}[.、]|\(?[一二三四五六七八九十]+[)、])\s*(?P<words>[^。;,:\d]{3,20})[。:]")
_BARE_FINAL = re.compile(r"(?:年度?)?(?:支出)?决算数?")
_WHOLES = frozenset({"income", "expenditure", "total", "total_in", "total_out"})
_ABOVE = frozenset({"total", "total_in", "total_out", ""})
_DIFFERENCE = re.compile(r"差(?:值|额|异)(?:为|是|:)?\s*$|相差\s*$")
_AMOUNTS = ("level", "budget", "base", "change")
_FLAT = re.compile(r"持平|无变化|无增减变化|一致|没有变化")


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
        self.listed: Frame | None = None
        self.current: Frame | None = None
        self.lists: list[tuple[Frame | None, str]] = []
        self.basis, self.base_year = "prior", 0
        self.path = ("", "", "")
        self.path_year = 0

    def read(self) -> None:
        """Read the numbers in order, then the words after the last."""
        before = 0
        for figure in self.figures:
            if not figure.is_value:
                if figure.kind == "year" and not _COMPARED.search(self.text[: figure.start]):
                    self.path_year = int(figure.value)
                continue
            lead = self.text[before : figure.start]
            self._enter(lead)
            self._take(figure, lead)
            before = figure.end
        self._enter(self.text[before:])
        self._lend_units()

    def _lend_units(self) -> None:
        """Count an amount without a unit in the one that the paragraph's other amounts have; that it lacks it stays."""
        units = {one.unit: one.factor for one in self.figures if one.kind == "money"}
        if len(units) != 1:
            return
        unit, factor = next(iter(units.items()))
        for one in self.figures:
            if one.kind == "bare" and one.role in _AMOUNTS and not one.unit:
                one.value, one.half, one.unit = one.value * factor, one.half * factor, unit

    def _enter(self, lead: str) -> None:
        """Follow the words between two numbers: sentences end, lists open and close, 科目 are named, bases change."""
        self._follow_path(lead)
        if self.current and (match := _RELATION.search(lead)) and not self.current.relation:
            self.current.relation, self.current.relation_at = match.group(), self.number
        for match in re.finditer(
            r"[。;()]|其中|用于以下方面|主要包括|包括:|按[^,。;]{1,8}(?:分类|划分):|(?<=决算)中,", lead
        ):
            self._follow_mark(match.group(), lead, match)
        if re.search(r"[。]", lead):
            self.basis, self.base_year = "prior", 0
        basis, year = basis_of(lead)
        if self.is_budget and basis == "budget" and year and self.year and year < self.year:
            basis = "prior"  # a budget is compared with the budget of the year before
        if basis:
            self.basis, self.base_year = basis, year

    def _follow_mark(self, mark: str, lead: str, match: re.Match[str]) -> None:
        if mark == "。":
            whole = self.lists[0][0] if self.lists else None
            self.listed = whole if whole is not None and len(whole.parts) > 1 else None
            self.lists.clear()
        elif match.start() and mark == "包括:" and lead[match.start() - 2 : match.start()] in ("收入", "支出"):
            self.lists = [(None, "list")]  # 收入包括:…;支出包括:…, two lists of what an earlier sentence sums up
        elif mark == ";":
            while self.lists and self.lists[-1][1] == "sub":
                self.lists.pop()
        elif mark == "(":
            inside = lead[match.end() :]
            if ")" not in inside and self.current:
                self.lists.append((self._whole_frame(), "paren"))
        elif mark == ")":
            if "(" not in lead[: match.start()]:
                while self.lists and self.lists.pop()[1] != "paren":
                    pass
        elif "中," in mark:
            self._open_inside(lead)
        elif self.current is not None:
            kind = "sub" if self.lists or mark == "主要包括" else "list"
            self.lists.append((self._whole_frame(), kind))

    def _whole_frame(self) -> Frame | None:
        return self.current

    def _open_inside(self, lead: str) -> None:
        whole = _INSIDE.search(lead)
        quantity = quantity_of(subject_of(whole["whole"])) if whole else ""
        known = [one for one in self.frames if quantity and one.quantity == quantity and one.level]
        if known:
            self.lists = [(known[-1], "list")]

    def _follow_path(self, lead: str) -> None:
        for match in _PATH.finditer(lead):
            name = (match[1] or match[3] or match[5] or "").strip()
            name = re.sub(r"^(?:其中|\d+[.、]|[.．,、。:; ])+", "", name)
            if match[2]:
                self.path = (name, "", "")
            elif match[4]:
                self.path = (self.path[0], name, "")
            else:
                self.path = (self.path[0], self.path[1], name)

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
        if rising(lead) and whole is None:
            self._take_rate(figure, lead, frame)
        elif whole is not None and not is_completion(lead):
            frame.share, frame.whole_words, figure.role = figure, whole, "share"
        elif is_completion(lead):
            if frame.completion is not None or is_reason(lead):
                frame = self._new(lead)
            frame.completion, figure.role = figure, "completion"
        elif re.search(r"[率度](?:为|达到?|均为|:)?\s*$", lead):
            figure.role = "ratio"

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
        frame = self.current
        if _DIFFERENCE.search(lead) and frame and frame.level and frame.budget:
            self._take_difference(figure, frame, frame.level, frame.budget)
        elif sign and not re.search(r"(?:增加|减少)额?度?的?支出数$", lead):
            self._take_change(figure, lead, sign)
        elif (
            is_base(lead)
            and frame is not None
            and (frame.level is not None or (frame.budget is not None and self.basis == "prior" and not named))
            and not frame.prior
            and not self._names_other_base(lead, frame)
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
        self._new(lead).level = figure

    def _take_difference(self, figure: Figure, frame: Frame, level: Figure, budget: Figure) -> None:
        """Take 差值, which says no direction: it is how far the outcome is from its budget."""
        figure.role = "change"
        sign = 1 if level.value >= budget.value else -1
        frame.changes.append(Change("budget", figure, None, sign, 0, figure.start, 0))

    def _take_change(self, figure: Figure, lead: str, sign: int) -> None:
        figure.role = "change"
        if self.listed and not is_reason(lead) and not change_subject_of(_without_verb(lead)):
            self.current = self.listed  # 其中:…。比上年增加: the whole, not the last of its parts
        self.listed = None
        frame = self.current
        counted = (
            frame is not None and frame.level is not None and frame.level.kind == "count" and figure.kind == "money"
        )
        if frame is None or counted or self._names_other(lead, frame) or is_reason(lead):
            frame = self._new(lead)
        frame.changes.append(Change(self.basis, figure, None, sign, 0, figure.start, self.base_year))

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
        words = change_subject_of(_without_verb(lead))
        if not words:
            return False
        mine = quantity_of(words)
        if mine and frame.quantity:
            return mine != frame.quantity
        return words not in frame.subject and frame.subject not in words

    def _headed(self) -> str:
        """Return what the paragraph is about where it begins with a heading: 1.公务接待费。全年决算数…."""
        match = _HEADED.match(self.text)
        return match["words"] if match and quantity_of(match["words"]) else ""

    def _vehicles(self) -> Frame | None:
        mine = [one for one in self.frames[-12:] if one.paragraph == self.number and one.quantity == "vehicles"]
        return mine[-1] if mine else None

    def _names_other_base(self, lead: str, frame: Frame) -> bool:
        return is_reason(lead)

    def _new(self, lead: str) -> Frame:
        subject = subject_of(_without_verb(lead))
        if rising(lead):
            subject = change_subject_of(_without_verb(lead)) or subject
        if not subject or _BARE_FINAL.fullmatch(subject):
            subject = self._headed() or subject
        if not subject and re.search(r"\([类款项]\)", lead):
            subject = next((one for one in reversed(self.path) if one), "")
        parent, kind = self.lists[-1] if self.lists else (None, "")
        frame = Frame(
            subject, self.number, 0, self.paragraph.place, self.section, quantity_of(subject), self.path_year,
            reason=is_reason(lead), path=self.path, opened_by=kind, lead=lead,
        )  # fmt: skip
        if frame.quantity in ("vehicle_purchase", "vehicle_operation"):
            parent = self._vehicles() or parent
        if parent is not None and frame.quantity in _WHOLES and parent.quantity not in _ABOVE:
            self.lists.clear()  # 本年支出 is no part of 本年收入, though a semicolon joins them
            parent, frame.opened_by = None, ""
        if parent is not None and parent is not frame:
            frame.parent = parent
            parent.parts.append(frame)
        self.frames.append(frame)
        self.current = frame
        return frame


def _without_verb(lead: str) -> str:
    return re.sub(
        r"(?:各|均|同比)?(?:增加|增长|减少|下降|上升|降低|提高|压减|压缩|增幅|降幅|减幅|\(?[增减]\)?幅?)(?:了|额|支出)?(?:为|达)?\s*$",
        "",
        lead,
    )
