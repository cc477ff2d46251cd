"""The command says what an analyst can act on, in Chinese, and its exit status tells a program the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from said import Said, Say

from juesuan.describe import data_dictionary
from juesuan.render import Renderer

OFFICE = "nanjiang-zwxx"
ACCOUNTS = Path("data") / OFFICE / "2021"


@pytest.fixture
def project(project: Path) -> Path:
    """A copy of the project with the accounts of one office, which are checked in half a second."""
    units = project / "data/units.csv"
    heading, *offices = units.read_text(encoding="utf-8").splitlines()
    units.write_text("\n".join([heading, *(row for row in offices if row.startswith(f"{OFFICE},"))]), encoding="utf-8")
    for folder in (project / "data").iterdir():
        if folder.is_dir() and folder.name not in (OFFICE, "classification"):
            shutil.rmtree(folder)
    return project


@pytest.fixture
def say(project: Path, monkeypatch: pytest.MonkeyPatch, juesuan_here: Say) -> Say:
    """Run the command in this process, in a copy of the project."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("JUESUAN_ROOT", raising=False)
    return juesuan_here


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def misprint_one_figure(project: Path) -> None:
    edit(project / ACCOUNTS / "economic.csv", "33.34", "43.34")


def rows(said: str) -> list[dict[str, str]]:
    """Return a printed table's rows by heading; a row whose first cell is empty goes on with the one above it."""
    table: list[list[str]] = []
    for line in said.splitlines():
        if line[:1] in ("┃", "│"):
            cells = [cell.strip() for cell in re.split("[┃│]", line)[1:-1]]
            if cells[0]:
                table.append(cells)
            else:
                table[-1] = [held + cell for held, cell in zip(table[-1], cells, strict=True)]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_good_accounts_pass_and_are_counted(say: Say) -> None:
    said = say("check")
    assert (said.status, said.errors) == (0, "")
    assert re.fullmatch(r"2 个单位年度；核对 \d+ 项相符，.*0 项不符，.*差错 0 处，提醒 0 处。\n", said.out)


def test_quiet_says_nothing_of_good_accounts(say: Say) -> None:
    assert say("check", "-q") == Said(0, "", "")


def test_quiet_still_shows_what_is_wrong(say: Say, project: Path) -> None:
    misprint_one_figure(project)
    said = say("check", "--quiet")
    assert (said.status, said.out) == (1, "")
    assert "数据差错" in said.errors


def test_faults_are_listed_with_place_finding_rule_and_remedy(say: Say, project: Path) -> None:
    misprint_one_figure(project)
    said = say("check")
    assert said.status == 1
    listed = {row["文件"]: row for row in rows(said.errors)}
    assert set(listed) == {f"{ACCOUNTS}/expenditure.csv", f"{ACCOUNTS}/economic.csv"}
    row = listed[f"{ACCOUNTS}/expenditure.csv"]
    assert (row["级别"], row["行"], row["列"]) == ("错误", "3", "final")
    assert "128.51万元" in row["发现"]
    assert row["应为"].startswith("规则E01")
    assert row["怎么办"]


def test_a_build_of_faulty_accounts_shows_the_same_table_and_runs_nothing(say: Say, project: Path) -> None:
    misprint_one_figure(project)
    checked, built = say("check"), say("build", "--renderer", "embedded")
    assert (built.status, built.errors) == (1, checked.errors)
    assert not (project / "pages").exists()


def test_a_warning_is_shown_and_stops_nothing(say: Say, project: Path) -> None:
    edit(project / ACCOUNTS / "disclosures.csv", "staff.year_end,11", "staff.year_end,14")
    said = say("check")
    assert said.status == 0
    assert [row["级别"] for row in rows(said.errors)] == ["提醒"]
    assert "提醒 1 处" in said.out


def test_words_in_square_brackets_survive_into_the_table(say: Say, project: Path) -> None:
    edit(project / ACCOUNTS / "source.toml", "[files.totals]", "[files.total]")
    assert [row["应为"] for row in rows(say("check").errors)] == ["应有 [files.totals] 一节"]


