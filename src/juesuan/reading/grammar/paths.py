"""科目 that a text names one after the other: 类, then its 款, then their 项."""

from __future__ import annotations

import re

Path = tuple[str, str, str]

_NAME = r"[^()\d,。;:、](?:[^()\d,。;:]|\((?:室|境|护|役|国)\)){1,30}?"
_LEVEL = re.compile(rf"({_NAME})\((类)\)(?:支出)?|({_NAME})\((款)\)|({_NAME})\((项)\)")
_BEFORE_NAME = re.compile(r"^(?:其中|\d+[.、]|[.．,、。:; ])+")


def path_after(path: Path, words: str) -> Path:
    """Return the 类, 款 and 项 that hold after `words`; a 类 ends the 款 and 项 before it."""
    for match in _LEVEL.finditer(words):
        name = _BEFORE_NAME.sub("", (match[1] or match[3] or match[5]).strip())
        if match[2]:
            path = (name, "", "")
        elif match[4]:
            path = (path[0], name, "")
        else:
            path = (path[0], path[1], name)
    return path
