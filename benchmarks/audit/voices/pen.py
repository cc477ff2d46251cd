"""The pen that every voice writes with: it prints amounts in the voice's unit and notes what each of them is of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from benchmarks.audit.accounts import ECONOMIC, FUNCTIONS, Office
from benchmarks.audit.paper import Grid, Report, Token, printed

_CHINESE = "零一二三四五六七八九十"


class Pen(ABC):
    """A voice's base: subclasses say how they print and `write` the report."""

    unit: ClassVar[str] = "万元"
    decimals: ClassVar[int] = 2
    rate_decimals: ClassVar[int] = 2
    grouped: ClassVar[bool] = False
    plain: ClassVar[bool] = False
    step: ClassVar[int] = 1
    ending: ClassVar[str] = ".txt"
    up: ClassVar[tuple[str, str]] = ("增加", "减少")
    faster: ClassVar[tuple[str, str]] = ("增长", "下降")

    def __init__(self, office: Office, seed: str) -> None:
        self.office, self.report = office, Report(f"{type(self).__name__.lower()}-{seed}")

    @abstractmethod
    def write(self) -> None:
        """Write the report, block by block."""

    # what it prints

    def token(self, key: str) -> Token:
        """Return the amount of a key as this voice prints it."""
        return printed(key, "money", self.office.value(key), self.unit, self.decimals, self.grouped, self.plain)

    def m(self, key: str, bare: bool = False) -> str:
        """Write an amount; `bare` leaves the unit to the table's heading."""
        tail = "" if bare else None
        return self.report.mark(
            printed(key, "money", self.office.value(key), self.unit, self.decimals, self.grouped, self.plain, tail)
        )

    def rate(self, key: str) -> str:
        """Write a per cent."""
        return self.report.mark(printed(key, "percent", self.office.value(key), "%", self.rate_decimals))

    def s(self, part: str, whole: str) -> str:
        """Write a share."""
        return self.rate(f"s:{part}/{whole}")

    def n(self, key: str, unit: str, chinese: bool = False) -> str:
        """Write a count; a small one in Chinese where asked."""
        value = self.office.value(f"n:{key}")
        if chinese and 0 < value <= 10:
            return self.report.mark(Token(f"n:{key}", "word", f"{_CHINESE[int(value)]}{unit}", value))
        return self.report.mark(printed(f"n:{key}", "count", value, unit, 0))

    def w(self, key: str, words: tuple[str, str] | None = None, base: str = "@p") -> str:
        """Write the word for the direction of a change."""
        sign, letter = self.office.sign(key, base), "b" if base == "@b" else ""
        return self.report.mark(Token(f"w{letter}:{key}", "word", (words or self.up)[sign < 0], Fraction(sign)))

    def r(self, key: str) -> str:
        """Write 大于 or 小于, outcome against budget."""
        sign = self.office.sign(key, "@b")
        return self.report.mark(Token(f"r:{key}", "word", "大于" if sign > 0 else "小于", Fraction(sign)))

    def y(self, offset: int = 0) -> str:
        """Write a year, without 年."""
        return self.report.mark(
            Token(f"y:{offset}", "year", str(self.office.year + offset), Fraction(self.office.year + offset))
        )

    def who(self) -> str:
        """Write the office's name."""
        return self.report.mark(Token("office", "name", self.office.name))

    def name(self, code: str) -> str:
        """Write a 科目's name."""
        return self.report.mark(Token(f"name:{code}", "name", FUNCTIONS.get(code) or ECONOMIC[code]))

    # what it can say

    def flat(self, key: str, base: str = "@p") -> bool:
        """Say whether the change prints as nothing."""
        kind = "db" if base == "@b" else "d"
        return not printed("", "money", self.office.value(f"{kind}:{key}"), self.unit, self.decimals).value

    def grows(self, key: str, base: str = "@p") -> bool:
        """Say whether there is a rate to print."""
        return self.office.exact[key + base] > 0

    def path(self, code: str) -> str:
        """Write 类, 款, 项 of an item."""
        return f"{self.name(code[:3])}（类）{self.name(code[:5])}（款）{self.name(code)}（项）"

    def say(self, *texts: str) -> None:
        """Add paragraphs."""
        self.report.blocks += texts

    def table(self, title: str, rows: Iterable[Iterable[str]]) -> None:
        """Add a table."""
        self.report.blocks.append(Grid(title, self.unit, tuple(tuple(row) for row in rows)))

    def shown(self, keys: Iterable[str]) -> list[str]:
        """Return the keys that are not zero."""
        return [one for one in keys if self.office.exact.get(one)]
