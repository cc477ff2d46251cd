"""`narrative.md`: the office's words under keyed headings (`## 主要职能 {#functions}`), each number with its line.

A passage that was carried over from an earlier year bears a mark (`<!-- 待修订：2021年 -->`) until it is revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from juesuan.faults import Fault

_HEADING = re.compile(r"##\s+(?P<title>.*?)\s*\{#(?P<key>[a-z_.\d]+)\}\s*")
_ORDINAL = re.compile(r"^\s*\d+\.\s")
_NUMBER = re.compile(r"(?<![\d.#{])\d[\d,]*(?:\.\d+)?%?(?!年)(?![\d.])")
_MARK = re.compile(r"<!--\s*待修订[^\d>]*(?P<year>\d{4})?.*?-->")  # one that lost its year in editing is a mark still
_LIST_SIGN = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_YEAR = re.compile(r"(?<!\d)(?P<year>\d{4})\s*年")
_MEANT_BEFORE = re.compile(r"[比较与同和跟自从]\s*$")  # 比2021年增加, 自2021年起: last year is meant
_MEANT_AFTER = re.compile(r"度?[末底]?(?:相比|起|以来|结转)")
_QUOTED = 20
_YEAR_LOST = 0


@dataclass(frozen=True)
class Passage:
    """What stands under one heading; `line` is the line of the heading.

    `stale_since` is the year whose words these still are (0 where the mark does not say); the mark is not in `text`, whose
    lines keep their numbers.
    """

    key: str
    title: str
    text: str
    line: int
    stale_since: int | None = None

    def numbers(self) -> list[tuple[int, str]]:
        """Return (line in the file, figure as typed) for every number typed into the passage, years aside."""
        found = []
        for offset, line in enumerate(self.text.split("\n")):
            for match in number_matches(line):
                found.append((self.line + 1 + offset, match.group()))
        return found


def number_matches(line: str) -> list[re.Match[str]]:
    """Return the numbers of a line; list ordinals, years and template expressions are not among them."""
    skip = [match.span() for match in re.finditer(r"\{\{.*?\}\}", line)]
    if ordinal := _ORDINAL.match(line):
        skip.append(ordinal.span())
    return [m for m in _NUMBER.finditer(line) if not any(start <= m.start() < end for start, end in skip)]


def parse_narrative(text: str) -> dict[str, Passage]:
    """Return the passages by key, in the order of the file."""
    passages: dict[str, Passage] = {}
    heading: tuple[str, str, int] | None = None
    body: list[str] = []
    for number, line in enumerate([*text.splitlines(), "## {#end}"], start=1):
        match = _HEADING.fullmatch(line) or re.fullmatch(r"##\s(?P<title>)\{#(?P<key>end)\}", line)
        if match is None:
            body.append(line)
            continue
        if heading:
            passages[heading[0]] = _passage(*heading, body)
        heading, body = (match["key"], match["title"], number), []
    return passages


def _passage(key: str, title: str, start: int, body: list[str]) -> Passage:
    text = "\n".join(body).rstrip("\n")
    mark = _MARK.search(text)
    stale_since = int(mark["year"] or _YEAR_LOST) if mark else None
    return Passage(key, title, _MARK.sub("", text), start, stale_since)


def mark_stale(text: str, since: int, year: int) -> str:
    """Return the words of `since` for the folder of `year`: each passage marked, the year in headings moved on."""
    written = {passage.line for passage in parse_narrative(text).values() if passage.text.strip()}
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.fullmatch(line)
        lines.append(re.sub(rf"(?<!\d){since}(?=\s*年)", str(year), line) if heading else line)
        if number in written:
            lines.append(f"<!-- 待修订：{since}年 -->")
    return "\n".join(lines) + "\n"


def narrative_faults(shown: str, passages: Iterable[Passage], year: int) -> list[Fault]:
    """Return an error for each passage that is still an earlier year's, a warning for each line that names last year.

    `shown` is the file as `data/` names it.
    """
    faults: list[Fault] = []
    for passage in passages:
        if passage.stale_since is None:
            faults += _mentions(shown, passage, year)
        else:
            faults.append(_stale(shown, passage, year))
    return faults


def _stale(shown: str, passage: Passage, year: int) -> Fault:
    whose = f"{passage.stale_since}年" if passage.stale_since else "往年"
    said = "、".join(f"“{_opening(line)}”" for line in passage.text.split("\n") if line.strip())
    return Fault(
        shown,
        f"仍是{whose}的话：{said or '（空）'}",
        f"应为{year}年的情况",
        "改写后删去“待修订”一行；没有变化的也删去这一行",
        row=passage.line,
        column=passage.key,
    )


def _opening(line: str) -> str:
    words = _LIST_SIGN.sub("", line).strip()
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _mentions(shown: str, passage: Passage, year: int) -> Iterator[Fault]:
    for offset, line in enumerate([passage.title, *passage.text.split("\n")]):
        if words := _naming(line, year - 1):
            yield Fault(
                shown,
                f"文中提到{year - 1}年：“{words}”",
                f"应为{year}年的情况",
                f"核对这一句；确是说{year - 1}年的不必改",
                row=passage.line + offset,
                column=passage.key,
                severity="warning",
            )


def _naming(line: str, year: int) -> str:
    """Return the words around the first place where `line` names `year` other than to compare with it, or nothing."""
    for match in _YEAR.finditer(line):
        before, after = line[: match.start()], line[match.end() :]
        meant = _MEANT_BEFORE.search(before) or _MEANT_AFTER.match(after)
        if int(match["year"]) == year and not meant:
            return f"{before[-_QUOTED // 2 :]}{match.group()}{after[:_QUOTED]}"
    return ""
