"""One file audited: read, understood, judged; what holds, what does not, and how much of it was covered."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from juesuan.audit.against import Comparison, Expectation, compare_with_accounts
from juesuan.audit.exceptions import Exempted, Exemption, exempt
from juesuan.audit.judge import Finding, Judgement, judge
from juesuan.classification import Classification
from juesuan.faults import UnreadableError
from juesuan.reading.document import read_document
from juesuan.reading.grammar import read_claims

_COMPARED = ("compared", "agreed", "not_placed")
_RANK = {"错误": 0, "疑点": 1, "提示": 2}


@dataclass(frozen=True)
class Coverage:
    """How many numbers a file holds, how many stand in a claim, were checked, were not understood."""

    numbers: int = 0
    in_claims: int = 0
    checked: int = 0
    not_understood: int = 0
    in_sentences: int = 0
    checked_in_sentences: int = 0


@dataclass
class Audited:
    """What came out for one file; `fault` says why it could not be read."""

    file: Path
    findings: list[Finding] = field(default_factory=list)
    coverage: Coverage = Coverage()
    seconds: float = 0.0
    exempted: Exempted | None = None
    judgement: Judgement | None = None
    comparison: Comparison | None = None
    fault: str = ""

    @property
    def clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.fault and not self.findings


def audit_document(
    path: Path,
    classification: Classification | None = None,
    exemptions: Sequence[Exemption] = (),
    today: date | None = None,
    expectation: Expectation | None = None,
) -> Audited:
    """Return what a published final account says wrongly, and where it differs from the accounts of `expectation`.

    A file that cannot be read has a `fault`.
    """
    begun = time.perf_counter()
    try:
        judgement = judge(read_claims(read_document(path)), classification)
    except UnreadableError as error:
        return Audited(path, seconds=time.perf_counter() - begun, fault=str(error))
    covered = _coverage(judgement)  # of the file against itself; the accounts are counted apart
    comparison = compare_with_accounts(path, judgement, expectation) if expectation else None
    findings = sorted(judgement.bench.findings, key=_order)
    parted = exempt(findings, exemptions, path, today or date.today())
    seconds = time.perf_counter() - begun
    return Audited(path, parted.left, covered, seconds, parted, judgement, comparison)


def _order(finding: Finding) -> tuple[int, int, int]:
    return _RANK[finding.severity], finding.paragraph if finding.paragraph >= 0 else 1_000_000, finding.start


def _coverage(judgement: Judgement) -> Coverage:
    figures = [one for said in judgement.bench.reading.said for one in said.figures if one.is_value]
    claimed = sum(bool(one.role) for one in figures)
    checked = sum(one.verdict not in ("", "unchecked") for one in figures)
    cells, asked = judgement.cells, len(judgement.outcomes)
    return Coverage(
        len(figures) + cells, claimed + asked, checked + asked,
        len(figures) - claimed + cells - asked, len(figures), checked,
    )  # fmt: skip


def audited_record(audited: Audited) -> dict[str, Any]:
    """Return the outcome as JSON-ready fields."""
    names = ("place", "quote", "rule", "severity", "printed", "recomputed", "message")
    counts = ("numbers", "in_claims", "checked", "not_understood")
    record: dict[str, Any] = {
        "file": audited.file.as_posix(),
        "findings": [{name: getattr(one, name) for name in names} for one in audited.findings],
        "coverage": {name: getattr(audited.coverage, name) for name in counts},
        "seconds": round(audited.seconds, 3),
    }
    if audited.comparison is not None:
        record["coverage"] |= {name: getattr(audited.comparison, name) for name in _COMPARED}
    return record | ({"fault": audited.fault} if audited.fault else {})
