"""A whole county's `data/`, made aside and put in place."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from juesuan.schema import UNITS, YEAR_TABLES
from juesuan.swap import staging_folder, swap_in
from juesuan.synthetic.accounts import Row, Year, account, in_wan, tables
from juesuan.synthetic.codes import completed
from juesuan.synthetic.disclosed import disclosed
from juesuan.synthetic.draw import dice
from juesuan.synthetic.narrative import narrative
from juesuan.synthetic.offices import FIRST_YEAR, REGION, Office, county

SITE = 'mark = "示例数据"\n'
_PUBLISHER = "示例县人民政府门户网站（示例，并无此站）"
_PROFILE = "sichuan-2021"
_YEARS = re.compile(r"(\d{4})(?::(\d{4}))?")


def read_years(text: str) -> range:
    """Return the years that `2019:2024`, or a single `2021`, says; raises `ValueError` for anything else."""
    match = _YEARS.fullmatch(text.strip())
    years = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
    if not years:
        raise ValueError(f"年度“{text}”不行；应写成 2019:2024（起、止）或 2021")
    return years


def make_county(into: Path, units: int, years: range, seed: int, classification: Path) -> None:
    """Make `into` the `data/` of a made-up county: `units` offices, `years`, the codes of `classification`.

    An office's year depends on `seed`, office and year alone, byte for byte. One that there was not in `years` is left
    out. Raises `ValueError` for numbers that cannot be, `FileExistsError` where `into` holds what was not made here.
    """
    if not years or years[0] <= FIRST_YEAR or years[-1] > 2099:
        raise ValueError(f"年度 {list(years) or '（空）'} 不行；应在 {FIRST_YEAR + 1} 到 2099 之间")
    refuse_to_lose(into, into)
    offices = [one for one in county(units, seed) if any(one.published(year) for year in years)]
    staged = staging_folder(into.parent, ".county-")
    try:
        _write_common(staged, offices, classification)
        for office in offices:
            _write_office(staged / office.unit_id, office, years)
        swap_in(staged, into)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def refuse_to_lose(into: Path, data: Path) -> None:
    """Raise `FileExistsError` where `into` holds anything while `data` is no made-up county."""
    holds = into.is_file() or (into.is_dir() and any(not one.name.startswith(".") for one in into.iterdir()))
    site = data / "site.toml"
    if holds and not (site.is_file() and SITE in site.read_text(encoding="utf-8")):
        raise FileExistsError(f"{into}：已有别的内容，不是示例数据；请另指一处。")


def _write_common(folder: Path, offices: Iterable[Office], classification: Path) -> None:
    shutil.copytree(classification, folder / "classification")
    codes = folder / "classification" / "function.csv"
    codes.write_text(completed(codes.read_text(encoding="utf-8-sig")), encoding="utf-8")
    if (prices := classification.parent / "cpi.csv").is_file():
        shutil.copyfile(prices, folder / "cpi.csv")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    rows: list[Row] = [
        {"unit_id": one.unit_id, "name": one.name, "short_name": one.short_name, "region": REGION, "level": "county",
         "kind": one.kind.nature, "profile": _PROFILE, "published_at": _PUBLISHER}
        for one in offices
    ]  # fmt: skip
    _write_table(folder / "units.csv", [column.name for column in UNITS.columns], rows)


def _write_office(folder: Path, office: Office, years: range) -> None:
    prior = account(office, years[0] - 1) if office.published(years[0] - 1) else None
    for year in years:
        made = account(office, year) if office.published(year) else None
        if made:
            _write_year(folder / str(year), made, prior)
        prior = made


def _write_year(folder: Path, year: Year, prior: Year | None) -> None:
    folder.mkdir(parents=True)
    files = tables(year) | disclosed(year)
    for name, rows in files.items():
        _write_table(folder / f"{name}.csv", [column.name for column in YEAR_TABLES[name].columns], rows)
    (folder / "narrative.md").write_text(narrative(year, prior), encoding="utf-8")
    (folder / "source.toml").write_text(_source(year, files), encoding="utf-8")


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(name, "")) for name in header] for row in rows)
    path.write_bytes(text.getvalue().encode())


def _cell(value: str | int) -> str:
    return in_wan(value) if isinstance(value, int) else value


def _source(year: Year, files: Iterable[str]) -> str:
    office = year.office
    chance = dice(office.seed, office.unit_id, year.year, "days")
    approved = date(year.year + 1, 8, 15) + timedelta(days=chance.randint(0, 25))
    published = approved + timedelta(days=chance.randint(3, 20))
    head = (
        "# 示例数据：由程序按种子生成，不是任何单位的真实决算。",
        f'title = "{office.name}{year.year}年度部门决算（示例）"',
        f'publisher = "{_PUBLISHER}"',
        'retrieved = "由程序生成"',
        'amount_unit = "万元"',
        "decimals = 2",
        f"approved = {approved}",
        f"published = {published}",
    )
    parts = [f'[files.{name}]\nfrom = "示例数据，由程序生成"\n' for name in files]
    return "\n".join([*head, "", *parts])
