"""The explorer's drawings that Vega-Lite has no mark for: a treemap, and a flow from income to expenditure."""

from __future__ import annotations

from typing import Any

from juesuan.present.fonts import CHART_FONTS
from juesuan.present.theme import DARK, INK, PALE, QUIET, SLICES

_SCHEMA = "https://vega.github.io/schema/vega/v6.json"
_POINTED = {"signal": "datum.told_as"}


def treemap_drawing() -> dict[str, Any]:
    """Return nested rectangles: rows (id, parent, label, value, printed, told_as, group, dark); one row has no parent."""
    return {
        **_frame(360),
        "data": [
            {"name": "rows", "values": []},
            {
                "name": "tree",
                "source": "rows",
                "transform": [
                    {"type": "stratify", "key": "id", "parentKey": "parent"},
                    {
                        "type": "treemap",
                        "field": "value",
                        "sort": {"field": "value", "order": "descending"},
                        "round": True,
                        "method": "squarify",
                        "ratio": 1.6,
                        "paddingInner": 2,
                        "size": [{"signal": "width"}, {"signal": "height"}],
                    },
                ],
            },
            {"name": "leaves", "source": "tree", "transform": [{"type": "filter", "expr": "!datum.children && datum.parent != null"}]},
        ],
        "scales": [_groups()],
        "marks": [
            {"type": "rect", "from": {"data": "leaves"}, "encode": {"enter": {"stroke": {"value": "white"}}, "update": _tile("fill")}},
            *(_tile_words(line) for line in ("label", "printed")),
        ],
    }  # fmt: skip


def shares_drawing() -> dict[str, Any]:
    """Return the treemap of many offices, with a legend of its colours: the signal `groups` holds their names."""
    drawing = treemap_drawing()
    legend = {
        "fill": "colour",
        "orient": "bottom",
        "direction": "horizontal",
        "columns": {"signal": "max(1, floor(width / 190))"},
        "values": {"signal": "sequence(length(groups))"},
        "encode": {"labels": {"update": {"text": {"signal": "groups[datum.value]"}, "font": {"value": CHART_FONTS}, "fontSize": {"value": 12}, "fill": {"value": INK}}}},
    }  # fmt: skip
    return {**drawing, "signals": [*drawing["signals"], {"name": "groups", "value": []}], "legends": [legend]}


def _tile(colour: str) -> dict[str, Any]:
    sides = {name: {"field": side} for name, side in (("x", "x0"), ("y", "y0"), ("x2", "x1"), ("y2", "y1"))}
    return {**sides, colour: {"scale": "colour", "field": "group"}, "tooltip": _POINTED}


def _tile_words(line: str) -> dict[str, Any]:
    """Return a line of a tile's words, there only where the tile has room: words unseen would widen the drawing."""
    lead = 6 if line == "label" else 24
    room = f"datum.x1 - datum.x0 > 52 && datum.y1 - datum.y0 > {lead + 16}"
    return {
        "type": "text",
        "from": {"data": "leaves"},
        "interactive": False,
        "encode": {
            "update": {
                "x": {"field": "x0", "offset": 6},
                "y": {"field": "y0", "offset": lead},
                "baseline": {"value": "top"},
                "font": {"value": CHART_FONTS},
                "fontSize": {"value": 12},
                "fontWeight": {"value": "bold" if line == "printed" else "normal"},
                "fill": {"signal": f"datum.dark ? 'white' : '{INK}'"},
                "limit": {"signal": "max(1, datum.x1 - datum.x0 - 10)"},
                "text": {"signal": f"{room} ? datum.{line} : ''"},
            }
        },
    }


def flow_drawing() -> dict[str, Any]:
    """Return bands from sources to uses.

    `rows` are bands (path, told_as, group), `nodes` their ends (x, y, wide, high, label, side, told_as). The scripts lay both out.
    """
    return {
        **_frame(420),
        "data": [{"name": "rows", "values": []}, {"name": "nodes", "values": []}],
        "scales": [_groups()],
        "marks": [
            {
                "type": "path",
                "from": {"data": "rows"},
                "encode": {
                    "update": {
                        "path": {"field": "path"},
                        "fill": {"scale": "colour", "field": "group"},
                        "fillOpacity": {"value": 0.55},
                        "tooltip": _POINTED,
                    },
                    "hover": {"fillOpacity": {"value": 0.85}},
                },
            },
            {
                "type": "rect",
                "from": {"data": "nodes"},
                "encode": {
                    "update": {
                        **{name: {"field": of} for name, of in (("x", "x"), ("y", "y"), ("width", "wide"), ("height", "high"))},
                        "fill": {"value": DARK},
                        "tooltip": _POINTED,
                    }
                },
            },
            _end_words(),
        ],
    }  # fmt: skip


def _end_words() -> dict[str, Any]:
    return {
        "type": "text",
        "from": {"data": "nodes"},
        "interactive": False,
        "encode": {
            "update": {
                "x": {"signal": "datum.side == 'left' ? datum.x + datum.wide + 6 : datum.x - 6"},
                "y": {"signal": "datum.y + datum.high / 2"},
                "align": {"signal": "datum.side == 'left' ? 'left' : 'right'"},
                "baseline": {"value": "middle"},
                "font": {"value": CHART_FONTS},
                "fontSize": {"value": 12},
                "fill": {"value": INK},
                "limit": {"signal": "width / 2 - 24"},
                "text": {"field": "label"},
            }
        },
    }


def _frame(height: int) -> dict[str, Any]:
    return {
        "$schema": _SCHEMA,
        "background": "white",
        "padding": 8,
        "width": 640,
        "height": height,
        "autosize": "pad",
        "signals": [{"name": "heading", "value": ""}],
        "title": {
            "text": {"signal": "heading"},
            "anchor": "start",
            "frame": "bounds",
            "font": CHART_FONTS,
            "fontSize": 15,
            "lineHeight": 21,
            "color": INK,
            "offset": 10,
        },
        "config": {"text": {"font": CHART_FONTS}, "rule": {"stroke": QUIET}, "rect": {"stroke": PALE}},
    }


def _groups() -> dict[str, Any]:
    """Return the colours of groups, in the order in which a view numbers them."""
    return {"name": "colour", "type": "ordinal", "domain": list(range(len(SLICES))), "range": list(SLICES)}
