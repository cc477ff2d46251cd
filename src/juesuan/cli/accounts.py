"""The accounts of a folder `data/<office>/<year>` told as what they would print, for `juesuan audit --data`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from juesuan.audit.against import Expectation, ExpectedFact, ExpectedTable
from juesuan.load.accounts import is_year, load_accounts, read_units, years_of
from juesuan.paths import ProjectNotFoundError, find_root
from juesuan.verify.background import Background, read_background
from juesuan.verify.claims import Allowed, Ledger, read_allowed

if TYPE_CHECKING:
    from juesuan.facts import Fact, SourceCell
    from juesuan.facts import Ledger as FactLedger
    from juesuan.present import Table
    from juesuan.present.document import Written
    from juesuan.present.profile import Profile

_LIST = "、"


class NoAccountsError(ValueError):
    """A folder is not one office's year."""


def expectation_of(folder: Path) -> Expectation:
    """Return what the accounts of `folder` would print; it lies in any project's `data/`.

    Raises `NoAccountsError` for a folder that is none of one office's year, `FaultsError` for faulty accounts.
    """
    from juesuan import facts, present  # noqa: PLC0415  what only --data needs: a second of imports
    from juesuan.present.document import written  # noqa: PLC0415

    data, unit_id, year = _parts(folder)
    with _project_of(data) as root:
        accounts = load_accounts(data, unit_id, year)
        prior = load_accounts(data, unit_id, year - 1) if year - 1 in years_of(data, unit_id) else None
        form = present.read_profile(accounts.unit.profile)
        findings = facts.report_findings(accounts, prior, percent_decimals=form.percent_decimals, budget=form.budget)
        report = written(findings)
        allowed = read_allowed(root / "report" / "verify.toml")
    tables = [table for made in report.tables.values() for table in made]
    parts = list(_parts_in_order(form, report))
    told = {fact.id: _told(fact) for fact in findings.ledger}
    names = {entry.fact_id: entry.name for entries in findings.lists.values() for entry in entries}
    background = _background(data, findings.ledger, allowed)
    return Expectation(accounts.folder, year, told, tuple(parts), tuple(map(_table, tables)), names, background)


def _parts(folder: Path) -> tuple[Path, str, int]:
    place = folder.resolve()
    data, unit_id, year = place.parent.parent, place.parent.name, place.name
    if not place.is_dir() or not is_year(year) or not (data / "units.csv").is_file():
        found = "没有这个文件夹" if not place.is_dir() else "不是一个单位一个年度的账"
        raise NoAccountsError(
            f"{folder}：{found}；应为 data/<单位编号>/<年度>，例如 data/nanjiang-zwxx/2021；请改正 --data。"
        )
    unit = read_units(data)[0].get(unit_id)
    if unit is None or not unit.profile:
        why = "units.csv 没有这个单位" if unit is None else "units.csv 没有写这个单位的报告格式（profile），印不出报告"
        raise NoAccountsError(f"{folder}：{why}；应为能生成报告的单位；请改正 --data 或补上 profile。")
    return data, unit_id, int(year)


@contextmanager
def _project_of(data: Path) -> Iterator[Path]:
    """Make the project that holds `data` the one whose sentences are read; else it is the one here."""
    before = os.environ.get("JUESUAN_ROOT")
    try:
        root = data.parent if (data.parent / "_quarto.yml").is_file() else find_root()
    except ProjectNotFoundError as error:
        raise NoAccountsError(str(error)) from None
    os.environ["JUESUAN_ROOT"] = str(root)
    try:
        yield root
    finally:
        if before is None:
            del os.environ["JUESUAN_ROOT"]
        else:
            os.environ["JUESUAN_ROOT"] = before


def _parts_in_order(form: Profile, report: Written) -> Iterator[str]:
    """Yield the markdown of every section and of the tables after it; charts are pictures, no one edits their numbers."""
    for section in form.sections:
        yield report.texts[section.key].markdown
        for table in (table for table_id in section.tables for table in report.tables[table_id]):
            yield table._repr_mimebundle_()[0]["text/markdown"]


def _told(fact: Fact) -> ExpectedFact:
    return ExpectedFact(
        fact.id, fact.title, fact.printed, fact.value, fact.unit, _cells(fact.sources), max(1, len(fact.sources))
    )


def _cells(sources: Iterable[SourceCell]) -> str:
    """Return cells as an analyst would name them: file, lines, column; the lines of one column together."""
    lines: dict[tuple[str, str], list[str]] = {}
    for cell in sources:
        lines.setdefault((cell.file, cell.column), []).extend([str(cell.row)] if cell.row else [])
    return "；".join(
        f"{file}{f' 第 {_LIST.join(rows)} 行' if rows else ''} {column}" for (file, column), rows in lines.items()
    )


def _table(table: Table) -> ExpectedTable:
    from juesuan.facts import Fact  # noqa: PLC0415
    from juesuan.present.tables_model import cell_text  # noqa: PLC0415

    keys = [column.key for column in table.columns]
    heads = [tuple(column.group or "" for column in table.columns), tuple(column.label for column in table.columns)]
    body = [tuple(cell_text(row.cells.get(key)).strip() for key in keys) for row in table.rows]
    facts = {
        (line + len(heads), place): cell.id
        for line, row in enumerate(table.rows)
        for place, key in enumerate(keys)
        if isinstance(cell := row.cells.get(key), Fact)
    }
    return ExpectedTable(table.title, table.unit, (*heads, *body), facts)


def _background(data: Path, ledger: FactLedger, allowed: list[Allowed]) -> Background:
    printed = {fact.id: fact.printed for fact in ledger}
    folders = frozenset([(ledger.unit_id, ledger.year), *((fact.unit_id, fact.year) for fact in ledger)])
    return read_background(data, Ledger(data, printed, ledger.year, folders), allowed)
