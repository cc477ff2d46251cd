"""Charts of structure: a ring whose parts are named beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, pi, sin
from typing import Any, Literal

import altair as alt

from juesuan.facts import Fact
from juesuan.present.charts import Caption, Chart, finish_chart, position
from juesuan.present.charts_layout import filled, inline
from juesuan.present.charts_text import clause, wrap
from juesuan.present.display import with_unit
from juesuan.present.theme import INK, QUIET, RULE, SLICES, WIDTH

_OUTER, _INNER = 95, 55
_MOST_BESIDE = 6
_ELBOW = 20
_GAP = 6
_LINE = 15
_LABEL_COLUMNS = 26
_TABLE_COLUMNS = 28
_FARTHEST_MOVED = 30
_TABLE_LEFT = 250


@dataclass(frozen=True)
class Slice:
    """One part of a whole: its amount and its share of the whole in per cent."""

    label: str
    amount: Fact
    share: Fact


def structure_pie(
    slices: Sequence[Slice],
    *,
    id: str,
    title: str,
    unit: str,
    source: str,
    notes: Sequence[str],
    message: str | None = None,
) -> Chart:
    """Return a ring of the slices in the order given, each with its label, amount and share.

    Up to six slices are named beside the ring, with a line to each. They are named in a table to its right when they
    are more, when slivers lie so close that the lines would cross the ring, or when one cannot be drawn (未公开, zero
    or negative).
    """
    beside = len(slices) <= _MOST_BESIDE and all(_drawn(one) for one in slices)
    spots = _placed(_spots(slices)) if beside else []
    roomy = beside and all(abs(spot["top"] - spot["wanted"]) <= _FARTHEST_MOVED for spot in spots)
    drawing = _with_leaders(slices, spots) if roomy else _with_table(slices)
    parts = [clause(one.label, [("", one.amount), ("占", one.share)]) for one in slices]
    facts = [fact for one in slices for fact in (one.amount, one.share)]
    unseen = [one.label for one in slices if not one.amount.known] or ([] if slices else ["构成"])
    nothing = [f"“{one.label}”为零或负数，图中不画。" for one in slices if one.amount.known and not _drawn(one)]
    return finish_chart(Caption(id, title, unit, source, [*notes, *nothing], message), drawing, parts, facts, unseen)


def _drawn(one: Slice) -> bool:
    return (one.amount.value or 0) > 0


def _angles(slices: Sequence[Slice]) -> list[tuple[float, float]]:
    values = [position(one.amount) or 0.0 if _drawn(one) else 0.0 for one in slices]
    whole = sum(values) or 1.0
    ends = [2 * pi * part / whole for part in accumulate(values)]
    return list(pairwise([0.0, *ends]))


def _colours(count: int) -> list[str]:
    return [SLICES[number % len(SLICES)] for number in range(count)]


def _ring_rows(slices: Sequence[Slice], x: float, y: float) -> dict[str, Any]:
    """Return the ring's slices, its middle and how wide the gaps between the slices are."""
    rows = [
        {"begin": begin, "end": end, "colour": colour}
        for one, (begin, end), colour in zip(slices, _angles(slices), _colours(len(slices)), strict=True)
        if _drawn(one)
    ]
    return {"ring": rows, "x": x, "y": y, "gap": 1 if len(rows) > 1 else 0}


def _ring(ring: Any, x: Any, y: Any, gap: Any) -> Any:
    mark = alt.Chart(inline(ring)).mark_arc(outerRadius=_OUTER, innerRadius=_INNER, stroke="white", strokeWidth=gap)
    return mark.encode(
        theta=alt.Theta("begin:Q", scale=None),
        theta2=alt.Theta2("end:Q"),
        color=alt.Color("colour:N", scale=None),
        x=alt.XValue(x),  # type: ignore[no-untyped-call]
        y=alt.YValue(y),  # type: ignore[no-untyped-call]
    )


