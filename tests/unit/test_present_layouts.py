"""A table that is filled into a layout is, byte for byte, what great-tables makes of the table itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any, Literal

import pytest

from juesuan.facts import Fact, report_findings
from juesuan.load import load_accounts, years_of
from juesuan.present import Column, Row, Table, make_table, read_profile, tables_html
from juesuan.present.document import written
from juesuan.present.tables_great import by_great_tables
from juesuan.present.tables_html import LayoutError, great_table_html
from juesuan.present.tables_model import Mark

DATA = Path(__file__).resolve().parents[2] / "data"
KINDS: tuple[Literal["item", "group", "total"], ...] = ("item", "group", "total")
OFFICES = ("nanjiang-zwxx", "putuo-guihua")
FIGURE = Fact("a<b", "office", 2021, "甲", Fraction(-1234567, 100), "万元", 2)
UNKNOWN = Fact("c", "office", 2021, "乙", None, "万元", 2)
NAME, TOTAL, PART = Column("name", "名称"), Column("total", "合计", "right"), Column("part", "其中", "right")


def told_by_great_tables(table: Table) -> str:
    kinds = "".join(f" {kind}-table" for kind in ("official", "wide") if getattr(table, kind))
    opening = f'<div class="table-scroll{kinds}" tabindex="0" role="region" aria-label="{escape(table.title)}">'
    return f"{opening}\n{by_great_tables(table)}\n</div>"


def made(*rows: Row, columns: tuple[Column, ...] = (NAME, TOTAL), **changed: Any) -> Table:
    given: dict[str, Any] = {"id": "tbl-a", "title": "甲表", "unit": "万元", "source": "决算", "notes": []}
    return make_table(**{**given, "columns": columns, "rows": rows, **changed})


PLAIN = Row({"name": "办公厅", "total": FIGURE})
GROUPED = (NAME, replace(TOTAL, group="本年"), replace(PART, group="本年"), Column("last", "备注", "center"))
MADE_UP = {
    "without rows": made(),
    "every style of a row": made(*(Row({"name": kind}, kind, level) for kind in KINDS for level in range(6))),
    "markup and braces": made(
        Row({"name": "{{x}} <b>&`\"'%s %(a)s\\1"}),
        title='{a} <i>%d&"',
        unit="%{元}",
        source="\\g<0> {{s}}",
        notes=["100% {n} <u>", "  空 \n 行 "],
    ),
    "words of the layout": made(
        Row({"name": '</tr>\n  <tr>\n</tbody>\n<tbody class="gt_table_body">\n'}), title="<style></style>"
    ),
    "tokens as words": made(Row({"name": "ǂcell1ǂ"}), title="ǂunitǂ", notes=["ǂsourceǂ"]),
    "blank and unknown": made(Row({}), Row({"name": "", "total": UNKNOWN}), Row({"name": None, "total": "NA"})),
    "headings joined": made(PLAIN, Row({"last": Mark("好", "good"), "part": FIGURE}), columns=GROUPED),
    "headings joined and widths": made(PLAIN, columns=tuple(replace(one, width_pct=100 / 3) for one in GROUPED)),
    "one heading twice": made(
        PLAIN,
        columns=(NAME, replace(TOTAL, group="收入"), replace(PART, group="支出"), Column("x", "名称", group="收入")),
    ),
    "headings without words or alike": made(
        PLAIN, columns=(replace(NAME, label=""), replace(TOTAL, label="{%}"), replace(PART, label="{%}"))
    ),
    "keys that are no names": made(
        Row({"a b": "甲", "2021": FIGURE}), columns=(Column("a b", "甲"), Column("2021", "乙"))
    ),
    "keys that headings have too": made(
        Row({"name": "甲"}),
        columns=(
            NAME,
            Column("title", "甲"),
            Column("title-2", "乙", group="name"),
            Column("<i>", "丙", group="title"),
        ),
    ),
    "keys without a letter": made(
        Row({"name": "甲"}), columns=(NAME, Column("<%>", "甲", group="%"), Column("。", "乙", group="<>"))
    ),
    "another column indents": made(Row({"total": "款"}, level=2), columns=(NAME, Column("total", "乙", indents=True))),
    "no text before the figures": made(Row({"total": FIGURE}, level=1), columns=(TOTAL, NAME)),
    "marked": replace(made(PLAIN, notes=["甲"]), marked=True),
    "official and wide": made(PLAIN, official=True, wide=True),
    "blank words": made(PLAIN, title="", unit="", source="", notes=[""]),
    "an id that is no name": made(PLAIN, id="表 <一>&%"),
    "an id of signs": made(PLAIN, id="%%"),
}


def tables_of(unit: str) -> Iterator[Table]:
    """Every official table of an office's years, with a mark and without."""
    for year in years_of(DATA, unit):
        accounts = load_accounts(DATA, unit, year)
        form = read_profile(accounts.unit.profile)
        prior = load_accounts(DATA, unit, year - 1) if year - 1 in years_of(DATA, unit) else None
        found = report_findings(accounts, prior, percent_decimals=form.percent_decimals, budget=form.budget)
        for several in written(found).tables.values():
            yield from (replace(one, marked=marked) for one in several for marked in (False, True))


@pytest.mark.parametrize("table", MADE_UP.values(), ids=MADE_UP)
def test_made_up_table_is_what_great_tables_makes_of_it(table: Table) -> None:
    assert great_table_html(table) == told_by_great_tables(table)


@pytest.mark.parametrize("unit", OFFICES)
def test_every_table_of_the_real_reports_is_what_great_tables_makes_of_it(unit: str) -> None:
    tables = list(tables_of(unit))
    assert len(tables) > 30
    assert [one.id for one in tables if great_table_html(one) != told_by_great_tables(one)] == []


def test_tables_of_one_kind_are_laid_out_once() -> None:
    tables_html._laid_out.made.clear()
    for place in range(5):
        great_table_html(made(Row({"name": f"第{place}"}), title=f"{place}表", notes=[f"{place}"]))
    assert len(tables_html._laid_out.made) == 1


def test_layout_that_great_tables_made_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tables_html._laid_out.made.clear()
    monkeypatch.setattr(tables_html, "by_great_tables", lambda table: by_great_tables(table).replace("tbody", "body"))
    with pytest.raises(LayoutError, match="表身"):
        great_table_html(made())
