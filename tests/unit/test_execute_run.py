"""Notebooks run aside; only a run without a failure takes the place of the pages that were there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from juesuan.execute import (
    Job,
    RunResult,
    TemplateError,
    check_parameters,
    kept_digests,
    page_store,
    run_jobs,
    stale_jobs,
    standings,
)  # fmt: skip
from juesuan.execute.one import today
from juesuan.paths import Project
from juesuan.swap import clear_away, swap_in

pytestmark = pytest.mark.xdist_group("kernels")

SHOW_LEDGER = "from juesuan import facts, present\npresent.LedgerView(facts.Ledger('x', year))"
BREAK = 'raise ValueError("坏了")'


def write_template(path: Path, *cells: str, parameters: tuple[str, ...] = ("year = 2020  # 年度",)) -> None:
    """Write a notebook with a cell tagged parameters for each of `parameters`, then `cells`."""
    tagged = [nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]}) for source in parameters]
    made = [*tagged, *(nbformat.v4.new_code_cell(cell) for cell in cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), path)


def job(notebook: str, year: int = 2021) -> Job:
    return Job(notebook, {"year": year}, Path(f"{year}/x/{notebook}.ipynb"), "某单位", "副题", ("html",), ())


JOBS = [job("good"), job("broken"), job("silent")]
TWO_YEARS = [job("good", 2020), job("good", 2021)]
OF_GOOD = ("good.ipynb", "good-facts.json", "good-facts.js", "good-facts.parquet", "charts/good-fig-1.svg")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of three notebooks, two of which fail, with a page from before."""
    root = tmp_path_factory.mktemp("house")
    write_template(root / "notebooks/good.ipynb", SHOW_LEDGER)
    write_template(root / "notebooks/broken.ipynb", SHOW_LEDGER, BREAK, "never = 1")
    write_template(root / "notebooks/silent.ipynb", "1 + 1")
    (root / "pages").mkdir()
    (root / "pages/old.md").write_text("旧页", encoding="utf-8")
    return Project(root, root / "data", root / "_site")


@pytest.fixture(scope="module")
def failed(house: Project) -> tuple[RunResult, list[tuple[str, int, int]]]:
    """The result of running all three, and what progress was told."""
    told: list[tuple[str, int, int]] = []
    result = run_jobs(JOBS, house, workers=2, progress=lambda ended, _, done, total: told.append((ended, done, total)))
    return result, told


Failed = tuple[RunResult, list[tuple[str, int, int]]]


def test_a_failure_stops_no_other_notebook_and_is_told_with_its_cell(failed: Failed) -> None:
    result, _ = failed
    causes = {failure.job.name: (failure.cell, failure.cause) for failure in result.failures}
    assert result.ran == ("2021/x/good",)
    assert causes["2021/x/broken"] == (BREAK, "ValueError：坏了")
    assert causes.keys() == {"2021/x/broken", "2021/x/silent"}


def test_a_notebook_that_shows_no_ledger_is_told_what_to_keep(failed: Failed) -> None:
    silent = next(failure for failure in failed[0].failures if failure.job.notebook == "silent")
    assert "notebooks/silent.ipynb：没有显示台账" in silent.cause
    assert "LedgerView" in str(silent)


def test_a_notebook_that_failed_is_kept_with_its_mark(house: Project, failed: Failed) -> None:
    broken = next(failure for failure in failed[0].failures if failure.job.notebook == "broken")
    assert broken.kept == house.build / "failed/2021/x/broken.ipynb"
    kept = nbformat.read(broken.kept, as_version=4)
    assert [cell.source for cell in kept.cells][-2:] == [BREAK, "never = 1"]
    assert kept.cells[-2].outputs[0].ename == "ValueError"
    assert kept.cells[-1].execution_count is None


def test_pages_stay_as_they_were_when_one_notebook_fails(house: Project, failed: Failed) -> None:
    assert failed[0].failures
    assert [path.name for path in house.pages.rglob("*")] == ["old.md"]
    assert stale_jobs(JOBS, house) == JOBS


def test_a_run_that_failed_leaves_nothing_aside(house: Project, failed: Failed) -> None:
    assert failed[0].failures
    assert not list(house.build.glob("pages-*"))
    assert not list((house.build / "store/.aside").iterdir())


def test_what_ran_beside_a_failure_need_not_run_again(house: Project, failed: Failed) -> None:
    assert failed[0].ran == ("2021/x/good",)
    again = run_jobs(JOBS, house, workers=2)
    assert (again.ran, again.reused) == ((), ("2021/x/good",))


