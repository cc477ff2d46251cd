"""The ledger: a number is entered once, found by name, and travels exactly."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.facts.ledger import (
    Check,
    Fact,
    FactClashError,
    Ledger,
    SourceCell,
    UnknownFactError,
    amount_value,
    read_ledger,
)
from juesuan.facts.packing import unpack

COLUMNS = [
    *("id", "unit_id", "year", "title", "printed", "unit", "decimals"),
    *("numerator", "denominator", "formula", "inputs", "sources"),
]
steady = settings(derandomize=True, deadline=None)

values = st.none() | st.builds(Fraction, st.integers(-(2**62), 2**62), st.integers(1, 2**62))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.just("], [")  # as a list's end in JSON
rows = st.none() | st.integers(2, 10**6)
sources = st.builds(SourceCell, texts, rows, texts, texts)
checks = st.builds(
    Check, texts, texts, st.sampled_from(["passed", "rounding", "failed"]), texts,
    st.lists(st.builds(SourceCell, texts, rows, texts), max_size=3).map(tuple),
)  # fmt: skip
facts = st.builds(
    Fact,
    id=st.from_regex(r"[a-z]{1,8}(\.[a-z0-9]{1,6}){0,2}", fullmatch=True),
    unit_id=st.just("office"),
    year=st.just(2021),
    title=texts,
    value=values,
    unit=st.sampled_from(["万元", "%", "人", ""]),
    decimals=st.integers(0, 6),
    formula=texts,
    inputs=st.lists(texts, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=3).map(tuple),
)
ledgers = st.lists(facts, max_size=8, unique_by=lambda fact: fact.id)


def fact(fact_id: str = "income.total.2021", value: str | None = "191.39", unit: str = "万元") -> Fact:
    return Fact(fact_id, "office", 2021, "收入合计", None if value is None else Fraction(value), unit, 2)


def ledger_of(entered: list[Fact], made: list[Check] | None = None) -> Ledger:
    ledger = Ledger("office", 2021)
    for one in entered:
        ledger.enter(one)
    for check in made or []:
        ledger.enter_check(check)
    return ledger


def told_by_script(ledger: Ledger, folder: Path) -> dict[str, Any]:
    ledger.write_script(folder / "facts.js")
    text = (folder / "facts.js").read_text(encoding="utf-8")
    assert text.startswith("globalThis.juesuanFacts = {")
    assert text.endswith("};\n")
    body: dict[str, Any] = json.loads(text.removeprefix("globalThis.juesuanFacts = ").removesuffix(";\n"))
    return body


@steady
@given(ledgers, st.lists(checks, max_size=4, unique=True))
def test_ledger_written_as_json_is_read_back_exactly(entered: list[Fact], made: list[Check]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.json"
        ledger_of(entered, made).write_json(path)
        held = read_ledger(path)
    assert (held.unit_id, held.year, list(held), held.checks) == ("office", 2021, entered, tuple(made))


@steady
@given(ledgers, st.lists(checks, max_size=4))
def test_script_beside_the_json_tells_the_same_exactly(entered: list[Fact], made: list[Check]) -> None:
    ledger = ledger_of(entered, made)
    with TemporaryDirectory() as folder:
        told = told_by_script(ledger, Path(folder))
    for record in told["facts"]:
        record |= {name: record[name] and int(record[name]) for name in ("numerator", "denominator")}
    assert told == ledger.to_body()


def test_whole_numbers_that_a_browser_would_read_wrongly_travel_as_text(tmp_path: Path) -> None:
    ledger = ledger_of([fact(value=str(2**53 - 1)), fact("income.total.2020", str(2**53 + 1))])
    told = [record["numerator"] for record in told_by_script(ledger, tmp_path)["facts"]]
    assert told == [9007199254740991, "9007199254740993"]


@steady
@given(ledgers, st.lists(checks, max_size=4))
def test_files_hold_what_each_fact_says_in_order(entered: list[Fact], made: list[Check]) -> None:
    ledger = ledger_of(entered, made)
    body, files = body_of(ledger), unpacked(ledger)
    assert files["json"].decode() == compact(body) + "\n"
    assert files["parquet"] == parquet_of(body["facts"])
    for record in body["facts"]:
        for name in ("numerator", "denominator"):
            record[name] = str(record[name]) if abs(record[name] or 0) >= 2**53 else record[name]
    assert files["js"].decode() == f"globalThis.juesuanFacts = {compact(body)};\n"


def unpacked(ledger: Ledger) -> dict[str, bytes]:
    """What lies beside the page of a notebook that showed the ledger."""
    with TemporaryDirectory() as folder:
        beside = {ending: Path(folder) / f"facts.{ending}" for ending in ("json", "js", "parquet")}
        unpack(ledger.files(), beside)
        return {ending: path.read_bytes() for ending, path in beside.items()}


def test_what_deflates_to_little_comes_out_whole() -> None:
    made = [Check("T01", "相等" * 5000, "passed", f"左边 {number}") for number in range(60)]
    ledger = ledger_of([], made)
    assert unpacked(ledger)["json"].decode() == compact(body_of(ledger)) + "\n"
    assert len(ledger.files()["json"]) * 50 < len(compact(body_of(ledger)))


def compact(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def body_of(ledger: Ledger) -> dict[str, Any]:
    """What the files hold, put together one fact after another."""
    facts = []
    for one in ledger:
        exact = one.value
        record = {**asdict(one), "printed": one.printed, "inputs": list(one.inputs)}
        record["numerator"] = None if exact is None else exact.numerator
        record["denominator"] = None if exact is None else exact.denominator
        facts.append({name: record[name] for name in COLUMNS} | {"sources": [asdict(cell) for cell in one.sources]})
    checks = [
        {**asdict(one), "cells": [[cell.file, cell.row, cell.column] for cell in one.cells]} for one in ledger.checks
    ]
    return {"unit_id": ledger.unit_id, "year": ledger.year, "facts": facts, "checks": checks}


def parquet_of(records: list[dict[str, Any]]) -> bytes:
    rows = [
        {**one, **{name: json.dumps(one[name], ensure_ascii=False) for name in ("inputs", "sources")}}
        for one in records
    ]
    exact = {name: pd.array([one[name] for one in rows], dtype="Int64") for name in ("numerator", "denominator")}
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(**exact)
    types = {name: "int64" if name in ("year", "decimals") else "str" for name in COLUMNS if name not in exact}
    frame = frame.astype(types)
    return bytes(frame.to_parquet(index=False))


def test_same_check_entered_twice_is_held_once() -> None:
    made = Check("T01", "相等", "passed", "左边 1，右边 1", (SourceCell("office/2021/totals.csv", 2, "final"),))
    assert ledger_of([], [made, made]).checks == (made,)


@steady
@given(ledgers)
def test_frame_of_facts_holds_every_exact_value_in_order(entered: list[Fact]) -> None:
    frame = ledger_of(entered).text().table().to_pandas()
    exact = [
        None if pd.isna(top) else Fraction(int(top), int(bottom))
        for top, bottom in zip(frame["numerator"], frame["denominator"], strict=True)
    ]
    assert exact == [one.value for one in entered]
    assert frame["printed"].tolist() == [one.printed for one in entered]
    assert [tuple(json.loads(text)) for text in frame["inputs"]] == [one.inputs for one in entered]
    assert [tuple(SourceCell(**cell) for cell in json.loads(text)) for text in frame["sources"]] == [
        one.sources for one in entered
    ]


def test_ledger_written_as_parquet_holds_the_frame_of_facts(tmp_path: Path) -> None:
    ledger = ledger_of([fact(), fact("income.total.2020", None)])
    ledger.write_parquet(tmp_path / "facts.parquet")
    held = pd.read_parquet(tmp_path / "facts.parquet")
    assert held["id"].tolist() == ["income.total.2021", "income.total.2020"]
    assert held["printed"].tolist() == ["191.39", "未公开"]
    assert held["numerator"].isna().tolist() == [False, True]


def test_same_fact_entered_twice_is_held_once() -> None:
    ledger = ledger_of([fact(), fact()])
    assert len(ledger) == 1


@pytest.mark.parametrize("other", [fact(value="191.40"), fact(value=None), fact(unit="元")])
def test_another_number_under_a_held_id_is_refused(other: Fact) -> None:
    with pytest.raises(FactClashError, match=r"income\.total\.2021 已登记为 191\.39万元"):
        ledger_of([fact(), other])


def test_unknown_id_is_refused_with_the_nearest_that_is_held() -> None:
    with pytest.raises(UnknownFactError) as refused:
        ledger_of([fact()])["income.totl.2021"]
    assert "没有数字 income.totl.2021（office 2021，共 1 个）" in str(refused.value)
    assert "相近的有 income.total.2021" in str(refused.value)


def test_ledger_says_what_it_holds() -> None:
    ledger = ledger_of([fact()])
    assert "income.total.2021" in ledger
    assert ledger["income.total.2021"] == ledger.get("income.total.2021") == fact()
    assert ledger.get("income.total.2020") is None


def test_missing_value_is_not_known_and_zero_is() -> None:
    assert [(one.known, one.printed) for one in (fact(value=None), fact(value="0"))] == [
        (False, "未公开"),
        (True, "0.00"),
    ]


def test_points_of_a_chart_bear_labels_and_leave_the_unpublished_without_a_place() -> None:
    points = ledger_of([fact(), fact("income.total.2020", None)]).points(
        {"income.total.2020": "2020年", "income.total.2021": "2021年"}
    )
    assert points["label"].tolist() == ["2020年", "2021年"]
    assert points["printed"].tolist() == ["未公开", "191.39"]
    assert math.isnan(points["value"].iloc[0])


def test_amount_of_fen_becomes_an_exact_value_in_its_unit() -> None:
    assert (amount_value(191_390_000), amount_value(None)) == (Fraction(19139, 100), None)
