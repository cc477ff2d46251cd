"""`source.toml`: the document that the figures of a folder were taken from, and how its amounts are written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from juesuan.faults import Fault
from juesuan.load.csv_table import Precision, decode
from juesuan.money import FEN_PER_UNIT

_MOST_DECIMALS = 6


@dataclass(frozen=True)
class Source:
    """`source.toml`: the document the figures come from, and for each file what it was taken from."""

    title: str
    publisher: str
    precision: Precision
    files: dict[str, dict[str, Any]]


def read_source(data: Path, folder: Path) -> tuple[Source, list[Fault]]:
    """Return the source of `folder` (a path within `data`) and what is wrong with its `source.toml`."""
    shown = f"data/{(folder / 'source.toml').as_posix()}"
    path = data / folder / "source.toml"
    default = Source("", "", Precision("万元", 2), {})
    if not path.is_file():
        return default, [Fault(shown, "缺少这个文件", "应写明数字的出处和金额单位", "参照其他年度的 source.toml 建立")]
    try:
        stated = tomllib.loads(decode(path.read_bytes()))
    except tomllib.TOMLDecodeError as error:
        return default, [Fault(shown, f"不是 TOML：{error}", "应为 键 = 值", "改正这一行")]
    if faults := _precision_faults(shown, stated) + _words_faults(shown, stated) + _files_faults(shown, stated):
        return default, faults
    precision = Precision(stated["amount_unit"], stated["decimals"])
    return Source(stated.get("title", ""), stated.get("publisher", ""), precision, stated.get("files", {})), []


def _precision_faults(shown: str, stated: dict[str, Any]) -> list[Fault]:
    unit, decimals = stated.get("amount_unit"), stated.get("decimals")
    faults = []
    if not isinstance(unit, str) or unit not in FEN_PER_UNIT:
        expected = f"应为 {'、'.join(FEN_PER_UNIT)} 之一"
        faults.append(Fault(shown, f"金额单位是 {unit!r}", expected, "写明 amount_unit", column="amount_unit"))
    if type(decimals) is not int or not 0 <= decimals <= _MOST_DECIMALS:
        expected = f"应为 0 到 {_MOST_DECIMALS}"
        faults.append(Fault(shown, f"小数位数是 {decimals!r}", expected, "写明 decimals", column="decimals"))
    return faults


def _words_faults(shown: str, stated: dict[str, Any]) -> list[Fault]:
    return [
        Fault(shown, f"{key} 是 {stated[key]!r}", "应为引号中的文字", "加上引号", column=key)
        for key in ("title", "publisher")
        if not isinstance(stated.get(key, ""), str)
    ]


def _files_faults(shown: str, stated: dict[str, Any]) -> list[Fault]:
    files = stated.get("files", {})
    if not isinstance(files, dict):
        return [Fault(shown, f"files 是 {files!r}", "应为 [files.<表名>] 各节", "改成各节", column="files")]
    return [
        Fault(shown, f"files.{name} 是 {about!r}", f"应为 [files.{name}] 一节", "改成一节", column=f"files.{name}")
        for name, about in files.items()
        if not isinstance(about, dict)
    ]