def test_a_missing_data_folder_is_named_and_nothing_runs(say: Say, tmp_path: Path) -> None:
    said = say("check", "--data", tmp_path / "none")
    assert (said.status, said.out) == (2, "")
    assert said.errors == f"{tmp_path}/none：没有这个数据文件夹；请用 --data 指明。\n"


def test_a_folder_named_in_square_brackets_is_named_as_it_is(say: Say, tmp_path: Path) -> None:
    assert f"{tmp_path}/[draft]/data" in say("check", "--data", tmp_path / "[draft]/data").errors


def test_other_accounts_are_checked_where_they_lie(say: Say, project: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(project / "data", tmp_path / "other"))
    shutil.rmtree(other / f"{OFFICE}/2020")
    assert say("check", "--data", other).out.startswith("1 个单位年度")


def test_the_record_for_programs_says_all_that_was_found(say: Say, project: Path) -> None:
    misprint_one_figure(project)
    said = say("check", "--json")
    record = json.loads(said.out)
    assert (said.status, said.errors, record["usable"]) == (1, "", False)
    assert {fault["rule_id"] for fault in record["faults"]} == {"E01", "E02"}
    for fault in record["faults"]:
        assert fault.keys() >= {"file", "row", "column", "found", "expected", "remedy", "severity"}
    failed = {finding["rule_id"] for finding in record["findings"] if finding["outcome"] == "failed"}
    assert failed == {"E01", "E02"}


def test_the_record_of_good_accounts_is_usable_and_without_fault(say: Say) -> None:
    said = say("check", "--json", "-q")
    record = json.loads(said.out)
    assert (said.status, record["usable"], record["faults"]) == (0, True, [])
    assert {finding["outcome"] for finding in record["findings"]} <= {"passed", "rounding", "not_applicable"}


def test_doctor_lists_what_a_build_needs(say: Say) -> None:
    said = say("doctor")
    assert said.status == 0
    found = {row["项目"]: row["找到"] for row in rows(said.out)}
    assert found.keys() >= {"pandoc", "typst", "中文字体", "papermill", "jupyter 内核", "quarto", "数据"}
    assert "NotoSansSC-Regular" in found["中文字体"]
    assert found["数据"].replace(" ", "").startswith("2个单位年度")


def test_doctor_names_the_folder_of_the_data_whole(say: Say, project: Path) -> None:
    found = {row["项目"]: row["找到"] for row in rows(say("doctor").out)}
    assert str(project / "data") in found["数据"]


def test_doctor_says_how_to_get_what_is_lacking(say: Say, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["juesuan.render.engines"], "find_quarto", lambda: None)
    shutil.rmtree(project / "data")
    said = say("doctor")
    told = {row["项目"]: (row["找到"], row["说明"]) for row in rows(said.out)}
    assert said.status == 2
    assert told["数据"] == ("缺少", "用 --data 指明数据文件夹")
    assert told["quarto"][0] == "没有（可以不装）"
    assert "make quarto" in told["quarto"][1]


def test_the_dictionary_is_written_anew_and_the_same_each_time(say: Say, project: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(project / "data", tmp_path / "data"))
    written = [data / "README.md", data / "datapackage.json"]
    for path in written:
        path.unlink()
    assert say("schema", "--data", data) == Said(0, "".join(f"已写 {path}\n" for path in written), "")
    first = [path.read_bytes() for path in written]
    assert first[0].decode() == data_dictionary()
    assert say("schema", "--data", data).status == 0
    assert [path.read_bytes() for path in written] == first


def test_the_dictionary_of_no_folder_is_refused_in_chinese(say: Say, tmp_path: Path) -> None:
    said = say("schema", "--data", tmp_path / "none")
    assert said.status == 2
    assert "没有这个数据文件夹" in said.errors


@pytest.mark.parametrize("command", ["render", "build"])
def test_an_unknown_renderer_is_refused_with_those_there_are(say: Say, command: str) -> None:
    said = say(command, "--renderer", "word")
    assert (said.status, said.out) == (2, "")
    assert said.errors == "渲染器 'word' 不存在；应为 auto、quarto、embedded 之一。\n"


