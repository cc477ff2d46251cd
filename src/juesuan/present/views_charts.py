"""The explorer's charts, as Altair writes them: drawings without data, which the scripts fill as a reader moves controls.

Every drawing reads the data set `rows` (and, where it says so, `marks`) and the parameter `heading`. A row
has `label`, `value` (a position), `printed` (what a reader sees) and what the drawing below adds.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from juesuan.present.theme import DARK, INK, MIDDLE, PALE, QUIET, RULE, SLICES, WARM, chart_config

_ROW = 26
_BESIDE = 62
"""Pixels beside a bar for its figure: what lies outside the axes is not drawn where a telephone ends."""
_PLAIN = ",~r"  # 12,000 rather than 12k
_LABELS = alt.Axis(title=None, labelLimit=170, domain=False)
_AMOUNTS = alt.Axis(
    title=None, grid=True, gridColor="#E6E6E6", domain=False, tickCount=5, format=_PLAIN, labelColor=QUIET
)
_POWERS = alt.Scale(type="log", nice=False, padding=24)
_OF_POWERS = alt.Axis(
    title=None, grid=True, domain=False, tickCount=5, format=_PLAIN, labelColor=QUIET, labelOverlap="greedy",
    gridColor=alt.condition("datum.label == ''", alt.value("transparent"), alt.value("#E6E6E6")),
)  # fmt: skip
_BY_PLACE = alt.EncodingSortField("place", op="min")


def ranked_drawing() -> dict[str, Any]:
    """Return bars, one an office, in the order of `place`; a `marked` one is dark."""
    bars = _rows().mark_bar(stroke=DARK, strokeWidth=0.5).encode(
        y=alt.Y("label:N", sort=_BY_PLACE, axis=_LABELS),
        x=alt.X("value:Q", axis=_AMOUNTS),
        color=alt.condition("datum.marked", alt.value(DARK), alt.value(PALE)),
        tooltip=_tooltip(),
    )  # fmt: skip
    return _drawn(alt.layer(bars, _printed_beside(bars)), step=_ROW, right=_BESIDE)


def distribution_drawing() -> dict[str, Any]:
    """Return a strip a year, a tick an office, on a scale of powers of ten; the `marked` office is a dot with its figure."""
    place = alt.X("value:Q", scale=_POWERS, axis=_OF_POWERS)
    base = _rows().encode(y=alt.Y("year:O", axis=alt.Axis(title=None, domain=False), sort="descending"), x=place)
    ticks = base.mark_tick(thickness=1.5, size=26, opacity=0.75, color=MIDDLE).encode(tooltip=_tooltip())
    middle = base.mark_tick(thickness=3, size=34, color=WARM).encode(x=alt.X("median(value):Q", scale=_POWERS))
    chosen = base.transform_filter("datum.marked")
    dots = chosen.mark_point(filled=True, size=110, color=DARK, opacity=1, stroke="white", strokeWidth=1.5).encode(
        tooltip=_tooltip()
    )
    figures = chosen.mark_text(dy=-20, color=DARK, fontWeight="bold").encode(text="printed:N")
    return _drawn(alt.layer(ticks, middle, dots, figures), step=58)


def scatter_drawing() -> dict[str, Any]:
    """Return offices by two measures, `across` and `value`; a brush (parameter `brush`) chooses some of them."""
    brush = alt.selection_interval(name="brush")
    dots = _rows().mark_point(filled=True, size=70, stroke="white", strokeWidth=0.5).encode(
        x=alt.X("across:Q", scale=_POWERS, axis=_OF_POWERS),
        y=alt.Y("value:Q", scale=_POWERS, axis=_OF_POWERS),
        color=alt.condition("datum.marked", alt.value(WARM), alt.value(MIDDLE)),
        opacity=alt.condition(brush, alt.value(0.9), alt.value(0.2)),
        tooltip=[*_tooltip(), alt.Tooltip("across_printed:N", title=" ")],
    )  # fmt: skip
    names = _rows().transform_filter("datum.marked").mark_text(dy=-13, fontWeight="bold").encode(
        x="across:Q", y="value:Q", text="label:N"
    )  # fmt: skip
    return _drawn(alt.layer(dots.add_params(brush), names), height=360)


def lines_drawing() -> dict[str, Any]:
    """Return lines, one a `series`, over the years; `marks` (year, note) are breaks in what a name covers."""
    base = _rows().encode(
        x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0)),
        y=alt.Y("value:Q", axis=_AMOUNTS),
        color=alt.Color("series:N", scale=alt.Scale(range=[DARK, WARM, "#009E73", "#7A4B77"])),
        detail="series:N",
    )
    lines = base.mark_line(strokeWidth=2.5).encode(strokeDash=alt.StrokeDash("series:N", legend=None))
    dots = base.mark_point(filled=True, size=55, opacity=1).encode(tooltip=_tooltip())
    figures = base.transform_filter("datum.told").mark_text(dy=-12).encode(text="printed:N", color=alt.value(INK))
    marked = alt.Chart(alt.NamedData("marks")).encode(x="year:O")
    rules = marked.mark_rule(strokeDash=[3, 3], color=QUIET).encode(tooltip=alt.Tooltip("note:N", title=" "))
    notes = marked.mark_text(align="left", dx=4, baseline="top", color=QUIET).encode(text="note:N", y=alt.value(0))
    return _drawn(alt.layer(rules, notes, lines, dots, figures), height=280)


def multiples_drawing() -> dict[str, Any]:
    """Return a small drawing an office: its years as a line, each on a scale of its own."""
    base = _rows().encode(
        x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelExpr="slice(datum.label, 2)")),
        y=alt.Y("value:Q", axis=alt.Axis(title=None, tickCount=3, format=_PLAIN, domain=False, grid=True, gridColor="#E6E6E6"),
                scale=alt.Scale(zero=True)),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2, color=DARK)
    dots = base.mark_point(filled=True, size=30, opacity=1, color=DARK).encode(tooltip=_tooltip())
    ends = (
        base.transform_filter("datum.told").mark_text(dy=-9, fontSize=11, align="right", dx=6).encode(text="printed:N")
    )
    panel = alt.layer(lines, dots, ends).properties(width=172, height=90)
    header = alt.Header(title=None, labelFontSize=12, labelFontWeight="bold", labelLimit=172, labelAnchor="start")
    facets = panel.facet(facet=alt.Facet("label:N", header=header, sort=_BY_PLACE), columns=4, spacing=18)
    return _with_words(facets.resolve_scale(y="independent").resolve_axis(x="independent"))


def waterfall_drawing() -> dict[str, Any]:
    """Return the steps from one year to the next, one under the other: `from`, `to`, and `kind` (合计, 增加, 减少).

    The axis begins where the rows do: small steps between large totals would not be seen from zero.
    """
    kinds = ["合计", "增加", "减少"]
    bars = _rows().mark_bar(height=alt.RelativeBandSize(0.7)).encode(
        y=alt.Y("label:N", sort=_BY_PLACE, axis=_LABELS),
        x=alt.X("from:Q", axis=_AMOUNTS, scale=alt.Scale(zero=False, nice=False)), x2="to:Q",
        color=alt.Color("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, range=[DARK, MIDDLE, WARM])),
        tooltip=_tooltip(),
    )  # fmt: skip
    figures = _rows().transform_calculate(end="max(datum.from, datum.to)").mark_text(align="left", dx=5).encode(
        y=alt.Y("label:N", sort=_BY_PLACE), x="end:Q", text="printed:N"
    )  # fmt: skip
    return _drawn(alt.layer(bars, figures), step=30, right=_BESIDE)


def structure_drawing() -> dict[str, Any]:
    """Return a bar of a hundred per cent a year, in parts by `label`, ordered by `place`; a part that has room bears `printed`."""
    base = _rows().encode(
        y=alt.Y("year:O", axis=alt.Axis(title=None, domain=False)),
        x=alt.X(
            "value:Q",
            stack="normalize",
            axis=alt.Axis(title=None, format="%", tickCount=5, domain=False, labelColor=QUIET),
        ),
        order=alt.Order("place:Q"),
    )
    named = alt.Color("label:N", sort=_BY_PLACE, scale=alt.Scale(range=list(SLICES)),
                      legend=alt.Legend(columns=2, orient="bottom", labelLimit=260))  # fmt: skip
    bars = base.mark_bar(stroke="white").encode(color=named, tooltip=_tooltip())
    ink = alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    figures = base.transform_filter("datum.told").mark_text(fontSize=11).encode(
        x=alt.X("value:Q", stack="normalize", bandPosition=0.5), text="printed:N", detail="label:N", color=ink
    )  # fmt: skip
    return _drawn(alt.layer(bars, figures), step=40)


def deviation_drawing() -> dict[str, Any]:
    """Return how far each is from its budget (`value`, per cent), with the lines of `threshold` (a parameter)."""
    bars = _rows().mark_bar().encode(
        y=alt.Y("label:N", sort=_BY_PLACE, axis=_LABELS),
        x=alt.X("value:Q", axis=_AMOUNTS, scale=alt.Scale(padding=_BESIDE)),
        color=alt.condition("abs(datum.value) >= threshold", alt.value(WARM), alt.value(PALE)),
        tooltip=_tooltip(),
    )  # fmt: skip
    limit = alt.Chart(alt.InlineData(values=[{"side": 1}, {"side": -1}])).transform_calculate(
        limit="datum.side * threshold"
    )
    limits = limit.mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x="limit:Q")
    threshold = alt.param(name="threshold", value=0)
    return _drawn(alt.layer(_zero_line(), limits, bars, _printed_beside(bars)).add_params(threshold), step=_ROW)


def projects_drawing() -> dict[str, Any]:
    """Return what was spent on each project as a bar, its budget (`budget`) as a mark across it."""
    bars = _rows().mark_bar(color=MIDDLE, height=alt.RelativeBandSize(0.55)).encode(
        y=alt.Y("label:N", sort=_BY_PLACE, axis=_LABELS),
        x=alt.X("value:Q", axis=_AMOUNTS), tooltip=_tooltip(),
    )  # fmt: skip
    budgets = (
        _rows().mark_tick(color=DARK, thickness=3, size=20).encode(y=alt.Y("label:N", sort=_BY_PLACE), x="budget:Q")
    )
    figures = _rows().transform_calculate(end="max(datum.value, datum.budget || 0)").mark_text(align="left", dx=6).encode(
        y=alt.Y("label:N", sort=_BY_PLACE), x="end:Q", text="printed:N"
    )  # fmt: skip
    return _drawn(alt.layer(bars, budgets, figures), step=30, right=_BESIDE)


def checks_drawing() -> dict[str, Any]:
    """Return how many checks each office passed (`kind`: 相符, 四舍五入, 不符)."""
    kinds = ["相符", "四舍五入", "不符"]
    bars = _rows().mark_bar(stroke="white").encode(
        y=alt.Y("label:N", sort=_BY_PLACE, axis=_LABELS),
        x=alt.X("value:Q", axis=_AMOUNTS),
        color=alt.Color("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, range=[PALE, WARM, "#8C3B0A"])),
        order=alt.Order("kind_place:Q"),
        tooltip=_tooltip(),
    )  # fmt: skip
    return _drawn(bars, step=_ROW)


def _rows() -> alt.Chart:
    return alt.Chart(alt.NamedData("rows"))


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("told_as:N", title=" ")]


def _zero_line() -> Any:
    return alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=RULE).encode(x=alt.datum(0))


def _printed_beside(bars: alt.Chart) -> Any:
    """Return the figures at the bars' ends, on the side away from zero."""
    words = bars.encode(text="printed:N", color=alt.value(INK))
    right = words.transform_filter("datum.value >= 0").mark_text(align="left", dx=5)
    left = words.transform_filter("datum.value < 0").mark_text(align="right", dx=-5)
    return alt.layer(right, left)


def _drawn(chart: Any, *, step: int | None = None, height: int | None = None, right: int = 0) -> dict[str, Any]:
    high = alt.Step(step) if step else height
    spec = _with_words(chart.properties(width="container", height=high))
    if right:
        spec["padding"] = {"left": 8, "top": 8, "bottom": 8, "right": 8 + right}
    return spec


def _with_words(chart: Any) -> dict[str, Any]:
    heading = alt.param(name="heading", value="")
    title = alt.TitleParams(text=alt.ExprRef("heading"))
    spec: dict[str, Any] = chart.add_params(heading).properties(title=title).to_dict(validate=False)
    spec["config"] = chart_config()
    if spec.get("width") == "container":
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
