"""A page that shows a file with every number coloured by its verdict, its working on click; it needs no internet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from juesuan.audit.audit import Audited
from juesuan.audit.judge import Finding
from juesuan.audit.judge.tables import At, Outcome
from juesuan.reading.document import Paragraph, Table
from juesuan.reading.grammar import Figure

_VERDICTS = {
    "exact": "相符", "rounding": "在舍入以内", "wrong": "不符", "doubt": "有疑点", "unchecked": "无从核对", "": "未读懂",
}  # fmt: skip
_STYLE = """
body{font:16px/1.8 "Noto Serif SC","FandolFang","仿宋",serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}table{border-collapse:collapse;margin:1rem 0;font-size:.9rem;display:block;overflow-x:auto}
td,th{border:1px solid #888;padding:.15rem .5rem}td.n{text-align:right}.f td:nth-child(-n+2){white-space:nowrap}
.v{border:0;border-bottom:.15rem solid;padding:0 .1rem;font:inherit;background:none;cursor:pointer;color:inherit}
.exact{border-color:#1b7a3d}.rounding{border-color:#1f5fbf;border-bottom-style:dashed}
.wrong{border-color:#b3261e;background:#fde7e5;border-bottom-style:double}.doubt{border-color:#8a5a00;background:#fff2d6;border-bottom-style:dotted}
.unchecked{border-color:#777;border-bottom-style:dotted}.none{border-color:transparent}
mark{background:#fde7e5;outline:1px solid #b3261e}mark.s2{background:#fff2d6;outline-color:#8a5a00}mark.s3{background:#eef3ff;outline-color:#1f5fbf}
#w{position:fixed;left:1rem;right:1rem;bottom:1rem;max-width:56rem;margin:auto;background:#fff;border:2px solid #333;padding:.6rem 1rem;white-space:pre-line}
#w[hidden]{display:none}.legend span{margin-right:1rem}
"""
_SCRIPT = """
var box=document.getElementById('w');
document.addEventListener('click',function(event){
  var one=event.target.closest('[data-w]');
  if(!one){box.hidden=true;return}
  box.textContent=one.getAttribute('data-w');box.hidden=false});
document.addEventListener('keydown',function(event){if(event.key==='Escape')box.hidden=true});
"""


def html_of(audited: Audited) -> str:
    """Return the page for one file."""
    name = escape(audited.file.name)
    body = escape(audited.fault) if audited.judgement is None else "".join(_body(audited))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name} 核对结果</title><style>{_STYLE}</style></head><body><h1>{name} 核对结果</h1>{body}"
        f'<div id="w" role="status" aria-live="polite" hidden></div><script>{_SCRIPT}</script></body></html>'
    )


def _body(audited: Audited) -> Iterator[str]:
    covered = audited.coverage
    yield (
        f"<p>共 {covered.numbers} 个数字，属于某项陈述的 {covered.in_claims} 个，核对了 {covered.checked} 个，"
        f"未读懂 {covered.not_understood} 个；发现 {len(audited.findings)} 处。</p>"
    )
    if (told := audited.comparison) is not None:
        yield (
            f"<p>与账（{escape(told.folder)}）核对了 {told.compared} 个数字：相符 {told.agreed} 个，"
            f"不符 {told.compared - told.agreed} 个；另有 {told.not_placed} 个在账上找不到对应。</p>"
        )
    yield (
        "<p class=legend>"
        + "".join(
            f'<span><span class="v {key or "none"}">12.34</span> {words}</span>' for key, words in _VERDICTS.items()
        )
        + "</p>"
    )
    yield from _findings(audited.findings)
    yield from _blocks(audited)


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    yield "<table class=f><tr><th>程度<th>位置<th>原文<th>印出<th>应为<th>说明</tr>"
    for number, one in enumerate(findings):
        place = f'<a href="#f{number}">{escape(one.place)}</a>' if one.paragraph >= 0 else escape(one.place)
        cells = (place, *map(escape, (one.quote, one.printed, one.recomputed, one.message)))
        yield f"<tr><td>{one.severity} {one.rule}" + "".join(f"<td>{cell}" for cell in cells) + "</tr>"
    yield "</table>"


def _blocks(audited: Audited) -> Iterator[str]:
    judgement = audited.judgement
    if judgement is None:
        return
    said = iter(judgement.bench.reading.said)
    tables = 0
    for number, block in _numbered(judgement.bench.reading.document.blocks):
        if isinstance(block, Table):
            yield from _table(block, tables, judgement.outcomes)
            tables += 1
        else:
            one = next(said)
            accused = [(place, item) for place, item in enumerate(audited.findings) if item.paragraph == number]
            yield f"<p>{_marked(one.paragraph.text, one.figures, accused)}</p>"


def _numbered(blocks: Iterable[Paragraph | Table]) -> Iterator[tuple[int, Paragraph | Table]]:
    number = 0
    for block in blocks:
        yield number, block
        number += isinstance(block, Paragraph)


def _marked(text: str, figures: Iterable[Figure], accused: Iterable[tuple[int, Finding]]) -> str:
    """Return a paragraph with its numbers as buttons; words that a finding is about are marked."""
    spans: list[tuple[int, int, str, str]] = []
    for number, one in accused:
        rank = {"错误": "s1", "疑点": "s2", "提示": "s3"}[one.severity]
        spans.append(
            (one.start, one.end, f'<mark class={rank} id="f{number}" data-w="{escape(one.message)}">', "</mark>")
        )
    for figure in (one for one in figures if one.is_value):
        if not any(begin < figure.end and figure.start < end for begin, end, _, _ in spans):
            working = "\n".join([_VERDICTS[figure.verdict], *figure.workings])
            opening = f'<button class="v {figure.verdict or "none"}" data-w="{escape(working)}">'
            spans.append((figure.start, figure.end, opening, "</button>"))
    made, at = "", 0
    for begin, end, opening, closing in sorted(spans):
        if begin >= at:
            made += escape(text[at:begin]) + opening + escape(text[begin:end]) + closing
            at = end
    return made + escape(text[at:])


def _table(table: Table, number: int, outcomes: dict[At, Outcome]) -> Iterator[str]:
    yield f"<p><b>{escape(table.title)}</b></p><table>"
    for line, begin, cells in _lines(table):
        shown = (_cell(text, outcomes.get((number, line, begin + column))) for column, text in enumerate(cells))
        yield "<tr>" + "".join(shown) + "</tr>"
    yield "</table>"


def _lines(table: Table, width: int = 8) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield row number, first column and cells; a stream of cells is folded."""
    for line, cells in enumerate(table.rows):
        step = width if table.flowing else max(len(cells), 1)
        for begin in range(0, len(cells), step):
            yield line, begin, cells[begin : begin + step]


def _cell(text: str, outcome: Outcome | None) -> str:
    if outcome is None:
        return f"<td>{escape(text)}"
    working = "\n".join([_VERDICTS[outcome[0]], *outcome[1]])
    return f'<td class=n><button class="v {outcome[0]}" data-w="{escape(working)}">{escape(text)}</button>'
