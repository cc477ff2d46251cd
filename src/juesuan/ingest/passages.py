"""The office's own words: the sections that are known by their headings, as `narrative.md` has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.classification import Classification
from juesuan.describe import PASSAGES
from juesuan.reading.document import Document
from juesuan.reading.document.model import narrowed

_ANY_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分|图\s*\d|表\s*\d)")
_SECTIONS = (
    ("functions", r"主要职[能责]|^职能"),
    ("work", r"重点工作"),
    ("organisation", r"机构设置|单位构成"),
    ("performance.management", r"绩效管理(?:工作)?(?:开展)?情况"),
)
_REASONS = (
    ("reason.operating_funds", r"机关运行经费"),
    ("reason.fiscal", r"财政拨款收入支出决算总体|财政拨款收支"),
    ("reason.general_public", r"一般公共预算财政拨款支出决算总体"),
    ("reason.total", r"收入支出决算总体|收支决算总体"),
)
_REASON = re.compile(r"(?:主要)?原因(?:是|为|:|：)+(?P<words>[^。]{2,300})")
_CONTENTS = re.compile(r"[.·…]{4,}|\d\s*$")
_TAKEN = 12_000


def passages_of(document: Document, year: int, classification: Classification) -> str:
    """Return `narrative.md`; a passage whose place is not certain bears the mark of one to be revised."""
    found: dict[str, tuple[str, bool]] = {}
    for key, words, sure in _passages(document):
        found.setdefault(key, (words, sure))
    lines = []
    for key in PASSAGES:
        if key in found:
            words, sure = found[key]
            title = PASSAGES[key].replace("当年", f"{year}年")
            mark = "" if sure else f"<!-- 待修订：{year}年 -->\n"
            lines.append(f"## {title} {{#{key}}}\n{mark}\n{words}\n")
    return "\n".join(lines)


def _passages(document: Document) -> Iterator[tuple[str, str, bool]]:
    heading, body = "", list[str]()
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if _ANY_HEADING.match(narrowed(text)) and len(text) <= 60 and not text.endswith(("。", ";", "；")):
            yield from _section(heading, body)
            heading, body = re.sub(r"\s", "", narrowed(text)), []
        else:
            body.append(text)
    yield from _section(heading, body)


def _section(heading: str, body: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield what a section holds: a passage whole, or the reasons that it gives for a change."""
    words = "\n\n".join(harmless(one) for one in body if one.strip())[:_TAKEN]
    if not words.strip() or (_CONTENTS.search(heading) and len(words) < 8):
        return
    key = next((key for key, pattern in _SECTIONS if re.search(pattern, heading)), "")
    if key:
        yield key, words, True
        return
    key = next((key for key, pattern in _REASONS if re.search(pattern, heading)), "")
    reasons = [match["words"].strip() for match in _REASON.finditer(words)]
    if key and reasons:
        yield key, reasons[0], len(reasons) == 1


def harmless(text: str) -> str:
    """Return words that stay words in `narrative.md`: no heading, template or tag can come out of a document."""
    text = text.replace("{", "｛").replace("}", "｝").replace("<", "＜").replace(">", "＞").replace("`", "'")
    return re.sub(r"^(\s*)#", r"\1＃", text, flags=re.MULTILINE)
