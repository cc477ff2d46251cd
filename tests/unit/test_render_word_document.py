"""A Word document's sections and tables, finished from what pandoc wrote."""

from __future__ import annotations

import re

import pytest

from juesuan.render.word_document import WordFileError, finished

UPRIGHT = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838" /><w:pgMar w:top="1" w:right="2" w:bottom="3" w:left="4" '
    'w:header="5" w:footer="6" w:gutter="0" /></w:sectPr>'
)
BEGIN, END = (f'<w:p><w:pPr><w:pStyle w:val="WideTable{which}" /></w:pPr></w:p>' for which in ("Begin", "End"))
PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="BodyText" /></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
NOTE = PARAGRAPH.replace("BodyText", "TableNote")


def row(style: str = "Compact") -> str:
    return f'<w:tr><w:tc><w:tcPr /><w:p><w:pPr><w:pStyle w:val="{style}" /></w:pPr></w:p></w:tc></w:tr>'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def made(*parts: str) -> str:
    return finished(f"<w:body>{''.join(parts)}{UPRIGHT}</w:body>")


def lies(document: str) -> list[bool]:
    """Return whether each section lies on its side, in order."""
    sections = re.findall(r"<w:sectPr>.*?</w:sectPr>", document)
    return ["landscape" in section for section in sections]


def test_the_last_row_alone_keeps_with_the_note_that_follows() -> None:
    document = made(table(row(), row()), NOTE, table(row(), row()), PARAGRAPH, NOTE)
    kept = ["<w:keepNext />" in one for one in re.findall(r"<w:tr>.*?</w:tr>", document)]
    assert kept == [False, True, False, False]


def test_an_empty_cell_is_small_where_its_table_is_and_only_there() -> None:
    document = made(table(row("WideTableText"), row()), table(row()))
    assert re.findall(r'w:val="(Compact|WideTableText)"', document) == ["WideTableText", "WideTableText", "Compact"]


def test_a_wide_table_lies_and_what_stands_round_it_is_upright() -> None:
    document = made(PARAGRAPH, BEGIN, PARAGRAPH, table(row()), NOTE, END, PARAGRAPH)
    assert lies(document) == [False, True, False]
    assert not re.search("WideTable(Begin|End)", document)


def test_wide_tables_in_a_row_have_no_upright_page_between_them() -> None:
    assert lies(made(PARAGRAPH, BEGIN, NOTE, END, BEGIN, NOTE, END, PARAGRAPH)) == [False, True, True, False]


@pytest.mark.parametrize("wide", [table(row()), ""])
def test_a_section_that_ends_without_a_paragraph_ends_in_an_empty_one(wide: str) -> None:
    document = made(PARAGRAPH, BEGIN, wide, END, PARAGRAPH)
    assert lies(document) == [False, True, False]
    assert len(re.findall(r"<w:p>", re.sub(r"<w:tbl>.*?</w:tbl>", "", document))) == 3


def test_a_document_without_a_section_is_refused() -> None:
    with pytest.raises(WordFileError, match="sectPr"):
        finished("<w:body></w:body>")
