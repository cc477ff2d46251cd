"""Verdicts: each claim an equation between printed intervals, each wording against what it should be."""

from juesuan.audit.judge.bench import Bench, Finding, Rule, Severity, read_rules
from juesuan.audit.judge.judge import Judgement, judge

__all__ = ["Bench", "Finding", "Judgement", "Rule", "Severity", "judge", "read_rules"]
