"""The house table of ARCHITECTURE.md holds: a room imports what it may and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "juesuan"
_NAME = re.compile(r"`([a-z_]+)/?`")


def allowed_by_room(architecture: str) -> dict[str, set[str]]:
    """Return the rooms each room may import; the table's first row is the ground."""
    house = architecture.split("## The house", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in house.splitlines() if "|" in line]
    header, body = rows[0], rows[2:]
    rooms = [_NAME.findall(row[0]) for row in body]
    ground, every = set(rooms[0]), {room for row in rooms for room in row}
    allowed = {}
    for names, row in zip(rooms, body, strict=True):
        may = row[header.index("may import")]
        others = set(_NAME.findall(may))
        others |= ground if "ground" in may or "each other" in may else set()
        others |= every if may == "all" else set()
        allowed.update({name: others | {name} for name in names})
    return allowed


def rooms_on_disk(source: Path) -> set[str]:
    modules = {path.stem for path in source.glob("*.py") if not path.stem.startswith("__")}
    packages = {path.name for path in source.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    return modules | packages


def imported_rooms(path: Path, source: Path) -> Iterator[tuple[int, str]]:
    """Yield line and room of every import of juesuan, those inside functions and `TYPE_CHECKING` too."""
    package = ["juesuan", *path.relative_to(source).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in _full_names(node, package):
            parts = name.split(".")
            if parts[0] == "juesuan" and len(parts) > 1:
                yield node.lineno, parts[1]  # type: ignore[attr-defined]


def _full_names(node: ast.AST, package: list[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = package[: len(package) + 1 - node.level] if node.level else []
    module = ".".join([*above, *([node.module] if node.module else [])])
    return [f"{module}.{alias.name}" for alias in node.names] if module == "juesuan" else [module]


def trespasses(source: Path, allowed: dict[str, set[str]]) -> list[str]:
    found = []
    for path in sorted(source.rglob("*.py")):
        room = path.relative_to(source).parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue
        for line, other in imported_rooms(path, source):
            if other in allowed and other not in allowed.get(room, set()):
                found.append(f"{path.relative_to(source).as_posix()}:{line} {room} -> {other}")
    return found


@pytest.fixture(scope="module")
def allowed() -> dict[str, set[str]]:
    return allowed_by_room((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))


def test_no_room_imports_a_room_it_may_not(allowed: dict[str, set[str]]) -> None:
    assert trespasses(SOURCE, allowed) == []


def test_every_room_on_disk_is_in_the_house_table(allowed: dict[str, set[str]]) -> None:
    assert rooms_on_disk(SOURCE) - allowed.keys() == set()


def test_table_is_read_as_it_is_meant(allowed: dict[str, set[str]]) -> None:
    ground = {"paths", "scope", "swap", "money", "faults", "cells", "schema", "classification", "describe"}
    assert allowed["money"] == ground
    assert allowed["analysis"] == ground | {"analysis"}
    assert allowed["synthetic"] == ground | {"synthetic"}
    assert allowed["render"] == {"paths", "building", "render"}
    assert allowed["cli"] == set(allowed)


@pytest.mark.parametrize(
    "line",
    [
        "import juesuan.present",
        "from juesuan.present.tables import Table",
        "from juesuan import present",
        "from ..present import Table",
        "def late():\n    from juesuan.present import Table",
    ],
)
def test_import_that_trespasses_is_seen_however_it_is_written(
    line: str, tmp_path: Path, allowed: dict[str, set[str]]
) -> None:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "trend.py").write_text(line + "\n", encoding="utf-8")
    assert [one.split(" ", 1)[1] for one in trespasses(tmp_path, allowed)] == ["analysis -> present"]


def test_room_may_import_itself_and_the_ground(tmp_path: Path, allowed: dict[str, set[str]]) -> None:
    (tmp_path / "analysis").mkdir()
    text = "from juesuan.money import percent\nfrom . import frames\nfrom juesuan.analysis.frames import sums\n"
    (tmp_path / "analysis" / "trend.py").write_text(text, encoding="utf-8")
    assert trespasses(tmp_path, allowed) == []
