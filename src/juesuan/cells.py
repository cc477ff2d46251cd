"""What a cell of `data/` may hold: what a column and a table are, and each closed list, as code and Chinese name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
HEADLINE_ITEMS = {
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
STRUCTURE_ITEMS = {
    **{f"income.{source}": name for source, name in REVENUE_SOURCES.items()},
    "income.fiscal": "本年财政拨款收入",
    **{f"expenditure.{category}": name for category, name in CATEGORIES.items()},
    "expenditure.fiscal": "本年财政拨款支出",
    "government_fund.expenditure": "政府性基金预算财政拨款支出",
    "state_capital.expenditure": "国有资本经营预算财政拨款支出",
    "basic.total": "一般公共预算财政拨款基本支出",
    "basic.personnel": "一般公共预算财政拨款基本支出中的人员经费",
    "basic.public": "一般公共预算财政拨款基本支出中的公用经费",
    "carryover.opening": "年初结转和结余",
    "carryover.closing": "年末结转和结余",
    "three_public.total": "“三公”经费合计",
    **{f"three_public.{item}": name for item, name in THREE_PUBLIC_ITEMS.items()},
    "three_public.vehicles": "公务用车购置及运行维护费",
}
"""Sums of a part, named as the report's ledger names them: for documents that print the structure without its details."""
TOTAL_ITEMS = {**HEADLINE_ITEMS, **STRUCTURE_ITEMS}
EVALUATIONS = {"overall": "部门整体支出绩效评价", "project": "项目支出绩效评价"}
LEVELS = {
    "township": "乡镇级",
    "county": "县级",
    "district": "区级",
    "zone": "功能区（风景区、开发区等）",
    "city": "市级",
    "province": "省级",
}


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
    """One column: `blank` says whether a cell may be empty (未公开), `signed` whether an amount may be negative.

    `usual` are the choices that every office has, where those are not all; `digits` is the length of a code, where it is
    not left open.
    """

    name: str
    title: str
    type: ColumnType
    blank: bool = False
    signed: bool = False
    choices: Mapping[str, str] | None = None
    classification: Literal["function", "economic"] | None = None
    usual: Mapping[str, str] | None = None
    digits: int | None = None

    @property
    def frame_name(self) -> str:
        """Name of the column in a frame: an amount is 分 and says so."""
        return f"{self.name}_fen" if self.type == "amount" else self.name


@dataclass(frozen=True)
class Table:
    """One file: what a row is, its columns and its key.

    `sparse`: a row that is not there means nothing happened. `says_something`: a file without a row is a fault.
    """

    name: str
    title: str
    row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sparse: bool = True
    required: bool = False
    says_something: bool = False

    @property
    def file(self) -> str:
        """The file's name in a year's folder."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column:
        """Return the column called `name` in the file."""
        return next(column for column in self.columns if column.name == name)
