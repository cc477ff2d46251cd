"""One paragraph read number by number: each finds its role, its frame and the list it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.reading.grammar.amounts import take_amount
from juesuan.reading.grammar.counts import take_count
from juesuan.reading.grammar.figures import Figure, lend_units
from juesuan.reading.grammar.percents import lacks_sign, take_percent
from juesuan.reading.grammar.telling import Telling, tight

_COMPARED = re.compile(r"(?:比|较|与|同|按|和)\s*$")


def read_paragraph(told: Telling, figures: Sequence[Figure]) -> None:
    """Read the numbers in order, then the words after the last; new frames go to the end of `told.frames`."""
    before = 0
    for figure in figures:
        if figure.is_value:
            lead = tight(told.text[before : figure.start])
            told.enter(lead)
            _take(told, figure, lead)
            before = figure.end
        elif figure.kind == "year" and not _COMPARED.search(told.text[: figure.start]):
            told.path_year = int(figure.value)
    told.enter(tight(told.text[before:]))
    lend_units(figures)


def _take(told: Telling, figure: Figure, lead: str) -> None:
    if figure.kind == "points":
        figure.role = "points"
    elif figure.kind == "percent" or (figure.kind == "bare" and lacks_sign(told, figure, lead)):
        take_percent(told, figure, lead)
    elif figure.kind in ("money", "bare"):
        take_amount(told, figure, lead)
    else:
        take_count(told, figure, lead)
