"""A Word file is finished: what pandoc cannot write into one is put into its parts.

The same is done to Quarto's files when `juesuan` renders with it; `quarto render` by itself leaves wide tables upright,
the contents for Word to fill in, and a list's numbers hanging.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from juesuan.render.word_document import finished

_LEVEL = re.compile(r'(<w:lvl w:ilvl="(\d)">(?:(?!</w:lvl>).)*?)<w:lvlText\b(.*?)<w:ind\b[^>]*/>', re.DOTALL)
_CORE = re.compile(r"<(dc:title|dc:creator|dc:subject|dc:language)>[^<]*</\1>|<(?:dc:creator|dc:subject)\s*/>")
_PROPERTY = re.compile(r"<property\b.*?</property>", re.DOTALL)
_EAST_ASIAN = re.compile(r'(<w:(?:lang|themeFontLang)\b[^>]*w:eastAsia=")[^"]*"')
_TWO_CHARACTERS = 640


def finish_word(path: Path, front: dict[str, Any], filled: Callable[[str], str] = str) -> None:
    """Finish the Word file at `path`, whose page has this front matter; written aside and moved into place.

    `filled` puts into its document what pandoc did not see.

    Raises `WordFileError` for a file that is not as pandoc makes it.
    """
    aside = path.with_name(f".{path.name}.new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            raw = _finished_part(member.filename, old.read(member), front, filled)
            how = zipfile.ZIP_STORED if member.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(member.filename, member.date_time), raw, how)
    aside.replace(path)


def _finished_part(name: str, raw: bytes, front: dict[str, Any], filled: Callable[[str], str]) -> bytes:
    match name:
        case "word/document.xml":
            made = finished(filled(raw.decode("utf-8")))
        case "word/numbering.xml":
            made = with_numbers_in_the_line(raw.decode("utf-8"))
        case "word/styles.xml" | "word/settings.xml":
            made = _EAST_ASIAN.sub(r'\1zh-CN"', raw.decode("utf-8"))
        case "docProps/core.xml":
            made = with_properties(raw.decode("utf-8"), front)
        case "docProps/custom.xml":  # the page's options, which pandoc puts there: no reader's business
            made = _PROPERTY.sub("", raw.decode("utf-8"))
        case _:
            return raw
    return made.encode("utf-8")


def with_numbers_in_the_line(numbering: str) -> str:
    """Return `numbering.xml` with each item set as a paragraph is: its number indented two characters, then the words.

    Pandoc hangs a number by a quarter of an inch, which “10.” in 三号 overruns to the next tab.
    """

    def level(match: re.Match[str]) -> str:
        left = _TWO_CHARACTERS * int(match.group(2))
        indent = f'<w:ind w:left="{left}" w:firstLine="{_TWO_CHARACTERS}" />'
        return f'{match.group(1)}<w:suff w:val="space" /><w:lvlText{match.group(3)}{indent}'

    return _LEVEL.sub(level, numbering)


def with_properties(core: str, front: dict[str, Any]) -> str:
    """Return `core.xml` with title, subject and language; a report's title is its office, which is who made it."""
    office, of_what = str(front.get("title") or ""), str(front.get("subtitle") or "")
    stated = {
        "dc:title": office + of_what,
        "dc:subject": of_what,
        "dc:creator": office,
        "dc:language": "zh-CN",
    }
    written = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in stated.items())
    return _CORE.sub("", core).replace("</cp:coreProperties>", f"{written}</cp:coreProperties>")
