"""Typst's source becomes a tagged PDF; a character that no font has fails the build, by name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import typst

from juesuan.render.fonts import font_folders

_WITHOUT_GLYPH = re.compile(r"error: PDF/\S+ error: the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


_OF_NOTHING = 3  # two or three reports are kept, half of the memory; to keep none takes a tenth of the time


class PdfError(ValueError):
    """Typst refused its source; the message says why."""


def compile_pdf(source: Path, output: Path, *, root: Path, standards: str | list[str], timestamp: int) -> None:
    """Compile `source`, which may read what lies below `root`, into the PDF `output`.

    Under a standard such as `ua-1` typst refuses a picture without words and a character without a glyph. Raises
    `PdfError`.
    """
    try:
        typst.compile(
            str(source),
            output=str(output),
            root=str(root),
            font_paths=_fonts(),
            timestamp=timestamp,
            pdf_standards=standards,  # type: ignore[arg-type]  # what `_quarto.yml` names; typst refuses another
        )
    except typst.TypstError as error:
        raise PdfError(_in_words(error)) from error
    finally:
        _let_go()


def _let_go() -> None:
    """Let typst forget: it keeps what it laid out for ten compilations, 40 MB a report, and one of nothing counts as one."""
    for _ in range(_OF_NOTHING):
        typst.compile({"main": b""}, format="pdf", font_paths=_fonts())  # type: ignore[call-overload]  # its stub forgets files by name


@cache
def _fonts() -> typst.Fonts:
    """Look for fonts once: that takes longer than a short page does."""
    return typst.Fonts(font_paths=[str(folder) for folder in font_folders()])


def _in_words(error: typst.TypstError) -> str:
    told = f"error: {error}\n{error.diagnostic}"
    lacking = list(dict.fromkeys(_WITHOUT_GLYPH.findall(told)))
    if not lacking:
        return f"typst 报错：{error}"
    named = "、".join(_named(_ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text)) for text in lacking)
    return f"没有一种字体有这些字：{named}；请改用别的字，或安装有这些字的字体。"


def _named(text: str) -> str:
    return f"“{text}”（{' '.join(f'U+{ord(one):04X}' for one in text)}）"
