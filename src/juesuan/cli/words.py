"""What was checked, as a table for people and as a record for programs; what is to do in a new year's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from juesuan.cli.voice import Voice
from juesuan.faults import Fault

if TYPE_CHECKING:
    from juesuan.load import Checked, ToDo


def show_checked(checked: Checked, voice: Voice) -> None:
    """Print the table of faults, if there are any, and one line that counts what was checked."""
    if checked.faults:
        voice.errors.print(_fault_table(checked.faults))
    findings = [finding for accounts in checked.accounts.values() for finding in accounts.findings]
    counts = {
        name: sum(one.outcome == name for one in findings)
        for name in ("passed", "rounding", "failed", "not_applicable")
    }
    errors = sum(fault.severity == "error" for fault in checked.faults)
    voice.out.print(
        f"{len(checked.accounts)} 个单位年度；核对 {counts['passed']} 项相符，{counts['rounding']} 项属四舍五入，"
        f"{counts['failed']} 项不符，{counts['not_applicable']} 项因未公开无从核对；差错 {errors} 处，提醒 {len(checked.faults) - errors} 处。"
    )


def _fault_table(faults: Iterable[Fault]) -> Table:
    table = Table(title="数据差错", show_lines=True)
    for heading in ("级别", "文件", "行", "列", "发现", "应为", "怎么办"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("级别", "行"))
    for fault in faults:
        level = "[red]错误[/]" if fault.severity == "error" else "[yellow]提醒[/]"
        said = (fault.file, str(fault.row or ""), fault.column, fault.found, fault.expected, fault.remedy)
        table.add_row(level, *map(escape, said))
    return table


def checked_record(checked: Checked) -> dict[str, object]:
    """Return what `juesuan check --json` prints: usable, faults, and every rule's finding."""
    findings = [
        {"unit_id": unit_id, "year": year, "rule_id": one.rule.id, "outcome": one.outcome, "group": one.group,
         "words": one.rule.words, "working": one.working}
        for (unit_id, year), accounts in checked.accounts.items()
        for one in accounts.findings
    ]  # fmt: skip
    return {"usable": checked.usable, "faults": [fault.to_record() for fault in checked.faults], "findings": findings}


def show_new_year(folder: Path, left: ToDo, voice: Voice) -> None:
    """Print the folder that was made, how much is to be filled in and revised there, and the next steps."""
    for line in (
        f"已建立 {folder}",
        f"待填：必填 {left.required_cells} 格，可空白 {left.optional_cells} 格；待写：{left.passages} 段。",
        "接下来：",
        "1. 填各张 CSV 表（每列的含义见 data/README.md）：没有发生填 0；整张表没有公开的，删去文件；新增的科目、项目，加一行。",
        "2. 改写 narrative.md：改完一段，删去它的“待修订”一行；在 source.toml 写明各表的出处。",
        "3. 运行 juesuan check：没填的格、没改的话都会逐一列出。",
        "4. 运行 juesuan build，通读报告。",
    ):
        voice.out.print(line, markup=False)
