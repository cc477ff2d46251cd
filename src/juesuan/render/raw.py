"""Raw HTML goes past pandoc, which would read every line of it to write it down as it was."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^(`{3,})\{=html\}\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
_MARK = re.compile("\ue000(\\d+)\ue001")


def without_raw(text: str) -> tuple[str, list[str]]:
    """Return markdown with a mark in the place of each block of raw HTML, and the blocks."""
    blocks: list[str] = []

    def held(block: re.Match[str]) -> str:
        blocks.append(block[2])
        return f"{block[1]}{{=html}}\n\ue000{len(blocks) - 1}\ue001\n{block[1]}"

    return (text, []) if _MARK.search(text) else (_BLOCK.sub(held, text), blocks)


def with_raw(made: str, blocks: list[str]) -> str:
    """Return the page that pandoc made with the blocks in their places."""
    return _MARK.sub(lambda mark: blocks[int(mark[1])], made) if blocks else made
