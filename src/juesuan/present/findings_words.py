"""Sentences of the exploratory pages: what drove a change, whether it is material, where a trend leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from juesuan.facts import Findings
from juesuan.present.wording import Wording, magnitude, with_span

_DRIVERS_NAMED = 3


@dataclass(frozen=True)
class FindingsWording:
    """What a sentence of variance, trend or comparison may call."""

    findings: Findings

    def vocabulary(self) -> Mapping[str, Any]:
        """Return the names that a sentence may use besides those of `Wording`."""
        return {
            "largest": self.largest,
            "material_words": self.material_words,
            "driver_words": self.driver_words,
            "trend_words": self.trend_words,
            "comparison_words": self.comparison_words,
        }

    def largest(self, name: str) -> str:
        """Name the largest entry of a list with its share."""
        ledger = self.findings.ledger
        known = [entry for entry in self.findings.entries(name) if ledger[entry.fact_id].known]
        if not known:
            return "构成未公开"
        top = max(known, key=lambda entry: ledger[entry.fact_id].value or 0)
        share = Wording(self.findings).share(top.fact_id)
        return f"{top.name}{with_span(ledger[top.fact_id])}{share}" + ("，为最大一项" if len(known) > 1 else "")

    def material_words(self) -> str:
        """Say which control totals moved materially."""
        material = [entry.name for entry in self.findings.entries("headlines") if entry.note == "重大"]
        if not material:
            return "按所定标准，没有重大变动。"
        return f"按所定标准，{'、'.join(material)}属于重大变动。"

    def driver_words(self) -> str:
        """Name the 类 that carried most of the change, or say that last year has no detail."""
        found = self.findings
        entries = found.entries("by_class")[:_DRIVERS_NAMED]
        if not entries:
            return f"{found.prior_year}年只公开了合计数，不能说明由哪些科目带动。"
        parts = []
        for entry in entries:
            change = found.ledger[entry.fact_id]
            verb, pull = ("增加", "拉高") if change.value and change.value > 0 else ("减少", "拉低")
            pp = found.ledger[f"{entry.fact_id.removesuffix('.change')}.contribution_pp"]
            if change.value:
                pulled = f"（{pull}{with_span(magnitude(pp))}）" if pp.known else ""
                parts.append(f"{entry.name}{verb}{with_span(magnitude(change))}{pulled}")
        return f"变动主要来自{'、'.join(parts)}。" if parts else "各功能分类均与上年持平。"

    def trend_words(self, item: str) -> str:
        """Say where a control total went from its first known year to its last."""
        ledger = self.findings.ledger
        points = [ledger[entry.fact_id] for entry in self.findings.entries(item)]
        known = [fact for fact in points if fact.known]
        name = next((entry.name for entry in self.findings.entries("items") if entry.code == item), item)
        if len(known) < 2:
            return f"{name}只有{known[0].year}年一个年度有数，看不出走向。" if known else f"{name}未公开。"
        first, last = known[0], known[-1]
        growth = ledger[f"{item}.compound_growth_pct"]
        way = "升至" if (last.value or 0) > (first.value or 0) else "降至" if last.value != first.value else "仍为"
        yearly = (
            f"，年均{'增长' if (growth.value or 0) >= 0 else '下降'}{with_span(magnitude(growth))}"
            if growth.known
            else ""
        )
        return f"{name}由{first.year}年的{with_span(first)}{way}{last.year}年的{with_span(last)}{yearly}。"

    def comparison_words(self) -> str:
        """Name the office that spent most, among how many."""
        found = self.findings
        entries = found.entries("units")
        count = found.ledger["units.count"]
        if len(entries) == 1:
            return f"{found.year}年只有{with_span(count)}单位有数据：{entries[0].name}，本年支出{with_span(found.ledger[entries[0].fact_id])}。"
        top = entries[0]
        share = found.ledger[f"unit.{top.code}.share_pct"]
        return (
            f"{found.year}年{with_span(count)}单位中，{top.name}支出最多，为{with_span(found.ledger[top.fact_id])}，"
            f"占{with_span(share)}。"
        )
