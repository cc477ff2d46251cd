"""`juesuan new`: an analyst begins a year with one command, and nothing is built until the year is written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from said import Say

OFFICE = "nanjiang-zwxx"


@pytest.fixture
def say(founding_data: Path, juesuan_here: Say) -> Say:
    """Run the command in this process, on the founding office's accounts."""
    return lambda *arguments: juesuan_here(*arguments, "--data", founding_data)


def test_a_new_year_says_what_was_made_what_is_left_and_what_comes_next(say: Say, founding_data: Path) -> None:
    said = say("new", 2022, "--unit", OFFICE)
    assert (said.status, said.errors) == (0, "")
    made, left, then, *steps = said.out.splitlines()
    assert made == f"已建立 {founding_data}/{OFFICE}/2022"
    assert left == "待填：必填 90 格，可空白 40 格；待写：10 段。"
    assert then == "接下来："
    assert [step[:2] for step in steps] == ["1.", "2.", "3.", "4."]
    assert all(word in said.out for word in ("CSV", "narrative.md", "待修订", "source.toml", "juesuan check"))


def test_a_check_then_names_what_was_said_to_be_left(say: Say) -> None:
    left = say("new", 2022, "--unit", OFFICE).out
    said = say("check", "--json")
    faults = [fault for fault in json.loads(said.out)["faults"] if fault["severity"] == "error"]
    blank = [fault for fault in faults if fault["found"] == "空白"]
    stale = [fault for fault in faults if fault["found"].startswith("仍是2021年的话：")]
    assert said.status == 1
    assert len(blank) + len(stale) == len(faults)
    assert f"必填 {len(blank)} 格" in left
    assert f"待写：{len(stale)} 段" in left


def test_a_build_before_the_words_are_revised_stops_and_names_each_stale_passage(say: Say) -> None:
    say("new", 2022, "--unit", OFFICE)
    said = say("build", "--renderer", "embedded")
    assert said.status == 1
    stated = re.sub(r"[\s│]", "", said.errors)
    assert stated.count("仍是2021年的话") == 10
    assert "annex.project" in stated


def test_a_year_that_is_there_is_refused_and_kept(say: Say, founding_data: Path) -> None:
    before = {path.name: path.read_bytes() for path in (founding_data / OFFICE / "2021").iterdir()}
    said = say("new", 2021, "--unit", OFFICE)
    assert (said.status, said.out) == (2, "")
    assert said.errors.startswith(f"data/{OFFICE}/2021：已经有了；")
    assert {path.name: path.read_bytes() for path in (founding_data / OFFICE / "2021").iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2022年", "--unit", OFFICE), "参数 YEAR：“2022年” 不是年度；应为四位年度"),
        (("2022", "--unit", "nanjiang"), f"没有单位 nanjiang；现有 {OFFICE}；"),
        (("2022",), f"没有写明单位；现有 {OFFICE}；"),
        (("2019", "--unit", OFFICE), "没有 2019 年以前的数据；现有 2020、2021；"),
    ],
)
def test_what_cannot_be_made_is_refused_in_chinese(say: Say, arguments: tuple[str, ...], words: str) -> None:
    said = say("new", *arguments)
    assert (said.status, said.out) == (2, "")
    assert words in said.errors


def test_faults_of_last_year_are_listed_and_nothing_is_made(say: Say, founding_data: Path) -> None:
    (founding_data / OFFICE / "2021/source.toml").unlink()
    said = say("new", 2022, "--unit", OFFICE)
    assert said.status == 1
    assert "2021/source.toml：缺少这个文件" in said.errors
    assert not (founding_data / OFFICE / "2022").exists()
