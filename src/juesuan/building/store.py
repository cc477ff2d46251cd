"""Results kept under `build/store` by what they are called and by their content key, each put there whole.

A killed build has lost only what was being made. What lies there is linked, not copied, to where it is used; a result
whose files are no longer as they were put there (somebody edited a page in place) is none.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juesuan.building.inputs import Inputs, changed
from juesuan.paths import names_below

_ITEM = ".item.json"
_TREES = "trees"
_ASIDE = ".aside"
_KEPT_OF_A_NAME = 2  # a site of fewer parts and the whole site, by turns


@dataclass(frozen=True)
class Item:
    """One result: its folder, its files by name with size and time of change, what it was made from, a note of its maker."""

    folder: Path
    files: dict[str, tuple[int, int]]
    parts: dict[str, str]
    note: dict[str, Any] = field(default_factory=dict)

    def whole(self, place: Path | None = None) -> bool:
        """Say whether every file lies at `place` (where the item is kept, when it is None) as it was put."""
        start = f"{place or self.folder}{os.sep}"
        try:
            return all(_stamp(start + name) == stamp for name, stamp in self.files.items())
        except OSError:
            return False


@dataclass(frozen=True)
class Store:
    """The results below one folder."""

    root: Path

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Give an empty folder to make a result in; it is gone afterwards, unless `put` took it."""
        aside = self.root / _ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=aside))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, name: str, inputs: Inputs, made: Path, note: Mapping[str, Any] | None = None) -> Item:
        """Keep the files below `made` as what `inputs` come to under `name`; in the place of what is there under its key."""
        self._put_trees(inputs)
        files = {one: _stamp(f"{made}{os.sep}{one}") for one in sorted(names_below(made))}
        item = Item(self._place(name, inputs.key), files, inputs.parts, dict(note or {}))
        told = {"files": item.files, "parts": item.parts, "note": item.note}
        (made / _ITEM).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        item.folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(item.folder, ignore_errors=True)
        made.rename(item.folder)
        return item

    def get(self, name: str, key: str) -> Item | None:
        """Return what is kept under a name and a key, None where there is none or it is not as it was put."""
        item = _read(self._place(name, key))
        return item if item is not None and item.whole() else None

    def why(self, name: str, inputs: Inputs) -> list[str]:
        """Return why there is nothing for these inputs: in what they differ from the nearest of this name; [] for a new name."""
        kept = [item for folder in self._of(name) if (item := _read(folder)) is not None]
        told = [changed(inputs, item.parts, self._trees_of(item)) for item in kept]
        return min(told, key=len, default=[]) or (["结果不完整或被改动过"] if kept else [])

    def prune(self, kind: str, keep: Mapping[str, str], *, others: bool) -> None:
        """Leave of each name in `keep` its key and the newest beside it; `others` says whether other names stay.

        All of it is about names that begin with `kind`.
        """
        wanted = {_folder_name(name): key[:32] for name, key in keep.items()}
        for name in (one for one in _listed(self.root) if one.startswith(_folder_name(kind))):
            key, folder = wanted.get(name), f"{self.root}{os.sep}{name}"
            if key is None and not others:
                shutil.rmtree(folder, ignore_errors=True)
            elif key is not None and len(older := [one for one in _listed(folder) if one != key]) >= _KEPT_OF_A_NAME:
                newest_first = sorted((Path(folder, one) for one in older), key=lambda one: -one.stat().st_mtime_ns)
                for one in newest_first[_KEPT_OF_A_NAME - 1 :]:
                    shutil.rmtree(one, ignore_errors=True)

    def clean(self) -> None:
        """Take away what killed builds left half made; only the one builder may."""
        shutil.rmtree(self.root / _ASIDE, ignore_errors=True)

    def _place(self, name: str, key: str) -> Path:
        return Path(f"{self.root}{os.sep}{_folder_name(name)}{os.sep}{key[:32]}")

    def _of(self, name: str) -> list[Path]:
        with suppress(FileNotFoundError):
            return sorted((self.root / _folder_name(name)).iterdir())
        return []

    def _put_trees(self, inputs: Inputs) -> None:
        """Keep which files a folder held, under its digest: --explain names the file that changed."""
        for digest, files in inputs.trees.items():
            path = self.root / _TREES / digest
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                aside = path.with_name(f"{digest}.{os.getpid()}")
                aside.write_text(json.dumps(files, ensure_ascii=False), encoding="utf-8")
                aside.replace(path)

    def _trees_of(self, item: Item) -> dict[str, dict[str, str]]:
        found = {}
        for digest in item.parts.values():
            with suppress(OSError, ValueError):
                found[digest] = dict(json.loads((self.root / _TREES / digest).read_bytes()))
        return found


def lay_out(items: Iterable[Item], place: Path) -> None:
    """Put the files of all items below `place`, as links where the file system has them."""
    made = list(items)
    make_folders(place, (name for item in made for name in item.files))
    for item in made:
        for name in item.files:
            link(f"{item.folder}{os.sep}{name}", f"{place}{os.sep}{name}")


def make_folders(place: Path, names: Iterable[str]) -> None:
    """Make the folders below `place` that files of these names are to lie in, each once."""
    for folder in {os.path.dirname(name) for name in names}:  # noqa: PTH120  thousands of names
        (place / folder).mkdir(parents=True, exist_ok=True)


def link(source: str, target: str) -> None:
    """Put a file at `target` that is `source` by another name, or a copy with its times where there can be no links."""
    try:
        os.link(source, target)
    except OSError as error:
        if isinstance(error, FileNotFoundError | FileExistsError):
            raise
        shutil.copy2(source, target)


def _folder_name(name: str) -> str:
    return name.replace("/", "~")


def _listed(folder: Path | str) -> list[str]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.listdir(folder)  # noqa: PTH208  thousands of names
    return []


def _stamp(path: str) -> tuple[int, int]:
    stat = os.stat(path)  # noqa: PTH116  thousands of files
    return stat.st_size, stat.st_mtime_ns


def _read(folder: Path) -> Item | None:
    try:
        with open(f"{folder}{os.sep}{_ITEM}", "rb") as file:  # noqa: PTH123  thousands of items
            told = json.load(file)
        files = {name: (size, changed) for name, (size, changed) in told["files"].items()}
        return Item(folder, files, dict(told["parts"]), dict(told["note"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
