"""The official tables put together: what each prints of income, expenditure, carry-over, 三公 and projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from juesuan.classification import Classification
from juesuan.ingest.amounts import Amount, added, difference
from juesuan.ingest.crossed import Crossed, crossed
from juesuan.ingest.sheets import Sheet, plain
from juesuan.ingest.sides import FISCAL, Sides, sides_of
from juesuan.ingest.taken import Taken
from juesuan.schema import CATEGORIES, REVENUE_SOURCES

_OWN_SOURCES = tuple(one for one in REVENUE_SOURCES if one not in FISCAL)
_PARTS = {
    "revenue": ("fiscal", *_OWN_SOURCES),
    "spent": tuple(CATEGORIES),
    "balance": ("basic", "project"),
}


@dataclass
class Books:
    """The recognised tables of a document, read."""

    sheets: Sequence[Sheet]
    classification: Classification
    year: int
    totals: Sides | None = None
    fiscal: Sides | None = None
    crossed: dict[tuple[str, str], Crossed] = field(default_factory=dict)

    def of(self, kind: str, fund: str = "") -> Crossed | None:
        """Return a table by 科目, None where the document has none."""
        return self.crossed.get((kind, fund))

    def first(self, kind: str, fund: str | None = None) -> Sheet | None:
        """Return the first sheet of a kind."""
        return next((one for one in self.sheets if one.form.kind == kind and fund in (None, one.form.fund)), None)

    def nothing_of(self, fund: str) -> bool:
        """Say whether the tables prove that a fund had neither income nor expenditure."""
        if (balance := self.of("balance", fund)) is not None and balance.cells.get("", {}).get("all") is not None:
            total = balance.cells[""]
            return not any(one.value for one in total.values()) and "revenue" in total
        sides = self.fiscal
        if sides is None or "expenditure" not in sides.foot or "income" not in sides.foot:
            return False
        spent = sides.by_fund.get("expenditure", {})
        balanced = added(spent.values()).meets(sides.foot["expenditure"].interval) and bool(spent)
        earned = added(sides.income.values()).meets(sides.foot["income"].interval) and bool(sides.income)
        there = (spent.get(fund), sides.income.get(fund))
        return balanced and earned and not any(one is not None and one.value for one in there)


def books_of(sheets: Sequence[Sheet], classification: Classification, year: int) -> Books:
    """Read every recognised table; of two that are the same the first counts."""
    books = Books(sheets, classification, year)
    for sheet in sheets:
        kind, fund = sheet.form.kind, sheet.form.fund
        if kind == "totals":
            books.totals = books.totals or sides_of(sheet)
        elif kind == "fiscal_totals":
            books.fiscal = books.fiscal or sides_of(sheet)
        elif kind in _PARTS:
            parts = _PARTS[kind]
            parts = parts if kind != "spent" or not fund else ("basic", "project")
            read = crossed(sheet, "all", parts)
            if kind == "balance":
                _with_balances(read, sheet)
            books.crossed.setdefault((kind, fund), read)
    return books


def _with_balances(read: Crossed, sheet: Sheet) -> None:
    """Add opening, revenue and closing of a fund, which are no part of what was spent."""
    others = crossed(sheet, "none", ("opening", "revenue", "closing"))
    for code, row in others.cells.items():
        read.cells.setdefault(code, {}).update(row)


def take_totals(books: Books, taken: Taken) -> None:
    """Enter the control totals, and compare each with every table that prints it again."""
    totals, fiscal = books.totals, books.fiscal
    foot = totals.foot if totals else {}
    of_fiscal = fiscal.foot if fiscal else {}
    by_fund = fiscal.by_fund.get("expenditure", {}) if fiscal else {}
    taken.total("income.total", foot.get("income"), _whole(books.of("revenue")))
    taken.total("expenditure.total", foot.get("expenditure"), _whole(books.of("spent")))
    taken.total("grand.total", foot.get("grand"), foot.get("grand_out"))
    taken.total("fiscal.total", of_fiscal.get("grand"))
    taken.total("fiscal_expenditure.total", of_fiscal.get("grand_out"))
    taken.total("general_public.total", _whole(books.of("spent", "general_public")), by_fund.get("general_public"))


def _whole(table: Crossed | None) -> Amount | None:
    return table.cells.get("", {}).get("all") if table else None


def _unproved(table: Crossed, taken: Taken, name: str) -> bool:
    """Say whether a table has blanks that may be anything: then `name` is not taken, since a row left out means zero."""
    if not table.unproved:
        return False
    places = "、".join(table.unproved[:3]) + ("…" if len(table.unproved) > 3 else "")
    taken.unsettled.append(f"{name}：{len(table.unproved)} 格空白，不能由合计证明为零（{places}）；这张表不取")
    return True


def take_revenue(books: Books, taken: Taken) -> None:
    """Enter 公开02 by source; 财政拨款 is parted by fund with 公开11 and 13, or where one fund alone had income."""
    table = books.of("revenue")
    if table is None or not table.items or _unproved(table, taken, "revenue"):
        return
    parted = {fund: _revenue_of(books, fund) for fund in FISCAL[1:]}
    if any(rows is None for rows in parted.values()):
        taken.unsettled.append("revenue：财政拨款收入没有分资金性质印出，无从分开；这张表不取")
        return
    for code, row in table.items.items():
        others = {fund: rows[code] for fund, rows in parted.items() if rows and code in rows}
        found = {**others, **{one: row[one] for one in _OWN_SOURCES if one in row}}
        if "fiscal" in row:
            found["general_public"] = difference(row["fiscal"], others.values())
        for source in REVENUE_SOURCES:
            if (amount := found.get(source)) is not None and counts(amount):
                taken.put("revenue", (code, source), final=amount)
        taken.use(*row.values())
        taken.sum(f"revenue.{code}", row.get("all"), [row[one] for one in _PARTS["revenue"] if one in row])
    _sums(table, taken, "revenue", _PARTS["revenue"])


def _revenue_of(books: Books, fund: str) -> dict[str, Amount] | None:
    """Return a fund's income by 项; empty where it had none, None where the tables do not say."""
    if books.nothing_of(fund):
        return {}
    balance = books.of("balance", fund)
    rows = {code: row["revenue"] for code, row in balance.items.items() if "revenue" in row} if balance else {}
    return rows or None


