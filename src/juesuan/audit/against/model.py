"""What the accounts would print, told in plain words and numbers: figures with their cells, the report, its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from juesuan.money import NOT_PUBLISHED
from juesuan.verify.background import Background
from juesuan.verify.expected import markdown_segments
from juesuan.verify.text import Segment


@dataclass(frozen=True)
class ExpectedFact:
    """One figure of the accounts: `value` is exact and in `unit` (万元, %, 人 …), None where it was not published.

    `sources` are the cells of `data/` it was taken or worked out from, as an analyst would name them; `rows` is how many.
    """

    id: str
    title: str
    printed: str
    value: Fraction | None
    unit: str
    sources: str = ""
    rows: int = 1

    @property
    def shown(self) -> str:
        """The figure as a reader sees it, with its unit."""
        return f"{self.printed}{self.unit}" if self.printed != NOT_PUBLISHED else self.printed

    @property
    def origin(self) -> str:
        """Which figure it is, and the cells it came from."""
        return f"{self.title}（{self.id}{'；' if self.sources else ''}{self.sources}）"


@dataclass(frozen=True)
class ExpectedTable:
    """A table of the report: a grid of words as it is printed, and the figures in it by row and column, from 0."""

    title: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    facts: Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Expectation:
    """The report that the accounts of `folder` (<office>/<year>) would print.

    `parts` are its sections and tables in order, in pandoc's markdown; `names` are the 科目 and projects by the id of
    their amount; `background` is what of `data/` may stand in a report without being a figure.
    """

    folder: str
    year: int
    facts: Mapping[str, ExpectedFact]
    parts: tuple[str, ...]
    tables: tuple[ExpectedTable, ...]
    names: Mapping[str, str]
    background: Background
    _made: dict[str, list[Segment]] = field(default_factory=dict, repr=False, compare=False)

    def segments(self, ending: str) -> list[Segment]:
        """Return what the report would say in a file ending in `ending`."""
        wanted = ending if ending in (".html", ".pdf") else ".docx"
        if wanted not in self._made:
            here = Path()
            self._made[wanted] = [one for part in self.parts for one in markdown_segments(part, here, wanted)]
        return self._made[wanted]
