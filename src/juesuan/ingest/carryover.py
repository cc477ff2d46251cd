"""年初、年末结转和结余 by fund: 公开04 for 财政拨款, and what 公开01 prints beyond it for other funds."""

from __future__ import annotations

from juesuan.ingest.amounts import Amount, added, difference
from juesuan.ingest.assemble import Books, counts
from juesuan.ingest.sides import FISCAL, proved_carryover
from juesuan.ingest.taken import Taken


def take_carryover(books: Books, taken: Taken) -> None:
    """Enter opening and closing by fund: 公开04 for 财政拨款, and what 公开01 prints beyond it for other funds."""
    if books.totals is None:
        return
    whole = proved_carryover(books.totals)
    if {"opening", "closing", "surplus_used", "surplus_distributed"} - whole.keys():
        lacking = [one for one in ("opening", "closing", "surplus_used", "surplus_distributed") if one not in whole]
        taken.unsettled.append(f"carryover：{'、'.join(lacking)} 空白，不能由总计证明为零；这张表不取")
        return
    fiscal = {column: _fiscal_carryover(books, column, whole[column]) for column in ("opening", "closing")}
    if fiscal["opening"] is None or fiscal["closing"] is None:
        taken.unsettled.append("carryover：没有分资金性质印出年初、年末结转和结余；这张表不取")
        return
    opening, closing = fiscal["opening"], fiscal["closing"]
    zero = Amount(whole["opening"].value * 0, whole["opening"].half * 0, "", whole["opening"].unit,
                  f"表“{books.totals.sheet.title}”", "", "该项只出自非财政拨款")  # fmt: skip
    for fund in FISCAL:
        taken.put("carryover", (fund,), opening=opening[fund], surplus_used=zero, surplus_distributed=zero,
                  closing=closing[fund])  # fmt: skip
    taken.put(
        "carryover",
        ("other",),
        opening=_rest(whole["opening"], opening),
        surplus_used=whole["surplus_used"],
        surplus_distributed=whole["surplus_distributed"],
        closing=_rest(whole["closing"], closing),
    )
    taken.use(*whole.values())


def _rest(whole: Amount, parts: dict[str, Amount]) -> Amount:
    rest = difference(whole, parts.values())
    return rest if not rest.derived or counts(rest) else Amount(
        rest.value * 0, rest.half, "", rest.unit, rest.place, "", rest.derived
    )  # fmt: skip


def _fiscal_carryover(books: Books, column: str, whole: Amount) -> dict[str, Amount] | None:
    """Return a fund's opening or closing by fund, None where the tables do not part them."""
    nothing = {fund: Amount(whole.value * 0, whole.half * 0, "", whole.unit, whole.place, "", "各种资金合计为零")
               for fund in FISCAL}  # fmt: skip
    sides = books.fiscal
    if sides is None:
        return nothing if not whole.value else None
    by_fund = dict(sides.opening_by_fund if column == "opening" else sides.by_fund.get(column, {}))
    first, key = ("income", "grand") if column == "opening" else ("expenditure", "grand_out")
    total = sides.foot.get(column)
    if first not in sides.foot or key not in sides.foot:
        return nothing if not whole.value else None
    balanced = added([sides.foot[first], *([total] if total else [])]).meets(sides.foot[key].interval)
    if not balanced or (total is not None and not added(by_fund.values()).meets(total.interval)):
        return None
    why = "总计等于其余各项之和" if total is None else "各种资金之和已等于合计"
    blank = {fund: Amount(one.value, one.half, "", one.unit, f"表“{sides.sheet.title}”", "", f"空白，{why}，故为零")
             for fund, one in nothing.items()}  # fmt: skip
    return {**blank, **by_fund}
