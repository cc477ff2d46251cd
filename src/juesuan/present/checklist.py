"""The disclosure checklist: each part, section, chart and table that the form asks for, and how it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from juesuan.describe import PASSAGES
from juesuan.facts import CHECKLIST_STATES, Fact, Findings
from juesuan.money import NOT_PUBLISHED
from juesuan.paths import find_root
from juesuan.present.document import Written, written
from juesuan.present.forms import layouts_of
from juesuan.present.forms_model import nothing_in
from juesuan.present.narrative import (
    NOT_PUBLISHED_SENTENCE,
    NOT_WRITTEN_SENTENCE,
    sentence,
    template_path,
    unexplained_items,
)
from juesuan.present.profile import Profile, Section, read_profile
from juesuan.present.tables import Column, Row
from juesuan.present.tables_model import Mark
from juesuan.schema import YEAR_TABLES

_DETAIL = "expenditure"  # a year without it is known by a few figures, and nobody asks it for words
State = Literal["present", "empty", "unpublished", "failing"]
CHECKLIST_COLUMNS = (
    Column("item", "应公开的内容", width_pct=46, indents=True),
    Column("state", "状态", width_pct=20),
    Column("note", "说明", width_pct=34),
)


@dataclass(frozen=True)
class Item:
    """One thing that the form asks for. One that is not `counted` is a part that only gathers the items after it."""

    name: str
    state: State
    note: str = ""
    level: int = 0
    counted: bool = True


@dataclass(frozen=True)
class Checklist:
    """The items in the order of the report."""

    items: tuple[Item, ...]

    def counts(self) -> dict[str, int]:
        """Return how many items are in each state."""
        found = Counter(item.state for item in self.items if item.counted)
        return {state: found[state] for state in CHECKLIST_STATES}  # type: ignore[index]  # the keys are the states

    def failing(self) -> list[Item]:
        """Return the items that are missing from the report."""
        return [item for item in self.items if item.counted and item.state == "failing"]

    def rows(self) -> list[Row]:
        """Return a row an item; a part stands out."""
        return [
            Row(
                {"item": item.name, "state": Mark(CHECKLIST_STATES[item.state], item.state), "note": item.note},
                kind="item" if item.level else "group",
                level=max(item.level - 1, 0),
            )
            for item in self.items
        ]


def checklist(findings: Findings, unexplained: Iterable[str] = ()) -> Checklist:
    """Return how every part, section, chart and table of the findings' profile stands in the report that they make.

    `unexplained` are the keys of reasons that were asked for and not given. Raises as `document`.
    """
    profile = read_profile(findings.profile)
    judge = _Judge(findings, profile, written(findings), frozenset(unexplained))
    return Checklist(tuple(item for part in _parts(profile) for item in judge.part(part)))


def _parts(profile: Profile) -> list[list[Section]]:
    """Return the required sections in runs that each begin with a part (level 1)."""
    runs: list[list[Section]] = []
    for one in (one for one in profile.sections if one.required):
        if one.level <= 1 or not runs:
            runs.append([])
        runs[-1].append(one)
    return runs


@dataclass(frozen=True)
class _Judge:
    """Judges what the report of one office and year says."""

    findings: Findings
    profile: Profile
    made: Written
    unexplained: frozenset[str]

    def part(self, sections: list[Section]) -> list[Item]:
        """Return a part and what stands under it; a part without sentences is as good as the worst of its items."""
        head, *rest = sections
        under = [item for one in rest for item in (self._section(one), *self._shown(one))]
        if self._has_template(head) or not (rest or head.tables):
            return [self._section(head), *self._shown(head), *under]
        under = [*self._shown(head), *under]
        states = {item.state for item in under}
        worst = next((state for state in ("failing", "unpublished") if state in states), "present")
        note = "其中一部分" if worst != "present" and states != {worst} else ""
        return [Item(self._heading(head), worst, note, counted=False), *under]  # type: ignore[arg-type]

    def _section(self, one: Section) -> Item:
        state, note = self._stands(one)
        return Item(self._heading(one), state, note, one.level - 1)

    def _stands(self, one: Section) -> tuple[State, str]:
        if not self._has_template(one):
            return "failing", f"没有句子模板 {one.key}.md"
        text = self.made.texts[one.key].markdown
        body = (text.partition("\n\n")[2] if one.level else text).strip()
        if body in (NOT_PUBLISHED_SENTENCE, NOT_WRITTEN_SENTENCE):
            return self._without_source(one)
        return self._what_is_written(one, body)

    def _what_is_written(self, one: Section, body: str) -> tuple[State, str]:
        if not body:
            return "failing", "报告中没有文字"
        if bare := _bare_headings(body, followed=bool(one.tables)):
            return "failing", f"标题下没有文字：{'、'.join(bare)}"
        if unsaid := self._unsaid(one):
            return "failing", f"没有写：{'、'.join(unsaid)}"
        if one.key == "terms" and (items := unexplained_items(self.findings)):
            return "failing", f"没有解释的科目：{'、'.join(item.name for item in items)}"
        if one.zero and nothing_in(self.findings, one.zero):
            return "empty", "句中写明没有发生"
        return "present", _partly_unknown(NOT_PUBLISHED in body)

    def _without_source(self, one: Section) -> tuple[State, str]:
        """Judge a section that says 未公开: figures were not published, or the office wrote none of its own words."""
        tables = [YEAR_TABLES[name].title for name in one.needs if name not in self.findings.published]
        passages = [_passage(key) for key in one.words if key not in self.findings.words]
        if tables or _DETAIL not in self.findings.published:
            return "unpublished", f"原件没有：{'、'.join([*tables, *passages])}"
        return "failing", f"narrative.md 没有写：{'、'.join(passages)}"

    def _unsaid(self, one: Section) -> list[str]:
        """Return the passages that the section asks for and the office did not write; a reason only where one is due."""
        return [
            _passage(key)
            for key in (*one.words, *one.asks)
            if any(f"{due}.".startswith(f"{key}.") for due in self.unexplained)
            or not (key.startswith("reason.") or self.findings.words.get(key, "").strip())
        ]

    def _shown(self, one: Section) -> Iterator[Item]:
        """Yield the chart and the tables after a section."""
        level = max(one.level, 1)
        if one.figure:
            unpublished = self._stands(one)[0] == "unpublished"
            state: State = "unpublished" if unpublished else "present"
            yield Item(f"图{one.figure.removeprefix('fig-')}", state, "图中写明未公开" if unpublished else "", level)
        for table_id in one.tables:
            yield self._table(table_id, level)

    def _table(self, table_id: str, level: int) -> Item:
        form = self.profile.table(table_id)
        layouts = layouts_of(self.findings, form)
        if not all(layout.published for layout in layouts):
            return Item(form.name, "unpublished", "表中写明未公开", level)
        if all(layout.empty for layout in layouts):
            said = sentence(self.findings, form.empty)
            return Item(form.name, "empty" if said else "failing", said or "没有数据，表下也没有说明", level)
        cells = (cell for layout in layouts for row in layout.rows for cell in row.cells.values())
        unknown = any(isinstance(cell, Fact) and not cell.known for cell in cells)
        return Item(form.name, "present", _partly_unknown(unknown), level)

    def _heading(self, one: Section) -> str:
        return sentence(self.findings, one.heading)

    def _has_template(self, one: Section) -> bool:
        return template_path(find_root() / "report", self.findings.profile, one.key).is_file()


def _bare_headings(body: str, *, followed: bool) -> list[str]:
    """Return the headings with nothing under them; a table stands under the last one where the body is `followed`."""
    blocks = [block.partition("\n") for block in re.split(r"^(?=#)", body, flags=re.MULTILINE)]
    blocks = blocks[:-1] if followed else blocks
    return [head.strip("# ") for head, _, text in blocks if head.startswith("#") and not text.strip()]


def _partly_unknown(unknown: bool) -> str:
    return "有的数字未公开，已写明" if unknown else ""


def _passage(key: str) -> str:
    """Return what the passage of a key holds, as the data dictionary calls it."""
    return next((title for known, title in PASSAGES.items() if known == key or known.startswith(f"{key}.<")), key)
