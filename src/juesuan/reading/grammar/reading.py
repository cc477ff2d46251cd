"""A document's paragraphs read into frames, one pass, in order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from juesuan.reading.document.model import Document, Paragraph
from juesuan.reading.grammar.figures import Figure, figures_of
from juesuan.reading.grammar.frames import Frame
from juesuan.reading.grammar.paragraph import ParagraphReader

_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d{1,2}、\s*(?=\S{4,30}说明$))\s*(?P<words>[^。]{2,40})$")
_PART = re.compile(r"^\s*第([一二三四五六七八九十]+)部分\s*(?P<words>\S*)")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?[^。,]{0,30}?(?:决算|预算|经费)")
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

    def frame_of(self, quantity: str) -> Frame | None:
        """Return the first frame with an amount for the quantity that is no reason's."""
        return next((one for one in self.frames if one.quantity == quantity and one.level and not one.reason), None)


def read_claims(document: Document) -> Reading:
    """Return the frames of all paragraphs."""
    reading = Reading(document, year=report_year(document), office=office_name(document))
    section = part = ""
    for number, paragraph in enumerate(document.paragraphs):
        plain = paragraph.plain
        if heading := _PART.match(plain):
            part, section = heading["words"], ""
        elif heading := _HEADING.match(plain):
            section = heading["words"].strip()
        said = Said(paragraph, [] if re.match(r"https?://", plain) else figures_of(plain), section, part)
        reading.said.append(said)
        ParagraphReader(number, said.paragraph, said.figures, section, reading.frames, reading.year).read()
    return reading


def report_year(document: Document) -> int:
    """Return the year that the title speaks of, else the one named most; 0 where none is."""
    texts = [one.plain for one in document.paragraphs]
    titles = [int(year) for text in texts[:12] for year in _TITLE_YEAR.findall(text)]
    named = titles or [int(year) for text in texts for year in _YEAR.findall(text)]
    return Counter(named).most_common(1)[0][0] if named else 0


def office_name(document: Document) -> str:
    """Return the office's name: what stands before the year in the title, or most often before 2024年度."""
    pattern = re.compile(
        r"([\u4e00-\u9fff]{4,40}?(?:局|办公室|委员会|中心|政府|办|院|校|站|所|队|会|社|馆|厅|处|部))(?:\([^)]*\))?\s*(?:19|20)\d{2}\s*年"
    )
    found: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        found.update(re.sub(r"^.*(?:部分|[说,。])", "", name) for name in pattern.findall(paragraph.plain))
    return found.most_common(1)[0][0] if found else ""
