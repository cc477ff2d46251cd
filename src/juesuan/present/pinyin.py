"""Pinyin, so that a name can be found by how it is typed.

pypinyin takes a quarter of a second and 80 MB to load. So what a page asked for is kept below `build/` for the next
build, where most names are the same; pypinyin is loaded for a new one.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from juesuan.paths import find_project

_LATIN = re.compile(r"[a-z0-9]+")


def pinyin(text: str) -> str:
    """Return the syllables of `text` without tones, apart by spaces; ü is written v, as it is typed.

    A character with several readings is read as in the words around it (重庆 chong qing).
    """
    known = _known()
    if text not in known:
        known[text] = _typed(text)
    return known[text]


def keep_pinyin() -> None:
    """Keep what this process asked for, beside what others did, where a build keeps its files."""
    kept, known = _read(), _known()
    if known.keys() <= kept.keys() or not _place().parent.is_dir():
        return
    with suppress(OSError):  # it only saves time
        aside = _place().with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps([_key(), {**kept, **known}], ensure_ascii=False), encoding="utf-8")
        aside.replace(_place())


def _typed(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  see above

    return " ".join(_LATIN.findall(" ".join(lazy_pinyin(text)).lower().replace("ü", "v")))


@cache
def _known() -> dict[str, str]:
    """What this process knows, by text: at first what was kept."""
    return _read()


def _read() -> dict[str, str]:
    with suppress(OSError, ValueError, TypeError):  # none there, or cut short
        key, kept = json.loads(_place().read_text(encoding="utf-8"))
        if key == _key():
            return dict(kept)
    return {}


def _place() -> Path:
    return find_project().build / "pinyin.json"


@cache
def _key() -> list[str]:
    """Return what the pinyin of a text depends on: this file, pypinyin and its settings, Python."""
    settings = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("PYPINYIN")]
    return [Path(__file__).read_text(encoding="utf-8"), version("pypinyin"), sys.version, *settings]
