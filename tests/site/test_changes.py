"""What a change does to a site that stands: it is followed everywhere, or it stops the build and the site stays."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from read_back import contents, html_page, html_pages, pdf_text, word_text

Run = Callable[..., subprocess.CompletedProcess[str]]
OFFICE = Path("pages/2021/nanjiang-zwxx")
ACCOUNTS = Path("nanjiang-zwxx/2021")
ONE_PROJECT_MORE = (
    ("projects.csv", "5.70,5.70", "5.80,5.80"),
    ("expenditure.csv", "48.70,48.70", "48.80,48.80"),
    ("revenue.csv", "48.70", "48.80"),
    ("totals.csv", "191.39", "191.49"),
)


def copy_built(root: Path, to: Path) -> Path:
    """Copy a built project; what it has made goes with it."""
    shutil.copytree(root, to, symlinks=True)
    return to


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def spend_more_on_one_project(data: Path) -> None:
    """Raise one project's budget and outlay, and every total it is part of, by 0.10: no rule objects."""
    for file, old, new in ONE_PROJECT_MORE:
        edit(data / ACCOUNTS / file, old, new)


def misprint_one_figure(root: Path) -> None:
    edit(root / "data" / ACCOUNTS / "economic.csv", "33.34", "43.34")


def keep_one_year(data: Path) -> None:
    """Leave one office's one year of all the accounts in `data`."""
    units = data / "units.csv"
    rows = units.read_text(encoding="utf-8").splitlines()
    units.write_text("\n".join([rows[0], *(row for row in rows if row.startswith("nanjiang-zwxx,"))]), encoding="utf-8")
    for folder in data.iterdir():
        if folder.is_dir() and folder.name not in ("classification", ACCOUNTS.parent.name):
            shutil.rmtree(folder)
    shutil.rmtree(data / "nanjiang-zwxx/2020")


def damage_template(root: Path, old: str, new: str) -> None:
    path = root / "notebooks/front.ipynb"
    template = json.loads(path.read_text(encoding="utf-8"))
    for cell in template["cells"]:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    path.write_text(json.dumps(template, ensure_ascii=False), encoding="utf-8")


def made_of(root: Path) -> dict[str, dict[str, bytes]]:
    """Return what a build made: pages and site, byte for byte."""
    return {name: contents(root / name) for name in ("pages", "_site")}


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A built project that may be changed."""
    return copy_built(root, tmp_path / "project")


@pytest.fixture(scope="module")
def followed(root: Path, tmp_path_factory: pytest.TempPathFactory, made: Run) -> tuple[Path, str]:
    """A built project in which one project's outlay was changed consistently and which was built again; what it said."""
    project = copy_built(root, tmp_path_factory.mktemp("followed") / "project")
    spend_more_on_one_project(project / "data")
    ran = made("build", "--renderer", "embedded", cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return project, ran.stdout


def test_a_build_with_nothing_changed_runs_nothing_and_touches_nothing(root: Path, made: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "_site").rglob("*")}
    ran = made("build", "--renderer", "embedded", cwd=root)
    assert ran.returncode == 0, ran.stderr
    assert "运行 0 个" in ran.stdout
    assert {path: path.stat().st_mtime_ns for path in (root / "_site").rglob("*")} == before


def test_a_changed_amount_runs_the_pages_that_read_it_and_no_others(followed: tuple[Path, str]) -> None:
    assert "运行 13 个" in followed[1]


@pytest.mark.parametrize("page", ["index.html", *(f"{OFFICE}/{name}.html" for name in ("report", "variance", "trend"))])
def test_a_changed_total_is_followed_on_the_page(followed: tuple[Path, str], page: str) -> None:
    assert "191.49" in html_page(followed[0] / "_site" / page).text


@pytest.mark.parametrize(("file", "text_of"), [("report.docx", word_text), ("report.pdf", pdf_text)])
def test_a_changed_total_is_followed_in_print(
    followed: tuple[Path, str], file: str, text_of: Callable[[Path], str]
) -> None:
    text = text_of(followed[0] / "_site" / OFFICE / file)
    assert "191.49" in text
    assert "191.39" not in text


def test_the_old_total_is_nowhere_in_the_site(followed: tuple[Path, str]) -> None:
    site = contents(followed[0] / "_site")
    texts = {name: raw for name, raw in site.items() if Path(name).suffix in (".html", ".csv", ".json", ".svg")}
    assert len(texts) > 40
    assert [name for name, raw in texts.items() if b"191.39" in raw] == []