def test_progress_is_told_at_the_start_and_after_each_notebook(failed: Failed) -> None:
    (ended, done, total), *later = failed[1]
    assert (ended, done, total) == ("", 0, 3)
    assert {name for name, _, _ in later} == {one.name for one in JOBS}
    assert [done for _, done, _ in later] == [1, 2, 3]


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, RunResult]:
    """A project in which one notebook ran for two years, in the place of an older page."""
    root = tmp_path_factory.mktemp("mended")
    write_template(root / "notebooks/good.ipynb", SHOW_LEDGER)
    (root / "pages").mkdir()
    (root / "pages/old.md").write_text("旧页", encoding="utf-8")
    project = Project(root, root / "data", root / "_site")
    return project, run_jobs(TWO_YEARS, project, workers=2)


def test_new_pages_take_the_place_of_all_that_was_there(mended: tuple[Project, RunResult]) -> None:
    project, result = mended
    assert result == RunResult(("2020/x/good", "2021/x/good"), (), ())
    assert not (project.pages / "old.md").exists()
    page = nbformat.read(project.pages / "2021/x/good.ipynb", as_version=4)
    assert page.cells[0].cell_type == "raw"
    assert "title: 某单位" in page.cells[0].source
    assert (project.pages / "2021/x/good-facts.json").is_file()


def test_others_may_read_the_pages(mended: tuple[Project, RunResult]) -> None:
    assert mended[0].pages.stat().st_mode & 0o005 == 0o005


def test_a_notebook_runs_with_the_parameters_of_its_job(mended: tuple[Project, RunResult]) -> None:
    pages = {year: (mended[0].pages / f"{year}/x/good.ipynb").read_text(encoding="utf-8") for year in (2020, 2021)}
    assert all(f"year = {year}" in text for year, text in pages.items())


def test_a_second_run_takes_over_every_page_and_touches_none(mended: tuple[Project, RunResult]) -> None:
    project, _ = mended
    before = {path: path.stat().st_mtime_ns for path in project.pages.rglob("*")}
    assert run_jobs(TWO_YEARS, project) == RunResult((), ("2020/x/good", "2021/x/good"), ())
    assert {path: path.stat().st_mtime_ns for path in project.pages.rglob("*")} == before


@pytest.fixture
def held(tmp_path: Path) -> Project:
    """A project whose pages of two years were made; each has a chart of its own."""
    write_template(tmp_path / "notebooks/good.ipynb", SHOW_LEDGER)
    project = Project(tmp_path, tmp_path / "data", tmp_path / "_site")
    digests = kept_digests(project)
    for one in standings(TWO_YEARS, project, digests):
        with page_store(project).making() as made:
            for name in OF_GOOD:
                place = made / one.job.page.parent / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(str(one.job.parameters["year"]), encoding="utf-8")
            page_store(project).put(one.name, one.inputs, made)
    run_jobs(TWO_YEARS, project)
    return project


def test_a_page_made_from_what_there_is_now_is_not_stale(held: Project) -> None:
    assert stale_jobs(TWO_YEARS, held) == []


@pytest.mark.parametrize("name", ["good.ipynb", "good-facts.json"])
def test_a_page_is_stale_when_it_or_its_ledger_is_gone_and_is_laid_out_again(held: Project, name: str) -> None:
    (held.pages / "2020/x" / name).unlink()
    assert stale_jobs(TWO_YEARS, held) == TWO_YEARS[:1]
    assert run_jobs(TWO_YEARS, held).ran == ()
    assert (held.pages / "2020/x" / name).read_text(encoding="utf-8") == "2020"


def test_a_page_edited_in_place_is_made_again(held: Project) -> None:
    with (held.pages / "2020/x/good.ipynb").open("a", encoding="utf-8") as page:
        page.write("改")
    assert stale_jobs(TWO_YEARS, held) == TWO_YEARS[:1]
    assert run_jobs(TWO_YEARS, held).ran == ("2020/x/good",)


def test_every_page_is_stale_when_what_is_kept_is_lost(held: Project) -> None:
    shutil.rmtree(held.build)
    assert stale_jobs(TWO_YEARS, held) == TWO_YEARS


def test_a_page_no_longer_asked_for_goes_and_the_other_keeps_what_is_its_own(held: Project) -> None:
    assert run_jobs(TWO_YEARS[1:], held) == RunResult((), ("2021/x/good",), ())
    left = {path.relative_to(held.pages).as_posix() for path in held.pages.rglob("*") if path.is_file()}
    assert left == {f"2021/x/{name}" for name in OF_GOOD}


