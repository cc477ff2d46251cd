"""A PDF as a reader sees it: the lines of each page, the text drawn inside charts too."""

from __future__ import annotations

import re
from pathlib import Path

from juesuan.faults import UnreadableError
from juesuan.verify.text import Segment

_JOINERS = dict.fromkeys(map(ord, "\u2060\u200b\ufeff\u00ad"))
_CONTENTS = re.compile(r"(?:^|[\s.·…])[.·…]\s*[—–-]?\s*\d+\s*[—–-]?\s*$")


def read_pdf(path: Path) -> list[Segment]:
    """Return one segment a line, its place the page; a line in which dots lead to a number is of the contents.

    PDFium gives the order in which text was written: for typst's PDFs, that of the report. Raises `UnreadableError`.
    """
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  what only a PDF needs

    try:
        document = PdfDocument(path)
        pages = [page.get_textpage().get_text_range().translate(_JOINERS) for page in document]
        document.close()
    except (PdfiumError, OSError) as error:
        raise UnreadableError(f"{path}：不能读作 PDF（{error}）；应为 PDF 文件；请重新渲染。") from None
    return [
        Segment(line, f"第 {number} 页", "contents" if _CONTENTS.search(line) else "line", page=number)
        for number, text in enumerate(pages, start=1)
        for line in text.splitlines()
    ]
