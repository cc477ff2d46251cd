"""`source.toml`: the document that the figures of a folder were taken from, and how its amounts are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from juesuan.faults import Fault
from juesuan.load.csv_table import Precision, decode
from juesuan.money import FEN_PER_UNIT

DISCLOSURE_DAYS = 20  # 《预算法》第十四条：应当在批复后二十日内公开
_MOST_DECIMALS = 6
_DATES = {"approved": "批复日期", "published": "公开日期"}
_WORDS = ("title", "publisher", "retrieved")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Source:
    """`source.toml`: the document the figures come from, and for each file what it was taken from.

    `approved` is the day of the finance bureau's approval (批复), `published` that of publication; None: not known.
    `retrieved` says which parts of the document were to be had.
    """

    title: str
    publisher: str
    precision: Precision
    files: dict[str, dict[str, Any]]
    approved: date | None = None
    published: date | None = None
    retrieved: str = ""

    @property
    def deadline(self) -> date | None:
        """The last day for publication; unknown where the day of approval is."""
        return self.approved + timedelta(days=DISCLOSURE_DAYS) if self.approved else None


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
    checks = (_precision_faults, _words_faults, _date_faults, _files_faults)
    if faults := [fault for check in checks for fault in check(shown, stated)]:
        return default, faults
    precision = Precision(stated["amount_unit"], stated["decimals"])
    approved, published = (_date(stated.get(key)) for key in _DATES)
    title, publisher, retrieved = (stated.get(key, "") for key in _WORDS)
    source = Source(title, publisher, precision, stated.get("files", {}), approved, published, retrieved)
    return source, _days_apart(shown, source)


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
        for key in _WORDS
        if not isinstance(stated.get(key, ""), str)
    ]


def _date_faults(shown: str, stated: dict[str, Any]) -> list[Fault]:
    return [
        Fault(shown, f"{word}是 {stated[key]!r}", "应为日期，例如 2022-09-01", "改成年-月-日；不知道就删去", column=key)
        for key, word in _DATES.items()
        if key in stated and _date(stated[key]) is None
    ]


def _date(value: object) -> date | None:
    """Return a day written as TOML writes it or as a text of the same form, None for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


def _days_apart(shown: str, source: Source) -> list[Fault]:
    """Return a warning where the office published too late, or before there was an approval."""
    approved, published, deadline = source.approved, source.published, source.deadline
    if not approved or not published or not deadline or approved <= published <= deadline:
        return []
    if published < approved:
        found, expected = f"公开日期 {published} 早于批复日期 {approved}", "应在批复之后公开"
    else:
        found = f"公开日期 {published} 晚于期限 {deadline}"
        expected = f"应在批复（{approved}）后 {DISCLOSURE_DAYS} 日内公开"
    return [Fault(shown, found, expected, "核对两个日期；无误则照实保留", column="published", severity="warning")]


def _files_faults(shown: str, stated: dict[str, Any]) -> list[Fault]:
    files = stated.get("files", {})
    if not isinstance(files, dict):
        return [Fault(shown, f"files 是 {files!r}", "应为 [files.<表名>] 各节", "改成各节", column="files")]
    return [
        Fault(shown, f"files.{name} 是 {about!r}", f"应为 [files.{name}] 一节", "改成一节", column=f"files.{name}")
        for name, about in files.items()
        if not isinstance(about, dict)
    ]
