"""What `data/` holds for the whole site, the price index and the mark, is read or refused at its place."""

from fractions import Fraction
from pathlib import Path

import pytest

from juesuan.faults import FaultsError
from juesuan.load import check_data, read_price_index, site_mark

DATA = Path(__file__).resolve().parents[2] / "data"
HEADER = "year,index_pct,source\n"


def test_the_price_index_of_a_year_is_exact_and_years_come_in_order(tmp_path: Path) -> None:
    (tmp_path / "cpi.csv").write_text(f"{HEADER}2021,100.9,甲\n2020,102.5,甲\n", encoding="utf-8")
    assert list(read_price_index(tmp_path).items()) == [(2020, Fraction(1025, 10)), (2021, Fraction(1009, 10))]


def test_the_committed_index_covers_every_year_that_an_office_has_without_a_gap() -> None:
    prices = read_price_index(DATA)
    years = {year for _, year in check_data(DATA).accounts}
    assert list(prices) == list(range(min(prices), max(prices) + 1))
    assert years <= set(prices)


def test_without_the_files_there_is_no_index_and_no_mark(tmp_path: Path) -> None:
    assert read_price_index(tmp_path) == {}
    assert site_mark(tmp_path) == ""


INDEX_FAULTS = {
    "increase-for-index": ("2020,2.5,甲\n", 2, "index_pct", "“2.5” 不像上年＝100的指数", "涨2.5%填 102.5"),
    "zero": ("2020,0,甲\n", 2, "index_pct", "“0” 不像"),
    "not-a-number": ("2020,一百,甲\n", 2, "index_pct", "“一百” 不是数字"),
    "blank-index": ("2020,,甲\n", 2, "index_pct", "空白"),
    "year-in-words": ("2020年,102.5,甲\n", 2, "year", "“2020年” 不是年度"),
    "year-twice": ("2020,102.5,甲\n2020,102.6,甲\n", 3, "year", "与第 2 行重复"),
    "no-source": ("2020,102.5,\n", 2, "source", "应填出处"),
    "year-left-out": ("2019,102.9,甲\n2021,100.9,甲\n", None, "year", "2019年之后接着2021年", "补上2020年"),
    "header-only": ("", None, "", "只有表头"),
}


@pytest.mark.parametrize(("body", "row", "column", "words"), [(b, r, c, w) for b, r, c, *w in INDEX_FAULTS.values()],
                         ids=INDEX_FAULTS)  # fmt: skip
def test_a_faulty_index_is_refused_at_its_place(
    founding_data: Path, body: str, row: int | None, column: str, words: list[str]
) -> None:
    (founding_data / "cpi.csv").write_text(HEADER + body, encoding="utf-8")
    with pytest.raises(FaultsError):
        read_price_index(founding_data)
    checked = check_data(founding_data)
    assert not checked.usable
    (fault,) = [fault for fault in checked.faults if fault.file == "data/cpi.csv"]
    assert (fault.row, fault.column) == (row, column)
    assert all(word in str(fault) for word in words)


def test_a_directory_in_place_of_the_index_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "cpi.csv").mkdir()
    with pytest.raises(FaultsError, match="不是文件"):
        read_price_index(tmp_path)


def test_the_mark_is_the_words_that_the_file_states(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('mark = " 示例数据 "\n', encoding="utf-8-sig")
    assert site_mark(tmp_path) == "示例数据"


MARK_FAULTS = {
    "not-toml": ("mark: 示例", "", "不是 TOML"),
    "not-a-text": ("mark = 1", "mark", "mark 是 1"),
    "misspelt": ('marks = "示例数据"', "marks", "不认识 marks"),
    "two-lines": ('mark = "示例\\n数据"', "mark", "2 行"),
    "an-essay": (f'mark = "{"示例" * 40}"', "mark", "有 80 个字"),
}


@pytest.mark.parametrize(("text", "column", "words"), MARK_FAULTS.values(), ids=MARK_FAULTS)
def test_a_faulty_mark_is_refused_and_stops_a_build(founding_data: Path, text: str, column: str, words: str) -> None:
    (founding_data / "site.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=words):
        site_mark(founding_data)
    checked = check_data(founding_data)
    assert not checked.usable
    (fault,) = [fault for fault in checked.faults if fault.file == "data/site.toml"]
    assert fault.column == column
