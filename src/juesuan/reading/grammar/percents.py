"""The part that a percentage plays: a share, a rate of change, a rate of completion."""

from __future__ import annotations

import re

from juesuan.reading.grammar.figures import Figure
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.roles import is_completion, is_reason, rising, share_of
from juesuan.reading.grammar.telling import Telling


def lacks_sign(told: Telling, figure: Figure, lead: str) -> bool:
    """Say whether a number without a unit is a percentage whose sign is missing."""
    last = told.current.changes[-1] if told.current and told.current.changes else None
    paired = last is not None and last.amount is not None and last.rate is None and len(lead) < 8
    if figure.decimals and (share_of(lead) is not None or is_completion(lead)):
        return True
    return bool(rising(lead)) and (paired or "同比" in lead)


def take_percent(told: Telling, figure: Figure, lead: str) -> None:
    """Give the percentage its part in the frame that it belongs to."""
    frame = told.current or told.new(lead)
    whole = share_of(lead)
    if lead == "的" and frame.whole is not None:
        frame.share, figure.role = figure, "share"
    elif lead == "的" and frame.budget is not None:
        frame.completion, figure.role = figure, "completion"
    elif lead == "(" and frame.changes and frame.changes[-1].rate is None and frame.changes[-1].amount is not None:
        _rate(frame.changes[-1], figure, frame.changes[-1].amount_sign)
    elif change := told.pair.rated(lead, told.after(figure)):
        _rate(change, figure, rising(lead) or change.amount_sign)
    elif rising(lead) and whole is None:
        _take_rate(told, figure, lead, frame)
    elif whole is not None and not is_completion(lead):
        frame.share, frame.whole_words, figure.role = figure, whole, "share"
    elif is_completion(lead):
        if frame.completion is not None or is_reason(lead):
            frame = told.new(lead)
        frame.completion, figure.role = figure, "completion"
        frame.names_initial = frame.initial is not None and "年初预算" in lead
    elif re.search(r"[率度](?:为|达到?|均为|:)?\s*$", lead):
        figure.role = "ratio"


def _rate(change: Change, figure: Figure, sign: int) -> None:
    change.rate, change.rate_sign, figure.role = figure, sign, "rate"


def _take_rate(told: Telling, figure: Figure, lead: str, frame: Frame) -> None:
    figure.role = "rate"
    last = frame.changes[-1] if frame.changes else None
    if last is not None and last.rate is None and last.amount is not None and not told.names_other(lead, frame):
        last.rate, last.rate_sign = figure, rising(lead)
        return
    if told.names_other(lead, frame):
        frame = told.new(lead)
    elif re.match(r"\s*[,、]?各?", lead) and last is not None and last.rate is not None and "、" in lead[:2]:
        figure.role = "second rate"
        return
    frame.changes.append(Change(told.basis, None, figure, 0, rising(lead), figure.start, told.base_year))
