"""公开05, 07 and 08: expenditure by 经济科目, and where the tables allow by 功能科目 too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.ingest.amounts import Amount, added, difference
from juesuan.ingest.assemble import Books
from juesuan.ingest.crossed import Crossed, crossed
from juesuan.ingest.sheets import Sheet, codes_and_rows, headings_of, plain
from juesuan.ingest.taken import Taken

_ECONOMIC = re.compile(r"3\d{2}(?:\d{2})?")
_CLASS_DIGITS = 3
Rows = list[tuple[tuple[str, str, str, str], Amount]]
Cells = dict[str, dict[str, Amount]]


def take_economic(books: Books, taken: Taken) -> None:
    """Enter the 经济科目 of 基本支出, and of 项目支出 where 公开05 or 07 prints them by 功能科目."""
    sheet = books.first("basic")
    base = _basic(sheet, taken) if sheet is not None else {}
    spent: dict[str, dict[str, set[str]]] = {}
    for code, fund, category in taken.table("expenditure"):
        spent.setdefault(code, {}).setdefault(fund, set()).add(category)
    general = _matrix(books, "general_public")
    rows = _by_function(books, general, spent, "general_public", taken)
    rows += _parted(general, spent, base, rows, taken)
    if base and rows and not _agree(rows, base):
        taken.remark("economic", "附表按功能科目印出的经济分类不全，基本支出只按经济科目填写，功能科目留空")
        rows = [one for one in rows if one[0][3] != "basic"]
    if base and not any(key[3] == "basic" for key, _ in rows):
        rows = [(("", code, "general_public", "basic"), amount) for code, amount in base.items()] + rows
    whole = _matrix(books, "fiscal")
    for fund in ("government_fund", "state_capital"):
        rows += _by_function(books, whole, spent, fund, taken)
    for key, amount in rows:
        if amount.value:
            taken.put("economic", key, final=amount)


def _basic(sheet: Sheet, taken: Taken) -> dict[str, Amount]:
    """Return 公开08's 款 by code, and compare its 类 and its two sums with them."""
    found: dict[str, Amount] = {}
    sums: dict[str, Amount] = {}
    for code, label, amount in _pairs(sheet):
        if _ECONOMIC.fullmatch(code):
            found[code] = amount
        elif "合计" in label:
            sums.setdefault("personnel" if "人员" in label else "public" if "公用" in label else "total", amount)
    items = {code: one for code, one in found.items() if len(code) > _CLASS_DIGITS}
    for code, amount in found.items():
        if len(code) == _CLASS_DIGITS:
            taken.sum(f"economic.{code}", amount, [one for at, one in items.items() if at.startswith(code)])
    natures = {"personnel": ("301", "303"), "public": ("302", "310")}
    for nature, heads in natures.items():
        below = [one for at, one in items.items() if at.startswith(heads)]
        taken.sum(f"basic.{nature}", sums.get(nature), below)
    spent = [row["final"] for key, row in taken.table("expenditure").items() if key[1:] == ("general_public", "basic")]
    taken.sum("basic.total", sums.get("total"), [one for one in spent if isinstance(one, Amount)])
    lone = [at for at in found if len(at) == _CLASS_DIGITS and not any(one.startswith(at) for one in items)]
    if any(found[at].value for at in lone):
        taken.unsettled.append(f"economic：表“{sheet.title}”的 {'、'.join(lone)} 没有印出款级科目；这几类不取")
    taken.use(*items.values())
    return items


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str, Amount]]:
    """Yield code, name and amount of each entry, however many stand side by side."""
    headings = headings_of(sheet)
    codes = [n for n, words in enumerate(headings) if "编码" in words] or [0]
    for line, cells in sheet.rows:
        for begin, end in zip(codes, [*codes[1:], len(cells)], strict=True):
            part = [plain(one) for one in cells[begin:end]]
            code = part[0] if part and _ECONOMIC.fullmatch(part[0]) else ""
            label = next((one for one in part[(1 if code else 0) :] if one and not one[0].isdigit()), "")
            columns = [n for n in range(begin + 1, end) if sheet.amount(line, cells, n) is not None]
            columns = [n for n in columns if "行次" not in headings[n]]
            amount = sheet.amount(line, cells, columns[-1]) if columns else None
            if amount is not None and (code or label):
                yield code, label, amount


