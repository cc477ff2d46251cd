"""`data/site.toml`: words that every page of a site must bear, such as 示例数据 where the figures are made up."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from juesuan.faults import Fault, FaultsError
from juesuan.load.csv_table import decode

_SHOWN = "data/site.toml"
_MARK = "mark"
_LONGEST = 40  # it stands on one line above a page's title


def site_mark(data: Path) -> str:
    """Return the words that every page must bear, empty where `data` asks for none.

    Raises `FaultsError` where `site.toml` is faulty.
    """
    mark, faults = mark_and_faults(data)
    if faults:
        raise FaultsError(faults)
    return mark


def mark_and_faults(data: Path) -> tuple[str, list[Fault]]:
    """Return the mark, and what is wrong with `site.toml`."""
    path = data / "site.toml"
    if not path.exists():
        return "", []
    if not path.is_file():
        return "", [Fault(_SHOWN, "不是文件", '应写 mark = "示例数据"', "改成文件，或移走")]
    try:
        stated = tomllib.loads(decode(path.read_bytes()))
    except tomllib.TOMLDecodeError as error:
        return "", [Fault(_SHOWN, f"不是 TOML：{error}", '应写 mark = "示例数据"', "改正这一行")]
    faults = [*_unknown_keys(stated), *_mark_faults(stated.get(_MARK, ""))]
    return ("", faults) if faults else (stated.get(_MARK, "").strip(), [])


def _unknown_keys(stated: dict[str, Any]) -> list[Fault]:
    return [
        Fault(_SHOWN, f"不认识 {key}", f"应只有 {_MARK}", "删去，或改正键名", column=key)
        for key in stated
        if key != _MARK
    ]


def _mark_faults(mark: object) -> list[Fault]:
    if not isinstance(mark, str):
        return [Fault(_SHOWN, f"mark 是 {mark!r}", '应为引号中的文字，例如 "示例数据"', "加上引号", column=_MARK)]
    if len(mark.strip().splitlines()) > 1 or len(mark) > _LONGEST:
        found = f"mark 有 {len(mark)} 个字、{len(mark.splitlines())} 行"
        return [Fault(_SHOWN, found, f"应为一行，不多于 {_LONGEST} 个字", "改短", column=_MARK)]
    return []
