"""One office and year as the rows of its tables: spending, then the money that it came from, then what is disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from juesuan.schema import FISCAL_FUNDS, FUNDS, THREE_PUBLIC_ITEMS
from juesuan.synthetic.draw import STEP, WAN, dice, divide, uneven, whole
from juesuan.synthetic.offices import Office
from juesuan.synthetic.spending import Spending, spending
from juesuan.synthetic.three_public import THREE_PUBLIC_CODES, three_public_budget

Row = dict[str, str | int]  # an `int` is an amount in 分; all else is text, as the file has it
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Balance:
    """年初, 使用非财政拨款结余, 结余分配 and 年末 of a fund, and the income that they and the spending ask for, in 分."""

    opening: int
    used: int
    distributed: int
    closing: int
    income: int


@dataclass(frozen=True)
class Year:
    """One office's year, whole; everything else about it is read off from here."""

    office: Office
    year: int
    spent: Spending
    balances: dict[str, Balance]

    @cached_property
    def three_public(self) -> dict[str, int]:
        """“三公”经费 by item, in 分: what stands under its 经济科目."""
        return {item: self.spent.spent_on(code) for item, code in THREE_PUBLIC_CODES.items()}

    @cached_property
    def totals(self) -> dict[str, int]:
        """The control totals (公开01, 04, 06), in 分."""
        income = sum(one.income for one in self.balances.values())
        fiscal = sum(one.income + one.opening for fund, one in self.balances.items() if fund in FISCAL_FUNDS)
        return {
            "income.total": income,
            "expenditure.total": self.spent.of(),
            "grand.total": income + sum(one.opening + one.used for one in self.balances.values()),
            "fiscal.total": fiscal,
            "fiscal_expenditure.total": fiscal,
            "general_public.total": self.spent.of(fund="general_public"),
        }


def account(office: Office, year: int) -> Year:
    """Return the office's year."""
    spent = spending(office, year)
    return Year(office, year, spent, {fund: _balance(office, year, fund, spent.of(fund=fund)) for fund in FUNDS})


def _balance(office: Office, year: int, fund: str, spent: int) -> Balance:
    chance = dice(office.seed, office.unit_id, year, "balance", fund)
    opening, closing = office.closing(fund, year - 1), office.closing(fund, year)
    earns = fund == "other" and spent > 0
    used = whole(spent * 0.04) if earns and chance.random() < 0.2 else 0
    distributed = whole(spent * 0.02) if earns and not used and chance.random() < 0.2 else 0
    return Balance(opening, used, distributed, closing, spent + distributed + closing - opening - used)


def tables(year: Year) -> Tables:
    """Return the rows of every table of amounts, as `schema.py` describes them."""
    return {
        "totals": [{"item": item, "final": fen} for item, fen in year.totals.items()],
        "revenue": _revenue(year),
        "expenditure": [_expenditure(year, line) for line in sorted(year.spent.lines)],
        "economic": [
            {"function_code": function, "economic_code": economic, "fund": fund, "category": category, "final": fen}
            for (function, economic, fund, category), fen in sorted(year.spent.economic.items())
        ],
        "carryover": [
            {"fund": fund, "opening": one.opening, "surplus_used": one.used, "surplus_distributed": one.distributed,
             "closing": one.closing}
            for fund, one in year.balances.items()
        ],
        "three_public": [_three_public(year, item) for item in THREE_PUBLIC_ITEMS],
        "projects": [
            {"project": one.plan.name, "function_code": one.plan.function_code, "fund": one.fund,
             "budget": one.budget, "final": one.final}
            for one in year.spent.projects
        ],
    }  # fmt: skip


def _expenditure(year: Year, line: tuple[str, str, str]) -> Row:
    function_code, fund, category = line
    initial, adjusted = year.spent.budgets[line]
    return {"function_code": function_code, "fund": fund, "category": category,
            "initial_budget": initial, "adjusted_budget": adjusted, "final": year.spent.lines[line]}  # fmt: skip


def _three_public(year: Year, item: str) -> Row:
    final = year.three_public[item]
    initial, adjusted = three_public_budget(year.office, year.year, item, final)
    return {"item": item, "fund": "general_public", "initial_budget": initial, "adjusted_budget": adjusted,
            "final": final}  # fmt: skip


def _revenue(year: Year) -> list[Row]:
    """Return income by 科目 and source: 财政拨款 where it is spent, the rest under the office's own 科目."""
    income: dict[tuple[str, str], int] = {}
    for fund in FISCAL_FUNDS:
        income |= {(code, fund): fen for code, fen in _appropriated(year, fund).items()}
    sources = year.office.kind.outside
    if sources and year.balances["other"].income:
        chance = dice(year.office.seed, year.office.unit_id, year.year, "sources")
        parts = divide(year.balances["other"].income, uneven([*sources.values()], chance))
        income |= {(year.office.kind.running, source): fen for source, fen in zip(sources, parts, strict=True)}
    return [
        {"function_code": code, "source": source, "initial_budget": _planned(year, code, source, fen),
         "adjusted_budget": fen, "final": fen}
        for (code, source), fen in sorted(income.items())
    ]  # fmt: skip


def _appropriated(year: Year, fund: str) -> dict[str, int]:
    """Return 财政拨款 of a fund by 科目; what its balance grew or shrank by goes to the largest."""
    by_code: dict[str, int] = {}
    for (code, one, _), fen in year.spent.lines.items():
        if one == fund:
            by_code[code] = by_code.get(code, 0) + fen
    if by_code:
        largest = max(sorted(by_code), key=by_code.__getitem__)
        by_code[largest] += year.balances[fund].income - sum(by_code.values())
    return by_code


def _planned(year: Year, code: str, source: str, fen: int) -> int:
    chance = dice(year.office.seed, year.office.unit_id, year.year, "planned", code, source)
    return whole(fen * chance.choice((1, 1, 0.92, 0.97, 1.03)))


def in_wan(fen: int) -> str:
    """Return 分 as 万元 with two decimals, exactly."""
    wan, rest = divmod(abs(fen), WAN)
    return f"{'-' if fen < 0 else ''}{wan}.{rest // STEP:02d}"
