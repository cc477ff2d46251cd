"""The whole report in the order of its profile: sentences, charts and official tables, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from IPython.display import display

from juesuan.facts import Findings
from juesuan.present.charts import Chart
from juesuan.present.display import Text, plain_text
from juesuan.present.forms import official_tables
from juesuan.present.narrative import section
from juesuan.present.profile import ProfileError, Section, read_profile
from juesuan.present.source_notes import Note, facts_in, note_of, notes_text, with_mark
from juesuan.present.tables import Table

_TERMS, _SOURCES = "terms", "sources"


@dataclass(frozen=True)
class Document:
    """What a report shows, in order; a notebook's cell that ends with it shows every part by itself."""

    parts: tuple[Text | Chart | Table, ...]

    def _ipython_display_(self) -> None:
        for part in self.parts:
            display(part)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Written:
    """Every section's sentences by its key, every official table by the id of its form."""

    texts: Mapping[str, Text]
    tables: Mapping[str, list[Table]]


def document(findings: Findings, charts: Iterable[Chart]) -> Document:
    """Return the report of the findings' profile; `charts` are those that its sections name, by their ids.

    Raises `ProfileError` where a section names a chart that was not made, or a table or form that there is not, and
    `SectionError` for a sentence that asks for a figure the ledger has not.
    """
    return Document(tuple(_parts(findings, {chart.id: chart for chart in charts})))


def written(findings: Findings) -> Written:
    """Return what the report of the findings' profile says, its charts aside; raises as `document`."""
    profile = read_profile(findings.profile)
    texts = {one.key: section(findings, one.key) for one in profile.sections if one.key != _TERMS}
    tables = {table_id: official_tables(findings, form) for table_id, form in profile.tables.items()}
    seen = plain_text("".join(text.markdown for text in texts.values()))
    seen += "".join(table.words() for made in tables.values() for table in made)
    texts |= {one.key: section(findings, one.key, seen=seen) for one in profile.sections if one.key == _TERMS}
    return Written(texts, tables)


def _parts(findings: Findings, charts: dict[str, Chart]) -> Iterator[Text | Chart | Table]:
    made, notes = written(findings), list[Note]()
    for one in read_profile(findings.profile).sections:
        text = made.texts[one.key]
        name = text.markdown.partition("\n")[0].strip("# ")
        note = note_of(findings, one.key, name, facts_in(text)) if one.level and one.key != _SOURCES else None
        yield with_mark(text, note) if note else text
        notes += [note] if note else []
        if one.figure:
            yield _chart(one, charts)
        for table in (table for table_id in one.tables for table in made.tables[table_id]):
            note = note_of(findings, table.id, table.title, [fact.id for fact in table.facts()])
            yield replace(table, marked=bool(note))
            notes += [note] if note else []
        if one.key == _SOURCES:
            yield notes_text(notes)


def _chart(one: Section, charts: dict[str, Chart]) -> Chart:
    if one.figure not in charts:
        there_are = "、".join(charts) or "（空）"
        raise ProfileError(f"{one.key} 一节要图 {one.figure}；笔记本做了 {there_are}；请改正其一。")
    return charts[one.figure]
