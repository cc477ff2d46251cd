"""Which offices a county has, and how each lives through the years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

from juesuan.synthetic.draw import WAN, dice, whole
from juesuan.synthetic.kinds import Kind, Story
from juesuan.synthetic.kinds_county import COUNTY_KINDS
from juesuan.synthetic.kinds_town import TOWN_KINDS, TOWNS, town

COUNTY = "示例县"
REGION = "示例省示例市示例县"
MOST_OFFICES = len(COUNTY_KINDS) + TOWNS * len(TOWN_KINDS)
FIRST_YEAR = 2010  # every office's course is drawn from here on, so that no year depends on which years are asked for
SMALLEST, LARGEST = 80 * WAN, 30_000 * WAN
_LEAST, _MOST = SMALLEST * 1.2, LARGEST * 0.7  # beyond these it turns back
_SPREAD = {True: 0.45, False: 0.35}


@dataclass(frozen=True)
class Office:
    """One office of the county that `seed` makes: who it is, and in which year it spends about what."""

    unit_id: str
    name: str
    short_name: str
    kind: Kind
    seed: int

    @cached_property
    def story(self) -> Story:
        """What befalls it: its kind's story, or, among the towns, a few drawn ones."""
        if self.kind in COUNTY_KINDS:
            return self.kind.story
        chance = dice(self.seed, self.unit_id, "story")
        drawn, year = chance.random(), chance.randint(2020, 2023)
        growth = chance.uniform(-0.02, 0.08)
        if drawn < 0.03:
            return Story(first_year=year, growth=growth)
        if drawn < 0.05:
            return Story(last_year=year, growth=growth, heir=f"{COUNTY}人民政府")
        if drawn < 0.07:
            return Story(missing=year, growth=growth)
        return Story(growth=growth)

    def exists(self, year: int) -> bool:
        """Say whether the office is there in `year`."""
        return (self.story.first_year or FIRST_YEAR) <= year <= (self.story.last_year or year)

    def published(self, year: int) -> bool:
        """Say whether its accounts of `year` were made public."""
        return self.exists(year) and year != self.story.missing

    def spends(self, year: int) -> float:
        """Return about what it spends in `year` of everything but 政府性基金 and 国有资本经营, in 分; a surge aside."""
        course, chance = self._course
        while len(course) <= year - FIRST_YEAR:
            rate = max(-0.12, min(0.22, chance.gauss(self.story.growth, 0.05)))
            fen = course[-1]
            rate = -abs(rate) if fen > _MOST else abs(rate) if fen < _LEAST else rate
            course.append(fen * (1 + rate))
        return course[year - FIRST_YEAR]

    @cached_property
    def _course(self) -> tuple[list[float], Random]:
        """What it spends year by year, as far as was asked for, and the dice for the years to come."""
        chance = dice(self.seed, self.unit_id, "course")
        first = self.kind.median * WAN * chance.lognormvariate(0, _SPREAD[self.kind.administrative])
        return [max(_LEAST, min(_MOST, first))], chance

    def closing(self, fund: str, year: int) -> int:
        """Return 年末结转和结余 of a fund, in 分: drawn for the year alone, so that the next year can open with it."""
        if not self.exists(year) or fund == "state_capital":
            return 0
        size, chance = self.spends(year), dice(self.seed, self.unit_id, year, "closing", fund)
        drawn, share = chance.random(), chance.uniform(0.1, 1)
        if year == self.story.overdrawn:  # 一般公共预算 closes with more than the other money lacks
            return {"general_public": 2, "other": -1}.get(fund, 0) * whole(size * 0.006)
        if fund == "general_public":
            return whole(size * 0.03 * share) if drawn < 0.45 and year != self.story.last_year else 0
        if fund == "government_fund":
            return whole(size * 0.01 * share) if self.kind.fund and drawn < 0.5 else 0
        return whole(size * self.kind.outside_share * 0.08 * share)


def county(units: int, seed: int) -> list[Office]:
    """Return the first `units` offices of the county: its own and those of its towns by turns, then towns alone.

    Raises `ValueError` where there are not so many.
    """
    if not 1 <= units <= MOST_OFFICES:
        raise ValueError(f"单位数 {units} 不行；应为 1 到 {MOST_OFFICES}")
    own, towns = [_own(kind, seed) for kind in COUNTY_KINDS], _of_towns(seed)
    mixed = [office for pair in zip(own, towns, strict=False) for office in pair]
    return [*mixed, *towns[len(own) :]][:units]


def _own(kind: Kind, seed: int) -> Office:
    return Office(f"shili-{kind.slug}", COUNTY + kind.name, kind.name, kind, seed)


def _of_towns(seed: int) -> list[Office]:
    return [_of_town(*town(number), kind, seed) for number in range(TOWNS) for kind in TOWN_KINDS]


def _of_town(name: str, spelt: str, rank: str, kind: Kind, seed: int) -> Office:
    called = "办事处" if rank == "街道" and kind.slug == "zf" else kind.name
    place = f"{name}{rank}"
    return Office(f"shili-{spelt}-{kind.slug}", f"{COUNTY}{place}{called}", place + called, kind, seed)
