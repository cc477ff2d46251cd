"""Charts of change: two years side by side, and the steps from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from juesuan.facts import Fact
from juesuan.present.charts import Caption, Chart, finish_chart, position
from juesuan.present.charts_layout import filled, inline
from juesuan.present.charts_text import clause, distinct
from juesuan.present.theme import DARK, INK, MIDDLE, PALE, QUIET, WARM, WIDTH

_HEIGHT = 260
_SLOT = 100
_FEW = 3
_LINES = alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')", title=None, domain=False, labelPadding=10)


@dataclass(frozen=True)
class ChangeGroup:
    """One quantity in the prior and the current year."""

    label: str
    prior: Fact
    current: Fact


@dataclass(frozen=True)
class Step:
    """One change on the way from the start to the end of a waterfall."""

    label: str
    change: Fact


def change_columns(
    groups: Sequence[ChangeGroup],
    *,
    prior_label: str,
    current_label: str,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return columns in pairs, the prior year pale and the current year dark, each with its printed figure."""
    labels = distinct([group.label for group in groups], _wrap_at(len(groups)))
    pairs = [
        (label, name, fact)
        for label, group in zip(labels, groups, strict=True)
        for name, fact in ((prior_label, group.prior), (current_label, group.current))
    ]
    rows = [{"label": label, "year": name, **_labelled(fact)} for label, name, fact in pairs]
    years = [prior_label, current_label]
    drawing = filled(_in_pairs, years=years, **_measures(rows, labels))
    parts = [clause(one.label, [(prior_label, one.prior), (current_label, one.current)]) for one in groups]
    unseen = [f"{label}（{name}）".replace("\n", "").strip() for label, name, fact in pairs if not fact.known]
    return finish_chart(
        Caption(id, title, unit, source, notes, message), drawing, parts, [fact for _, _, fact in pairs], unseen
    )


def waterfall(
    start: Fact,
    steps: Sequence[Step],
    end: Fact,
    *,
    start_label: str | None = None,
    end_label: str | None = None,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return the way from `start` to `end` in steps; the ends are named by their titles if no label is given.

    A step that was not published leaves the height as it was, so that the gap to the end shows.
    """
    bars = [(start_label or start.title, start), *((step.label, step.change) for step in steps)]
    bars.append((end_label or end.title, end))
    rows = _steps([fact for _, fact in bars])
    labels = distinct([label for label, _ in bars], _wrap_at(len(bars)))
    for row, label in zip(rows, labels, strict=True):
        row["label"] = label
    drawing = filled(_in_steps, **_measures(rows, labels))
    parts = [clause(label, [("", fact)]) for label, fact in bars]
    unseen = [label for label, fact in bars if not fact.known]
    return finish_chart(
        Caption(id, title, unit, source, notes, message), drawing, parts, [fact for _, fact in bars], unseen
    )


def _in_pairs(rows: Any, places: Any, heights: Any, width: Any, years: Any) -> Any:
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("label:N", sort=None, axis=_LINES, scale=places),
        xOffset=alt.XOffset("year:N", sort=years, scale=alt.Scale(paddingInner=0.08)),
    )
    colour = alt.Color("year:N", sort=years, scale=alt.Scale(domain=years, range=[PALE, DARK]))
    columns = base.mark_bar(stroke=DARK, strokeWidth=0.5).encode(y=_upright("value", heights), color=colour)
    return alt.layer(_zero_line(), columns, *_figures(base), width=width, height=_HEIGHT)


def _in_steps(rows: Any, places: Any, heights: Any, width: Any) -> Any:
    base = alt.Chart(inline(rows)).encode(x=alt.X("label:N", sort=None, axis=_LINES, scale=places))
    kinds = ["合计", "增加", "减少"]
    colour = alt.Color("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, range=[DARK, MIDDLE, WARM]))
    blocks = base.mark_bar().encode(y=_upright("from", heights), y2=alt.Y2("to:Q"), color=colour)
    return alt.layer(_zero_line(), blocks, *_figures(base), width=width, height=_HEIGHT)


def _measures(rows: Sequence[dict[str, Any]], labels: Sequence[str]) -> dict[str, Any]:
    """Return the rows, their places along the bottom and how high they reach, with room for the figures.

    The places are named outright: a filtered layer must not put them in another order.
    """
    heights = [row[name] for row in rows for name in ("value", "from", "to") if row.get(name) is not None] or [0]
    low, high = min(0, *heights, 0), max(0, *heights, 0)
    room = ((high - low) or 1) * 0.1
    padding = 0.5 if len(labels) <= _FEW else 0.25
    return {
        "rows": rows,
        "places": {"domain": list(labels), "paddingInner": padding, "paddingOuter": 0.2},
        "heights": [low - room if low < 0 else 0, high + room],
        "width": _width(len(labels)),
    }


def _steps(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Return where each block begins and ends; the first and the last stand on the ground."""
    height = 0.0
    rows = []
    for number, fact in enumerate(facts):
        total = number in (0, len(facts) - 1)
        value = position(fact)
        begin = 0.0 if total else height
        height = height if value is None else begin + value
        kind = "合计" if total else "减少" if (value or 0) < 0 else "增加"
        place = {"from": None, "to": None} if value is None else {"from": begin, "to": height}
        sign = "+" if kind == "增加" and value else ""
        top = max(begin, height)
        rows.append({**place, "kind": kind, "printed": sign + fact.printed, "top": top, "bottom": top, "below": False})
    return rows


def _labelled(fact: Fact) -> dict[str, Any]:
    value = position(fact)
    below = value is not None and value < 0
    return {"value": value, "printed": fact.printed, "top": value or 0, "bottom": value or 0, "below": below}


def _upright(field: str, heights: Any) -> alt.Y:
    """Return the height axis: from zero; what a height says is printed on it, not beside."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=heights, nice=False), axis=None)


def _figures(base: Any) -> list[Any]:
    above = base.mark_text(baseline="bottom", dy=-4).encode(
        y=alt.Y("top:Q", axis=None), text=alt.Text("printed:N"), color=alt.ColorValue(INK)
    )
    below = base.mark_text(baseline="top", dy=4).encode(
        y=alt.Y("bottom:Q", axis=None), text=alt.Text("printed:N"), color=alt.ColorValue(INK)
    )
    return [above.transform_filter("!datum.below"), below.transform_filter("datum.below")]


def _zero_line() -> Any:
    return alt.Chart(inline(({"zero": 0},))).mark_rule(color=QUIET).encode(y=alt.Y("zero:Q", axis=None))


def _width(count: int) -> int:
    return max(WIDTH - 20, _SLOT * count)


def _wrap_at(count: int) -> int:
    """Return how many half-width columns fit under one group."""
    return int(_width(count) / max(count, 1) / 6.4)
