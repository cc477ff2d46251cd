"""The ledger of facts: what a reader will see, each number once, with its working and its source."""

from juesuan.facts.checklist import CHECKLIST_STATES, checklist_findings, unexplained
from juesuan.facts.comparison import comparison_findings
from juesuan.facts.explore import explore_findings
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
from juesuan.facts.office import office_findings
from juesuan.facts.official import FISCAL, economic_items, fund_scope
from juesuan.facts.outline import Entry, Findings, Indicator
from juesuan.facts.report import report_findings
from juesuan.facts.search import Searched, SearchedItem, SearchedOffice, SearchedYear, searched
from juesuan.facts.terms import CodeName, TermsFindings, YearSource, terms_findings
from juesuan.facts.trend import trend_findings
from juesuan.facts.variance import variance_findings
from juesuan.load import Accounts

__all__ = [
    "CHECKLIST_STATES",
    "FISCAL",
    "Accounts",
    "Check",
    "CodeName",
    "Entry",
    "Fact",
    "FactClashError",
    "Findings",
    "Indicator",
    "Ledger",
    "Searched",
    "SearchedItem",
    "SearchedOffice",
    "SearchedYear",
    "SourceCell",
    "TermsFindings",
    "UnknownFactError",
    "YearSource",
    "checklist_findings",
    "comparison_findings",
    "economic_items",
    "explore_findings",
    "front_findings",
    "fund_scope",
    "ledger_from_body",
    "office_findings",
    "read_ledger",
    "report_findings",
    "searched",
    "terms_findings",
    "trend_findings",
    "unexplained",
    "variance_findings",
]
