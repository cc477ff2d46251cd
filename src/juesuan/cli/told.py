"""What each file of `data/` tells the pages that may quote it: an amount that changed is quoted nowhere."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from juesuan.building import Digests, digest_of
from juesuan.paths import Project
from juesuan.verify import read_allowed, told_by

_KEPT = "told.json"


class KeptTold:
    """Digests of what files tell, by name within their folder and content, kept between builds below `build/`.

    `verifier` is the key of the code and the exceptions by which it is told.
    """

    def __init__(self, project: Project, digests: Digests, verifier: str) -> None:
        self._data, self._digests, self._verifier = project.data, digests, verifier
        self._allowed = tuple(read_allowed(project.report / "verify.toml"))
        self._path = project.build / _KEPT
        self._held = self._read()
        self._asked: dict[str, str] = {}
        self._folders: dict[Path, str] = {}

    def of(self, folder: Path) -> str:
        """Return one digest over the names of all files below a folder of `data/`, and over what they tell."""
        if (known := self._folders.get(folder)) is None:
            start = "" if folder == self._data else f"{folder.relative_to(self._data).as_posix()}/"
            files = self._digests.tree(folder).items()
            told = digest_of(word for name, digest in files for word in (name, self._told(f"{start}{name}", digest)))
            known = self._folders[folder] = told
        return known

    def write(self) -> None:
        """Keep what this build asked for."""
        if self._asked != self._held:
            aside = self._path.with_suffix(".new")
            aside.write_text(json.dumps({"verifier": self._verifier, "told": self._asked}), encoding="utf-8")
            aside.replace(self._path)
            self._held = dict(self._asked)

    def _told(self, name: str, digest: str) -> str:
        kind = name if name.count("/") < 2 else name.split("/", 2)[2]
        key = f"{kind}:{digest}"
        told = self._asked.get(key) or self._held.get(key)
        if told is None:
            content = (self._data / name).read_bytes()
            found = told_by(name, content, self._allowed)
            told = digest_of(found.words()) if found else "-"
            if hashlib.sha256(content).hexdigest() != digest:  # changed since: it is told of this content, and not kept
                return told
        self._asked[key] = told
        return told

    def _read(self) -> dict[str, str]:
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._path.read_bytes())
            if kept["verifier"] == self._verifier:
                return dict(kept["told"])
        return {}
