"""A page is taken over only while everything that shapes it is what it was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.execute import Job, cache, job_key
from juesuan.paths import Project

UNIT = "nanjiang-zwxx"
BOTH = (f"{UNIT}/2020", f"{UNIT}/2021")


def report(year: int, *reads: str) -> Job:
    parameters = {"unit": UNIT, "year": year, "data": ""}
    return Job("report", parameters, Path(f"{year}/{UNIT}/report.ipynb"), "单位", "副题", ("html", "docx"), reads)


CODE = {
    "__init__.py": "",
    "money.py": "",
    "present/__init__.py": "from juesuan.present.narrative import document\nfrom juesuan.present.maps import map_of\n",
    "present/narrative.py": "import juesuan.money\nPLACES = ('sections', 'profiles', 'terms.toml')\n\ndef document(): ...\n",
    "present/maps.py": "def map_of(): ...\n",
    "execute/one.py": "",
    "render/embedded.py": "",
}

REPORT = report(2021, *BOTH)


@pytest.fixture
def house(project: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project whose code may be changed too, with a second office."""
    for name, text in CODE.items():
        (project / "code" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "code" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(cache, "package_folder", lambda: project / "code")
    shutil.copytree(project / "data" / UNIT / "2021", project / "data/tongjiang/2021")
    return Project(project, project / "data", project / "_site")


def append(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(b"\n")


@pytest.mark.parametrize(
    "file",
    [
        "data/classification/function.csv",
        "data/classification/economic.csv",
        f"data/{UNIT}/2021/economic.csv",
        f"data/{UNIT}/2021/narrative.md",
        f"data/{UNIT}/2021/source.toml",
        f"data/{UNIT}/2020/totals.csv",
        "report/sections/income.md",
        "report/profiles/sichuan-2021.toml",
        "report/terms.toml",
        "notebooks/report.ipynb",
        "code/money.py",
        "code/present/narrative.py",
        "code/execute/one.py",
        f"data/{UNIT}/2021/new.csv",
        "report/sections/new.md",
    ],
)
def test_a_report_is_made_again_when_what_it_reads_changes(house: Project, file: str) -> None:
    before = job_key(REPORT, house)
    append(house.root / file)
    assert job_key(REPORT, house) != before


@pytest.mark.parametrize(
    "file",
    [
        "data/tongjiang/2021/totals.csv",
        "data/README.md",
        "notebooks/trend.ipynb",
        "report/html/site.css",
        "report/typst/page.typ",
        "index.qmd",
        "_quarto.yml",
        "code/__pycache__/money.cpython-311.pyc",
        "code/render/embedded.py",
    ],
)
def test_a_report_is_taken_over_when_what_it_does_not_read_changes(house: Project, file: str) -> None:
    before = job_key(REPORT, house)
    append(house.root / file)
    assert job_key(REPORT, house) == before


def test_a_report_is_made_again_when_its_office_is_renamed_and_not_when_another_is(house: Project) -> None:
    units, before = house.data / "units.csv", job_key(REPORT, house)
    with units.open("a", encoding="utf-8") as file:
        file.write("tongjiang,通江县某局,某局,通江县,县级,行政,,\n")
    assert job_key(REPORT, house) == before
    rows = units.read_text(encoding="utf-8").replace(f"{UNIT},", f"{UNIT},新", 1)
    units.write_text(rows, encoding="utf-8")
    assert job_key(REPORT, house) != before


def test_a_report_does_not_read_the_year_after(house: Project) -> None:
    job = report(2020, BOTH[0])
    before = job_key(job, house)
    append(house.data / UNIT / "2021/totals.csv")
    assert job_key(job, house) == before


def test_a_file_that_is_gone_is_a_change(house: Project) -> None:
    before = job_key(REPORT, house)
    (house.data / UNIT / "2021/narrative.md").unlink()
    assert job_key(REPORT, house) != before


@pytest.mark.parametrize(
    "other",
    [
        {"parameters": {"unit": UNIT, "year": 2020, "data": ""}},
        {"title": "另一个单位"},
        {"subtitle": "另一个副题"},
        {"formats": ("html",)},
        {"reads": (f"{UNIT}/2021",)},
        {"notebook": "variance"},
    ],
)
def test_a_job_that_differs_in_any_way_has_a_key_of_its_own(house: Project, other: dict[str, object]) -> None:
    assert job_key(replace(REPORT, **other), house) != job_key(REPORT, house)


def test_a_new_version_of_an_engine_makes_every_page_again(house: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = job_key(REPORT, house)
    monkeypatch.setattr(cache, "version", lambda package: "99" if package == "altair" else "1")
    one_newer = job_key(REPORT, house)
    monkeypatch.setattr(cache, "version", lambda package: "1")
    assert len({before, one_newer, job_key(REPORT, house)}) == 3
