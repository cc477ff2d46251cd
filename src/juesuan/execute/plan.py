"""Which (notebook, office, year) runs, and which files each run reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juesuan.load import Accounts, Checked
from juesuan.paths import Project

PRINTED = ("html", "docx", "typst")
SCREEN = ("html",)
EXPLORE = Path("explore")


@dataclass(frozen=True)
class Job:
    """One run: the template's name, its parameters, where the page goes below `pages/`, what it reads of `data/`."""

    notebook: str
    parameters: dict[str, Any] = field(hash=False)
    page: Path
    title: str
    subtitle: str
    formats: tuple[str, ...]
    reads: tuple[str, ...]

    @property
    def name(self) -> str:
        """The job as the progress bar names it."""
        return self.page.with_suffix("").as_posix()


def plan_jobs(checked: Checked, project: Project) -> list[Job]:
    """Return every run that `data/` asks for.

    A report and its checklist for each office and year; variance where the year before is there too; a trend over the years up to each;
    a comparison for each year; the front page.
    """
    accounts = checked.accounts
    data = "" if project.data == project.root / "data" else str(project.data)
    jobs = [job for one in accounts.values() for job in _office_jobs(one, accounts, data)]
    for year in sorted({year for _, year in accounts}):
        reads = tuple(f"{unit_id}/{year}" for unit_id, of in accounts if of == year)
        page = EXPLORE / f"comparison-{year}.ipynb"
        parameters = {"year": year, "data": data}
        jobs.append(
            Job("comparison", parameters, page, f"{year}年各单位比较", "本年支出的位次、占比和人均", SCREEN, reads)
        )
    every = tuple(one.folder for one in accounts.values())
    jobs.append(Job("front", {"built_on": "", "data": data}, Path("_front.md"), "", "", (), every))
    return jobs


def _office_jobs(one: Accounts, accounts: Iterable[tuple[str, int]], data: str) -> list[Job]:
    unit, year = one.unit, one.year
    years = sorted(of for unit_id, of in accounts if unit_id == unit.unit_id and of <= year)
    folder = Path(str(year)) / unit.unit_id
    parameters = {"unit": unit.unit_id, "year": year, "data": data}
    reads = tuple(f"{unit.unit_id}/{of}" for of in (year - 1, year) if of in years)
    every = tuple(f"{unit.unit_id}/{of}" for of in years)

    def job(name: str, subtitle: str, formats: tuple[str, ...], read: tuple[str, ...]) -> Job:
        return Job(name, parameters, folder / f"{name}.ipynb", unit.name, subtitle, formats, read)

    jobs = [
        job("report", f"{year}年度部门决算", PRINTED, reads),
        job("checklist", f"{year}年公开内容核对", SCREEN, reads),
    ]
    if year - 1 in years:
        jobs.append(job("variance", f"{year}年增减变动分析", SCREEN, reads))
    if len(years) > 1:
        jobs.append(job("trend", f"{years[0]}—{year}年收支趋势", SCREEN, every))
    return jobs
