"""Charts: what is printed on them, what is not drawn, and that they are the same each time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import altair as alt
import pytest
from altair.utils.schemapi import validate_jsonschema
from jsonschema import ValidationError

from juesuan import drawer
from juesuan.drawer import ForkedConverterError
from juesuan.facts import Fact
from juesuan.present import (
    Bar,
    ChangeGroup,
    Chart,
    ExecutionItem,
    Series,
    Slice,
    Step,
    change_columns,
    charts_bars,
    charts_columns,
    charts_layout,
    charts_lines,
    charts_pie,
    execution_bars,
    fact_span,
    ranked_bars,
    structure_pie,
    trend_lines,
    waterfall,
)
from juesuan.present.charts_text import display_width, distinct, wrap

WORDS: dict[str, Any] = {"id": "fig-x", "title": "变动情况", "unit": "万元", "source": "决算", "notes": ["一个注"]}
LABEL = "支出<b></script>"


def fact(value: str | None, unit: str = "万元") -> Fact:
    return Fact(f"f.{value}.{unit}", "office", 2021, "标题", None if value is None else Fraction(value), unit, 2)


def columns(**words: Any) -> Chart:
    groups = [ChangeGroup(LABEL, fact("215.02"), fact("191.394")), ChangeGroup("收入", fact(None), fact("-3"))]
    return change_columns(groups, prior_label="2020年", current_label="2021年", **words)


def pie(**words: Any) -> Chart:
    parts = [Slice(LABEL, fact("180.5"), fact("90.25", "%")), Slice("收入", fact(None), fact(None, "%"))]
    return structure_pie(parts, **words)


def steps(**words: Any) -> Chart:
    return waterfall(fact("10"), [Step(LABEL, fact("-2.5")), Step("收入", fact(None))], fact("7.5"), **words)


def lines(**words: Any) -> Chart:
    return trend_lines([Series(LABEL, [(2019, fact("5")), (2020, fact(None)), (2021, fact("6.5"))])], **words)


def ranks(**words: Any) -> Chart:
    return ranked_bars([Bar("收入", fact(None)), Bar("小", fact("1")), Bar(LABEL, fact("9.5"), marked=True)], **words)


def execution(**words: Any) -> Chart:
    items = [
        ExecutionItem(LABEL, fact("50"), fact("48.7"), fact("97.4", "%")),
        ExecutionItem("收入", fact("5"), fact(None), fact(None, "%")),
    ]
    return execution_bars(items, **words)


Maker = Callable[..., Chart]
PRINTED: dict[Maker, list[str]] = {
    columns: ["215.02", "191.39", "-3.00"],
    pie: ["180.50", "90.25"],
    steps: ["10.00", "-2.50", "7.50"],
    lines: ["5.00", "6.50"],
    ranks: ["1.00", "9.50"],
    execution: ["50.00", "48.70", "97.40", "5.00"],
}
every_chart = pytest.mark.parametrize("make", PRINTED, ids=lambda make: make.__name__)


def texts(chart: Chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg())


def faults_by_schema(chart: Chart) -> list[str]:
    """Return what Vega-Lite's schema says against a chart's specification."""
    try:
        validate_jsonschema(chart.spec, alt.load_schema())
    except ValidationError as error:
        return [error.message]
    return []


@every_chart
def test_drawing_is_what_the_schema_allows(make: Maker) -> None:
    assert faults_by_schema(make(**WORDS)) == []


def panels(**words: Any) -> Chart:
    each = [[(2019, fact("5")), (2021, fact("-6.5"))], [(2020, fact(None))], []]
    return trend_lines([Series(f"第{number}条", points) for number, points in enumerate(each)], **words)


def table(**words: Any) -> Chart:
    return structure_pie([Slice(f"第{place}项", fact("1"), fact("12.5", "%")) for place in range(8)], **words)


@pytest.mark.parametrize("make", [*PRINTED, panels, table], ids=lambda make: make.__name__)
def test_drawing_that_was_laid_out_before_is_what_altair_makes_of_it(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_altair(drawing: Any, /, *kind: Any, **values: Any) -> dict[str, Any]:
        spec: dict[str, Any] = drawing(*kind, **values).to_dict()
        return spec

    make(**WORDS)
    again = make(**WORDS)
    for module in (charts_bars, charts_columns, charts_lines, charts_pie):
        monkeypatch.setattr(module, "filled", by_altair)
        monkeypatch.setattr(module, "inline", lambda rows: alt.InlineData(values=list(rows)))
    assert again.spec == make(**WORDS).spec


def test_altair_puts_a_kind_of_chart_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = columns(**WORDS)
    monkeypatch.setattr(charts_layout._laid_out, "make", None)
    groups = [ChangeGroup("另一项", fact("1"), fact("2"))] * 3
    other = change_columns(groups, prior_label="甲", current_label="乙", **WORDS)
    assert other.spec != first.spec == columns(**WORDS).spec


def test_schema_refuses_a_drawing_that_is_wrong() -> None:
    wrong = pie(**WORDS)
    assert faults_by_schema(replace(wrong, spec={**wrong.spec, "width": "broad"})) != []


def test_pie_of_more_slices_than_fit_beside_it_is_what_the_schema_allows() -> None:
    many = [Slice(f"第{place}项", fact("1"), fact("12.5", "%")) for place in range(8)]
    assert faults_by_schema(structure_pie(many, **WORDS)) == []


@every_chart
def test_each_figure_is_printed_on_the_drawing_and_in_its_text(make: Maker) -> None:
    chart = make(**WORDS)
    drawn = " ".join(texts(chart))
    for figure in PRINTED[make]:
        assert figure in drawn
        assert figure in chart.alt


@every_chart
def test_no_other_decimal_figure_is_on_the_drawing(make: Maker) -> None:
    found = set(re.findall(r"\d+\.\d+", " ".join(texts(make(**WORDS)))))
    assert found == {figure.lstrip("-") for figure in PRINTED[make]}


@every_chart
def test_unknown_is_said_and_noted_and_has_no_position(make: Maker) -> None:
    chart = make(**WORDS)
    assert "未公开" in " ".join(texts(chart))
    assert "未公开" in chart.alt
    assert any("收入" in note or "2020年" in note for note in chart.notes if "图中不画" in note)
    assert "未公开万元" not in chart.alt


def test_unknown_column_has_no_height() -> None:
    rows = [row for data in _inline(columns(**WORDS).spec) for row in data if row.get("printed") == "未公开"]
    assert rows
    assert all(row["value"] is None for row in rows)


def _inline(spec: Any) -> list[list[dict[str, Any]]]:
    return list(spec.get("datasets", {}).values()) + [
        part["data"]["values"] for part in [spec, *spec.get("layer", [])] if "values" in part.get("data", {})
    ]


@every_chart
def test_missing_word_is_refused(make: Maker) -> None:
    for word in WORDS:
        with pytest.raises(TypeError, match=word):
            make(**{name: value for name, value in WORDS.items() if name != word})


@every_chart
def test_labels_cannot_leave_their_place(make: Maker) -> None:
    page = make(**WORDS)._repr_mimebundle_()[0]["text/html"]
    assert page.count("</script>") == 1
    assert "<b>" not in page
    spec = re.search(r'class="vega-spec">(.*)</script>', page, re.DOTALL)
    assert spec
    assert json.loads(spec.group(1)) == make(**WORDS).spec


@every_chart
def test_bundle_brings_every_form_and_loads_nothing(make: Maker) -> None:
    data, metadata = make(**WORDS)._repr_mimebundle_()
    assert set(data) == {"text/html", "image/svg+xml", "text/plain"}
    assert not re.search(r'(src|href)="http', data["text/html"] + data["image/svg+xml"])
    assert "<image" not in data["image/svg+xml"]
    assert re.search(r'<img alt="[^"]*191|<img alt="变动情况', data["text/html"])
    assert metadata["juesuan"]["alt"] == data["text/plain"]
    assert metadata["juesuan"]["notes"][0].endswith(("一个注", "。"))


def test_a_chart_can_be_had_as_pixels() -> None:
    assert columns(**WORDS).png().startswith(b"\x89PNG")


def test_facts_of_a_chart_are_named_once() -> None:
    assert pie(**WORDS).facts == ("f.180.5.万元", "f.90.25.%", "f.None.万元", "f.None.%")


def test_message_heads_the_drawing_without_markup() -> None:
    chart = columns(**WORDS, message=f"减少{fact_span(fact('23.63'))}万元")
    assert "减少23.63万元" in texts(chart)
    assert "减少23.63万元。" in chart.alt


def test_ranked_bars_run_from_the_largest_and_unknown_comes_last() -> None:
    alt = ranks(**WORDS).alt
    assert alt.index(LABEL) < alt.index("小：") < alt.index("收入：")


def test_two_slices_of_one_name_stay_two() -> None:
    chart = change_columns([ChangeGroup("同名", fact("1"), fact("2"))] * 2, prior_label="a", current_label="b", **WORDS)
    assert texts(chart).count("同名") == 2


@pytest.mark.parametrize("shares", [["1"], ["95", "2", "1", "0.6", "0.4"], [str(number) for number in range(1, 15)]])
def test_slice_labels_never_overlap(shares: list[str]) -> None:
    slices = [Slice(f"一个很长很长的科目名称第{share}项", fact(share), fact(share, "%")) for share in shares]
    chart = structure_pie(slices, **WORDS)
    boxes = [row for data in _inline(chart.spec) for row in data if "text" in row]
    for one in boxes:
        near = [other for other in boxes if other["x"] == one["x"] and other is not one]
        assert all(abs(other["y"] - one["y"]) >= 15 for other in near)


def test_empty_charts_say_no_data() -> None:
    for empty in (structure_pie([], **WORDS), trend_lines([], **WORDS), ranked_bars([], **WORDS)):
        assert "无数据" in empty.alt
        assert empty.svg().startswith("<svg")


def test_long_names_are_broken_and_never_cut() -> None:
    name = "社会保障和就业支出（类）行政事业单位养老支出（款）191.39万元"
    broken = wrap(name, 20)
    assert "".join(broken) == name
    assert all(display_width(line) <= 22 for line in broken)
    assert not any(line.startswith(("）", "，")) or line.endswith("（") for line in broken)


def test_equal_labels_are_told_apart() -> None:
    assert len(set(distinct(["同名", "同名"], 20))) == 2


def test_fork_of_a_process_that_drew_is_told_so_rather_than_left_to_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer.forget()  # one that a test before this kept would have drawn
    columns(**WORDS).svg()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(ForkedConverterError, match="spawn"):
        columns(**{**WORDS, "unit": "元"}).svg()


def _digest() -> str:
    shown = [json.dumps(make(**WORDS)._repr_mimebundle_(), ensure_ascii=False) for make in PRINTED]
    return hashlib.sha256("".join(shown).encode()).hexdigest()


def test_bytes_are_the_same_in_another_process() -> None:
    script = f"import runpy; print(runpy.run_path({__file__!r})['_digest']())"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == _digest()
