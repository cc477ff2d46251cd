"""What every reader of a finished file gives: its words in order, each stretch with the place where it stands."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["text", "heading", "cell", "alt", "chart", "contents", "line"]


class Mark(NamedTuple):
    """A stretch of a segment that was written as one fact: `text[start:end]`."""

    start: int
    end: int
    fact_id: str


class Segment(NamedTuple):
    """A paragraph, a cell, a line of a PDF, a picture's words.

    `place` says where an analyst finds it (the nearest heading, or the page); `page` is a PDF's page number, else 0.
    """

    text: str
    place: str = ""
    kind: Kind = "text"
    marks: tuple[Mark, ...] = ()
    page: int = 0
    optional: bool = False
