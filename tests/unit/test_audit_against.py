"""A report compared with the accounts it was made from: what was altered in it by hand is found, nothing else is."""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pypandoc
import pytest
from typer.testing import CliRunner

from juesuan.audit import Audited, audit_document
from juesuan.audit.against import Expectation, ExpectedFact
from juesuan.audit.against.printed import agrees
from juesuan.cli.accounts import expectation_of
from juesuan.cli.commands import command_line

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))
from audit_against_data import _NUMBER, _SPAN, altered, noticed, plain_text, text_cases, word_cases  # noqa: E402

NANJIANG, PUTUO = ROOT / "data/nanjiang-zwxx/2021", ROOT / "data/putuo-guihua/2024"
AGAINST = ("D01", "D02", "D03", "D04")


@pytest.fixture(scope="module", params=[NANJIANG, PUTUO], ids=["nanjiang", "putuo"])
def expectation(request: pytest.FixtureRequest) -> Expectation:
    return expectation_of(request.param)


@pytest.fixture(scope="module")
def exported(expectation: Expectation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report as Word, HTML and text, without charts."""
    folder = tmp_path_factory.mktemp("exported")
    markdown = "\n\n".join(expectation.parts)
    filters = [f"--lua-filter={ROOT}/report/filters/{name}.lua" for name in ("embedded", "word")]
    for ending, extra in (("docx", filters), ("html", filters[:1])):
        file = str(folder / f"report.{ending}")
        pypandoc.convert_text(markdown, ending, format="markdown", outputfile=file, extra_args=["--standalone", *extra])
    (folder / "report.txt").write_text(plain_text(folder / "report.docx"), encoding="utf-8")
    return folder


def found(result: Audited) -> Counter[str]:
    return Counter(one.rule for one in result.findings if one.rule in AGAINST)


def audited(text: str, folder: Path, expectation: Expectation) -> Audited:
    file = folder / "edited.txt"
    file.write_text(text, encoding="utf-8")
    return audit_document(file, expectation=expectation)


@pytest.mark.parametrize("ending", ["docx", "html", "txt"])
def test_report_as_it_was_exported_agrees_in_every_number(
    ending: str, exported: Path, expectation: Expectation
) -> None:
    result = audit_document(exported / f"report.{ending}", expectation=expectation)
    assert not found(result)
    assert result.comparison is not None
    assert result.comparison.export
    assert result.comparison.agreed == result.comparison.compared > 300
    assert result.comparison.not_placed == 0


@pytest.mark.parametrize("keep", [True, False], ids=["bookmark kept", "bookmark lost"])
def test_figure_altered_in_word_is_found(keep: bool, exported: Path, expectation: Expectation) -> None:
    made = list(word_cases(exported / "report.docx", random.Random(3), 5, keep=keep))
    assert len(made) == 5
    assert all(noticed(raw, ".docx", old, new, expectation) for old, new, raw in made)


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_figure_altered_in_a_page_or_text_is_found(ending: str, exported: Path, expectation: Expectation) -> None:
    text = (exported / f"report.{ending}").read_text(encoding="utf-8")
    made = list(text_cases(text, _SPAN if ending == "html" else _NUMBER, random.Random(5), 5))
    assert len(made) == 5
    assert all(noticed(raw, f".{ending}", old, new, expectation) for old, new, raw in made)


def test_finding_names_the_figure_and_its_cells(tmp_path: Path) -> None:
    expectation = expectation_of(NANJIANG)
    text = "2021年度部门决算\n二、收入决算情况说明\n2021年本年收入合计191.93万元。\n"
    result = audited(text, tmp_path, expectation)
    (one,) = [one for one in result.findings if one.rule == "D01"]
    assert (one.printed, one.recomputed) == ("191.93万元", "191.39万元")
    assert "nanjiang-zwxx/2021/totals.csv 第 2 行 final" in one.message
    assert not found(audited(text.replace("191.93", "191.39"), tmp_path, expectation))


def test_altered_cell_of_a_table_is_found(exported: Path, expectation: Expectation, tmp_path: Path) -> None:
    text = (exported / "report.txt").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if re.match(r"\d{7} \| .*\| \d+\.\d\d", line))
    number = re.findall(r"\d+\.\d\d", row)[0]
    edited = text.replace(row, row.replace(number, altered(number, random.Random(1)), 1), 1)
    assert found(audited(edited, tmp_path, expectation)) == Counter({"D02": 1})


def test_sentence_that_is_gone_and_number_that_is_new_are_pointed_at(
    exported: Path, expectation: Expectation, tmp_path: Path
) -> None:
    lines = (exported / "report.txt").read_text(encoding="utf-8").splitlines()
    at = next(
        n
        for n, line in enumerate(lines)
        if "人员经费" in line and "公用经费" not in line and "万元" in line and "|" not in line
    )
    gone = "\n".join([*lines[:at], *lines[at + 1 :]])
    assert found(audited(gone, tmp_path, expectation))["D04"] >= 1
    new = "\n".join([*lines[:at], "另有待分配资金4321.09万元。", *lines[at:]])
    assert found(audited(new, tmp_path, expectation)) == Counter({"D03": 1})


def test_amount_in_another_unit_or_rounded_agrees() -> None:
    from fractions import Fraction  # noqa: PLC0415

    fact = ExpectedFact("income", "收入", "191.39", Fraction(19139, 100), "万元")
    assert all(agrees(*one, fact) for one in (("1913900", "元"), ("191.4", "万元"), ("191.39", "")))
    assert not any(agrees(*one, fact) for one in (("191.38", "万元"), ("191.39", "元"), ("191.39", "%")))


def test_command_counts_what_was_compared_from_any_folder(
    exported: Path, expectation: Expectation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(exported / "report.docx", tmp_path / "a.docx")
    monkeypatch.chdir(tmp_path)
    folder = str(ROOT / "data" / expectation.folder)
    result = CliRunner().invoke(command_line(), ["audit", "a.docx", "--data", folder, "--json", "--html", "a.html"])
    (record,) = json.loads(result.output)["files"]
    assert record["coverage"]["agreed"] == record["coverage"]["compared"] > 300
    assert record["coverage"]["not_placed"] == 0
    assert min(record["coverage"].values()) >= 0
    assert "与账（" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "folder", ["data/nanjiang-zwxx", "data/nanjiang-zwxx/1999", "tests/unit", "data/daying-baojian/2020"]
)
def test_folder_that_is_no_year_with_a_report_is_refused(folder: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("收入1.00万元。", encoding="utf-8")
    result = CliRunner().invoke(command_line(), ["audit", str(tmp_path / "a.txt"), "--data", str(ROOT / folder)])
    assert result.exit_code == 2
    assert "--data" in result.output


def test_word_file_of_the_fixture_bears_bookmarks(exported: Path) -> None:
    with zipfile.ZipFile(exported / "report.docx") as archive:
        assert archive.read("word/document.xml").count(b'w:name="fact_') > 300
