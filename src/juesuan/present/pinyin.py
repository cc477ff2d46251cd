"""Pinyin, so that a name can be found by how it is typed."""

from __future__ import annotations

import re
from functools import lru_cache

_LATIN = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=16384)
def pinyin(text: str) -> str:
    """Return the syllables of `text` without tones, apart by spaces; ü is written v, as it is typed.

    A character with several readings is read as in the words around it (重庆 chong qing).
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415  a third of a second that only the search index need pay

    return " ".join(_LATIN.findall(" ".join(lazy_pinyin(text)).lower().replace("ü", "v")))
