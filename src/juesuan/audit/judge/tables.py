"""Judging the tables: each equation, which cell is wrong where two cross, and the guard against a misread table."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from juesuan.audit.judge.bench import Bench
from juesuan.audit.judge.details import detail_identities
from juesuan.audit.judge.evidence import Evidence
from juesuan.audit.judge.identities import Identity, first_by_kind, identities
from juesuan.audit.judge.sheets import Cell, Sheet
from juesuan.audit.judge.three_public import three_public_identities
from juesuan.money import write_number
from juesuan.reading.grammar.figures import Verdict

_MOST_TERMS = 30
At = tuple[int, int, int]
Outcome = tuple[Verdict, list[str]]


def judge_tables(bench: Bench, sheets: list[Sheet]) -> dict[At, Outcome]:
    """Judge every equation of the tables; return the outcome for each cell that one asked, by table, row and column."""
    found = [*identities(sheets), *detail_identities(sheets), *three_public_identities(sheets), *_totals(sheets)]
    trusted = _trusted(found)
    failing = [one for one in trusted if not one.holds]
    held = {cell.at for one in trusted if one.holds and not one.at_most for cell in (one.total, *one.parts)}
    often = Counter(cell.at for one in failing for cell in (one.total, *one.parts))
    outcomes = _outcomes(trusted)
    evidence = Evidence(bench.reading, sheets) if failing else None
    for one in failing:
        culprit = _accuse(bench, one, often, held, evidence)
        outcomes[culprit.at] = ("wrong", outcomes[culprit.at][1])
    bench.equations += len(trusted)
    return outcomes


def _outcomes(trusted: list[Identity]) -> dict[At, Outcome]:
    outcomes: dict[At, Outcome] = {}
    for one in trusted:
        exact = one.at_most or one.made == one.total.value
        working = f"{one.rule} {one.total.text} {'≤' if one.at_most else '＝'} {one.words}"
        for cell in (one.total, *one.parts):
            before = outcomes.get(cell.at, ("exact", []))
            verdict: Verdict = "rounding" if not exact and one.holds else before[0]
            outcomes[cell.at] = (verdict, [*before[1], working])
    return outcomes


def _trusted(found: list[Identity]) -> list[Identity]:
    """Leave out a kind of equation that fails in more than a third of its rows: the table is built otherwise."""
    by_group: dict[str, list[Identity]] = defaultdict(list)
    for one in found:
        by_group[one.group].append(one)
    kept = []
    for group in by_group.values():
        wrong = sum(not one.holds for one in group)
        if wrong <= 2 or wrong * 3 <= len(group):
            kept += group
    return kept


def _accuse(bench: Bench, one: Identity, often: Counter[At], held: set[At], evidence: Evidence | None) -> Cell:
    cells = (one.total, *one.parts)
    suspects = [cell for cell in cells if often[cell.at] > 1 and cell.at not in held]
    culprit = one.total if one.at_most or len(suspects) != 1 else suspects[0]
    if not one.at_most and len(suspects) != 1:
        culprit = (evidence.culprit(one) if evidence else None) or (suspects or cells)[0]
    right = one.made if culprit is one.total else culprit.value + one.total.value - one.made
    shown = _shown(right, culprit)
    terms = "＋".join(cell.text for cell in one.parts)
    made = f"{one.words}为{_shown(one.made, one.total)}" + (f"（{terms}）" if len(one.parts) <= _MOST_TERMS else "")
    words = f"{made}，{'小于' if one.at_most else '而合计为'}{one.total.text}"
    bench.accuse_table(one.rule, culprit.place, f"{one.total.text} / {one.words}", culprit.text, shown, words)
    return culprit


def _shown(value: Fraction, like: Cell) -> str:
    factor = like.value / Fraction(like.text.replace(",", "").strip("()-") or 1) if like.value else Fraction(10_000)
    decimals = len(like.text.partition(".")[2])
    return write_number(value / abs(factor), decimals)


def _totals(sheets: list[Sheet]) -> list[Identity]:
    """Return that 财政拨款总计 is not above 收入支出总计."""
    found = first_by_kind(sheets)
    if "total" not in found or "fiscal_total" not in found:
        return []
    cells = [one.row("总计") for one in (found["fiscal_total"], found["total"])]
    firsts = [next((cell for cell in row.cells if cell), None) if row else None for row in cells]
    if firsts[0] is None or firsts[1] is None:
        return []
    return [Identity("B08", firsts[0], (firsts[1],), "收入支出总计", "B08", at_most=True)]
