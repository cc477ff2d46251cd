"""The checklist says of every part, section, chart and table how it stands, and by which day it has to be public."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from juesuan.facts import Findings, checklist_findings, report_findings, unexplained
from juesuan.load import Accounts, load_accounts
from juesuan.load.accounts import years_of
from juesuan.present import (
    CHECKLIST_COLUMNS,
    Checklist,
    checklist,
    checklist_conclusion,
    disclosure_date,
    make_table,
    read_profile,
    sentence,
)
from juesuan.present.checklist import Item
from juesuan.present.display import plain_text

ROOT = Path(__file__).resolve().parents[2]
SICHUAN, SHANGHAI = ("nanjiang-zwxx", 2021), ("putuo-guihua", 2024)
HEADLINE = ("nanjiang-zwxx", 2020)
each_full_year = pytest.mark.parametrize("which", [SICHUAN, SHANGHAI], ids=["sichuan", "shanghai"])


def accounts_of(unit: str, year: int) -> tuple[Accounts, Accounts | None]:
    data = ROOT / "data"
    prior = load_accounts(data, unit, year - 1) if year - 1 in years_of(data, unit) else None
    return load_accounts(data, unit, year), prior


def findings_of(unit: str, year: int) -> Findings:
    accounts, prior = accounts_of(unit, year)
    form = read_profile(accounts.unit.profile)
    return report_findings(accounts, prior, percent_decimals=form.percent_decimals, budget=form.budget)


@pytest.fixture(scope="module")
def sichuan() -> Findings:
    return findings_of(*SICHUAN)


@pytest.fixture(scope="module")
def headline() -> Findings:
    return findings_of(*HEADLINE)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder `report/` of a copy of the project, free to be damaged."""
    shutil.copytree(ROOT / "report", tmp_path / "report")
    monkeypatch.setenv("JUESUAN_ROOT", str(tmp_path))
    read_profile.cache_clear()
    yield tmp_path / "report"
    read_profile.cache_clear()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def item(listed: Checklist, name: str) -> Item:
    (found,) = [one for one in listed.items if name in one.name]
    return found


def state(listed: Checklist, name: str) -> tuple[str, str]:
    return item(listed, name).state, item(listed, name).note


@each_full_year
def test_everything_that_the_profile_asks_for_is_listed_in_its_order(which: tuple[str, int]) -> None:
    findings = findings_of(*which)
    stated = tomllib.loads((ROOT / "report/profiles" / f"{findings.profile}.toml").read_text(encoding="utf-8"))
    titles = {one["id"]: f"{one['number']} {one['title']}".strip() for one in stated["tables"]}
    wanted = []
    for one in stated["sections"]:
        if one["key"] in ("preface", "sources"):  # ours, not the form's
            continue
        wanted.append(sentence(findings, one["heading"]))
        wanted += [one["figure"].replace("fig-", "图")] if "figure" in one else []
        wanted += [titles[table] for table in one.get("tables", [])]
    assert [one.name for one in checklist(findings).items] == wanted
    assert set(titles.values()) <= set(wanted)


@each_full_year
def test_a_whole_year_has_everything_or_says_that_there_is_nothing(which: tuple[str, int]) -> None:
    accounts, prior = accounts_of(*which)
    counts = checklist(findings_of(*which), unexplained(accounts, prior)).counts()
    assert counts["failing"] == counts["unpublished"] == 0
    assert counts["present"] > counts["empty"] > 0


def test_a_part_that_only_gathers_is_not_counted(sichuan: Findings) -> None:
    listed = checklist(sichuan)
    gathering = [one.name for one in listed.items if not one.counted]
    assert [name[:4] for name in gathering] == ["第一部分", "第二部分", "第四部分", "第五部分"]
    assert sum(listed.counts().values()) == len(listed.items) - len(gathering)
    assert item(listed, "第三部分").counted


def test_a_table_without_amounts_is_empty_and_its_statement_is_quoted(sichuan: Findings) -> None:
    said = "2021年没有政府性基金预算财政拨款收入和支出，本表无数据。"
    assert state(checklist(sichuan), "公开11表") == ("empty", said)


def test_a_section_whose_sentence_says_that_nothing_happened_is_empty(sichuan: Findings) -> None:
    assert state(checklist(sichuan), "八、政府性基金") == ("empty", "句中写明没有发生")


