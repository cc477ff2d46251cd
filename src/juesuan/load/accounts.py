"""One office's accounts of one year, read from `data/<unit_id>/<year>/` and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from juesuan.classification import Classification
from juesuan.faults import Fault, FaultsError, fatal
from juesuan.load.csv_table import CellError, TableReader, decode, read_year
from juesuan.load.held import held
from juesuan.load.narrative_file import Passage, narrative_faults, parse_narrative
from juesuan.load.reasons import missing_reasons
from juesuan.load.source_file import Source, read_source
from juesuan.load.tables import Tables, frame_of
from juesuan.rules import Evaluator, Finding, Record, Records, read_rules
from juesuan.schema import ORIGINS, UNITS, YEAR_TABLES, Table, classification_table

SPARSE_TABLES = frozenset(table.name for table in YEAR_TABLES.values() if table.sparse)


@dataclass(frozen=True)
class Unit:
    """One office: a row of `data/units.csv`.

    `profile` is empty for an office whose report is not ours to publish: it is only compared.
    """

    unit_id: str
    name: str
    short_name: str
    region: str
    level: str
    kind: str
    profile: str
    published_at: str | None


@dataclass(frozen=True)
class Accounts:
    """One office and year. A table that was not published is not in `tables`, but for `totals`, which is then empty."""

    unit: Unit
    year: int
    source: Source
    tables: Tables
    narrative: dict[str, Passage]
    classification: Classification
    findings: tuple[Finding, ...] = ()

    @property
    def folder(self) -> str:
        """The accounts' folder as `data/` names it."""
        return f"{self.unit.unit_id}/{self.year}"

    @cached_property
    def records(self) -> Records:
        """The tables as plain rows, for what is asked of them many times over."""
        return self.tables.records

    @cached_property
    def outcomes(self) -> Counter[str]:
        """How many findings came to each outcome.

        It is kept with them: a forked process that looks at each finding copies the memory that they lie in.
        """
        return Counter(finding.outcome for finding in self.findings)

    @property
    def headline_only(self) -> bool:
        """Say whether nothing but control totals is known of the year."""
        return set(self.tables) <= {"totals"}

    @property
    def partial(self) -> bool:
        """Say whether income or expenditure (收入、支出) is not known in detail; a headline-only year is partial too."""
        return not {"revenue", "expenditure"} <= set(self.tables)


def load_accounts(data: Path, unit_id: str, year: int) -> Accounts:
    """Return the checked accounts of one office and year.

    Raises `FaultsError` with every fatal fault; an office or year that is not there lists what is.
    """
    kept = held(data, unit_id)
    if kept is not None and kept.usable and (unit_id, year) in kept.accounts:
        return kept.accounts[unit_id, year]
    units, faults = read_units(data)
    if unit_id not in units:
        raise FaultsError([*fatal(faults), _no_such_unit(unit_id, units)])
    years = years_of(data, unit_id)
    if year not in years:
        raise FaultsError([*fatal(faults), _no_such_year(unit_id, year, years)])
    classification, more = read_classification(data)
    prior = read_accounts(data, units[unit_id], year - 1, classification)[0] if year - 1 in years else None
    accounts, own = read_accounts(data, units[unit_id], year, classification)
    accounts, broken = judged(accounts, prior)
    if stopping := fatal([*faults, *more, *own, *broken]):
        raise FaultsError(stopping)
    return accounts


def load_years(data: Path, unit_id: str) -> list[Accounts]:
    """Return the checked accounts of every year of one office, oldest first."""
    units, faults = read_units(data)
    if unit_id not in units:
        raise FaultsError([*fatal(faults), _no_such_unit(unit_id, units)])
    return [load_accounts(data, unit_id, year) for year in years_of(data, unit_id)]


def read_units(data: Path) -> tuple[dict[str, Unit], list[Fault]]:
    """Return the offices of `units.csv` by id, and what is wrong with the file."""
    rows, faults = _read_table(data, Path("units.csv"), UNITS, TableReader(UNITS, "data/units.csv"))
    columns = [column.name for column in UNITS.columns]
    told = ({name: row[name] for name in columns} for row in rows)
    return {row["unit_id"]: Unit(**{**row, "profile": row["profile"] or ""}) for row in told}, faults


def read_classification(data: Path) -> tuple[Classification, list[Fault]]:
    """Return the codes and names of `data/classification`, and what is wrong with the files."""
    frames, faults = [], []
    for kind in ("function", "economic"):
        table = classification_table(kind)
        path = Path("classification") / f"{kind}.csv"
        rows, more = _read_table(data, path, table, TableReader(table, f"data/{path.as_posix()}"))
        frames.append(frame_of(table, rows))
        faults += more
    return Classification(*frames), faults


def years_of(data: Path, unit_id: str) -> list[int]:
    """Return the years for which `data/<unit_id>` has a folder, oldest first."""
    folder = data / unit_id
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if is_year(name))


