"""No sentence of a report contradicts its facts: the words of generated accounts, read back and recounted.

The reading here is a second author's: it takes the printed text alone, and the numbers it finds there are held against
one another and against the accounts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from generated_accounts import Records, consistent_records, tables
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from juesuan.facts import report_findings
from juesuan.load import Accounts, load_accounts
from juesuan.load.accounts import Unit
from juesuan.load.csv_table import Precision
from juesuan.load.narrative_file import Passage
from juesuan.load.source_file import Source
from juesuan.present import read_profile, section
from juesuan.present.display import plain_text

ROOT = Path(__file__).resolve().parents[2]
CLASSIFICATION = load_accounts(ROOT / "data", "nanjiang-zwxx", 2021).classification
SOURCE = Source("某单位2021年度部门决算", "", Precision("元", 2), {})
SENTENCES = settings(  # no shrinking: each example writes a report, and a failing one is short enough to read
    phases=[Phase.explicit, Phase.generate],
    max_examples=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
HALF = Decimal("0.005")
NUMBER = r"(-?\d+\.\d\d)"
CHANGE = re.compile(rf"{NUMBER}万元，比2020年的{NUMBER}万元(增加|减少){NUMBER}万元(?:，(增长|下降){NUMBER}%)?")
COMPLETION = re.compile(
    rf"支出决算(?:数为)?{NUMBER}万元，(完成(?:年初|全年)?预算{NUMBER}%(?:，决算数与预算数(持平))?|[^，。；]+)"
)
SHARES = re.compile(r"其中：([^。]+)")
PROFILES = ["sichuan-2021", "shanghai-2024"]


def accounts(records: Records, profile: str, year: int) -> Accounts:
    unit = Unit("generated", "某单位", "某单位", "某县", "county", "事业单位", profile, None)
    words = {"reason.total": Passage("reason.total", "原因", "业务量变化", 1)}
    return Accounts(unit, year, SOURCE, tables(records), words, CLASSIFICATION)


def text_of(now: Records, before: Records | None, profile: str) -> str:
    prior = None if before is None else accounts(before, profile, 2020)
    form = read_profile(profile)
    report = report_findings(accounts(now, profile, 2021), prior, budget=form.budget)
    keys = [one.key for one in form.sections if one.key not in ("sources", "terms")]
    return plain_text("\n\n".join(section(report, key).markdown for key in keys))


def near(one: Decimal, other: Decimal, slack: Decimal) -> bool:
    return abs(one - other) <= slack


def check_changes(text: str) -> None:
    for current, prior, verb, change, growth, rate in CHANGE.findall(text):
        now, then, size = Decimal(current), Decimal(prior), Decimal(change)
        assert size > 0 and (verb == "增加") == (now > then), text
        assert near(abs(now - then), size, 3 * HALF), text
        if growth:
            assert then > 0 and (growth == "增长") == (verb == "增加"), text
            low, high = ((size - HALF) / (then + HALF) * 100, (size + HALF) / max(then - HALF, HALF) * 100)
            assert low - HALF <= Decimal(rate) <= high + HALF, text


def check_completions(text: str) -> None:
    for final, words, rate, level in COMPLETION.findall(text):
        if rate:
            assert Decimal(final) >= 0 and Decimal(rate) >= 0, words
        if level:
            assert Decimal(rate) == 100, words


def check_shares(text: str) -> None:
    for listed in SHARES.findall(text):
        shares = [Decimal(share) for share in re.findall(rf"占{NUMBER}%", listed)]
        if len(shares) > 1:
            assert near(sum(shares), Decimal(100), HALF * len(shares)), listed


def check_words(text: str) -> None:
    for wrong in (
        "None",
        "nan",
        "NaN",
        "<NA>",
        "{{",
        "占未公开",
        "完成预算未公开",
        "增加-",
        "减少-",
        "增长-",
        "下降-",
        "Fraction",
    ):
        assert wrong not in text, f"{wrong} in\n{text}"
    assert not re.search(r"(增加|减少|增长|下降)0\.00(万元|%)", text), text
    for paragraph in text.splitlines():
        moved_words, reason, _ = paragraph.partition("变动的主要原因")
        assert not reason or re.search("增加|减少|新增", moved_words), paragraph
    assert not re.search(r"：\s*(#|\Z)|有车辆未公开|未公开，本年数未公开", text), text
    assert not re.search(r"^(##+) .*\s+(?!\1#)(#|\Z)", text, re.MULTILINE), (
        f"a heading with nothing under it in\n{text}"
    )
    assert not re.search(r"全年预算[^。]*决算数[大小]于预算数", text), text
    assert not re.search(r"。。|，，|，。|；。|：。", text), text


@SENTENCES
@given(consistent_records(), consistent_records(), st.sampled_from(PROFILES))
def test_no_sentence_contradicts_its_facts(now: Records, before: Records, profile: str) -> None:
    text = text_of(now, before, profile)
    for check in (check_changes, check_completions, check_shares, check_words):
        check(text)


def moved(records: Records, fen: int) -> Records:
    """Return last year's records with every control total off by `fen`."""
    totals = [{**row, "final_fen": row["final_fen"] + fen} for row in records["totals"]]
    return {**records, "totals": totals}


@SENTENCES
@given(consistent_records(), st.sampled_from([0, 1, -1, 49, -4_999, 5_000, 9_999, -10_000]))
def test_a_change_that_rounding_hides_is_no_change(records: Records, fen: int) -> None:
    text = text_of(records, moved(records, -fen), "sichuan-2021")
    check_changes(text)
    check_words(text)
    if fen == 0:
        assert not CHANGE.search(text) and "与2020年持平" in text


@SENTENCES
@given(consistent_records(), st.sampled_from(PROFILES))
def test_an_office_without_a_year_before_has_no_growth(records: Records, profile: str) -> None:
    text = text_of(records, None, profile)
    assert "增长" not in text and "下降" not in text
    assert "2020年数未公开，不作比较" in text
