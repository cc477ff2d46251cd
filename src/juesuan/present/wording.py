"""Which words a figure calls for: direction, zero cases, unknown figures, shares, completion. Chosen here, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from juesuan.facts import Entry, Fact, Findings
from juesuan.money import NOT_PUBLISHED, round_half_up
from juesuan.present.display import fact_span

_BUDGET_WORDS = {"adjusted": "预算", "initial": "年初预算"}


@dataclass(frozen=True)
class Wording:
    """What a section's template may call, for one office and year."""

    findings: Findings

    def vocabulary(self) -> Mapping[str, Any]:
        """Return the names that a template may use."""
        found = self.findings
        return {
            "year": found.year,
            "prior_year": found.prior_year,
            "unit": found.unit_name,
            "kind": found.kind,
            "source": found.source,
            "entries": found.entries,
            "indicator_projects": {one.project for one in found.indicators},
            "this": self.this,
            "fact": self.fact,
            "amount": self.amount,
            "number": self.amount,
            "pct": self.pct,
            "share": self.share,
            "moved": self.moved,
            "changed": self.changed,
            "known": self.known,
            "zero": self.zero,
            "equal": self.equal,
            "change_words": self.change_words,
            "completion_words": self.completion_words,
            "composition": self.composition,
            "listing": self.listing,
        }

    def this(self, item: str) -> str:
        """Return the id of this year's figure of a headline item."""
        return f"{item}.{self.findings.year}"

    def fact(self, fact_id: str) -> str:
        """Return the figure without its unit."""
        return fact_span(self._fact(fact_id))

    def amount(self, fact_id: str) -> str:
        """Return the figure with its unit; 未公开 has none."""
        return with_span(self._fact(fact_id))

    def pct(self, fact_id: str) -> str:
        """Return a percentage with its sign."""
        return self.amount(fact_id)

    def known(self, fact_id: str) -> bool:
        """Say whether the ledger holds the figure and it was published."""
        fact = self.findings.ledger.get(fact_id)
        return fact is not None and fact.known

    def zero(self, fact_id: str) -> bool:
        """Say whether the figure is known to be zero."""
        return self.known(fact_id) and self._fact(fact_id).value == 0

    def equal(self, one: str, other: str) -> bool:
        """Say whether two known figures are the same."""
        return self.known(one) and self.known(other) and self._fact(one).value == self._fact(other).value

    def change_words(self, item: str) -> str:
        """Say how a headline item moved since last year; direction and rate come from the exact figures."""
        found = self.findings
        prior, current = self._fact(f"{item}.{found.prior_year}"), self._fact(f"{item}.{found.year}")
        return change_words(
            found.prior_year, prior, current, self._fact(f"{item}.change"), self._fact(f"{item}.change_pct")
        )

    def changed(self, *items: str) -> bool:
        """Say whether any of these figures is known to have moved since last year: what has not asks for no reason."""
        return any(self._has_changed(item) for item in items)

    def _has_changed(self, item: str) -> bool:
        found = self.findings
        change = found.ledger.get(f"{item}.change")
        now = found.ledger.get(f"{item}.{found.year}") or found.ledger.get(item)
        before = found.ledger.get(f"{item}.{found.prior_year}") or found.ledger.get(f"{item}.prior")
        if change is None or not change.value or now is None or before is None:
            return False
        return not _is_hidden(before, now, change)

    def moved(self, fact_id: str) -> str:
        """Return “，比…年…” of a figure whose last year's is `<fact_id>.prior`; nothing where that was not published."""
        last, change, rate = (self._fact(f"{fact_id}.{tail}") for tail in ("prior", "change", "change_pct"))
        current = self._fact(fact_id)
        if not (last.known and current.known):
            return ""
        return "，" + change_words(self.findings.prior_year, last, current, change, rate)

    def completion_words(self, prefix: str, final: str | None = None, budget: str | None = None) -> str:
        """Say how far a budget was carried out, and whether the outcome equals it.

        Where nothing was planned at first and the budget came during the year, the year's budget is said too.
        """
        done = self._fact(final or prefix)
        planned = self._fact(budget or f"{prefix}.{self.findings.budget}")
        word = "预算" if budget else _BUDGET_WORDS[self.findings.budget]
        if planned.value is None or done.value is None:
            return f"{word}数未公开"
        if planned.value == 0:
            return self._without_budget(prefix, done, word)
        level = "，决算数与预算数持平" if done.value == planned.value else ""
        return f"完成{word}{with_span(self._fact(f'{prefix}.completion_pct'))}{level}"

    def _without_budget(self, prefix: str, done: Fact, word: str) -> str:
        later = self.findings.ledger.get(f"{prefix}.adjusted")
        if self.findings.budget == "initial" and later is not None and later.value:
            rate = with_span(self._fact(f"{prefix}.adjusted_completion_pct"))
            return f"没有安排年初预算，全年预算{with_span(later)}，完成全年预算{rate}"
        return f"没有安排{word}" if done.value else "预算数与决算数均为零"

    def share(self, fact_id: str) -> str:
        """Return “，占…%” of a part; nothing where the whole is zero or unknown, which leaves no share."""
        rate = self._fact(f"{fact_id}.share_pct")
        return f"，占{with_span(rate)}" if rate.known else ""

    def composition(self, name: str) -> str:
        """Say what a total is made of: one part is all of it, or each part with its share."""
        entries = [entry for entry in self.findings.entries(name) if self.known(entry.fact_id)]
        present = [entry for entry in entries if not self.zero(entry.fact_id)]
        if not entries:
            return f"构成{NOT_PUBLISHED}"
        if not present:
            return "各项均没有发生"
        if len(present) == 1:
            return f"全部为{present[0].name}{self.share(present[0].fact_id)}"
        return "其中：" + "；".join(f"{one.name}{self.amount(one.fact_id)}{self.share(one.fact_id)}" for one in present)

    def listing(self, name: str) -> str:
        """Return “，包括：…” with each entry's amount; nothing where there are no entries."""
        entries: tuple[Entry, ...] = self.findings.entries(name)
        if not entries:
            return ""
        return "，包括：" + "、".join(f"{entry.name}{self.amount(entry.fact_id)}" for entry in entries)

    def _fact(self, fact_id: str) -> Fact:
        return self.findings.ledger[fact_id]


