"""The one door to what a reader sees: every object brings the forms that a site, a Word file and a PDF choose from.

A front end asks an object for its MIME bundle. Quarto takes `text/html` for HTML and `text/markdown` for the rest, so
each object here answers with both, and what machines need travels in the output's metadata under `juesuan`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from juesuan.facts import Fact, Ledger

Bundle = tuple[dict[str, str], dict[str, Any]]

_FACT_SPAN = re.compile(r'<span class="fact" data-fact="[^"<>]*">([^<]*)</span>')
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#$~^@|\"'!])")


def fact_span(fact: Fact) -> str:
    """Return the printed number wrapped so that a machine can find it again in HTML, Word or PDF."""
    return f'<span class="fact" data-fact="{html.escape(fact.id)}">{html.escape(fact.printed)}</span>'


def with_unit(fact: Fact) -> str:
    """Return the printed number and its unit; 未公开 bears none."""
    return f"{fact.printed}{fact.unit}" if fact.known else fact.printed


def plain_text(text: str) -> str:
    """Return `text` with its fact spans unwrapped, for places that know no markup."""
    return _FACT_SPAN.sub(lambda span: html.unescape(span.group(1)), text)


def escape_markdown(text: str) -> str:
    """Return `text` so that pandoc and Quarto read every sign of it as itself."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


@dataclass(frozen=True)
class Text:
    """Sentences in pandoc's markdown; numbers in them are fact spans."""

    markdown: str

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        return {"text/markdown": self.markdown, "text/plain": plain_text(self.markdown)}, {}


@dataclass(frozen=True)
class LedgerView:
    """A ledger put into a notebook: no reader sees it, whoever gathers the pages finds its files in the metadata."""

    ledger: Ledger

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        ledger = self.ledger
        data = {
            "text/html": "<div hidden></div>",
            "text/markdown": "",
            "text/plain": f"数字台账：{ledger.unit_id} {ledger.year} 年，共 {len(ledger)} 个数字",
        }
        return data, {"juesuan": {"kind": "facts", "files": ledger.files()}}


@dataclass(frozen=True)
class DataScript:
    """Data that the explorer's scripts load when a view asks for it: `pages/explore/data/<name>.js`.

    A page opened from a folder may load a script but fetches nothing, so the data is a call of `juesuanData.add`.
    """

    name: str
    body: Any

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        data = {
            "text/html": "<div hidden></div>",
            "text/markdown": "",
            "text/plain": f"浏览数据：{self.name}.js",
        }
        return data, {"juesuan": {"kind": "data", "name": self.name, "body": self.body}}
