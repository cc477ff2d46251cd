"""What of the code and of `report/` each template reaches, remembered as long as no source and no template changed."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import nbformat

from juesuan.building import Digests, digest_of
from juesuan.execute.code import Code
from juesuan.paths import Project

RUNNER = "from juesuan.execute.one import run_one\nimport juesuan.execute.forked"
"""What makes a page of a notebook, whichever it is; papermill finds the engine by its entry point."""
_KEPT = "reached.json"
_OF_PATHS = {"Path", "PurePath", "joinpath", "glob", "rglob", "join", "open"}


@dataclass(frozen=True)
class Reached:
    """Modules and data of the package by their names below it, entries of `report/` that a module names."""

    modules: tuple[str, ...]
    report: tuple[str, ...]


class Reach:
    """Follows templates through the sources below `package`."""

    def __init__(self, package: Path, project: Project, digests: Digests) -> None:
        self.package, self.project, self.digests = package, project, digests
        self._code = Code(package)
        self._texts: dict[Path, frozenset[str]] = {}

    def of(self, template: Path) -> Reached:
        """Return what a template reaches."""
        key = digest_of([self._sources, self.digests.of(template)])
        known = self._remembered.get(template.name)
        if known is not None and known[0] == key:
            return known[1]
        found = self._followed(template)
        self._remembered[template.name] = (key, found)
        self._remember()
        return found

    @cached_property
    def _sources(self) -> str:
        """The digest of all there is to follow, and of which entries `report/` has."""
        files = self.digests.tree(self.package)
        entries = sorted(path.name for path in self.project.report.glob("*"))
        return digest_of([*(word for pair in files.items() for word in pair), *entries])

    def _followed(self, template: Path) -> Reached:
        paths = self._code.reached([*_cells(template), RUNNER])
        named = {text for path in paths if path.suffix == ".py" for text in self._texts_in(path)}
        entries = sorted(path.name for path in self.project.report.glob("*"))
        modules = tuple(path.relative_to(self.package).as_posix() for path in paths)
        return Reached(modules, tuple(name for name in entries if name in named))

    def _texts_in(self, path: Path) -> frozenset[str]:
        """Return the parts of paths that a module names, one of which may be an entry of `report/`."""
        if path not in self._texts:
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            self._texts[path] = frozenset(part for node in nodes for part in _path_parts(node))
        return self._texts[path]

    @cached_property
    def _remembered(self) -> dict[str, tuple[str, Reached]]:
        with suppress(OSError, ValueError, TypeError, KeyError):
            told = json.loads((self.project.build / _KEPT).read_bytes())
            return {
                name: (key, Reached(tuple(one["modules"]), tuple(one["report"]))) for name, (key, one) in told.items()
            }
        return {}

    def _remember(self) -> None:
        with suppress(OSError):  # it only saves half a second
            self.project.build.mkdir(parents=True, exist_ok=True)
            aside = self.project.build / f"{_KEPT}.{os.getpid()}.new"
            told = {name: (key, asdict(one)) for name, (key, one) in self._remembered.items()}
            aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            aside.replace(self.project.build / _KEPT)


def _path_parts(node: ast.AST) -> Iterator[str]:
    """Yield the parts of paths that an expression writes down: `folder / "sections"`, `Path("report/sections", …)`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        told = [node.left, node.right]
    elif isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        told = node.args if name in _OF_PATHS else []
    else:
        return
    for one in told:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield from one.value.split("/")


def _cells(template: Path) -> Iterable[str]:
    """Return the sources of a template's code cells."""
    cells = nbformat.read(template, as_version=4).cells if template.is_file() else []  # type: ignore[no-untyped-call]
    return [cell.source for cell in cells if cell.cell_type == "code"]
