"""Which offices and years a site is asked for: what is over all offices or all years then covers these alone.

A build of a part says so to the notebooks by the environment, not by a parameter: the same notebook opened in Jupyter
covers everything. A report still reads the year before its own, asked for or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

VARIABLE = "JUESUAN_ONLY"


@dataclass(frozen=True)
class Scope:
    """The offices (`unit_id`) and the years asked for; all where it is None."""

    units: frozenset[str] | None = None
    years: frozenset[int] | None = None

    def holds(self, unit_id: str, year: int) -> bool:
        """Say whether an office's year is asked for."""
        return (self.units is None or unit_id in self.units) and (self.years is None or year in self.years)

    def __str__(self) -> str:
        """Write the scope down as `VARIABLE` has it; nothing where all is asked for."""
        if self == Scope():
            return ""
        return f"{_listed(self.units)};{_listed(self.years)}"


def asked() -> Scope:
    """Return the scope that the build told of; everything where it told of none."""
    told = os.environ.get(VARIABLE, "")
    if not told:
        return Scope()
    units, years = told.split(";")
    return Scope(
        None if units == "*" else frozenset(filter(None, units.split(","))),
        None if years == "*" else frozenset(int(year) for year in years.split(",") if year),
    )


def _listed(names: Iterable[object] | None) -> str:
    return "*" if names is None else ",".join(sorted(map(str, names)))
