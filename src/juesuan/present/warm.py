"""What a process that will be forked for many notebooks does first: it puts a report together, so that none of them finds
a template uncompiled, a table not laid out, or a library's own caches empty.

Nothing is drawn: vl-convert hangs in a process forked from one that drew. What stays behind is caches alone.
"""

from __future__ import annotations

import ast
import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from juesuan.facts import FISCAL, Accounts, Entry, Fact, Findings, economic_items, fund_scope, report_findings
from juesuan.paths import find_root
from juesuan.present.charts_bars import execution_bars, ranked_bars
from juesuan.present.charts_columns import change_columns, waterfall
from juesuan.present.charts_lines import Series, trend_lines
from juesuan.present.charts_pie import Slice, structure_pie
from juesuan.present.checklist import CHECKLIST_COLUMNS, checklist
from juesuan.present.display import LedgerView
from juesuan.present.document import written
from juesuan.present.forms_economic import matrix_runs
from juesuan.present.narrative import control_totals
from juesuan.present.profile import read_profile
from juesuan.present.rows import (
    EXECUTION_COLUMNS,
    UNIT_COLUMNS,
    change_table_columns,
    driver_table_columns,
    series_columns,
)
from juesuan.present.tables import Column, make_table
from juesuan.present.templates import compiled
from juesuan.present.views import DRAWINGS, view
from juesuan.present.views_tables import office_columns

_MATRIX_SCOPES = (FISCAL, fund_scope("general_public"))
_AMOUNT = Fact("", "", 0, "", Fraction(1), "", 0)
_Columns = tuple[Column, ...]


def warm_up(accounts: Mapping[tuple[str, int], Accounts]) -> None:
    """Fill the caches that the notebooks over `accounts` (by office and year) will ask; draw nothing, leave nothing else."""
    detailed = [one for one in accounts.values() if one.unit.profile and not one.partial]
    most_years = max(Counter(unit for unit, _ in accounts).values(), default=0)
    for one in {one.unit.profile: one for one in detailed}.values():
        form = read_profile(one.unit.profile)
        prior = accounts.get((one.unit.unit_id, one.year - 1))
        found = report_findings(one, prior, percent_decimals=form.percent_decimals, budget=form.budget)
        _write_report(found)
        _lay_out(_columns(found, most_years))
    _lay_out(_matrices(detailed))
    _lay_out_charts()
    for name in DRAWINGS:
        view(name).html()
    _compile_sentences(find_root() / "notebooks")
    gc.collect()
    gc.freeze()  # else every notebook's own collection goes through, and copies, all that it shares with this process


def _write_report(found: Findings) -> None:
    for table in (table for several in written(found).tables.values() for table in several):
        table._repr_mimebundle_()
    checklist(found)
    LedgerView(found.ledger)._repr_mimebundle_()
    totals = found.ledger.points(control_totals(found))
    totals.to_html()
    totals.to_string()


def _columns(found: Findings, most_years: int) -> Iterator[_Columns]:
    """Yield the columns of the tables beside the official ones, those with a column a year for every number of years."""
    yield from (CHECKLIST_COLUMNS, EXECUTION_COLUMNS, UNIT_COLUMNS)
    yield from (change_table_columns(found), driver_table_columns(found))
    for count in range(1, most_years + 1):
        years = tuple(Entry("", "", code=str(number)) for number in range(count))
        of_years = replace(found, lists={"years": years})
        yield from (series_columns(of_years), office_columns(of_years))


def _matrices(detailed: Iterable[Accounts]) -> set[_Columns]:
    """Return the columns of every table of 经济科目: which of them an office spent on is its own."""
    met = (economic_items(one, scope) for one in detailed for scope in _MATRIX_SCOPES)
    return {columns for economic in met for _, columns in matrix_runs(economic)}


def _lay_out(several: Iterable[_Columns]) -> None:
    for columns in several:
        make_table(id="tbl", title="", unit="", source="", notes=[], columns=columns, rows=[])._repr_mimebundle_()


def _lay_out_charts() -> None:
    """Have Altair put every kind of chart together, a ring with its names beside it and in a table."""
    words: dict[str, Any] = {"id": "", "title": "", "unit": "", "source": "", "notes": []}
    change_columns([], prior_label="", current_label="", **words)
    waterfall(_AMOUNT, [], _AMOUNT, **words)
    for count in (1, 9):
        structure_pie([Slice("", _AMOUNT, _AMOUNT)] * count, **words)
    ranked_bars([], **words)
    execution_bars([], **words)
    for count in (1, 2):
        trend_lines([Series("", [])] * count, **words)


def _compile_sentences(notebooks: Path) -> None:
    """Compile the sentences that are written in notebooks; one that cannot be read says so itself when it is run."""
    for path in notebooks.glob("*.ipynb"):
        with suppress(ValueError, KeyError, SyntaxError):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            for source in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
                for text in _templates(source):
                    with suppress(TemplateSyntaxError):
                        compiled(text)


def _templates(source: str) -> list[str]:
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and "{" in text]
