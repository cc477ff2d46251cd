"""The facts of the disclosure checklist: how many items are in which state, and the days that the law counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from juesuan.facts.ledger import Fact, Ledger, SourceCell
from juesuan.facts.outline import Findings
from juesuan.load import Accounts
from juesuan.load.reasons import missing_reasons
from juesuan.load.source_file import DISCLOSURE_DAYS

_PARTS = {"year": "年", "month": "月", "day": "日"}
CHECKLIST_STATES = {"present": "齐全", "empty": "无数据并已说明", "unpublished": "未公开", "failing": "缺失"}


def checklist_findings(accounts: Accounts, counts: Mapping[str, int]) -> Findings:
    """Return the facts of one office's checklist; `counts` says how many items are in each of `CHECKLIST_STATES`.

    Ids: `checklist.<state>` and `checklist.total`; `disclosure.days`; of a day that is known (`approved`, `published`,
    `deadline`) `<day>.year`, `.month` and `.day`; `disclosure.late` and `disclosure.spare`, the days that publication
    came after or before the last one.
    """
    book = _CountBook(Ledger(accounts.unit.unit_id, accounts.year), accounts)
    for state, word in CHECKLIST_STATES.items():
        book.count(f"checklist.{state}", f"公开内容：{word}", counts.get(state, 0), "项", "公开内容逐项核对的计数")
    total = sum(counts.get(state, 0) for state in CHECKLIST_STATES)
    states = tuple(f"checklist.{state}" for state in CHECKLIST_STATES)
    book.count("checklist.total", "应公开的项数", total, "项", " + ".join(CHECKLIST_STATES.values()), inputs=states)
    book.enter_days()
    return Findings(
        unit_name=accounts.unit.name, short_name=accounts.unit.short_name, region=accounts.unit.region,
        kind=accounts.unit.kind, year=accounts.year, prior_year=accounts.year - 1, profile=accounts.unit.profile,
        ledger=book.ledger, published=frozenset(accounts.tables), source=accounts.source.title,
    )  # fmt: skip


def unexplained(accounts: Accounts, prior: Accounts | None) -> frozenset[str]:
    """Return the keys of the reasons that the form asks for and the office did not give."""
    return frozenset(fault.column for fault in missing_reasons(accounts, prior))


@dataclass(frozen=True)
class _CountBook:
    """Enters counts and days of one office in its ledger."""

    ledger: Ledger
    accounts: Accounts

    def count(
        self, fact_id: str, title: str, value: int, unit: str, formula: str,
        inputs: tuple[str, ...] = (), sources: tuple[SourceCell, ...] = (),
    ) -> None:  # fmt: skip
        """Enter a whole number."""
        unit_id, year = self.accounts.unit.unit_id, self.accounts.year
        self.ledger.enter(Fact(fact_id, unit_id, year, title, Fraction(value), unit, 0, formula, inputs, sources))

    def enter_days(self) -> None:
        """Enter the days that are known and what they come to."""
        source = self.accounts.source
        self.count("disclosure.days", "公开期限", DISCLOSURE_DAYS, "日", "《中华人民共和国预算法》第十四条")
        self._day("approved", "批复日期", source.approved)
        self._day("published", "公开日期", source.published)
        if source.approved is None or source.deadline is None:
            return
        self._day("deadline", "最迟公开日期", source.deadline, (*_ids("approved"), "disclosure.days"))
        if source.published is None or source.published < source.approved:
            return
        late = (source.published - source.deadline).days
        published, deadline = _ids("published"), _ids("deadline")
        if late > 0:
            formula, inputs = "公开日期 − 最迟公开日期", (*published, *deadline)
            self.count("disclosure.late", "晚于期限的日数", late, "日", formula, inputs)
        elif late < 0:
            formula, inputs = "最迟公开日期 − 公开日期", (*deadline, *published)
            self.count("disclosure.spare", "早于期限的日数", -late, "日", formula, inputs)

    def _day(self, key: str, title: str, day: date | None, inputs: tuple[str, ...] = ()) -> None:
        if day is None:
            return
        cell = SourceCell(f"{self.accounts.folder}/source.toml", None, key)
        formula, sources = ("批复日期 + 公开期限", ()) if inputs else ("source.toml 所填", (cell,))
        for part, unit in _PARTS.items():
            self.count(f"{key}.{part}", f"{title}的{unit}", getattr(day, part), unit, formula, inputs, sources)


def _ids(key: str) -> tuple[str, ...]:
    return tuple(f"{key}.{part}" for part in _PARTS)
