"""A workbook (.xlsx) as tables, one a sheet, each cell as it is shown; nothing outside the file is opened."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from juesuan.faults import UnreadableError
from juesuan.ingest import limits
from juesuan.reading.document import Document, Place, Table

WORKBOOKS = (".xlsx", ".xls", ".et")
_FIXED = re.compile(r"^(?:#,##)?0(?:\.(0+))?(?:_\)|_ )?(?:;|$)")
_MOST_DECIMALS = 6
_UNIT = re.compile(r"单位[:：]\s*(亿元|万元|元)")


def read_workbook(path: Path) -> tuple[Document, list[str]]:
    """Return the sheets as tables, and a note for each formula that was saved without its value.

    Raises `UnreadableError` with one line that says why not.
    """
    if not path.is_file():
        raise UnreadableError(f"{path}：没有这个文件；请检查路径。")
    if path.suffix.lower() != ".xlsx":
        return _through_office(path)
    _refuse_hostile(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values, formulas = _sheets(path, values=True), _sheets(path, values=False)
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever its parser meets in a broken file
        raise UnreadableError(
            f"{path}：工作簿读不出（{type(error).__name__}）；请用 Excel 或 WPS 另存后重试。"
        ) from None
    tables = [_table(name, rows) for name, rows in values.items() if rows]
    return Document(path, list(tables)), _without_value(values, formulas)


def _refuse_hostile(path: Path) -> None:
    """Raise for a file that is no workbook, unpacks to more than one, or declares entities."""
    if (size := path.stat().st_size) > limits.LARGEST_WORKBOOK:
        raise UnreadableError(f"{path}：有 {size >> 20} MB；应不超过 {limits.LARGEST_WORKBOOK >> 20} MB；请检查文件。")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(one.file_size for one in members)
            if unpacked > limits.LARGEST_UNPACKED or len(members) > limits.MOST_MEMBERS:
                raise UnreadableError(
                    f"{path}：展开后有 {unpacked >> 20} MB、{len(members)} 个部件；"
                    f"应不超过 {limits.LARGEST_UNPACKED >> 20} MB、{limits.MOST_MEMBERS} 个；请检查文件。"
                )
            heads = [archive.open(one).read(4096) for one in members if one.filename.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"{path}：不是工作簿（{error}）；应为 .xlsx；请另存为 .xlsx 后重试。") from None
    if any(re.search(rb"<!(?:DOCTYPE|ENTITY)", one) or b"\0" in one[:8] for one in heads):
        raise UnreadableError(f"{path}：部件里有实体声明；工作簿不应有；请检查文件来源。")


def _sheets(path: Path, *, values: bool) -> dict[str, list[list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  what only a workbook needs

    book = load_workbook(path, read_only=True, data_only=values, keep_links=False)
    try:
        if len(book.worksheets) > limits.MOST_SHEETS:
            raise UnreadableError(f"{path}：有 {len(book.worksheets)} 张表；应不超过 {limits.MOST_SHEETS} 张；请拆开。")
        return {sheet.title: _rows(path, sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _rows(path: Path, sheet: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=limits.MOST_COLUMNS), start=1):
        if number > limits.MOST_ROWS:
            raise UnreadableError(
                f"{path}：表“{sheet.title}”超过 {limits.MOST_ROWS} 行；决算表不应有这么长；请检查文件。"
            )
        rows.append([_shown(one) for one in cells])
    width = max((max((n for n, one in enumerate(row, 1) if one), default=0) for row in rows), default=0)
    while rows and not any(rows[-1]):
        rows.pop()
    return [(row + [""] * width)[:width] for row in rows]


def _shown(cell: Any) -> str:
    """Return what a cell shows: a number with the decimals of its format, but never rounded by it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()[: limits.LONGEST_CELL]
    number = Decimal(f"{value:.15g}")
    fixed = _FIXED.match(str(getattr(cell, "number_format", "") or ""))
    wanted = len(fixed[1] or "") if fixed else 0
    own = max(0, -number.normalize().as_tuple().exponent)  # type: ignore[operator]
    return f"{number:.{min(max(wanted, own), _MOST_DECIMALS)}f}"


def _table(name: str, rows: list[list[str]]) -> Table:
    unit = next((match[1] for row in rows[:6] for one in row if (match := _UNIT.search(one))), "")
    return Table(name, unit, tuple(map(tuple, rows)), Place(0, 0, name))


def _without_value(values: dict[str, list[list[str]]], formulas: dict[str, list[list[str]]]) -> list[str]:
    notes = []
    for name, rows in formulas.items():
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                kept = (
                    values[name][line][column] if line < len(values[name]) and column < len(values[name][line]) else ""
                )
                if (text.startswith("=") or "Formula object" in text) and not kept:
                    notes.append(f"表“{name}”第{line + 1}行第{column + 1}列：公式没有存下结果，按缺数处理")
    return notes


def _through_office(path: Path) -> tuple[Document, list[str]]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise UnreadableError(f"{path}：读 {path.suffix} 需要 LibreOffice，本机没有；请另存为 .xlsx。")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command: Iterable[str] = (
            office, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, str(path.resolve())
        )  # fmt: skip
        try:
            subprocess.run(list(command), check=False, capture_output=True, timeout=limits.OFFICE_SECONDS)
        except subprocess.TimeoutExpired:
            raise UnreadableError(
                f"{path}：LibreOffice 转换超过 {limits.OFFICE_SECONDS} 秒；请另存为 .xlsx。"
            ) from None
        made = Path(folder) / f"{path.stem}.xlsx"
        if not made.is_file():
            raise UnreadableError(f"{path}：LibreOffice 读不出；请另存为 .xlsx。")
        return read_workbook(made)
