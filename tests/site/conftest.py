"""One site, built once, that every test of this folder reads."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_A_DAY = "1640995200"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process under `--dist loadgroup`, so that the site is built once."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.xdist_group("site"))


@pytest.fixture(scope="session")
def made(juesuan: Run) -> Run:
    """The command on a fixed day: `made("build", cwd=root)`."""
    return lambda *arguments, cwd: juesuan(*arguments, cwd=cwd, SOURCE_DATE_EPOCH=_A_DAY)


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, made: Run) -> Path:
    """A project that was built; no test may change it."""
    shared = pytestconfig.pluginmanager.get_plugin(str(_HERE.parent / "conftest.py"))
    project: Path = shared.copy_project(tmp_path_factory.mktemp("built") / "project")
    ran = made("build", "--renderer", "embedded", "-v", cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return project


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The site of that project."""
    return root / "_site"
