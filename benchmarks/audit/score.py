"""Findings held against the seeded error: found, in its place, with the right correction; and what is false."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.audit.errors import Error
from benchmarks.audit.paper import Grid, Report, Spot, save
from juesuan.audit import audit_document
from juesuan.audit.audit import Audited
from juesuan.audit.judge import Finding
from juesuan.classification import Classification


@dataclass
class Outcome:
    """What the audit made of one spoilt report."""

    kind: str
    name: str
    error: Error
    found: bool
    located: bool
    corrected: bool | None
    false: list[Finding] = field(default_factory=list)
    findings: int = 0
    seconds: float = 0.0
    context: str = ""


def audit_report(
    report: Report, instead: dict[int, str], folder: Path, known: Classification, ending: str = ".txt"
) -> Audited:
    """Return what the audit says of the report with the tokens `instead` replaced."""
    path = folder / f"{report.name}{ending}"
    save(path, list(report.plain_blocks(instead)))
    return audit_document(path, known)


def outcome(report: Report, error: Error, audited: Audited) -> Outcome:
    """Return the findings of a spoilt report held against its error."""
    about = [one for one in audited.findings if is_about(one, report, error, audited)]
    here = [one for one in about if is_at(one, report, error, audited)]
    proposals = [one for one in here if one.recomputed]
    corrected = None
    if proposals and _number(error.right) and len(error.instead) == 1:
        corrected = any(_number(one.recomputed) == _number(error.right) for one in proposals)
    false = [one for one in audited.findings if one not in about]
    spot = report.spot(error.at, error.instead)
    block = report.blocks[spot.block]
    words = (
        block.title
        if isinstance(block, Grid)
        else report.filled(block, error.instead)[max(0, spot.start - 40) : spot.end + 30]
    )
    return Outcome(error.kind, report.name, error, bool(about), bool(here), corrected, false, len(audited.findings), audited.seconds, words)  # fmt: skip


def is_at(finding: Finding, report: Report, error: Error, audited: Audited) -> bool:
    """Say whether the finding covers one of the error's tokens, or its cell."""
    for index, text in error.instead.items():
        spot = report.spot(index, error.instead)
        block = report.blocks[spot.block]
        if isinstance(block, Grid):
            cell = block.title in finding.place or block.title in finding.message
            if cell and (text in finding.printed or text in finding.quote):
                return True
        elif finding.start <= spot.end and finding.end >= spot.start and _same(audited, finding, report, spot, error):
            return True
    return False


def is_about(finding: Finding, report: Report, error: Error, audited: Audited) -> bool:
    """Say whether the finding covers the error, or names its number or its words."""
    if is_at(finding, report, error, audited):
        return True
    for index, text in error.instead.items():
        bare = text.strip()
        number = re.search(r"[\d,.]+", bare)
        wanted = rf"(?<![\d.,]){re.escape(number.group())}(?![\d])(?!\.\d)" if number else re.escape(bare)
        if len(bare) > 1 and re.search(wanted, f"{finding.message}|{finding.printed}|{finding.recomputed}"):
            return True
        spot = report.spot(index, error.instead)
        if _same(audited, finding, report, spot, error):
            return True  # the same paragraph: an equation that the error spoilt
    return False


def _same(audited: Audited, finding: Finding, report: Report, spot: Spot, error: Error) -> bool:
    """Say whether the finding is about the paragraph of the spot."""
    block = report.blocks[spot.block]
    if audited.judgement is None or finding.paragraph < 0 or isinstance(block, Grid):
        return False
    said = audited.judgement.bench.reading.said[finding.paragraph]
    return "".join(said.paragraph.text.split()) == "".join(report.filled(block, error.instead).split())


def _number(text: str) -> str:
    digits = re.sub(r"[^\d.]", "", text)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
