"""One CSV file becomes typed rows; everything wrong with it is a fault, and nothing is thrown."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from juesuan.classification import Classification
from juesuan.faults import Fault
from juesuan.money import AmountError, normalise_number, parse_amount, parse_number
from juesuan.rules import Record
from juesuan.schema import DISCLOSURE_ITEMS, Column, Table

CellParser = Callable[[str], Any]
_FOLDER_NAME = re.compile(r"\w[\w-]*")
LONGEST_CELL = 5_000  # an unclosed quote swallows the rest of a file; no office writes a cell this long
LARGEST_FEN = 10**16  # 一百万亿元: far above any office, and sums of hundreds of such amounts still fit Int64


@dataclass(frozen=True)
class Precision:
    """How the amounts of a folder are written: 元 or 万元, and the most decimals that unit is printed with."""

    unit: str
    decimals: int


class CellError(ValueError):
    """A cell cannot be read; `found` and `expected` say why."""

    def __init__(self, found: str, expected: str, remedy: str = "请改正此格") -> None:
        super().__init__(found)
        self.found, self.expected, self.remedy = found, expected, remedy


@dataclass
class TableReader:
    """Reads one file; `faults` fills as it goes."""

    table: Table
    shown_as: str
    precision: Precision = field(default_factory=lambda: Precision("万元", 2))
    classification: Classification | None = None
    year: int | None = None
    faults: list[Fault] = field(default_factory=list)

    def read(self, path: Path) -> list[Record]:
        """Return one row a line of the file, typed by the schema, with `source_row`; faulty lines are left out."""
        try:
            rows = self._split(decode(path.read_bytes()))
        except csv.Error as error:
            self._fault(None, "", f"不是 CSV：{error}", "应为逗号分隔的文本", "检查引号是否成对，或重新导出")
            return []
        if not rows:
            self._fault(
                None, "", "文件是空的", f"应有列 {'、'.join(one.name for one in self.table.columns)}", "填写或移走"
            )
            return []
        header = [name.strip() for name in rows[0][1]]
        if not self._header_is_sound(header):
            return []
        records = [self._record(line, dict(zip(header, cells, strict=False)), len(cells)) for line, cells in rows[1:]]
        if not records and self.table.says_something:
            self._fault(None, "", "只有表头", "至少应有一行", "填写各行")
        sound = [record for record in records if record is not None]
        self._refuse_duplicates(sound)
        return sound

    def _split(self, text: str) -> list[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""))
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]

    def _header_is_sound(self, header: list[str]) -> bool:
        wanted = [column.name for column in self.table.columns]
        missing = [name for name in wanted if name not in header]
        unknown = [name for name in header if name not in wanted]
        for name in missing:
            near = difflib.get_close_matches(name, unknown, n=1)
            hint = f"；列名是否写成了 {near[0]}？" if near else ""
            self._fault(1, name, "缺少这一列", f"应有列 {'、'.join(wanted)}", f"补上列 {name}{hint}")
        for name in unknown:
            self._fault(1, name or "（空）", "不认识这一列", f"应有列 {'、'.join(wanted)}", "删去这一列，或改正列名")
        for name in {name for name in header if header.count(name) > 1}:
            self._fault(1, name, "这一列出现了两次", "每列一次", "删去重复的列")
        return not missing and len(set(header)) == len(header)

    def _record(self, line: int, cells: dict[str, str], width: int) -> Record | None:
        faults_before = len(self.faults)
        if swallowed := next((name for name, text in cells.items() if len(text) > LONGEST_CELL), None):
            length = len(cells[swallowed])
            self._fault(line, swallowed, f"这一格有 {length} 个字", f"应少于 {LONGEST_CELL} 个字", "检查引号是否成对")
            return None
        if width > len(cells):
            self._fault(line, "", f"这一行有 {width} 格，比表头多", f"应为 {len(cells)} 格", "含逗号的内容请加引号")
        record: Record = {}
        for column in self.table.columns:
            try:
                record[column.frame_name] = self._parse(column, cells.get(column.name, "").strip(), cells)
            except CellError as error:
                self._fault(line, column.name, error.found, error.expected, error.remedy)
        record["source_row"] = line
        return record if len(self.faults) == faults_before else None

    def _parse(self, column: Column, text: str, cells: dict[str, str]) -> Any:
        if not text:
            if column.blank:
                return None
            raise CellError("空白", f"应填{column.title}", "填入内容；没有发生填 0，未公开的行请整行删去")
        if column.type == "amount":
            return self._amount(column, text)
        if column.type == "number":
            return self._number(text, cells)
        if column.type == "year":
            return read_year(text)
        if column.type == "choice":
            return self._choice(column, text)
        return self._code(column, text) if column.type == "code" else text

    def _amount(self, column: Column, text: str) -> int:
        unit, decimals = self.precision.unit, self.precision.decimals
        try:
            fen = parse_amount(text, unit, decimals)
        except AmountError as error:
            example = Decimal("48.7").quantize(Decimal(1).scaleb(-decimals))
            raise CellError(str(error), f"应为最多{decimals}位小数的{unit}数，例如 {example}", "按原件改正") from None
        if fen < 0 and not column.signed:
            raise CellError(f"“{text}” 是负数", f"{column.title}不应为负", "核对原件；冲减请并入同一科目")
        if abs(fen) > LARGEST_FEN:
            raise CellError(f"“{text}” 过大", "应小于一百万亿元", "核对原件和金额单位")
        return fen

    def _number(self, text: str, cells: dict[str, str]) -> Fraction:
        try:
            number = parse_number(text)
        except AmountError as error:
            raise CellError(str(error), "应为数字，例如 13", "按原件改正") from None
        if number < 0:
            raise CellError(f"“{text}” 是负数", "不应为负", "核对原件")
        if number * 100 > LARGEST_FEN:
            raise CellError(f"“{text}” 过大", "应小于一百万亿", "按原件改正")
        item = DISCLOSURE_ITEMS.get(cells.get("item", "").strip())
        if item and item.unit == "万元":
            return Fraction(self._amount(Column("value", item.name, "amount"), text), 1_000_000)
        if item and number != number.to_integral_value():
            raise CellError(f"“{text}” 不是整数", f"{item.name}以{item.unit}计，应为整数", "按原件改正")
        return Fraction(number)

    def _choice(self, column: Column, text: str) -> str:
        choices = column.choices or {}
        if text in choices:
            return text
        by_name = {name: key for key, name in choices.items()}
        if text in by_name:
            return by_name[text]
        allowed = "、".join(f"{key}（{name}）" for key, name in choices.items())
        raise CellError(f"“{text}” 不是{column.title}", f"应为 {allowed} 之一", "改用其中之一")

    def _code(self, column: Column, text: str) -> str:
        code = normalise_number(text)
        if column.name == "unit_id" and not _FOLDER_NAME.fullmatch(text):
            raise CellError(
                f"“{text}” 不能作文件夹名", "应只有字母、数字和连字符，例如 nanjiang-zwxx", "改用这样的编号"
            )
        if column.classification is None or self.classification is None:
            return text
        if not self.classification.knows(column.classification, code):
            raise CellError(
                f"“{text}” 不在科目表中",
                f"应为 data/classification/{column.classification}.csv 中的编码",
                "改正编码；新设的科目请先补入该科目表并写明依据",
            )
        if column.digits is not None and len(code) != column.digits:
            raise CellError(
                f"“{text}” 有 {len(code)} 位", f"{column.title}应为 {column.digits} 位", "改用上级或下级编码"
            )
        if self.year is not None and not self.classification.in_force(column.classification, code, self.year):
            raise CellError(
                f"“{text}” 在 {self.year} 年不用",
                f"应为 data/classification/{column.classification}.csv 中该年在用的编码",
                "改用该年的编码，或改正科目表的启用、停用年度",
            )
        return code

    def _refuse_duplicates(self, records: list[Record]) -> None:
        key = self.table.key
        first_line: dict[tuple[Any, ...], int] = {}
        for record in records:
            values, line = tuple(record[name] for name in key), record["source_row"]
            if (held := first_line.setdefault(values, line)) != line:
                words = "、".join(str(value) for value in values)
                self._fault(line, "、".join(key), f"{words} 与第 {held} 行重复", "每个键一行", "合并两行或改正编码")

    def _fault(self, line: int | None, column: str, found: str, expected: str, remedy: str) -> None:
        self.faults.append(Fault(self.shown_as, found, expected, remedy, row=line, column=column))


def decode(raw: bytes) -> str:
    """Return the text of a file saved as UTF-8 (with or without BOM) or, by an older Excel or WPS, as GBK."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def read_year(text: str) -> int:
    """Return the year `text` says; raises `CellError` for anything but four digits from 1990 to 2100."""
    plain = normalise_number(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4 and 1990 <= int(plain) <= 2100):
        raise CellError(f"“{text}” 不是年度", "应为四位年度，例如 2021")
    return int(plain)
