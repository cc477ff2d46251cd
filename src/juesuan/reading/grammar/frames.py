"""A frame: one quantity in one sentence, with everything the text says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.reading.document.model import Place
from juesuan.reading.grammar.figures import Figure


@dataclass(eq=False)
class Change:
    """How a quantity changed against last year (`prior`) or against its budget: an amount, a rate, the words' signs."""

    basis: str
    amount: Figure | None = None
    rate: Figure | None = None
    amount_sign: int = 0
    rate_sign: int = 0
    start: int = 0
    base_year: int = 0


@dataclass(eq=False)
class Frame:
    """One quantity: what it is (`subject`, `quantity`, `path` of 类, 款, 项), how much, and what it is compared with."""

    subject: str
    paragraph: int
    start: int
    place: Place
    section: str = ""
    quantity: str = ""
    year: int = 0
    reason: bool = False
    level: Figure | None = None
    prior: Figure | None = None
    budget: Figure | None = None
    budget_name: str = "预算"
    initial: Figure | None = None
    names_initial: bool = False
    share: Figure | None = None
    whole_words: str = ""
    whole: Figure | None = None
    completion: Figure | None = None
    changes: list[Change] = field(default_factory=list)
    parent: Frame | None = None
    parts: list[Frame] = field(default_factory=list)
    opened_by: str = ""
    path: tuple[str, str, str] = ("", "", "")
    relation: str = ""
    relation_at: int = 0
    lead: str = ""

    @property
    def completed(self) -> tuple[Figure | None, str]:
        """The budget that the rate of completion is of, and its name: 年初预算 where it names that beside another."""
        return (self.initial, "年初预算") if self.names_initial else (self.budget, self.budget_name)

    def figures(self) -> Iterator[Figure]:
        """Yield every number of the frame."""
        alone = (self.level, self.prior, self.budget, self.initial, self.share, self.whole, self.completion)
        yield from (one for one in alone if one is not None)
        for change in self.changes:
            yield from (one for one in (change.amount, change.rate) if one is not None)
