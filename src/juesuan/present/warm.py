"""What a process that will be forked for many notebooks does first: it puts a report together, so that none of them finds
a template uncompiled, a table not laid out, or a library's own caches empty.

Nothing is drawn: vl-convert hangs in a process forked from one that drew. What stays behind is caches alone.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence

from juesuan.facts import FISCAL, Accounts, Findings, economic_items, fund_scope, report_findings
from juesuan.present.charts_columns import change_columns
from juesuan.present.charts_pie import structure_pie
from juesuan.present.checklist import CHECKLIST_COLUMNS, checklist
from juesuan.present.display import LedgerView
from juesuan.present.document import written
from juesuan.present.forms_economic import matrix_runs
from juesuan.present.narrative import control_totals
from juesuan.present.parts import change_groups, slices
from juesuan.present.profile import read_profile
from juesuan.present.rows import EXECUTION_COLUMNS, change_table_columns, driver_table_columns
from juesuan.present.tables import Column, Table, make_table
from juesuan.present.views import DRAWINGS, view

_Accounts = Mapping[tuple[str, int], Accounts]
_MATRIX_SCOPES = (FISCAL, fund_scope("general_public"))


def warm_up(accounts: _Accounts) -> None:
    """Fill the caches that the notebooks over `accounts` (by office and year) will ask; draw nothing, leave nothing else."""
    detailed = [one for one in accounts.values() if one.unit.profile and not one.partial]
    for one in {one.unit.profile: one for one in detailed}.values():
        form = read_profile(one.unit.profile)
        prior = accounts.get((one.unit.unit_id, one.year - 1))
        _write(report_findings(one, prior, percent_decimals=form.percent_decimals, budget=form.budget))
    for columns in _matrices(detailed):
        _show(_bare(columns))
    for name in DRAWINGS:
        view(name).html()
    gc.collect()
    gc.freeze()  # else every notebook's own collection goes through, and copies, all that it shares with this process


def _write(found: Findings) -> None:
    """Write what a report, its checklist and the comparison with the year before show."""
    for table in (table for several in written(found).tables.values() for table in several):
        _show(table)
    for columns in (CHECKLIST_COLUMNS, change_table_columns(found), driver_table_columns(found), EXECUTION_COLUMNS):
        _show(_bare(columns))
    checklist(found, ())
    _make_charts(found)
    LedgerView(found.ledger)._repr_mimebundle_()
    found.ledger.points(control_totals(found)).to_html()


def _matrices(detailed: Iterable[Accounts]) -> set[tuple[Column, ...]]:
    """Return the columns of every table of 经济科目: which of them an office spent on is its own."""
    met = (economic_items(one, scope) for one in detailed for scope in _MATRIX_SCOPES)
    return {columns for economic in met for _, columns in matrix_runs(economic)}


def _bare(columns: Sequence[Column]) -> Table:
    return make_table(id="tbl", title="", unit="", source="", notes=[], columns=columns, rows=[])


def _show(table: Table) -> None:
    table._repr_mimebundle_()


def _make_charts(found: Findings) -> None:
    """Make a report's charts, and draw none."""
    change_columns(
        change_groups(found, {"income.total": ""}), prior_label="", current_label="",
        id="", title="", unit="", source="", notes=[],
    )  # fmt: skip
    for name in ("income", "categories", "structure"):
        structure_pie(slices(found, name), id="", title="", unit="", source="", notes=[])
