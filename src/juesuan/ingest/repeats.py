"""What the official tables print again: every repeat is held against what was taken, so that none contradicts unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juesuan.ingest.amounts import Amount, added
from juesuan.ingest.assemble import Books
from juesuan.ingest.crossed import ITEM_DIGITS, crossed
from juesuan.ingest.economic import economic_columns
from juesuan.ingest.sheets import codes_and_rows, headings_of
from juesuan.ingest.sides import FISCAL, Sides
from juesuan.ingest.taken import Taken
from juesuan.schema import REVENUE_SOURCES

Row = dict[str, Amount]
_SIDES = (
    ("income", ("surplus_used", "opening"), "grand"),
    ("expenditure", ("surplus_distributed", "closing"), "grand_out"),
)


def compare_repeats(books: Books, taken: Taken) -> None:
    """Compare the income side of 公开01 and 04 with 公开02, their balances, and 公开05 and 07 cell by cell."""
    for sides in (books.totals, books.fiscal):
        if sides is not None:
            _balance(sides, taken)
    _income(books, taken)
    for fund in ("general_public", "fiscal"):
        _matrix(books, fund, taken)


def _balance(sides: Sides, taken: Taken) -> None:
    """Compare 本年合计 with its sources, and 总计 with 本年 and the balances, on both sides."""
    taken.agree("本年收入合计", sides.foot.get("income"), sides.income.values())
    for first, others, whole in _SIDES:
        parts = [sides.foot[key] for key in (first, *others) if key in sides.foot]
        taken.agree("总计", sides.foot.get(whole), parts if first in sides.foot else ())
    grand = sides.by_fund.get("grand_out", {})
    for fund, amount in grand.items():
        taken.agree(
            "总计", amount, [row[fund] for key, row in sides.by_fund.items() if key != "grand_out" and fund in row]
        )
    taken.agree("总计", sides.foot.get("grand_out"), grand.values())


def _income(books: Books, taken: Taken) -> None:
    """Compare each source of 公开01 with 公开02's column and with 公开04."""
    printed = books.totals.income if books.totals else {}
    again = books.fiscal.income if books.fiscal else {}
    table = books.of("revenue")
    columns = table.cells.get("", {}) if table else {}
    for source in REVENUE_SOURCES:
        first = printed.get(source)
        for other in (columns.get(source), again.get(source)):
            if first is not None and other is not None:
                taken.agree(f"收入来源 {source}", other, [first])
    taken.agree("财政拨款收入", columns.get("fiscal"), [printed[one] for one in FISCAL if one in printed])


def _matrix(books: Books, fund: str, taken: Taken) -> None:
    """Compare 公开07 or 05 with itself, with the expenditure by 功能科目 and with the 经济科目 that were taken."""
    rows, wholes = _read(books, fund, taken)
    items = {code: row for code, row in rows.items() if len(code) == ITEM_DIGITS}
    funds = FISCAL if fund == "fiscal" else (fund,)
    if _lists_all(rows, wholes):
        for code, row in rows.items():
            taken.agree(f"功能科目 {code or '合计'} 的经济分类", wholes.get(code), row.values())
    for code in (one for one in rows if one not in items):
        below = {at: row for at, row in items.items() if at.startswith(code)}
        for column, amount in rows[code].items():
            taken.agree(f"经济科目 {column}", amount, [row[column] for row in below.values() if column in row])
        taken.agree("支出合计", wholes.get(code), [wholes[at] for at in below if at in wholes])
    for code, row in items.items():
        taken.agree(f"功能科目 {code} 的支出", wholes.get(code), _taken(taken, "expenditure", (code,), funds))
        for column, amount in row.items():
            taken.agree(
                f"功能科目 {code} 的经济科目 {column}", amount, _taken(taken, "economic", (code, column), funds)
            )


def _taken(taken: Taken, table: str, key: tuple[str, ...], funds: Iterable[str]) -> list[Amount]:
    """Return the amounts that were taken under this key in all of the funds."""
    wanted = tuple(funds)
    rows = taken.table(table).items()
    found = (row["final"] for at, row in rows if at[: len(key)] == key and at[len(key)] in wanted)
    return [one for one in found if isinstance(one, Amount)]


def _read(books: Books, fund: str, taken: Taken) -> tuple[dict[str, Row], Row]:
    """Return the matrix by 功能科目 (empty for the total) and 经济科目, and the sums of its rows; withheld rows are left out."""
    rows: dict[str, Row] = {}
    wholes: Row = {}
    for sheet in (one for one in books.sheets if one.form.kind == "matrix" and one.form.fund == fund):
        columns = economic_columns(books, sheet)
        whole = next((n for n, words in enumerate(headings_of(sheet)) if words.startswith("合计")), None)
        for code, row in crossed(sheet, "none", tuple(columns)).cells.items():
            rows.setdefault(code, {}).update({key: one for key, one in row.items() if not one.derived})
        for code, line, cells in codes_and_rows(sheet):
            if (amount := sheet.amount(line, cells, whole)) is not None:
                taken.agree(f"功能科目 {code or '合计'} 的支出", amount, [wholes.setdefault(code, amount)])
            if any(sheet.withheld(cells, column) for column in columns.values()):
                rows.pop(code, None)
    return rows, wholes


def _lists_all(rows: dict[str, Row], wholes: Row) -> bool:
    """Say whether the columns are all that there are: then most rows come to their sum."""
    there: Iterator[bool] = (
        added(row.values()).meets(wholes[code].interval) for code, row in rows.items() if code in wholes
    )
    outcomes = list(there)
    return bool(outcomes) and 2 * sum(outcomes) > len(outcomes)