def counts(amount: Amount) -> bool:
    """Say whether an amount is more than rounding can make of nothing."""
    return amount.value != 0 and (not amount.derived or abs(amount.value) > amount.half)


def take_expenditure(books: Books, taken: Taken) -> None:
    """Enter 公开06, 11, 13 (or 14) by fund; what 公开03 prints beyond them is of other funds."""
    whole = books.of("spent")
    funds = {fund: _spent_of(books, fund) for fund in FISCAL}
    known = {fund: rows for fund, rows in funds.items() if rows is not None}
    if whole is None and known.get("general_public") is None:
        return
    tables = [one for one in (whole, *(_table_of(books, fund) for fund in known)) if one is not None]
    blocked = [_unproved(one, taken, f"expenditure（表“{one.sheet.title}”）") for one in tables]
    if any(blocked):
        return
    if len(known) < len(FISCAL) or whole is None:
        missing = "、".join(one for one in FISCAL if one not in known) or "公开03"
        taken.unsettled.append(f"expenditure：没有 {missing} 的支出表，其他资金无从分开；这张表不取")
        return
    found: dict[tuple[str, str, str], Amount] = {}
    for code, row in whole.items.items():
        for category in CATEGORIES:
            parts = {fund: rows[code][category] for fund, rows in known.items() if category in rows.get(code, {})}
            found.update({(code, fund, category): one for fund, one in parts.items() if counts(one)})
            rest = difference(row[category], parts.values()) if category in row else None
            if rest is not None and counts(rest):
                found[code, "other", category] = rest
        taken.use(*row.values())
    order = {one: place for place, one in enumerate(CATEGORIES)}
    funds_in_order = (*FISCAL, "other")
    for key in sorted(found, key=lambda one: (one[0], funds_in_order.index(one[1]), order[one[2]])):
        taken.put("expenditure", key, final=found[key])
    _check_spent(books, taken, whole, known)


