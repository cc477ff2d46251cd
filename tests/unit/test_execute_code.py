"""What a notebook can reach is no less than what it runs, and no more where that can be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from juesuan.building import Digests
from juesuan.execute.code import Code
from juesuan.execute.reach import Reach
from juesuan.paths import Project

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/juesuan"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WATCH = """
import sys
from pathlib import Path
import nbformat
from juesuan.execute.shell import run_cells
from juesuan import facts, load, present
cells = nbformat.read(sys.argv[1], as_version=4).cells
called = set()
def watch(frame, event, _):
    if event == "call" and frame.f_code.co_name != "<module>":
        called.add(frame.f_code.co_filename)
def opened(event, told):
    if event == "open" and isinstance(told[0], str) and told[0].startswith(sys.argv[3]):
        called.add(told[0])
sys.addaudithook(opened)
sys.setprofile(watch)
done = list(run_cells([(i, c.source) for i, c in enumerate(cells) if c.cell_type == "code"]))
sys.setprofile(None)
assert not done[-1].failed, done[-1].outputs
print("\\n".join(sorted(one for one in called if one.startswith((sys.argv[2], sys.argv[3])))))
"""


def reached(*sources: str, folder: Path = PACKAGE) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in Code(folder).reached(sources)}


def cells(notebook: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_a_notebook_runs_and_reads_is_covered_by_its_key(notebook: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WATCH, str(notebook), str(PACKAGE), str(ROOT / "report")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    paths = [Path(line) for line in ran.stdout.splitlines()]
    called = {path.relative_to(PACKAGE).as_posix() for path in paths if path.is_relative_to(PACKAGE)}
    read = {path.relative_to(ROOT / "report").parts[0] for path in paths if path.is_relative_to(ROOT / "report")}
    covered = Reach(PACKAGE, Project(ROOT, ROOT / "data", ROOT / "_site"), Digests())._followed(notebook)
    assert len(called) > 10
    assert called - set(covered.modules) == set()
    assert read - set(covered.report) == set()
    assert {"html", "typst", "word"} & set(covered.report) == set(), "they shape the finished files alone"


def test_a_notebook_that_draws_no_pie_does_not_reach_the_pies() -> None:
    year, report = (reached(*cells(ROOT / f"notebooks/{name}.ipynb")) for name in ("year", "report"))
    assert "present/charts_pie.py" in report - year
    assert "present/views.py" in year - report


def test_the_rules_that_are_data_are_reached_with_the_code_that_reads_them() -> None:
    assert "rules/rules.csv" in reached(*cells(ROOT / "notebooks/report.ipynb"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    sources = {
        "__init__.py": "",
        "show/__init__.py": "from juesuan.show.bars import bars\nfrom juesuan.show.pies import pies\n",
        "show/bars.py": "from juesuan.money import write\n",
        "show/pies.py": "",
        "show/notes.txt": "",
        "money.py": "",
        "told.py": "import juesuan.show.bars\njuesuan.show.bars.COLOUR = 'red'\n",
        "lone.py": "",
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


INDEX = {"__init__.py", "show/__init__.py", "show/notes.txt"}


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("from juesuan import show\nshow.pies()", {"show/pies.py"}),
        ("from juesuan import show as s\ns.bars()", {"show/bars.py", "money.py"}),
        ("from juesuan.show import bars", {"show/bars.py", "money.py"}),
        ("import juesuan.show.pies", {"show/pies.py"}),
        ("import juesuan.show", {"show/bars.py", "show/pies.py", "money.py"}),
        ("from juesuan import show\nhand_on(show)", {"show/bars.py", "show/pies.py", "money.py"}),
        ("from juesuan.show import *", {"show/bars.py", "show/pies.py", "money.py"}),
        ("def late():\n    from juesuan.show import pies", {"show/pies.py"}),
    ],
)
def test_a_source_reaches_what_it_uses_however_that_is_imported(package: Path, source: str, modules: set[str]) -> None:
    assert reached(source, folder=package) == INDEX | modules


def test_what_is_no_python_may_reach_everything(package: Path) -> None:
    assert reached("%run other.py", folder=package) >= {"lone.py", "told.py", "show/pies.py"}


def test_an_index_that_does_more_than_name_counts_as_a_whole(package: Path) -> None:
    with (package / "show/__init__.py").open("a", encoding="utf-8") as index:
        index.write("for one in (bars, pies):\n    one.ready = True\n")
    assert reached("from juesuan import show\nshow.pies()", folder=package) >= {"show/bars.py", "money.py"}


def test_a_module_that_changes_others_counts_with_its_package(package: Path) -> None:
    (package / "show/bars.py").write_text("import juesuan.show.pies\njuesuan.show.pies.COLOUR = 1\n", encoding="utf-8")
    assert "show/bars.py" in reached("from juesuan import show\nshow.pies()", folder=package)
