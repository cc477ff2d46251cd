"""Every office's figures of every year at once: one data set of facts, asked as pandas frames."""

from juesuan.aggregate.compare import comparison, trend, variance
from juesuan.aggregate.facts_set import FactsSetError, gather_facts, held_years, write_year

__all__ = ["FactsSetError", "comparison", "gather_facts", "held_years", "trend", "variance", "write_year"]
