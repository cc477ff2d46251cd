"""What the progress bar says of count, rate and time left."""

from __future__ import annotations

import io
import sys
from itertools import count

import pytest
from rich.progress import Progress

from juesuan.cli.voice import PaceColumn, Voice, said_pace


@pytest.mark.parametrize(
    ("a_second", "left", "said"),
    [
        (None, None, "还不知要多久"),
        (2.54, 9.6, "每秒 2.5 个，还要 10 秒"),
        (1.0, 125.0, "每秒 1.0 个，还要 2 分 5 秒"),
        (0.25, 4000.0, "每分 15.0 个，还要 1 小时 6 分"),
    ],
)
def test_rate_and_time_left_are_said_in_units_that_suit_them(
    a_second: float | None, left: float | None, said: str
) -> None:
    assert said_pace(a_second, left) == said


def test_the_pace_is_that_of_what_was_done() -> None:
    seconds = count(0.0, 2.0)
    progress = Progress(PaceColumn(), get_time=lambda: next(seconds))
    task = progress.add_task("", total=10)
    for done in range(1, 5):
        progress.update(task, completed=done)
    assert PaceColumn().render(progress.tasks[0]).plain == "每分 30.0 个，还要 12 秒"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_on_a_terminal_shows_count_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    with Voice().bar("运行笔记本") as progress:
        assert progress is not None
        task = progress.add_task("2021/x/report", total=None)
        progress.update(task, completed=0, total=1000)
        for done in (10, 20, 30):
            progress.update(task, completed=done)
        progress.refresh()
    shown = terminal.getvalue()
    assert "运行笔记本" in shown and "30/1000" in shown and "2021/x/report" in shown
    assert "每秒 " in shown and "还要 " in shown


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Voice().bar("运行笔记本") as progress:
        assert progress is None
