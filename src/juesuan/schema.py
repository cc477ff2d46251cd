"""What every table of `data/` holds, in one place: columns, types, units, keys.

The reader, the checks, the data dictionary (`data/README.md`) and the Frictionless descriptor are all made from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

ColumnType = Literal["text", "code", "choice", "amount", "number", "year"]

FUNDS = {
    "general_public": "一般公共预算财政拨款",
    "government_fund": "政府性基金预算财政拨款",
    "state_capital": "国有资本经营预算财政拨款",
    "other": "其他资金",
}
FISCAL_FUNDS = {fund: name for fund, name in FUNDS.items() if fund != "other"}
REVENUE_SOURCES = {
    "general_public": "一般公共预算财政拨款收入",
    "government_fund": "政府性基金预算财政拨款收入",
    "state_capital": "国有资本经营预算财政拨款收入",
    "superior_subsidy": "上级补助收入",
    "institutional": "事业收入",
    "operating": "经营收入",
    "subordinate_remittance": "附属单位上缴收入",
    "other": "其他收入",
}
CATEGORIES = {
    "basic": "基本支出",
    "project": "项目支出",
    "remit_superior": "上缴上级支出",
    "operating": "经营支出",
    "subsidy_subordinate": "对附属单位补助支出",
}
TOTAL_ITEMS = {
    "income.total": "本年收入合计",
    "expenditure.total": "本年支出合计",
    "grand.total": "收入支出总计（含结转和结余）",
    "fiscal.total": "财政拨款收入总计",
    "fiscal_expenditure.total": "财政拨款支出总计",
    "general_public.total": "一般公共预算财政拨款支出",
}
THREE_PUBLIC_ITEMS = {
    "overseas": "因公出国（境）费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}
EVALUATIONS = {"overall": "部门整体支出绩效评价", "project": "项目支出绩效评价"}
LEVELS = {"county": "县级", "district": "区级", "city": "市级", "province": "省级"}


@dataclass(frozen=True)
class Item:
    """One entry of the table `disclosures`: its Chinese name and the unit its value is in (an amount says 万元)."""

    name: str
    unit: str


DISCLOSURE_ITEMS = {
    "operating_funds": Item("机关运行经费", "万元"),
    "procurement.goods": Item("政府采购货物支出", "万元"),
    "procurement.works": Item("政府采购工程支出", "万元"),
    "procurement.services": Item("政府采购服务支出", "万元"),
    "procurement.small_business": Item("授予中小企业合同金额", "万元"),
    "vehicles.senior": Item("主要负责人用车", "辆"),
    "vehicles.confidential": Item("机要通信用车", "辆"),
    "vehicles.emergency": Item("应急保障用车", "辆"),
    "vehicles.enforcement": Item("执法执勤用车", "辆"),
    "vehicles.special": Item("特种专业技术用车", "辆"),
    "vehicles.retired": Item("离退休干部用车", "辆"),
    "vehicles.other": Item("其他用车", "辆"),
    "equipment.over_1m": Item("单价100万元以上专用设备", "台（套）"),
    "staff.posts": Item("核定编制", "人"),
    "staff.year_end": Item("年末在职人员", "人"),
    "three_public.overseas.groups": Item("因公出国（境）团组", "个"),
    "three_public.overseas.persons": Item("因公出国（境）人次", "人次"),
    "three_public.vehicle_purchase.vehicles": Item("购置公务用车", "辆"),
    "three_public.vehicle_operation.vehicles": Item("年末公务用车保有量", "辆"),
    "three_public.reception.batches": Item("公务接待批次", "批次"),
    "three_public.reception.persons": Item("公务接待人次", "人次"),
}


@dataclass(frozen=True)
class Column:
    """One column: `blank` says whether a cell may be empty (未公开), `signed` whether an amount may be negative."""

    name: str
    title: str
    type: ColumnType
    blank: bool = False
    signed: bool = False
    choices: Mapping[str, str] | None = None
    classification: Literal["function", "economic"] | None = None

    @property
    def frame_name(self) -> str:
        """Name of the column in a frame: an amount is 分 and says so."""
        return f"{self.name}_fen" if self.type == "amount" else self.name


@dataclass(frozen=True)
class Table:
    """One file: what a row is, its columns and its key. `sparse`: a row that is not there means nothing happened."""

    name: str
    title: str
    row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sparse: bool = True
    required: bool = False

    @property
    def file(self) -> str:
        """The file's name in a year's folder."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column:
        """Return the column called `name` in the file."""
        return next(column for column in self.columns if column.name == name)


def _choice(name: str, title: str, choices: Mapping[str, str]) -> Column:
    return Column(name, title, "choice", choices=choices)


_FUNCTION = Column("function_code", "功能分类科目编码（项）", "code", classification="function")
_FUNCTION_IF_KNOWN = replace(_FUNCTION, blank=True)
_ECONOMIC = Column("economic_code", "经济分类科目编码（款）", "code", classification="economic")
_FUND = _choice("fund", "资金性质", FUNDS)
_CATEGORY = _choice("category", "支出类别", CATEGORIES)
_INITIAL = Column("initial_budget", "年初预算数", "amount", blank=True)
_ADJUSTED = Column("adjusted_budget", "全年预算数", "amount", blank=True)
_FINAL = Column("final", "决算数", "amount")
_BUDGETS_AND_FINAL = (_INITIAL, _ADJUSTED, _FINAL)