def test_one_misprinted_figure_stops_the_build_and_leaves_all_as_it_was(copy: Path, made: Run) -> None:
    before = made_of(copy)
    misprint_one_figure(copy)
    ran = made("build", "--renderer", "embedded", cwd=copy)
    assert ran.returncode == 1
    assert all(word in ran.stderr for word in ("数据差错", "economic", "规则", "E02"))
    assert made_of(copy) == before


def test_rendering_after_an_edit_asks_for_a_run_first(copy: Path, made: Run) -> None:
    before = made_of(copy)
    spend_more_on_one_project(copy / "data")
    ran = made("render", "--renderer", "embedded", cwd=copy)
    assert ran.returncode == 2
    assert "2021/nanjiang-zwxx/report" in ran.stderr
    assert "请先运行 juesuan run" in ran.stderr
    assert made_of(copy) == before


def test_a_notebook_that_fails_is_kept_and_the_old_site_stays(copy: Path, made: Run) -> None:
    before = made_of(copy)
    damage_template(copy, "present.build_note(found, built_on)", 'raise RuntimeError("[files.totals]")')
    ran = made("build", "--renderer", "embedded", cwd=copy)
    kept = copy / "build/failed/_front.ipynb"
    assert ran.returncode == 1
    assert "没有运行成 _front：RuntimeError：[files.totals]" in ran.stderr
    assert re.search(r'出错的单元格：.*\nraise RuntimeError\("\[files\.totals\]"\)\n', ran.stderr)
    assert str(kept) in ran.stderr
    assert "An Exception was encountered" in kept.read_text(encoding="utf-8")
    assert made_of(copy) == before


def test_a_page_that_the_renderer_refuses_leaves_the_old_site(copy: Path, made: Run) -> None:
    before = made_of(copy)
    (copy / "report/typst/page.typ").write_text("#nonsense()", encoding="utf-8")
    ran = made("render", "--renderer", "embedded", cwd=copy)
    assert ran.returncode == 2
    assert "typst 报错" in ran.stderr
    assert made_of(copy) == before
    assert list(copy.glob(".site-*")) == []
    assert [path for path in copy.rglob("*.typ") if path.is_relative_to(copy / "pages")] == []


@pytest.fixture(scope="module")
def elsewhere(root: Path, tmp_path_factory: pytest.TempPathFactory, made: Run) -> tuple[Path, Path, Path]:
    """A built project, other data of one year alone, and the site made of them, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    project = copy_built(root, folder / "project")
    data = Path(shutil.copytree(root / "data", folder / "accounts"))
    keep_one_year(data)
    spend_more_on_one_project(data)
    ran = made("build", "--renderer", "embedded", "--data", data, "--site", folder / "public/site", cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return project, data, folder / "public/site"


def test_a_site_of_other_data_shows_and_publishes_that_data(elsewhere: tuple[Path, Path, Path]) -> None:
    _, data, site = elsewhere
    assert contents(site / "data") == {name: raw for name, raw in contents(data).items() if Path(name).suffix != ".md"}
    assert "191.49" in html_page(site / OFFICE / "report.html").text
    assert "191.49" in (site / "data" / ACCOUNTS / "totals.csv").read_text(encoding="utf-8")


def test_a_site_of_one_year_alone_links_to_no_page_that_compares_years(elsewhere: tuple[Path, Path, Path]) -> None:
    site = elsewhere[2]
    dead = [one for page in html_pages(site) for one in page.within if not page.target(one)[0].is_file()]
    assert dead == []
    over_all = {"comparison", "trend", "execution", "projects", "checks", "terms"}
    shown = {page.path.stem for page in html_pages(site)}
    assert shown == over_all | {"index", "report", "checklist", "2021", "nanjiang-zwxx"}
    assert not (site / OFFICE / "trend.html").exists()


def test_a_site_elsewhere_leaves_the_project_its_own(root: Path, elsewhere: tuple[Path, Path, Path]) -> None:
    project, _, site = elsewhere
    assert contents(project / "_site") == contents(root / "_site")
    assert contents(project / "data") == contents(root / "data")
    assert [path.name for path in site.parent.iterdir()] == ["site"]
