"""A view of the explorer: a place on a page that the site's scripts fill with controls, a sentence, a drawing, a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape
from typing import Any

from juesuan.present.charts_layout import unchecked
from juesuan.present.display import Bundle
from juesuan.present.kept import Kept
from juesuan.present.views_charts import (
    checks_drawing,
    deviation_drawing,
    distribution_drawing,
    lines_drawing,
    multiples_drawing,
    projects_drawing,
    ranked_drawing,
    scatter_drawing,
    structure_drawing,
    waterfall_drawing,
)
from juesuan.present.views_vega import flow_drawing, shares_drawing, treemap_drawing

DRAWINGS: dict[str, Callable[[], dict[str, Any]]] = {
    "ranked": ranked_drawing,
    "distribution": distribution_drawing,
    "scatter": scatter_drawing,
    "multiples": multiples_drawing,
    "lines": lines_drawing,
    "waterfall": waterfall_drawing,
    "treemap": treemap_drawing,
    "shares": shares_drawing,
    "structure": structure_drawing,
    "flow": flow_drawing,
    "deviation": deviation_drawing,
    "projects": projects_drawing,
    "scores": ranked_drawing,
    "checks": checks_drawing,
}
"""The views there are (each a `juesuan.views.add` in report/html/explore), and what each is drawn by."""
_WITHOUT_SCRIPTS = "这里的图和表由网页脚本画出。没有脚本时，请看各年度的报告和页末的表。"


@dataclass(frozen=True)
class View:
    """One view: `fixed` are what the page is about (unit, year) and what it starts from, as `data-` attributes."""

    name: str
    drawing: dict[str, Any]
    fixed: dict[str, str]

    def html(self) -> str:
        """Return the place, with its drawing; the scripts do the rest."""
        about = "".join(f' data-{key}="{escape(value)}"' for key, value in self.fixed.items() if value)
        spec = json.dumps(self.drawing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace(
            "<", "\\u003c"
        )
        return (
            f'<div class="view" id="view-{self.name}" data-view="{self.name}"{about}>\n'
            f"<noscript><p>{_WITHOUT_SCRIPTS}</p></noscript>\n"
            f'<script type="application/json" class="view-drawing">{spec}</script>\n</div>'
        )

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        data = {
            "text/html": self.html(),
            "text/markdown": _WITHOUT_SCRIPTS,
            "text/plain": f"浏览视图 {self.name}：在站点中查看",
        }
        return data, {"juesuan": {"kind": "view"}}


def view(name: str, *, unit: str = "", year: int | None = None, by: str = "", optional: bool = False) -> View:
    """Return the view called `name`; raises `ValueError`, with what there is, for another.

    `unit` and `year` fix what the page is about, `by` is the first way of dividing; `optional` lets no office be chosen.
    """
    if name not in DRAWINGS:
        raise ValueError(f"没有视图 {name}；现有 {'、'.join(DRAWINGS)}。")
    fixed = {"unit": unit, "year": str(year or ""), "by": by, "optional": "yes" if optional else ""}
    return View(name, _drawn(name), fixed)


@Kept
@unchecked
def _drawn(name: str) -> dict[str, Any]:
    return DRAWINGS[name]()
