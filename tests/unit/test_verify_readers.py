"""What a reader of a finished file takes for its words: the corners that few files have."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from juesuan.verify import UnreadableError
from juesuan.verify.read_docx import read_docx
from juesuan.verify.read_html import HtmlReader


def test_words_after_the_end_of_a_web_page_are_read_and_a_stretch_left_open_hides_nothing_of_the_next(
    tmp_path: Path,
) -> None:
    reader = HtmlReader(tmp_path)
    assert [one.text for one in reader.read("<p>5<div hidden>6<h2>7")] == ["5"]
    assert [(one.text, one.kind) for one in reader.read("<td>8</td></html>9")] == [("8", "cell"), ("9", "text")]


def word_file(path: Path, body: str, declared: str = '<?xml version="1.0" encoding="UTF-8"?>') -> Path:
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{declared}<w:document {spaces}><w:body>{body}</w:body></w:document>")
    return path


def test_word_paragraph_says_its_own_words_and_a_text_box_comes_after_it_once(tmp_path: Path) -> None:
    box = "<w:p><w:r><w:t>框内7</w:t></w:r></w:p>"
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:tabs><w:tab/></w:tabs></w:pPr>'
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "<w:t>一、收<!-- 3 -->入</w:t><w:tab/><w:delText>4</w:delText><w:instrText>PAGE 5</w:instrText></w:r></w:p>"
        '<w:tbl><w:tr><w:tc><w:p><w:r><wp:docPr descr="图6"/><w:t>8</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )
    place = "一、收入"
    assert [(one.text, one.place, one.kind) for one in read_docx(word_file(tmp_path / "a.docx", body))] == [
        ("一、收入\t", place, "heading"),
        ("框内7", place, "text"),
        ("图6", place, "alt"),
        ("8", place, "cell"),
    ]


@pytest.mark.parametrize(
    "declared", ["", '<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0' encoding='us-ascii'?>"]
)
def test_word_file_that_is_no_xml_is_refused_in_the_words_of_one_parser(declared: str, tmp_path: Path) -> None:
    file = word_file(tmp_path / "a.docx", "<w:p>&nbsp;</w:p>", declared)
    with pytest.raises(UnreadableError, match=r"undefined entity"):
        read_docx(file)
