"""Cells from ruled lines: where lines cross there are columns and rows, and a word belongs where its middle is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_THIN = 2.6
_LONG = 4.0
_NEAR = 3.0
_FEWEST = 3
_OVER = 0.5


@dataclass(frozen=True)
class Box:
    """What is drawn fills it, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """The middle of its height."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Word(Box):
    """A stretch of text and the box it fills."""

    text: str


@dataclass(frozen=True)
class Region:
    """The lines of one table: `columns` from left to right, `rows` from the bottom up."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    @property
    def top(self) -> float:
        """The height of the uppermost line."""
        return self.rows[-1]

    def holds(self, word: Word) -> bool:
        """Say whether a word stands inside."""
        across = self.columns[0] - 1 <= word.centre <= self.columns[-1] + 1
        return across and self.rows[0] - 1 <= word.middle <= self.rows[-1] + 1


def regions_of(boxes: Iterable[Box]) -> list[Region]:
    """Return the tables that the drawn lines of a page make; a lone frame is none."""
    upright, level = _edges(boxes)
    regions = []
    for low, high in _joined([(one.bottom, one.top) for one in upright]):
        columns = _clustered([one.left for one in upright if low - _NEAR <= one.middle <= high + _NEAR])
        rows = _clustered([one.middle for one in level if low - _NEAR <= one.middle <= high + _NEAR])
        if len(columns) >= _FEWEST and len(rows) >= _FEWEST - 1:
            regions.append(Region(tuple(columns), tuple(rows)))
    return regions


def rows_of(region: Region, words: Iterable[Word]) -> tuple[tuple[str, ...], ...]:
    """Return the cells, from the top row down; words of one cell are joined in reading order."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        column = min(max(bisect_right(region.columns, word.centre) - 1, 0), len(region.columns) - 2)
        row = min(max(bisect_right(region.rows, word.middle) - 1, 0), len(region.rows) - 2)
        cells.setdefault((row, column), []).append(word)
    return tuple(
        tuple(_words(cells.get((row, column), [])) for column in range(len(region.columns) - 1))
        for row in reversed(range(len(region.rows) - 1))
    )


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words line by line from the top, each line from the left.

    A point and a comma are low boxes of their own; they belong to the line whose height they share.
    """
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.bottom - one.top):  # the tallest say where the lines are
        line = next((one for one in lines if one[0].bottom - _OVER <= word.middle <= one[0].top + _OVER), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    lines.sort(key=lambda line: -line[0].middle)
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _words(words: list[Word]) -> str:
    return "".join(one.text for line in lines_of(words) for one in line)


def _edges(boxes: Iterable[Box]) -> tuple[list[Box], list[Box]]:
    upright, level = [], []
    for one in boxes:
        width, height = one.right - one.left, one.top - one.bottom
        if width <= _THIN and height > _LONG:
            upright.append(one)
        elif height <= _THIN and width > _LONG:
            level.append(one)
        elif width > _LONG and height > _LONG:
            upright += [Box(x, one.bottom, x, one.top) for x in (one.left, one.right)]
            level += [Box(one.left, y, one.right, y) for y in (one.bottom, one.top)]
    return upright, level


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return spans that touch as one, from the bottom up."""
    made: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if made and low <= made[-1][1] + _NEAR:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return made


def _clustered(values: list[float]) -> list[float]:
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made