def test_a_table_with_cells_that_are_not_known_says_so(sichuan: Findings) -> None:
    assert state(checklist(sichuan), "公开05表") == ("present", "有的数字未公开，已写明")
    assert state(checklist(sichuan), "公开03表") == ("present", "")


@pytest.mark.parametrize("which", [HEADLINE, ("putuo-guihua", 2023)], ids=["sichuan", "shanghai"])
def test_a_year_known_by_a_few_figures_is_mostly_unpublished_and_nothing_of_it_fails(which: tuple[str, int]) -> None:
    counts = checklist(findings_of(*which)).counts()
    assert counts["failing"] == 0
    assert counts["unpublished"] > 2 * (counts["present"] + counts["empty"]) > 0


def test_what_was_not_published_is_named(headline: Findings) -> None:
    listed = checklist(headline)
    assert state(listed, "一、基本职能") == ("unpublished", "原件没有：主要职能、当年重点工作")
    assert state(listed, "六、") == ("unpublished", "原件没有：支出决算、支出经济分类")
    assert state(listed, "公开01表") == ("unpublished", "表中写明未公开")
    assert state(listed, "图2") == ("unpublished", "图中写明未公开")
    assert state(listed, "图1") == ("present", "")


def test_a_part_is_as_good_as_the_worst_of_its_items(headline: Findings) -> None:
    listed = checklist(headline)
    assert state(listed, "第一部分") == ("unpublished", "")
    assert state(listed, "第二部分") == ("unpublished", "其中一部分")


def test_an_empty_table_without_a_statement_fails(report: Path, sichuan: Findings) -> None:
    edit(
        report / "profiles/sichuan-2021.toml",
        'empty = "{{ year }}年没有政府性基金预算财政拨款收入和支出，本表无数据。"',
        "",
    )
    listed = checklist(sichuan)
    assert state(listed, "公开11表") == ("failing", "没有数据，表下也没有说明")
    assert state(listed, "第五部分") == ("failing", "其中一部分")


def test_a_section_without_a_template_fails(report: Path, sichuan: Findings) -> None:
    (report / "sections/income.md").unlink()
    assert state(checklist(sichuan), "二、收入决算") == ("failing", "没有句子模板 income.md")


def test_a_part_without_a_template_and_without_items_fails(report: Path, sichuan: Findings) -> None:
    (report / "sections/terms.md").unlink()
    assert state(checklist(sichuan), "第三部分") == ("failing", "没有句子模板 terms.md")


def test_a_template_that_says_nothing_fails(report: Path, sichuan: Findings) -> None:
    (report / "sections/income.md").write_text("{% if false %}本年收入{% endif %}\n", encoding="utf-8")
    assert state(checklist(sichuan), "二、收入决算") == ("failing", "报告中没有文字")


def test_a_heading_with_nothing_under_it_fails(report: Path, sichuan: Findings) -> None:
    (report / "sections/other.md").write_text("### （一）机关运行经费\n\n### （二）采购\n\n没有。\n", encoding="utf-8")
    assert state(checklist(sichuan), "十一、") == ("failing", "标题下没有文字：（一）机关运行经费")


def test_an_item_with_expenditure_that_is_not_explained_fails_and_is_named(report: Path, sichuan: Findings) -> None:
    edit(report / "terms.toml", 'code = "2010350"', 'code = "2010399"')
    listed = checklist(sichuan)
    assert state(listed, "第三部分") == ("failing", "没有解释的科目：事业运行")
    found = checklist_findings(accounts_of(*SICHUAN)[0], listed.counts())
    assert "- **第三部分 名词解释**：没有解释的科目：事业运行" in checklist_conclusion(found, listed).markdown


@pytest.mark.parametrize(
    ("passage", "place", "note"),
    [
        ("functions", "一、基本职能", "narrative.md 没有写：主要职能"),
        ("organisation", "二、机构设置", "narrative.md 没有写：机构设置"),
        ("performance.management", "十、预算绩效", "没有写：绩效管理开展情况"),
        ("annex.overall", "（三）评价结论", "没有写：整体支出评价结论"),
    ],
)
def test_a_passage_that_the_form_asks_for_and_nobody_wrote_fails(
    sichuan: Findings, passage: str, place: str, note: str
) -> None:
    words = {key: text for key, text in sichuan.words.items() if key != passage}
    assert state(checklist(replace(sichuan, words=words)), place) == ("failing", note)