def _placed(spots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the labels in their places on both sides of the ring, which stands in the middle."""
    height = max([2 * _OUTER + 40, *(_stack_height(spots, side) + 20 for side in (-1, 1))])
    for spot in spots:
        spot["height"], spot["centre_x"], spot["centre_y"] = height, WIDTH / 2, height / 2
    for side in (-1, 1):
        _spread([spot for spot in spots if spot["side"] == side], height)
    return spots


def _with_leaders(slices: Sequence[Slice], spots: Sequence[dict[str, Any]]) -> dict[str, Any]:
    height = max((spot["height"] for spot in spots), default=2 * _OUTER + 40)
    return filled(
        _named_beside,
        **_ring_rows(slices, WIDTH / 2, height / 2),
        lines=[row for spot in spots for row in _leader(spot)],
        right=_label_rows([spot for spot in spots if spot["side"] > 0]),
        left=_label_rows([spot for spot in spots if spot["side"] < 0]),
        height=height,
    )


def _named_beside(lines: Any, right: Any, left: Any, height: Any, **ring: Any) -> Any:
    return alt.layer(
        _ring(**ring),
        alt.Chart(inline(lines)).mark_line(color=QUIET, strokeWidth=0.8).encode(
            x=_at("x"), y=_at("y"), detail=alt.Detail("line:N"), order=alt.Order("step:Q")
        ),
        _texts(right, "left"),
        _texts(left, "right"),
        width=WIDTH, height=height,
    )  # fmt: skip


def _spots(slices: Sequence[Slice]) -> list[dict[str, Any]]:
    """Return where each slice's label would stand if it were alone; angles run clockwise from the top."""
    spots = []
    for number, (one, (begin, end)) in enumerate(zip(slices, _angles(slices), strict=True)):
        middle = (begin + end) / 2 if len(slices) > 1 else pi / 2
        lines = [*wrap(one.label, _LABEL_COLUMNS), f"{with_unit(one.amount)}（{with_unit(one.share)}）"]
        side = 1 if middle <= pi else -1
        spots.append({"line": number, "angle": middle, "side": side, "lines": lines, "tall": _LINE * len(lines)})
    return spots


def _stack_height(spots: Iterable[dict[str, Any]], side: int) -> float:
    return float(sum(spot["tall"] + _GAP for spot in spots if spot["side"] == side))


def _spread(spots: list[dict[str, Any]], height: float) -> None:
    """Set each label's `top` near its slice so that none touches the next: pushed down, then up from the bottom."""
    spots.sort(key=lambda spot: -cos(spot["angle"]))
    floor = 0.0
    for spot in spots:
        spot["wanted"] = spot["centre_y"] - (_OUTER + 10) * cos(spot["angle"]) - spot["tall"] / 2
        spot["top"] = max(spot["wanted"], floor)
        floor = spot["top"] + spot["tall"] + _GAP
    ceiling = height
    for spot in reversed(spots):
        spot["top"] = min(spot["top"], ceiling - spot["tall"])
        ceiling = spot["top"] - _GAP


def _leader(spot: dict[str, Any]) -> list[dict[str, Any]]:
    level = spot["top"] + spot["tall"] / 2
    out = spot["centre_x"] + spot["side"] * (_OUTER + _ELBOW)
    edge_x = spot["centre_x"] + (_OUTER + 1) * sin(spot["angle"])
    edge_y = spot["centre_y"] - (_OUTER + 1) * cos(spot["angle"])
    corners = [(edge_x, edge_y), (out - spot["side"] * 6, level), (out, level)]
    return [{"line": spot["line"], "step": step, "x": x, "y": y} for step, (x, y) in enumerate(corners)]


def _label_rows(spots: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "x": spot["centre_x"] + spot["side"] * (_OUTER + _ELBOW + 4),
            "y": spot["top"] + _LINE * number + _LINE / 2,
            "text": line,
        }
        for spot in spots
        for number, line in enumerate(spot["lines"])
    ]


def _with_table(slices: Sequence[Slice]) -> dict[str, Any]:
    swatches, names, amounts, shares = [], [], [], []
    y = 12.0
    for one, colour in zip(slices, _colours(len(slices)), strict=True):
        swatches.append({"x": _TABLE_LEFT, "y": y, "colour": colour if _drawn(one) else "white"})
        amounts.append({"x": _TABLE_LEFT + 285, "y": y, "text": with_unit(one.amount)})
        shares.append({"x": _TABLE_LEFT + 370, "y": y, "text": with_unit(one.share)})
        for line in wrap(one.label, _TABLE_COLUMNS):
            names.append({"x": _TABLE_LEFT + 14, "y": y, "text": line})
            y += _LINE
        y += _GAP
    height = max(y, 2 * _OUTER + 20)
    columns = {"swatches": swatches, "names": names, "amounts": amounts, "shares": shares}
    return filled(_named_in_table, **_ring_rows(slices, _OUTER + 25, height / 2), **columns, height=height)


def _named_in_table(swatches: Any, names: Any, amounts: Any, shares: Any, height: Any, **ring: Any) -> Any:
    marks = alt.Chart(inline(swatches)).mark_square(size=110, opacity=1, stroke=RULE, strokeWidth=0.8)
    return alt.layer(
        _ring(**ring),
        marks.encode(x=_at("x"), y=_at("y"), fill=alt.Fill("colour:N", scale=None)),
        _texts(names, "left"),
        _texts(amounts, "right"),
        _texts(shares, "right"),
        width=WIDTH,
        height=height,
    )


def _texts(rows: Any, align: Literal["left", "right"]) -> Any:
    texts = alt.Chart(inline(rows)).mark_text(align=align, baseline="middle", color=INK)
    return texts.encode(x=_at("x"), y=_at("y"), text=alt.Text("text:N"))


def _at(field: str) -> Any:
    """Return an encoding in pixels from the top left corner."""
    return (alt.X if field == "x" else alt.Y)(f"{field}:Q", scale=None, axis=None)
