"""What a made-up report is written on: words among which every number knows what it is of and how it was rounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Literal

Kind = Literal["money", "percent", "count", "word", "year", "name"]
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_MARK = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True)
class Token:
    """A number or a word that can be wrong. `value` is in 元, %, pieces; of a word its sign; `half` is what rounding hides."""

    key: str
    kind: Kind
    text: str
    value: Fraction = Fraction(0)
    half: Fraction = Fraction(0)
    unit: str = ""
    decimals: int = 0
    grouped: bool = False
    plain: bool = False  # trailing zeros dropped, as by hand

    def printed_as(self, value: Fraction, unit: str | None = None) -> Token:
        """Return the same token with another value, printed as this one is."""
        return printed(self.key, self.kind, value, self.unit if unit is None else unit, self.decimals, self.grouped, self.plain, "" if self.unit and self.unit not in self.text else None)  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """A table: its title, its unit, its rows of cells."""

    title: str
    unit: str
    rows: tuple[tuple[str, ...], ...]


Block = str | Grid


@dataclass(frozen=True)
class Spot:
    """Where a token stands: its block, and in a paragraph the place in the text, in a table row and column from 1."""

    block: int
    start: int = 0
    end: int = 0
    row: int = 0
    column: int = 0


@dataclass
class Report:
    """A report: blocks with marks for tokens, and the tokens; `name` says which voice and seed wrote it."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)

    def mark(self, token: Token) -> str:
        """Keep the token and return the mark that stands for it."""
        self.tokens.append(token)
        return f"\ue000{len(self.tokens) - 1}\ue001"

    def filled(self, text: str, instead: Mapping[int, str]) -> str:
        """Return the words with every mark replaced by its token's text."""
        return _MARK.sub(lambda one: instead.get(int(one[1]), self.tokens[int(one[1])].text), text)

    def plain_blocks(self, instead: Mapping[int, str]) -> Iterator[Block]:
        """Yield the blocks without marks."""
        for block in self.blocks:
            if isinstance(block, Grid):
                rows = tuple(tuple(self.filled(cell, instead) for cell in row) for row in block.rows)
                yield Grid(block.title, block.unit, rows)
            else:
                yield self.filled(block, instead)

    def in_table(self, index: int) -> bool:
        """Say whether a token stands in a table."""
        return isinstance(self.blocks[self.places[index].block], Grid)

    def spot(self, index: int, instead: Mapping[int, str]) -> Spot:
        """Return where a token stands in the finished text."""
        spot = self.places[index]
        block = self.blocks[spot.block]
        if isinstance(block, Grid):
            return spot
        before = self.filled(block.split(f"\ue000{index}\ue001")[0], instead)
        return Spot(spot.block, len(before), len(before) + len(instead.get(index, self.tokens[index].text)))

    @cached_property
    def places(self) -> dict[int, Spot]:
        """Every token's block, and in a table its row and column, in the order of the text; asked once it is written."""
        found: dict[int, Spot] = {}
        for number, block in enumerate(self.blocks):
            rows = block.rows if isinstance(block, Grid) else ((block,),)
            for line, row in enumerate(rows, 1):
                for column, text in enumerate(row, 1):
                    found |= {int(one): Spot(number, row=line, column=column) for one in _MARK.findall(text)}
        return found


def printed(
    key: str, kind: Kind, exact: Fraction, unit: str, decimals: int, grouped: bool = False, plain: bool = False,
    tail: str | None = None,
) -> Token:  # fmt: skip
    """Return the token of an exact value; `tail` is what is printed after it instead of the unit."""
    factor = Fraction(YUAN.get(unit, 1))
    scaled = abs(exact) / factor * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    value = Fraction(whole, 10**decimals) * factor * (-1 if exact < 0 else 1)
    step = factor / 10**decimals
    text = f"{whole // 10**decimals:{',' if grouped else ''}d}"
    if decimals:
        text += f".{whole % 10**decimals:0{decimals}d}"
    if plain and decimals:
        text = text.rstrip("0").rstrip(".")
        step = factor / 10 ** len(text.partition(".")[2])
    exact_print = kind == "count" or (kind == "money" and step <= Fraction(1, 100)) or (plain and not whole)
    half = Fraction(0) if exact_print else step / 2
    sign = "-" if exact < 0 and whole else ""
    return Token(
        key, kind, f"{sign}{text}{unit if tail is None else tail}", value, half, unit, decimals, grouped, plain
    )


def as_text(blocks: Sequence[Block]) -> str:
    """Return the report as plain text, tables with bars."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            lines += [block.title, f"单位：{block.unit}", *(" | ".join(row) for row in block.rows)]
        else:
            lines.append(block)
    return "\n".join(lines) + "\n"


def as_web(blocks: Sequence[Block]) -> str:
    """Return the report as a web page."""
    parts = ["<!doctype html><meta charset=utf-8><title>决算公开</title>"]
    for block in blocks:
        if isinstance(block, Grid):
            rows = "".join(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in block.rows)
            parts.append(f"<p>{escape(block.title)}</p><p>单位：{block.unit}</p><table>{rows}</table>")
        else:
            parts.append(f"<p>{escape(block)}</p>")
    return "\n".join(parts)


def save(path: Path, blocks: Sequence[Block]) -> None:
    """Write the report as the file's ending says: .txt, .html or .docx."""
    if path.suffix == ".docx":
        _save_word(path, blocks)
    else:
        path.write_text(as_web(blocks) if path.suffix == ".html" else as_text(blocks), encoding="utf-8")


def _save_word(path: Path, blocks: Sequence[Block]) -> None:
    from docx import Document  # noqa: PLC0415  # half a second that most runs need not wait

    word = Document()
    for block in blocks:
        if isinstance(block, str):
            word.add_paragraph(block)
            continue
        word.add_paragraph(block.title)
        word.add_paragraph(f"单位：{block.unit}")
        table = word.add_table(rows=len(block.rows), cols=max(map(len, block.rows)))
        for row, cells in zip(table.rows, block.rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    word.save(str(path))
