"""What there is in `data/` decides which notebook runs for whom, and what each run reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from juesuan.execute import Job, Parts, PartsError, plan_jobs
from juesuan.load import check_data
from juesuan.paths import Project

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"
OVER_ALL = {f"explore/{page}" for page in ("comparison", "trend", "execution", "projects", "checks", "terms")} | {
    "_front"
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The accounts of one office alone."""
    copy = tmp_path / "project/data"
    shutil.copytree(DATA / UNIT, copy / UNIT)
    shutil.copytree(DATA / "classification", copy / "classification")
    rows = (DATA / "units.csv").read_text(encoding="utf-8").splitlines()
    (copy / "units.csv").write_text(f"{rows[0]}\n{_row_of(UNIT, rows)}\n", encoding="utf-8")
    return copy


def _row_of(unit_id: str, rows: list[str]) -> str:
    return next(row for row in rows if row.startswith(f"{unit_id},"))


def planned(data: Path, root: Path | None = None) -> dict[str, Job]:
    project = Project(root or data.parent, data, data.parent / "_site")
    return {job.name: job for job in plan_jobs(check_data(data), project)}


def add_office(data: Path, unit_id: str) -> None:
    units = data / "units.csv"
    row = _row_of(UNIT, units.read_text(encoding="utf-8").splitlines())
    with units.open("a", encoding="utf-8") as file:
        file.write(row.replace(UNIT, unit_id) + "\n")
    shutil.copytree(data / UNIT / "2021", data / unit_id / "2021")


def test_two_years_in_a_row_get_every_page_of_the_later_one(data: Path) -> None:
    assert (
        set(planned(data))
        == {
            f"2020/{UNIT}/report",
            f"2020/{UNIT}/checklist",
            f"2021/{UNIT}/report",
            f"2021/{UNIT}/checklist",
            f"2021/{UNIT}/variance",
            f"2021/{UNIT}/trend",
            "explore/years/2020",
            "explore/years/2021",
            f"explore/offices/{UNIT}",
        }
        | OVER_ALL
    )


def test_a_page_lies_where_its_year_and_office_say(data: Path) -> None:
    pages = {job.page.as_posix() for job in planned(data).values()}
    assert pages >= {f"2021/{UNIT}/report.ipynb", "explore/years/2021.ipynb", "_front.md"}


def test_only_a_report_is_printed(data: Path) -> None:
    formats = {name: job.formats for name, job in planned(data).items()}
    assert formats[f"2021/{UNIT}/report"] == ("html", "docx", "typst")
    assert formats["_front"] == ()
    screen = (f"2021/{UNIT}/checklist", f"2021/{UNIT}/variance", "explore/years/2021")
    assert {formats[name] for name in screen} == {("html",)}


def test_each_page_reads_the_years_that_it_speaks_of(data: Path) -> None:
    reads = {name: job.reads for name, job in planned(data).items()}
    both = (f"{UNIT}/2020", f"{UNIT}/2021")
    assert reads[f"2020/{UNIT}/report"] == (f"{UNIT}/2020",)
    assert reads[f"2021/{UNIT}/report"] == reads[f"2021/{UNIT}/variance"] == reads[f"2021/{UNIT}/trend"] == both
    assert reads[f"2021/{UNIT}/checklist"] == both
    assert reads["explore/years/2021"] == both, "its figures are checked against the year before"
    assert set(reads["_front"]) == set(both)


def test_a_year_without_the_one_before_is_not_compared_but_has_a_trend(data: Path) -> None:
    (data / UNIT / "2020").rename(data / UNIT / "2019")
    jobs = planned(data)
    assert f"2021/{UNIT}/variance" not in jobs
    assert jobs[f"2021/{UNIT}/report"].reads == (f"{UNIT}/2021",)
    assert jobs[f"2021/{UNIT}/trend"].reads == (f"{UNIT}/2019", f"{UNIT}/2021")
    assert jobs[f"2021/{UNIT}/trend"].subtitle == "2019—2021年收支趋势"
    assert {name for name in jobs if name.startswith("explore/years")} == {"explore/years/2019", "explore/years/2021"}


