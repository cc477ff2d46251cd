"""Sections of the report: the sentences of `report/sections`, the figures of the ledger, the analyst's words."""

from __future__ import annotations

import tomllib
from pathlib import Path

from juesuan.facts import Entry, Findings
from juesuan.paths import find_root
from juesuan.present.display import Text, plain_text
from juesuan.present.profile import Section, read_profile
from juesuan.present.templates import Writer

_ITEM_DIGITS = 7
NOT_PUBLISHED_SENTENCE = "本年度没有公开此项的数字，故不列数，也不以零代替。"
NOT_WRITTEN_SENTENCE = "本年度没有公开此项内容。"


def section(findings: Findings, key: str, report: Path | None = None, *, seen: str = "") -> Text:
    """Return a section of the findings' profile with its heading.

    `report` is the folder with profiles and sections, the project's own when not given. Terms are explained where they
    occur in `seen`, the text of the other sections. Raises `ProfileError` for a
    section that the profile has not, and `SectionError` for a template that asks for a figure the ledger has not.
    """
    described = read_profile(findings.profile, report).section(key)
    heading = f"{'#' * described.level} {sentence(findings, described.heading)}\n\n" if described.level else ""
    return Text(heading + _body(report or find_root() / "report", findings, described, seen))


def sentence(findings: Findings, template: str) -> str:
    """Return one sentence written in a notebook, its figures put in, as plain words (for a chart's heading)."""
    return plain_text(Writer(findings).fill(template, "笔记本中的句子").strip())


def paragraph(findings: Findings, template: str) -> Text:
    """Return a paragraph written in a notebook, its figures put in."""
    return Text(Writer(findings).fill(template, "笔记本中的段落").strip() + "\n")


def notes(findings: Findings, table: str) -> list[str]:
    """Return what `source.toml` notes of a table of `data/`, for the foot of what is made from it."""
    return [sentence(findings, one.note) for one in findings.data_sources if one.table == table and one.note]


def control_totals(findings: Findings) -> list[str]:
    """Return the ids of the figures that a reader of the original would look for first."""
    wanted = ("income.total", "expenditure.total", "fiscal.total")
    totals = (fact.id for fact in findings.ledger if not fact.id.startswith("checks."))
    return [one for one in totals if one.removeprefix("unit.").split(".2")[0].endswith(wanted)]


def template_path(folder: Path, profile: str, key: str) -> Path:
    """Return the file of a section's sentences: the profile's own words where it has them, else the common ones."""
    own = folder / "sections" / profile / f"{key}.md"
    return own if own.is_file() else folder / "sections" / f"{key}.md"


def _body(folder: Path, findings: Findings, described: Section, seen: str) -> str:
    path = template_path(folder, findings.profile, described.key)
    if not path.is_file():
        return ""
    if set(described.needs) - findings.published:
        return NOT_PUBLISHED_SENTENCE + "\n"
    if set(described.words) - set(findings.words):
        return NOT_WRITTEN_SENTENCE + "\n"
    terms = _terms(folder, findings, seen) if described.key == "terms" else []
    where = path.relative_to(folder.parent).as_posix()
    return Writer(findings).fill(path.read_text(encoding="utf-8"), where, {"terms": terms})


def _terms(folder: Path, findings: Findings, seen: str) -> list[dict[str, str]]:
    """Return name and meaning of the terms that occur in `seen`, and of every 项 with expenditure."""
    stated = _stated_terms(folder)
    words = [term for term in stated if "name" in term and term["name"] in seen]
    meanings = {term["code"]: term["meaning"] for term in stated if "code" in term}
    items = [entry for entry in _spent_items(findings) if entry.code in meanings]
    return [*words, *({"name": entry.path or entry.name, "meaning": meanings[entry.code]} for entry in items)]


def unexplained_items(findings: Findings, report: Path | None = None) -> list[Entry]:
    """Return the 项 with expenditure that `terms.toml` does not explain."""
    explained = {term.get("code") for term in _stated_terms(report or find_root() / "report")}
    return [entry for entry in _spent_items(findings) if entry.code not in explained]


def _stated_terms(folder: Path) -> list[dict[str, str]]:
    stated: list[dict[str, str]] = tomllib.loads((folder / "terms.toml").read_text(encoding="utf-8"))["terms"]
    return stated


def _spent_items(findings: Findings) -> list[Entry]:
    """Return the 项 of 一般公共预算 under their full names, then those that other funds alone were spent on."""
    items = list(findings.entries("function_item"))
    named = {entry.code for entry in items}
    others = (entry for entry in findings.entries("codes.spent") if len(entry.code) == _ITEM_DIGITS)
    return [*items, *(one for one in others if one.code not in named and findings.ledger[one.fact_id].value != 0)]
