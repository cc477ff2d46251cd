"""Lists of parts: where one opens, what it is of, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.reading.grammar.frames import Frame
from juesuan.reading.grammar.subjects import quantity_of, subject_of

_MARK = re.compile(r"[。;()]|其中|用于以下方面|主要包括|包括:|按[^,。;]{1,8}(?:分类|划分):|(?<=决算|经费)中,")
_GOES_ON = re.compile(r"主要|原因|具体|详见|[一二三四五]是|\(|增加|减少|下降|增长")
_INSIDE = re.compile(r"(?P<whole>[^。;,]{2,40})中[,:]")
_WHOLES = frozenset({"income", "expenditure", "total", "total_in", "total_out"})
_ABOVE = frozenset({"total", "total_in", "total_out", ""})


class OpenLists:
    """The lists that are open in a paragraph, the innermost last; `ended` is the whole of the one a full stop ended."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames
        self.ended: Frame | None = None
        self._open: list[tuple[Frame | None, str]] = []

    def follow(self, lead: str, current: Frame | None) -> None:
        """Open and close lists as the words between two numbers say; `current` is what was spoken of last."""
        for match in _MARK.finditer(lead):
            self._follow(match, lead, current)

    def _follow(self, match: re.Match[str], lead: str, current: Frame | None) -> None:
        mark = match.group()
        if mark == "。":
            self._end_all()
        elif mark == "包括:" and lead[: match.start()].endswith(("收入", "支出")):
            self._open = [(None, "list")]  # 收入包括:…;支出包括:…, two lists of what an earlier sentence sums up
        elif mark == ";":
            while self._open and (self._open[-1][1] == "sub" or self._counts()):
                self._open.pop()
        elif mark == "(":
            if ")" not in lead[match.end() :] and current:
                self._open.append((current, "paren"))
        elif mark == ")":
            self._end_bracket(lead[: match.start()])
        elif "中," in mark:
            self._open_inside(lead)
        elif current is not None:
            whole = None if _speaks_of_else(lead[: match.start()]) else current
            self._open.append((whole, "sub" if self._open or mark == "主要包括" else "list"))

    def _counts(self) -> bool:
        """Say whether the innermost list is of people or cars, which commas part and a semicolon ends."""
        whole = self._open[-1][0]
        return whole is not None and whole.level is not None and whole.level.kind == "count"

    def _end_all(self) -> None:
        whole = self._open[0][0] if self._open else None
        self.ended = whole if whole is not None and len(whole.parts) > 1 else None
        self._open.clear()

    def _end_bracket(self, before: str) -> None:
        if "(" not in before:
            while self._open and self._open.pop()[1] != "paren":
                pass

    def _open_inside(self, lead: str) -> None:
        whole = _INSIDE.search(lead)
        quantity = quantity_of(subject_of(whole["whole"])) if whole else ""
        known = [one for one in self.frames if quantity and one.quantity == quantity and one.level]
        if known:
            self._open = [(known[-1], "list")]

    def whole_of(self, quantity: str) -> tuple[Frame | None, str]:
        """Return what a new frame is a part of, and how its list was opened; a new total ends the lists."""
        parent, kind = self._open[-1] if self._open else (None, "")
        if parent is not None and quantity in _WHOLES and parent.quantity not in _ABOVE:
            self._open.clear()  # 本年支出 is no part of 本年收入, though a semicolon joins them
            return None, ""
        return parent, kind


def _speaks_of_else(before: str) -> bool:
    """Say whether a whole sentence without a number stands before the list, so that it is of something unsaid."""
    between = [one for one in before.split("。")[1:-1] if one.strip()]
    return any(not _GOES_ON.match(one.strip()) for one in between)
