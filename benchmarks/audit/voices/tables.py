"""The official tables, in a long and a short form."""

from __future__ import annotations

from benchmarks.audit.accounts import ECONOMIC, FUNCTIONS
from benchmarks.audit.paper import Token
from benchmarks.audit.voices.pen import Pen

_NUMBERS = "一二三四五六七八九十"
_INCOME = (
    ("income.general", "一般公共预算财政拨款收入"),
    ("fund.income", "政府性基金预算财政拨款收入"),
    ("income.earned", "事业收入"),
)
_THREE = (
    ("tp", "合计"), ("tp.overseas", "因公出国（境）费"), ("tp.vehicles", "公务用车购置及运行维护费"), ("tp.purchase", "公务用车购置费"),
    ("tp.operation", "公务用车运行维护费"), ("tp.reception", "公务接待费"),
)  # fmt: skip


def cell(pen: Pen, key: str) -> str:
    """Write an amount of a table; zero is left blank."""
    return pen.m(key, bare=True) if pen.office.exact.get(key) else ""


def code_of(pen: Pen, code: str) -> str:
    """Write a code."""
    return pen.report.mark(Token(f"code:{code}", "name", code))


def total_table(pen: Pen) -> None:
    """Add 收入支出决算总表."""
    classes = [(f"gp.{one}", FUNCTIONS[one]) for one in pen.office.classes()]
    own = pen.office.exact["exp"] - pen.office.exact["gp"]
    rows = [("项目", "决算数", "项目", "决算数")]
    for line in range(max(len(_INCOME), len(classes) if not own else 0)):
        left = (
            (f"{_NUMBERS[line]}、{_INCOME[line][1]}", cell(pen, _INCOME[line][0])) if line < len(_INCOME) else ("", "")
        )
        right = (
            (f"{_NUMBERS[line]}、{classes[line][1]}", cell(pen, classes[line][0]))
            if line < len(classes) and not own
            else ("", "")
        )
        rows.append((*left, *right))
    rows += [
        ("本年收入合计", cell(pen, "income"), "本年支出合计", cell(pen, "exp")),
        ("年初结转和结余", cell(pen, "opening"), "年末结转和结余", cell(pen, "closing")),
        ("总计", cell(pen, "total"), "总计", cell(pen, "total")),
    ]
    pen.table("收入支出决算总表", rows)


def general_table(pen: Pen, title: str = "一般公共预算财政拨款支出决算表", total_first: bool = True) -> None:
    """Add the expenditure by 类, 款, 项, basic and project."""
    codes = sorted({prefix for item in pen.office.items for prefix in (item[:3], item[:5], item)})
    rows = [
        (code_of(pen, one), pen.name(one), *(cell(pen, f"gp.{one}{end}") for end in ("", ".b", ".j"))) for one in codes
    ]
    total = ("", "合计", cell(pen, "gp"), cell(pen, "gp.basic"), cell(pen, "gp.project"))
    pen.table(
        title,
        [
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            *([total] if total_first else []),
            *rows,
            *([] if total_first else [total]),
        ],
    )


def basic_table(pen: Pen) -> None:
    """Add the basic expenditure by 经济科目, people at the left and running costs at the right."""
    listed = [one for one in ECONOMIC if one in pen.office.economic or any(e[:3] == one for e in pen.office.economic)]
    left = [one for one in listed if one[:3] in ("301", "303")]
    right = [one for one in listed if one[:3] in ("302", "310")]
    rows = [("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数")]
    for line in range(max(len(left), len(right))):
        row: list[str] = []
        for side in (left, right):
            row += (
                (code_of(pen, side[line]), pen.name(side[line]), cell(pen, f"ec.{side[line]}"))
                if line < len(side)
                else ("", "", "")
            )
        rows.append(tuple(row))  # type: ignore[arg-type]
    rows.append(("人员经费合计", "", cell(pen, "staff"), "公用经费合计", "", cell(pen, "public")))
    pen.table("一般公共预算财政拨款基本支出决算表", rows)


def three_public_table(pen: Pen, title: str = "财政拨款“三公”经费支出决算表") -> None:
    """Add 三公, budget and outcome, standing."""
    rows = [(words, pen.m(f"{key}@b", bare=True), pen.m(key, bare=True)) for key, words in _THREE]
    pen.table(title, [("项目", "预算数", "决算数"), *rows])
