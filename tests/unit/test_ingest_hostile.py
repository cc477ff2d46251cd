"""A hostile file gives one line and exit status 2 within ten seconds and a gigabyte, and writes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
_SECONDS, _KILOBYTES = 10, 1 << 20
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
Make = Callable[[Path], Path]


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return path


def a_zip_bomb(folder: Path) -> Path:
    sheet = b"<worksheet>" + b"<row/>" * (40 << 20)
    return zipped(folder / "bomb.xlsx", {"[Content_Types].xml": _TYPES.encode(), "xl/worksheets/sheet1.xml": sheet})


def a_workbook_that_lies_about_its_size(folder: Path) -> Path:
    path = a_zip_bomb(folder)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    raw = path.read_bytes().replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(raw)
    return path


def a_word_file_with_entities(folder: Path) -> Path:
    return zipped(
        folder / "entities.docx", {"[Content_Types].xml": _TYPES.encode(), "word/document.xml": _ENTITIES.encode()}
    )


def a_workbook_with_entities(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["收入支出决算总表"])
    book.save(folder / "clean.xlsx")
    with zipfile.ZipFile(folder / "clean.xlsx") as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        b"<workbook", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook', 1
    )
    (folder / "clean.xlsx").unlink()
    return zipped(folder / "entities.xlsx", members)


def a_pdf_of_two_gigabytes(folder: Path) -> Path:
    path = folder / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 << 30)
    return path


def a_broken_workbook(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["收入支出决算总表"])
    book.save(folder / "broken.xlsx")
    raw = (folder / "broken.xlsx").read_bytes()
    (folder / "broken.xlsx").write_bytes(raw[: len(raw) // 2])
    return folder / "broken.xlsx"


def a_workbook_whose_sheet_is_no_xml(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["收入支出决算总表"])
    book.save(folder / "clean.xlsx")
    with zipfile.ZipFile(folder / "clean.xlsx") as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row><c><v>1"
    (folder / "clean.xlsx").unlink()
    return zipped(folder / "torn.xlsx", members)


def a_workbook_with_a_million_rows(folder: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("收入支出决算总表")
    for _ in range(5_000):
        sheet.append([1])
    book.save(folder / "long.xlsx")
    return folder / "long.xlsx"


def a_page_of_scripts(folder: Path) -> Path:
    path = folder / "page.html"
    path.write_text("<html><body>" + "<script>while(true){}</script>" * 50_000 + "</body></html>", encoding="utf-8")
    return path


def a_page_of_nested_tables(folder: Path) -> Path:
    path = folder / "nested.html"
    path.write_text("<table><tr><td rowspan=60 colspan=60>" * 40_000, encoding="utf-8")
    return path


def a_text_without_accounts(folder: Path) -> Path:
    path = folder / "letter.txt"
    path.write_text("各单位：请于周五前报送材料。\n", encoding="utf-8")
    return path


def a_zip_whose_member_climbs_out(folder: Path) -> Path:
    return zipped(folder / "climb.xlsx", {"../../../escaped.xml": b"<a/>", "[Content_Types].xml": _TYPES.encode()})


def an_empty_workbook(folder: Path) -> Path:
    (folder / "empty.xlsx").write_bytes(b"")
    return folder / "empty.xlsx"


HOSTILE: list[Make] = [
    a_zip_bomb, a_workbook_that_lies_about_its_size, a_word_file_with_entities, a_workbook_with_entities,
    a_pdf_of_two_gigabytes, a_broken_workbook, a_workbook_whose_sheet_is_no_xml, a_workbook_with_a_million_rows,
    a_page_of_scripts, a_page_of_nested_tables, a_text_without_accounts, a_zip_whose_member_climbs_out, an_empty_workbook,
]  # fmt: skip


def run(file: Path, data: Path, *more: str) -> tuple[int, str, float, int]:
    """Return exit status, what was said, seconds of processor and kilobytes of a command in a process of its own.

    A machine that is busy with other tests is no fault of the file: not the clock is asked.
    """
    out = data.parent / "said.txt"
    command = [
        sys.executable,
        "-c",
        "from juesuan.cli import main; main()",
        "import",
        str(file),
        "--data",
        str(data),
        *more,
    ]
    with out.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env={**os.environ})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, out.read_text(encoding="utf-8"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "data"
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "data" / "units.csv", folder / "units.csv")
    shutil.copytree(ROOT / "data" / "classification", folder / "classification")
    return folder


@pytest.mark.parametrize("make", HOSTILE, ids=lambda one: one.__name__)
def test_hostile_file_is_refused_in_one_line(make: Make, data: Path, tmp_path: Path) -> None:
    aside = tmp_path / "files"
    aside.mkdir()
    file, before = make(aside), contents(data)
    status, said, seconds, kilobytes = run(file, data, "--unit", "nanjiang-zwxx", "--year", "2022")
    assert status == 2, said
    assert len(said.strip().splitlines()) == 1, said
    assert "Traceback" not in said
    assert seconds < _SECONDS
    assert kilobytes < _KILOBYTES
    assert contents(data) == before
    assert {one.name for one in tmp_path.iterdir()} == {"files", "project"}
    assert {one.name for one in data.parent.iterdir()} == {"data", "said.txt"}


@pytest.mark.parametrize("unit", ["../escaped", "nanjiang-zwxx/../../escaped", "/tmp/escaped", "nobody", ""])
def test_office_that_is_not_listed_is_refused_with_the_row_to_add(unit: str, data: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "letter.txt", contents(data)
    file.write_text("2022年度部门决算\n本年收入合计10.00万元。\n", encoding="utf-8")
    status, said, _, _ = run(file, data, "--unit", unit, "--year", "2022")
    assert status == 2
    assert len(said.strip().splitlines()) == 1, said
    assert "units.csv" in said
    assert "补一行" in said
    assert contents(data) == before


@pytest.mark.parametrize("year", ["../2022", "22", "２０２２年", "-1"])
def test_year_that_is_none_is_refused(year: str, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("2022年度部门决算\n本年收入合计10.00万元。\n", encoding="utf-8")
    status, said, _, _ = run(file, data, "--unit", "nanjiang-zwxx", f"--year={year}")
    assert status == 2
    assert "应为四位年度" in said


def test_words_of_a_document_stay_words(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<p>南江县政务信息管理办公室2022年度部门决算</p><p>一、主要职能</p>"
        "<p>{{ 7 * 7 }} &lt;script&gt;alert(1)&lt;/script&gt; ## 别的 {#work}</p><p>二、收入决算情况说明</p>"
        "<p>本年收入合计10.00万元。</p>",
        encoding="utf-8",
    )
    run(file, data, "--unit", "nanjiang-zwxx", "--year", "2022")
    words = (data / "nanjiang-zwxx" / "2022" / "narrative.md").read_text(encoding="utf-8")
    assert "主要职能" in words
    assert [one for one in ("{{", "<script", "{#work}") if one in words] == []
