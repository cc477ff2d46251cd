"""One number of one office and year, the cells it came from, and the checks that cells passed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from juesuan.money import write_number


@dataclass(frozen=True)
class SourceCell:
    """One cell of a file in `data/`: path from the data folder, line in the file (the header is line 1), column.

    `value` is what the cell adds to a sum, in the sum's unit; empty where the cell is the figure itself or is no amount.
    """

    file: str
    row: int | None
    column: str
    value: str = ""


@dataclass(frozen=True)
class Check:
    """What one rule of `rules.csv` came to, for one group; `cells` are those that it read on either side."""

    rule_id: str
    words: str
    outcome: str
    working: str
    cells: tuple[SourceCell, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One number of one office and year.

    `value` is exact and in `unit` (an amount of 191.39 in 万元 is `Fraction(19139, 100)`); None means 未公开.
    `formula` says in words how it was worked out, `inputs` names the facts it was worked out from, `sources` the cells.
    """

    id: str
    unit_id: str
    year: int
    title: str
    value: Fraction | None
    unit: str
    decimals: int
    formula: str = ""
    inputs: tuple[str, ...] = ()
    sources: tuple[SourceCell, ...] = ()

    @property
    def printed(self) -> str:
        """The number as a reader sees it, rounded half up once, without its unit."""
        return write_number(self.value, self.decimals)

    @property
    def known(self) -> bool:
        """Say whether the number was published."""
        return self.value is not None
