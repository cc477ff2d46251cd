"""The front page: each office's headline figures, a chart, and the way to its reports."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from juesuan.facts import Entry, Findings
from juesuan.present.charts import Chart
from juesuan.present.charts_bars import ranked_bars
from juesuan.present.charts_columns import change_columns
from juesuan.present.display import Text, fact_span, plain_text
from juesuan.present.parts import change_groups, unit_bars
from juesuan.present.views_words import has_part, links_of_year
from juesuan.present.wording import change_words

_MOST_CARDS = 6
_MOST_BARS = 20
_OFFICE_COLUMNS = (
    ("单位", ""),
    ("地区", ""),
    ("有数据的年度", ""),
    ("最近一年", ""),
    ("数额", ' class="number"'),
)
_CARD_ITEMS = {"income.total": "本年收入", "expenditure.total": "本年支出"}


def office_cards(findings: Findings, parts: str = "") -> Text:
    """Return a card for each office whose report is made here (name, figures, checks, links), a line for every other one.

    More offices than a reader would scroll past have a line each too. `parts` names what the site has of each year, with
    commas between; all where it is empty.
    """
    published = findings.entries("published")
    cards = published if len(published) <= _MOST_CARDS and has_part(parts, "report") else ()
    listed = [entry for entry in findings.entries("units") if entry not in cards]
    blocks = [_card(findings, entry, parts) for entry in cards]
    if listed:
        heading = "其他单位" if cards else "全部单位"
        blocks.append(f"## {heading}\n\n{_office_table(findings, listed)}")
    return Text("\n\n".join(blocks) + "\n")


def year_links(findings: Findings) -> Text:
    """Return the way to every year's page."""
    links = " · ".join(f"[{year.name}](pages/explore/years/{year.code}.html)" for year in findings.entries("years"))
    return Text(f"## 各年度\n\n每年一页，各单位放在一起：{links}\n")


def _office_table(findings: Findings, entries: Sequence[Entry]) -> str:
    """Return one row an office in HTML: hundreds of them must stay a light page."""
    main = {entry.code: entry for entry in findings.entries("main")}
    rows = []
    for entry in entries:
        years = "、".join(f"{year.code}年" for year in reversed(findings.entries(f"years.{entry.code}")))
        link = f'<a href="pages/explore/offices/{escape(entry.code)}.html">{escape(entry.name)}</a>'
        of = main[entry.code]
        fact = findings.ledger[of.fact_id]
        figure = f'{fact.year}年{escape(of.name)}</td><td class="number">{fact_span(fact)}{escape(of.note) if fact.known else ""}'
        rows.append(
            f'<tr><th scope="row">{link}</th><td>{escape(entry.note)}</td><td>{years}</td><td>{figure}</td></tr>'
        )
    heads = "".join(f'<th scope="col"{kind}>{name}</th>' for name, kind in _OFFICE_COLUMNS)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'````{{=html}}\n<div class="table-scroll office-table" tabindex="0" role="region" aria-label="单位">{table}</div>\n````'


def front_chart(findings: Findings, *, id: str, source: str) -> Chart:
    """Return income and expenditure of two years for a single office; for several the largest, ranked by expenditure."""
    entries = findings.entries("units")
    if len(entries) > 1:
        known = [bar for bar in unit_bars(findings) if bar.amount.known]
        largest = sorted(known, key=lambda bar: bar.amount.value or 0, reverse=True)[:_MOST_BARS]
        notes = ["只画支出最大的单位。"] if len(known) > _MOST_BARS else []
        return ranked_bars(largest, id=id, title="各单位最近一年的本年支出", unit="万元", source=source, notes=notes)
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


def _card(findings: Findings, entry: Entry, parts: str) -> str:
    year, unit_id = entry.path, entry.code
    page = f"pages/explore/offices/{unit_id}.html"
    lines = [f"::: {{.office}}\n## [{escape(entry.name)}]({page})\n", "::: {.headline-figures}"]
    for item, label in _CARD_ITEMS.items():
        fact = findings.ledger[f"unit.{unit_id}.{item}.{year}"]
        change = _words(findings, entry, item, "", spans=True)
        unit = fact.unit if fact.known else ""
        lines.append(f"::: {{.figure-card}}\n{year}年{label}\n\n**{fact_span(fact)}** {unit}\n\n{change}\n:::")
    passed, total = (findings.ledger[f"unit.{unit_id}.checks.{one}"] for one in ("passed", "total"))
    verdict = "全部相符" if passed.value == total.value else "有不符之处，见报告"
    lines.append(f"::: {{.figure-card}}\n数字核对\n\n**{fact_span(passed)}** / {fact_span(total)} 项\n\n{verdict}\n:::")
    lines.append(":::\n")
    held = findings.entries(f"years.{unit_id}")
    years = [one.code for one in held]
    lines += [f"- {links_of_year(f'pages/{one.code}/{unit_id}', one, years, parts)}" for one in held]
    return "\n".join([*lines, ":::"])


def _words(findings: Findings, entry: Entry, item: str, label: str, *, spans: bool) -> str:
    year, prefix = int(entry.path), f"unit.{entry.code}.{item}"
    facts = [findings.ledger[f"{prefix}.{tail}"] for tail in (year - 1, year, "change", "change_pct")]
    return label + change_words(year - 1, *facts) if spans else plain_text(label + change_words(year - 1, *facts))


def build_note(findings: Findings, built_on: str) -> Text:
    """Say when the site was made and from what."""
    when = f"编制日期：{built_on}。" if built_on else ""
    return Text(f"{when}数字取自{findings.source}，每个数字都在各页的 facts.json 中列有算式和出处。\n")
