"""A fault (差错): where, what was found, what was expected, what to do. Faults are collected and shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in `data/`. `row` is the line in the file (the header is line 1); an error stops the build."""

    file: str
    found: str
    expected: str
    remedy: str
    row: int | None = None
    column: str = ""
    severity: Severity = "error"
    rule_id: str = ""

    @property
    def place(self) -> str:
        """The file, line and column, as an analyst would say them."""
        line = f" 第 {self.row} 行" if self.row else ""
        return f"{self.file}{line}{' ' + self.column if self.column else ''}"

    def __str__(self) -> str:
        return f"{self.place}：{self.found}；{self.expected}；{self.remedy}"

    def to_record(self) -> dict[str, Any]:
        """Return the fault as JSON-ready fields."""
        return asdict(self)


class FaultsError(ValueError):
    """The accounts cannot be used; `faults` holds everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"发现 {len(self.faults)} 处差错：\n" + "\n".join(str(fault) for fault in self.faults))


class UnreadableError(ValueError):
    """A file is not what its name says."""


def fatal(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that stop a build."""
    return [fault for fault in faults if fault.severity == "error"]
