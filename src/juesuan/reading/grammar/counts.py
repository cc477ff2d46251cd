"""The part that a count plays: cars, people, visits, projects, and the list of their kinds."""

from __future__ import annotations

from juesuan.reading.grammar.figures import Figure
from juesuan.reading.grammar.frames import Frame
from juesuan.reading.grammar.telling import Telling


def take_count(told: Telling, figure: Figure, lead: str) -> None:
    """Give the count a frame; one of another unit than its list's whole belongs to what was counted so before."""
    if figure.unit == "分":
        figure.role = "score"
        return
    figure.role = "count"
    frame = told.new(lead)
    frame.level = figure
    if frame.parent is not None and (frame.parent.level is None or frame.parent.level.unit != figure.unit):
        _give_to(frame, _counted_before(told, frame, figure.unit))


def _counted_before(told: Telling, frame: Frame, unit: str) -> Frame | None:
    """Return the last frame of this paragraph that counts in the same unit and is no part of the same list."""
    mine = [one for one in told.frames[:-1] if one.paragraph == told.number and one.parent is None]
    mine = [one for one in mine if one.level and one.level.unit == unit]
    return mine[-1] if mine else None


def _give_to(frame: Frame, parent: Frame | None) -> None:
    if parent is not None and frame.parent is not None:
        frame.parent.parts.remove(frame)
        frame.parent = parent
        parent.parts.append(frame)