def _check_spent(books: Books, taken: Taken, whole: Crossed, known: dict[str, dict[str, dict[str, Amount]]]) -> None:
    _sums(whole, taken, "spent", tuple(CATEGORIES))
    for code, row in whole.items.items():
        taken.agree(f"功能科目 {code} 的支出", row.get("all"), [row[one] for one in CATEGORIES if one in row])
    for fund in known:
        if (table := _table_of(books, fund)) is None:
            continue
        prefix = "function" if fund == "general_public" else fund
        for row in table.items.values():
            taken.use(*row.values())
        for code, row in table.items.items():
            taken.sum(f"{prefix}.{code}", row.get("all"), [row[one] for one in ("basic", "project") if one in row])
        _sums(table, taken, prefix, ("basic", "project"))


def _sums(table: Crossed, taken: Taken, prefix: str, parts: tuple[str, ...]) -> None:
    """Compare the sums of 类, 款 and the whole with the 项 below them, column by column."""
    items = table.items
    for code, row in table.cells.items():
        if code in items:
            continue
        below = [one for at, one in items.items() if at.startswith(code)]
        taken.sum(
            f"{prefix}.{code or 'all'}", row.get("all"), [one[key] for one in below for key in parts if key in one]
        )
        for key in parts:
            there = [one[key] for one in below if key in one]
            taken.sum(f"{prefix}.{code or 'all'}.{key}", row.get(key), there)


def _table_of(books: Books, fund: str) -> Crossed | None:
    tables = [one for one in (books.of("spent", fund), books.of("balance", fund)) if one is not None]
    return next((one for one in tables if one.items), None)


def _spent_of(books: Books, fund: str) -> dict[str, dict[str, Amount]] | None:
    """Return a fund's expenditure by 项; empty where it had none, None where the tables do not say."""
    table = _table_of(books, fund)
    if table is not None:
        return table.items
    return {} if books.nothing_of(fund) else None


def check_sides(books: Books, taken: Taken) -> None:
    """Compare what 公开01 and 04 print for each 类 with the 项 below it."""
    names = {plain(name): code for code, name in books.classification.classes(books.year).items()}
    for prefix, sides, funds in (("summary", books.totals, (*FISCAL, "other")), ("fiscal", books.fiscal, FISCAL)):
        for label, row in sides.classes.items() if sides else ():
            if (code := names.get(label)) is None:
                taken.unsettled.append(
                    f"表“{sides.sheet.title}”的“{label}”不是 {books.year} 年的类级科目" if sides else ""
                )
                continue
            for name, amount in row.items():
                wanted = funds if name == "all" else (name,)
                below = _below(taken, code, wanted)
                taken.sum(f"{prefix}.{code}{'' if name == 'all' else f'.{name}'}", amount, below)
                if taken.table("expenditure") and not below:
                    taken.nothing(f"{label}的支出", amount)
    whole = _whole(books.of("spent", "general_public"))
    taken.sum("general_public.final", whole, _below(taken, "", ("general_public",)))
    spent = (
        {"all": books.fiscal.foot.get("expenditure"), **books.fiscal.by_fund.get("expenditure", {})}
        if books.fiscal
        else {}
    )
    for name, found in spent.items():
        suffix = "" if name == "all" else f".{name}"
        taken.sum(f"fiscal.all{suffix}", found, _below(taken, "", FISCAL if name == "all" else (name,)))


def _below(taken: Taken, code: str, funds: Sequence[str]) -> list[Amount]:
    rows = taken.table("expenditure").items()
    return [one for key, row in rows if key[0].startswith(code) and key[1] in funds
            and isinstance(one := row["final"], Amount)]  # fmt: skip