YEAR_TABLES = {
    table.name: table
    for table in (
        Table(
            "totals",
            "控制数",
            "报告正文印出的一个合计数，用来核对明细；只有总数的年度仅此一表",
            (_choice("item", "项目", TOTAL_ITEMS), _FINAL),
            ("item",),
            sparse=False,
            required=True,
        ),
        Table(
            "printed",
            "原件所印的合计",
            "原件印出的一个合计，与明细之和因四舍五入差在末位；报告照印原件的数",
            (Column("fact_id", "台账数字的编号", "text"), _FINAL),
            ("fact_id",),
            sparse=False,
        ),
        Table(
            "revenue",
            "收入决算",
            "一个功能分类项级科目的一种收入来源",
            (_FUNCTION, _choice("source", "收入来源", REVENUE_SOURCES), *_BUDGETS_AND_FINAL),
            ("function_code", "source"),
        ),
        Table(
            "expenditure",
            "支出决算",
            "一个功能分类项级科目、一种资金、一种支出类别",
            (_FUNCTION, _FUND, _CATEGORY, *_BUDGETS_AND_FINAL),
            ("function_code", "fund", "category"),
        ),
        Table(
            "economic",
            "支出经济分类",
            "一个功能分类科目下的一个经济分类款级科目",
            (_FUNCTION_IF_KNOWN, _ECONOMIC, _FUND, _CATEGORY, _FINAL),
            ("function_code", "economic_code", "fund", "category"),
        ),
        Table(
            "budgets",
            "支出预算",
            "一个功能分类项级科目、一种资金的预算；预算不分基本支出和项目支出印出时用，否则写在支出决算表",
            (_FUNCTION, _FUND, _INITIAL, _ADJUSTED),
            ("function_code", "fund"),
        ),
        Table(
            "carryover",
            "结转和结余",
            "一种资金的年初、年末结转和结余",
            (
                _FUND,
                Column("opening", "年初结转和结余", "amount"),
                Column("surplus_used", "使用非财政拨款结余", "amount"),
                Column("surplus_distributed", "结余分配", "amount"),
                Column("closing", "年末结转和结余", "amount", signed=True),
            ),
            ("fund",),
        ),
        Table(
            "three_public",
            "“三公”经费",
            "一种资金的一项“三公”经费",
            (_choice("item", "项目", THREE_PUBLIC_ITEMS), _FUND, *_BUDGETS_AND_FINAL),
            ("item", "fund"),
        ),
        Table(
            "projects",
            "项目支出",
            "一个预算项目",
            (
                Column("project", "项目名称", "text"),
                _FUNCTION,
                _FUND,
                Column("budget", "全年预算数", "amount", blank=True),
                _FINAL,
            ),
            ("project",),
        ),
        Table(
            "indicators",
            "项目绩效指标",
            "一个项目的一个三级绩效指标",
            (
                Column("project", "项目名称", "text"),
                Column("level_1", "一级指标", "text"),
                Column("level_2", "二级指标", "text"),
                Column("level_3", "三级指标", "text"),
                Column("target", "预期指标值", "text"),
                Column("actual", "实际完成指标值", "text"),
            ),
            ("project", "level_1", "level_2", "level_3"),
        ),
        Table(
            "evaluations",
            "绩效评价结果",
            "一次绩效评价",
            (
                _choice("evaluation", "评价种类", EVALUATIONS),
                Column("subject", "评价对象", "text"),
                Column("score", "得分", "number", blank=True),
                Column("grade", "等次", "text", blank=True),
            ),
            ("evaluation", "subject"),
            sparse=False,
        ),
        Table(
            "disclosures",
            "其他事项",
            "一项需要说明的数：机关运行经费、政府采购、国有资产、编制和人员、“三公”数量",
            (
                _choice("item", "项目", {key: f"{item.name}（{item.unit}）" for key, item in DISCLOSURE_ITEMS.items()}),
                Column("value", "数值，单位见项目", "number"),
            ),
            ("item",),
            sparse=False,
        ),
    )
}

UNITS = Table(
    "units",
    "单位名录",
    "一个单位",
    (
        Column("unit_id", "单位编号（文件夹名）", "code"),
        Column("name", "单位名称", "text"),
        Column("short_name", "简称", "text"),
        Column("region", "地区", "text"),
        _choice("level", "级次", LEVELS),
        Column("kind", "单位性质", "text"),
        Column("profile", "报告格式（report/profiles）", "text"),
        Column("published_at", "公开处", "text", blank=True),
    ),
    ("unit_id",),
    required=True,
)


def classification_table(kind: Literal["function", "economic"]) -> Table:
    """Return the description of `data/classification/<kind>.csv`: one row a code and a name it bore."""
    title = {"function": "支出功能分类科目", "economic": "支出经济分类科目"}[kind]
    return Table(
        kind,
        title,
        "一个科目编码在一段年度里的名称",
        (
            Column("code", "科目编码", "code"),
            Column("name", "科目名称", "text"),
            Column("first_year", "启用年度", "year", blank=True),
            Column("last_year", "停用年度", "year", blank=True),
            Column("basis", "依据", "text"),
        ),
        ("code", "name"),
        required=True,
    )
