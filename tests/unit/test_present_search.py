"""What the search knows: every office, 科目, term and heading, each once, and nothing that the site does not hold."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from juesuan.facts import Searched, TermsFindings, searched, terms_findings
from juesuan.load import Accounts, check_data
from juesuan.present import (
    all_terms,
    data_sources,
    data_tables,
    glossary,
    price_index,
    renamed_items,
    search_script,
    terms_script,
    terms_summary,
)
from juesuan.present.pinyin import _key, _known, keep_pinyin, pinyin
from juesuan.present.terms import Term

DATA = Path(__file__).resolve().parents[2] / "data"
OFFICES = ("nanjiang-zwxx", "putuo-guihua")


@pytest.fixture(scope="module")
def accounts() -> list[Accounts]:
    return [one for (unit_id, _), one in check_data(DATA).accounts.items() if unit_id in OFFICES]


@pytest.fixture(scope="module")
def subjects(accounts: list[Accounts]) -> Searched:
    return searched(accounts)


@pytest.fixture(scope="module")
def found(accounts: list[Accounts]) -> TermsFindings:
    return terms_findings(accounts)


@pytest.fixture(scope="module")
def index(subjects: Searched, found: TermsFindings) -> dict[str, Any]:
    return search_script(subjects, all_terms(found)).body  # type: ignore[no-any-return]


def headings_of(index: dict[str, Any], unit_id: str, year: int) -> list[list[str]]:
    """Return text, anchor and pinyin of an office-year's headings."""
    for office, at, shape in index["reports"]:
        if index["offices"][office][0] == unit_id and index["years"][at] == year:
            return [index["headings"][place] for place in index["shapes"][shape][0]]
    raise AssertionError(f"no report of {unit_id} {year}")


