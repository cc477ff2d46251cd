"""Any file is read into paragraphs and tables; numbers are read however they are written; hostile files are refused."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document as WordDocument

from juesuan.audit import audit_document, audited_record
from juesuan.audit.exceptions import read_exemptions
from juesuan.audit.show_html import html_of
from juesuan.faults import UnreadableError
from juesuan.reading.document import Table, read_document
from juesuan.reading.document.model import narrowed
from juesuan.reading.grammar import figures_of, read_claims
from juesuan.verify.claims import ClaimsError

SENTENCE = "2023年度收入总计112.00万元，比上年100.00万元增加12.00万元，增长13.00%。"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "kind", "value", "half"),
    [
        ("收入191.39万元", "money", "1913900", "50"),
        ("收入1,938万元", "money", "19380000", "5000"),
        ("收入１２３．４５万元", "money", "1234500", "50"),
        ("支出总计 74.03 万元", "money", "740300", "50"),
        ("收入21.27亿元", "money", "2127000000", "500000"),
        ("支出0.39万（含外宾）", "money", "3900", "50"),
        ("支出预算13980元", "money", "13980", "1/2"),
        ("增加(12.50)万元", "money", "-125000", "50"),
        ("增长63.08 %，主要", "percent", "1577/25", "1/200"),
        ("提高1.5个百分点的", "points", "3/2", "1/20"),
        ("接待共139批次", "count", "139", "0"),
        ("因公出国费0万元", "money", "0", "0"),
    ],
)
def test_number_is_read_as_the_interval_that_prints_so(text: str, kind: str, value: str, half: str) -> None:
    figure = figures_of(narrowed(text))[0]
    assert (figure.kind, figure.value, figure.half) == (kind, Fraction(value), Fraction(half))


@pytest.mark.parametrize(
    "text", ["国发〔2014〕45号文件规定", "2020年8月21日发布的", "见附表1所列各项", "单价100万元以上设备没有"]
)
def test_number_that_says_no_amount_is_no_value(text: str) -> None:
    assert not any(one.is_value for one in figures_of(narrowed(text)))


def test_broken_lines_and_the_numbers_over_them_are_joined(tmp_path: Path) -> None:
    lines = [
        "某某市农产品质量安全检测中心二〇二〇年度决算说明如下",
        "二、二〇二〇年度一般公共预算财政拨款安排的支出总额为5.",
        "48万元，比去年增加1.55万元，增长39.4%，原因主要是公务",
        "用车运行支出增加，工作任务较上年有所增加导致支出增加。",
        "因公出国（境）费支出0.00万元，全年安排团组0个、累计0",
        "人次，没有参加其他单位组织的出国团组，与上年情况相同。",
    ]
    document = read_document(written(tmp_path, "a.txt", "\n".join(lines)))
    assert any("支出总额为5.48万元" in one.text for one in document.paragraphs)


def test_table_with_bars_is_a_table_with_its_title_and_unit(tmp_path: Path) -> None:
    text = "一、“三公”经费支出决算表 单位：万元\n项目 | 预算数 | 决算数\n合计 | 8.00 | 5.00\n公务接待费 | 8.00 | 5.00\n"
    (table,) = read_document(written(tmp_path, "a.txt", text)).tables
    assert (table.title, table.unit, table.rows[1]) == ("“三公”经费支出决算表", "万元", ("合计", "8.00", "5.00"))


def test_word_and_web_tables_keep_their_cells_where_columns_are_merged(tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("收入决算表")
    word.add_paragraph("单位：万元")
    table = word.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(0, 2).text = "合计"
    for column, text in enumerate(("201", "一般公共服务支出", "95.00")):
        table.cell(1, column).text = text
    word.save(str(tmp_path / "a.docx"))
    html = "<p>收入决算表</p><p>单位：万元</p><table><tr><td colspan=2>项目<td>合计<tr><td>201<td>一般公共服务支出<td>95.00</table><script>1</script>"
    web = written(tmp_path, "a.html", html)
    for path in (tmp_path / "a.docx", web):
        (block,) = (one for one in read_document(path).blocks if isinstance(one, Table))
        assert (block.title, block.unit) == ("收入决算表", "万元")
        assert block.rows == (("项目", "", "合计"), ("201", "一般公共服务支出", "95.00"))


def test_finding_says_which_number_the_others_fix(tmp_path: Path) -> None:
    text = "甲局2023年度部门决算\n2023年度收入总计121.00万元，比上年100.00万元增加12.00万元，增长12.00%。\n"
    (one,) = audit_document(written(tmp_path, "a.txt", text)).findings
    assert (one.rule, one.printed, one.recomputed) == ("A01", "121.00万元", "112.00万元")


def test_record_has_the_fields_that_programs_read(tmp_path: Path) -> None:
    record = audited_record(audit_document(written(tmp_path, "a.txt", f"甲局2023年度部门决算\n{SENTENCE}\n")))
    assert set(record) == {"file", "findings", "coverage", "seconds"}
    assert set(record["findings"][0]) == {"place", "quote", "rule", "severity", "printed", "recomputed", "message"}
    assert record["coverage"] == {"numbers": 4, "in_claims": 4, "checked": 4, "not_understood": 0}
    json.dumps(record)


def test_page_shows_every_number_with_its_verdict_and_asks_nothing_of_the_internet(tmp_path: Path) -> None:
    page = html_of(audit_document(written(tmp_path, "a<b.txt", f"甲局2023年度部门决算\n{SENTENCE}<script>\n")))
    assert 'class="v exact"' in page
    assert "112.00÷" not in page
    assert "12.00万元÷100.00万元＝12.00%" in page
    assert "http" not in page
    assert page.count("<script>") == 1
    assert "a&lt;b.txt" in page


def exceptions(folder: Path, until: str, quote: str = "增长13.00%") -> Path:
    entry = f'[[exceptions]]\nrule = "A02"\nquote = "{quote}"\nreason = "口径不同"\nauthor = "王某"\nuntil = {until}\n'
    return written(folder, "exceptions.toml", entry)


@pytest.mark.parametrize(
    ("until", "quote", "left", "idle"),
    [
        ("2030-01-01", "增长13.00%", 0, ""),
        ("2020-01-01", "增长13.00%", 1, "到期"),
        ("2030-01-01", "别的话", 1, "已没有这条差错"),
    ],
)
def test_exception_stands_until_its_date_and_while_it_applies(
    until: str, quote: str, left: int, idle: str, tmp_path: Path
) -> None:
    entries = read_exemptions(exceptions(tmp_path, until, quote))
    file = written(tmp_path, "a.txt", f"甲局2023年度部门决算\n{SENTENCE}\n")
    audited = audit_document(file, None, entries, date(2026, 1, 1))
    assert len(audited.findings) == left
    assert audited.exempted is not None
    assert [idle in why for _, why in audited.exempted.idle] == ([True] if idle else [])


def test_exception_without_reason_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "e.toml", '[[exceptions]]\nrule = "A02"\nquote = "x"\n')
    with pytest.raises(ClaimsError, match="reason"):
        read_exemptions(path)


def test_hostile_files_are_refused_in_one_line(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (120 << 20))
    entities = tmp_path / "entities.docx"
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    broken = written(tmp_path, "broken.docx", "not a zip")
    scripts = written(tmp_path, "scripts.html", "<html>" + "<script>x = 1;</script>" * 2000 + "</html>")
    nothing = written(tmp_path, "nothing.txt", "")
    for path in (bomb, entities, huge, broken, scripts, nothing, tmp_path / "none.pdf", tmp_path / "a.xlsx"):
        with pytest.raises(UnreadableError) as caught:
            read_document(path)
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)


def test_year_and_office_are_those_of_the_title(tmp_path: Path) -> None:
    text = f"青山县档案馆\n青山县档案馆2023年度部门决算\n{SENTENCE}\n与2022年度相比，2022年的数已调整。\n"
    reading = read_claims(read_document(written(tmp_path, "a.txt", text)))
    assert (reading.year, reading.office) == (2023, "青山县档案馆")
