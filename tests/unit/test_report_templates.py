"""What `report/` says is words only: every figure comes from the ledger, every name it calls is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

REPORT = Path(__file__).resolve().parents[2] / "report"
SECTIONS = sorted((REPORT / "sections").rglob("*.md"))
PROFILES = sorted((REPORT / "profiles").glob("*.toml"))
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TYPED = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?")


def typed_figures(template: str) -> list[str]:
    """Return the figures typed into a template's words, its expressions aside."""
    return _TYPED.findall(_EXPRESSION.sub("", template))


@pytest.mark.parametrize("path", SECTIONS, ids=[path.stem for path in SECTIONS])
def test_no_figure_is_typed_into_a_sentence(path: Path) -> None:
    assert typed_figures(path.read_text(encoding="utf-8")) == []


def test_a_typed_figure_would_be_found() -> None:
    assert typed_figures('本年收入{{ amount("income.total.2021") }}，比上年增加74.03万元') == ["74.03"]


def test_no_figure_is_typed_into_an_explanation() -> None:
    stated = tomllib.loads((REPORT / "terms.toml").read_text(encoding="utf-8"))["terms"]
    assert [term for term in stated if typed_figures(term["meaning"])] == []
    assert len({term.get("name", term.get("code")) for term in stated}) == len(stated)


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_a_profile_lists_each_section_once_and_every_template_is_used(path: Path) -> None:
    keys = [one["key"] for one in tomllib.loads(path.read_text(encoding="utf-8"))["sections"]]
    assert len(keys) == len(set(keys))
    assert {one.stem for one in SECTIONS if one.parent.name == path.stem} <= set(keys)


def test_every_template_is_asked_for_by_some_profile() -> None:
    asked = {one["key"] for path in PROFILES for one in tomllib.loads(path.read_text(encoding="utf-8"))["sections"]}
    assert {one.stem for one in SECTIONS} <= asked


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_the_statement_has_its_eleven_sections_in_order(path: Path) -> None:
    sections = tomllib.loads(path.read_text(encoding="utf-8"))["sections"]
    headings = [one["heading"] for one in sections if one["level"] == 2 and not one["key"].startswith("annex")]
    statement = headings[headings.index("一、收入支出决算总体情况说明") :]
    assert [one.split("、")[0] for one in statement] == [*"一二三四五六七八九十", "十一"]
