"""What a sentence claims matched to the accounts: its quantity, its 科目, its year, the part that a number plays in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from juesuan.audit.against.model import Expectation
from juesuan.audit.judge.names import same_name
from juesuan.reading.grammar import Figure, Frame, Reading

_OF_YEAR = re.compile(r"\.\{year\}$")


def facts_of_claims(reading: Reading, expectation: Expectation) -> dict[int, list[str]]:
    """Return the ids of the figures that a number of a sentence may be, by the number's `id`.

    Nothing is said of reasons, of other years, and where the report is of another year than the accounts.
    """
    if reading.year and reading.year != expectation.year:
        return {}
    found: dict[int, list[str]] = {}
    for frame in reading.frames:
        if frame.reason or (frame.year and frame.year != expectation.year):
            continue
        for base, yearly in _bases(frame, expectation):
            for figure, fact_id in _parts(frame, base, yearly, expectation.year):
                if fact_id in expectation.facts:
                    found.setdefault(id(figure), []).append(fact_id)
    return found


def _bases(frame: Frame, expectation: Expectation) -> Iterator[tuple[str, bool]]:
    """Yield the id of what a frame is about, and whether the year stands at its end."""
    if frame.path[2]:
        yield from ((one, False) for one in _named(expectation, "function.", frame.path[2], 7))
    elif frame.parent is not None and frame.parent.quantity == "general_public":
        named = frame.path[0] if "(类)" in frame.lead else frame.subject
        yield from ((one, False) for one in _named(expectation, "structure.", named, 3))
    elif frame.parent is not None and frame.parent.quantity in ("staff", "public"):
        yield from ((one, False) for one in _named(expectation, "economic.", frame.subject, 5))
    elif frame.quantity and "采购" not in frame.subject:
        for row in _claims():
            if row["quantity"] == frame.quantity and _within(frame, row["within"]):
                yield _OF_YEAR.sub("", row["fact"]), bool(_OF_YEAR.search(row["fact"]))


def _within(frame: Frame, words: str) -> bool:
    if words.startswith("="):
        return frame.parent is not None and frame.parent.quantity == words[1:]
    return words in frame.section


def _named(expectation: Expectation, prefix: str, name: str, digits: int) -> list[str]:
    """Return the figure of a 科目 by its name, none where two bear it."""
    found = [
        one for one, called in expectation.names.items()
        if re.fullmatch(rf"{re.escape(prefix)}\d{{{digits}}}", one) and same_name(called, name)
    ]  # fmt: skip
    return found if len(found) == 1 else []


def _parts(frame: Frame, base: str, yearly: bool, year: int) -> Iterator[tuple[Figure, str]]:
    if frame.level is not None and frame.level.kind in ("money", "bare") and not _counts(frame.level):
        yield frame.level, f"{base}.{year}" if yearly else base
    if frame.prior is not None and yearly:
        yield frame.prior, f"{base}.{year - 1}"
    if frame.share is not None and not frame.whole_words:
        yield frame.share, f"{base}.share_pct"
    if frame.budget is not None:
        kinds = {"年初预算": ("initial",), "全年预算": ("adjusted",)}.get(
            frame.budget_name, ("initial", "adjusted", "budget")
        )
        yield from ((frame.budget, f"{base}.{kind}") for kind in (*kinds, "budget"))
    if frame.completion is not None:
        yield from ((frame.completion, f"{base}.{kind}") for kind in ("completion_pct", "adjusted_completion_pct"))
    for change in frame.changes:
        if change.basis == "prior":
            yield from (
                (one, f"{base}.{name}") for one, name in ((change.amount, "change"), (change.rate, "change_pct")) if one
            )


def _counts(figure: Figure) -> bool:
    return figure.kind == "count"


@lru_cache(maxsize=1)
def _claims() -> list[dict[str, str]]:
    with (Path(__file__).parent / "claims.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
