"""Charts of years: one panel for a series, all panels on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from juesuan.facts import Fact
from juesuan.present.charts import Caption, Chart, finish_chart, inline, position, unchecked
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


@unchecked
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
    together = len(series) <= _ONE_PANEL
    rows = _rows(series)
    panels = [_panel(rows, series, _HEIGHT)] if together else [
        _panel([row for row in rows if row["line"] == number], [one], _PANEL_HEIGHT, rows, number + 1 == len(series))
        for number, one in enumerate(series)
    ]  # fmt: skip
    drawing = (
        panels[0]
        if together
        else alt.vconcat(*panels, spacing=14).resolve_scale(color="independent", strokeDash="independent")
    )
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


def _panel(
    rows: Sequence[dict[str, Any]],
    series: Sequence[Series],
    height: int,
    all_rows: Sequence[dict[str, Any]] | None = None,
    last: bool = True,
) -> Any:
    everything = all_rows or rows
    height_axis = alt.Y("value:Q", scale=alt.Scale(domain=_domain(everything), nice=False), axis=None)
    base = alt.Chart(inline(rows)).encode(x=_years(everything, last))
    line, dots = _line_and_dots(base, series, height_axis)
    zero = alt.Chart(inline([{"zero": 0}])).mark_rule(color=RULE).encode(y=alt.Y("zero:Q", axis=None))
    panel = alt.layer(zero, line, dots, *_figures(base, height_axis), width=WIDTH - 20, height=height)
    return panel if all_rows is None else panel.properties(title=_name(series[0]))


def _years(rows: Sequence[dict[str, Any]], labels: bool) -> alt.X:
    years = sorted({row["year"] for row in rows})
    axis = alt.Axis(labelAngle=0, labelExpr="datum.label + '年'", domain=False, labels=labels)
    return alt.X("year:O", sort=years, title=None, scale=alt.Scale(domain=years, padding=0.5), axis=axis)


def _line_and_dots(base: Any, series: Sequence[Series], height_axis: alt.Y) -> tuple[Any, Any]:
    names = [one.label for one in series]
    colours = alt.Scale(domain=names, range=[DARK, WARM])
    dashes = alt.Scale(domain=names, range=[[1, 0], [5, 3]])
    colour = alt.Color("series:N", sort=names, scale=colours, legend=_legend(series))
    dash = alt.StrokeDash("series:N", sort=names, scale=dashes, legend=_legend(series))
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


def _legend(series: Sequence[Series]) -> alt.Legend | None:
    return alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300) if len(series) > 1 else None


def _name(one: Series) -> alt.TitleParams:
    return alt.TitleParams(text=wrap(one.label, 2 * _NAME_COLUMNS), fontSize=13, offset=2, anchor="start")
