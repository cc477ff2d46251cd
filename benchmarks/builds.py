"""What builds of a made-up county take: from nothing, beside the stock chain, after one change, and as the county grows.

Each build is the command `juesuan build` in a process of its own. A year is built with the year before it in `data/`, so
that every notebook has something to run for. Each build is held to have made every report asked for.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import engine
from benchmarks.county import ROOT, County, NotMadeError, change_one_amount
from benchmarks.process_tree import Cost, cost_of
from benchmarks.progress import Progress
from benchmarks.stock_chain import found_renderer, write_task
from juesuan.execute import plan_jobs
from juesuan.load import check_data
from juesuan.scope import Scope

YEARS = range(2019, 2025)
YEAR = YEARS[-1]
_REPEATED = 100  # offices; what takes longer than a county of these is built once
Stated = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    units: int
    sample: int
    rounds: int
    growth: tuple[int, ...]
    cores: int
    notebooks: tuple[str, ...] = ()


@dataclass
class Bench:
    """One run of the benchmarks below `aside`: the county that several measures share is built once."""

    aside: Path
    sizes: Sizes

    @cached_property
    def county_built(self) -> tuple[County, Cost]:
        """The county of a year, with what its build from nothing took in all formats."""
        county = County.made(self.aside / "county", self.sizes.units, range(YEAR, YEAR + 1), self.sizes.cores)
        county.clear()  # a measure before may have failed half way
        progress = Progress("county", county.offices, "office")
        with progress.step(f"building {county.offices} offices × 1 year from nothing, all formats", county.offices):
            return county, county.build(progress)

    def engine(self) -> Stated:
        """Return what each notebook takes by both engines."""
        offices = min(self.sizes.units, 16)
        root = self.aside / "engine"
        county = County.made(root, offices, range(YEAR, YEAR + 1), self.sizes.cores)
        runs = county.offices
        return engine.measure(county.project, runs, self.sizes.rounds, self.sizes.cores, self.sizes.notebooks)

    def county(self) -> Stated:
        """Return what the county's year takes from nothing."""
        county, cost = self.county_built
        return {"offices": county.offices, **_told(cost), "seconds_an_office": round(cost.seconds / county.offices, 3)}

    def chain(self) -> Stated:
        """Return what the stock chain takes for some of the county's offices, and beside it the build in the same run.

        Pages over all offices are left out of the chain, and are in the build.
        """
        progress = Progress("chain", self.sizes.sample, "office")
        county, ours = self.county_built
        took = self._stock_seconds(county, progress)
        stock, stock_cpu = (statistics.median(one[name] for one in took) for name in ("seconds", "cpu_seconds"))
        return {
            "renderer": found_renderer(),
            "sample": len(took),
            "seconds_an_office": round(stock, 2),
            "cpu_seconds_an_office": round(stock_cpu, 2),
            "extrapolated_seconds": round(stock * county.offices),
            "ratio": round(stock * county.offices / ours.seconds, 1),
            "cpu_ratio": round(stock_cpu * county.offices / ours.cpu_seconds, 1),
        }

    def six_years(self) -> Stated:
        """Return what the county's six years take from nothing, in HTML."""
        county = County.made(self.aside / "years", self.sizes.units, YEARS, self.sizes.cores, before=0)
        progress = Progress("six_years", len(YEARS) * county.offices, "office and year")
        with progress.step(f"building {county.offices} offices × {len(YEARS)} years from nothing, HTML", 0):
            cost = county.build(progress, "--formats", "html")
        shutil.rmtree(county.project.root)
        return {"offices": county.offices, "years": len(YEARS), **_told(cost)}

    def rebuild(self) -> Stated:
        """Return what a build takes where nothing changed, and after one amount of one office changed: medians."""
        progress = Progress("rebuild", 2 * self.sizes.rounds, "build")
        county, _ = self.county_built
        nothing, one = list[float](), list[float]()
        for _ in range(self.sizes.rounds):
            with progress.step("nothing changed", 1):
                nothing.append(county.build(progress).seconds)
            with progress.step("one amount changed", 1):
                one.append(_rebuilt(county, progress))
        return {
            "offices": county.offices, "rounds": self.sizes.rounds,
            "nothing_changed_seconds": round(statistics.median(nothing), 2),
            "one_csv_changed_seconds": round(statistics.median(one), 2),
        }  # fmt: skip

    def growth(self) -> Stated:
        """Return what a year takes from nothing in HTML by the number of offices, and how far that is from a line."""
        times = {units: self.sizes.rounds if units <= _REPEATED else 1 for units in self.sizes.growth}
        progress = Progress("growth", sum(units * of for units, of in times.items()), "office")
        points: dict[int, Cost] = {}
        for units, of in times.items():
            county = County.made(self.aside / f"growth-{units}", units, range(YEAR, YEAR + 1), self.sizes.cores)
            points[county.offices] = _typical([self._grown(county, progress, units) for _ in range(of)])
            shutil.rmtree(county.project.root)
        told = {
            str(offices): {**_told(cost), "seconds_an_office": round(cost.seconds / offices, 4)}
            for offices, cost in points.items()
        }
        return {"offices": told, **linearity({offices: cost.seconds for offices, cost in points.items()})}

    def _grown(self, county: County, progress: Progress, units: int) -> Cost:
        county.clear()
        with progress.step(f"building {county.offices} offices × 1 year from nothing, HTML", units):
            return county.build(progress, "--formats", "html")

    def _stock_seconds(self, county: County, progress: Progress) -> list[dict[str, float]]:
        scope = Scope(None, frozenset({YEAR}))
        jobs = [
            job for job in plan_jobs(check_data(county.project.data), county.project, scope=scope) if job.of_one_office
        ]
        every = sorted({job.parameters["unit"] for job in jobs})
        chosen = every[:: max(1, len(every) // self.sizes.sample)][: self.sizes.sample]
        task = self.aside / "chain.json"
        offices = {unit: [job for job in jobs if job.parameters["unit"] == unit] for unit in chosen}
        write_task(task, county.project.root, offices)
        pages = sum(map(len, offices.values()))
        progress.say(f"{len(chosen)} offices, {pages} notebooks, one by one, by papermill and {found_renderer()}")
        cost_of(
            [sys.executable, "-m", "benchmarks.stock_chain", str(task)], ROOT, self.aside / "chain.log", progress.beat
        )
        took: list[dict[str, float]] = json.loads(task.with_suffix(".took.json").read_text(encoding="utf-8"))
        return took


def linearity(seconds: Mapping[int, float]) -> Stated:
    """Return the line through seconds by number of offices, and how far from it they lie, in per cent of themselves.

    `last_offices_over_middle_pct` compares what one more office takes between the two greatest numbers with what it takes
    between the others (the median): what a start costs would hide the growth in plain seconds an office.
    """
    offices, took = np.array(sorted(seconds), float), np.array([seconds[of] for of in sorted(seconds)], float)
    each, fixed = np.polyfit(offices, took, 1, w=1 / took)
    more = np.diff(took) / np.diff(offices)
    return {
        "fixed_seconds": round(float(fixed), 2),
        "seconds_an_office_more": round(float(each), 4),
        "furthest_from_line_pct": round(float(np.max(np.abs(took / (fixed + each * offices) - 1)) * 100), 1),
        "last_offices_over_middle_pct": round(float(more[-1] / np.median(more[:-1]) - 1) * 100, 1),
    }


def _rebuilt(county: County, progress: Progress) -> float:
    """Change one amount, build, and see it printed."""
    page, amount = change_one_amount(county)
    cost = county.build(progress)
    if amount not in page.read_text(encoding="utf-8"):
        raise NotMadeError(f"{page}: {amount} is not printed; the build did not see the change")
    return cost.seconds


def _typical(costs: list[Cost]) -> Cost:
    """Return the cost that is the median by the clock."""
    return sorted(costs, key=lambda cost: cost.seconds)[len(costs) // 2]


def _told(cost: Cost) -> Stated:
    return {**asdict(cost), "peak_gb": cost.peak_gb}
