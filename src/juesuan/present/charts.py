"""A chart of facts, and the forms it takes: an SVG with its text equivalent, a PNG, and the specification itself."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import altair as alt

from juesuan import drawer
from juesuan.facts import Fact
from juesuan.present.charts_text import wrap
from juesuan.present.display import Bundle, plain_text
from juesuan.present.theme import FONT_SIZE, QUIET, chart_config

_HEADING_WIDTH = 80
_SIZE = re.compile(r'<svg[^>]* width="([0-9.]+)" height="([0-9.]+)"')


@dataclass(frozen=True)
class Chart:
    """A chart that can be shown. `alt` says in words all that is drawn; `facts` are the ids of what is printed on it."""

    id: str
    title: str
    message: str | None
    alt: str
    unit: str
    source: str
    notes: tuple[str, ...]
    spec: dict[str, Any]
    facts: tuple[str, ...]

    def svg(self) -> str:
        """Return the drawing, the same bytes each time."""
        return _svg(self._spec_json())

    def png(self) -> bytes:
        """Return the drawing at twice its size in pixels."""
        return _png(self._spec_json())

    def html(self) -> str:
        """Return a figure that loads nothing; a page with Vega may redraw it from the specification it carries."""
        drawing = self.svg()
        size = _SIZE.search(drawing)
        measures = f' width="{size.group(1)}" height="{size.group(2)}"' if size else ""
        address = "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
        notes = "".join(f'<p class="chart-note">{escape(line)}</p>' for line in self.remarks())
        return (
            f'<figure class="chart" id="{escape(self.id)}">\n'
            f'<img alt="{escape(self.alt)}"{measures} style="max-width:100%;height:auto" src="{address}">\n'
            f"<figcaption>{escape(self.title)}（单位：{escape(self.unit)}）{notes}</figcaption>\n"
            f'<script type="application/json" class="vega-spec">{self._script_json()}</script>\n</figure>'
        )

    def remarks(self) -> list[str]:
        """Return the lines under the chart: its notes, then its source."""
        return [*(f"注：{note}" for note in self.notes), f"来源：{self.source}"]

    def told(self) -> dict[str, Any]:
        """Return what the output's metadata says of the chart."""
        words = {"id": self.id, "title": self.title, "unit": self.unit, "source": self.source}
        return {"kind": "chart", **words, "notes": list(self.notes), "alt": self.alt, "facts": list(self.facts)}

    def _spec_json(self) -> str:
        return json.dumps(self.spec, ensure_ascii=False, sort_keys=True, allow_nan=False)

    def _script_json(self) -> str:
        return self._spec_json().replace("<", "\\u003c")

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        data = {
            "text/html": self.html(),
            "image/svg+xml": self.svg(),
            "text/plain": self.alt,
        }
        return data, {"juesuan": self.told()}


@dataclass(frozen=True)
class Caption:
    """The words every chart must bring."""

    id: str
    title: str
    unit: str
    source: str
    notes: Sequence[str]
    message: str | None


def finish_chart(
    caption: Caption, drawing: dict[str, Any], parts: Sequence[str], facts: Iterable[Fact], unseen: Sequence[str]
) -> Chart:
    """Return the chart of a drawing, a specification that has no heading yet.

    `parts` are the clauses of the text equivalent, `unseen` the labels of what could not be drawn: they become a note.
    """
    message = plain_text(caption.message) if caption.message else None
    spec = {**drawing, "title": _heading(message, caption.unit), "config": chart_config()}
    notes = [plain_text(note) for note in caption.notes]
    if unseen:
        notes.append(f"{'、'.join(f'“{label}”' for label in unseen)}未公开，图中不画。")
    opening = f"{caption.title}（单位：{caption.unit}）。" + (f"{message.rstrip('。')}。" if message else "")
    alt_text = opening + ("；".join(parts) or "无数据") + "。"
    ids = tuple(dict.fromkeys(fact.id for fact in facts))
    return Chart(caption.id, caption.title, message, alt_text, caption.unit, caption.source, tuple(notes), spec, ids)


def _heading(message: str | None, unit: str) -> dict[str, Any]:
    if message:
        return {"text": wrap(message, _HEADING_WIDTH), "subtitle": [f"单位：{unit}"]}
    return {"text": [f"单位：{unit}"], "fontSize": FONT_SIZE, "fontWeight": "normal", "color": QUIET}


def position(fact: Fact) -> float | None:
    """Return where a fact is drawn: nowhere when it was not published."""
    return None if fact.value is None else float(fact.value)


@lru_cache(maxsize=64)
def _svg(spec_json: str) -> str:
    return drawer.svg(spec_json, alt.SCHEMA_VERSION.removeprefix("v").rsplit(".", 1)[0])


@lru_cache(maxsize=64)
def _png(spec_json: str) -> bytes:
    return drawer.png(_svg(spec_json))
