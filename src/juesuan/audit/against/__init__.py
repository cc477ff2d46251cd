"""A file against the accounts: each of its numbers agrees with one of their figures, differs, or could not be placed."""

from juesuan.audit.against.against import Comparison, compare_with_accounts
from juesuan.audit.against.model import Expectation, ExpectedFact, ExpectedTable

__all__ = ["Comparison", "Expectation", "ExpectedFact", "ExpectedTable", "compare_with_accounts"]
