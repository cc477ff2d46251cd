"""What there is in `data/` decides which notebook runs for whom, and what each run reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from juesuan.execute import Job, plan_jobs
from juesuan.load import check_data
from juesuan.paths import Project

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"


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
    assert set(planned(data)) == {
        f"2020/{UNIT}/report",
        f"2020/{UNIT}/checklist",
        f"2021/{UNIT}/report",
        f"2021/{UNIT}/checklist",
        f"2021/{UNIT}/variance",
        f"2021/{UNIT}/trend",
        "explore/comparison-2020",
        "explore/comparison-2021",
        "_front",
    }


def test_a_page_lies_where_its_year_and_office_say(data: Path) -> None:
    pages = {job.page.as_posix() for job in planned(data).values()}
    assert pages >= {f"2021/{UNIT}/report.ipynb", "explore/comparison-2021.ipynb", "_front.md"}


def test_only_a_report_is_printed(data: Path) -> None:
    formats = {name: job.formats for name, job in planned(data).items()}
    assert formats[f"2021/{UNIT}/report"] == ("html", "docx", "typst")
    assert formats["_front"] == ()
    screen = (f"2021/{UNIT}/checklist", f"2021/{UNIT}/variance", "explore/comparison-2021")
    assert {formats[name] for name in screen} == {("html",)}


def test_each_page_reads_the_years_that_it_speaks_of(data: Path) -> None:
    reads = {name: job.reads for name, job in planned(data).items()}
    both = (f"{UNIT}/2020", f"{UNIT}/2021")
    assert reads[f"2020/{UNIT}/report"] == (f"{UNIT}/2020",)
    assert reads[f"2021/{UNIT}/report"] == reads[f"2021/{UNIT}/variance"] == reads[f"2021/{UNIT}/trend"] == both
    assert reads[f"2021/{UNIT}/checklist"] == both
    assert reads["explore/comparison-2021"] == (f"{UNIT}/2021",)
    assert set(reads["_front"]) == set(both)


def test_a_year_without_the_one_before_is_not_compared_but_has_a_trend(data: Path) -> None:
    (data / UNIT / "2020").rename(data / UNIT / "2019")
    jobs = planned(data)
    assert f"2021/{UNIT}/variance" not in jobs
    assert jobs[f"2021/{UNIT}/report"].reads == (f"{UNIT}/2021",)
    assert jobs[f"2021/{UNIT}/trend"].reads == (f"{UNIT}/2019", f"{UNIT}/2021")
    assert jobs[f"2021/{UNIT}/trend"].subtitle == "2019—2021年收支趋势"
    assert {name for name in jobs if name.startswith("explore")} == {
        "explore/comparison-2019",
        "explore/comparison-2021",
    }


def test_one_year_alone_gets_neither_variance_nor_trend(data: Path) -> None:
    shutil.rmtree(data / UNIT / "2020")
    pages = (f"2021/{UNIT}/report", f"2021/{UNIT}/checklist", "explore/comparison-2021", "_front")
    assert set(planned(data)) == set(pages)


def test_a_trend_looks_back_and_never_forward(data: Path) -> None:
    shutil.copytree(data / UNIT / "2021", data / UNIT / "2022")
    jobs = planned(data)
    assert jobs[f"2021/{UNIT}/trend"].reads == (f"{UNIT}/2020", f"{UNIT}/2021")
    assert jobs[f"2022/{UNIT}/trend"].reads == (f"{UNIT}/2020", f"{UNIT}/2021", f"{UNIT}/2022")
    assert jobs[f"2022/{UNIT}/report"].reads == (f"{UNIT}/2021", f"{UNIT}/2022")


def test_a_second_office_joins_the_comparison_of_its_year_and_the_front_page(data: Path) -> None:
    add_office(data, "tongjiang")
    jobs = planned(data)
    assert jobs["explore/comparison-2021"].reads == (f"{UNIT}/2021", "tongjiang/2021")
    assert jobs["explore/comparison-2020"].reads == (f"{UNIT}/2020",)
    assert "tongjiang/2021" in jobs["_front"].reads
    assert jobs["2021/tongjiang/report"].reads == ("tongjiang/2021",)
    assert "2021/tongjiang/trend" not in jobs


def test_a_notebook_is_told_its_office_its_year_and_nothing_of_the_projects_own_data(data: Path) -> None:
    assert planned(data)[f"2021/{UNIT}/report"].parameters == {"unit": UNIT, "year": 2021, "data": ""}


def test_a_notebook_is_told_where_other_data_lie(data: Path, tmp_path: Path) -> None:
    told = {job.parameters["data"] for job in planned(data, root=tmp_path / "elsewhere").values()}
    assert told == {str(data)}
