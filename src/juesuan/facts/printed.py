"""Totals as the original printed them (`printed.csv`), where rounding sets them apart from the sum of their parts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from juesuan.facts.ledger import SourceCell
from juesuan.load import Accounts
from juesuan.money import FEN_PER_UNIT, write_amount


@dataclass(frozen=True)
class PrintedTotal:
    """A total in 分, and the cell of `printed.csv` that holds it."""

    fen: int
    cell: SourceCell


class PrintedTotalError(ValueError):
    """A printed total is further from the sum of its parts than rounding explains."""


def printed_total(accounts: Accounts, fact_id: str) -> PrintedTotal | None:
    """Return the total that the original printed for the fact `fact_id`, None where `printed.csv` has none."""
    for row in accounts.records.get("printed", []):
        if row["fact_id"] == fact_id:
            fen = row["final_fen"]
            cell = SourceCell(f"{accounts.folder}/printed.csv", row["source_row"], "final", write_amount(fen))
            return PrintedTotal(fen, cell)
    return None


def refuse_more_than_rounding(fact_id: str, accounts: Accounts, fen: int, printed: PrintedTotal, parts: int) -> None:
    """Raise `PrintedTotalError` where `parts` figures, each rounded by itself, cannot add up so far from the total."""
    precision = accounts.source.precision
    half = Fraction(FEN_PER_UNIT[precision.unit], 10**precision.decimals) / 2
    if abs(printed.fen - fen) > half * (parts + 1):
        raise PrintedTotalError(
            f"data/{printed.cell.file} 第 {printed.cell.row} 行 {fact_id}：印出的合计 {write_amount(printed.fen)}万元，"
            f"{parts} 个明细之和 {write_amount(fen)}万元；四舍五入不能解释这个差；请核对原件和明细。"
        )
