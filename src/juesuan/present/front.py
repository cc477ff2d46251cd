"""The front page: each office's headline figures, a chart, and the way to its reports."""

from __future__ import annotations

from html import escape

from juesuan.facts import Entry, Findings
from juesuan.present.charts import Chart
from juesuan.present.charts_bars import ranked_bars
from juesuan.present.charts_columns import change_columns
from juesuan.present.display import Text, fact_span, plain_text
from juesuan.present.parts import change_groups, unit_bars
from juesuan.present.wording import change_words

_CARD_ITEMS = {"income.total": "本年收入", "expenditure.total": "本年支出"}


def office_cards(findings: Findings) -> Text:
    """Return one card an office: name, latest year's figures with their change, checks, links to every year."""
    return Text("\n\n".join(_card(findings, entry) for entry in findings.entries("units")))


def front_chart(findings: Findings, *, id: str, source: str) -> Chart:
    """Return income and expenditure of two years for a single office, the offices' expenditure ranked for several."""
    entries = findings.entries("units")
    if len(entries) > 1:
        return ranked_bars(
            unit_bars(findings), id=id, title="各单位最近一年的本年支出", unit="万元", source=source, notes=[]
        )
    only, year = entries[0], int(entries[0].path)
    prefix = f"unit.{only.code}."
    return change_columns(
        change_groups(findings, _CARD_ITEMS, prefix),
        prior_label=f"{year - 1}年",
        current_label=f"{year}年",
        id=id,
        title=f"{only.name}收支变动情况",
        message=_words(findings, only, "expenditure.total", "本年支出", spans=False),
        unit="万元",
        source=source,
        notes=[],
    )


def _card(findings: Findings, entry: Entry) -> str:
    year, unit_id = entry.path, entry.code
    lines = [f"::: {{.office}}\n## {escape(entry.name)}\n", "::: {.headline-figures}"]
    for item, label in _CARD_ITEMS.items():
        fact = findings.ledger[f"unit.{unit_id}.{item}.{year}"]
        change = _words(findings, entry, item, "", spans=True)
        unit = fact.unit if fact.known else ""
        lines.append(f"::: {{.figure-card}}\n{year}年{label}\n\n**{fact_span(fact)}** {unit}\n\n{change}\n:::")
    passed, total = (findings.ledger[f"unit.{unit_id}.checks.{one}"] for one in ("passed", "total"))
    verdict = "全部相符" if passed.value == total.value else "有不符之处，见报告"
    lines.append(f"::: {{.figure-card}}\n数字核对\n\n**{fact_span(passed)}** / {fact_span(total)} 项\n\n{verdict}\n:::")
    lines.append(":::\n")
    lines += [_year_line(entry, one, findings) for one in findings.entries(f"years.{unit_id}")]
    return "\n".join([*lines, ":::"])


def _year_line(entry: Entry, year: Entry, findings: Findings) -> str:
    folder = f"pages/{year.code}/{entry.code}"
    links = [
        f"[{year.code}年度部门决算]({folder}/report.html)",
        f"[Word]({folder}/report.docx)",
        f"[PDF]({folder}/report.pdf)",
        f"[公开内容核对]({folder}/checklist.html)",
    ]
    years = {one.code for one in findings.entries(f"years.{entry.code}")}
    if str(int(year.code) - 1) in years:
        links += [f"[增减变动分析]({folder}/variance.html)", f"[趋势]({folder}/trend.html)"]
    links.append(f"[各单位比较](pages/explore/comparison-{year.code}.html)")
    note = f"（{year.note}，明细未公开）" if year.note else ""
    return f"- {' · '.join(links)}{note}"


def _words(findings: Findings, entry: Entry, item: str, label: str, *, spans: bool) -> str:
    year, prefix = int(entry.path), f"unit.{entry.code}.{item}"
    facts = [findings.ledger[f"{prefix}.{tail}"] for tail in (year - 1, year, "change", "change_pct")]
    return label + change_words(year - 1, *facts) if spans else plain_text(label + change_words(year - 1, *facts))


def build_note(findings: Findings, built_on: str) -> Text:
    """Say when the site was made and from what."""
    when = f"编制日期：{built_on}。" if built_on else ""
    return Text(f"{when}数字取自{findings.source}，每个数字都在各页的 facts.json 中列有算式和出处。\n")
