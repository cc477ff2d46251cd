"""Notes to the sections and tables of a report, on the site alone: a mark leads to what the figures were taken from.

The official form has no footnotes, so Word and PDF have none; what the notes lead to, 数据来源说明, stands in all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from juesuan.facts import Fact, Findings, Ledger
from juesuan.present.display import Text, escape_markdown
from juesuan.schema import YEAR_TABLES

_FACT = re.compile(r'data-fact="([^"]+)"')


@dataclass(frozen=True)
class Note:
    """What one section or table (`name` as a reader sees it) was made from: tables of `data/`, by name."""

    key: str
    name: str
    tables: tuple[str, ...]


def note_of(findings: Findings, key: str, name: str, shown: Iterable[str]) -> Note | None:
    """Return the note of what shows the facts `shown`; None where no table that the sources speak of is behind them."""
    told = {one.table for one in findings.data_sources}
    behind = tables_behind(findings.ledger, shown)
    tables = tuple(table for table in YEAR_TABLES if table in behind & told)
    return Note(key, name, tables) if tables else None


def facts_in(text: Text) -> list[str]:
    """Return the ids of the facts that a text shows."""
    return _FACT.findall(text.markdown)


def tables_behind(ledger: Ledger, shown: Iterable[str]) -> set[str]:
    """Return the tables of `data/` from whose cells the facts were worked out, by whatever way."""
    waiting, seen = list(shown), dict[str, Fact]()
    while waiting:
        fact = ledger.get(waiting.pop())
        if fact is not None and fact.id not in seen:
            seen[fact.id] = fact
            waiting += fact.inputs
    return {PurePosixPath(cell.file).stem for fact in seen.values() for cell in fact.sources}


def mark(key: str, of_what: str) -> str:
    """Return the mark of a note, as HTML."""
    label = f"{of_what}数字的来源与核对"
    return (
        f'<a class="source-mark" id="mark-{escape(key)}" href="#note-{escape(key)}" role="doc-noteref" '
        f'aria-label="{label}" title="{label}">源</a>'
    )


def with_mark(text: Text, note: Note) -> Text:
    """Return a section's text with its mark after the last word."""
    return Text(f"{text.markdown.rstrip()}`{mark(note.key, '本节')}`{{=html}}\n")


def notes_text(notes: Iterable[Note]) -> Text:
    """Return the list of notes: each leads on to the tables it names, and back to its mark."""
    lines = "\n".join(_line(note) for note in notes)
    if not lines:
        return Text("")
    return Text(
        ':::: {.content-visible when-format="html"}\n::: {.source-notes role="doc-endnotes"}\n'
        f"**各节、各表所用的数据**\n\n{lines}\n:::\n::::\n"
    )


def _line(note: Note) -> str:
    back = f'[{escape_markdown(note.name)}](#mark-{note.key}){{role="doc-backlink"}}'
    return f'- `<span id="note-{escape(note.key)}"></span>`{{=html}}{back}：{"、".join(_links(note))}'


def _links(note: Note) -> Iterator[str]:
    for table in note.tables:
        yield f"[{YEAR_TABLES[table].title}](#source-{table})"
