"""The part that an amount plays: how much, how much before, a budget, by how much more or less."""

from __future__ import annotations

import re

from juesuan.reading.grammar.figures import Figure
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.roles import (
    budget_name,
    completes_amount,
    from_budget,
    is_base,
    is_reason,
    rising,
    whole_before,
)
from juesuan.reading.grammar.subjects import change_subject_of
from juesuan.reading.grammar.telling import Telling, without_verb

_DIFFERENCE = re.compile(r"差(?:值|额|异)(?:为|是|:)?\s*$|相差\s*$")
_OUTCOME = re.compile(
    r"\s*[,。;]?\s*(?:实际)?(?:支出|收入)?(?:决算|执行|支出|决算支出)数?\s*(?:为|是|:)*\s*$|\s*,\s*全年?已?执行\s*$"
)
_EXECUTED = re.compile(r"\s*,\s*(?:全年|本年|年内|截至年末)?\s*(?:实际|已)?执行(?:数|金额)?(?:为|是|:)?\s*$")


def take_amount(told: Telling, figure: Figure, lead: str) -> None:
    """Give the amount its part in the frame that it belongs to, or in a new one."""
    told.leave_counts(lead)
    frame, named, sign = told.current, budget_name(lead), rising(lead)
    if frame and frame.level and _take_beside(told, figure, lead, frame):
        return
    if follower := told.pair.changed(lead, without_verb(lead), told.after(figure)):
        told.add_change(follower, figure, sign)
    elif sign and not re.search(r"(?:增加|减少)额?度?的?支出数$", lead):
        _take_change(told, figure, lead, sign)
    elif frame and _is_base_of(told, frame, lead, named):
        figure.role = "base"
        if told.basis == "budget" or named:
            frame.budget = frame.budget or figure
        else:
            frame.prior = figure
    elif named is not None:
        _take_budget(told, figure, lead, named)
    else:
        _take_level(told, figure, lead)


def _take_beside(told: Telling, figure: Figure, lead: str, frame: Frame) -> bool:
    """Take an amount that says more of the frame's own: a difference, or the whole of a rate; return whether it is one."""
    if frame.level is None:
        return False
    after = told.after(figure)
    if frame.budget and _DIFFERENCE.search(lead):
        _take_difference(figure, frame, _sign(frame.level, frame.budget))
    elif not lead and frame.prior and not frame.changes:
        told.add_change(frame, figure, _sign(frame.level, frame.prior))  # 较上年5万元1万元 lost its 增加
    elif over := from_budget(lead):
        _take_difference(figure, frame, over)
    elif completes_amount(lead, after):
        frame.budget, figure.role = figure, "budget"
    elif whole := whole_before(lead, after):
        frame.whole, frame.whole_words, figure.role = figure, whole, "whole"
    else:
        return False
    return True


def _is_base_of(told: Telling, frame: Frame, lead: str, named: str | None) -> bool:
    """Say whether the amount is what the frame's own is compared with."""
    told_amount = frame.level is not None or (frame.budget is not None and told.basis == "prior" and not named)
    return is_base(lead) and told_amount and not frame.prior and not is_reason(lead)


def _take_budget(told: Telling, figure: Figure, lead: str, named: str) -> None:
    figure.role = "budget"
    frame = told.current
    if frame and frame.level and not frame.budget and re.match(rf"\s*,\s*{named}(?:数|额)?(?:为|是|:)?\s*$", lead):
        frame.budget, frame.budget_name = figure, named
        return
    if frame and frame.budget and not frame.level and re.match(r"\s*,\s*(?:全年|调整后?)预算", lead):
        frame.initial = frame.budget if frame.budget_name == "年初预算" else None
        frame.budget, frame.budget_name = figure, named  # 年初预算为0，全年预算为A
        return
    frame = told.new(lead)
    frame.budget, frame.budget_name = figure, named


def _take_level(told: Telling, figure: Figure, lead: str) -> None:
    figure.role = "level"
    frame = told.current
    if frame and frame.budget and not frame.level and _OUTCOME.match(lead):
        frame.level = figure
        return
    if frame and frame.level and not frame.budget and frame.level.kind == figure.kind and _EXECUTED.match(lead):
        frame.budget, frame.level = (
            frame.level,
            figure,
        )  # 网络租赁费10万元,全年已执行10万元: the first is what was planned
        return
    pairs = frame is not None and told.pair.begins(frame, lead)
    new = told.new(lead)
    new.level = figure
    if frame is not None and pairs:
        told.pair.join(frame, new)
    else:
        told.pair.note(new, told.frames)


def _take_difference(figure: Figure, frame: Frame, sign: int) -> None:
    """Take how far the outcome is from its budget: 差值, or 决算数大于预算数5万元."""
    figure.role = "change"
    frame.changes.append(Change("budget", figure, None, sign, 0, figure.start, 0))


def _take_change(told: Telling, figure: Figure, lead: str, sign: int) -> None:
    if told.lists.ended and not is_reason(lead) and not change_subject_of(without_verb(lead)):
        told.current = told.lists.ended  # 其中:…。比上年增加: the whole, not the last of its parts
    told.lists.ended = None
    frame = told.current
    counted = frame is not None and frame.level is not None and frame.level.kind == "count" and figure.kind == "money"
    if frame is None or counted or told.names_other(lead, frame) or is_reason(lead):
        frame = told.new(lead)
    told.add_change(frame, figure, sign)


def _sign(level: Figure, base: Figure) -> int:
    return 1 if level.value >= base.value else -1
