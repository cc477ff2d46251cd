"""The office's own words: the sections that are known by their headings, as `narrative.md` has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from juesuan.describe import PASSAGES
from juesuan.reading.document import Document, Table
from juesuan.reading.document.model import narrowed

_ANY_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分|图\s*\d|表\s*\d)"
)
_SECTIONS = (
    ("functions", r"主要职[能责]|^职能"),
    ("work", r"重点工作"),
    ("organisation", r"机构设置|单位构成"),
    ("performance.management", r"绩效管理(?:工作)?(?:开展)?情况"),
)
_REASONS = (
    ("reason.operating_funds", r"机关运行经费"),
    ("reason.fiscal", r"财政拨款收入支出决算总体|财政拨款收支"),
    ("reason.three_public", r"三公"),
    ("reason.general_public", r"一般公共预算财政拨款支出决算(?:总体|具体)"),
    ("reason.total", r"收入支出决算总体|收支决算总体"),
)
_REASON = re.compile(r"(?:主要)?原因(?:是|为|:|：)+(?P<words>[^。]{2,300})")
_PURPOSE = re.compile(r"主要用于[:：]?(?P<words>[^。]{2,300})")
_RECEPTION = re.compile(r"公务接待[^。]{0,80}。?\s*主要用于(?P<words>[^。，,]{2,100})")
_CONTENTS = re.compile(r"[.·…]{4,}|\d\s*$")
_TAKEN, _LONGEST_HEADING, _BEFORE_REASON = 12_000, 60, 24
Passage = tuple[str, str, bool]


def passages_of(document: Document, year: int, said: Mapping[int, str]) -> str:
    """Return `narrative.md`; a passage whose place is not certain bears the mark of one to be revised.

    `said` is the 项 that a paragraph (by its number) speaks of.
    """
    found: dict[str, tuple[str, bool]] = {}
    for key, words, sure in _passages(document, said):
        found.setdefault(key, (words, sure))
    order = list(PASSAGES)
    lines = []
    for key in sorted(found, key=lambda one: (order.index(_general(one)), one)):
        words, sure = found[key]
        title = PASSAGES[_general(key)].replace("当年", f"{year}年")
        mark = "" if sure else f"<!-- 待修订：{year}年 -->\n"
        lines.append(f"## {title} {{#{key}}}\n{mark}\n{words}\n")
    return "\n".join(lines)


def _general(key: str) -> str:
    return re.sub(r"function\.\d+$", "function.<项级科目编码>", key)


def _passages(document: Document, said: Mapping[int, str]) -> Iterator[Passage]:
    """Yield key, words and whether the place is certain; a section ends at the next heading or table."""
    heading, body, number = "", list[str](), -1
    for block in document.blocks:
        text = "" if isinstance(block, Table) else block.text.strip()
        if isinstance(block, Table) or _is_heading(text):
            yield from _section(heading, body)
            heading, body = re.sub(r"\s", "", narrowed(text)), []
        if isinstance(block, Table):
            continue
        number += 1
        if number in said:
            yield from _of_item(said[number], text)
        elif not _is_heading(text):
            body.append(text)
    yield from _section(heading, body)


def _is_heading(text: str) -> bool:
    plain = narrowed(text)
    return bool(_ANY_HEADING.match(plain)) and len(text) <= _LONGEST_HEADING and not plain.endswith(("。", ";"))


def _of_item(code: str, text: str) -> Iterator[Passage]:
    """Yield what a sentence on a 项 says of its purpose and of its difference from the budget."""
    if purpose := _PURPOSE.search(text):
        yield f"purpose.function.{code}", harmless(purpose["words"].strip()), True
    if reason := _REASON.search(text):
        yield f"reason.function.{code}", harmless(reason["words"].strip()), True


def _section(heading: str, body: list[str]) -> Iterator[Passage]:
    """Yield what a section holds: a passage whole, or the reasons that it gives for a change."""
    words = "\n\n".join(harmless(one) for one in body if one.strip())[:_TAKEN]
    if not words.strip() or (_CONTENTS.search(heading) and len(words) < 8):
        return
    if key := next((key for key, pattern in _SECTIONS if re.search(pattern, heading)), ""):
        yield key, words, True
        return
    if key := next((key for key, pattern in _REASONS if re.search(pattern, heading)), ""):
        yield from _reasons(key, words)
    if "三公" in heading and (purpose := _RECEPTION.search(words)):
        yield "purpose.three_public.reception", purpose["words"].strip(), True


def _reasons(key: str, words: str) -> Iterator[Passage]:
    """Yield the reasons of a section, those for a difference from the budget apart; several for one change are not sure."""
    by_key: dict[str, list[str]] = {}
    for match in _REASON.finditer(words):
        of_budget = "预算" in words[max(0, match.start() - _BEFORE_REASON) : match.start()].rpartition("。")[2]
        own = f"{key}.budget" if of_budget else key
        if own in PASSAGES:
            by_key.setdefault(own, []).append(match["words"].strip())
    for own, reasons in by_key.items():
        yield own, reasons[0], len(reasons) == 1


def harmless(text: str) -> str:
    """Return words that stay words in `narrative.md`: no heading, template or tag can come out of a document."""
    text = text.replace("{", "｛").replace("}", "｝").replace("<", "＜").replace(">", "＞").replace("`", "'")
    return re.sub(r"^(\s*)#", r"\1＃", text, flags=re.MULTILINE)
