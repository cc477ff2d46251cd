"""What every account must satisfy: `rules.csv` says it, one evaluator asks it."""

from juesuan.rules.evaluate import Evaluator, Finding, Rule, read_rules
from juesuan.rules.expression import RuleSyntaxError, parse_expression

__all__ = ["Evaluator", "Finding", "Rule", "RuleSyntaxError", "parse_expression", "read_rules"]
