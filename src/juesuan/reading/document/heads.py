"""A table whose title and unit stand in its own first rows."""

from __future__ import annotations

import re
from dataclasses import replace

from juesuan.reading.document.model import Block, Table, narrowed

_TITLE_ROWS = 4
_UNIT = re.compile(r"单位[:：]\s*(亿元|万元|元)")
_NUMBER = re.compile(r"^(?:附?表[一二三四五六七八九十\d]{1,3}[:、.\s]*|公开\d+表\s*)")


def headed(block: Block) -> Block:
    """Return the table with the title and the unit that its first rows say, else the block as it is."""
    if not isinstance(block, Table) or block.flowing:
        return block
    title, unit = "", ""
    for row in block.rows[:_TITLE_ROWS]:
        words = [narrowed(cell).replace(" ", "") for cell in row if cell.strip()]
        unit = unit or next((match[1] for one in words if (match := _UNIT.search(one))), "")
        if len(words) == 1 and not title and re.search(r"表$", words[0]) and len(words[0]) <= 60:
            title = _NUMBER.sub("", words[0])
    if not title and not unit:
        return block
    title = title or block.title
    return replace(block, title=title, unit=unit or block.unit, place=replace(block.place, table=title or "表"))
