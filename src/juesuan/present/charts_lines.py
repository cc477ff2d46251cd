"""Charts of years: one panel for a series, all panels on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from juesuan.facts import Fact
from juesuan.present.charts import Caption, Chart, finish_chart, position
from juesuan.present.charts_layout import filled, inline
from juesuan.present.charts_text import clause, wrap
from juesuan.present.theme import DARK, INK, QUIET, RULE, WARM, WIDTH

_ONE_PANEL = 2
_HEIGHT = 240
_PANEL_HEIGHT = 96
_NAME_COLUMNS = 22


@dataclass(frozen=True)
class Series:
    """One quantity over years."""

    label: str
    points: Sequence[tuple[int, Fact]]


def trend_lines(
    series: Sequence[Series],
    *,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return lines over years, every point with its printed figure; a year that was not published is a gap.

    Up to two series share a panel, the higher one's figures above and the lower one's below. More get a panel each,
    all on one scale, so that no figure covers another.
    """
    rows = _rows(series)
    common = {"years": sorted({row["year"] for row in rows}), "domain": _domain(rows)}
    if len(series) <= _ONE_PANEL:
        names = [one.label for one in series]
        drawing = filled(_together, len(series) > 1, rows=rows, names=names, **common)
    else:
        drawing = filled(_stacked, len(series), **common, **_each(series, rows))
    parts = [clause(one.label, [(f"{year}年", fact) for year, fact in one.points]) for one in series]
    unseen = [f"{one.label}（{year}年）" for one in series for year, fact in one.points if not fact.known]
    facts = [fact for one in series for _, fact in one.points]
    return finish_chart(Caption(id, title, unit, source, notes, message), drawing, parts, facts, unseen)


def _rows(series: Sequence[Series]) -> list[dict[str, Any]]:
    """Return one row a point; years between the first and last that a series does not name are gaps too."""
    rows = []
    for number, one in enumerate(series):
        known = dict(one.points)
        for year in range(min(known, default=0), max(known, default=-1) + 1):
            fact = known.get(year)
            value = position(fact) if fact else None
            rows.append(
                {"line": number, "series": one.label, "year": str(year), "value": value,
                 "printed": fact.printed if fact else "", "known": value is not None, "above": True}
            )  # fmt: skip
    if len(series) == _ONE_PANEL:
        _part_figures(rows)
        _name_missing(rows)
    return rows


def _part_figures(rows: Sequence[dict[str, Any]]) -> None:
    """Put the figure of the lower of two points below it, the higher one's above."""
    for row in rows:
        others = [one["value"] for one in rows if one["year"] == row["year"] and one["line"] != row["line"]]
        other = others[0] if others else None
        if row["value"] is not None and other is not None:
            row["above"] = row["value"] > other or (row["value"] == other and row["line"] == 0)


def _name_missing(rows: Sequence[dict[str, Any]]) -> None:
    """Say of each 未公开 whose it is, all of one year in one text."""
    for year in {row["year"] for row in rows}:
        missing = [row for row in rows if row["year"] == year and row["printed"] and not row["known"]]
        said = "\n".join(f"{row['series']}{row['printed']}" for row in missing)
        for row in missing:
            row["printed"] = said if row is missing[0] else ""


def _each(series: Sequence[Series], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what each panel has of its own."""
    own: dict[str, Any] = {}
    for number, one in enumerate(series):
        own[f"rows_{number}"] = [row for row in rows if row["line"] == number]
        own[f"names_{number}"], own[f"title_{number}"] = [one.label], wrap(one.label, 2 * _NAME_COLUMNS)
    return own


def _together(several: bool, rows: Any, names: Any, years: Any, domain: Any) -> Any:
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300) if several else None
    return _panel(rows, names, _years(years, True), domain, legend, _HEIGHT)


def _stacked(count: int, years: Any, domain: Any, **own: Any) -> Any:
    panels = []
    for number in range(count):
        along = _years(years, number + 1 == count)
        panel = _panel(own[f"rows_{number}"], own[f"names_{number}"], along, domain, None, _PANEL_HEIGHT)
        title = alt.TitleParams(text=own[f"title_{number}"], fontSize=13, offset=2, anchor="start")
        panels.append(panel.properties(title=title))
    return alt.vconcat(*panels, spacing=14).resolve_scale(color="independent", strokeDash="independent")


def _panel(rows: Any, names: Any, along: alt.X, domain: Any, legend: alt.Legend | None, height: int) -> Any:
    height_axis = alt.Y("value:Q", scale=alt.Scale(domain=domain, nice=False), axis=None)
    base = alt.Chart(inline(rows)).encode(x=along)
    line, dots = _line_and_dots(base, names, legend, height_axis)
    zero = alt.Chart(inline(({"zero": 0},))).mark_rule(color=RULE).encode(y=alt.Y("zero:Q", axis=None))
    return alt.layer(zero, line, dots, *_figures(base, height_axis), width=WIDTH - 20, height=height)


def _years(years: Any, labels: bool) -> alt.X:
    axis = alt.Axis(labelAngle=0, labelExpr="datum.label + '年'", domain=False, labels=labels)
    return alt.X("year:O", sort=years, title=None, scale=alt.Scale(domain=years, padding=0.5), axis=axis)


def _line_and_dots(base: Any, names: Any, legend: alt.Legend | None, height_axis: alt.Y) -> tuple[Any, Any]:
    colours = alt.Scale(domain=names, range=[DARK, WARM])
    dashes = alt.Scale(domain=names, range=[[1, 0], [5, 3]])
    colour = alt.Color("series:N", sort=names, scale=colours, legend=legend)
    dash = alt.StrokeDash("series:N", sort=names, scale=dashes, legend=legend)
    line = base.mark_line(strokeWidth=2, invalid="break-paths-show-domains")
    dots = base.transform_filter("datum.known").mark_point(filled=True, size=45, opacity=1)
    return (
        line.encode(y=height_axis, color=colour, strokeDash=dash),
        dots.encode(y=height_axis, color=colour),
    )


def _figures(base: Any, height_axis: alt.Y) -> list[Any]:
    known = base.transform_filter("datum.known").encode(y=height_axis, text=alt.Text("printed:N"))
    raised = alt.ExprRef("-4 - 15 * (length(split(datum.printed, '\\n')) - 1)")
    missing = base.transform_filter("!datum.known").mark_text(baseline="bottom", dy=raised, color=QUIET, lineBreak="\n")
    return [
        known.transform_filter("datum.above").mark_text(baseline="bottom", dy=-7, color=INK),
        known.transform_filter("!datum.above").mark_text(baseline="top", dy=7, color=INK),
        missing.encode(y=alt.YDatum(0), text=alt.Text("printed:N")),
    ]


def _domain(rows: Sequence[dict[str, Any]]) -> list[float]:
    values = [row["value"] for row in rows if row["known"]]
    low, high = min([0, *values]), max([0, *values])
    room = ((high - low) or 1) * 0.25
    return [low - room if low < 0 else low, high + room]
