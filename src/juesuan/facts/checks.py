"""What the rules found, entered beside the facts, so that a figure's passport can name the checks its cells passed.

A page over all offices carries tens of thousands of checks, each of several cells; so they are made when they are asked
for, and written as JSON without being made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from juesuan.facts.check_text import COMPACT
from juesuan.facts.ledger import Check, Ledger, SourceCell
from juesuan.load import Accounts, Finding, Rule

_PRIOR = "prior."


def enter_checks(ledger: Ledger, accounts: Accounts) -> None:
    """Enter every check that could be made of `accounts`."""
    ledger.enter_checks(_ChecksOf(accounts))


@dataclass(frozen=True, eq=False)
class _ChecksOf:
    """The checks of one office's year."""

    accounts: Accounts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ChecksOf) and self.accounts is other.accounts

    def __hash__(self) -> int:
        return id(self.accounts)

    def __iter__(self) -> Iterator[Check]:
        for finding in self._made():
            columns = _texts_of(finding.rule).columns
            cells = tuple(
                SourceCell(self._file(table), row, column)
                for table, row in dict.fromkeys(finding.cells)
                for column in columns[table]
            )
            yield Check(finding.rule.id, finding.rule.words, finding.outcome, finding.working, cells)

    def texts(self) -> Iterator[str]:
        """Yield each check as JSON, as `check_body` tells it."""
        file = cache(lambda table: COMPACT.encode(self._file(table)))
        for finding in self._made():
            rule = _texts_of(finding.rule)
            cells = ",".join(
                [
                    f"[{file(table)},{row}{end}"
                    for table, row in dict.fromkeys(finding.cells)
                    for end in rule.ends[table]
                ]
            )
            came_to = f'"outcome":"{finding.outcome}","working":{COMPACT.encode(finding.working)}'
            yield f'{{{rule.words},{came_to},"cells":[{cells}]}}'

    def _made(self) -> Iterator[Finding]:
        return (finding for finding in self.accounts.findings if finding.outcome != "not_applicable")

    def _file(self, table: str) -> str:
        """Return the file of a table, named as findings name it."""
        year = self.accounts.year - table.startswith(_PRIOR)
        return f"{self.accounts.unit.unit_id}/{year}/{table.removeprefix(_PRIOR)}.csv"


@dataclass(frozen=True)
class _RuleText:
    """What the checks of a rule have in common: by table the columns it reads, in its order; as JSON these and its words."""

    columns: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    words: str


@cache
def _texts_of(rule: Rule) -> _RuleText:
    columns: dict[str, dict[str, None]] = {}
    for term in rule.expression.terms:
        columns.setdefault(f"{_PRIOR if term.prior else ''}{term.table}", {})[term.column] = None
    ends = {table: tuple(f",{COMPACT.encode(name)}]" for name in names) for table, names in columns.items()}
    words = f'"rule_id":{COMPACT.encode(rule.id)},"words":{COMPACT.encode(rule.words)}'
    return _RuleText({table: tuple(names) for table, names in columns.items()}, ends, words)
