"""What was checked, as a table for people and as a record for programs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from juesuan.cli.voice import Voice
from juesuan.faults import Fault
from juesuan.load import Checked


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
