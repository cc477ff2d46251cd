"""Altair puts each kind of chart together once a process, with slots for what differs; every chart fills them in.

Altair copies a drawing with each layer and each step: as long as it takes V8 to draw it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from juesuan.present.kept import Kept

unchecked = debug_mode(False)
"""Makes an Altair drawing without holding it against the schema, which takes longer than drawing it; the tests do that."""


class Slot(str):
    """The name of what will stand in its place; to Altair a text that it hands on."""

    __slots__ = ()


def filled(drawing: Callable[..., Any], /, *kind: Hashable, **values: Any) -> dict[str, Any]:
    """Return the specification of the Altair drawing that `drawing(*kind, **values)` makes.

    `drawing` hands the values on and asks nothing of them: it is given slots in their stead. What it asks is the `kind`.
    A value that `inline` makes data of is a sequence of rows.
    """
    layout = _laid_out(drawing, kind, tuple(values))
    rows = {name: list(values[of]) for name, of in layout["datasets"].items() if isinstance(of, Slot)}
    names = {name: _data_name(of) for name, of in rows.items()}
    spec: dict[str, Any] = _fill({**layout, "datasets": {}}, values, names)
    fixed = {name: list(of) for name, of in layout["datasets"].items() if name not in rows}
    spec["datasets"] = fixed | {names[name]: of for name, of in rows.items()}
    return spec


def inline(rows: Slot | tuple[dict[str, Any], ...]) -> alt.InlineData:
    """Return rows as the chart's own data; a tuple, as Altair copies a list with every step of a drawing."""
    return alt.InlineData(values=rows)


@Kept
@unchecked
def _laid_out(drawing: Callable[..., Any], kind: tuple[Hashable, ...], slots: tuple[str, ...]) -> dict[str, Any]:
    """Return what Altair makes of a drawing with slots for its values."""
    made: dict[str, Any] = drawing(*kind, **{name: Slot(name) for name in slots}).to_dict(validate=False)
    return made


def _fill(part: Any, values: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _fill(of, values, names) for key, of in part.items()}
    if isinstance(part, list):
        return [_fill(of, values, names) for of in part]
    if isinstance(part, Slot):
        return values[part]
    return names.get(part, part) if isinstance(part, str) else part


def _data_name(rows: list[dict[str, Any]]) -> str:
    """Return the name that Altair gives to data."""
    return "data-" + hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:32]