def test_a_page_not_asked_for_is_forgotten_by_a_whole_build_alone(held: Project) -> None:
    run_jobs(TWO_YEARS[1:], held, whole=False)
    assert run_jobs(TWO_YEARS, held).ran == ()
    run_jobs(TWO_YEARS[1:], held)
    assert [one.job for one in standings(TWO_YEARS, held) if one.kept is None] == TWO_YEARS[:1]


def test_the_day_of_a_build_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640995200")
    assert today() == "2022年1月1日"


def folder(path: Path, word: str) -> Path:
    path.mkdir()
    (path / "page.html").write_text(word, encoding="utf-8")
    return path


def test_a_folder_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    place, staged = folder(tmp_path / "site", "旧"), folder(tmp_path / "staged", "新")
    (place / "gone.html").write_text("旧", encoding="utf-8")
    swap_in(staged, place)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert [path.read_text(encoding="utf-8") for path in place.iterdir()] == ["新"]


def test_a_folder_is_put_where_there_was_none(tmp_path: Path) -> None:
    swap_in(folder(tmp_path / "staged", "新"), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_swap_is_the_same_where_folders_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr("juesuan.swap._exchanged", lambda *_: False)
    swap_in(folder(tmp_path / "staged", "新"), folder(tmp_path / "site", "旧"))
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/page.html").read_text(encoding="utf-8") == "新"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")
def test_there_is_a_site_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", lambda *_: pytest.fail("the site was moved away first"))
    swap_in(folder(tmp_path / "staged", "新"), folder(tmp_path / "site", "旧"))
    assert (tmp_path / "site/page.html").read_text(encoding="utf-8") == "新"


def test_an_old_site_that_a_killed_swap_had_put_aside_comes_back(tmp_path: Path) -> None:
    folder(tmp_path / ".site-1-old", "旧")
    folder(tmp_path / ".site-1", "新")
    clear_away(tmp_path, ".site-", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/page.html").read_text(encoding="utf-8") == "旧"


def test_the_old_folder_stays_when_the_new_one_cannot_be_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, staged = folder(tmp_path / "site", "旧"), folder(tmp_path / "staged", "新")
    replace = Path.replace

    def refuse_the_new(path: Path, target: Path) -> Path:
        if path == staged:
            raise PermissionError("被占用")
        return replace(path, target)

    monkeypatch.setattr("juesuan.swap._exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "replace", refuse_the_new)
    with pytest.raises(PermissionError):
        swap_in(staged, place)
    assert (place / "page.html").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "staged"]


def test_a_template_with_every_parameter_is_accepted(tmp_path: Path) -> None:
    write_template(tmp_path / "a.ipynb", parameters=("year = 2020\nunit = 'x'",))
    assert check_parameters(tmp_path / "a.ipynb", {"year"}) is None


def test_a_parameter_with_a_type_is_a_parameter(tmp_path: Path) -> None:
    write_template(tmp_path / "a.ipynb", parameters=("year: int = 2020",))
    assert check_parameters(tmp_path / "a.ipynb", {"year"}) is None


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ((), r"notebooks/a\.ipynb：有 0 个标为 parameters 的单元格；应恰有一个"),
        (("year = 1", "unit = 1"), r"有 2 个标为 parameters 的单元格"),
        (("yaer = 2020\ndata = ''",), r"没有参数 unit、year；现有 data、yaer；请改正"),
        (("year = (",), r"notebooks/a\.ipynb：参数单元格第 1 行不是 Python"),
    ],
    ids=["no-tag", "two-tags", "misspelt", "not-python"],
)
def test_a_template_that_cannot_take_its_parameters_is_refused(
    tmp_path: Path, parameters: tuple[str, ...], says: str
) -> None:
    write_template(tmp_path / "a.ipynb", parameters=parameters)
    with pytest.raises(TemplateError, match=says):
        check_parameters(tmp_path / "a.ipynb", {"year", "unit"})


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"notebooks/none\.ipynb：没有这个笔记本"):
        check_parameters(tmp_path / "none.ipynb", {"year"})


def test_a_template_that_is_not_a_notebook_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"notebooks/a\.ipynb"):
        check_parameters(tmp_path / "a.ipynb", {"year"})


def test_a_bad_template_stops_the_run_before_anything_runs(tmp_path: Path) -> None:
    write_template(tmp_path / "notebooks/good.ipynb", SHOW_LEDGER)
    project = Project(tmp_path, tmp_path / "data", tmp_path / "_site")
    with pytest.raises(TemplateError, match="没有这个笔记本"):
        run_jobs([job("good"), job("absent")], project)
    assert [path.name for path in tmp_path.iterdir()] == ["notebooks"]