def _matrix(books: Books, fund: str) -> Cells:
    """Return 公开07 or 05: amounts by 功能科目 and 经济科目 (款); the parts of a table in several are put together."""
    sheets = [one for one in books.sheets if one.form.kind == "matrix" and one.form.fund == fund]
    made: dict[str, dict[str, Amount]] = {}
    withheld: set[str] = set()
    for sheet in sheets:
        columns = economic_columns(books, sheet)
        at = _column(sheet, "编码", 0)
        sheet.columns = {"code": at, "name": _column(sheet, "名称", at + 1), **columns}
        read: Crossed = crossed(sheet, "none", tuple(columns))
        for code, row in read.items.items():
            made.setdefault(code, {}).update(row)
            lines = [cells for at_code, _, cells in codes_and_rows(sheet) if at_code == code]
            if any(sheet.withheld(cells, n) for cells in lines for n in columns.values()):
                withheld.add(code)
    return {code: row for code, row in made.items() if code not in withheld}


def _column(sheet: Sheet, heading: str, otherwise: int) -> int:
    return next((n for n, words in enumerate(headings_of(sheet)) if heading in words), otherwise)


def economic_columns(books: Books, sheet: Sheet) -> dict[str, int]:
    """Return the columns by 经济科目: by a code in the heading, else by the name that it bears that year."""
    frame = books.classification.economic
    named: dict[str, str] = {}
    for code, name in zip(frame["code"], frame["name"], strict=True):
        if len(code) > _CLASS_DIGITS and books.classification.in_force("economic", code, books.year):
            named.setdefault(plain(name), code)
    found: dict[str, int] = {}
    for column, words in enumerate(headings_of(sheet)):
        leaf = next(
            (plain(row[column]) for row in reversed(sheet.head) if column < len(row) and row[column].strip()), ""
        )
        code = next(iter(re.findall(r"3\d{4}", words)), "") or named.get(leaf, "")
        if code and code not in found:
            found[code] = column
    return found


def _by_function(books: Books, cells: Cells, spent: dict[str, dict[str, set[str]]], fund: str, taken: Taken) -> Rows:
    """Return the rows of those 功能科目 whose expenditure of the fund is of one category, and adds up."""
    rows: Rows = []
    for code, row in cells.items():
        funds = spent.get(code, {})
        categories = funds.get(fund, set())
        others = [one for one in funds if one not in (fund, "other")]
        if len(categories) != 1 or (fund != "general_public" and others):
            continue
        category = next(iter(categories))
        whole = taken.table("expenditure")[code, fund, category]["final"]
        there = [one for one in row.values() if one.value]
        if isinstance(whole, Amount) and added(there).meets(whole.interval):
            rows += [((code, economic, fund, category), row[economic]) for economic in sorted(row)]
    return rows


def _parted(
    cells: Cells, spent: dict[str, dict[str, set[str]]], base: dict[str, Amount], rows: Rows, taken: Taken
) -> Rows:
    """Return the rows of the one 功能科目 with 基本 and 项目支出 both: its 基本支出 is what 公开08 prints beyond the others."""
    fund = "general_public"
    mixed = [code for code, funds in spent.items() if funds.get(fund) == {"basic", "project"}]
    if len(mixed) != 1 or mixed[0] not in cells or not base:
        return []
    code, row = mixed[0], cells[mixed[0]]
    parted: Rows = []
    for economic in sorted({*row, *base}):
        others = [one for key, one in rows if key[1] == economic and key[3] == "basic"]
        basic = difference(base[economic], others) if economic in base else None
        whole = row.get(economic)
        if basic is not None and abs(basic.value) > basic.half:
            parted.append(((code, economic, fund, "basic"), basic))
        project = difference(whole, [basic] if basic is not None else []) if whole is not None else None
        if project is not None and abs(project.value) > project.half:
            parted.append(((code, economic, fund, "project"), project))
    for category in ("basic", "project"):
        spent_on = taken.table("expenditure")[code, fund, category]["final"]
        there = added(one for key, one in parted if key[3] == category)
        if not isinstance(spent_on, Amount) or not there.meets(spent_on.interval):
            return []
    return parted


def _agree(rows: Rows, base: dict[str, Amount]) -> bool:
    """Say whether the rows of 基本支出 by 功能科目 come to what 公开08 prints for each 经济科目."""
    for code, amount in base.items():
        there = [one for key, one in rows if key[1] == code and key[3] == "basic"]
        if not added(there).meets(amount.interval):
            return False
    return True
