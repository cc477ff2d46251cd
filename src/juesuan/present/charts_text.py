"""Labels on charts: broken into lines that fit, never cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from juesuan.facts import Fact
from juesuan.present.display import with_unit

_NEVER_LAST = "（“《【("
_NEVER_FIRST = "，。、；：？！）”》】%,.;:?!)"


def display_width(text: str) -> int:
    """Return the width in half-width columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns; numbers and Latin words stay whole where they fit."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and display_width(lines[-1] + piece) > width and piece[0] not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += piece
    return [line.strip(" ") for line in lines]


def distinct(labels: Sequence[str], width: int) -> list[str]:
    """Return the labels wrapped with line breaks; equal ones are told apart by spaces nobody sees.

    Vega places marks by their label: two of one name would fall on one another.
    """
    seen: dict[str, int] = {}
    made = []
    for label in labels:
        times = seen.get(label, 0)
        seen[label] = times + 1
        made.append("\n".join(wrap(label, width)) + " " * times)
    return made


def clause(label: str, named: Sequence[tuple[str, Fact]]) -> str:
    """Return a clause of a chart's text equivalent: the label, then each figure with its name and unit."""
    return f"{label}：" + "，".join(f"{name}{with_unit(fact)}" for name, fact in named)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        before = pieces[-1][-1] if pieces else " "
        narrow = sign.isascii() and before.isascii() and not sign.isspace() and not before.isspace()
        if narrow or before in _NEVER_LAST:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
