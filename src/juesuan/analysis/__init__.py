"""Findings from accounts: pure functions, frame in and frame out; no file is opened here."""

from juesuan.analysis.comparison import compare_units
from juesuan.analysis.execution import budget_execution
from juesuan.analysis.structure import by_economic_nature, by_function_level, nature_of, shares
from juesuan.analysis.trend import compound_growth_pct, series
from juesuan.analysis.variance import Change, change_between, is_material, year_on_year

__all__ = [
    "Change",
    "budget_execution",
    "by_economic_nature",
    "by_function_level",
    "change_between",
    "compare_units",
    "compound_growth_pct",
    "is_material",
    "nature_of",
    "series",
    "shares",
    "year_on_year",
]
