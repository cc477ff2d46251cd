"""`narrative.md`: the office's words under keyed headings (`## 主要职能 {#functions}`), each number with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"##\s+(?P<title>.*?)\s*\{#(?P<key>[a-z_.\d]+)\}\s*")
_ORDINAL = re.compile(r"^\s*\d+\.\s")
_NUMBER = re.compile(r"(?<![\d.#{])\d[\d,]*(?:\.\d+)?%?(?!年)(?![\d.])")


@dataclass(frozen=True)
class Passage:
    """What stands under one heading; `line` is the line of the heading."""

    key: str
    title: str
    text: str
    line: int

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
            key, title, start = heading
            passages[key] = Passage(key, title, "\n".join(body).rstrip("\n"), start)
        heading, body = (match["key"], match["title"], number), []
    return passages
