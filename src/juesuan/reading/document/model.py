"""What a reader gives: paragraphs and tables in the order of the file, each with the place where a person finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

_JOINERS = dict.fromkeys(map(ord, "\u2060\u200b\ufeff\u00ad\u200c\u200d"))
_NARROW = str.maketrans("０１２３４５６７８９．％－＋−，；：（）\u3000\u00a0\t", "0123456789.%-+-,;:()   ")


@dataclass(frozen=True)
class Place:
    """Where something stands; a zero and an empty word say nothing."""

    page: int = 0
    paragraph: int = 0
    table: str = ""
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        page = f"第{self.page}页" if self.page else ""
        if self.table:
            cell = (f"第{self.row}行" if self.row else "") + (f"第{self.column}列" if self.column else "")
            return f"{page}表“{self.table}”{cell}"
        return page + (f"第{self.paragraph}段" if self.paragraph else "")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its lines joined; `text` is as printed, `plain` the same length with full-width signs narrowed."""

    text: str
    place: Place

    @cached_property
    def plain(self) -> str:
        """The text with full-width digits and punctuation narrowed, position for position."""
        return narrowed(self.text)


@dataclass(frozen=True)
class Table:
    """A table; `rows` are cells as printed. A table that came as a stream of cells (`flowing`) is one long row."""

    title: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    place: Place
    flowing: bool = False
    pages: tuple[int, ...] = ()

    def page_of(self, row: int) -> int:
        """Return the page that row number `row` (from 0) stands on, 0 where there are no pages."""
        return self.pages[row] if row < len(self.pages) else self.place.page


Block = Paragraph | Table


@dataclass
class Document:
    """A file as blocks, and how many seconds the reading took."""

    file: Path
    blocks: list[Block] = field(default_factory=list)
    cut: bool = False

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order."""
        return [one for one in self.blocks if isinstance(one, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        """The tables in order."""
        return [one for one in self.blocks if isinstance(one, Table)]


def narrowed(text: str) -> str:
    """Return `text` with full-width digits, signs, brackets and spaces narrowed; its length stays."""
    return text.translate(_NARROW)


def cleaned(text: str) -> str:
    """Return `text` without the invisible characters that join or part words."""
    return text.translate(_JOINERS)