def change_words(prior_year: int, prior: Fact, current: Fact, change: Fact, rate: Fact) -> str:
    """Say how a figure moved since `prior_year`: 增加/减少/持平, a rate only where there is a base.

    What rounding hides is not said as a change: a difference that prints as zero is 基本持平.
    """
    if current.value is None:
        return "本年数未公开，不作比较"
    if prior.value is None or change.value is None:
        return f"{prior_year}年数未公开，不作比较"
    if change.value == 0:
        return f"与{prior_year}年持平"
    if _is_hidden(prior, current, change):
        return f"与{prior_year}年基本持平"
    verb, growth = ("增加", "增长") if change.value > 0 else ("减少", "下降")
    size = with_span(magnitude(change))
    if _prints_as_zero(prior):
        nothing = "为零" if prior.value == 0 else "按四舍五入为零"
        return f"{prior_year}年{nothing}，本年{'新增' if change.value > 0 else '减少'}{size}"
    moved = f"比{prior_year}年的{with_span(prior)}{verb}{size}"
    return moved if rate.value is None or _prints_as_zero(rate) else f"{moved}，{growth}{with_span(magnitude(rate))}"


def _is_hidden(prior: Fact, current: Fact, change: Fact) -> bool:
    """Say whether rounding hides a change: it prints as zero, or both figures print alike."""
    return _prints_as_zero(change) or prior.printed == current.printed


def _prints_as_zero(fact: Fact) -> bool:
    return fact.value is not None and round_half_up(fact.value, fact.decimals) == 0


def because_words(findings: Findings, prefix: str, reason: str) -> str:
    """Say why an outcome is above or below its budget; nothing where it equals it or the budget is unknown."""
    deviation = findings.ledger[f"{prefix}.deviation"]
    if not deviation.value or not reason:
        return ""
    side = "大于" if deviation.value > 0 else "小于"
    return f"，决算数{side}{_BUDGET_WORDS[findings.budget]}数的主要原因是{reason}"


def magnitude(fact: Fact) -> Fact:
    """Return the fact without its sign: the word beside it says the direction."""
    return fact if fact.value is None else replace(fact, value=abs(fact.value))


def with_span(fact: Fact) -> str:
    """Return the figure as its span, with its unit; 未公开 has none."""
    return fact_span(fact) + (fact.unit if fact.known else "")
