"""Which (notebook, office, year) runs, and which files each run reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from juesuan.load import Accounts, Checked, site_mark
from juesuan.paths import Project

SCREEN = ("html",)
NOTEBOOKS = ("report", "checklist", "variance", "trend")
FORMATS = {"html": "html", "docx": "docx", "pdf": "typst"}
"""What a report may be asked for in, and what Quarto calls that."""
_NONE = "none"
EXPLORE = Path("explore")
_OVER_ALL = (
    ("comparison", "comparison", "各单位比较", "位次、分布、两个指标的关系", ("cpi.csv",), ("catalogue",)),
    ("trends", "trend", "各单位趋势", "历年走向", (), ()),
    ("execution", "execution", "预算执行", "决算偏离预算多少", (), ()),
    ("projects", "projects", "项目和绩效", "项目支出、评价得分", (), ()),
    ("checks", "checks", "数字核对", "相符、四舍五入、不符", (), ("findings",)),
    ("terms", "terms", "数据与术语", "名词解释、数据表、数字的来源", ("cpi.csv",), ("search", "terms")),
)
"""Pages over all offices and years: notebook, page, title, subtitle, what else of `data/` it reads, its data scripts."""


class PartsError(ValueError):
    """A part of the site was asked for that there is none of."""


@dataclass(frozen=True)
class Parts:
    """Which pages an office's year has, and in which formats its report comes; the explorer's pages are always there."""

    notebooks: tuple[str, ...] = NOTEBOOKS
    formats: tuple[str, ...] = tuple(FORMATS)

    @classmethod
    def named(cls, notebooks: str = "", formats: str = "") -> Parts:
        """Return the parts named with commas between: all where nothing is named, no notebooks for `none`.

        Raises `PartsError` for a name that there is not.
        """
        if notebooks.strip() == _NONE:
            return cls((), ())
        return cls(_named("笔记本", notebooks, NOTEBOOKS), _named("格式", formats, tuple(FORMATS)))

    @property
    def told(self) -> str:
        """The parts as the notebooks that link to them are told: nothing where all are there."""
        return "" if self == Parts() else ",".join((*self.notebooks, *self.formats)) or _NONE


def _named(what: str, asked: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = [name.strip() for name in asked.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        raise PartsError(f"没有{what} {'、'.join(unknown)}；可选 {'、'.join(known)}；请改正。")
    return tuple(name for name in known if name in names) if names else known


@dataclass(frozen=True)
class Job:
    """One run: the template's name, its parameters, where the page goes below `pages/`, what it reads of `data/`.

    `scripts` are the names of the data scripts that it writes for the explorer's views; `mark` are words that the page
    must bear (示例数据).
    """

    notebook: str
    parameters: dict[str, Any] = field(hash=False)
    page: Path
    title: str
    subtitle: str
    formats: tuple[str, ...]
    reads: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    mark: str = ""

    @property
    def name(self) -> str:
        """The job as the progress bar names it."""
        return self.page.with_suffix("").as_posix()


def plan_jobs(checked: Checked, project: Project, parts: Parts | None = None) -> list[Job]:
    """Return every run that `data/` asks for, of the pages of offices' years those of `parts`, all where it is None.

    For each office whose report is published here, by year: the report and its checklist, variance where the year before
    is there too, the trend up to it. A page for each office, one for each year, those over all, the front page.
    """
    accounts, parts = checked.accounts, parts or Parts()
    data = "" if project.data == project.root / "data" else str(project.data)
    jobs = [job for one in accounts.values() if one.unit.profile for job in _report_jobs(one, accounts, data, parts)]
    jobs += [
        _office_job(unit_id, accounts, data, parts) for unit_id in dict.fromkeys(unit_id for unit_id, _ in accounts)
    ]
    jobs += [_year_job(year, accounts, data, parts) for year in sorted({year for _, year in accounts})]
    every = tuple(one.folder for one in accounts.values())
    jobs += [
        Job(
            name,
            _told(name, data, parts),
            EXPLORE / f"{page}.ipynb",
            title,
            subtitle,
            SCREEN,
            (*every, *beside),
            scripts,
        )
        for name, page, title, subtitle, beside, scripts in _OVER_ALL
    ]
    front = {"built_on": "", "data": data, "parts": parts.told}
    jobs.append(Job("front", front, Path("_front.md"), "", "", (), every))
    mark = site_mark(project.data)
    return [replace(job, mark=mark) for job in jobs]


def _told(notebook: str, data: str, parts: Parts) -> dict[str, Any]:
    """Return the parameters of a notebook over all offices: search leads to the pages there are, a citation has a date."""
    more = {"terms": {"parts": parts.told}, "comparison": {"built_on": ""}}
    return {"data": data, **more.get(notebook, {})}


def _office_job(unit_id: str, accounts: Mapping[tuple[str, int], Accounts], data: str, parts: Parts) -> Job:
    years = [one for (held, _), one in accounts.items() if held == unit_id]
    reads = tuple(one.folder for one in years)
    page = EXPLORE / "offices" / f"{unit_id}.ipynb"
    parameters = {"unit": unit_id, "data": data, "parts": parts.told}
    subtitle = f"{years[0].year}—{years[-1].year}年收支" if len(years) > 1 else f"{years[0].year}年收支"
    return Job("office", parameters, page, years[-1].unit.name, subtitle, SCREEN, reads, (f"office-{unit_id}",))


def _year_job(year: int, accounts: Mapping[tuple[str, int], Accounts], data: str, parts: Parts) -> Job:
    reads = tuple(one.folder for (_, of), one in accounts.items() if of == year)
    page = EXPLORE / "years" / f"{year}.ipynb"
    scripts = (f"year-{year}", f"details-{year}")
    return Job(
        "year", {"year": year, "data": data}, page, f"{year}年各单位", "位次、占比、人均、用途", SCREEN, reads, scripts
    )


def _report_jobs(one: Accounts, accounts: Iterable[tuple[str, int]], data: str, parts: Parts) -> list[Job]:
    unit, year = one.unit, one.year
    years = sorted(of for unit_id, of in accounts if unit_id == unit.unit_id and of <= year)
    folder = Path(str(year)) / unit.unit_id
    parameters = {"unit": unit.unit_id, "year": year, "data": data}
    reads = tuple(f"{unit.unit_id}/{of}" for of in (year - 1, year) if of in years)
    every = tuple(f"{unit.unit_id}/{of}" for of in years)

    def job(name: str, subtitle: str, formats: tuple[str, ...], read: tuple[str, ...]) -> Job:
        return Job(name, parameters, folder / f"{name}.ipynb", unit.name, subtitle, formats, read)

    jobs = [
        job("report", f"{year}年度部门决算", tuple(FORMATS[one] for one in parts.formats), reads),
        job("checklist", f"{year}年公开内容核对", SCREEN, reads),
    ]
    if year - 1 in years:
        jobs.append(job("variance", f"{year}年增减变动分析", SCREEN, reads))
    if len(years) > 1:
        jobs.append(job("trend", f"{years[0]}—{year}年收支趋势", SCREEN, every))
    return [made for made in jobs if made.notebook in parts.notebooks]
