"""功能分类 and 经济分类: which codes there are, and which name each bore in which year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

CLASS_DIGITS = 3
SECTION_DIGITS = 5
_ALWAYS = (0, 9999)
LEVEL_SUFFIX = {CLASS_DIGITS: "类", SECTION_DIGITS: "款", 7: "项"}


@dataclass(frozen=True)
class Classification:
    """Codes and names; `function` and `economic` have columns code, name, first_year, last_year (nullable Int64)."""

    function: pd.DataFrame
    economic: pd.DataFrame

    def knows(self, kind: str, code: str) -> bool:
        """Say whether `code` exists in the classification `kind` (function or economic), in whatever year."""
        return code in self._names[kind]

    def in_force(self, kind: str, code: str, year: int) -> bool:
        """Say whether `code` was in use in `year`; a code without years always is."""
        return bool(self._named(kind, code, year))

    def name(self, kind: str, code: str, year: int) -> str:
        """Return the name `code` bore in `year`; the code itself where the classification does not hold it."""
        named = self._named(kind, code, year)
        return named[-1] if named else code

    def names(self, kind: str, code: str) -> list[str]:
        """Return every name that `code` bore, the one it bore last coming last."""
        return [name for name, _, _ in sorted(self._names[kind].get(code, []), key=lambda named: named[1])]

    def classes(self, year: int) -> dict[str, str]:
        """Return the 功能分类 类 in use in `year`: name by code, in code order."""
        codes = sorted(code for code in self._names["function"] if len(code) == CLASS_DIGITS)
        return {code: self.name("function", code, year) for code in codes if self.in_force("function", code, year)}

    def _named(self, kind: str, code: str, year: int) -> list[str]:
        return [name for name, first, last in self._names[kind].get(code, []) if first <= year <= last]

    @cached_property
    def _names(self) -> dict[str, dict[str, list[tuple[str, int, int]]]]:
        """Names by kind and code, each with the first and last year that it was borne in; asked for every row that is read."""
        return {"function": _by_code(self.function), "economic": _by_code(self.economic)}


def _by_code(frame: pd.DataFrame) -> dict[str, list[tuple[str, int, int]]]:
    by_code: dict[str, list[tuple[str, int, int]]] = {}
    years = (frame["first_year"].fillna(_ALWAYS[0]), frame["last_year"].fillna(_ALWAYS[1]))
    for code, name, first, last in zip(frame["code"], frame["name"], *years, strict=True):
        by_code.setdefault(code, []).append((name, int(first), int(last)))
    return by_code
