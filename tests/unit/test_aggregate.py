"""Every office at once: the data set answers as analysis does of one office, to the last digit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import Say

from juesuan.aggregate import FactsSetError, comparison, gather_facts, held_years, trend, variance, write_year
from juesuan.aggregate.facts_set import LARGEST
from juesuan.analysis.comparison import compare_units
from juesuan.analysis.variance import change_between
from juesuan.facts import Fact, Ledger
from juesuan.money import round_half_up

AMOUNTS = st.one_of(st.none(), st.integers(-LARGEST, LARGEST), st.integers(-300, 300))
Told = dict[tuple[int, str, str], int | None]


def figures(rows: dict[tuple[str, str], int | None]) -> pa.Table:
    names = list(rows)
    return pa.table(
        {
            "measure": pa.array([measure for measure, _ in names], pa.string()),
            "unit_id": pa.array([unit for _, unit in names], pa.string()),
            "unit": pa.array(["万元"] * len(names), pa.string()),
            "value": pa.array(list(rows.values()), pa.int64()),
        }
    )


def data_set(folder: Path, told: Told) -> Path:
    for year in sorted({year for year, _, _ in told}):
        write_year(folder, year, figures({(m, u): value for (of, m, u), value in told.items() if of == year}))
    return folder


def hundredths(exact: Fraction | None) -> int | None:
    return None if exact is None else int(round_half_up(exact, 2) * 100)


def plain(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload,no-any-return]


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.tuples(AMOUNTS, AMOUNTS), min_size=1)
)
def test_variance_is_that_of_analysis(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[tuple[str, str], tuple[int | None, int | None]]
) -> None:
    told: Told = {(year, *name): pair[at] for name, pair in drawn.items() for at, year in enumerate((2020, 2021))}
    found = variance(data_set(tmp_path_factory.mktemp("set"), told), 2021)
    by_name = {(row.measure, row.unit_id): row for row in found.itertuples()}
    assert set(by_name) == {name for name, pair in drawn.items() if pair != (None, None)}
    for name, row in by_name.items():
        change = change_between(*drawn[name])
        assert (plain(row.prior), plain(row.current), plain(row.change)) == (*drawn[name], change.change_fen)
        expected = change.change_pct if change.prior_fen and change.prior_fen > 0 else None
        assert plain(row.change_pct_hundredths) == hundredths(expected)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6) | st.integers(0, LARGEST), min_size=1))
def test_ranks_are_those_of_analysis(tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, int]) -> None:
    found = comparison(
        data_set(tmp_path_factory.mktemp("set"), {(2021, "m", unit): fen for unit, fen in drawn.items()}), 2021
    )
    frame = pd.DataFrame({"unit_id": list(drawn), "final_fen": pd.array(list(drawn.values()), dtype="Int64")})
    ranked = compare_units(frame.assign(headcount=pd.array([1] * len(drawn), dtype="Int64")))
    assert dict(zip(found["unit_id"], found["rank"], strict=True)) == dict(
        zip(ranked["unit_id"], ranked["rank"], strict=True)
    )
    assert set(found["of"]) == {len(drawn)}
    total = sum(drawn.values())
    for row in found.itertuples():
        assert plain(row.share_pct_hundredths) == (hundredths(Fraction(100 * int(row.value), total)) if total else None)


def test_the_trend_goes_from_the_first_known_year_to_the_last(tmp_path: Path) -> None:
    told: Told = {
        (2019, "m", "x"): None, (2020, "m", "x"): 11_736, (2021, "m", "x"): 19_139, (2022, "m", "x"): None,
        (2021, "m", "y"): 5, (2019, "n", "y"): None,
    }  # fmt: skip
    found = trend(data_set(tmp_path, told))
    rows = {(row.measure, row.unit_id): row for row in found.itertuples()}
    assert set(rows) == {("m", "x"), ("m", "y")}
    x = rows["m", "x"]
    assert (x.first_year, x.last_year, x.known_years, x.first, x.last, x.change) == (
        2020,
        2021,
        2,
        11_736,
        19_139,
        7_403,
    )
    assert x.change_pct_hundredths == 6308
    assert rows["m", "y"].change == 0


def page(folder: Path, year: int, unit: str, *facts: Fact) -> None:
    ledger = Ledger(unit, year)
    for one in facts:
        ledger.enter(one)
    (folder / str(year) / unit).mkdir(parents=True)
    ledger.write_parquet(folder / str(year) / unit / "facts.parquet")


def test_pages_are_gathered_as_whole_fen_without_rates_and_last_year_s_figures(tmp_path: Path) -> None:
    page(
        tmp_path / "pages", 2021, "nanjiang",
        Fact("income.total.2021", "nanjiang", 2021, "收入", Fraction("191.39"), "万元", 2),
        Fact("income.total.2020", "nanjiang", 2020, "收入", Fraction("117.36"), "万元", 2),
        Fact("income.total.change_pct", "nanjiang", 2021, "增长率", Fraction("63.08"), "%", 2),
        Fact("staff.posts", "nanjiang", 2021, "编制", Fraction(12), "人", 0),
        Fact("budget", "nanjiang", 2021, "预算", None, "万元", 2),
    )  # fmt: skip
    assert gather_facts(tmp_path / "pages", tmp_path / "set") == {2021: 3}
    found = comparison(tmp_path / "set", 2021).set_index("measure")["value"]
    assert found.to_dict() == {"income.total": 191_390_000, "staff.posts": 12}


def test_a_year_gathered_again_leaves_the_other_years(tmp_path: Path) -> None:
    folder = data_set(tmp_path, {(2020, "m", "x"): 1, (2021, "m", "x"): 2})
    before = (folder / "year=2020" / "facts.parquet").read_bytes()
    write_year(folder, 2021, figures({("m", "x"): 3}))
    assert (folder / "year=2020" / "facts.parquet").read_bytes() == before
    assert held_years(folder) == [2020, 2021]
    assert comparison(folder, 2021)["value"].tolist() == [3]
    assert sorted(one.name for one in folder.iterdir()) == ["year=2020", "year=2021"]


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path) -> None:
    folder = data_set(tmp_path, {(2021, "income.total", "x"): 1})
    with pytest.raises(FactsSetError, match=r"没有 \[2019\] 年；现有 \[2021\]"):
        comparison(folder, 2019)
    with pytest.raises(FactsSetError, match=r"没有数字 incom；现有 income\.total"):
        comparison(folder, 2021, ["incom"])
    with pytest.raises(FactsSetError, match=r"没有 facts\.parquet"):
        gather_facts(tmp_path / "nowhere", tmp_path / "set")


def test_a_figure_too_large_to_reckon_with_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FactsSetError, match="应不大于"):
        write_year(tmp_path, 2021, figures({("m", "x"): LARGEST + 1}))
    assert held_years(tmp_path) == []


def test_the_command_gathers_the_pages_of_a_project(
    project: Path, juesuan_here: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    said = juesuan_here("facts")
    assert said.status == 2 and "请先运行 juesuan run" in said.errors
    page(project / "pages", 2021, "甲", Fact("income.total.2021", "甲", 2021, "收入", Fraction(2), "万元", 2))
    said = juesuan_here("facts")
    assert (said.status, said.errors) == (0, "")
    assert said.out.replace("\n", "").endswith("2021年 1 个数")
    assert comparison(project / "build" / "facts", 2021)["value"].tolist() == [2_000_000]
