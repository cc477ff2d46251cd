"""Sentences follow the figures: direction, zero, level, unknown, new; a template cannot contradict them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from juesuan.facts import Entry, Fact, Findings, Ledger, report_findings
from juesuan.load import load_accounts
from juesuan.present import ProfileError, section, sentence
from juesuan.present.display import plain_text
from juesuan.present.narrative import NOT_PUBLISHED_SENTENCE
from juesuan.present.templates import SectionError
from juesuan.present.wording import because_words

ROOT = Path(__file__).resolve().parents[2]
UNIT = "nanjiang-zwxx"


def findings(*facts: Fact, **lists: tuple[Entry, ...]) -> Findings:
    ledger = Ledger("u", 2021)
    for fact in facts:
        ledger.enter(fact)
    return Findings("甲单位", "甲", "某县", "事业单位", 2021, 2020, "sichuan-2021", ledger, lists)


def fact(fact_id: str, value: str | int | None, unit: str = "万元", decimals: int = 2) -> Fact:
    return Fact(fact_id, "u", 2021, fact_id, None if value is None else Fraction(value), unit, decimals)


def moved(prior: str | None, current: str | None) -> str:
    known = prior is not None and current is not None
    change = None if not known else Fraction(current) - Fraction(prior)
    rate = None if change is None or Fraction(prior) == 0 else change / Fraction(prior) * 100
    facts = [fact("x.2020", prior), fact("x.2021", current), fact("x.change", change), fact("x.change_pct", rate, "%")]
    return sentence(findings(*facts), "{{ change_words('x') }}")


@pytest.mark.parametrize(
    ("prior", "current", "words"),
    [
        ("117.36", "191.39", "比2020年的117.36万元增加74.03万元，增长63.08%"),
        ("191.39", "117.36", "比2020年的191.39万元减少74.03万元，下降38.68%"),
        ("5", "5", "与2020年持平"),
        ("0", "0", "与2020年持平"),
        ("0", "5", "2020年为零，本年新增5.00万元"),
        ("5", "0", "比2020年的5.00万元减少5.00万元，下降100.00%"),
        (None, "5", "2020年数未公开，不作比较"),
        ("5", None, "本年数未公开，不作比较"),
    ],
)
def test_the_direction_comes_from_the_figures(prior: str | None, current: str | None, words: str) -> None:
    assert moved(prior, current) == words


@pytest.mark.parametrize(
    ("final", "budget", "words"),
    [
        ("10", "10", "完成预算100.00%，决算数与预算数持平"),
        ("9", "10", "完成预算90.00%"),
        ("10", None, "预算数未公开"),
        ("10", "0", "没有安排预算"),
        ("0", "0", "预算数与决算数均为零"),
    ],
)
def test_completion_has_no_rate_on_a_zero_budget(final: str, budget: str | None, words: str) -> None:
    rate = None if budget is None or Fraction(budget) == 0 else Fraction(final) / Fraction(budget) * 100
    facts = [fact("p", final), fact("p.adjusted", budget), fact("p.completion_pct", rate, "%")]
    assert sentence(findings(*facts), "{{ completion_words('p') }}") == words


def test_a_reason_names_the_budget_that_it_is_measured_against() -> None:
    against_first = replace(findings(fact("p.deviation", 3)), budget="initial")
    assert because_words(against_first, "p", "任务增加") == "，决算数大于年初预算数的主要原因是任务增加"
    against_last = replace(findings(fact("p.deviation", -3)), budget="adjusted")
    assert because_words(against_last, "p", "任务减少") == "，决算数小于预算数的主要原因是任务减少"


def test_a_figure_that_is_not_known_is_not_compared_with_last_year_s() -> None:
    facts = [fact("x", None), fact("x.prior", 3), fact("x.change", None), fact("x.change_pct", None, "%")]
    assert sentence(findings(*facts), "{{ amount('x') }}{{ moved('x') }}。") == "未公开。"


def test_one_source_is_all_of_it_and_several_are_listed_with_their_shares() -> None:
    one = [fact("a", 5), fact("a.share_pct", 100, "%"), fact("b", 0), fact("b.share_pct", 0, "%")]
    two = [fact("a", 3), fact("a.share_pct", 60, "%"), fact("b", 2), fact("b.share_pct", 40, "%")]
    entries = (Entry("a", "甲"), Entry("b", "乙"))
    assert sentence(findings(*one, parts=entries), "{{ composition('parts') }}") == "全部为甲，占100.00%"
    told = sentence(findings(*two, parts=entries), "{{ composition('parts') }}")
    assert told == "其中：甲3.00万元，占60.00%；乙2.00万元，占40.00%"


def test_a_figure_that_the_ledger_has_not_stops_the_section_and_names_near_ones() -> None:
    with pytest.raises(SectionError, match=r"没有数字 income\.totl\.2021.*相近的有 income\.total\.2021"):
        sentence(findings(fact("income.total.2021", 1)), "{{ amount('income.totl.2021') }}")


def test_a_name_that_there_is_not_stops_the_section_and_lists_those_there_are() -> None:
    with pytest.raises(SectionError, match=r"可用的名称有.*change_words"):
        sentence(findings(), "{{ chang_words('x') }}")


def test_a_section_that_the_profile_has_not_is_refused() -> None:
    with pytest.raises(ProfileError, match="没有 twelfth 一节；现有 preface"):
        section(findings(), "twelfth")


def test_a_year_known_by_its_totals_says_so_instead_of_printing_zeros() -> None:
    accounts = load_accounts(ROOT / "data", UNIT, 2020)
    report = report_findings(accounts, None)
    for key in ("income", "expenditure", "basic", "three_public", "performance", "other"):
        text = plain_text(section(report, key).markdown)
        assert NOT_PUBLISHED_SENTENCE in text and "0.00" not in text
    assert "2019年数未公开，不作比较" in plain_text(section(report, "totals").markdown)


def test_the_office_s_own_numbers_are_facts_too() -> None:
    report = report_findings(*(load_accounts(ROOT / "data", UNIT, year) for year in (2021, 2020)))
    text = section(report, "functions").markdown
    assert '<span class="fact" data-fact="narrative.work.' in text
    assert {fact.sources[0].file for fact in report.ledger if fact.id.startswith("narrative.")} == {
        f"{UNIT}/2021/narrative.md"
    }
