"""What the rules found, entered beside the facts, so that a figure's passport can name the checks its cells passed."""

from __future__ import annotations

from juesuan.facts.ledger import Check, Ledger, SourceCell
from juesuan.load import Accounts

_PRIOR = "prior."


def enter_checks(ledger: Ledger, accounts: Accounts) -> None:
    """Enter every check that could be made of `accounts`."""
    for finding in accounts.findings:
        if finding.outcome == "not_applicable":
            continue
        columns: dict[str, list[str]] = {}
        for term in finding.rule.expression.terms:
            columns.setdefault(f"{_PRIOR if term.prior else ''}{term.table}", []).append(term.column)
        cells = tuple(
            SourceCell(_file(accounts, table), row, column)
            for table, row in dict.fromkeys(finding.cells)
            for column in dict.fromkeys(columns[table])
        )
        ledger.enter_check(Check(finding.rule.id, finding.rule.words, finding.outcome, finding.working, cells))


def _file(accounts: Accounts, table: str) -> str:
    year = accounts.year - 1 if table.startswith(_PRIOR) else accounts.year
    return f"{accounts.unit.unit_id}/{year}/{table.removeprefix(_PRIOR)}.csv"
