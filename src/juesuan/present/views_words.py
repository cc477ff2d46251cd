"""What the explorer's pages say in words before their views: how much there is, how it was checked, where the reports are."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from juesuan.facts import Entry, Findings
from juesuan.present.display import Text, fact_span


def checks_note(findings: Findings) -> Text:
    """Return how many offices and years the page covers, and what the checks of their figures came to."""
    told = findings.ledger
    counted = {name: f"{fact_span(told[f'checks.{name}'])} 项" for name in ("asked", "passed", "rounding", "failed")}
    words = (
        f"这些数字共核对 {counted['asked']}：相符 {counted['passed']}，差在四舍五入之内 {counted['rounding']}，"
        f"不符 {counted['failed']}。逐条结果见[核对]({_up(findings)}checks.html)。"
    )
    return Text(f"::: {{.checks-note}}\n{_covered(findings)}{words}\n:::\n")


def _covered(findings: Findings) -> str:
    told = findings.ledger
    if "explore.units" not in told:
        return ""
    units, years, partial = (fact_span(told[f"explore.{name}"]) for name in ("units", "years", "partial"))
    return f"收录 {units} 个单位的 {years} 个单位年度，其中 {partial} 个只公开了部分数字。"


def _up(findings: Findings) -> str:
    """Return the way from the page to those of the explorer; pages of one office or one year lie a folder deeper."""
    if findings.entries("published") or findings.entries("compared"):  # the front page
        return "pages/explore/"
    return "" if "explore.units" in findings.ledger else "../"


def office_note(findings: Findings, parts: str = "") -> Text:
    """Return the office's name and the way to each year's report, or that the year is known in part; then the checks.

    `parts` names what the site has of each year, with commas between; all where it is empty.
    """
    lines = [f"{escape(findings.unit_name)}，{escape(findings.region)}，{escape(findings.kind)}。", ""]
    years = [year.code for year in findings.entries("years")]
    for year in reversed(findings.entries("years")):
        lines.append(f"- {_office_year(findings, year, years, parts)}")
    return Text("\n".join(lines) + "\n\n" + checks_note(findings).markdown)


def _office_year(findings: Findings, year: Entry, years: Sequence[str], parts: str) -> str:
    compared = f"[{year.code}年各单位](../years/{year.code}.html)"
    if not findings.profile:
        told = f"（{year.note}）" if year.note else ""
        return f"{year.code}年{told}：{compared}；报告不由本站印出，出处见[数据与术语](../terms.html)"
    folder = f"../../{year.code}/{findings.ledger.unit_id}"
    return f"{links_of_year(folder, year, years, parts)} · {compared}" if has_part(parts, "report") else compared


def has_part(parts: str, name: str) -> bool:
    """Say whether a site of these parts (names with commas between; all where empty) has the one called `name`."""
    return not parts or name in parts.split(",")


def links_of_year(folder: str, year: Entry, years: Sequence[str], parts: str = "") -> str:
    """Return the way to the pages of an office's year, those of `parts` alone; `years` are all that the office has."""
    has_prior = str(int(year.code) - 1) in years
    is_later = year.code != min(years)
    named = (
        ("report", "report.html", f"{year.code}年度部门决算", True),
        ("docx", "report.docx", "Word", True),
        ("pdf", "report.pdf", "PDF", True),
        ("checklist", "checklist.html", "公开内容核对", True),
        ("variance", "variance.html", "增减变动分析", has_prior),
        ("trend", "trend.html", "趋势", is_later),
    )
    links = [f"[{words}]({folder}/{file})" for name, file, words, there in named if there and has_part(parts, name)]
    return " · ".join(links) + (f"（{year.note}，其余未公开）" if year.note else "")
