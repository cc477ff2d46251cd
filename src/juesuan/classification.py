"""功能分类 and 经济分类: which codes there are, and which name each bore in which year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

CLASS_DIGITS = 3
SECTION_DIGITS = 5
LEVEL_SUFFIX = {CLASS_DIGITS: "类", SECTION_DIGITS: "款", 7: "项"}


@dataclass(frozen=True)
class Classification:
    """Codes and names; `function` and `economic` have columns code, name, first_year, last_year (nullable Int64)."""

    function: pd.DataFrame
    economic: pd.DataFrame

    def knows(self, kind: str, code: str) -> bool:
        """Say whether `code` exists in the classification `kind` (function or economic), in whatever year."""
        return bool((self._frame(kind)["code"] == code).any())

    def in_force(self, kind: str, code: str, year: int) -> bool:
        """Say whether `code` was in use in `year`; a code without years always is."""
        return len(self._named(kind, code, year)) > 0

    def name(self, kind: str, code: str, year: int) -> str:
        """Return the name `code` bore in `year`; the code itself where the classification does not hold it."""
        named = self._named(kind, code, year)
        return str(named["name"].iloc[-1]) if len(named) else code

    def classes(self, year: int) -> dict[str, str]:
        """Return the 功能分类 类 in use in `year`: name by code, in code order."""
        codes = sorted({code for code in self.function["code"] if len(code) == CLASS_DIGITS})
        return {code: self.name("function", code, year) for code in codes if self.in_force("function", code, year)}

    def _named(self, kind: str, code: str, year: int) -> pd.DataFrame:
        frame = self._frame(kind)
        begun, ended = frame["first_year"].fillna(0) <= year, frame["last_year"].fillna(9999) < year
        return frame[(frame["code"] == code) & begun & ~ended]

    def _frame(self, kind: str) -> pd.DataFrame:
        return {"function": self.function, "economic": self.economic}[kind]
