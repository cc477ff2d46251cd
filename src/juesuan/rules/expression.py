"""The language of `rules.csv`: sums of table columns, compared.

    expenditure.final[category=basic] + expenditure.final[category=project] = totals.final[item=expenditure.total]

A term is `table.column[filter, filter]`; a filter is `column=value|value`, `column!=value|value` or `column^=prefix|prefix`.
`prior.table.column` reads last year's table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_TERM = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<prior>prior\.)?(?P<table>[a-z_]+)\.(?P<column>[a-z_]+)(?:\[(?P<filters>[^\]]*)\])?"
)
_FILTER = re.compile(r"(?P<column>[a-z_]+)\s*(?P<test>!=|\^=|=)\s*(?P<values>\S+)")
Comparison = Literal["=", "<="]


class RuleSyntaxError(ValueError):
    """A line of `rules.csv` cannot be read."""


@dataclass(frozen=True)
class Filter:
    """Keep the rows whose `column` is one of (=), none of (!=) or begins with one of (^=) `values`."""

    column: str
    test: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A signed sum of one column over the rows that pass the filters."""

    sign: int
    prior: bool
    table: str
    column: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True)
class Expression:
    """Two sums and what must hold between them."""

    left: tuple[Term, ...]
    comparison: Comparison
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, left then right."""
        return self.left + self.right


def parse_expression(text: str) -> Expression:
    """Return the expression `text` says; raises `RuleSyntaxError`."""
    bare = re.sub(r"\[[^\]]*\]", lambda match: " " * len(match.group()), text)
    if not (match := re.search(r"<=|=", bare)):
        raise RuleSyntaxError(f"“{text}” 没有比较符号；应为 = 或 <=")
    comparison: Comparison = "<=" if match.group() == "<=" else "="
    return Expression(_side(text[: match.start()]), comparison, _side(text[match.end() :]))


def _side(text: str) -> tuple[Term, ...]:
    terms, position = [], 0
    text = text.strip()
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None:
            raise RuleSyntaxError(f"“{text[position:]}” 不是一项；应如 expenditure.final[category=basic]")
        terms.append(_term(match))
        position = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if not terms:
        raise RuleSyntaxError("比较符号的一边是空的")
    return tuple(terms)


def _term(match: re.Match[str]) -> Term:
    filters = tuple(_filter(part) for part in (match["filters"] or "").split(",") if part.strip())
    return Term(-1 if match["sign"] == "-" else 1, bool(match["prior"]), match["table"], match["column"], filters)


def _filter(text: str) -> Filter:
    match = _FILTER.fullmatch(text.strip())
    if match is None:
        raise RuleSyntaxError(f"“{text}” 不是筛选条件；应如 category=basic")
    return Filter(match["column"], match["test"], tuple(match["values"].split("|")))
