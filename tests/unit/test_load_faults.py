"""Every way a folder of figures can be wrong is said at its place, and nothing throws."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from juesuan.faults import Fault, FaultsError
from juesuan.load import check_data, load_accounts

DATA = Path(__file__).resolve().parents[2] / "data"
UNIT = "nanjiang-zwxx"
YEAR = f"{UNIT}/2021"
Damage = Callable[[Path], object]


@pytest.fixture
def data(founding_data: Path) -> Path:
    return founding_data


def edit(file: str, old: str, new: str) -> Damage:
    def damage(data: Path) -> None:
        path = data / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def add(file: str, line: str) -> Damage:
    return lambda data: (data / file).write_text((data / file).read_text(encoding="utf-8") + line, encoding="utf-8")


def write(file: str, raw: bytes) -> Damage:
    return lambda data: (data / file).write_bytes(raw)


def remove(file: str) -> Damage:
    return lambda data: (data / file).unlink()


def folder(name: str) -> Damage:
    return lambda data: (data / name).mkdir()


def folder_for_file(name: str) -> Damage:
    return lambda data: ((data / name).unlink(), (data / name).mkdir())


@dataclass(frozen=True)
class Expected:
    """Where the fault is said to be, and words that its sentence must hold."""

    file: str
    row: int | None
    column: str
    words: tuple[str, ...]


def at(file: str, row: int | None, column: str, *words: str) -> Expected:
    return Expected(f"data/{file}", row, column, words)


TOTALS, REVENUE, SPENT = f"{YEAR}/totals.csv", f"{YEAR}/revenue.csv", f"{YEAR}/expenditure.csv"
ECONOMIC, SOURCE, OTHER = f"{YEAR}/economic.csv", f"{YEAR}/source.toml", f"{YEAR}/disclosures.csv"
CARRYOVER = f"{YEAR}/carryover.csv"


def spent(cell: str) -> Damage:
    return edit(SPENT, "48.70,48.70", f"48.70,{cell}")


AMOUNT = "应为最多2位小数的万元数，例如 48.70"
DAMAGES: dict[str, tuple[Damage, Expected]] = {
    "year-without-any-table": (
        remove(f"{UNIT}/2020/totals.csv"),
        at(f"{UNIT}/2020/totals.csv", None, "", "缺少这个文件", "控制数"),
    ),
    "totals-a-directory": (folder_for_file(TOTALS), at(TOTALS, None, "", "缺少这个文件")),
    "revenue-a-directory": (folder_for_file(REVENUE), at(REVENUE, None, "", "缺少这个文件")),
    "totals-empty": (write(TOTALS, b""), at(TOTALS, None, "", "文件是空的", "item、final")),
    "totals-blank-lines": (write(TOTALS, b"\n\n , \n"), at(TOTALS, None, "", "文件是空的")),
    "totals-header-only": (write(TOTALS, b"item,final\n"), at(TOTALS, None, "", "只有表头")),
    "totals-binary": (write(TOTALS, bytes(range(256)) * 20), at(TOTALS, 1, "final", "缺少这一列")),
    "totals-utf-16": (write(TOTALS, "item,final\n".encode("utf-16")), at(TOTALS, 1, "final", "缺少这一列")),
    "totals-long-cell": (
        write(TOTALS, b'item,final\n"' + b"x" * 100_000),
        at(TOTALS, 2, "item", "这一格有 100000 个字", "检查引号是否成对"),
    ),
    "nul-bytes": (spent("48.7\0"), at(SPENT, 2, "final", "不是金额")),
    "column-missing": (
        write(CARRYOVER, b"fund,opening,surplus_used,closing\nother,0,0,0\n"),
        at(CARRYOVER, 1, "surplus_distributed", "缺少这一列", "补上列 surplus_distributed"),
    ),
    "column-misspelt": (
        edit(SPENT, "initial_budget", "inital_budget"),
        at(SPENT, 1, "initial_budget", "缺少这一列", "是否写成了 inital_budget？"),
    ),
    "column-unknown": (
        edit(TOTALS, "item,final", "item,final,remark"),
        at(TOTALS, 1, "remark", "不认识这一列", "应有列 item、final"),
    ),
    "column-twice": (edit(TOTALS, "item,final", "item,final,final"), at(TOTALS, 1, "final", "出现了两次")),
    "letter-o-for-zero": (spent("48.7O"), at(SPENT, 2, "final", "“48.7O” 不是金额", AMOUNT)),
    "three-decimals": (spent("48.701"), at(SPENT, 2, "final", "有 3 位小数", AMOUNT)),
    "exponent": (spent("1e5"), at(SPENT, 2, "final", "“1e5” 不是金额")),
    "not-a-number": (spent("nan"), at(SPENT, 2, "final", "“nan” 不是金额")),
    "infinite": (spent("inf"), at(SPENT, 2, "final", "“inf” 不是金额")),
    "chinese-numeral": (spent("四十八"), at(SPENT, 2, "final", "“四十八” 不是金额")),
    "unit-in-the-cell": (spent("48.70万元"), at(SPENT, 2, "final", "“48.70万元” 不是金额")),
    "enormous": (spent("9" * 60), at(SPENT, 2, "final", "过大")),
    "enormous-count": (edit(OTHER, "posts,13", "posts,1" + "0" * 400), at(OTHER, 15, "value", "过大")),
    "negative": (spent("-48.70"), at(SPENT, 2, "final", "是负数", "不应为负")),
    "bracketed-negative": (spent("（48.70）"), at(SPENT, 2, "final", "是负数")),
    "blank-final": (spent(""), at(SPENT, 2, "final", "空白", "应填决算数", "没有发生填 0")),
    "half-a-car": (edit(OTHER, "vehicles.other,0", "vehicles.other,0.5"), at(OTHER, 13, "value", "不是整数", "辆")),
    "key-twice": (
        add(SPENT, "2010305,general_public,project,,1.00,1.00\n"),
        at(SPENT, 7, "function_code、fund、category", "与第 2 行重复", "合并两行"),
    ),
    "function-code-unknown": (
        edit(SPENT, "2010350", "2019999"),
        at(SPENT, 3, "function_code", "“2019999” 不在科目表中", "data/classification/function.csv"),
    ),
    "economic-code-unknown": (
        edit(ECONOMIC, "30299", "39998"),
        at(ECONOMIC, 18, "economic_code", "不在科目表中", "data/classification/economic.csv"),
    ),
    "code-not-yet-in-use": (
        edit("classification/function.csv", "2210201,住房公积金,,", "2210201,住房公积金,2022,"),
        at(SPENT, 6, "function_code", "“2210201” 在 2021 年不用", "该年在用的编码"),
    ),
    "code-out-of-use": (
        edit("classification/economic.csv", "30101,基本工资,,", "30101,基本工资,,2020"),
        at(ECONOMIC, 2, "economic_code", "“30101” 在 2021 年不用", "改用该年的编码"),
    ),
    "class-code-of-an-item": (
        write(f"{YEAR}/classes.csv", b"function_code,fund,final\n2010305,general_public,48.70\n"),
        at(f"{YEAR}/classes.csv", 2, "function_code", "“2010305” 有 7 位", "（类，三位）应为 3 位"),
    ),
    "classes-header-only": (
        write(f"{YEAR}/classes.csv", b"function_code,fund,final\n"),
        at(f"{YEAR}/classes.csv", None, "", "只有表头", "至少应有一行"),
    ),
    "fund-unknown": (
        edit(SPENT, "general_public", "public"),
        at(SPENT, 2, "fund", "“public” 不是资金性质", "general_public（一般公共预算财政拨款）"),
    ),
    "row-too-long": (add(TOTALS, "x,1,2\n"), at(TOTALS, 8, "", "这一行有 3 格", "应为 2 格", "引号")),
    "row-too-short": (add(TOTALS, "income.total\n"), at(TOTALS, 8, "final", "空白")),
    "year-in-chinese": (folder(f"{UNIT}/2021年"), at(f"{UNIT}/2021年", None, "", "文件夹名不是年度", "2021")),
    "unit-not-listed": (folder("bazhong-gsl"), at("bazhong-gsl", None, "", "单位不在 units.csv 中", UNIT)),
    "file-unknown": (
        write(f"{YEAR}/incomes.csv", b"a\n"),
        at(f"{YEAR}/incomes.csv", None, "", "不认识", "revenue.csv"),
    ),
    "units-missing": (remove("units.csv"), at("units.csv", None, "", "缺少这个文件")),
    "units-level-unknown": (edit("units.csv", ",county,", ",town,"), at("units.csv", 2, "level", "“town” 不是级次")),
    "units-name-blank": (edit("units.csv", "南江政务信息办", ""), at("units.csv", 2, "short_name", "空白")),
    "units-twice": (
        add("units.csv", f"{UNIT},甲,乙,丙,county,丁,sichuan-2021,\n"),
        at("units.csv", 3, "unit_id", "与第 2 行重复"),
    ),
    "units-id-a-path": (
        add("units.csv", "../units,甲,乙,丙,county,丁,sichuan-2021,\n"),
        at("units.csv", 3, "unit_id", "“../units” 不能作文件夹名"),
    ),
    "classification-missing": (
        remove("classification/function.csv"),
        at("classification/function.csv", None, "", "缺少这个文件"),
    ),
    "classification-year": (
        write("classification/function.csv", "code,name,first_year,last_year,basis\n201,甲,2019年,,乙\n".encode()),
        at("classification/function.csv", 2, "first_year", "“2019年” 不是年度"),
    ),
    "source-missing": (remove(SOURCE), at(SOURCE, None, "", "缺少这个文件", "出处和金额单位")),
    "source-unknown-unit": (
        edit(SOURCE, '"万元"', '"千元"'),
        at(SOURCE, None, "amount_unit", "金额单位是 '千元'", "元、万元、亿元"),
    ),
    "source-unit-a-list": (edit(SOURCE, '"万元"', '["万元"]'), at(SOURCE, None, "amount_unit", "['万元']")),
    "source-decimals-text": (edit(SOURCE, "decimals = 2", 'decimals = "2"'), at(SOURCE, None, "decimals", "'2'")),
    "source-decimals-true": (edit(SOURCE, "decimals = 2", "decimals = true"), at(SOURCE, None, "decimals", "True")),
    "source-title-a-number": (edit(SOURCE, "publisher = ", "publisher = 1 #"), at(SOURCE, None, "publisher", "是 1")),
    "source-file-a-text": (
        edit(SOURCE, "[files.totals]\nfrom =", "[files]\ntotals ="),
        at(SOURCE, None, "files.totals", "应为 [files.totals] 一节"),
    ),
    "source-files-a-list": (
        write(SOURCE, 'amount_unit = "元"\ndecimals = 2\nfiles = ["totals"]'.encode()),
        at(SOURCE, None, "files", "files 是 ['totals']"),
    ),
    "source-approved-no-day": (
        edit(SOURCE, "decimals = 2", 'decimals = 2\napproved = "2022年9月"'),
        at(SOURCE, None, "approved", "批复日期是 '2022年9月'", "应为日期，例如 2022-09-01", "不知道就删去"),
    ),
    "source-published-no-such-day": (
        edit(SOURCE, "decimals = 2", 'decimals = 2\npublished = "2022-02-30"'),
        at(SOURCE, None, "published", "公开日期是 '2022-02-30'"),
    ),
    "source-published-a-number": (
        edit(SOURCE, "decimals = 2", "decimals = 2\npublished = 20220915"),
        at(SOURCE, None, "published", "公开日期是 20220915"),
    ),
    "source-approved-with-a-time": (
        edit(SOURCE, "decimals = 2", "decimals = 2\napproved = 2022-09-01T08:00:00"),
        at(SOURCE, None, "approved", "应为日期"),
    ),
    "source-not-toml": (write(SOURCE, b"amount_unit: x"), at(SOURCE, None, "", "不是 TOML")),
    "source-binary": (write(SOURCE, bytes(range(256))), at(SOURCE, None, "", "不是 TOML")),
    "sum-does-not-add-up": (
        edit(TOTALS, "income.total,191.39", "income.total,191.93"),
        at(TOTALS, 2, "final", "左边 191.93万元，右边 191.39万元", "T01", "公开01＝公开02"),
    ),
}


def fits(fault: Fault, expected: Expected) -> bool:
    place = (fault.file, fault.row, fault.column) == (expected.file, expected.row, expected.column)
    return place and all(word in str(fault) for word in expected.words)


@pytest.mark.parametrize(("damage", "expected"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_said_at_its_place_with_what_was_found_expected_and_to_do(
    data: Path, damage: Damage, expected: Expected
) -> None:
    damage(data)
    checked = check_data(data)
    assert not checked.usable
    assert any(fits(fault, expected) for fault in checked.faults), "\n".join(map(str, checked.faults))
    assert all(fault.found and fault.expected and fault.remedy for fault in checked.faults)


@pytest.mark.parametrize("name", ["totals-empty", "letter-o-for-zero", "source-unknown-unit", "sum-does-not-add-up"])
def test_accounts_with_a_fault_in_their_folder_are_not_handed_out(data: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    damage(data)
    with pytest.raises(FaultsError, match="处差错") as refused:
        load_accounts(data, UNIT, 2021)
    assert any(fits(fault, expected) for fault in refused.value.faults)


def test_no_scrap_of_bytes_anywhere_in_the_folder_makes_the_reader_throw(data: Path) -> None:
    chance = random.Random(2021)
    scraps = [b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"-", b"(", b"9" * 30, b"nan", b"[", b"=", "①½².％".encode()]
    files = sorted(path for path in data.rglob("*") if path.suffix in {".csv", ".toml"} or path.name == "narrative.md")
    for _ in range(40):
        path = chance.choice(files)
        whole = path.read_bytes()
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + chance.choice(scraps) + whole[place + chance.choice([0, 1, 5, 40]) :])
        assert all(str(fault) for fault in check_data(data).faults)
        path.write_bytes(whole)


def test_the_committed_data_has_no_fault_that_stops_a_build() -> None:
    assert check_data(DATA).usable


def test_several_faults_are_reported_in_one_run(data: Path) -> None:
    for name in ("letter-o-for-zero", "economic-code-unknown", "year-in-chinese", "half-a-car", "unit-not-listed"):
        DAMAGES[name][0](data)
    checked = check_data(data)
    for name in ("letter-o-for-zero", "economic-code-unknown", "year-in-chinese", "half-a-car", "unit-not-listed"):
        assert any(fits(fault, DAMAGES[name][1]) for fault in checked.faults), name


def test_two_faults_of_one_row_are_both_reported(data: Path) -> None:
    edit(SPENT, "2010305,general_public", "2019999,public")(data)
    columns = {fault.column for fault in check_data(data).faults if fault.row == 2}
    assert {"function_code", "fund"} <= columns


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_data(tmp_path / "nowhere").faults
    assert "没有这个文件夹" in str(fault)


def test_a_table_without_its_origin_in_source_toml_is_a_warning_that_lets_the_build_go_on(data: Path) -> None:
    edit(SOURCE, "[files.projects]\nfrom", "[files.projects]\nwhence")(data)
    checked = check_data(data)
    assert checked.usable
    assert any("没有写明 projects.csv 的出处" in fault.found for fault in checked.faults)


DAYS = {
    "late": (
        'approved = 2022-09-01\npublished = "2022-09-22"',
        "公开日期 2022-09-22 晚于期限 2022-09-21",
        "后 20 日内公开",
    ),
    "too-early": ("approved = 2022-09-01\npublished = 2022-08-31", "早于批复日期 2022-09-01", "应在批复之后公开"),
}


@pytest.mark.parametrize(("written", "found", "expected"), DAYS.values(), ids=DAYS)
def test_a_day_of_publication_outside_the_term_is_a_warning_that_lets_the_build_go_on(
    data: Path, written: str, found: str, expected: str
) -> None:
    edit(SOURCE, "decimals = 2", f"decimals = 2\n{written}")(data)
    checked = check_data(data)
    assert checked.usable
    (fault,) = [fault for fault in checked.faults if fault.column == "published"]
    assert found in fault.found and expected in fault.expected and fault.severity == "warning"


@pytest.mark.parametrize("published", ["2022-09-01", '"2022-09-21"', '" 2022-09-10 "'])
def test_a_day_within_the_term_is_no_fault_and_is_read_as_a_date_or_as_text(data: Path, published: str) -> None:
    edit(SOURCE, "decimals = 2", f'decimals = 2\napproved = "2022-09-01"\npublished = {published}')(data)
    checked = check_data(data)
    source = checked.accounts[UNIT, 2021].source
    assert not [fault for fault in checked.faults if fault.column in ("approved", "published")]
    assert (str(source.approved), str(source.published), str(source.deadline)) == (
        "2022-09-01",
        published.strip('" '),
        "2022-09-21",
    )


def test_days_that_are_not_known_stay_unknown(data: Path) -> None:
    source = check_data(data).accounts[UNIT, 2021].source
    assert (source.approved, source.published, source.deadline) == (None, None, None)
