"""Which files of a project the patterns of `_quarto.yml` mean, each folder looked at once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from juesuan.paths import names_below

_SIGNS = {"**/": "(?:[^/]+/)*", "*": "[^/]*", "?": "[^/]"}
_SIGN = re.compile(r"\*\*/|\*|\?")


def files_matching(root: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files that any of `patterns` means, below `root` and in the order of their names."""
    return [Path(name) for name in names_matching(root, patterns)]


def names_matching(root: Path, patterns: Iterable[str]) -> list[str]:
    """Return the same by their names, `/` between folders.

    In a pattern `*` and `?` stand for signs of one name, `**/` for folders, none or many.
    """
    wanted = list(patterns)
    several = [pattern for pattern in wanted if _SIGN.search(pattern)]
    names = {pattern for pattern in wanted if pattern not in several and (root / pattern).is_file()}
    meant = re.compile("|".join(map(_expression, several)))
    names |= {name for start in _starts(several) for name in _names(root, start) if meant.fullmatch(name)}
    return sorted(names, key=lambda name: name.split("/"))


def _expression(pattern: str) -> str:
    words = _SIGN.split(pattern)
    signs = [_SIGNS[sign] for sign in _SIGN.findall(pattern)]
    return "".join(re.escape(word) + sign for word, sign in zip(words, [*signs, ""], strict=True))


def _starts(patterns: Iterable[str]) -> set[str]:
    """Return the folders where to begin, none within another: what stands before the first sign, to its last slash."""
    starts = {_SIGN.split(pattern)[0].rpartition("/")[0] for pattern in patterns}
    return {one for one in starts if not any(one != other and f"{one}/".startswith(_folder(other)) for other in starts)}


def _names(root: Path, start: str) -> Iterator[str]:
    return (f"{_folder(start)}{name}" for name in names_below(root / start))


def _folder(name: str) -> str:
    return f"{name}/" if name else ""