def years_in(index: dict[str, Any], bits: int) -> list[int]:
    return [year for place, year in enumerate(index["years"]) if bits >> place & 1]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("重庆市", "chong qing shi"),
        ("“三公”经费", "san gong jing fei"),
        ("绿化", "lv hua"),
        ("公开01表", "gong kai 01 biao"),
    ],
)
def test_pinyin_is_as_it_is_typed(text: str, typed: str) -> None:
    assert pinyin(text) == typed


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project whose build keeps its files, in a process that knows no pinyin."""
    monkeypatch.setenv("JUESUAN_ROOT", str(tmp_path))
    _known.cache_clear()
    _key.cache_clear()
    yield tmp_path / "build"
    _known.cache_clear()
    _key.cache_clear()


def test_pinyin_that_was_kept_is_told_without_its_library(kept_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_pinyin()
    assert not kept_in.exists()
    kept_in.mkdir()
    for name in ("重庆市", "重阳节"):
        typed = pinyin(name)
        keep_pinyin()
        _known.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert (pinyin("重庆市"), pinyin("重阳节")) == ("chong qing shi", typed)
    with pytest.raises(ImportError):
        pinyin("绿化")
    assert [path.name for path in kept_in.iterdir()] == ["pinyin.json"]


@pytest.mark.parametrize("spoil", ["setting", "cut"])
def test_pinyin_kept_of_another_setting_or_cut_short_counts_as_none(
    kept_in: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    kept_in.mkdir()
    pinyin("重庆市")
    keep_pinyin()
    if spoil == "setting":
        monkeypatch.setenv("PYPINYIN_NO_PHRASES", "true")
        _key.cache_clear()
    else:
        (kept_in / "pinyin.json").write_text(
            (kept_in / "pinyin.json").read_text(encoding="utf-8")[:-3], encoding="utf-8"
        )
    _known.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(ImportError):
        pinyin("重庆市")


def test_every_office_is_listed_with_its_names_region_and_years(index: dict[str, Any]) -> None:
    by_id = {row[0]: row for row in index["offices"]}
    assert set(by_id) == set(OFFICES)
    _, name, short, region, *typed, bits = by_id["nanjiang-zwxx"]
    assert (name, short, region) == ("南江县政务信息管理办公室", "南江政务信息办", "四川省巴中市南江县")
    assert typed[1] == "nan jiang zheng wu xin xi ban"
    assert {2020, 2021} <= set(years_in(index, bits))


def test_an_item_names_the_offices_and_years_that_have_it(index: dict[str, Any]) -> None:
    [item] = [row for row in index["items"] if row[:2] == ["f", "2080505"]]
    _, _, name, level, _, former, pairs = item
    assert (name, level, former) == ("机关事业单位基本养老保险缴费支出", "项", [])
    held = {index["offices"][pairs[at]][0]: years_in(index, pairs[at + 1]) for at in range(0, len(pairs), 2)}
    assert 2021 in held["nanjiang-zwxx"] and 2020 not in held["nanjiang-zwxx"]
    assert 2024 in held["putuo-guihua"]


def test_an_item_is_found_by_its_class_and_by_its_former_name(index: dict[str, Any]) -> None:
    items = {(row[0], row[1]): row for row in index["items"]}
    assert items["f", "208"][3] == "类" and items["f", "20805"][3] == "款" and items["e", "30108"][3] == ""
    assert items["f", "20805"][2] == "行政事业单位养老支出"
    assert items["f", "20805"][5] == ["行政事业单位离退休"]


def test_an_item_that_no_office_has_is_left_out(index: dict[str, Any]) -> None:
    assert all(row[6] for row in index["items"])


def test_headings_stand_once_for_all_reports_that_share_them(index: dict[str, Any]) -> None:
    texts = [(text, anchor) for text, anchor, _ in index["headings"]]
    assert len(texts) == len(set(texts))
    assert not any("{{" in text or "{{" in anchor for text, anchor in texts)


def test_an_anchor_keeps_a_place_for_the_name_of_the_office(index: dict[str, Any]) -> None:
    anchors = {text: anchor for text, anchor, _ in headings_of(index, "putuo-guihua", 2024)}
    assert anchors["第一部分 {unit}概况"] == "第一部分-{unit}概况"
    assert anchors["第二部分 {unit}{year}年度部门决算表"] == "第二部分-{unit}{year}年度部门决算表"


def test_a_second_heading_of_the_same_words_gets_a_number(index: dict[str, Any]) -> None:
    for row in index["reports"]:
        anchors = [index["headings"][place][1] for place in index["shapes"][row[2]][0]]
        assert len(anchors) == len(set(anchors))


def test_a_section_that_was_not_published_has_no_headings_of_its_own(index: dict[str, Any]) -> None:
    whole = {text for text, _, _ in headings_of(index, "nanjiang-zwxx", 2021)}
    totals_only = {text for text, _, _ in headings_of(index, "nanjiang-zwxx", 2020)}
    assert "（一）机关运行经费支出情况" in whole - totals_only


def test_an_office_without_a_form_is_found_but_has_no_report(subjects: Searched, found: TermsFindings) -> None:
    years = tuple(replace(one, profile="" if one.unit_id == "putuo-guihua" else one.profile) for one in subjects.years)
    index = search_script(replace(subjects, years=years), all_terms(found)).body
    assert [row[0] for row in index["offices"]] == [one.unit_id for one in subjects.offices]
    assert {index["offices"][office][0] for office, _, _ in index["reports"]} == {"nanjiang-zwxx"}


def test_the_index_stays_small(subjects: Searched, found: TermsFindings) -> None:
    one, *_ = (year for year in subjects.years if year.codes)
    offices = tuple(replace(subjects.offices[0], unit_id=f"office-{number}") for number in range(300))
    years = tuple(
        replace(one, unit_id=office.unit_id, year=2019 + number, profile="sichuan-2021")
        for office in offices
        for number in range(6)
    )
    body = search_script(replace(subjects, offices=offices, years=years), all_terms(found)).body
    assert len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()) < 300_000


def test_pages_of_every_year_are_listed_latest_first(index: dict[str, Any]) -> None:
    titles = [title for title, *_ in index["pages"]["list"] if title.endswith("各单位")]
    assert titles == sorted(titles, reverse=True)
    assert titles[0] == f"{max(index['years'])}年各单位"


def test_terms_pop_up_longest_first_and_never_under_an_ambiguous_name(found: TermsFindings) -> None:
    terms = all_terms(found)
    names = [name for name, _, _ in terms_script(terms).body["terms"]]
    assert names == sorted(names, key=len, reverse=True)
    assert len(names) == len(set(names))
    assert "事业运行" not in names and "“三公”经费" in names
    assert {"事业运行"} <= {one.name for one in terms if one.code}


def test_an_anchor_of_a_term_is_its_code_or_its_words_without_signs() -> None:
    assert Term("“三公”经费", "…").anchor == "term-三公经费"
    assert Term("住房公积金", "…", "2210201").anchor == "term-2210201"


def test_every_term_has_an_anchor_of_its_own_on_the_page(found: TermsFindings) -> None:
    terms = all_terms(found)
    page = glossary(terms).markdown
    assert all(page.count(f'id="{one.anchor}"') == 1 for one in terms)


def test_every_count_of_the_page_is_a_fact(found: TermsFindings) -> None:
    offices, years = found.ledger["units.count"], found.ledger["years.count"]
    said = terms_summary(found).markdown
    assert f'data-fact="{offices.id}">{offices.printed}<' in said and f'data-fact="{years.id}">{years.printed}<' in said
    assert years.value == len(found.sources)


def test_a_year_of_totals_alone_says_so_beside_its_document(found: TermsFindings) -> None:
    page = data_sources(found).markdown
    assert "只有合计数" in page
    assert 'href="../../data/nanjiang-zwxx/2020/totals.csv"' in page
    assert 'href="../../pages/2021/nanjiang-zwxx/report.html"' in page


def test_an_office_without_a_report_has_no_link_to_one(found: TermsFindings) -> None:
    sources = tuple(replace(one, has_report=False) for one in found.sources)
    assert "report.html" not in data_sources(replace(found, sources=sources)).markdown


def test_a_renamed_code_shows_both_names_with_the_year_as_a_fact(found: TermsFindings) -> None:
    page = renamed_items(found).markdown
    assert page.index("行政事业单位离退休") < page.index("行政事业单位养老支出")
    assert found.ledger["function.20805.行政事业单位养老支出.first_year"].printed == "2020"
    assert 'data-fact="function.20805.行政事业单位养老支出.first_year">2020</span>年' in page


def test_where_nothing_was_renamed_the_page_says_so(found: TermsFindings) -> None:
    assert "没有更名" in renamed_items(replace(found, renamed=())).markdown


def test_every_table_of_the_dictionary_is_described() -> None:
    page = data_tables().markdown
    assert all(
        name in page for name in ("units.csv", "classification/function.csv", "expenditure.csv", "disclosures.csv")
    )


def test_without_an_index_the_page_says_that_amounts_are_nominal(found: TermsFindings) -> None:
    assert "当年价格" in price_index(replace(found, prices=())).markdown
