"""A reading judged: arithmetic inside sentences, then sentences and tables against each other, then the wording."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from juesuan.audit.judge.bench import Bench, mark
from juesuan.audit.judge.changes import judge_changes
from juesuan.audit.judge.codes import judge_codes
from juesuan.audit.judge.counts import judge_counts
from juesuan.audit.judge.cross import judge_against_tables, judge_repeated
from juesuan.audit.judge.identities import first_by_kind
from juesuan.audit.judge.limits import judge_limits
from juesuan.audit.judge.names import judge_names
from juesuan.audit.judge.ratios import judge_ratios
from juesuan.audit.judge.sheets import sheets_of
from juesuan.audit.judge.sums import judge_sums
from juesuan.audit.judge.tables import At, Outcome, judge_tables
from juesuan.audit.judge.wholes import judge_unnamed_wholes
from juesuan.audit.judge.wording import judge_wording
from juesuan.audit.judge.years import judge_years
from juesuan.classification import Classification
from juesuan.money import FEN_PER_UNIT
from juesuan.reading.grammar import Reading


def _widen_zeros(reading: Reading) -> None:
    """Let 0万元 stand for less than half a 万元 where every amount is printed whole; elsewhere it is nothing."""
    money = [one for said in reading.said for one in said.figures if one.kind == "money"]
    if money and not any(one.decimals for one in money):
        for one in (one for one in money if not one.value):
            one.half = Fraction(FEN_PER_UNIT.get(one.unit, 100), 200)


@dataclass
class Judgement:
    """The bench with every finding; how many amounts the official tables hold, and the outcome for those asked."""

    bench: Bench
    cells: int
    outcomes: dict[At, Outcome]


def judge(reading: Reading, classification: Classification | None = None) -> Judgement:
    """Return what came out; names are judged by year only where a classification is given."""
    bench = Bench(reading)
    _widen_zeros(reading)
    sheets = sheets_of(reading.document)
    first = first_by_kind(sheets)
    judge_codes(bench, first, classification)
    outcomes = judge_tables(bench, sheets)
    judge_against_tables(bench, sheets)
    judge_ratios(bench)
    judge_unnamed_wholes(bench)
    judge_changes(bench)
    judge_sums(bench)
    judge_counts(bench)
    judge_limits(bench)
    judge_repeated(bench)
    judge_names(bench, first, classification)
    judge_wording(bench)
    judge_years(bench)
    for said in reading.said:
        for figure in said.figures:
            if figure.role and not figure.verdict:
                mark(figure, "unchecked", "")
    return Judgement(bench, sum(1 for sheet in sheets for _ in sheet.cells()), outcomes)
