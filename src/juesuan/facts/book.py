"""The bookkeeper: enters a year's figures in the ledger, each with its working and the cells it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from juesuan.analysis import change_between
from juesuan.facts.checks import enter_checks
from juesuan.facts.ledger import Fact, Ledger, SourceCell, amount_value
from juesuan.facts.printed import printed_total, refuse_more_than_rounding
from juesuan.load import Accounts
from juesuan.money import FEN_PER_UNIT, percent, write_amount

AMOUNT_UNIT = "万元"
AMOUNT_DECIMALS = 2
PERCENT_DECIMALS = 2
_DECIMALS_OF_A_FEN = 6  # of an amount in 万元
Selection = Mapping[str, str | Sequence[str]]
Budget = Literal["initial", "adjusted"]
Lines = Sequence[Mapping[Any, Any]]


@dataclass(frozen=True)
class Book:
    """A ledger open for one office; facts of `accounts.year` unless a method is given other accounts.

    The checks of whatever accounts it takes a figure from are entered with it.
    """

    ledger: Ledger
    accounts: Accounts
    percent_decimals: int = PERCENT_DECIMALS
    budget: Budget = "adjusted"
    _checked: list[Accounts] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._enter_checks(self.accounts)

    def _enter_checks(self, accounts: Accounts) -> None:
        if not any(one is accounts for one in self._checked):
            self._checked.append(accounts)
            enter_checks(self.ledger, accounts)

    def amount_of(
        self, accounts: Accounts | None, year: int, fact_id: str, title: str, table: str, where: Selection
    ) -> Fact:
        """Enter the sum of 决算数 over the rows of another year's `table` that match `where`."""
        if accounts is None:
            return self.value(fact_id, title, None, AMOUNT_UNIT, "未公开", year=year)
        self._enter_checks(accounts)
        return self._enter_lines(accounts, fact_id, title, lines_where(accounts, table, where), "final_fen", table)

    def sum_where(
        self, fact_id: str, title: str, table: str, where: Selection, column: str = "final_fen", sparse: bool = True
    ) -> Fact:
        """Enter the sum of `column` over the rows of `table` that match `where`; `sparse`: no row means zero."""
        lines = lines_where(self.accounts, table, where)
        return self.lines(fact_id, title, lines if lines or sparse else None, column, table)

    def lines(self, fact_id: str, title: str, lines: Lines | None, column: str, table: str) -> Fact:
        """Enter the sum of `column` (分) over `lines` of `table`; unknown where any cell is, or the table is not."""
        return self._enter_lines(self.accounts, fact_id, title, lines, column, table)

    def value(
        self,
        fact_id: str,
        title: str,
        value: Fraction | int | None,
        unit: str,
        formula: str,
        *,
        decimals: int = AMOUNT_DECIMALS,
        inputs: tuple[str, ...] = (),
        sources: tuple[SourceCell, ...] = (),
        year: int | None = None,
    ) -> Fact:
        """Enter a figure worked out elsewhere."""
        exact = value if value is None or isinstance(value, Fraction) else Fraction(value)
        year = self.accounts.year if year is None else year
        unit_id = self.accounts.unit.unit_id
        return self.ledger.enter(Fact(fact_id, unit_id, year, title, exact, unit, decimals, formula, inputs, sources))

    def share(self, part: Fact, whole: Fact, title: str) -> Fact:
        """Enter `part` as per cent of `whole`, under the part's id."""
        return self.ratio(f"{part.id}.share_pct", title, part, whole)

    def ratio(self, fact_id: str, title: str, part: Fact, whole: Fact) -> Fact:
        """Enter `part` ÷ `whole` in per cent; a zero or unknown base has no rate."""
        formula = f"{part.title} ÷ {whole.title} × 100%"
        rate = percent(part.value, whole.value)
        return self.value(
            fact_id, title, rate, "%", formula, decimals=self.percent_decimals, inputs=(part.id, whole.id)
        )

    def difference(self, fact_id: str, title: str, whole: Fact, less: Fact) -> Fact:
        """Enter `whole` − `less`; unknown where either is."""
        value = None if whole.value is None or less.value is None else whole.value - less.value
        return self.value(
            fact_id, title, value, AMOUNT_UNIT, f"{whole.title} − {less.title}", inputs=(whole.id, less.id)
        )

    def change(self, fact_id: str, title: str, prior: Fact, current: Fact) -> tuple[Fact, Fact]:
        """Enter the change from `prior` to `current` and its rate, as `<fact_id>.change` and `<fact_id>.change_pct`."""
        found = change_between(in_fen(prior), in_fen(current))
        inputs = (current.id, prior.id)
        size = self.value(
            f"{fact_id}.change", f"{title}增减额", amount_value(found.change_fen), AMOUNT_UNIT,
            f"{current.title} − {prior.title}", inputs=inputs,
        )  # fmt: skip
        rate = self.value(
            f"{fact_id}.change_pct", f"{title}增减率", found.change_pct, "%",
            f"（{current.title} − {prior.title}）÷ {prior.title} × 100%", decimals=self.percent_decimals, inputs=inputs,
        )  # fmt: skip
        return size, rate

    def _enter_lines(
        self, accounts: Accounts, fact_id: str, title: str, lines: Lines | None, column: str, table: str
    ) -> Fact:
        fen = None if lines is None else sum_known(lines, column)
        return self._sum(fact_id, title, fen, table, cells(accounts, table, column, lines or ()), accounts)

    def _sum(
        self, fact_id: str, title: str, fen: int | None, table: str, sources: tuple[SourceCell, ...], accounts: Accounts
    ) -> Fact:
        """Enter a sum of cells; where the original printed it and rounding alone sets them apart, as it was printed."""
        formula = "未公开" if fen is None else _sum_formula(table, sources)
        printed = printed_total(accounts, fact_id) if fen is not None and accounts is self.accounts else None
        if printed is not None and fen is not None:
            refuse_more_than_rounding(fact_id, accounts, fen, printed, len(sources))
            formula = f"原件所印；{formula}为 {write_amount(fen)}{AMOUNT_UNIT}，相差属四舍五入"
            sources, fen = (printed.cell,), printed.fen
        value = amount_value(fen)
        return self.value(fact_id, title, value, AMOUNT_UNIT, formula, sources=sources, year=accounts.year)


