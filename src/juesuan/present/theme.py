"""One look for all charts.

The colours come from the blue and orange poles of Okabe and Ito's palette, which stay apart for every common kind of
colour blindness. They are set on a ladder of lightness (the L* of CIELAB beside each), so that neighbours stay apart
when an office prints in grey; and no chart says anything by colour alone: every mark bears its label.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from juesuan.present.fonts import CHART_FONTS

INK = "#222222"
QUIET = "#5F5F5F"
RULE = "#BDBDBD"
DARK = "#12466F"  # L* 28: the current year, totals, the office looked at
MIDDLE = "#3A87B7"  # L* 53: increases
PALE = "#B4D2E6"  # L* 82: the prior year, the others
WARM = "#E08E1B"  # L* 66: decreases
SLICES = (DARK, WARM, PALE, "#8C3B0A", "#3A87B7", "#F3D28B", "#5F5F5F", "#009E73", "#D9D9D9", "#7A4B77")
WIDTH = 640
FONT_SIZE = 12


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite `config` of every chart."""
    return {
        "background": "white",
        "font": CHART_FONTS,
        "padding": 8,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": FONT_SIZE,
            "labelLimit": 0,
            "labelLineHeight": 15,
            "titleColor": QUIET,
            "titleFontSize": FONT_SIZE,
            "titleFontWeight": "normal",
            "domainColor": QUIET,
            "grid": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "text": {"color": INK, "fontSize": FONT_SIZE, "lineHeight": 15},
        "legend": {"orient": "top", "title": None, "labelFontSize": FONT_SIZE, "labelColor": INK, "labelLimit": 0},
        "title": {
            "anchor": "start",
            "color": INK,
            "fontSize": 15,
            "fontWeight": "bold",
            "lineHeight": 21,
            "subtitleColor": QUIET,
            "subtitleFontSize": FONT_SIZE,
            "subtitlePadding": 4,
            "offset": 10,
            "frame": "bounds",
        },
    }


def enable_theme() -> None:
    """Give an analyst's own Altair charts the same look; the charts of this package bring it with them."""
    alt.theme.register("juesuan", enable=True)(lambda: alt.theme.ThemeConfig({"config": chart_config()}))  # type: ignore[typeddict-item]
