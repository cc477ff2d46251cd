"""A small part of benchmarks/audit: clean reports of every manner have no finding, and seeded errors are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.audit.accounts import draw_office
from benchmarks.audit.errors import MAKERS, Case
from benchmarks.audit.paper import Report
from benchmarks.audit.relations import relations_of
from benchmarks.audit.score import Outcome, audit_report, outcome
from benchmarks.audit.voices import VOICES
from juesuan.classification import Classification
from juesuan.load.accounts import read_classification

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
OFFICES = range(10)  # one of every situation: falling, new, without 三公, overdrawn …
ERRORS_OF_A_KIND = 2


@pytest.fixture(scope="module")
def known() -> Classification:
    return read_classification(ROOT / "data")[0]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    made = []
    for voice in VOICES:
        for number in OFFICES:
            office = draw_office(f"{voice.__name__}-{SEED}-{number}", voice.step)
            pen = voice(office, f"{SEED}-{number}")
            pen.write()
            chance = random.Random(f"{voice.__name__}-{number}")
            made.append(Case(pen.report, office, relations_of(pen.report, office), chance))
    return made


def test_made_up_reports_agree_with_themselves(cases: list[Case]) -> None:
    assert [case.report.name for case in cases if case.relations.broken()] == []


def test_clean_reports_have_no_finding(cases: list[Case], known: Classification, tmp_path: Path) -> None:
    found = [one.message for case in cases for one in audit_report(case.report, {}, tmp_path, known).findings]
    assert found == []


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_a_report_reads_the_same_whatever_it_is_saved_as(
    ending: str, cases: list[Case], known: Classification, tmp_path: Path
) -> None:
    for case in cases[:: len(OFFICES)]:
        text, other = (audit_report(case.report, {}, tmp_path, known, one) for one in (".txt", ending))
        assert other.findings == []
        assert other.coverage.in_sentences == text.coverage.in_sentences


def test_seeded_errors_are_found(cases: list[Case], known: Classification, tmp_path: Path) -> None:
    outcomes = [one for kind in MAKERS for one in spoilt(kind, cases, known, tmp_path)]
    missed = [
        f"{one.kind} {one.name} {list(one.error.instead.values())} {one.context}" for one in outcomes if not one.found
    ]
    false = [f"{one.kind} {one.name} {finding.message}" for one in outcomes for finding in one.false]
    assert {one.kind for one in outcomes} == set(MAKERS)
    assert (missed, false) == ([], [])


def spoilt(kind: str, cases: list[Case], known: Classification, folder: Path) -> list[Outcome]:
    found: list[Outcome] = []
    order = list(cases)
    random.Random(kind).shuffle(order)
    for case in order:
        if len(found) < ERRORS_OF_A_KIND and (error := MAKERS[kind](case)):
            found.append(outcome(case.report, error, audit_report(case.report, error.instead, folder, known)))
    return found


def test_an_error_that_nothing_printed_betrays_is_not_made(cases: list[Case]) -> None:
    case = cases[0]
    report = Report("one", [case.report.blocks[0]], case.report.tokens)
    alone = Case(report, case.office, relations_of(report, case.office), random.Random(1))
    assert MAKERS["数字错位"](alone) is None
