"""Findings that somebody has looked at and lets stand: exceptions.toml, each with reason, author and end date."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from juesuan.audit.judge import Finding, read_rules
from juesuan.verify.claims import ClaimsError

_NEEDED = ("rule", "quote", "reason", "author", "until")
_GONE = "已没有这条差错；若说的是别的文件，请写明 file，否则请删去"


@dataclass(frozen=True)
class Exemption:
    """One entry: the rule, words of the place, and who lets it stand, why and until when; `file` is a pattern."""

    rule: str
    quote: str
    reason: str
    author: str
    until: date
    file: str = "*"

    def covers(self, finding: Finding, file: Path) -> bool:
        """Say whether the entry is about this finding."""
        same_words = _bare(self.quote) in _bare(finding.quote)
        return finding.rule == self.rule and same_words and fnmatch(file.name, self.file)


@dataclass(frozen=True)
class Exempted:
    """Findings left, findings let stand with their entries, and entries that no longer apply, each with why."""

    left: list[Finding]
    stand: list[tuple[Finding, Exemption]]
    idle: list[tuple[Exemption, str]]


def read_exemptions(path: Path) -> list[Exemption]:
    """Return the entries, none where there is no file; raises `ClaimsError` for one that lacks something."""
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("exceptions", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClaimsError(f"{path}：不是 TOML（{error}）；应为例外清单；请改正。") from None
    return [_exemption(path, number, entry) for number, entry in enumerate(entries, start=1)]


def _exemption(path: Path, number: int, entry: dict[str, Any]) -> Exemption:
    where = f"{path} 第 {number} 条例外"
    if missing := [one for one in _NEEDED if not entry.get(one)]:
        raise ClaimsError(f"{where}：缺 {'、'.join(missing)}；应有 {'、'.join(_NEEDED)}；请补上。")
    if entry["rule"] not in read_rules():
        raise ClaimsError(f"{where}：没有规则 {entry['rule']}；应为规则目录中的编号；请改正。")
    until = entry["until"]
    if not isinstance(until, date):
        raise ClaimsError(f"{where}：until“{until}”不是日期；应如 2026-12-31（不加引号）；请改正。")
    rule, quote, reason, author = (str(entry[one]) for one in _NEEDED[:4])
    return Exemption(rule, quote, reason, author, until, str(entry.get("file", "*")))


def exempt(findings: Sequence[Finding], entries: Iterable[Exemption], file: Path, today: date) -> Exempted:
    """Return the findings parted by the entries that concern `file`."""
    left = list(findings)
    stand: list[tuple[Finding, Exemption]] = []
    idle: list[tuple[Exemption, str]] = []
    for entry in entries:
        if not fnmatch(file.name, entry.file):
            continue
        mine = [one for one in left if entry.covers(one, file)]
        if not mine:
            idle.append((entry, _GONE if entry.file == "*" else "已没有这条差错，请删去"))
        elif entry.until < today:
            idle.append((entry, f"已于 {entry.until} 到期，请改正文件或延期"))
        else:
            stand += [(one, entry) for one in mine]
            left = [one for one in left if one not in mine]
    return Exempted(left, stand, idle)


def _bare(text: str) -> str:
    return "".join(text.split())
