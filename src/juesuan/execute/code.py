"""Which modules of this package a notebook can reach: the imports of its cells, followed through the sources.

A package's `__init__` that only names what its modules hold is not followed as a whole: `present.structure_pie` reaches
the module that defines it and what that imports. Wherever that cannot be told (the package is handed on, or `__init__`
does more), all of the package counts. A module that changes others when it is imported counts with its package.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ALL = "*"


@dataclass(frozen=True)
class Module:
    """One source file: what it imports, as (module, name in it; `*` for all of it), and whether importing it changes others."""

    name: str
    path: Path
    reaches: tuple[tuple[str, str], ...]
    exports: dict[str, tuple[str, str]]
    is_index: bool
    calls: tuple[tuple[str, str], ...]
    has_effects: bool


@dataclass
class Code:
    """The sources below `folder`, the folder of the package `name`."""

    folder: Path
    name: str = "juesuan"
    _modules: dict[str, Module | None] = field(default_factory=dict)

    def reached(self, sources: Iterable[str]) -> list[Path]:
        """Return the files that code in `sources` can reach: modules, the packages around them, data beside them."""
        try:
            wanted = self._imports("\n".join(sources), [])
        except SyntaxError:  # IPython's own notation (%, !): what it reaches cannot be told
            return [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
        done: set[tuple[str, str]] = set()
        found: dict[str, Path] = {}
        while wanted:
            one = wanted.pop()
            if one in done:
                continue
            done.add(one)
            for module in self._touched(one[0]):
                found[module.name] = module.path
                wanted += self._on_import(module)
            wanted += self._next(*one)
        return sorted({*found.values(), *self._data_beside(found.values())})

    def _next(self, name: str, asked: str) -> Iterable[tuple[str, str]]:
        """Return what asking `asked` of a module leads to; nothing is asked of one that is imported and not used."""
        module = self.module(name)
        if module is None or not asked:
            return ()
        inner = [(f"{name}.{asked}", ALL)] if self.module(f"{name}.{asked}") is not None else []
        if not module.is_index or asked == ALL:
            return (*inner, *module.reaches)
        if asked in module.exports:
            return (*inner, module.exports[asked])
        return inner or module.reaches

    def _touched(self, name: str) -> Iterator[Module]:
        """Yield the module and the packages around it: importing it runs them."""
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            if (module := self.module(".".join(parts[:end]))) is not None:
                yield module

    def _on_import(self, module: Module) -> list[tuple[str, str]]:
        """Return what counts as soon as a package is imported: what its index calls, modules of its that change others."""
        if not module.is_index:
            return list(module.reaches)
        changing = [
            (name, ALL) for name, _ in module.reaches if (one := self.module(name)) is not None and one.has_effects
        ]
        return [*module.calls, *changing]

    def module(self, name: str) -> Module | None:
        """Return a module of the package by its full name, None for what is none of it."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def _read(self, name: str) -> Module | None:
        parts = name.split(".")
        if parts[0] != self.name or ALL in parts:
            return None
        base = self.folder.joinpath(*parts[1:])
        for path, package in ((base / "__init__.py", parts), (base.with_suffix(".py"), parts[:-1])):
            if path.is_file():
                return self._parsed(name, path, package)
        return None

    def _parsed(self, name: str, path: Path, package: list[str]) -> Module:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        index = path.name == "__init__.py" and all(map(_only_names, tree.body))
        exports = {
            alias.asname or alias.name: (_from(node, package), alias.name)
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        called = [
            one.id
            for node in tree.body
            if isinstance(node, ast.Expr)
            for one in ast.walk(node)
            if isinstance(one, ast.Name)
        ]
        calls = tuple(exports[one] for one in called if one in exports)
        effects = any(map(_changes_others, tree.body))
        return Module(name, path, tuple(self._imports(text, package)), exports, index, calls, effects)

    def _imports(self, source: str, package: list[str]) -> list[tuple[str, str]]:
        """Return what a source imports of the package; of a package bound to a name, the attributes that are used of it."""
        tree = ast.parse(source)
        found: list[tuple[str, str]] = []
        bound: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, ALL) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                origin = _from(node, package)
                for alias in node.names:
                    if self._is_package(f"{origin}.{alias.name}"):
                        bound[alias.asname or alias.name] = f"{origin}.{alias.name}"
                    else:
                        found.append((origin, alias.name))
        found += [one for name, module in bound.items() for one in _uses(tree, name, module)]
        return [one for one in found if one[0].split(".")[0] == self.name]

    def _is_package(self, name: str) -> bool:
        parts = name.split(".")
        return parts[0] == self.name and (self.folder.joinpath(*parts[1:]) / "__init__.py").is_file()

    def _data_beside(self, paths: Iterable[Path]) -> set[Path]:
        """Return the files of the package that are not code, in the folders of what was reached."""
        folders = {path.parent for path in paths}
        return {path for folder in folders for path in self._data.get(folder, ())}

    @cached_property
    def _data(self) -> dict[Path, list[Path]]:
        found: dict[Path, list[Path]] = {}
        for path in self.folder.rglob("*"):
            if path.suffix not in (".py", ".pyc") and path.is_file():
                found.setdefault(path.parent, []).append(path)
        return found


def _uses(tree: ast.AST, name: str, module: str) -> list[tuple[str, str]]:
    """Return the attributes of a package bound to `name` that are used; all of it where it is used in another way."""
    attributes, times = [], 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            attributes.append((module, node.attr))
        times += isinstance(node, ast.Name) and node.id == name
    return [(module, ""), *(attributes if times == len(attributes) else [(module, ALL)])]


def _from(node: ast.ImportFrom, package: list[str]) -> str:
    above = package[: len(package) + 1 - node.level] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])


def _only_names(node: ast.stmt) -> bool:
    """Say whether a statement of an `__init__` is a docstring, an import from a module, a list of names, or a call."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant | ast.Call)
    if isinstance(node, ast.Assign):
        return isinstance(node.value, ast.List | ast.Tuple | ast.Constant)
    return isinstance(node, ast.ImportFrom)


def _changes_others(node: ast.stmt) -> bool:
    """Say whether a module's statement may change another one when the module is imported: a bare call, an assignment to
    what is not a name of its own, a decorator of ours.
    """
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return not all(isinstance(one, ast.Name | ast.Tuple) for one in node.targets)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return any(_decorator(one) not in _HARMLESS for one in node.decorator_list)
    return isinstance(node, ast.For | ast.While | ast.With | ast.AugAssign | ast.Delete | ast.Try)


_HARMLESS = {
    "dataclass",
    "cache",
    "lru_cache",
    "cached_property",
    "property",
    "total_ordering",
    "contextmanager",
    "staticmethod",
    "runtime_checkable",
}


def _decorator(node: ast.expr) -> str:
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
