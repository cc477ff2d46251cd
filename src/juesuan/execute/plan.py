"""Which (notebook, office, year) runs, and which files each run reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from juesuan.paths import Project
from juesuan.scope import Scope

if TYPE_CHECKING:
    from juesuan.load import Accounts, Checked

SCREEN = ("html",)
NOTEBOOKS = ("report", "checklist", "variance", "trend")
FORMATS = {"html": "html", "docx": "docx", "pdf": "typst"}
"""What a report may be asked for in, and what Quarto calls that."""
_NONE = "none"
EXPLORE = Path("explore")
_Key = TypeVar("_Key")
_Member = TypeVar("_Member")
_OverAll = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]
_OVER_ALL: tuple[_OverAll, ...] = (
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
    must bear (示例数据); `only` is the scope, as the environment tells it, of a page over all offices or years.
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
    only: str = ""

    @property
    def of_one_office(self) -> bool:
        """Say whether the page speaks of one office alone."""
        return "unit" in self.parameters

    @cached_property
    def name(self) -> str:
        """The job as the progress bar names it."""
        return self.page.with_suffix("").as_posix()


def plan_jobs(checked: Checked, project: Project, parts: Parts | None = None, scope: Scope | None = None) -> list[Job]:
    """Return every run that `data/` asks for, within `scope`; of the pages of offices' years those of `parts`.

    For each office whose report is published here, by year: the report and its checklist, variance where the year before
    is there too, the trend up to it. A page for each office, one for each year, those over all, the front page.
    """
    from juesuan.load import site_mark  # noqa: PLC0415  a build in which nothing changed reads no accounts

    parts, scope = parts or Parts(), scope or Scope()
    data = "" if project.data == project.root / "data" else str(project.data)
    planned = _Plan(checked.accounts, data, parts, scope)
    mark = site_mark(project.data)
    return [replace(job, mark=mark) for job in planned.jobs()]


@dataclass(frozen=True)
class _Plan:
    """What is there and what of it is asked for."""

    accounts: Mapping[tuple[str, int], Accounts]
    data: str
    parts: Parts
    scope: Scope

    def jobs(self) -> list[Job]:
        there = [one for of, one in self.accounts.items() if self.scope.holds(*of)]
        offices, years = _grouped((one.unit.unit_id, one) for one in there), _grouped((one.year, one) for one in there)
        over_all = [
            *(_office_job(office, self) for office in offices.values()),
            *(_year_job(year, years[year], self) for year in sorted(years)),
            *(_job_over_all(described, there, self) for described in _OVER_ALL),
            self._front(there),
        ]
        known = _grouped(self.accounts)
        reports = [
            job for one in there if one.unit.profile
            for job in _report_jobs(one, known[one.unit.unit_id], self.data, self.parts)
        ]  # fmt: skip
        return [*reports, *(replace(job, only=str(self.scope)) for job in over_all)]

    def reads(self, there: Iterable[Accounts]) -> tuple[str, ...]:
        """Return the folders that pages over these years read: the years, and those before, against which they are checked."""
        unit_years = {of: None for one in there for of in _with_year_before(one, self.accounts)}
        return tuple(f"{unit_id}/{year}" for unit_id, year in unit_years)

    def _front(self, there: Iterable[Accounts]) -> Job:
        told = {"built_on": "", "data": self.data, "parts": self.parts.told}
        return Job("front", told, Path("_front.md"), "", "", (), self.reads(there))


def _grouped(pairs: Iterable[tuple[_Key, _Member]]) -> dict[_Key, list[_Member]]:
    made: dict[_Key, list[_Member]] = {}
    for key, member in pairs:
        made.setdefault(key, []).append(member)
    return made


def _with_year_before(one: Accounts, accounts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    before = (one.unit.unit_id, one.year - 1)
    return [*([before] if before in accounts else []), (one.unit.unit_id, one.year)]


def _job_over_all(described: _OverAll, there: Iterable[Accounts], plan: _Plan) -> Job:
    name, page, title, subtitle, beside, scripts = described
    place, reads = EXPLORE / f"{page}.ipynb", (*plan.reads(there), *beside)
    return Job(name, _told(name, plan.data, plan.parts), place, title, subtitle, SCREEN, reads, scripts)


def _told(notebook: str, data: str, parts: Parts) -> dict[str, Any]:
    """Return the parameters of a notebook over all offices: search leads to the pages there are, a citation has a date."""
    more = {"terms": {"parts": parts.told}, "comparison": {"built_on": ""}}
    return {"data": data, **more.get(notebook, {})}


def _office_job(years: Sequence[Accounts], plan: _Plan) -> Job:
    last, first = years[-1], years[0]
    page = EXPLORE / "offices" / f"{last.unit.unit_id}.ipynb"
    parameters = {"unit": last.unit.unit_id, "data": plan.data, "parts": plan.parts.told}
    subtitle = f"{first.year}—{last.year}年收支" if len(years) > 1 else f"{first.year}年收支"
    scripts = (f"office-{last.unit.unit_id}",)
    return Job("office", parameters, page, last.unit.name, subtitle, SCREEN, plan.reads(years), scripts)


def _year_job(year: int, offices: Sequence[Accounts], plan: _Plan) -> Job:
    page = EXPLORE / "years" / f"{year}.ipynb"
    parameters = {"year": year, "data": plan.data, "parts": plan.parts.told}
    scripts = (f"year-{year}", f"details-{year}")
    title, subtitle = f"{year}年各单位", "位次、占比、人均、用途"
    return Job("year", parameters, page, title, subtitle, SCREEN, plan.reads(offices), scripts)


def _report_jobs(one: Accounts, known: Iterable[int], data: str, parts: Parts) -> list[Job]:
    """Return the pages of an office's year; `known` are the years that there are of the office."""
    unit, year = one.unit, one.year
    years = sorted(of for of in known if of <= year)
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
