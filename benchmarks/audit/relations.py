"""What must hold between the printed numbers of a report, by exact intervals: an error that breaks nothing is none.

Nothing of `juesuan` is used here: whoever examines the auditor does not ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from benchmarks.audit.accounts import Office
from benchmarks.audit.paper import Report, Token

Span = tuple[Fraction, Fraction]


class Relations:
    """The printed numbers of one report by key, and the equations between them."""

    def __init__(self, report: Report, sums: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self.report, self.sums = report, list(sums)
        self.by_key: dict[str, list[int]] = {}
        for index in report.places:
            self.by_key.setdefault(report.tokens[index].key, []).append(index)
        self.known = {key: _span(report.tokens[indices[0]]) for key, indices in self.by_key.items()}
        self.told_of: dict[str, list[str]] = {}
        for key in self.by_key:
            for root in {_root(one) for one in key.rpartition(":")[2].split("/")} | {key}:
                self.told_of.setdefault(root, []).append(key)

    def broken_by(self, index: int, token: Token) -> list[str]:
        """Return what no longer holds where `token` stands at `index` instead."""
        return list(self._broken({index: token}, self.report.tokens[index].key))

    def broken(self) -> list[str]:
        """Return everything that does not hold as it is printed; of a clean report, nothing."""
        return sorted({one for key in self.by_key for one in self._broken({}, key)})

    def _broken(self, instead: Mapping[int, Token], key: str) -> Iterator[str]:
        yield from self._unequal(instead, key)
        known = self.known | {token.key: _span(token) for token in instead.values()}
        for total, parts in self.sums:
            if key in (total, *parts) and all(one in known for one in (total, *parts)):
                made = (sum(known[one][0] for one in parts), sum(known[one][1] for one in parts))
                if not _meet(known[total], made):
                    yield f"{total}≠{'＋'.join(parts)}"
        for derived in dict.fromkeys([*self.told_of.get(_root(key), ()), *self.told_of.get(key, ())]):
            yield from _derived(derived, known)

    def _unequal(self, instead: Mapping[int, Token], key: str) -> Iterator[str]:
        tokens = [instead.get(one, self.report.tokens[one]) for one in self.by_key[key]]
        if tokens[0].kind == "name":
            if len({one.text for one in tokens}) > 1:
                yield f"{key}前后不同名"
        elif not all(_meet(_span(tokens[0]), _span(one)) and _meet(_span(tokens[-1]), _span(one)) for one in tokens):
            yield f"{key}前后不同"


def relations_of(report: Report, office: Office) -> Relations:
    """Return what must hold in a report about the office."""
    return Relations(report, office.sums)


def _root(key: str) -> str:
    return key.rpartition(":")[2].split("@")[0]


def _span(token: Token) -> Span:
    return token.value - token.half, token.value + token.half


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _quotient(part: Span, whole: Span) -> Span | None:
    if whole[0] <= 0 <= whole[1]:
        return None
    corners = [100 * one / other for one in part for other in whole]
    return min(corners), max(corners)


def _derived(key: str, known: Mapping[str, Span]) -> Iterator[str]:
    """Yield what a change, a rate, a share or a word contradicts."""
    kind, _, root = key.rpartition(":")
    base = "@b" if kind in ("db", "gb", "wb", "c", "r") else "@p"
    if kind == "s":
        part, _, whole = root.partition("/")
        if (
            part in known
            and whole in known
            and (rate := _quotient(known[part], known[whole]))
            and not _meet(rate, known[key])
        ):
            yield f"{key}≠部分÷总数"
        return
    now, before = known.get(root), known.get(root + base)
    difference = (now[0] - before[1], now[1] - before[0]) if now and before else None
    if kind in ("w", "wb", "r") and difference:
        sign = known[key][0]
        if (sign > 0 and difference[1] <= 0) or (sign < 0 and difference[0] >= 0) or (not sign and not _meet(difference, (Fraction(0), Fraction(0)))):  # fmt: skip
            yield f"{key}与两数相反"
    elif kind in ("d", "db") and difference and not _meet(known[key], _size(difference)):
        yield f"{key}≠两数之差"
    elif kind == "c" and now and before and (rate := _quotient(now, before)) and not _meet(rate, known[key]):
        yield f"{key}≠决算÷预算"
    if kind in ("g", "gb", "d", "db", "w", "wb"):
        letter = "b" if base == "@b" else ""
        yield from _growth(root, letter, now, before, known)


def _growth(root: str, letter: str, now: Span | None, before: Span | None, known: Mapping[str, Span]) -> Iterator[str]:
    rate, change, word = (known.get(f"{one}{letter}:{root}") for one in "gdw")
    if rate is None:
        return
    if before is None and now and change and word:
        signed = change if word[0] > 0 else (-change[1], -change[0])
        before = (now[0] - signed[1], now[1] - signed[0])
        if before[1] <= 0:
            yield f"g:{root}的基数不为正"
    if before and change:
        made = _quotient(change, before)
    elif before and now:
        made = _quotient(_size((now[0] - before[1], now[1] - before[0])), before)
    else:
        made = None
    if made and not _meet(rate, made):
        yield f"g:{root}≠增减÷上年"


def _size(span: Span) -> Span:
    """Return the interval of the absolute value."""
    low, high = sorted((abs(span[0]), abs(span[1])))
    return (Fraction(0), high) if span[0] <= 0 <= span[1] else (low, high)
