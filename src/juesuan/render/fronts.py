"""The front matter of pages, kept between builds by the page's digest: a page that did not change is not opened for it."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

from juesuan.building import Digests
from juesuan.render.notebook import read_front


class KeptFronts:
    """What was read of pages by the code of the digest `code`, kept in the file `place`."""

    def __init__(self, place: Path, digests: Digests, code: str) -> None:
        self._place, self._digests, self._code = place, digests, code
        self._held = self._read()
        self._asked: dict[str, dict[str, Any]] = {}

    def of(self, page: Path) -> dict[str, Any]:
        """Return a page's front matter."""
        digest = self._digests.of(page)
        front = self._held.get(digest)
        if front is not None:
            self._asked[digest] = front
            return front
        front = read_front(page)
        if self._digests.stands(page):
            self._asked[digest] = front
        return front

    def write(self) -> None:
        """Keep what was asked for."""
        if self._asked.keys() == self._held.keys():
            return
        with suppress(OSError):  # it only saves time
            self._place.parent.mkdir(parents=True, exist_ok=True)
            aside = self._place.with_suffix(f".{os.getpid()}")
            aside.write_bytes(pickle.dumps((self._code, self._asked), pickle.HIGHEST_PROTOCOL))
            aside.replace(self._place)

    def _read(self) -> dict[str, dict[str, Any]]:
        with suppress(Exception):  # cut short, or of another version: read the pages again
            code, held = pickle.loads(self._place.read_bytes())
            if code == self._code:
                return dict(held)
        return {}
