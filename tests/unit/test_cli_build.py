"""A build over a matrix: what is asked for, what is said when it cannot be, and an old site that stays whatever happens."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from test_cli import Say, project, say, with_empty_renderer  # noqa: F401  fixtures

from juesuan import scope as scopes
from juesuan.cli.asked import Asked, AskedError, read_asked
from juesuan.cli.steps import said_why
from juesuan.execute import Parts
from juesuan.paths import Project
from juesuan.scope import Scope

UNITS = ("nanjiang-zwxx", "shili-czj", "shili-jyj", "shili-qing-xi-zf")


@pytest.fixture
def county(tmp_path: Path) -> Project:
    """A project with four offices and three years, of which nothing is read."""
    data = tmp_path / "data"
    for unit in UNITS:
        for year in (2019, 2020, 2021):
            (data / unit / str(year)).mkdir(parents=True)
    rows = "\n".join(["unit_id,name", *(f"{unit},单位" for unit in UNITS)])
    (data / "units.csv").write_text(rows + "\n", encoding="utf-8")
    return Project(tmp_path, data, tmp_path / "_site")


def ask(house: Project, **given: str | int) -> Asked:
    asked = {"years": "", "units": "", "notebooks": "", "formats": "", "jobs": 0, **given}
    return read_asked(house, **asked)  # type: ignore[arg-type]


def test_everything_is_asked_for_where_nothing_is_said(county: Project) -> None:
    asked = ask(county)
    assert asked == Asked(Parts(), Scope(), os.cpu_count() or 1)
    assert asked.whole
    assert ask(county, units="all", years="all") == asked


@pytest.mark.parametrize(
    ("said", "years"),
    [("2019:2020", {2019, 2020}), ("2019,2021", {2019, 2021}), ("2021", {2021}), ("2020:2030", {2020, 2021})],
)
def test_years_are_a_span_or_a_list(county: Project, said: str, years: set[int]) -> None:
    asked = ask(county, years=said)
    assert asked.scope.years == years
    assert not asked.whole


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("shili-czj,shili-jyj", {"shili-czj", "shili-jyj"}),
        ("shili-*", {"shili-czj", "shili-jyj", "shili-qing-xi-zf"}),
        ("*-zf,nanjiang-zwxx", {"shili-qing-xi-zf", "nanjiang-zwxx"}),
    ],
)
def test_offices_are_named_or_matched(county: Project, said: str, units: set[str]) -> None:
    assert ask(county, units=said).scope.units == units


@pytest.mark.parametrize("sign", ["@", ""])
def test_offices_may_stand_in_a_file(county: Project, sign: str) -> None:
    listed = county.root / "offices.txt"
    listed.write_text("unit_id\n# 今年先做两个\nshili-czj\nshili-j*  # 教育\n", encoding="utf-8-sig")
    assert ask(county, units=f"{sign}{listed}").scope.units == {"shili-czj", "shili-jyj"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"years": "2035"}, "没有这些年度的数据；现有 2019、2020、2021；请改正"),
        ({"years": "去年"}, "不是年度；应为 2021、2019:2024"),
        ({"units": "shili-none"}, "没有这样的单位；现有 nanjiang-zwxx、shili-czj"),
        ({"units": "@none.txt"}, "没有这个文件；应为单位编号的清单"),
        ({"notebooks": "reprot"}, "没有笔记本 reprot"),
    ],
)
def test_what_there_is_none_of_is_refused_with_what_there_is(county: Project, given: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask(county, **given)


def settings(county: Project, text: str) -> None:
    (county.root / "build.toml").write_text(text, encoding="utf-8")


def test_settings_say_what_to_build_and_the_command_has_the_last_word(county: Project) -> None:
    settings(county, '[build]\nyears = "2019:2020"\nunits = ["shili-czj", "shili-jyj"]\nformats = "html"\njobs = 3\n')
    assert ask(county) == Asked(
        Parts(formats=("html",)), Scope(frozenset({"shili-czj", "shili-jyj"}), frozenset({2019, 2020})), 3
    )
    assert ask(county, years="2021", jobs=1).scope.years == {2021}
    assert ask(county, jobs=1).jobs == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[build]\nyear = '2019'\n",
            r"不认识 build\.year；\[build\] 中应为 years、units、notebooks、formats、jobs 之一",
        ),
        ("years = '2019'\n", "不认识 years"),
        ("[build]\njobs = 0\n", r"build\.jobs 是 0；应为大于零的整数"),
        ("[build]\nunits = 3\n", r"build\.units 是 3；应为引号中的文字"),
        ("[build\n", "不是 TOML"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(county: Project, text: str, says: str) -> None:
    settings(county, text)
    with pytest.raises(AskedError, match=says):
        ask(county)


@pytest.mark.parametrize(
    "scope",
    [Scope(), Scope(frozenset({"a", "b"})), Scope(None, frozenset({2020})), Scope(frozenset({"a"}), frozenset({2021}))],
)
def test_a_scope_reaches_the_notebooks_as_it_was_meant(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scopes.VARIABLE, str(scope))
    assert scopes.asked() == scope


def test_why_an_item_runs_is_said_in_a_line() -> None:
    assert said_why([]) == "没有做过"
    assert said_why(["data/x/2021/expenditure.csv 有改动", "版本 pandas 3.0→3.1"]).count("；") == 1
    assert said_why([f"{number} 有改动" for number in range(9)]).endswith(" 等 9 处")


def test_a_dry_run_says_what_would_run_and_runs_nothing(say: Say, project: Path) -> None:  # noqa: F811
    said = say("build", "--dry-run", "--years", "2021")
    assert said.status == 0
    assert "运行 2021/nanjiang-zwxx/report：没有做过" in said.out
    assert "2020/" not in said.out
    assert not (project / "pages").exists()
    assert not (project / "build/store").exists()


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "_site/x")


def full_elsewhere(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "pages/a.html", None, "/mnt/_site/a.html")


def read_only(*_: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS), "_site")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("with_empty_renderer")
@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (full, 2, "_site/x：磁盘已满；站点和 pages/ 保持原样。请腾出空间"),
        (full_elsewhere, 2, "/mnt/_site/a.html：磁盘已满"),
        (read_only, 2, "_site：不能写入（只读，或没有权限）；站点和 pages/ 保持原样"),
        (interrupt, 130, "再运行同一命令就接着做"),
    ],
)
def test_whatever_ends_a_build_the_old_site_stays_and_it_is_said_what_to_do(
    say: Say,  # noqa: F811
    project: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[..., None],
    status: int,
    says: str,
) -> None:
    (project / "_site").mkdir()
    (project / "_site/index.html").write_text("旧的首页", encoding="utf-8")
    monkeypatch.setattr("juesuan.cli.site.swap_in", fault)
    said = say("render")
    assert said.status == status
    assert says in said.errors
    assert (project / "_site/index.html").read_text(encoding="utf-8") == "旧的首页"
    assert not list(project.glob(".site-*"))


@pytest.mark.usefixtures("with_empty_renderer")
def test_what_a_killed_build_left_aside_goes_with_the_next(say: Say, project: Path) -> None:  # noqa: F811
    left = [project / ".site-abc", project / "build/pages-abc", project / "build/store/.aside/1-abc"]
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "half.html").write_text("半", encoding="utf-8")
    assert say("render").status == 0
    assert [folder for folder in left if folder.exists()] == []


@pytest.mark.usefixtures("with_empty_renderer")
def test_a_site_that_stands_is_not_made_again_and_one_that_lost_a_file_is(say: Say, project: Path) -> None:  # noqa: F811
    assert "渲染" in say("render").out
    assert "站点沿用原样" in say("render").out
    (project / "_site/index.html").unlink()
    assert "站点沿用原样" not in say("render").out
    assert (project / "_site/index.html").is_file()
