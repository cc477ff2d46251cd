"""The page 数据与术语: the terms, the tables of `data/`, the renamed 科目, the documents behind every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Literal
from urllib.parse import quote

from juesuan.facts import CodeName, TermsFindings, YearSource
from juesuan.present.display import Text, fact_span
from juesuan.present.terms import Term
from juesuan.schema import UNITS, YEAR_TABLES, Table, classification_table

_SITE = "../../"
_KINDS: tuple[Literal["function", "economic"], ...] = ("function", "economic")
_NO_LIMIT = "—"
_NOTHING_RENAMED = "<p>科目表中没有更名的科目。</p>"


def terms_summary(found: TermsFindings) -> Text:
    """Say what the site holds."""
    units, years = (found.ledger[one] for one in ("units.count", "years.count"))
    partial = [one for one in found.sources if one.partial]
    rest = "其中一部分年度只公开了合计数或部分明细，下面逐一注明。" if partial else "各年度都有收入和支出明细。"
    return Text(
        f"本站收有{fact_span(units)}个单位、{fact_span(years)}个单位年度的决算。{rest}"
        "没有公开的数字一律写“未公开”，不以零代替。\n"
    )


def glossary(terms: Sequence[Term]) -> Text:
    """Return the words with their meanings, then the 科目 with code, name and meaning; each has its anchor."""
    words = "\n".join(
        f'<div id="{escape(one.anchor)}"><dt>{escape(one.name)}</dt><dd>{escape(one.meaning)}</dd></div>'
        for one in terms
        if not one.code
    )
    items = [
        (one.anchor, [escape(one.code), escape(one.name), escape(one.meaning)])
        for one in sorted(terms, key=lambda one: one.code)
        if one.code
    ]
    table = _table("科目解释", ["编码", "科目（项）", "用途"], items)
    return _raw(f'<dl class="glossary">\n{words}\n</dl>\n{table}')


def data_tables() -> Text:
    """Return what each table of `data/` is, with a link to those that the whole site shares."""
    shared = [("units.csv", UNITS)]
    shared += [(f"classification/{one.file}", one) for one in (classification_table(kind) for kind in _KINDS)]
    rows = [("", _about(table, _csv(file, file))) for file, table in shared]
    rows += [("", _about(table, escape(table.file))) for table in YEAR_TABLES.values()]
    package = f'<a href="{_SITE}data/datapackage.json">datapackage.json</a>'
    note = f"<p>各年度的表在下面“数据来源”中按单位下载；机器可读的说明是 {package}。</p>"
    return _raw(_table("数据表", ["表", "一行是", "栏目"], rows) + note)


def renamed_items(found: TermsFindings) -> Text:
    """Return the names that a code bore, year by year, for codes that bore several."""
    if not found.renamed:
        return _raw(_NOTHING_RENAMED)
    rows = [(f"code-{one.code}" if first else "", _name_row(one)) for one, first in _firsts(found.renamed)]
    return _raw(_table("科目更名", ["编码", "名称", "启用年度", "停用年度"], rows))


def data_sources(found: TermsFindings) -> Text:
    """Return a folded list of documents for each office: one line a year, with its tables to download."""
    offices = groupby(found.sources, key=lambda one: (one.unit_id, one.unit_name))
    return _raw("\n".join(_office(unit_id, name, list(years)) for (unit_id, name), years in offices))


def price_index(found: TermsFindings) -> Text:
    """Return the price index by which figures are brought to constant prices, or say that there is none."""
    if not found.prices:
        return Text("没有收入价格指数，各页的金额都是当年价格。\n")
    rows = [("", [f"{fact.year}年", fact_span(fact)]) for fact in found.prices]
    return _raw(
        _table("居民消费价格指数（上年为一百）", ["年度", "指数"], rows) + f"<p>文件：{_csv('cpi.csv', 'cpi.csv')}</p>"
    )


def _office(unit_id: str, name: str, years: list[YearSource]) -> str:
    rows = [("", [_year(one), _document(one), _downloads(one)]) for one in reversed(years)]
    table = _table(f"{name}的数据来源", ["年度", "文件和取得的内容", "数据表"], rows)
    return f'<details class="sources" id="source-{escape(unit_id)}">\n<summary>{escape(name)}</summary>\n{table}\n</details>'


def _year(one: YearSource) -> str:
    words = f"{one.year}年"
    if not one.has_report:
        return words
    return f'<a href="{_SITE}pages/{one.year}/{quote(one.unit_id)}/report.html">{words}</a>'


def _document(one: YearSource) -> str:
    """Return the document, its publisher, and what of it was to be had."""
    publisher = f"公开者：{escape(one.publisher)}" if one.publisher else ""
    partial = "只有合计数。" if one.headline_only else "只有部分明细。" if one.partial else ""
    marked = f"<b>{partial}</b>" if partial else ""
    retrieved = f"取得：{escape(one.retrieved)}。" if one.retrieved else ""
    return "<br>".join(part for part in (escape(one.title) or "未写明", publisher, retrieved + marked) if part)


def _downloads(one: YearSource) -> str:
    links = "、".join(_csv(f"{one.unit_id}/{one.year}/{file}", title) for file, title in one.tables)
    return f"{fact_span(one.count)}张：{links}" if one.tables else ""


def _csv(path: str, words: str) -> str:
    return f'<a href="{_SITE}data/{quote(path)}">{escape(words)}</a>'


def _about(table: Table, file: str) -> tuple[str, str, str]:
    columns = "、".join(escape(column.title) for column in table.columns)
    return f'{escape(table.title)}<br><span class="file">{file}</span>', escape(table.row_is), columns


def _name_row(one: CodeName) -> list[str]:
    years = [f"{fact_span(year)}年" if year else _NO_LIMIT for year in (one.since, one.until)]
    return [escape(one.code), escape(one.name), *years]


def _firsts(names: Iterable[CodeName]) -> Iterable[tuple[CodeName, bool]]:
    """Yield each name and whether it is the first of its code, which bears the anchor."""
    before = None
    for one in names:
        yield one, one.code != before
        before = one.code


def _table(title: str, headings: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return a table; a row is its anchor, or "", and its cells as HTML."""
    head = "".join(f'<th scope="col">{one}</th>' for one in headings)
    body = "\n".join(
        f"<tr{f' id={chr(34)}{escape(anchor)}{chr(34)}' if anchor else ''}>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
        for anchor, cells in rows
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(title)}">\n<table class="plain">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _raw(html: str) -> Text:
    """Return HTML that pandoc leaves as it is: the page is for the screen alone."""
    return Text(f"````{{=html}}\n{html}\n````\n")
