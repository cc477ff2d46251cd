"""What an item is made from, part by part, and so its content key and why it has to be made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.building.digests import Digests, Tree, digest_of

TREE = "/"
"""How the name of a part that is a folder ends."""


@dataclass
class Inputs:
    """The parts of one item: name and digest (or words) of each. A folder's part is the digest of its files' digests."""

    digests: Digests
    parts: dict[str, str] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)

    def word(self, name: str, value: str) -> None:
        """Take in words: a parameter, a version."""
        self.parts[name] = value

    def file(self, name: str, path: Path | str) -> None:
        """Take in a file, which may be absent."""
        self.parts[name] = self.digests.of(path)

    def folder(self, name: str, path: Path | str) -> None:
        """Take in every file below a folder."""
        self.tree(name, self.digests.tree(path))

    def tree(self, name: str, files: Tree) -> None:
        """Take in files by their digests, shown as one part."""
        self.parts[f"{name}{TREE}"] = files.digest
        self.trees[files.digest] = files

    def alone(self) -> Inputs:
        """Return the parts without what is known of other files: what goes to another process."""
        return Inputs(Digests(), self.parts, self.trees)

    @property
    def key(self) -> str:
        """The content key: one digest over every part."""
        return digest_of(word for pair in sorted(self.parts.items()) for word in pair)


def changed(now: Inputs, before: Mapping[str, str], tree_before: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the parts in which `now` differs from what was `before`, each file of a folder by its own name."""
    return list(_changed(now, before, tree_before))


def _changed(now: Inputs, before: Mapping[str, str], trees: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name in _differing(now.parts, before):
        old, new = before.get(name, ""), now.parts.get(name, "")
        if not name.endswith(TREE):
            yield _said(name, old, new)
            continue
        known = trees.get(old)
        if known is None and old:
            yield f"{name} 有改动"
        else:
            here: Mapping[str, str] = now.trees.get(new) or {}
            yield from (
                _said(f"{name}{one}", (known or {}).get(one, ""), here.get(one, ""))
                for one in _differing(here, known or {})
            )


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> Iterable[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _said(name: str, old: str, new: str) -> str:
    if not old:
        return f"{name} 是新的"
    if not new:
        return f"{name} 没有了"
    return f"{name} 有改动" if len(new) == len(old) == 64 else f"{name} {old}→{new}"
