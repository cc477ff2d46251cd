"""Sections of the report: the sentences of `report/sections`, the figures of the ledger, the analyst's words."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from juesuan.facts import Findings, UnknownFactError
from juesuan.paths import find_root
from juesuan.present.display import Text, plain_text
from juesuan.present.findings_words import FindingsWording
from juesuan.present.wording import Wording

NOT_PUBLISHED_SENTENCE = "本年度没有公开此项的数字，故不列数，也不以零代替。"


class SectionError(ValueError):
    """A section cannot be written; the message says which file and what to do."""


def section(findings: Findings, key: str, report: Path | None = None) -> Text:
    """Return a section of the findings' profile with its heading.

    `report` is the folder with profiles and sections, the project's own when not given. Raises `SectionError` for a
    section that the profile has not, and for a template that asks for a figure the ledger has not.
    """
    folder = report or find_root() / "report"
    described = _described(folder, findings.profile, key)
    level = int(described["level"])
    heading = f"{'#' * level} {described['heading']}\n\n" if level else ""
    return Text(heading + _body(folder, findings, described))


def sections(findings: Findings, *keys: str) -> Text:
    """Return several sections, one after another; raises as `section`."""
    return Text("\n\n".join(section(findings, key).markdown.strip() for key in keys) + "\n")


def sentence(findings: Findings, template: str) -> str:
    """Return one sentence written in a notebook, its figures put in, as plain words (for a chart's heading)."""
    return plain_text(_render(findings, template, "笔记本中的句子", None).strip())


def paragraph(findings: Findings, template: str) -> Text:
    """Return a paragraph written in a notebook, its figures put in."""
    return Text(_render(findings, template, "笔记本中的段落", None).strip() + "\n")


def notes(findings: Findings, table: str) -> list[str]:
    """Return what `source.toml` notes of a table of `data/`, for the foot of what is made from it."""
    note = findings.notes.get(table)
    return [note] if note else []


def control_totals(findings: Findings) -> list[str]:
    """Return the ids of the figures that a reader of the original would look for first."""
    wanted = ("income.total", "expenditure.total", "fiscal.total")
    return [fact.id for fact in findings.ledger if fact.id.removeprefix("unit.").split(".2")[0].endswith(wanted)]


def template_path(folder: Path, key: str) -> Path:
    """Return the file of a section's sentences."""
    return folder / "sections" / f"{key}.md"


@lru_cache(maxsize=16)
def read_profile(path: Path) -> dict[str, Any]:
    """Return a profile of `report/profiles`."""
    if not path.is_file():
        there_are = "、".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise SectionError(f"{path.name}：没有这个报告格式；现有 {there_are}；请改正 data/units.csv 的 profile 一列。")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _described(folder: Path, profile: str, key: str) -> dict[str, Any]:
    sections = read_profile(folder / "profiles" / f"{profile}.toml")["sections"]
    for one in sections:
        if one["key"] == key:
            return dict(one)
    there_are = "、".join(one["key"] for one in sections)
    raise SectionError(f"报告格式 {profile} 没有 {key} 一节；现有 {there_are}。")


def _body(folder: Path, findings: Findings, described: dict[str, Any]) -> str:
    path = template_path(folder, described["key"])
    if not path.is_file():
        return ""
    missing_tables = set(described.get("needs", ())) - findings.published
    missing_words = set(described.get("words", ())) - set(findings.words)
    if missing_tables or missing_words:
        return NOT_PUBLISHED_SENTENCE + "\n"
    terms = _terms(folder, findings) if described["key"] == "terms" else []
    return _render(findings, path.read_text(encoding="utf-8"), f"report/sections/{path.name}", terms)


def _render(findings: Findings, template: str, where: str, terms: list[dict[str, str]] | None) -> str:
    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    vocabulary = {**Wording(findings).vocabulary(), **FindingsWording(findings).vocabulary()}

    def words(key: str) -> str:
        text = findings.words.get(key)
        return "" if text is None else str(environment.from_string(text).render(vocabulary))

    vocabulary |= {"words": words, "terms": terms or []}
    try:
        return str(environment.from_string(template).render(vocabulary))
    except jinja2.TemplateSyntaxError as error:
        raise SectionError(f"{where} 第 {error.lineno} 行：{error.message}；请改正模板语法。") from None
    except jinja2.UndefinedError as error:
        raise SectionError(f"{where}：{error.message}；可用的名称有 {'、'.join(sorted(vocabulary))}。") from None
    except UnknownFactError as error:
        raise SectionError(f"{where}：{error}") from None


def _terms(folder: Path, findings: Findings) -> list[dict[str, str]]:
    """Return the terms that this report uses: those without `when`, and those whose figure was published."""
    stated = tomllib.loads((folder / "terms.toml").read_text(encoding="utf-8"))["terms"]
    wording = Wording(findings)
    return [term for term in stated if "when" not in term or wording.known(term["when"])]
