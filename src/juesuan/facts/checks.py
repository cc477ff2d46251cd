"""What the rules found, entered beside the facts, so that a figure's passport can name the checks its cells passed."""

from __future__ import annotations

from juesuan.facts.ledger import Check, Ledger, SourceCell
from juesuan.load import Accounts, Finding

_PRIOR = "prior."


def enter_checks(ledger: Ledger, accounts: Accounts) -> None:
    """Enter every check that could be made of `accounts`."""
    for finding in accounts.findings:
        if finding.outcome == "not_applicable":
            continue
        places = _places(accounts, finding)
        cells = tuple(
            SourceCell(file, row, column)
            for table, row in dict.fromkeys(finding.cells)
            for file, column in places[table]
        )
        ledger.enter_check(Check(finding.rule.id, finding.rule.words, finding.outcome, finding.working, cells))


def _places(accounts: Accounts, finding: Finding) -> dict[str, dict[tuple[str, str], None]]:
    """Return the files and columns that a rule reads, in its order, by table as its finding names it."""
    places: dict[str, dict[tuple[str, str], None]] = {}
    for term in finding.rule.expression.terms:
        prefix, year = (_PRIOR, accounts.year - 1) if term.prior else ("", accounts.year)
        place = (f"{accounts.unit.unit_id}/{year}/{term.table}.csv", term.column)
        places.setdefault(f"{prefix}{term.table}", {})[place] = None
    return places
