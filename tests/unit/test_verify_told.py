"""What a file of `data/` lets stand in a page: it is told anew where that changes, and not where an amount does."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.building import Digests
from juesuan.cli import told as telling
from juesuan.cli.told import KeptTold
from juesuan.paths import Project

FILES = {
    "data/units.csv": "unit_id,name\nu,甲单位\n",
    "data/classification/function.csv": "code,name\n201,一般公共服务支出\n",
    "data/u/2021/expenditure.csv": "function_code,final\n2010350,5.70\n",
    "data/u/2021/projects.csv": "project,final\n2021年专项,5.70\n",
    "data/u/2021/source.toml": 'title = "2018年起使用的格式"\n',
    "data/u/2021/narrative.md": "2019年成立。\n",
    "report/verify.toml": """
        [[exceptions]]
        quoted = "projects.csv"
        columns = ["project"]
        reason = "项目名称"
        [[exceptions]]
        quoted = "source.toml"
        reason = "来源"
    """,
}
QUOTED = [
    ("data/classification/function.csv", "201", "202"),
    ("data/u/2021/expenditure.csv", "2010350", "2010399"),
    ("data/u/2021/projects.csv", "2021年专项", "2022年专项"),
    ("data/u/2021/source.toml", "2018", "2017"),
    ("data/u/2021/narrative.md", "2019", "2009"),
]
NOT_QUOTED = [
    ("data/u/2021/expenditure.csv", "5.70", "5.71"),
    ("data/u/2021/projects.csv", "5.70", "6.70"),
    ("data/classification/function.csv", "支出", "的支出"),
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose data quote numbers, a code and years."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "build").mkdir()
    return Project(tmp_path, tmp_path / "data", tmp_path / "_site")


def told(project: Project, verifier: str = "1") -> str:
    kept = KeptTold(project, Digests(), verifier)
    of_all = kept.of(project.data)
    kept.write()
    return of_all


def change(project: Project, file: str, old: str, new: str) -> None:
    path = project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(("file", "old", "new"), QUOTED)
def test_what_a_page_may_quote_is_told_anew_when_it_changes(project: Project, file: str, old: str, new: str) -> None:
    before = told(project)
    change(project, file, old, new)
    assert told(project) != before
    change(project, file, new, old)
    assert told(project) == before


@pytest.mark.parametrize(("file", "old", "new"), NOT_QUOTED)
def test_an_amount_or_a_name_is_quoted_nowhere(project: Project, file: str, old: str, new: str) -> None:
    before = told(project)
    change(project, file, old, new)
    assert told(project) == before


def test_an_office_or_a_year_that_is_added_is_told(project: Project) -> None:
    before = told(project)
    (project.data / "u/2022").mkdir()
    (project.data / "u/2022/totals.csv").touch()
    assert told(project) != before


def test_a_file_that_did_not_change_is_not_read_again_unless_another_verifier_reads_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(project)
    read: list[str] = []
    monkeypatch.setattr(telling, "told_by", lambda name, *_: read.append(name))
    assert (told(project), read) == (before, [])
    told(project, "2")
    assert len(read) == len(FILES) - 1


def test_what_is_told_of_a_file_that_was_changed_in_the_meantime_is_not_kept_for_what_it_was(project: Project) -> None:
    before = told(project)
    (project.build / "told.json").unlink()
    digests = Digests()
    digests.tree(project.data)
    change(project, "data/u/2021/source.toml", "2018", "2017")
    kept = KeptTold(project, digests, "1")
    assert kept.of(project.data) != before
    kept.write()
    change(project, "data/u/2021/source.toml", "2017", "2018")
    assert told(project) == before
