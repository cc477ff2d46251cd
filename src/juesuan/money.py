"""Money as whole 分, printed figures as intervals, rounding half up once.

An amount is an `int` of 分. A figure that was printed in 万元 with two decimals stands for every amount that prints so:
191.39万元 is any of 1 913 850 元 to 1 913 950 元, hence `Interval`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

FEN_PER_UNIT = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
NOT_PUBLISHED = "未公开"

_PLAIN_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_BRACKETED = re.compile(r"\((.+)\)")


class AmountError(ValueError):
    """A text is not an amount; the message says what would be."""


@dataclass(frozen=True)
class Interval:
    """Every exact value that a printed figure may stand for, ends included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: Interval) -> bool:
        """Say whether some exact value prints as both figures."""
        return self.low <= other.high and other.low <= self.high


def normalise_number(text: str) -> str:
    """Return `text` with full-width digits, signs and brackets narrowed, and white space dropped."""
    narrow = unicodedata.normalize("NFKC", text)
    narrow = narrow.replace("−", "-").replace("–", "-")
    return re.sub(r"\s+", "", narrow)


def parse_number(text: str) -> Decimal:
    """Return the number `text` says; full-width digits, thousands separators and (bracketed) negatives are read.

    Raises `AmountError` when it says none.
    """
    plain = normalise_number(text)
    if bracketed := _BRACKETED.fullmatch(plain):
        plain = "-" + bracketed.group(1)
    if not _PLAIN_NUMBER.fullmatch(plain):
        raise AmountError(f"“{text}” 不是数字")
    return Decimal(plain.replace(",", ""))


def decimals_of(number: Decimal) -> int:
    """Return how many decimals `number` was written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def parse_amount(text: str, unit: str, decimals: int) -> int:
    """Return 分 for an amount written in `unit` with at most `decimals` decimals.

    Raises `AmountError` for a text that is no number, and for more decimals than the unit allows.
    """
    try:
        number = parse_number(text)
    except AmountError:
        raise AmountError(f"“{text}” 不是金额") from None
    if decimals_of(number) > decimals:
        raise AmountError(f"“{text}” 有 {decimals_of(number)} 位小数")
    fen = Fraction(number) * FEN_PER_UNIT[unit]
    if fen.denominator != 1:
        raise AmountError(f"“{text}” 小于一分")
    return int(fen)


def printed_interval(fen: int, unit: str, decimals: int) -> Interval:
    """Return the exact amounts, in 分, that print as `fen` does in `unit` with `decimals` decimals.

    A figure printed to the 分 is exact.
    """
    step = Fraction(FEN_PER_UNIT[unit], 10**decimals)
    half = step / 2 if step > 1 else Fraction(0)
    return Interval(fen - half, fen + half)


def round_half_up(value: Fraction | int, decimals: int) -> Decimal:
    """Return `value` rounded half up in magnitude (四舍五入) to `decimals` decimals."""
    exact = Fraction(value)
    whole = _scaled_half_up(abs(exact.numerator), exact.denominator, decimals)
    with localcontext() as context:
        context.prec = 60
        rounded = Decimal(whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return -rounded if exact < 0 and rounded else rounded


def write_number(value: Fraction | int | None, decimals: int) -> str:
    """Return `value` as it is printed: half up, all its decimals, no separators; 未公开 when it is missing."""
    if value is None:
        return NOT_PUBLISHED
    return _written(value.numerator, value.denominator, decimals)


def _written(numerator: int, denominator: int, decimals: int) -> str:
    whole = _scaled_half_up(abs(numerator), denominator, decimals)
    digits = f"{whole:0{decimals + 1}d}"
    sign = "-" if numerator < 0 and whole else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def _scaled_half_up(numerator: int, denominator: int, decimals: int) -> int:
    """Return a fraction that is not negative in units of its last printed decimal, rounded half up."""
    step: int = 10**decimals
    return (2 * numerator * step + denominator) // (2 * denominator)


def write_amount(fen: int | None, unit: str = "万元", decimals: int = 2) -> str:
    """Return an amount of 分 as it is printed in `unit`, without the unit's name."""
    return NOT_PUBLISHED if fen is None else _written(fen, FEN_PER_UNIT[unit], decimals)


def percent(part: int | Fraction | None, whole: int | Fraction | None) -> Fraction | None:
    """Return `part` as exact per cent of `whole`.

    None when either is missing, and when `whole` is zero: a zero base has no rate.
    """
    if part is None or whole is None or whole == 0:
        return None
    return Fraction(part) / Fraction(whole) * 100
