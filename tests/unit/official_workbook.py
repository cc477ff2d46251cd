"""Writes a year's accounts as the official workbook: fourteen sheets (公开01 to 14) or nine, from the files of `data/`.

A second author: what is printed where is written down here from the form itself, sharing nothing with the import.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

Row = dict[str, str]
Line = list[object]
FISCAL = {
    "general_public": "一般公共预算财政拨款",
    "government_fund": "政府性基金预算财政拨款",
    "state_capital": "国有资本经营预算财政拨款",
}
OWN = {
    "superior_subsidy": "上级补助收入",
    "institutional": "事业收入",
    "operating": "经营收入",
    "subordinate_remittance": "附属单位上缴收入",
    "other": "其他收入",
}
SPENT = {
    "basic": "基本支出",
    "project": "项目支出",
    "remit_superior": "上缴上级支出",
    "operating": "经营支出",
    "subsidy_subordinate": "对附属单位补助支出",
}
ORDINALS = "一二三四五六七八九十"


class Printer:
    """Prints the accounts of one folder; `blank` leaves zeros out, `three` parts a code in 类, 款 and 项."""

    def __init__(self, folder: Path, *, blank: bool, three: bool) -> None:
        self.folder, self.blank, self.three = folder, blank, three
        names = (
            folder.parents[1] / "classification" / "function.csv",
            folder.parents[1] / "classification" / "economic.csv",
        )
        year = folder.name
        self.names = {row["code"]: row["name"] for path in names for row in read(path)
                      if (row["first_year"] or "0") <= year <= (row["last_year"] or "9")}  # fmt: skip
        self.classes = sorted(code for code in self.names if len(code) == 3 and code.startswith("2"))
        self.book = Workbook()
        self.book.remove(self.book.active)

    def rows(self, name: str) -> list[Row]:
        path = self.folder / f"{name}.csv"
        return read(path) if path.is_file() else []

    def total(self, name: str, column: str = "final", **where: object) -> Decimal:
        return sum((Decimal(row[column] or 0) for row in self.rows(name) if fits(row, where)), Decimal(0))

    def cell(self, amount: Decimal) -> object:
        return None if self.blank and not amount else float(amount)

    def sheet(self, name: str, lines: Iterable[Line]) -> None:
        sheet = self.book.create_sheet(name[:31])
        for line in [[name], [f"{self.folder.name}年度", None, "单位：万元"], *lines]:
            sheet.append(line)
        for row in sheet.iter_rows():
            for one in row:
                if isinstance(one.value, float):
                    one.number_format = "0.00"

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path

    def code(self, code: str) -> Line:
        return [code[:3] or None, code[3:5] or None, code[5:] or None] if self.three else [code or None]

    def crossed(self, title: str, whole: str, columns: dict[str, str], items: Iterable[str],
                amount: Callable[[str, str], Decimal]) -> None:  # fmt: skip
        """Print 类, 款 and 项 with the sum of each row first."""
        lines: list[Line] = [
            [*(["科目编码", None, None] if self.three else ["科目编码"]), "科目名称", whole, *columns.values()]
        ]
        lines += [["类", "款", "项"]] if self.three else []
        lines.append([*self.code("")[:-1], "栏次", *map(str, range(1, len(columns) + 3))])
        every = {code[:digits] for code in items for digits in (3, 5, 7)}
        for code in ["", *sorted(every)]:
            parts = [amount(code, key) for key in columns]
            name = self.names[code] if code else "合计"
            lines.append([*self.code(code), name, self.cell(sum(parts, Decimal(0))), *map(self.cell, parts)])
        self.sheet(title, lines)

    def sides(self) -> None:
        """Print 公开01."""
        incomes = [(FISCAL[one] + "收入", self.total("revenue", source=one)) for one in FISCAL]
        incomes += [(name, self.total("revenue", source=key)) for key, name in OWN.items()]
        spent = [(self.names[one], self.total("expenditure", function_code=one)) for one in self.classes]
        lines: list[Line] = [
            ["收入", None, None, "支出", None, None],
            ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ]
        for n in range(max(len(incomes), len(spent))):
            left = (
                [numbered(n, incomes[n][0]), str(n + 1), self.cell(incomes[n][1])]
                if n < len(incomes)
                else [None, str(n + 1), None]
            )
            right = [numbered(n, spent[n][0]), str(n + 40), self.cell(spent[n][1])] if n < len(spent) else [None] * 3
            lines.append([*left, *right])
        carried = {
            key: self.total("carryover", key) for key in ("opening", "closing", "surplus_used", "surplus_distributed")
        }
        income, expenditure = self.total("revenue"), self.total("expenditure")
        foot = (
            ("本年收入合计", income, "本年支出合计", expenditure),
            ("使用非财政拨款结余", carried["surplus_used"], "结余分配", carried["surplus_distributed"]),
            ("年初结转和结余", carried["opening"], "年末结转和结余", carried["closing"]),
            ("总计", income + carried["surplus_used"] + carried["opening"],
             "总计", expenditure + carried["surplus_distributed"] + carried["closing"]),
        )  # fmt: skip
        lines += [[a, "90", self.cell(one), b, "91", self.cell(other)] for a, one, b, other in foot]
        self.sheet("收入支出决算总表", lines)

    def fiscal_sides(self) -> None:
        """Print 公开04."""
        funds = list(FISCAL)
        lines: list[Line] = [["收入", None, "支出"], ["项目", "金额", "项目", "小计", *FISCAL.values()]]
        for n, code in enumerate(self.classes):
            parts = [self.total("expenditure", function_code=code, fund=fund) for fund in funds]
            left = (
                [numbered(n, FISCAL[funds[n]]), self.cell(self.total("revenue", source=funds[n]))]
                if n < 3
                else [None, None]
            )
            lines.append(
                [*left, numbered(n, self.names[code]), self.cell(sum(parts, Decimal(0))), *map(self.cell, parts)]
            )
        spent = [self.total("expenditure", fund=fund) for fund in funds]
        closing = [self.total("carryover", "closing", fund=fund) for fund in funds]
        opening = [self.total("carryover", "opening", fund=fund) for fund in funds]
        income = sum((self.total("revenue", source=fund) for fund in funds), Decimal(0))
        whole = [a + b for a, b in zip(spent, closing, strict=True)]
        lines.append(
            [
                "本年收入合计",
                self.cell(income),
                "本年支出合计",
                self.cell(sum(spent, Decimal(0))),
                *map(self.cell, spent),
            ]
        )
        lines.append(["年初财政拨款结转和结余", self.cell(sum(opening, Decimal(0))), "年末财政拨款结转和结余",
                      self.cell(sum(closing, Decimal(0))), *map(self.cell, closing)])  # fmt: skip
        lines += [[FISCAL[fund], self.cell(opening[n])] for n, fund in enumerate(funds)]
        lines.append(
            [
                "总计",
                self.cell(income + sum(opening, Decimal(0))),
                "总计",
                self.cell(sum(whole, Decimal(0))),
                *map(self.cell, whole),
            ]
        )
        self.sheet("财政拨款收入支出决算总表", lines)

    def basic(self) -> None:
        """Print 公开08: 人员经费 beside 公用经费."""
        codes = sorted({row["economic_code"] for row in self.rows("economic") if fits(row, BASIC)})
        sides = [self.with_classes(codes, heads) for heads in (("301", "303"), ("302", "310"))]
        lines: list[Line] = [["人员经费", None, None, "公用经费"], ["科目编码", "科目名称", "决算数"] * 2]
        for n in range(max(map(len, sides))):
            lines.append([part for side in sides for part in (side[n] if n < len(side) else [None] * 3)])
        lines.append(
            ["人员经费合计", None, self.of_basic("301", "303"), "公用经费合计", None, self.of_basic("302", "310")]
        )
        self.sheet("一般公共预算财政拨款基本支出决算表", lines)

    def with_classes(self, codes: list[str], heads: tuple[str, ...]) -> list[Line]:
        own = [code for code in codes if code.startswith(heads)]
        return [[code, self.names[code], self.of_basic(code)] for code in sorted({*own, *(one[:3] for one in own)})]

    def of_basic(self, *codes: str) -> object:
        return self.cell(
            sum((self.total("economic", **{**BASIC, "economic_code": code}) for code in codes), Decimal(0))
        )

    def matrix(self, title: str, funds: Iterable[str]) -> None:
        """Print 公开05 or 07: 功能科目 crossed with 经济科目."""
        wanted = [row for row in self.rows("economic") if row["fund"] in funds]
        columns = {code: code + self.names[code] for code in sorted({row["economic_code"] for row in wanted})}
        self.crossed(title, "合计", columns, {row["function_code"] for row in wanted}, lambda function, code: sum(
            (self.total("economic", function_code=function, economic_code=code, fund=fund) for fund in funds), Decimal(0)))  # fmt: skip

    def spent(self, title: str, fund: str) -> None:
        columns = {key: SPENT[key] for key in ("basic", "project")} if fund else SPENT
        where = {"fund": fund} if fund else {}
        items = {row["function_code"] for row in self.rows("expenditure") if fits(row, where)}
        self.crossed(title, "合计" if fund else "本年支出合计", columns, items,
                     lambda code, key: self.total("expenditure", function_code=code, category=key, **where))  # fmt: skip

    def revenue(self) -> None:
        items = {row["function_code"] for row in self.rows("revenue")}
        self.crossed("收入决算表", "本年收入合计", {"fiscal": "财政拨款收入", **OWN}, items, lambda code, key: sum(
            (self.total("revenue", function_code=code, source=one) for one in (FISCAL if key == "fiscal" else (key,))),
            Decimal(0)))  # fmt: skip

    def balance(self, fund: str) -> None:
        """Print 公开11 or 13; carry-over is known for the whole fund."""
        items = {row["function_code"] for row in self.rows("expenditure") if row["fund"] == fund}
        items |= {row["function_code"] for row in self.rows("revenue") if row["source"] == fund}
        lines: list[Line] = [["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", None, None, "年末结转和结余"],
                             [None, None, None, None, "小计", "基本支出", "项目支出", None]]  # fmt: skip
        for code in ["", *sorted({one[:digits] for one in items for digits in (3, 5, 7)})]:
            parts = [
                self.total("expenditure", function_code=code, fund=fund, category=key) for key in ("basic", "project")
            ]
            ends = [
                self.total("carryover", key, fund=fund) if not code else Decimal(0) for key in ("opening", "closing")
            ]
            income = self.total("revenue", function_code=code, source=fund)
            lines.append([code or None, self.names[code] if code else "合计", self.cell(ends[0]), self.cell(income),
                          self.cell(sum(parts, Decimal(0))), *map(self.cell, parts), self.cell(ends[1])])  # fmt: skip
        self.sheet(f"{FISCAL[fund]}收入支出决算表", lines)

    def projects(self) -> None:
        lines: list[Line] = [["科目编码", "科目名称（项目）", "金额"]]
        own = [row for row in self.rows("projects") if row["fund"] == "general_public"]
        lines.append([None, "合计", self.cell(sum((Decimal(row["final"]) for row in own), Decimal(0)))])
        for code in sorted({row["function_code"] for row in own}):
            lines.append(
                [code, self.names[code], self.cell(self.total("projects", function_code=code, fund="general_public"))]
            )
            lines += [[None, row["project"], float(row["final"])] for row in own if row["function_code"] == code]
        self.sheet("一般公共预算财政拨款项目支出决算表", lines)

    def three_public(self, title: str, fund: str, *, pairs: bool) -> None:
        items = ["overseas", "vehicle_purchase", "vehicle_operation", "reception"]
        amounts = {(item, column): self.total("three_public", column, item=item, fund=fund)
                   for item in items for column in ("adjusted_budget", "final")}  # fmt: skip
        for column in ("adjusted_budget", "final"):
            amounts["vehicles", column] = amounts["vehicle_purchase", column] + amounts["vehicle_operation", column]
            amounts["all", column] = sum((amounts[item, column] for item in items), Decimal(0))
        order = ["all", "overseas", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"]
        names = ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
        if pairs:
            head: list[Line] = [[one for name in names for one in (name, None)], ["预算数", "决算数"] * 6]
            row = [float(amounts[item, column]) for item in order for column in ("adjusted_budget", "final")]
        else:
            head = [["预算数", *[None] * 5, "决算数"], names * 2]
            row = [float(amounts[item, column]) for column in ("adjusted_budget", "final") for item in order]
        self.sheet(title, [*head, list(row)])


BASIC: dict[str, object] = {"fund": "general_public", "category": "basic"}


def fourteen(folder: Path, path: Path) -> Path:
    """Write the fourteen sheets of the form that Sichuan uses: zeros blank, codes in three columns."""
    printer = Printer(folder, blank=True, three=True)
    printer.sides()
    printer.revenue()
    printer.spent("支出决算表", "")
    printer.fiscal_sides()
    printer.matrix("财政拨款支出决算明细表", tuple(FISCAL))
    printer.spent("一般公共预算财政拨款支出决算表", "general_public")
    printer.matrix("一般公共预算财政拨款支出决算明细表", ("general_public",))
    printer.basic()
    printer.projects()
    printer.three_public("一般公共预算财政拨款“三公”经费支出决算表", "general_public", pairs=False)
    printer.balance("government_fund")
    printer.three_public("政府性基金预算财政拨款“三公”经费支出决算表", "government_fund", pairs=False)
    printer.balance("state_capital")
    printer.spent("国有资本经营预算财政拨款支出决算表", "state_capital")
    return printer.save(path)


def nine(folder: Path, path: Path) -> Path:
    """Write the nine sheets of the national set: zeros printed, codes in one column."""
    printer = Printer(folder, blank=False, three=False)
    printer.sides()
    printer.revenue()
    printer.spent("支出决算表", "")
    printer.fiscal_sides()
    printer.spent("一般公共预算财政拨款支出决算表", "general_public")
    printer.basic()
    printer.three_public("财政拨款“三公”经费支出决算表", "general_public", pairs=True)
    printer.balance("government_fund")
    printer.balance("state_capital")
    return printer.save(path)


def numbered(n: int, name: str) -> str:
    tens, ones = divmod(n + 1, 10)
    head = "" if not tens else "十" if tens == 1 else f"{ORDINALS[tens - 1]}十"
    return f"{head}{ORDINALS[ones - 1] if ones else ''}、{name}"


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fits(row: Row, where: dict[str, object]) -> bool:
    return all(
        row[key].startswith(str(value)) if key.endswith("_code") else row[key] == value for key, value in where.items()
    )
