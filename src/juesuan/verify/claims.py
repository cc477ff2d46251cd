"""What a page claims: its ledger as facts.json tells it; and the written exceptions.

Read here as plain JSON and TOML: the code that wrote them is not asked.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from juesuan.money import NOT_PUBLISHED
from juesuan.verify.numbers import same_number


class ClaimsError(ValueError):
    """A ledger or the list of exceptions cannot be read."""


@dataclass(frozen=True)
class Ledger:
    """The printed form of every fact, by id; the page's office and year; (office, year) of every fact."""

    path: Path
    printed: dict[str, str]
    year: int
    folders: frozenset[tuple[str, int]]

    def holds(self, found: str) -> bool:
        """Say whether `found` is how some fact is printed."""
        return found in self._forms

    def prints(self, fact_id: str, found: str) -> bool:
        """Say whether `found` is how the fact of that id is printed."""
        return fact_id in self.printed and same_number(found, self.printed[fact_id])

    @cached_property
    def _forms(self) -> frozenset[str]:
        known = [form.replace(",", "") for form in self.printed.values() if form != NOT_PUBLISHED]
        return frozenset([*known, *(form.lstrip("-") for form in known), *(f"+{form}" for form in known)])


def read_ledger(path: Path) -> Ledger:
    """Return the ledger that facts.json holds; raises `ClaimsError`."""
    try:
        body = json.loads(path.read_bytes().decode("utf-8"))  # `read_text` looks for line ends to change: a fifth of it
        facts = body["facts"]
        folders = frozenset([(body["unit_id"], body["year"]), *((one["unit_id"], one["year"]) for one in facts)])
        return Ledger(path, {one["id"]: one["printed"] for one in facts}, int(body["year"]), folders)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClaimsError(f"{path}：读不出数字台账（{error!r}）；应为 facts.json；请重新运行 juesuan build。") from None


@dataclass(frozen=True)
class Allowed:
    """One entry of `report/verify.toml`: a pattern, or the words of a file of `data/`, and why its numbers may stand."""

    reason: str
    pattern: str = ""
    quoted: str = ""
    columns: tuple[str, ...] = ()


def read_allowed(path: Path) -> list[Allowed]:
    """Return the written exceptions, none where there is no file; raises `ClaimsError` for an entry without reason."""
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("exceptions", [])
        return [_allowed(path, number, entry) for number, entry in enumerate(entries, start=1)]
    except tomllib.TOMLDecodeError as error:
        raise ClaimsError(f"{path}：不是 TOML（{error}）；应为例外清单；请改正。") from None


def _allowed(path: Path, number: int, entry: dict[str, Any]) -> Allowed:
    if not entry.get("reason") or bool(entry.get("pattern")) == bool(entry.get("quoted")):
        raise ClaimsError(
            f"{path} 第 {number} 条例外：{entry}；应有 reason（理由），并有 pattern（文字样式）或 quoted（data 中的文件）之一；请补上。"
        )
    try:
        re.compile(entry.get("pattern", ""))
    except re.error as error:
        raise ClaimsError(f"{path} 第 {number} 条例外：pattern 不是正则表达式（{error}）；请改正。") from None
    return Allowed(entry["reason"], entry.get("pattern", ""), entry.get("quoted", ""), tuple(entry.get("columns", ())))
