"""The command `juesuan audit`: what it prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from juesuan.cli.commands import command_line

CLEAN = "甲局2023年度部门决算\n2023年度收入总计112.00万元，比上年100.00万元增加12.00万元，增长12.00%。\n"


def audited(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command_line(), ["audit", *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize(("old", "new", "status"), [("", "", 0), ("增长12.00%", "增长21.00%", 1)])
def test_status_says_whether_something_was_found(old: str, new: str, status: int, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN.replace(old, new) if old else CLEAN, encoding="utf-8")
    code, output = audited(str(file))
    assert code == status
    assert "核对了 4 个，未读懂 0 个" in output.replace("\n", "")


def test_file_that_cannot_be_read_is_status_two_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN, encoding="utf-8")
    code, output = audited("--json", str(file), str(tmp_path / "none.pdf"))
    assert code == 2
    good, bad = json.loads(output)["files"]
    assert good["coverage"]["checked"] == 4
    assert "没有这个文件" in bad["fault"]


def test_page_is_written_where_it_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN, encoding="utf-8")
    assert audited(str(file), "--html", str(tmp_path / "a.html"))[0] == 0
    assert "相符" in (tmp_path / "a.html").read_text(encoding="utf-8")
