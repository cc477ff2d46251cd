"""A document's paragraphs read into frames, one pass, in order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from juesuan.reading.document.model import Document, Paragraph
from juesuan.reading.grammar.figures import Figure, figures_of
from juesuan.reading.grammar.frames import Frame
from juesuan.reading.grammar.paragraph import read_paragraph
from juesuan.reading.grammar.telling import Telling

_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d{1,2}、\s*(?=\S{4,30}说明$))\s*(?P<words>[^。]{2,40})$")
_PART = re.compile(r"^\s*第([一二三四五六七八九十]+)部分\s*(?P<words>\S*)")
_TITLE_YEAR = re.compile(r"(?<![比较与同])((?:19|20)\d{2})\s*年度?[^。,]{0,30}?(?:决算|预算|经费)")
_UNCOMPARED_YEAR = re.compile(r"(?<![比较与同按])(?<!相比)((?:19|20)\d{2})\s*年(?!预算|决算|执行)")
_LONGEST_TITLE = 60
_OF_GOVERNMENT = re.compile(r"债务转贷收入|上解上级支出|社会保险基金收入|税收返还")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")


@dataclass
class Said:
    """A paragraph with its numbers, and the section it stands in."""

    paragraph: Paragraph
    figures: list[Figure]
    section: str
    part: str


@dataclass
class Reading:
    """What a document says: paragraphs with numbers, frames in order, the report's year and the office's name."""

    document: Document
    said: list[Said] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    year: int = 0
    office: str = ""
    year_is_stated: bool = True
    is_budget: bool = False
    of_government: bool = False

    def frame_of(self, quantity: str) -> Frame | None:
        """Return the first frame with an amount for the quantity that is no reason's."""
        return next((one for one in self.frames if one.quantity == quantity and one.level and not one.reason), None)


def read_claims(document: Document) -> Reading:
    """Return the frames of all paragraphs."""
    year, stated = report_year(document)
    texts = [one.plain for one in document.paragraphs]
    reading = Reading(
        document,
        year=year,
        office=office_name(document),
        year_is_stated=stated,
        is_budget=not any("决算" in text for text in texts) and any("预算" in text for text in texts),
        of_government=any(_OF_GOVERNMENT.search(text) for text in texts),
    )
    section = part = ""
    for number, paragraph in enumerate(document.paragraphs):
        plain = paragraph.plain
        if heading := _PART.match(plain):
            part, section = heading["words"], ""
        elif heading := _HEADING.match(plain):
            section = heading["words"].strip()
        said = Said(paragraph, [] if re.match(r"https?://", plain) else figures_of(plain), section, part)
        reading.said.append(said)
        told = Telling(number, paragraph, section, reading.frames, reading.year, reading.is_budget)
        read_paragraph(told, said.figures)
    return reading


def report_year(document: Document) -> tuple[int, bool]:
    """Return the report's year (0 where none is named), and whether the document states it.

    A title states it, or every sentence that tells of one year alone; where sentences tell of several, the one that most
    tell of is a guess, against which no other year is wrong.
    """
    texts = [one.plain for one in document.paragraphs]
    titles = [int(year) for text in texts[:12] if _is_title(text) for year in _TITLE_YEAR.findall(text)]
    if titles:
        return Counter(titles).most_common(1)[0][0], True
    named = [int(year) for text in texts for year in _TITLE_YEAR.findall(text)]
    named = named or [int(year) for text in texts for year in _UNCOMPARED_YEAR.findall(text)]
    return (Counter(named).most_common(1)[0][0], len(set(named)) == 1) if named else (0, False)


def _is_title(text: str) -> bool:
    """Say whether a paragraph may be the document's title: short, no sentence, no section's number before it."""
    return len(text) <= _LONGEST_TITLE and not re.search("[。;]", text) and not _HEADING.match(text)


def office_name(document: Document) -> str:
    """Return the office's name: what stands before the year in the title, or most often before 2024年度."""
    pattern = re.compile(
        r"([\u4e00-\u9fff]{4,40}?(?:局|办公室|委员会|中心|政府|办|院|校|站|所|队|会|社|馆|厅|处|部))(?:\([^)]*\))?\s*(?:19|20)\d{2}\s*年"
    )
    found: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        found.update(re.sub(r"^.*(?:部分|[说,。])", "", name) for name in pattern.findall(paragraph.plain))
    return found.most_common(1)[0][0] if found else ""
