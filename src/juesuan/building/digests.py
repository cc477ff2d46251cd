"""Digests of files, taken again only where a file may have changed, as git does it.

A file's digest is believed while its size, its times of change and its inode are what they were. A file that was
changed within the clock's grain of when it was read may change again and look the same: it is read again each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

Stamp = tuple[int, int, int, int]
ABSENT = "absent"
GRAIN_NS = 2_000_000_000  # the coarsest clock of a file system in use (FAT: two seconds)
_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


class Tree(dict[str, str]):
    """The digest of every file below a folder by its name there."""

    @cached_property
    def digest(self) -> str:
        """One digest over all names and digests; taken once, the tree does not change any more."""
        return digest_of(word for pair in sorted(self.items()) for word in pair)


class Digests:
    """The digest of each file by its path, kept between builds in one file below `build/`."""

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._seen: dict[str, str] = {}
        self._trees: dict[str, Tree] = {}
        self._fresh = False

    @cached_property
    def _known(self) -> dict[str, tuple[Stamp, str]]:
        """What was kept, read when a file is first asked for."""
        return _read(self._kept)

    def of(self, path: Path | str) -> str:
        """Return the digest of a file, `absent` where there is none. Within one build a file is looked at once."""
        name = str(path)
        if (seen := self._seen.get(name)) is None:
            seen = self._seen[name] = self._looked_at(name)
        return seen

    def stands(self, path: Path | str) -> bool:
        """Say whether a file is still what its digest was taken of: what was read of it since may be kept by that."""
        known = self._known.get(str(path))
        return known is not None and known[0] == _stamp(str(path))

    def tree(self, folder: Path | str) -> Tree:
        """Return the digest of every file below `folder` by its name there; nothing where there is no folder."""
        name = str(folder)
        if (seen := self._trees.get(name)) is None:
            seen = self._trees[name] = Tree(sorted(self._below(name)))
        return seen

    def forget(self, folder: Path) -> None:
        """Look again at what lies below `folder`: this build has made it anew."""
        start = f"{folder}{os.sep}"
        self._seen = {name: digest for name, digest in self._seen.items() if not name.startswith(start)}
        around = {str(folder), *map(str, folder.parents)}
        self._trees = {
            tree: held for tree, held in self._trees.items() if tree not in around and not tree.startswith(start)
        }

    def write(self) -> None:
        """Keep what was learnt, written aside and moved into place; what was not asked for in this build is kept too."""
        if self._kept is None or not self._fresh:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        aside = self._kept.with_name(f"{self._kept.name}.{os.getpid()}.new")
        rows = {name: [*stamp, digest] for name, (stamp, digest) in self._known.items() if _may_stay(name, self._seen)}
        aside.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        aside.replace(self._kept)
        self._fresh = False

    def _below(self, folder: str) -> Iterator[tuple[str, str]]:
        """Yield name and digest of every file below a folder; each folder within is a tree of its own, looked at once."""
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    yield entry.name, self.of(entry.path)
                elif entry.is_dir() and entry.name not in _LEFT_OUT:
                    yield from ((f"{entry.name}/{name}", digest) for name, digest in self.tree(entry.path).items())

    def _looked_at(self, name: str) -> str:
        stamp = _stamp(name)
        if stamp is None:
            return ABSENT
        known = self._known.get(name)
        if known is not None and known[0] == stamp:
            return known[1]
        before = time.time_ns()
        with open(name, "rb") as file:  # noqa: PTH123  a Path for each of ten thousand files costs more than reading them
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if max(stamp[1], stamp[2]) + GRAIN_NS < before and _stamp(name) == stamp:
            self._known[name] = (stamp, digest)
            self._fresh = True
        else:
            self._known.pop(name, None)
        return digest


def digest_of(words: Iterable[str]) -> str:
    """Return one digest over words in their order."""
    return hashlib.sha256("".join([f"{word}\0" for word in words]).encode("utf-8")).hexdigest()


def _may_stay(name: str, seen: dict[str, str]) -> bool:
    return name in seen or os.path.exists(name)  # noqa: PTH110  as above


def _stamp(name: str) -> Stamp | None:
    """Return size, time of change of the contents and of the entry, and inode; None for what is no file.

    A file of several names has its entry changed by every link that comes or goes: there its contents' time says it.
    """
    try:
        stat = os.stat(name)  # noqa: PTH116  as above
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.st_mode & 0o170000 != 0o100000:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if stat.st_nlink == 1 else 0, stat.st_ino


def _read(kept: Path | None) -> dict[str, tuple[Stamp, str]]:
    try:
        rows = json.loads(kept.read_bytes()) if kept else {}
        return {name: ((row[0], row[1], row[2], row[3]), row[4]) for name, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}
