"""Charts of lying bars: who comes before whom, and how far a budget was carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from juesuan.facts import Fact
from juesuan.present.charts import Caption, Chart, finish_chart, position
from juesuan.present.charts_layout import filled, inline
from juesuan.present.charts_text import clause, distinct
from juesuan.present.theme import DARK, INK, PALE, QUIET, WIDTH

_NAME_PIXELS = 180
_NAME_COLUMNS = 26
_FIGURE_PIXELS = 80
_EXECUTION_PIXELS = 150
_LINE = 15
_BAR_STEP = 34
_EXECUTION_STEP = 46


@dataclass(frozen=True)
class Bar:
    """One of those compared; `marked` sets it off, such as the office whose page this is."""

    label: str
    amount: Fact
    marked: bool = False


@dataclass(frozen=True)
class ExecutionItem:
    """A budget, what was spent of it and the rate of completion in per cent."""

    label: str
    budget: Fact
    final: Fact
    completion: Fact


def ranked_bars(
    bars: Sequence[Bar],
    *,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return bars from the largest to the smallest, those not published last; a marked one is dark, its name bold."""
    ranked = sorted(bars, key=lambda bar: (not bar.amount.known, -(bar.amount.value or 0)))
    rows = [
        {"label": label, "marked": bar.marked, **_figure(bar.amount)}
        for label, bar in zip(distinct([bar.label for bar in ranked], _NAME_COLUMNS), ranked, strict=True)
    ]
    drawing = filled(_ranking, **_measures(rows, ["value"], _FIGURE_PIXELS, _BAR_STEP))
    parts = [clause(bar.label, [("", bar.amount)]) for bar in ranked]
    unseen = [bar.label for bar in ranked if not bar.amount.known]
    return finish_chart(
        Caption(id, title, unit, source, notes, message), drawing, parts, [bar.amount for bar in ranked], unseen
    )


def execution_bars(
    items: Sequence[ExecutionItem],
    *,
    budget_label: str = "预算数",
    final_label: str = "决算数",
    completion_label: str = "完成",
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return for each item the budget as an outline, the final amount as the bar in it, and the rate beside them."""
    rows = [
        {"label": label, "budget": position(item.budget), "value": position(item.final),
         "rate": _rate(completion_label, item.completion),
         "amounts": f"{item.final.printed} / {item.budget.printed}", "tip": _far(item)}
        for label, item in zip(distinct([item.label for item in items], _NAME_COLUMNS), items, strict=True)
    ]  # fmt: skip
    drawing = filled(_carried_out, **_measures(rows, ["budget", "value"], _EXECUTION_PIXELS, _EXECUTION_STEP))
    parts = [
        clause(one.label, [(budget_label, one.budget), (final_label, one.final), (completion_label, one.completion)])
        for one in items
    ]
    facts = [fact for one in items for fact in (one.budget, one.final, one.completion)]
    key = f"空心框为{budget_label}，实心条为{final_label}；右侧两数依次为{final_label}、{budget_label}。"
    caption = Caption(id, title, unit, source, [key, *notes], message)
    return finish_chart(caption, drawing, parts, facts, _unseen(items, budget_label, final_label))


def _ranking(rows: Any, labels: Any, domain: Any, reach: Any, height: Any) -> Any:
    base = alt.Chart(inline(rows)).encode(y=_places(labels))
    across = _across(domain, reach)
    colour = alt.ColorValue(PALE, condition={"test": "datum.marked", "value": DARK})
    blocks = base.mark_bar(height=18, stroke=DARK, strokeWidth=0.5).encode(x=across("value"), color=colour)
    right = base.transform_filter("datum.tip >= 0").mark_text(align="left", dx=5)
    left = base.transform_filter("datum.tip < 0").mark_text(align="right", dx=-5)
    texts = [side.encode(x=across("tip"), text=alt.Text("printed:N")) for side in (right, left)]
    return alt.layer(blocks, *texts, _names(base), _zero_line(), width=WIDTH - _NAME_PIXELS, height=height)


def _carried_out(rows: Any, labels: Any, domain: Any, reach: Any, height: Any) -> Any:
    base = alt.Chart(inline(rows)).encode(y=_places(labels))
    across = _across(domain, reach)
    return alt.layer(
        base.mark_bar(height=26, filled=False, stroke=QUIET, strokeWidth=1.2).encode(x=across("budget")),
        base.mark_bar(height=14, color=DARK).encode(x=across("value")),
        _names(base),
        _beside(base, across, "rate", -8, "bold", INK),
        _beside(base, across, "amounts", 8, "normal", QUIET),
        _zero_line(),
        width=WIDTH - _NAME_PIXELS,
        height=height,
    )


def _measures(rows: Sequence[dict[str, Any]], fields: Sequence[str], room: int, step: int) -> dict[str, Any]:
    """Return the rows, from where to where they reach with `room` pixels left for figures, as high as the longest name."""
    values = [row[field] for row in rows for field in fields if row[field] is not None]
    low, high = min([0, *values]), max([0, *values])
    lines = max((row["label"].count("\n") + 1 for row in rows), default=1)
    return {
        "rows": rows,
        "labels": [row["label"] for row in rows],
        "domain": [low, high if high > low else low + 1],
        "reach": [room if low < 0 else 0, WIDTH - _NAME_PIXELS - room],
        "height": max(len(rows), 1) * max(step, lines * _LINE + 6),
    }


def _unseen(items: Sequence[ExecutionItem], budget_label: str, final_label: str) -> list[str]:
    named = [
        (one.label, name, fact)
        for one in items
        for name, fact in ((budget_label, one.budget), (final_label, one.final))
    ]
    return [f"{label}（{name}）" for label, name, fact in named if not fact.known]


def _rate(name: str, completion: Fact) -> str:
    return f"{name}{completion.printed}{completion.unit}" if completion.known else completion.printed


def _far(item: ExecutionItem) -> float:
    return max(0.0, position(item.budget) or 0.0, position(item.final) or 0.0)


def _figure(fact: Fact) -> dict[str, Any]:
    value = position(fact)
    return {"value": value, "tip": value or 0.0, "printed": fact.printed}


def _places(labels: Any) -> alt.Y:
    """Return the rows' places, named outright so that no layer reorders them; the names are drawn by `_names`."""
    return alt.Y("label:N", sort=None, scale=alt.Scale(domain=labels), axis=None)


def _names(base: Any) -> Any:
    """Return the names left of the rows, each centred on its row however many lines it takes (an axis cannot)."""
    half = f"-(length(split(datum.label, '\\n')) - 1) * {_LINE / 2}"
    weight = alt.ExprRef("datum.marked ? 'bold' : 'normal'")
    mark = base.mark_text(align="right", dx=-8, dy=alt.ExprRef(half), lineBreak="\n", fontWeight=weight, color=INK)
    return mark.encode(text=alt.Text("label:N"), x=alt.XValue(0))  # type: ignore[no-untyped-call]


def _across(domain: Any, reach: Any) -> Any:
    """Return a maker of encodings from left to right."""
    scale = alt.Scale(domain=domain, range=reach, nice=False)
    return lambda field: alt.X(f"{field}:Q", scale=scale, axis=None)


def _beside(base: Any, across: Any, field: str, shift: int, weight: str, colour: str) -> Any:
    mark = base.mark_text(align="left", dx=6, dy=shift, fontWeight=weight, color=colour)
    return mark.encode(x=across("tip"), text=alt.Text(f"{field}:N"))


def _zero_line() -> Any:
    return alt.Chart(inline(({"zero": 0},))).mark_rule(color=QUIET).encode(x=alt.X("zero:Q", axis=None))
