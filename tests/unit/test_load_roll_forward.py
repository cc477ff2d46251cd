"""A new year begins as last year's rows without figures, and nothing of last year passes for the new one unseen."""

from __future__ import annotations

import csv
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from juesuan.describe import PASSAGES
from juesuan.faults import Fault, FaultsError
from juesuan.load import RollForwardError, ToDo, check_data, load_accounts, roll_forward, to_do
from juesuan.load.narrative_file import mark_stale, narrative_faults, parse_narrative
from juesuan.schema import YEAR_TABLES

UNIT = "nanjiang-zwxx"
KEPT = {
    "totals": ["item"],
    "revenue": ["function_code", "source"],
    "expenditure": ["function_code", "fund", "category"],
    "economic": ["function_code", "economic_code", "fund", "category"],
    "carryover": ["fund"],
    "three_public": ["item", "fund"],
    "projects": ["project", "function_code", "fund"],
    "indicators": ["project", "level_1", "level_2", "level_3"],
    "evaluations": ["evaluation", "subject"],
    "disclosures": ["item"],
}
MARK = "<!-- 待修订：2021年 -->\n"


@pytest.fixture
def data(founding_data: Path) -> Path:
    return founding_data


@pytest.fixture
def new(data: Path) -> Path:
    return roll_forward(data, UNIT, 2022)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def words(folder: Path) -> str:
    return (folder / "narrative.md").read_text(encoding="utf-8")


def faults_of(data: Path, year: int, file: str = "") -> list[Fault]:
    return [one for one in check_data(data).faults if one.file.startswith(f"data/{UNIT}/{year}/{file}")]


def edit(path: Path, old: str, text: str) -> None:
    whole = path.read_text(encoding="utf-8")
    assert old in whole, f"{path.name} no longer holds {old}"
    path.write_text(whole.replace(old, text), encoding="utf-8")


