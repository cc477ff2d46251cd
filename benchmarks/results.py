"""What was measured: kept in results.json measure by measure, held against the goals, and put into the README's table."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import pypandoc

from benchmarks.stock_chain import found_renderer

NOT_MEASURED = "尚未测"
MARK, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
_VERSIONS = ("papermill", "nbclient", "ipykernel", "pandas", "altair", "typst")
Stated = dict[str, Any]


def read(path: Path) -> Stated:
    """Return the measures of a results file by name; none where there is no file."""
    if not path.is_file():
        return {}
    measures: Stated = json.loads(path.read_text(encoding="utf-8"))["measures"]
    return measures


def keep(path: Path, name: str, figures: Stated, cores: int) -> Stated:
    """Put one measure among those that the file has; return them all."""
    stamp = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine(cores)}
    measures = {**read(path), name: {**stamp, **figures}}
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    text = json.dumps({"measures": measures, "goals": goals(measures)}, ensure_ascii=False, indent=1)
    aside.write_text(text + "\n", encoding="utf-8")
    aside.replace(path)
    return measures


def machine(cores: int) -> Stated:
    """Return what the measures were taken on; `cores` are those that were used."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").is_file() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {
        "cores_used": cores, "cores": os.cpu_count(), "processor": model,
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1), "system": platform.platform(),
        "python": platform.python_version(), "pandoc": str(pypandoc.get_pandoc_version()),
        **{name: version(name) for name in _VERSIONS}, "stock_renderer": found_renderer(),
    }  # fmt: skip


_Figure = Callable[[Stated], Any]
_AT_LEAST: tuple[tuple[str, str, _Figure, float], ...] = (
    ("engine_ratio", "engine", lambda one: one["ratio"], 20),
    ("chain_ratio", "chain", lambda one: one["ratio"], 10),
)
_AT_MOST: tuple[tuple[str, str, _Figure, float], ...] = (
    ("forked_seconds_a_notebook", "engine", lambda one: one["forked_seconds"], 0.1),
    ("county_seconds", "county", lambda one: one["seconds"], 120),
    ("county_peak_gb", "county", lambda one: one["peak_gb"], 1.5),
    ("six_years_peak_gb", "six_years", lambda one: one["peak_gb"], 1.5),
    ("one_csv_changed_seconds", "rebuild", lambda one: one["one_csv_changed_seconds"], 5),
    ("nothing_changed_seconds", "rebuild", lambda one: one["nothing_changed_seconds"], 2),
    ("growth_last_offices_over_middle_pct", "growth", lambda one: one["last_offices_over_middle_pct"], 20),
    ("growth_furthest_from_line_pct", "growth", lambda one: one["furthest_from_line_pct"], 20),
)


def goals(measures: Mapping[str, Stated]) -> Stated:
    """Return each goal of what was measured: its limit, what was reached, whether it is met."""
    found = {}
    for least, table in ((True, _AT_LEAST), (False, _AT_MOST)):
        for name, measure, figure, limit in table:
            if measure in measures:
                reached = figure(measures[measure])
                found[name] = {
                    "limit": limit,
                    "reached": reached,
                    "met": (reached >= limit) if least else (reached <= limit),
                }
    return found


_ROWS: tuple[tuple[str, str, Callable[[Stated], str], str], ...] = (
    ("engine", "a notebook, amortised", lambda one: (
        f"{one['forked_seconds']:.3f} s (CPU {one['forked_cpu_seconds']:.3f}); stock papermill {one['stock_seconds']:.2f} s "
        f"(CPU {one['stock_cpu_seconds']:.2f}): × {one['ratio']:.1f} by the clock, × {one['cpu_ratio']:.1f} of CPU"), "≤ 0.1 s, × 20"),
    ("county", "a county's year, all pages, HTML, Word and PDF, from nothing", lambda one: (
        f"{one['offices']} offices: {one['seconds']:.0f} s, CPU {one['cpu_seconds']:.0f} s, {one['peak_gb']:.2f} GB"), "≤ 120 s, ≤ 1.5 GB"),
    ("chain", "the same by stock papermill and a stock renderer, one by one", lambda one: (
        f"{one['seconds_an_office']:.1f} s an office with {one['renderer']} ({one['sample']} measured), {one['extrapolated_seconds']} s "
        f"for all, extrapolated: × {one['ratio']:.1f} by the clock, × {one['cpu_ratio']:.1f} of CPU"), "× 10"),
    ("six_years", "six years, HTML, from nothing", lambda one: (
        f"{one['offices']} offices: {one['seconds']:.0f} s, CPU {one['cpu_seconds']:.0f} s, {one['peak_gb']:.2f} GB"), "≤ 1.5 GB"),
    ("rebuild", "after one changed CSV; where nothing changed", lambda one: (
        f"{one['one_csv_changed_seconds']:.1f} s; {one['nothing_changed_seconds']:.1f} s"), "≤ 5 s; ≤ 2 s"),
    ("growth", "one office more, HTML", lambda one: (
        f"{one['seconds_an_office_more']:.3f} s, from {next(iter(one['offices']))} to {list(one['offices'])[-1]} offices; the last ones "
        f"{one['last_offices_over_middle_pct']:+.0f}%, furthest from a line {one['furthest_from_line_pct']:.0f}%"), "within 20%"),
)  # fmt: skip


def table(measures: Mapping[str, Stated]) -> str:
    """Return the README's table; a measure that was not taken says so."""
    rows = [
        f"| {words} | {figures(measures[name]) if name in measures else NOT_MEASURED} | {goal} |"
        for name, words, figures, goal in _ROWS
    ]
    return "\n".join([*_head(measures), "| | measured | goal |", "|---|---|---|", *rows])


def _head(measures: Mapping[str, Stated]) -> list[str]:
    """Return the sentence that says on what machine and when."""
    told = dict.fromkeys(
        f"{one['machine']['cores_used']} cores of {one['machine']['processor']}, {one['machine']['memory_gb']:g} GB, {one['measured']}"
        for one in measures.values()
    )
    return [f"On {'; '.join(told)}:", ""] if told else []


def put_in_readme(readme: Path, measures: Mapping[str, Stated]) -> None:
    """Put the table between the marks. Raises `ValueError` where the marks are not there."""
    text = readme.read_text(encoding="utf-8")
    before, mark, rest = text.partition(MARK)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"{readme}: no {MARK} … {END}; put them where the table is to be")
    readme.write_text(f"{before}{MARK}\n\n{table(measures)}\n\n{END}{after}", encoding="utf-8")