def read_accounts(data: Path, unit: Unit, year: int, classification: Classification) -> tuple[Accounts, list[Fault]]:
    """Return one office's year as its files say, unjudged by the rules, and what is wrong with the files."""
    folder = Path(unit.unit_id) / str(year)
    source, faults = read_source(data, folder)
    tables: dict[str, list[Record]] = {}
    for table in _published_tables(data / folder):
        shown = f"data/{(folder / table.file).as_posix()}"
        reader = TableReader(table, shown, source.precision, classification, year)
        tables[table.name], more = _read_table(data, folder / table.file, table, reader)
        faults += more
    faults += _unknown_files(data, folder) + _unexplained_files(folder, source, tables)
    faults += _unguarded(unit, folder, tables) + _origin_faults(data, folder)
    tables.setdefault("totals", [])
    narrative_path = data / folder / "narrative.md"
    text = decode(narrative_path.read_bytes()) if narrative_path.is_file() else ""
    narrative = parse_narrative(text)
    faults += narrative_faults(f"data/{(folder / 'narrative.md').as_posix()}", narrative.values(), year)
    return Accounts(unit, year, source, Tables(tables), narrative, classification), faults


def _published_tables(folder: Path) -> list[Table]:
    """Return the tables that have a file in a year's folder; a folder without any should have held `totals`."""
    there = [table for table in YEAR_TABLES.values() if (folder / table.file).exists()]
    return there or [YEAR_TABLES["totals"]]


def _unguarded(unit: Unit, folder: Path, tables: Iterable[str]) -> list[Fault]:
    """Return a warning where a report will be made of details that no control total (控制数) guards."""
    if not unit.profile or "totals" in tables:
        return []
    place = f"data/{(folder / 'totals.csv').as_posix()}"
    found, remedy = "没有控制数，明细无从核对", "把正文或附表所印的合计填入 totals.csv"
    return [Fault(place, found, "应有 控制数表", remedy, severity="warning")]


def _read_table(data: Path, path: Path, table: Table, reader: TableReader) -> tuple[list[Record], list[Fault]]:
    if not (data / path).is_file():
        fault = Fault(
            f"data/{path.as_posix()}", "缺少这个文件", f"应有 {table.title}表", "建立文件并填写，列见 data/README.md"
        )
        return [], [fault]
    return reader.read(data / path), reader.faults


def judged(accounts: Accounts, prior: Accounts | None) -> tuple[Accounts, list[Fault]]:
    """Return the accounts with every rule's finding, and the broken rules as faults."""
    precision = accounts.source.precision
    before = prior.records if prior else Records({})
    evaluator = Evaluator(accounts.records, before, precision.unit, precision.decimals, SPARSE_TABLES)
    findings = tuple(evaluator.findings(read_rules()))
    made = replace(accounts, findings=findings)
    failed = [finding for finding in findings if finding.outcome == "failed"] if made.outcomes["failed"] else []
    return made, [_fault_of(accounts, finding) for finding in failed] + missing_reasons(accounts, prior)


def _fault_of(accounts: Accounts, finding: Finding) -> Fault:
    rule = finding.rule
    table = rule.expression.left[0].table
    rows = [row for name, row in finding.cells if name == table]
    group = f"（{finding.group}）" if finding.group else ""
    return Fault(
        f"data/{accounts.folder}/{table}.csv",
        f"{finding.working}{group}",
        f"规则 {rule.id}：{rule.words}",
        "核对两边所列各行，改正录入有误的一格",
        row=rows[0] if len(rows) == 1 else None,
        column=rule.expression.left[0].column,
        severity=rule.severity,
        rule_id=rule.id,
    )


def _unknown_files(data: Path, folder: Path) -> list[Fault]:
    known = {table.file for table in (*YEAR_TABLES.values(), ORIGINS)}
    strays = sorted(path.name for path in (data / folder).glob("*.csv") if path.name not in known)
    expected = f"应为 {'、'.join(sorted(known))} 之一"
    return [Fault(f"data/{(folder / name).as_posix()}", "不认识这个文件", expected, "改名或移走") for name in strays]


def _origin_faults(data: Path, folder: Path) -> list[Fault]:
    """Return what is wrong with `origins.csv`, which says where cells come from and is no table of the accounts."""
    path = folder / ORIGINS.file
    if not (data / path).is_file():
        return []
    return _read_table(data, path, ORIGINS, TableReader(ORIGINS, f"data/{path.as_posix()}"))[1]


def _unexplained_files(folder: Path, source: Source, tables: Iterable[str]) -> list[Fault]:
    shown = f"data/{(folder / 'source.toml').as_posix()}"
    return [
        Fault(shown, f"没有写明 {name}.csv 的出处", f"应有 [files.{name}] 一节", "补写 from", severity="warning")
        for name in tables
        if source.title and not source.files.get(name, {}).get("from")
    ]


def _no_such_unit(unit_id: str, units: Iterable[str]) -> Fault:
    return Fault(
        "data/units.csv", f"没有单位 {unit_id}", f"现有 {'、'.join(sorted(units)) or '（空）'}", "改正 unit 参数"
    )


def _no_such_year(unit_id: str, year: int, years: list[int]) -> Fault:
    there_are = "、".join(str(one) for one in years) or "（空）"
    return Fault(f"data/{unit_id}", f"没有 {year} 年的数据", f"现有 {there_are}", "改正 year 参数，或先建立该年文件夹")


def is_year(name: str) -> bool:
    """Say whether a folder's name is a year."""
    try:
        return str(read_year(name)) == name
    except CellError:
        return False
