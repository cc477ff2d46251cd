"""Accounts that add up to the 分 pass every rule, and still do once every figure is printed in 万元 by itself."""

from generated_accounts import STEP, Records, consistent_records, printed, tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juesuan.load.accounts import SPARSE_TABLES
from juesuan.rules import Evaluator, Finding, read_rules

RULES = read_rules()
QUICK = settings(
    max_examples=30, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def judged(records: Records, unit: str) -> list[Finding]:
    """Judge the records, last year's closing balances being this year's opening ones."""
    held = tables(records)
    before = held["carryover"].assign(closing_fen=held["carryover"]["opening_fen"])
    return Evaluator(held, {"carryover": before}, unit, 2, SPARSE_TABLES).findings(RULES)


@QUICK
@given(consistent_records())
def test_accounts_that_agree_to_the_fen_pass_every_rule(records: Records) -> None:
    found = judged(records, "元")
    assert {finding.rule.id for finding in found} == {rule.id for rule in RULES}
    assert [(one.rule.id, one.group, one.working) for one in found if one.outcome != "passed"] == []


@QUICK
@given(consistent_records())
def test_printing_each_figure_by_itself_never_makes_an_error(records: Records) -> None:
    found = judged(printed(records), "万元")
    bad = [one for one in found if one.outcome not in ("passed", "rounding")]
    assert [(one.rule.id, one.group, one.working) for one in bad] == []


@QUICK
@given(consistent_records(), st.sampled_from(["T01", "T02", "T04", "T06", "T08"]), st.integers(50, 10**6))
def test_a_total_off_by_more_than_its_parts_can_round_is_an_error(records: Records, rule_id: str, steps: int) -> None:
    (rule,) = [rule for rule in RULES if rule.id == rule_id]
    (item,) = rule.expression.left[0].filters[0].values
    wrong = printed(records)
    for row in wrong["totals"]:
        row["final_fen"] += steps * STEP if row["item"] == item else 0
    assert "failed" in {one.outcome for one in judged(wrong, "万元") if one.rule.id == rule_id}
