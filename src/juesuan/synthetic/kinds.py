"""What kinds of office a county has: what each spends on, earns, does, and what befalls it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["works", "grants", "services", "equipment"]
ADMINISTRATIVE = "行政单位"
FULLY_FUNDED = "全额拨款事业单位"
PARTLY_FUNDED = "差额拨款事业单位"


@dataclass(frozen=True)
class Plan:
    """A project that offices of a kind may have; `sort` decides its 经济科目."""

    name: str
    function_code: str
    sort: Sort = "services"


@dataclass(frozen=True)
class Surge:
    """A year in which an office spent `times` as much as usual, on one project."""

    year: int
    times: float
    plan: Plan


@dataclass(frozen=True)
class Story:
    """What befalls an office. A year in `overdrawn` closes below zero; the next one is not published."""

    first_year: int | None = None
    last_year: int | None = None
    missing: int | None = None
    overdrawn: int | None = None
    growth: float = 0.04
    surge: Surge | None = None
    heir: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of office.

    `median` is what it spends a year, in 万元; `basic_share` the 基本支出 of its 一般公共预算; `outside_share` what
    it spends besides 财政拨款, `outside` the sources of that by weight; `fund` and `capital` its projects of
    政府性基金 and 国有资本经营预算.
    """

    slug: str
    name: str
    nature: str
    running: str
    median: float
    basic_share: float
    duties: tuple[str, ...]
    works: tuple[str, ...]
    projects: tuple[Plan, ...]
    outside_share: float = 0.0
    outside: dict[str, float] = field(default_factory=dict)
    fund: Plan | None = None
    capital: Plan | None = None
    vehicles: dict[str, float] = field(default_factory=dict)
    hosts: bool = True
    supports: bool = False
    equipment: float = 0.0
    story: Story = Story()

    @property
    def administrative(self) -> bool:
        """Say whether it is an organ of government (行政单位) rather than an institution (事业单位)."""
        return self.nature == ADMINISTRATIVE