def lines_where(accounts: Accounts, table: str, where: Selection) -> Lines | None:
    """Return the rows of `table` whose columns equal (or begin with one of, given a list) what `where` says."""
    if table not in accounts.records:
        return None
    lines = accounts.records[table]
    for column, wanted in where.items():
        if isinstance(wanted, str):
            lines = [line for line in lines if line[column] == wanted]
        else:
            beginnings = tuple(wanted)
            lines = [line for line in lines if str(line[column] or "").startswith(beginnings)]
    return lines


def sum_known(lines: Lines, column: str) -> int | None:
    """Return the sum of `column` (分) over `lines`; None where any cell is missing."""
    values = [line[column] for line in lines]
    return None if None in values else sum(values)


def cells(accounts: Accounts, table: str, column: str, lines: Lines) -> tuple[SourceCell, ...]:
    """Return where the cells of `column` stand in `data/`; those of an amount with what they hold, in 万元."""
    if not lines:  # most cells of the official tables
        return ()
    file, written, is_amount = f"{accounts.folder}/{table}.csv", column.removesuffix("_fen"), column.endswith("_fen")
    return tuple(
        SourceCell(file, line["source_row"], written, _in_wan(line[column]) if is_amount else "") for line in lines
    )


@lru_cache(maxsize=4096)
def _in_wan(fen: int | None) -> str:
    """Return an amount in 万元 as it is printed, or to the 分 where that would round it; nothing for a blank cell."""
    if fen is None:
        return ""
    is_exact = fen % 10 ** (_DECIMALS_OF_A_FEN - AMOUNT_DECIMALS) == 0
    return write_amount(fen, AMOUNT_UNIT, AMOUNT_DECIMALS if is_exact else _DECIMALS_OF_A_FEN)


def in_fen(fact: Fact) -> int | None:
    """Return an amount in 万元 as whole 分."""
    return None if fact.value is None else int(fact.value * FEN_PER_UNIT[fact.unit])


def _sum_formula(table: str, sources: tuple[SourceCell, ...]) -> str:
    if not sources:
        return f"{table}.csv 中没有此类行，为零"
    rows = "、".join(str(cell.row) for cell in sources)
    return f"{table}.csv 第 {rows} 行 {sources[0].column}" + ("之和" if len(sources) > 1 else "")