def test_one_year_alone_gets_neither_variance_nor_trend(data: Path) -> None:
    shutil.rmtree(data / UNIT / "2020")
    pages = {f"2021/{UNIT}/report", f"2021/{UNIT}/checklist", "explore/years/2021", f"explore/offices/{UNIT}"}
    assert set(planned(data)) == pages | OVER_ALL


def test_a_trend_looks_back_and_never_forward(data: Path) -> None:
    shutil.copytree(data / UNIT / "2021", data / UNIT / "2022")
    jobs = planned(data)
    assert jobs[f"2021/{UNIT}/trend"].reads == (f"{UNIT}/2020", f"{UNIT}/2021")
    assert jobs[f"2022/{UNIT}/trend"].reads == (f"{UNIT}/2020", f"{UNIT}/2021", f"{UNIT}/2022")
    assert jobs[f"2022/{UNIT}/report"].reads == (f"{UNIT}/2021", f"{UNIT}/2022")


def test_a_second_office_joins_the_comparison_of_its_year_and_the_front_page(data: Path) -> None:
    add_office(data, "tongjiang")
    jobs = planned(data)
    assert jobs["explore/years/2021"].reads == (f"{UNIT}/2020", f"{UNIT}/2021", "tongjiang/2021")
    assert jobs["explore/years/2020"].reads == (f"{UNIT}/2020",)
    assert "tongjiang/2021" in jobs["_front"].reads
    assert jobs["2021/tongjiang/report"].reads == ("tongjiang/2021",)
    assert "2021/tongjiang/trend" not in jobs


def test_an_office_without_a_profile_is_compared_and_has_no_report(data: Path) -> None:
    add_office(data, "tongjiang")
    units = data / "units.csv"
    rows = units.read_text(encoding="utf-8").splitlines()
    units.write_text("\n".join([*rows[:-1], rows[-1].replace("sichuan-2021", "")]) + "\n", encoding="utf-8")
    jobs = planned(data)
    assert "2021/tongjiang/report" not in jobs
    assert jobs["explore/offices/tongjiang"].scripts == ("office-tongjiang",)
    assert "tongjiang/2021" in jobs["explore/years/2021"].reads


def test_a_site_may_have_fewer_pages_and_its_other_pages_are_told_so(data: Path) -> None:
    project = Project(data.parent, data, data.parent / "_site")
    jobs = {job.name: job for job in plan_jobs(check_data(data), project, Parts.named("report", "html,pdf"))}
    assert f"2021/{UNIT}/checklist" not in jobs
    assert jobs[f"2021/{UNIT}/report"].formats == ("html", "typst")
    assert (
        jobs["_front"].parameters["parts"] == jobs[f"explore/offices/{UNIT}"].parameters["parts"] == "report,html,pdf"
    )


def test_a_site_may_have_no_reports_at_all(data: Path) -> None:
    project = Project(data.parent, data, data.parent / "_site")
    jobs = {job.name: job for job in plan_jobs(check_data(data), project, Parts.named("none"))}
    assert set(jobs) == {"explore/years/2020", "explore/years/2021", f"explore/offices/{UNIT}"} | OVER_ALL
    assert {job.parameters["parts"] for job in jobs.values() if "parts" in job.parameters} == {"none"}


def test_a_part_that_there_is_none_of_is_refused_with_those_there_are() -> None:
    with pytest.raises(PartsError, match="没有格式 doc；可选 html、docx、pdf"):
        Parts.named(formats="doc")


def test_words_that_every_page_must_bear_reach_every_page(data: Path) -> None:
    (data / "site.toml").write_text('mark = "示例数据"\n', encoding="utf-8")
    assert {job.mark for job in planned(data).values()} == {"示例数据"}


def test_a_notebook_is_told_its_office_its_year_and_nothing_of_the_projects_own_data(data: Path) -> None:
    assert planned(data)[f"2021/{UNIT}/report"].parameters == {"unit": UNIT, "year": 2021, "data": ""}


def test_a_notebook_is_told_where_other_data_lie(data: Path, tmp_path: Path) -> None:
    told = {job.parameters["data"] for job in planned(data, root=tmp_path / "elsewhere").values()}
    assert told == {str(data)}
