"""One site, built once, that every test of this folder reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_A_DAY = "1640995200"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process under `--dist loadgroup`, so that the site is built once."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.xdist_group("site"))


@pytest.fixture(scope="session")
def build(juesuan: Callable[..., object]) -> Callable[..., object]:
    """`juesuan` with the embedded renderer on a fixed day: `build("run", cwd=root)`."""

    def run(*arguments: object, cwd: Path) -> object:
        return juesuan(*arguments, cwd=cwd, SOURCE_DATE_EPOCH=_A_DAY)

    return run


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, build: Callable[..., object]) -> Path:
    """A project that was built; nothing may change it."""
    shared = pytestconfig.pluginmanager.get_plugin(str(_HERE.parent / "conftest.py"))
    project = shared.copy_project(tmp_path_factory.mktemp("built") / "project")
    built = build("build", "--renderer", "embedded", "-v", cwd=project)
    assert built.returncode == 0, built.stdout + built.stderr
    return project


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The site of that project."""
    return root / "_site"
