"""The headings of the reports, with their anchors as pandoc makes them, shared by the reports that have the same ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.facts import SearchedYear
from juesuan.paths import find_root
from juesuan.present.narrative import template_path
from juesuan.present.profile import Profile, Section, read_profile

_FUNCTION_SECTION, _ECONOMIC_SECTION = "general_public_detail", "basic"
_NAMES = re.compile(r"\{\{\s*(unit|year)\s*\}\}")
_HEADING = re.compile(r"^#{1,4}\s+(.+?)\s*$", re.MULTILINE)
_NOT_KEPT = re.compile(r"[^\w\s.{}-]", re.UNICODE)
_UP_TO_A_LETTER = re.compile(r"^[\W\d_]+(?=[^\W\d_]|\{unit\})")


@dataclass(frozen=True)
class Heading:
    """A heading and its anchor; `{unit}` and `{year}` stand in both for what differs from report to report."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Shape:
    """A report's headings, by place in the book, and the anchors under which 科目 are spoken of."""

    headings: tuple[int, ...]
    function: str
    economic: str


@dataclass
class HeadingBook:
    """Every heading once, every shape once; `report` is the folder with profiles and sections."""

    report: Path | None = None
    _headings: dict[Heading, int] = field(default_factory=dict)
    _shapes: dict[Shape, int] = field(default_factory=dict)
    _made: dict[tuple[str, frozenset[str]], int] = field(default_factory=dict)

    @property
    def headings(self) -> list[Heading]:
        """The headings, in the order of their numbers."""
        return list(self._headings)

    @property
    def shapes(self) -> list[Shape]:
        """The shapes, in the order of their numbers."""
        return list(self._shapes)

    def shape(self, one: SearchedYear) -> int:
        """Return the number of the shape of an office-year's report."""
        profile = read_profile(one.profile, self.report)
        withheld = frozenset(part.key for part in profile.sections if not _is_written(part, one))
        key = (one.profile, withheld)
        if key not in self._made:
            shape = self._shape_of(profile, withheld)
            self._made[key] = self._shapes.setdefault(shape, len(self._shapes))
        return self._made[key]

    def _shape_of(self, profile: Profile, withheld: frozenset[str]) -> Shape:
        anchors = _Anchors()
        numbers: list[int] = []
        told: dict[str, str] = {}
        for part in profile.sections:
            texts = [part.heading] if part.level else []
            texts += [] if part.key in withheld else self._inner(profile, part.key)
            found = [Heading(text, anchors.take(text)) for text in map(_named, texts)]
            told[part.key] = found[0].anchor if found else ""
            found += [_of_table(profile, table_id) for table_id in part.tables]
            numbers += [self._headings.setdefault(one, len(self._headings)) for one in found]
        return Shape(tuple(numbers), told.get(_FUNCTION_SECTION, ""), told.get(_ECONOMIC_SECTION, ""))

    def _inner(self, profile: Profile, key: str) -> list[str]:
        """Return the headings within a section's sentences."""
        path = template_path(self.report or find_root() / "report", profile.id, key)
        return _HEADING.findall(path.read_text(encoding="utf-8")) if path.is_file() else []


def _is_written(part: Section, one: SearchedYear) -> bool:
    """Say whether a section has its sentences, or only says that it was not published (`narrative.section`)."""
    return set(part.needs) <= one.published and set(part.words) <= one.words


def _of_table(profile: Profile, table_id: str) -> Heading:
    form = profile.table(table_id)
    return Heading(" ".join(part for part in (form.number, form.title) if part), form.id)


def _named(template: str) -> str:
    return _NAMES.sub(r"{\1}", template)


@dataclass
class _Anchors:
    """Names headings as pandoc does (`auto_identifiers`): a name that is taken gets a number."""

    taken: set[str] = field(default_factory=set)

    def take(self, text: str) -> str:
        base = _UP_TO_A_LETTER.sub("", "-".join(_NOT_KEPT.sub("", text).split())) or "section"
        name = base.lower()
        number = 0
        while name in self.taken:
            number += 1
            name = f"{base.lower()}-{number}"
        self.taken.add(name)
        return name
