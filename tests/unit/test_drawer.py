"""One process draws for all notebooks that are forked, and none of them waits for ever."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from juesuan import drawer
from juesuan.execute import forked

BARS = json.dumps({"data": {"values": [{"a": "教育", "b": 3}]}, "mark": "bar", "encoding": {"x": {"field": "b"}}})
DRAWS = f"from juesuan import drawer\ndrawer.svg({BARS!r}, '6.4')"
needs_fork = pytest.mark.skipif(not forked.can_fork(), reason=f"no fork on {sys.platform}")


@pytest.fixture(autouse=True)
def no_drawer() -> Any:
    drawer.forget()
    yield
    drawer.forget()


def outputs(folder: Path, *cells: str, **options: Any) -> list[Any]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "a.ipynb")
    ran = papermill.execute_notebook(folder / "a.ipynb", None, engine_name="forked", progress_bar=False, **options)
    return [cell.outputs[0].data["text/plain"] for cell in ran.cells if cell.outputs]


@needs_fork
def test_a_notebook_draws_though_its_parent_has_drawn(tmp_path: Path) -> None:
    drawn = drawer.svg(BARS, "6.4")
    assert outputs(tmp_path, DRAWS) == [repr(drawn)]


@needs_fork
def test_the_png_is_the_same_wherever_it_is_drawn(tmp_path: Path) -> None:
    here = hashlib.sha256(drawer.png(drawer.svg(BARS, "6.4"))).hexdigest()
    asks = f"import hashlib\nhashlib.sha256(drawer.png(drawer.svg({BARS!r}, '6.4'))).hexdigest()"
    assert outputs(tmp_path, "from juesuan import drawer", asks) == [repr(here)]


def test_who_keeps_a_drawer_asks_it_and_draws_by_itself_again_without_it() -> None:
    drawn = drawer.svg(BARS, "6.4")
    here = drawer.png(drawn)
    drawer.keep_warm()
    assert (drawer.svg(BARS, "6.4"), drawer.png(drawn)) == (drawn, here)
    os.kill(drawer._own.process.pid, signal.SIGKILL)
    with pytest.raises(drawer.DrawerLostError):
        drawer.png(drawn)
    drawer.forget()
    assert drawer.png(drawn) == here


@needs_fork
def test_what_cannot_be_drawn_is_said_in_the_converters_words(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="ValueError"):
        outputs(tmp_path, "from juesuan import drawer\ndrawer.svg('{', '6.4')")
    assert outputs(tmp_path, DRAWS)[0].startswith("'<svg")


@needs_fork
def test_a_notebook_that_was_stopped_while_it_asked_disturbs_no_other(tmp_path: Path) -> None:
    asks = "from juesuan import drawer\ndrawer._lent[1].channel.send(('svg', '{', '6.4'))\nimport time\ntime.sleep(60)"
    with pytest.raises(forked.CellTimeoutError):
        outputs(tmp_path, asks, execution_timeout=1)
    assert outputs(tmp_path, DRAWS)[0].startswith("'<svg")


@needs_fork
def test_a_drawer_that_was_killed_is_said_and_another_is_started(tmp_path: Path) -> None:
    kills = "import os, signal\nfrom juesuan import drawer\nos.kill(drawer._lent[1].process.pid, signal.SIGKILL)\n"
    with pytest.raises(papermill.PapermillExecutionError, match="画图的进程意外结束"):
        outputs(tmp_path, kills + f"drawer.svg({BARS!r}, '6.4')")
    assert outputs(tmp_path, DRAWS)[0].startswith("'<svg")


def test_drawers_that_were_started_earlier_are_enough() -> None:
    with drawer.ahead(1):
        (started,) = drawer._ahead
        with drawer.ahead(2):
            assert drawer._ahead == [started]
        assert drawer._ahead == [started]
        assert not started.ended()
        assert started.ask("svg", BARS, "6.4").startswith("<svg")
    assert drawer._ahead == []


@needs_fork
def test_each_forked_process_takes_a_drawer_that_was_started_ahead_for_it() -> None:
    with drawer.ahead(2):
        started = [one.process.pid for one in drawer._ahead]
        heard, told = os.pipe()
        for _ in range(3):
            if os.fork() == 0:
                drawer.keep_warm()
                os.write(told, f"{drawer._own.process.pid} {drawer._own.ask('svg', BARS, '6.4')[:4]}\n".encode())
                os._exit(0)
        for _ in range(3):
            os.wait()
        os.close(told)
        with os.fdopen(heard) as answers:
            lines = [line.split() for line in answers]
    taken = [int(pid) for pid, _ in lines]
    assert {drawing for _, drawing in lines} == {"<svg"}
    assert set(started) < set(taken)  # the third found none left and started its own
    assert len(set(taken)) == 3
    assert drawer._ahead == []
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
