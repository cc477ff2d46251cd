"""`juesuan demo` makes a project of its own, keeps what was built in it, and touches nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from juesuan.cli import main
from juesuan.synthetic import make_demo

ROOT = Path(__file__).parents[2]
YEARS = range(2021, 2023)


def test_demo_is_a_project_with_data_of_its_own(tmp_path: Path) -> None:
    make_demo(ROOT, tmp_path / "demo", 2, YEARS, 1)
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    assert made == {"_quarto.yml", "index.qmd", "data", "notebooks", "report"}
    assert {path.name for path in (tmp_path / "demo" / "data").glob("shili-*")} == {"shili-zfb", "shili-qing-xi-zf"}


def test_making_it_again_keeps_what_was_built(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    make_demo(ROOT, demo, 1, YEARS, 1)
    for name in ("pages", "build", "_site"):
        (demo / name).mkdir()
        (demo / name / "kept").touch()
    (demo / "notebooks" / "old.ipynb").touch()
    make_demo(ROOT, demo, 2, YEARS, 1)
    assert all((demo / name / "kept").is_file() for name in ("pages", "build", "_site"))
    assert not (demo / "notebooks" / "old.ipynb").exists()
    assert len(list((demo / "data").glob("shili-*"))) == 2


@pytest.mark.parametrize("into", [ROOT, ROOT.parent])
def test_project_itself_is_not_made_a_demo(into: Path) -> None:
    with pytest.raises(FileExistsError, match="项目自己的文件夹"):
        make_demo(ROOT, into, 1, YEARS, 1)


def test_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(FileExistsError, match="另指一处"):
        make_demo(ROOT, tmp_path, 1, YEARS, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_data_of_a_demo_is_not_taken_for_a_demo(tmp_path: Path) -> None:
    make_demo(ROOT, tmp_path / "demo", 1, YEARS, 1)
    with pytest.raises(FileExistsError, match="另指一处"):
        make_demo(ROOT, tmp_path / "demo" / "data", 1, YEARS, 1)


@pytest.mark.parametrize(("years", "status"), [("2021:2022", 0), ("2022:2021", 2)])
def test_command_says_where_the_demo_is_or_what_is_wrong(
    years: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "demo"
    monkeypatch.setenv("JUESUAN_ROOT", str(ROOT))
    monkeypatch.setattr(sys, "argv", ["juesuan", "demo", "--units", "1", "--years", years, "--into", str(into)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert int(ended.value.code or 0) == status
    assert into.is_dir() == (status == 0)
    assert ("juesuan build" in said.out) if status == 0 else ("应写成 2019:2024" in said.err)
