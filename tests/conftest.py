"""What the tests share: a copy of the project to build in, and a word for what a machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from said import Said, Say

from juesuan.cli import main

ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("data", "notebooks", "report", "_quarto.yml", "index.qmd")
_NEEDS = {
    "browser": ("chromium", "Debian: apt install chromium"),
    "poppler": ("pdftotext", "Debian: apt install poppler-utils"),
    "office": ("soffice", "Debian: apt install libreoffice-writer"),
    "quarto": ("quarto", "make quarto, where GitHub can be reached"),
}
_FROM_DEBIAN = ("browser", "poppler", "office")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what the machine cannot run and say why; under `.ci/run` a lacking Debian package is an error instead."""
    strict = bool(os.environ.get("JUESUAN_REQUIRE_DEBIAN_PACKAGES"))
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.xdist_group(item.path.name))
        for mark, (command, remedy) in _NEEDS.items():
            named = os.environ.get("CHROMIUM", command) if mark == "browser" else command
            if item.get_closest_marker(mark) and not shutil.which(named):
                if strict and mark in _FROM_DEBIAN:
                    raise pytest.UsageError(f"{item.nodeid} needs {command}: {remedy}")
                item.add_marker(pytest.mark.skip(reason=f"no {command} on this machine ({remedy})"))


def copy_project(to: Path) -> Path:
    """Copy what a build reads from the project to the folder `to`, which must not exist yet."""
    to.mkdir(parents=True)
    for part in _PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, to / part)
    return to


def copy_founding_data(to: Path) -> Path:
    """Copy `data/` with its founding office alone: what is counted does not change when an office is added."""
    header, *units = (ROOT / "data/units.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    others = [one.split(",")[0] for one in units if not one.startswith("nanjiang-zwxx,")]
    shutil.copytree(ROOT / "data", to, ignore=shutil.ignore_patterns(*others))
    own = [one for one in units if one.startswith("nanjiang-zwxx,")]
    (to / "units.csv").write_text("".join([header, *own]), encoding="utf-8")
    return to


def run_juesuan(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an analyst would, in the project at `cwd`; never raises for its exit status."""
    return subprocess.run(
        [sys.executable, "-m", "juesuan", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def juesuan_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """The command, run in this process, which starts nothing and is therefore fast."""

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["juesuan", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, free to be damaged."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def juesuan() -> Run:
    """The command, run in a process of its own."""
    return run_juesuan


@pytest.fixture
def founding_data(tmp_path: Path) -> Path:
    """The founding office's accounts, free to be damaged."""
    return copy_founding_data(tmp_path / "data")
