"""What every table of `data/` holds, in one place: columns, types, units, keys.

The reader, the checks, the data dictionary (`data/README.md`) and the Frictionless descriptor are all made from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from juesuan.cells import (
    CATEGORIES,
    DISCLOSURE_ITEMS,
    EVALUATIONS,
    FISCAL_FUNDS,
    FUNDS,
    HEADLINE_ITEMS,
    LEVELS,
    REVENUE_SOURCES,
    STRUCTURE_ITEMS,
    THREE_PUBLIC_ITEMS,
    TOTAL_ITEMS,
    Column,
    ColumnType,
    Item,
    Table,
)

__all__ = [
    "CATEGORIES",
    "DISCLOSURE_ITEMS",
    "EVALUATIONS",
    "FISCAL_FUNDS",
    "FUNDS",
    "HEADLINE_ITEMS",
    "LEVELS",
    "ORIGINS",
    "PRICE_INDEX",
    "REVENUE_SOURCES",
    "STRUCTURE_ITEMS",
    "THREE_PUBLIC_ITEMS",
    "TOTAL_ITEMS",
    "UNITS",
    "YEAR_TABLES",
    "Column",
    "ColumnType",
    "Item",
    "Table",
    "classification_table",
]


def _choice(name: str, title: str, choices: Mapping[str, str]) -> Column:
    return Column(name, title, "choice", choices=choices)


_FUNCTION = Column("function_code", "功能分类科目编码（项）", "code", classification="function")
_FUNCTION_IF_KNOWN = replace(_FUNCTION, blank=True)
_FUNCTION_CLASS = replace(_FUNCTION, title="功能分类科目编码（类，三位）", digits=3)
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
            "正文印出的一个合计数或结构数：有明细的用来核对，没有明细的用来比较",
            (replace(_choice("item", "项目", TOTAL_ITEMS), usual=HEADLINE_ITEMS), _FINAL),
            ("item",),
            sparse=False,
            says_something=True,
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
            "classes",
            "按类的支出",
            "一个功能分类类级科目、一种资金；只按类公开、没有项级明细时用，一种资金列了就列全各类",
            (_FUNCTION_CLASS, _FUND, _FINAL),
            ("function_code", "fund"),
            sparse=False,
            says_something=True,
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

ORIGINS = Table(
    "origins",
    "每格的出处",
    "导入的一格：取自文件的哪一处、那里印着什么；由 juesuan import 写成，不是账，报告不用",
    (
        Column("table", "表名", "text"),
        Column("row_key", "行的键，几列的以 / 相连", "text"),
        Column("column", "列名", "text"),
        Column("place", "页、表、行列或段", "text"),
        Column("quote", "句子中的，所在的原文", "text", blank=True),
        Column("printed", "原文所印；推算的，写推算的办法", "text"),
        Column("unit", "原文的单位", "text", blank=True),
        Column("derived", "推算的写 true", "text", blank=True),
    ),
    ("table", "row_key", "column"),
    sparse=False,
)
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
        Column("profile", "报告格式（report/profiles）；空白的不由本站出报告，只作比较", "text", blank=True),
        Column("published_at", "公开处", "text", blank=True),
    ),
    ("unit_id",),
    required=True,
    says_something=True,
)
PRICE_INDEX = Table(
    "cpi",
    "居民消费价格指数",
    "一年的全国居民消费价格指数，上年＝100；各年须连续，用来折算不变价",
    (
        Column("year", "年度", "year"),
        Column("index_pct", "指数（上年＝100）", "number"),
        Column("source", "出处", "text"),
    ),
    ("year",),
    says_something=True,
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
        says_something=True,
    )