def test_a_passage_that_is_blank_fails_too(sichuan: Findings) -> None:
    listed = checklist(replace(sichuan, words={**sichuan.words, "organisation": ""}))
    assert item(listed, "二、机构设置").state == "failing"


@pytest.mark.parametrize(
    ("due", "place"),
    [
        ("reason.total", "一、收入支出决算总体"),
        ("reason.fiscal", "四、"),
        ("reason.general_public", "五、"),
        ("reason.function.2080505", "（三）一般公共预算财政拨款支出决算具体"),
    ],
)
def test_a_reason_that_is_due_and_was_not_given_fails_in_its_own_section_alone(
    sichuan: Findings, due: str, place: str
) -> None:
    listed = checklist(sichuan, [due])
    assert [one.name for one in listed.failing()] == [item(listed, place).name]


def test_the_conclusion_counts_by_the_ledger(headline: Findings) -> None:
    listed = checklist(headline)
    counts = listed.counts()
    found = checklist_findings(accounts_of(*HEADLINE)[0], counts)
    said = checklist_conclusion(found, listed).markdown
    spans = dict(re.findall(r'data-fact="checklist\.(\w+)">(\d+)<', said))
    assert spans == {**{key: str(count) for key, count in counts.items()}, "total": str(sum(counts.values()))}
    assert not re.search(r"\d", re.sub(r"<span.*?</span>|2020年", "", said))


def test_a_state_is_told_by_a_word_in_every_form(headline: Findings) -> None:
    rows = checklist(headline).rows()
    table = make_table(id="tbl-x", title="表", unit="项", source="甲", notes=[], columns=CHECKLIST_COLUMNS, rows=rows)
    for form in table._repr_mimebundle_()[0].values():
        assert form.count("齐全") == 7 and form.count("公开07表") == 1
    assert '<span class="mark mark-unpublished">未公开</span>' in table._repr_mimebundle_()[0]["text/html"]


def days(approved: date | None, published: date | None) -> str:
    accounts, _ = accounts_of(*HEADLINE)
    known = replace(accounts, source=replace(accounts.source, approved=approved, published=published))
    said = disclosure_date(checklist_findings(known, {})).markdown
    assert not re.search(r"\d", re.sub(r"<span.*?</span>", "", said)), "a number that is no fact"
    return plain_text(said).strip()


RULE = "按预算法，应在财政部门批复后20日内公开。"
APPROVED = date(2021, 12, 20)
DUE = f"{RULE}批复日期为2021年12月20日，最迟应在2022年1月9日公开。"


@pytest.mark.parametrize(
    ("approved", "published", "words"),
    [
        (None, None, f"{RULE}批复日期未知，不能推算公开期限。实际公开日期未知。"),
        (None, date(2022, 1, 5), f"{RULE}批复日期未知，不能推算公开期限。实际公开日期为2022年1月5日。"),
        (APPROVED, None, f"{DUE}实际公开日期未知。"),
        (APPROVED, APPROVED, f"{DUE}实际公开日期为2021年12月20日，比期限早20日。"),
        (APPROVED, date(2022, 1, 9), f"{DUE}实际公开日期为2022年1月9日，正在期限当日。"),
        (APPROVED, date(2022, 1, 12), f"{DUE}实际公开日期为2022年1月12日，比期限晚3日。"),
        (APPROVED, date(2021, 12, 19), f"{DUE}实际公开日期为2021年12月19日，早于批复日期，请核对 source.toml。"),
    ],
    ids=["nothing-known", "no-approval", "no-publication", "same-day", "last-day", "late", "before-approval"],
)
def test_the_last_day_is_counted_from_the_approval(approved: date | None, published: date | None, words: str) -> None:
    assert days(approved, published) == words


def test_a_day_has_its_place_in_source_toml() -> None:
    accounts, _ = accounts_of(*HEADLINE)
    known = replace(accounts, source=replace(accounts.source, approved=APPROVED))
    ledger = checklist_findings(known, {}).ledger
    assert ledger["approved.day"].sources[0].file == "nanjiang-zwxx/2020/source.toml"
    assert set(ledger["deadline.day"].inputs) <= {fact.id for fact in ledger}
