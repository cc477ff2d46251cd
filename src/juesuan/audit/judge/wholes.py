"""Shares of a whole that the words name in no known way: the whole is the amount that most of the shares agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, amount_of, ratio
from juesuan.audit.judge.ratios import judge_rate, whole_of
from juesuan.reading.grammar import Figure, Frame

_CANDIDATES = 8
Part = tuple[Frame, Figure, Figure]


def judge_unnamed_wholes(bench: Bench) -> None:
    """Judge the shares that no rule has judged, those with the same words for their whole together."""
    groups: dict[tuple[str, str, int], list[Part]] = defaultdict(list)
    for frame in bench.reading.frames:
        amount, share = amount_of(frame), frame.share
        if amount is None or share is None or share.verdict or amount.kind != "money" or whole_of(bench, frame):
            continue
        groups[frame.section, frame.whole_words, id(frame.parent) if frame.parent else 0].append((frame, amount, share))
    for parts in (one for one in groups.values() if len(one) > 1):
        whole = next((one for one in _candidates(bench, parts) if _agrees(parts, one)), None)
        if whole is None:
            continue
        for frame, amount, share in parts:
            judge_rate(bench, "A10", frame, share, amount, whole)


def _candidates(bench: Bench, parts: Sequence[Part]) -> Iterator[Figure]:
    """Yield what the parts may be of: their list's whole, then the amounts before them in their section."""
    first = parts[0][0]
    if first.parent and (own := amount_of(first.parent)):
        yield own
    frames = bench.reading.frames
    before = [one for one in frames[: frames.index(first)] if one.section == first.section and not one.reason]
    amounts = [figure for one in reversed(before) if (figure := one.level) and figure.kind == "money"]
    yield from amounts[:_CANDIDATES]


def _agrees(parts: Sequence[Part], whole: Figure) -> bool:
    """Say whether at least half of the shares are of `whole`, or they all are when each stands at its own amount."""
    if whole.value <= 0 or any(amount.value > whole.value + whole.half for _, amount, _ in parts):
        return False
    good = [share for _, amount, share in parts if _meets(amount, whole, share)]
    telling = [one for one in good if 0 < one.value < 100]
    slack = whole.half + sum((amount.half for _, amount, _ in parts), Fraction(0))
    complete = abs(sum((amount.value for _, amount, _ in parts), Fraction(0)) - whole.value) <= slack
    return (bool(telling) and (2 * len(good) >= len(parts) or complete)) or (complete and _exchanged(parts, whole))


def _meets(amount: Figure, whole: Figure, share: Figure) -> bool:
    made = ratio(amount.interval, whole.interval)
    return made is not None and made.meets(share.interval)


def _exchanged(parts: Sequence[Part], whole: Figure) -> bool:
    """Say whether every share is right for some part, if not for its own."""
    return all(any(_meets(amount, whole, share) for _, amount, _ in parts) for _, _, share in parts)
