"""Chance that is the same each time: every draw comes from dice that are named by what they decide."""

from __future__ import annotations

import random
from collections.abc import Sequence

from juesuan.money import FEN_PER_UNIT

WAN = FEN_PER_UNIT["万元"]
STEP = WAN // 100  # the least amount that 万元 with two decimals can say


def dice(*about: object) -> random.Random:
    """Return the dice for what `about` names: the same names, the same draws, whatever else was drawn."""
    return random.Random("|".join(str(one) for one in about))  # seeded by the text itself, not by its `hash`


def whole(fen: float) -> int:
    """Return an amount near `fen` that is printed exactly, in 分."""
    return round(fen / STEP) * STEP


def divide(fen: int, weights: Sequence[float]) -> list[int]:
    """Return parts of `fen` about in proportion to `weights`, each printed exactly, that add up to it."""
    steps, total = fen // STEP, sum(weights)
    parts = [int(steps * weight / total) for weight in weights]
    parts[max(range(len(parts)), key=parts.__getitem__)] += steps - sum(parts)
    return [part * STEP for part in parts]


def uneven(weights: Sequence[float], chance: random.Random, spread: float = 0.15) -> list[float]:
    """Return `weights`, each moved by up to `spread` of itself."""
    return [weight * chance.uniform(1 - spread, 1 + spread) for weight in weights]
