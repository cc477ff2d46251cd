"""The ledger of facts: what a reader will see, each number once, with its working and its source."""

from juesuan.facts.checklist import CHECKLIST_STATES, checklist_findings, unexplained
from juesuan.facts.comparison import comparison_findings
from juesuan.facts.front import front_findings
from juesuan.facts.ledger import (
    Check,
    Fact,
    FactClashError,
    Ledger,
    SourceCell,
    UnknownFactError,
    ledger_from_body,
    read_ledger,
)
from juesuan.facts.outline import Entry, Findings, Indicator
from juesuan.facts.report import report_findings
from juesuan.facts.trend import trend_findings
from juesuan.facts.variance import variance_findings

__all__ = [
    "CHECKLIST_STATES",
    "Check",
    "Entry",
    "Fact",
    "FactClashError",
    "Findings",
    "Indicator",
    "Ledger",
    "SourceCell",
    "UnknownFactError",
    "checklist_findings",
    "comparison_findings",
    "front_findings",
    "ledger_from_body",
    "read_ledger",
    "report_findings",
    "trend_findings",
    "unexplained",
    "variance_findings",
]
