"""The audit measured: python -m benchmarks.audit [--each 6] [--seed 1] [--show]

Clean reports of every voice, then the same with one seeded error each; writes results.json beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.audit.accounts import Office, draw_office
from benchmarks.audit.errors import MAKERS, Case
from benchmarks.audit.own import own_reports
from benchmarks.audit.paper import Report
from benchmarks.audit.relations import relations_of
from benchmarks.audit.score import Outcome, audit_report, outcome
from benchmarks.audit.voices import VOICES
from juesuan.classification import Classification
from juesuan.load.accounts import read_classification

ROOT = Path(__file__).parents[2]
Written = tuple[Report, Office, str]


def written(seed: int, count: int) -> Iterator[Written]:
    """Yield `count` clean reports of every voice, with the ending of the file it is saved as."""
    for voice in VOICES:
        for number in range(count):
            office = draw_office(f"{voice.__name__}-{seed}-{number}", voice.step)
            pen = voice(office, f"{seed}-{number}")
            pen.write()
            yield pen.report, office, voice.ending if number % 4 == 1 else ".txt"


def judged_clean(reports: list[Written], folder: Path, known: Classification) -> dict[str, Any]:
    """Return how the audit does on reports without an error; raises where a report itself does not agree."""
    findings: list[dict[str, str]] = []
    numbers = checked = 0
    seconds = 0.0
    for report, office, ending in reports:
        if broken := relations_of(report, office).broken():
            raise AssertionError(f"{report.name}: {broken}")
        audited = audit_report(report, {}, folder, known, ending)
        if audited.fault:
            raise AssertionError(audited.fault)
        findings += [{"report": report.name, "rule": one.rule, "message": one.message} for one in audited.findings]
        numbers, checked = numbers + audited.coverage.in_sentences, checked + audited.coverage.checked_in_sentences
        seconds += audited.seconds
    return {
        "reports": len(reports), "false_findings": len(findings), "by_rule": dict(Counter(one["rule"] for one in findings)),
        "numbers_in_sentences": numbers, "checked": checked, "coverage_pct": round(100 * checked / numbers, 1),
        "seconds_per_report": round(seconds / len(reports), 4), "findings": findings,
    }  # fmt: skip


def judged_spoilt(
    reports: list[Written], each: int, seed: int, folder: Path, known: Classification
) -> tuple[list[Outcome], Counter[str]]:
    """Return an outcome for each spoilt report: of every kind `each` a voice where the voice has room for it."""
    outcomes: list[Outcome] = []
    rejected: Counter[str] = Counter()
    relations = {report.name: relations_of(report, office) for report, office, _ in reports}
    by_voice: dict[str, list[Written]] = defaultdict(list)
    for one in reports:
        by_voice[one[0].name.split("-")[0]].append(one)
    for kind, make in MAKERS.items():
        for mine in by_voice.values():
            made = 0
            for report, office, ending in mine:
                case = Case(report, office, relations[report.name], random.Random(f"{seed}-{kind}-{report.name}"))
                if made == each:
                    break
                error = make(case)
                rejected[kind] += case.rejected
                if error is not None:
                    made += 1
                    audited = audit_report(report, error.instead, folder, known, ending)
                    outcomes.append(outcome(report, error, audited))
    return outcomes, rejected


def summed(outcomes: list[Outcome], rejected: Counter[str]) -> dict[str, dict[str, Any]]:
    """Return recall, precision, place and proposal by kind."""
    rows: dict[str, dict[str, Any]] = {}
    for kind in [*MAKERS, "合计"]:
        mine = [one for one in outcomes if kind in ("合计", one.kind)]
        if not mine:
            continue
        proposed = [one for one in mine if one.corrected is not None]
        findings, false = sum(one.findings for one in mine), sum(len(one.false) for one in mine)
        rows[kind] = {
            "errors": len(mine), "found": sum(one.found for one in mine), "located": sum(one.located for one in mine),
            "recall_pct": round(100 * sum(one.found for one in mine) / len(mine), 2),
            "findings": findings, "false": false, "precision_pct": round(100 * (findings - false) / max(findings, 1), 2),
            "proposals": len(proposed), "right_proposals": sum(bool(one.corrected) for one in proposed),
            "undetectable_rejected": sum(rejected.values()) if kind == "合计" else rejected[kind],
        }  # fmt: skip
    return rows


def show(rows: dict[str, dict[str, Any]], clean: dict[str, Any]) -> None:
    print(
        f"无误报告 {clean['reports']} 份：误报 {clean['false_findings']} 条 {clean['by_rule']}；句中数字 {clean['numbers_in_sentences']} 个，核对 {clean['coverage_pct']}%；每份 {clean['seconds_per_report']} 秒"
    )
    print("种类\t份数\t召回%\t就地\t发现\t误报\t准确%\t改正建议\t无从发现而弃")
    for kind, row in rows.items():
        print(
            f"{kind}\t{row['errors']}\t{row['recall_pct']}\t{row['located']}\t{row['findings']}\t{row['false']}\t{row['precision_pct']}\t{row['right_proposals']}/{row['proposals']}\t{row['undetectable_rejected']}"
        )


def explain(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        if not one.found:
            print(
                f"漏 {one.kind} {one.name}: {list(one.error.instead.values())} 应为 {one.error.right} {one.error.breaks[:3]} ‖ {one.context}"
            )
        for finding in one.false:
            print(
                f"误 {one.kind} {one.name}: {list(one.error.instead.values())} 应为 {one.error.right} → {finding.rule} {finding.message[:120]}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20, help="clean reports of every voice")
    parser.add_argument("--each", type=int, default=5, help="errors of every kind and voice")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was missed and what is false")
    parser.add_argument("--keep", action="store_true", help="do not write results.json")
    asked = parser.parse_args()
    begun = time.perf_counter()
    known = read_classification(ROOT / "data")[0]
    with tempfile.TemporaryDirectory() as name:
        reports = list(written(asked.seed, asked.reports))
        own = own_reports(Path(name) / "county", ROOT / "data" / "classification", 1 + asked.reports // 3, asked.seed)
        reports += [(report, office, ".txt" if number % 2 else ".html") for number, (report, office) in enumerate(own)]
        clean = judged_clean(reports, Path(name), known)
        outcomes, rejected = judged_spoilt(reports, asked.each, asked.seed, Path(name), known)
    rows = summed(outcomes, rejected)
    show(rows, clean)
    if asked.show:
        for one in clean["findings"]:
            print("净", one["report"], one["message"][:160])
        explain(outcomes)
    seconds = time.perf_counter() - begun
    print(f"共 {seconds:.0f} 秒")
    if not asked.keep:
        body = {"seed": asked.seed, "clean": clean, "kinds": rows, "seconds": round(seconds, 1)}
        (Path(__file__).parent / "results.json").write_text(
            json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
