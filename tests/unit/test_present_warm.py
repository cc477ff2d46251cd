"""A process that is to be forked for notebooks fills the caches that they ask, and draws nothing."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import pytest
import vl_convert
from altair.utils.schemapi import validate_jsonschema

from juesuan import drawer
from juesuan.facts import Accounts, report_findings
from juesuan.load import load_accounts, years_of
from juesuan.present import charts_layout, kept, tables_html, templates, views
from juesuan.present.charts_pie import structure_pie
from juesuan.present.display import LedgerView
from juesuan.present.document import written
from juesuan.present.parts import slices
from juesuan.present.warm import warm_up

DATA = Path(__file__).resolve().parents[2] / "data"
OFFICES = ("nanjiang-zwxx", "putuo-guihua")
CACHES = (tables_html._laid_out, templates._bytecode, views._drawn, charts_layout._laid_out)


@pytest.fixture(scope="module")
def accounts() -> dict[tuple[str, int], Accounts]:
    return {(unit, year): load_accounts(DATA, unit, year) for unit in OFFICES for year in years_of(DATA, unit)}


def test_report_after_warming_finds_every_layout_and_section_ready(accounts: dict[tuple[str, int], Accounts]) -> None:
    for cache in CACHES:
        cache.made.clear()
    warm_up(accounts)
    made = [len(cache.made) for cache in CACHES]
    assert min(made) > 7
    for (unit, year), one in accounts.items():
        if not one.partial:
            found = report_findings(one, accounts.get((unit, year - 1)))
            for several in written(found).tables.values():
                [table._repr_mimebundle_() for table in several]
            for name in ("income", "categories", "structure"):
                structure_pie(slices(found, name), id="", title="", unit="", source="", notes=[])
    views.view("lines", unit="nanjiang-zwxx").html()
    assert [len(cache.made) for cache in CACHES] == made


def test_warming_draws_nothing(accounts: dict[tuple[str, int], Accounts], monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    for name in ("svg", "png"):
        monkeypatch.setattr(drawer, name, lambda *_, name=name: drawn.append(name))
    for name in ("vegalite_to_svg", "vegalite_to_png", "svg_to_png"):
        monkeypatch.setattr(vl_convert, name, lambda *_, name=name, **__: drawn.append(name))
    warm_up(accounts)
    assert drawn == []


def test_report_after_warming_is_the_report_before(accounts: dict[tuple[str, int], Accounts]) -> None:
    one, prior = accounts["nanjiang-zwxx", 2021], accounts["nanjiang-zwxx", 2020]
    for cache in CACHES:
        cache.made.clear()
    before = written(report_findings(one, prior)), LedgerView(report_findings(one, prior).ledger)._repr_mimebundle_()
    warm_up(accounts)
    after = written(report_findings(one, prior)), LedgerView(report_findings(one, prior).ledger)._repr_mimebundle_()
    assert before == after


@pytest.mark.parametrize("name", views.DRAWINGS)
def test_drawing_of_a_view_is_what_its_schema_allows(name: str) -> None:
    drawing = views.DRAWINGS[name]()
    if "vega-lite" in drawing["$schema"]:
        validate_jsonschema(drawing, alt.load_schema())
    else:
        assert drawing["$schema"].startswith("https://vega.github.io/schema/vega/")


def test_what_an_earlier_process_made_is_taken_over(
    accounts: dict[tuple[str, int], Accounts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates.compiled.cache_clear()
    warm_up(accounts)
    one = written(report_findings(accounts["nanjiang-zwxx", 2021], None))
    shown = [table._repr_mimebundle_() for several in one.tables.values() for table in several]
    kept.remember(tmp_path / "warm.pickle", "这一版")
    for cache in CACHES:
        cache.made.clear()
        monkeypatch.setattr(cache, "make", None)  # nothing is made again
    templates.compiled.cache_clear()
    assert kept.recall(tmp_path / "warm.pickle", "这一版")
    again = written(report_findings(accounts["nanjiang-zwxx", 2021], None))
    assert again.texts == one.texts
    assert [table._repr_mimebundle_() for several in again.tables.values() for table in several] == shown


def test_what_was_made_by_other_code_or_cut_short_is_not_taken_over(
    accounts: dict[tuple[str, int], Accounts], tmp_path: Path
) -> None:
    warm_up(accounts)
    path = tmp_path / "warm.pickle"
    kept.remember(path, "这一版")
    assert not kept.recall(path, "另一版")
    path.write_bytes(path.read_bytes()[:-100])
    assert not kept.recall(path, "这一版")
    assert not kept.recall(tmp_path / "none", "这一版")