def fill_in(folder: Path, last: Path) -> None:
    """Fill in last year's figures, row by row, and take the marks out."""
    for path in folder.glob("*.csv"):
        rows = [{**now, **before} for now, before in zip(lines(path), lines(last / path.name), strict=True)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    edit(folder / "narrative.md", MARK, "")


def test_the_new_folder_has_every_file_of_last_year_and_no_other(data: Path, new: Path) -> None:
    assert new == data / UNIT / "2022"
    assert {path.name for path in new.iterdir()} == {path.name for path in (data / UNIT / "2021").iterdir()}
    assert new.stat().st_mode & 0o777 == 0o755


def test_rows_keep_what_they_are_about_in_order_and_lose_what_a_year_fills_in(data: Path, new: Path) -> None:
    for name, kept in KEPT.items():
        before, now = lines(data / UNIT / "2021" / f"{name}.csv"), lines(new / f"{name}.csv")
        assert now == [{key: cell if key in kept else "" for key, cell in row.items()} for row in before]
        assert list(now[0]) == list(before[0])


def test_last_year_stays_as_it_was(data: Path) -> None:
    last = data / UNIT / "2021"
    before = {path.name: path.read_bytes() for path in last.iterdir()}
    roll_forward(data, UNIT, 2022)
    assert {path.name: path.read_bytes() for path in last.iterdir()} == before


def test_columns_in_an_order_of_the_offices_own_stay_in_it(data: Path) -> None:
    totals = data / UNIT / "2021/totals.csv"
    totals.write_text("".join(f"{row['final']},{row['item']}\n" for row in [
        {"item": "item", "final": "final"}, *lines(totals)]), encoding="utf-8")  # fmt: skip
    assert (
        (roll_forward(data, UNIT, 2022) / "totals.csv")
        .read_text(encoding="utf-8")
        .startswith("final,item\n,income.total\n")
    )


def test_a_table_saved_by_an_older_wps_and_one_saved_by_excel_are_carried_on(data: Path) -> None:
    projects, totals = (data / UNIT / f"2021/{name}.csv" for name in ("projects", "totals"))
    projects.write_bytes(projects.read_text(encoding="utf-8").encode("gbk"))
    totals.write_bytes(totals.read_text(encoding="utf-8").encode("utf-8-sig"))
    made = roll_forward(data, UNIT, 2022)
    assert lines(made / "projects.csv")[0]["project"] == "政务公开专项经费"
    assert (made / "totals.csv").read_bytes().startswith(b"\xef\xbb\xbfitem,final\n")


def test_a_project_whose_name_holds_a_comma_stays_one_cell(data: Path) -> None:
    edit(data / UNIT / "2021/projects.csv", "机房设备维修费", '"机房,设备维修费"')
    assert "机房,设备维修费" in [row["project"] for row in lines(roll_forward(data, UNIT, 2022) / "projects.csv")]


def test_the_origin_keeps_unit_and_decimals_moves_the_title_on_and_says_nothing_of_the_figures(new: Path) -> None:
    stated = tomllib.loads((new / "source.toml").read_text(encoding="utf-8"))
    assert (stated["amount_unit"], stated["decimals"]) == ("万元", 2)
    assert stated["title"] == "南江县政务信息管理办公室2022年度部门决算"
    assert stated["files"] == {name: {"from": ""} for name in KEPT}
    assert stated["retrieved"] == ""


def test_each_passage_is_last_years_with_a_mark_below_its_heading(data: Path, new: Path) -> None:
    before = words(data / UNIT / "2021")
    assert words(new).replace(MARK, "") == before.replace("## 2021年重点工作", "## 2022年重点工作")
    assert words(new).count(MARK) == len(parse_narrative(before))
    assert f"## 2022年重点工作 {{#work}}\n{MARK}\n- 健全制度" in words(new)


def test_the_mark_is_known_and_is_no_part_of_the_words(data: Path, new: Path) -> None:
    before, now = (parse_narrative(words(folder)) for folder in (data / UNIT / "2021", new))
    assert {one.stale_since for one in before.values()} == {None}
    assert {one.stale_since for one in now.values()} == {2021}
    assert [one.text.strip() for one in now.values()] == [one.text.strip() for one in before.values()]


def test_lines_keep_their_numbers_below_a_mark(new: Path) -> None:
    whole = words(new).splitlines()
    for passage in parse_narrative(words(new)).values():
        for line, number in passage.numbers():
            assert number in whole[line - 1]


def test_a_check_names_every_stale_passage_and_what_it_says(data: Path, new: Path) -> None:
    stale = faults_of(data, 2022, "narrative.md")
    passages = parse_narrative(words(new))
    assert [(fault.row, fault.column) for fault in stale] == [(one.line, one.key) for one in passages.values()]
    assert {fault.severity for fault in stale} == {"error"}
    for fault, passage in zip(stale, passages.values(), strict=True):
        said = re.findall("“(.*?)[…]?”", fault.found)
        sentences = [line for line in passage.text.splitlines() if line.strip()]
        assert len(said) >= len(sentences)
        assert fault.found.startswith("仍是2021年的话：“")
        assert fault.expected == "应为2022年的情况"
        assert "待修订" in fault.remedy
    (work,) = [fault for fault in stale if fault.column == "work"]
    assert "“扩大公开。全年经县政府门户网站发布信息1…”" in work.found


def test_a_check_names_every_cell_that_must_be_filled(data: Path, new: Path) -> None:
    named = {(fault.file, fault.row, fault.column) for fault in faults_of(data, 2022) if fault.found == "空白"}
    required = {
        (f"data/{UNIT}/2022/{name}.csv", line, column.name)
        for name, kept in KEPT.items()
        for line, _ in enumerate(lines(new / f"{name}.csv"), start=2)
        for column in YEAR_TABLES[name].columns
        if column.name not in kept and not column.blank
    }
    assert named == required
    assert len(required) == to_do(new).required_cells


def test_nothing_else_is_wrong_with_a_new_folder(data: Path, new: Path) -> None:
    others = [one for one in faults_of(data, 2022) if one.found != "空白" and not one.file.endswith("narrative.md")]
    assert {fault.severity for fault in others} == {"warning"}
    assert {fault.file for fault in others} == {f"data/{UNIT}/2022/source.toml"}


def test_accounts_with_stale_words_are_not_handed_out(data: Path, new: Path) -> None:
    fill_in(new, data / UNIT / "2021")
    edit(new / "narrative.md", "{#annex.project}\n", "{#annex.project}\n" + MARK)
    with pytest.raises(FaultsError, match=r"annex\.project：仍是2021年的话：“该项目用于租赁") as refused:
        load_accounts(data, UNIT, 2022)
    assert len(refused.value.faults) == 1


def test_a_folder_filled_in_and_revised_is_usable(data: Path, new: Path) -> None:
    fill_in(new, data / UNIT / "2021")
    assert not [fault for fault in faults_of(data, 2022) if fault.severity == "error"]
    accounts = load_accounts(data, UNIT, 2022)
    assert accounts.tables.keys() == load_accounts(data, UNIT, 2021).tables.keys()
    assert to_do(new).required_cells == to_do(new).passages == 0


def test_the_year_after_begins_from_the_new_one(data: Path, new: Path) -> None:
    fill_in(new, data / UNIT / "2021")
    assert "<!-- 待修订：2022年 -->" in words(roll_forward(data, UNIT, 2023))


def test_what_is_left_to_do_is_counted(new: Path) -> None:
    assert to_do(new) == ToDo(required_cells=90, optional_cells=40, passages=10)


def test_a_folder_that_is_there_is_never_overwritten(data: Path, new: Path) -> None:
    (new / "totals.csv").write_text("item,final\nincome.total,1.00\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in new.iterdir()}
    with pytest.raises(RollForwardError, match=f"data/{UNIT}/2022：已经有了；.+；.*不会覆盖"):
        roll_forward(data, UNIT, 2022)
    assert {path.name: path.read_bytes() for path in new.iterdir()} == before


def test_a_folder_that_comes_meanwhile_is_not_replaced(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mark_while_another_writes(text: str, since: int, year: int) -> str:
        (data / UNIT / "2022").mkdir()
        (data / UNIT / "2022/totals.csv").write_text("别人的", encoding="utf-8")
        return mark_stale(text, since, year)

    monkeypatch.setattr(sys.modules["juesuan.load.roll_forward"], "mark_stale", mark_while_another_writes)
    with pytest.raises(OSError, match="2022"):
        roll_forward(data, UNIT, 2022)
    assert [path.read_text(encoding="utf-8") for path in (data / UNIT / "2022").iterdir()] == ["别人的"]


def killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", ["write_bytes", "rename"])
def test_a_write_that_is_killed_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    before = sorted(data.parent.rglob("*"))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, at, killed)
        roll_forward(data, UNIT, 2022)
    assert sorted(data.parent.rglob("*")) == before
    assert check_data(data).usable


def test_what_a_harder_kill_leaves_is_beside_the_accounts_and_stops_no_build(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", killed)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        roll_forward(data, UNIT, 2022)
    assert check_data(data).usable
    assert roll_forward(data, UNIT, 2022).is_dir()


def test_a_year_known_by_its_totals_alone_gives_totals_alone(data: Path) -> None:
    shutil.rmtree(data / UNIT / "2021")
    made = roll_forward(data, UNIT, 2021)
    assert sorted(path.name for path in made.iterdir()) == ["source.toml", "totals.csv"]
    stated = tomllib.loads((made / "source.toml").read_text(encoding="utf-8"))
    assert stated["title"] == "南江县政务信息管理办公室2021年度部门决算"
    assert to_do(made) == ToDo(required_cells=6, optional_cells=0, passages=0)


def test_a_table_and_the_words_come_from_the_latest_year_that_has_them(data: Path) -> None:
    shutil.copytree(data / UNIT / "2020", data / UNIT / "2023")
    edit(data / UNIT / "2023/totals.csv", "general_public.total,117.36\n", "")
    made = roll_forward(data, UNIT, 2024)
    assert len(lines(made / "totals.csv")) == 5
    assert len(lines(made / "projects.csv")) == 8
    assert MARK in words(made)
    assert "## 2024年重点工作" in words(made)


def test_the_totals_that_rounding_set_apart_last_year_are_not_expected_again(data: Path) -> None:
    (data / UNIT / "2021/printed.csv").write_text("fact_id,final\nbasic.total,142.69\n", encoding="utf-8")
    assert not (roll_forward(data, UNIT, 2022) / "printed.csv").exists()


@pytest.mark.parametrize("title", ["", "南江县2020年度和2021年度部门决算", "部门决算公开"])
def test_a_title_that_does_not_say_the_year_alone_is_made_anew(data: Path, title: str) -> None:
    edit(data / UNIT / "2021/source.toml", "南江县政务信息管理办公室2021年度部门决算", title)
    stated = tomllib.loads((roll_forward(data, UNIT, 2022) / "source.toml").read_text(encoding="utf-8"))
    assert stated["title"] == "南江县政务信息管理办公室2022年度部门决算"


def test_faulty_accounts_are_not_carried_on(data: Path) -> None:
    edit(data / UNIT / "2021/totals.csv", "income.total,191.39", "income.total,191.3O")
    with pytest.raises(FaultsError, match="不是金额"):
        roll_forward(data, UNIT, 2022)
    assert not (data / UNIT / "2022").exists()


def empty(data: Path) -> None:
    shutil.rmtree(data)


def office_alone(data: Path) -> None:
    shutil.rmtree(data / UNIT / "2020")


@pytest.mark.parametrize(
    ("unit", "year", "damage", "said"),
    [
        ("nanjiang", 2022, None, f"data/units.csv：没有单位 nanjiang；现有 {UNIT}；改正 --unit"),
        ("", 2022, None, f"data/units.csv：没有写明单位；现有 {UNIT}；"),
        ("../units", 2022, None, r"没有单位 \.\./units"),
        (UNIT, 2019, None, f"data/{UNIT}：没有 2019 年以前的数据；现有 2020、2021；"),
        (UNIT, 2020, office_alone, "没有 2020 年以前的数据；现有 2021；"),
        (UNIT, 22, None, "参数 YEAR：“22” 不是年度；应为四位年度，例如 2021；改正年度"),
        (UNIT, 2022, empty, "没有这个数据文件夹；.+；用 --data 指明"),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_there_is(
    data: Path, unit: str, year: int, damage: Callable[[Path], None] | None, said: str
) -> None:
    if damage:
        damage(data)
    before = sorted(data.rglob("*"))
    with pytest.raises(RollForwardError, match=said):
        roll_forward(data, unit, year)
    assert sorted(data.rglob("*")) == before


@pytest.fixture
def first(data: Path) -> Path:
    """The first year of an office that had none."""
    shutil.rmtree(data / UNIT)
    return roll_forward(data, UNIT, 2022)


def test_a_new_office_gets_every_header_and_a_row_for_what_every_office_reports(first: Path) -> None:
    made = {path.stem for path in first.glob("*.csv")}
    assert made == YEAR_TABLES.keys() - {"budgets", "classes", "printed"}
    counts = {name: len(lines(first / f"{name}.csv")) for name in made}
    assert {name: count for name, count in counts.items() if count} == {
        "totals": 6, "carryover": 4, "three_public": 4, "disclosures": 21,
    }  # fmt: skip
    for name in made:
        header = (first / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == [column.name for column in YEAR_TABLES[name].columns]


def test_a_new_office_gets_a_heading_for_every_passage_and_no_mark(first: Path) -> None:
    passages = parse_narrative(words(first))
    assert passages.keys() == {key for key in PASSAGES if "<" not in key}
    assert passages["work"].title == "2022年重点工作"
    assert {one.stale_since for one in passages.values()} == {None}
    assert to_do(first).passages == len(passages)


def test_a_new_office_is_not_usable_before_it_is_filled_in(data: Path, first: Path) -> None:
    blank = [fault for fault in faults_of(data, 2022) if fault.found == "空白"]
    assert len(blank) == to_do(first).required_cells == 6 + 4 * 4 + 4 + 21
    assert not check_data(data).usable


NARRATIVE = "## 收支变动原因 {#reason.total}\n\n"


@pytest.mark.parametrize(
    ("mark", "since"),
    [
        ("<!-- 待修订：2021年 -->", 2021),
        ("  <!--待修订:2021-->  ", 2021),
        ("\n\n<!-- 待修订：2021年（科长看过） -->", 2021),
        ("<!-- 待修订 -->", 0),
        ("<!-- 待修订：2021年 -->人员增加", 2021),
        ("<!-- 其他的注 -->", None),
        ("待修订", None),
    ],
)
def test_a_mark_is_known_however_it_was_edited(mark: str, since: int | None) -> None:
    passage = parse_narrative(f"{NARRATIVE}{mark}\n人员增加\n")["reason.total"]
    assert passage.stale_since == since
    assert since is None or "待修订" not in passage.text


def test_a_mark_that_lost_its_year_is_still_a_fault() -> None:
    passages = parse_narrative(f"{NARRATIVE}<!-- 待修订 -->\n人员增加\n").values()
    (fault,) = narrative_faults("narrative.md", passages, 2022)
    assert (fault.row, fault.found) == (1, "仍是往年的话：“人员增加”")


@pytest.mark.parametrize(
    "line",
    ["2021年人员增加", "到２０２１年末完成", "在 2021 年新增两人", "比2020年多，2021年新增两人", "2021年度内完成"],
)
def test_words_that_name_last_year_are_a_warning_at_their_line(line: str) -> None:
    passages = parse_narrative(f"{NARRATIVE}第一句。\n{line}\n").values()
    (fault,) = narrative_faults("data/x/2022/narrative.md", passages, 2022)
    assert (fault.severity, fault.row, fault.column) == ("warning", 4, "reason.total")
    assert fault.found.startswith("文中提到2021年：“")
    assert line[-4:] in fault.found


@pytest.mark.parametrize(
    "line",
    [
        "2022年人员增加", "2020年人员增加", "比2021年增加两人", "较 2021年下降", "与2021年持平", "自2021年起执行",
        "2021年以来", "2021年末结转的资金", "2021年度相比", "发布信息12021年", "编号2021",
    ],
)  # fmt: skip
def test_other_years_and_comparisons_with_last_year_are_let_be(line: str) -> None:
    assert not narrative_faults("narrative.md", parse_narrative(f"{NARRATIVE}{line}\n").values(), 2022)


def test_a_heading_that_still_names_last_year_is_a_warning() -> None:
    (fault,) = narrative_faults("narrative.md", parse_narrative("## 2021年重点工作 {#work}\n\n新\n").values(), 2022)
    assert (fault.row, fault.severity) == (1, "warning")


def test_last_years_name_in_a_passage_still_marked_is_not_said_twice() -> None:
    passages = parse_narrative(f"{NARRATIVE}{MARK}2021年人员增加\n").values()
    assert [fault.severity for fault in narrative_faults("narrative.md", passages, 2022)] == ["error"]
