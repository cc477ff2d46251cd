"""What every account must satisfy: `rules.csv` says it, one evaluator asks it."""

from juesuan.rules.evaluate import Evaluator, Finding, Rule, read_rules
from juesuan.rules.expression import RuleSyntaxError, parse_expression
from juesuan.rules.records import Record, Records

__all__ = ["Evaluator", "Finding", "Record", "Records", "Rule", "RuleSyntaxError", "parse_expression", "read_rules"]
