"""What the first cells of a notebook call: accounts by the parameters papermill was given."""

from __future__ import annotations

import ast
import sys
from fractions import Fraction
from typing import Any

from juesuan.faults import Fault, FaultsError
from juesuan.load.accounts import Accounts, load_accounts, load_years, read_units, years_of
from juesuan.load.check import check_data
from juesuan.load.held import held
from juesuan.load.prices import read_price_index
from juesuan.load.site_file import site_mark
from juesuan.paths import find_project
from juesuan.scope import asked

INJECTED = "# Parameters"


class UnknownParameterError(ValueError):
    """Papermill was given a parameter that the notebook does not have."""


def accounts_of(unit: str, year: int, data: str = "", *, needs_prior: bool = False) -> tuple[Accounts, Accounts | None]:
    """Return the checked accounts of an office's year and, where there are any, of the year before.

    Raises `FaultsError` for faults, for an office or a year that is not there (it lists what is), for a missing year
    before where `needs_prior`, and `UnknownParameterError` for a misspelt parameter.
    """
    refuse_unknown_parameters(_cells_so_far())
    folder = find_project(data).data
    current = load_accounts(folder, unit, _whole_year(year))
    prior = load_accounts(folder, unit, year - 1) if year - 1 in years_of(folder, unit) else None
    if needs_prior and prior is None:
        there_are = "、".join(str(one) for one in years_of(folder, unit))
        fault = Fault(
            f"data/{unit}", f"没有 {year - 1} 年的数据，不能比较", f"现有 {there_are}", "补录上年合计数，或换一个年度"
        )
        raise FaultsError([fault])
    return current, prior


def accounts_until(unit: str, year: int, data: str = "") -> list[Accounts]:
    """Return the checked accounts of an office's years up to `year`, oldest first; raises as `accounts_of`."""
    current, _ = accounts_of(unit, year, data)
    folder = find_project(data).data
    return [*(load_accounts(folder, unit, one) for one in years_of(folder, unit) if one < year), current]


def years_of_office(unit: str, data: str = "") -> list[Accounts]:
    """Return the checked accounts of every year of an office that the site covers, oldest first; raises as `accounts_of`."""
    refuse_unknown_parameters(_cells_so_far())
    scope = asked()
    return [one for one in load_years(find_project(data).data, unit) if scope.holds(unit, one.year)]


def accounts_in(year: int, data: str = "") -> list[Accounts]:
    """Return the checked accounts of every office of the site that has `year`; raises as `accounts_of`."""
    refuse_unknown_parameters(_cells_so_far())
    folder, scope = find_project(data).data, asked()
    checked = held(folder)
    known = checked.accounts if checked is not None and checked.usable else {}
    there = known or [(unit, one) for unit in read_units(folder)[0] for one in years_of(folder, unit)]
    if _whole_year(year) not in {one for _, one in there}:
        there_are = "、".join(str(one) for one in sorted({one for _, one in there})) or "（空）"
        raise FaultsError([Fault("data", f"没有任何单位有 {year} 年的数据", f"现有 {there_are}", "改正 year 参数")])
    wanted = [(unit, one) for unit, one in there if one == year and scope.holds(unit, one)]
    return [known[of] if of in known else load_accounts(folder, *of) for of in wanted]


def all_accounts(data: str = "") -> list[Accounts]:
    """Return the accounts of every office and year that the site covers; raises `FaultsError` where any is faulty."""
    refuse_unknown_parameters(_cells_so_far())
    checked = check_data(find_project(data).data)
    if not checked.usable:
        raise FaultsError(fault for fault in checked.faults if fault.severity == "error")
    scope = asked()
    return [one for of, one in checked.accounts.items() if scope.holds(*of)]


def prices(data: str = "") -> dict[int, Fraction]:
    """Return the price index of each year, none where `data` has no `cpi.csv`; raises as `read_price_index`."""
    return read_price_index(find_project(data).data)


def mark(data: str = "") -> str:
    """Return the words that every page must bear (示例数据), empty for real accounts; raises as `site_mark`."""
    return site_mark(find_project(data).data)


def refuse_unknown_parameters(cells: list[str]) -> None:
    """Raise `UnknownParameterError` where the cell that papermill injected sets a name no cell before it sets.

    Papermill only warns of this, and runs the notebook's default year.
    """
    for place, cell in enumerate(cells):
        if cell.startswith(INJECTED):
            declared = {name for earlier in cells[:place] for name in _assigned(earlier)}
            if unknown := sorted(_assigned(cell) - declared):
                there_are = "、".join(sorted(declared))
                raise UnknownParameterError(
                    f"笔记本没有参数 {'、'.join(unknown)}；现有 {there_are}；请改正 -p 后的名称。"
                )


def _assigned(cell: str) -> set[str]:
    try:
        body = ast.parse(cell).body
    except SyntaxError:
        return set()
    return {
        target.id
        for line in body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }


def _cells_so_far() -> list[str]:
    """Return the cells this kernel has run, none outside a notebook."""
    main = sys.modules.get("__main__")
    cells: Any = getattr(main, "In", [])
    return [str(cell) for cell in cells]


def _whole_year(year: object) -> int:
    if not isinstance(year, int):
        raise FaultsError([Fault("参数", f"year 是 {year!r}", "应为四位年度，例如 2021", "改正 year 参数")])
    return year
