"""The forked engine writes down what papermill's own would have, and fails as it does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from juesuan.execute import forked

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS: dict[str, dict[str, Any]] = {
    "report": {"year": 2021},
    "variance": {"year": 2021},
    "trend": {"year": 2021},
    "year": {"year": 2021},
    "office": {"unit": "nanjiang-zwxx"},
    "comparison": {},
    "trends": {},
    "execution": {},
    "projects": {},
    "checks": {},
    "front": {"built_on": "2026年1月1日"},
}
AS_KERNELS_DO = {
    "streams": ["print('一')\nprint('二')", "import sys\nprint('错', file=sys.stderr)", "print('三', end='')"],
    "results": ["1 + 1", "_ + 1", "'文字'", "None", "x = 3;", "[x, x]"],
    "displays": [
        "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>粗</b>'), Markdown('*斜*'))\n7"
    ],
    "frames": ["import pandas as pd", "pd.DataFrame({'a': [1, 2]})"],
    "history": ["a = 1", "In[1], len(In)", "Out"],
    "magics": ["%%capture got\nprint('藏')", "got.stdout"],
    "empty": ["", "   ", "# 只有注释"],
}
FAILS = {
    "raises": ["1", "def f():\n    raise ValueError('数字不对')\nf()", "2"],
    "syntax": ["x = (", "1"],
    "exits": ["raise SystemExit(3)", "1"],
    "not-printable": ["class A:\n    def __repr__(self):\n        raise RuntimeError('写不出')\nA()"],
}
needs_fork = pytest.mark.skipif(not forked.can_fork(), reason=f"no fork on {sys.platform}")


def write(path: Path, cells: list[str]) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path


def ran(path: Path, engine: str, parameters: dict[str, Any] | None = None) -> Any:
    """Run a notebook and return it, failed or not."""
    output = path.with_name(f"{path.stem}-{engine}.ipynb") if path.parent != ROOT / "notebooks" else None
    try:
        return papermill.execute_notebook(
            path, output, parameters or {}, engine_name=engine, progress_bar=False, cwd=str(path.parent)
        )
    except papermill.PapermillExecutionError:
        return nbformat.read(output, as_version=4)


def told(notebook: Any) -> list[Any]:
    """Return what a reader sees of a notebook, with places in memory and in temporary files left out."""
    return [
        (cell.get("execution_count"), [plain(output) for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def errors(notebook: Any) -> list[Any]:
    """Return the error of each cell, or None; a kernel warns of SystemExit besides."""
    return [[one for one in outputs if isinstance(one, tuple)] for _, outputs in told(notebook)]


def plain(output: Any) -> Any:
    if output.output_type == "error":
        return output.ename, output.evalue, [line for line in output.traceback if "ipykernel" not in line][:1]
    return output


@needs_fork
@pytest.mark.parametrize("name", PARAMETERS)
def test_every_notebook_comes_out_the_same(name: str) -> None:
    both = [ran(ROOT / "notebooks" / f"{name}.ipynb", engine, PARAMETERS[name]) for engine in ("nbclient", "forked")]
    assert told(both[0]) == told(both[1])
    assert both[0].metadata.language_info == both[1].metadata.language_info


@needs_fork
@pytest.mark.parametrize("cells", AS_KERNELS_DO.values(), ids=AS_KERNELS_DO)
def test_a_cell_says_what_it_would_say_in_a_kernel(tmp_path: Path, cells: list[str]) -> None:
    path = write(tmp_path / "a.ipynb", cells)
    assert told(ran(path, "nbclient")) == told(ran(path, "forked"))


@needs_fork
@pytest.mark.parametrize("cells", FAILS.values(), ids=FAILS)
def test_a_cell_fails_as_it_would_in_a_kernel(tmp_path: Path, cells: list[str]) -> None:
    path = write(tmp_path / "a.ipynb", cells)
    assert errors(ran(path, "nbclient")) == errors(ran(path, "forked"))


@needs_fork
def test_one_notebook_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    ran(write(tmp_path / "a.ipynb", ["import sys\nsys.left_behind = 1\nleft = 1"]), "forked")
    after = ran(write(tmp_path / "b.ipynb", ["import sys\nhasattr(sys, 'left_behind'), 'left' in globals()"]), "forked")
    assert after.cells[0].outputs[0].data["text/plain"] == "(False, False)"
    assert not hasattr(sys, "left_behind")


@needs_fork
def test_a_process_that_dies_and_a_cell_that_takes_too_long_are_said(tmp_path: Path) -> None:
    dying = write(tmp_path / "a.ipynb", ["import os\nos._exit(9)"])
    with pytest.raises(forked.DeadKernelError, match="意外结束（退出状态 9）"):
        papermill.execute_notebook(dying, None, engine_name="forked", progress_bar=False)
    slow = write(tmp_path / "b.ipynb", ["import time\ntime.sleep(60)"])
    with pytest.raises(forked.CellTimeoutError, match=r"运行超过 0\.5 秒"):
        papermill.execute_notebook(slow, None, engine_name="forked", progress_bar=False, execution_timeout=0.5)


def test_where_there_is_no_fork_papermills_own_engine_runs_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked, "can_fork", lambda: False)
    done = ran(write(tmp_path / "a.ipynb", ["import ipykernel.zmqshell\ntype(get_ipython()).__name__"]), "forked")
    assert done.cells[0].outputs[0].data["text/plain"] == "'ZMQInteractiveShell'"