@pytest.mark.parametrize("command", ["render", "build"])
def test_quarto_where_there_is_none_is_refused_with_the_way_to_get_it(
    say: Say, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("juesuan.render.quarto.find_quarto", lambda: None)
    said = say(command, "--renderer", "quarto")
    assert (said.status, said.out) == (2, "")
    assert "make quarto" in said.errors


def test_rendering_before_any_run_asks_for_a_run(say: Say, project: Path) -> None:
    said = say("render", "--renderer", "embedded")
    assert said.status == 2
    assert "2021/nanjiang-zwxx/report" in said.errors
    assert "请先运行 juesuan run" in said.errors
    assert not (project / "_site").exists()


def test_a_template_that_lacks_a_parameter_is_refused_before_anything_runs(say: Say, project: Path) -> None:
    edit(project / "notebooks/front.ipynb", "built_on", "day")
    said = say("run")
    assert said.status == 2
    assert said.errors == "notebooks/front.ipynb：没有参数 built_on；现有 data、day、parts；请改正其一。\n"
    assert not (project / "pages").exists()


def test_a_folder_without_a_project_is_told_what_is_missing(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.paths.PROJECT_MARK", "no-such-mark")
    monkeypatch.chdir(tmp_path)
    said = say("check")
    assert said.status == 2
    assert "JUESUAN_ROOT" in said.errors


@pytest.fixture
def with_empty_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render a front page alone, of whatever pages there are."""

    def render(root: Path, site: Path, *, report_progress: object = None) -> list[Path]:
        (site / "index.html").write_text("新的首页", encoding="utf-8")
        return [site / "index.html"]

    monkeypatch.setattr("juesuan.cli.build.choose_renderer", lambda _: Renderer("empty", "空", render))
    monkeypatch.setattr("juesuan.cli.steps.stale_jobs", lambda jobs, project, digests: [])
    monkeypatch.setattr("juesuan.cli.site.verify_site", lambda project, *, only, workers, meanwhile: meanwhile() or [])


@pytest.mark.usefixtures("with_empty_renderer")
def test_a_site_is_put_in_place_whole_and_readable_by_others(say: Say, project: Path, tmp_path: Path) -> None:
    site = tmp_path / "public/site"
    assert say("render", "--site", site).status == 0
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert (site / "index.html").read_text(encoding="utf-8") == "新的首页"
    assert site.stat().st_mode & 0o777 == 0o755
    assert not (project / "_site").exists()


@pytest.mark.usefixtures("with_empty_renderer")
@pytest.mark.parametrize("place", [".", "..", "data", "notebooks", "report"])
def test_a_site_never_takes_the_place_of_what_it_is_made_from(say: Say, project: Path, place: str) -> None:
    said = say("render", "--site", project / place)
    assert (project / ACCOUNTS / "totals.csv").is_file()
    assert (project / "notebooks/report.ipynb").is_file()
    assert (project / "report/terms.toml").is_file()
    assert said.status == 2


@pytest.mark.usefixtures("with_empty_renderer")
def test_a_site_never_takes_the_place_of_a_folder_that_is_no_site(say: Say, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/draft.txt").write_text("草稿", encoding="utf-8")
    said = say("render", "--site", tmp_path / "papers")
    assert (tmp_path / "papers/draft.txt").is_file()
    assert said.status == 2


def test_a_command_looks_for_circles_seldom_and_not_at_its_end() -> None:
    said = "lambda: print(gc.get_threshold()[0] >= 100_000, gc.get_freeze_count() > gc.get_count()[0])"
    code = f"import atexit, gc, sys; atexit.register({said}); sys.argv = ['juesuan', '--help']\n"
    run = [sys.executable, "-c", f"{code}from juesuan.cli import main; main()"]
    ran = subprocess.run(run, capture_output=True, text=True, check=True, encoding="utf-8")
    assert ran.stdout.splitlines()[-1] == "True True"
