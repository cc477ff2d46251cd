"""An amount as a document prints it: an interval with its place; what is proved or worked out says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from juesuan.money import FEN_PER_UNIT, Interval, decimals_of, parse_number

QUOTE_LENGTH = 40


@dataclass(frozen=True)
class Amount:
    """An amount in 元: `text` as printed in `unit`, where it stands; `derived` is how it was worked out, if it was."""

    value: Fraction
    half: Fraction
    text: str
    unit: str
    place: str
    quote: str = ""
    derived: str = ""

    @property
    def interval(self) -> Interval:
        """Every exact value that prints so."""
        return Interval(self.value - self.half, self.value + self.half)

    @property
    def at(self) -> str:
        """What tells it from every other number of the document."""
        return f"{self.place}：{self.text}"

    @property
    def decimals(self) -> int:
        """The decimals that it was printed with."""
        return len(self.text.partition(".")[2]) if not self.derived else 0


def printed(text: str, unit: str, place: str, quote: str = "") -> Amount:
    """Return the amount that a cell prints; raises `AmountError` where it prints none."""
    number = parse_number(text)
    factor = Fraction(FEN_PER_UNIT[unit], 100)
    decimals = decimals_of(number)
    half = Fraction(0) if not number else factor / 10**decimals / 2
    return Amount(Fraction(number) * factor, half, text.strip(), unit, place, quote)


def counted(value: Fraction, text: str, unit: str, place: str, quote: str) -> Amount:
    """Return a number of things, which is exact."""
    return Amount(value, Fraction(0), text, unit, place, quote)


def proved_zero(place: str, why: str, unit: str = "万元") -> Amount:
    """Return the zero that a blank cell was proved to be."""
    return Amount(Fraction(0), Fraction(0), "", unit, place, "", f"空白，{why}，故为零")


def added(parts: Iterable[Amount]) -> Interval:
    """Return every exact value that the sum of printed amounts may be."""
    total = Interval(Fraction(0), Fraction(0))
    for one in parts:
        total = total + one.interval
    return total


def difference(whole: Amount, parts: Iterable[Amount]) -> Amount:
    """Return `whole` less the parts, with how it was worked out."""
    taken = [one for one in parts if one.value]
    if not taken:
        return whole
    value = whole.value - sum(one.value for one in taken)
    words = "－".join([shown(whole), *map(shown, taken)])
    return Amount(value, whole.half + sum(one.half for one in taken), words, whole.unit, whole.place, "", words)


def shown(amount: Amount) -> str:
    """Return how an amount was printed, zero where a blank was proved."""
    return amount.text or "0"
