"""Which finished files were verified before: as they are now, against the same ledger, words of `data/`, exceptions and verifier."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import juesuan.verify
from juesuan.building import Digests, digest_of
from juesuan.cli.told import KeptTold
from juesuan.paths import Project
from juesuan.render import AskedFile
from juesuan.verify import Result

_KEPT = "verified.json"
_OFFICES = Path("pages/explore/offices")


class Verified:
    """The good results of files by what they depend on, kept in one file below `build/`."""

    def __init__(self, project: Project, digests: Digests) -> None:
        self.project, self.digests = project, digests
        self._path = project.build / _KEPT
        self._held = self._read()
        self._quoted: dict[str, list[str]] = {}
        room = Path(juesuan.verify.__file__).parent
        money = room.parent / "money.py"
        words = [*digests.tree(room).values(), digests.of(money), digests.of(project.report / "verify.toml")]
        self.verifier = digest_of(words)

    def known(self, asked: Iterable[AskedFile]) -> dict[Path, Result]:
        """Return the results that still hold, by the file's place in the site."""
        found = {}
        for one in asked:
            key, counts = self._held.get(one.output.as_posix(), ("", {}))
            if key == self._key(one):
                found[one.output] = Result(one.output, **counts)
        return found

    def keep(self, asked: Sequence[AskedFile], results: Iterable[Result], site: Path) -> None:
        """Keep what is good, also where something else is not: it need not be read again."""
        good = {one.file.relative_to(site).as_posix(): one for one in results if one.good}
        for one in asked:
            if (result := good.get(one.output.as_posix())) is not None:
                self._held[one.output.as_posix()] = (
                    self._key(one),
                    {"total": result.total, "expected": result.expected},
                )
        wanted = {one.output.as_posix() for one in asked}
        told = {name: kept for name, kept in self._held.items() if name in wanted}
        aside = self._path.with_suffix(".new")
        aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        aside.replace(self._path)
        self._told.write()

    def _key(self, one: AskedFile) -> str:
        source = one.page.source
        below, stem = ("pages", "front") if source.name == "index.qmd" else (str(source.parent), source.stem)
        folder = f"{self.project.root}{os.sep}{below}{os.sep}"
        ledger = self.digests.of(f"{folder}{'facts' if stem == 'report' else f'{stem}-facts'}.json")
        pictures = self.digests.tree(f"{folder}charts").digest
        return digest_of([one.key, self.verifier, ledger, pictures, *self._quotable(source)])

    @cached_property
    def _told(self) -> KeptTold:
        return KeptTold(self.project, self.digests, self.verifier)

    def _quotable(self, source: Path) -> list[str]:
        """Return the digests of what the accounts tell that a page may quote: an office's own, or everybody's."""
        office = source.stem if source.parent == _OFFICES else source.parts[2] if len(source.parts) == 4 else ""
        if (known := self._quoted.get(office)) is None:
            own = self.project.data / office
            folders = [own, self.project.data / "classification"] if office and own.is_dir() else [self.project.data]
            known = self._quoted[office] = [self._told.of(folder) for folder in folders]
        return known

    def _read(self) -> dict[str, tuple[str, dict[str, Any]]]:
        with suppress(OSError, ValueError, TypeError):
            return {name: (key, counts) for name, (key, counts) in json.loads(self._path.read_bytes()).items()}
        return {}
