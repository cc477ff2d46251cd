"""`juesuan audit`: what any published final account says wrongly, and how much of it was checked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from juesuan.audit import Audited, audit_document, audited_record
from juesuan.audit.against import Expectation
from juesuan.audit.exceptions import read_exemptions
from juesuan.audit.show_html import html_of
from juesuan.classification import Classification
from juesuan.cli.accounts import NoAccountsError, expectation_of
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.faults import FaultsError
from juesuan.load.accounts import read_classification
from juesuan.paths import ProjectNotFoundError, find_project

_COLOURS = {"错误": "red", "疑点": "yellow", "提示": "blue"}


def audit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=".docx .html .pdf .txt .md .doc .wps")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="另写一页，逐数着色，点开看算式；多个文件时为文件夹", show_default=False),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="一个单位一个年度的账（data/<单位>/<年度>）：逐数与账核对", show_default=False),
    ] = None,
    exceptions: Annotated[Path, typer.Option("--exceptions", help="例外清单")] = Path("exceptions.toml"),
) -> None:
    """核对任何单位公开的部门决算：哪些数对，哪些是舍入，哪些不对，应是多少。"""
    entries = read_exemptions(exceptions)
    known = _classification()
    expectation = _expectation(data) if data is not None else None
    results = [audit_document(file, known, entries, expectation=expectation) for file in files]
    if html is not None:
        _write_pages(results, html)
    if as_json:
        print(json.dumps({"files": [audited_record(one) for one in results]}, ensure_ascii=False, indent=1))
    else:
        _show(results, Voice())
    raise typer.Exit(_status(results))


def _status(results: Iterable[Audited]) -> int:
    outcomes = list(results)
    if any(one.fault for one in outcomes):
        return COULD_NOT_RUN
    return 0 if all(one.clean for one in outcomes) else FAULTY


def _expectation(folder: Path) -> Expectation:
    try:
        return expectation_of(folder)
    except (NoAccountsError, FaultsError) as error:
        Voice().errors.print(str(error), markup=False)
        raise typer.Exit(COULD_NOT_RUN) from None


def _classification() -> Classification | None:
    try:
        return read_classification(find_project().data)[0]
    except (ProjectNotFoundError, OSError, ValueError):
        return None


def _write_pages(results: list[Audited], place: Path) -> None:
    if len(results) == 1 and place.suffix:
        place.write_text(html_of(results[0]), encoding="utf-8")
        return
    place.mkdir(parents=True, exist_ok=True)
    for one in results:
        (place / f"{one.file.name}.html").write_text(html_of(one), encoding="utf-8")


def _show(results: Iterable[Audited], voice: Voice) -> None:
    for one in results:
        if one.fault:
            voice.errors.print(one.fault, markup=False)
            continue
        if one.findings:
            voice.out.print(_table(one))
        _show_exempted(one, voice)
        covered = one.coverage
        voice.out.print(
            f"{one.file}：{len(one.findings)} 处；数字 {covered.numbers} 个，属于陈述的 {covered.in_claims} 个，"
            f"核对了 {covered.checked} 个，未读懂 {covered.not_understood} 个；{one.seconds:.2f} 秒。",
            markup=False,
        )
        if (told := one.comparison) is not None:
            voice.out.print(
                f"与账（{told.folder}）核对了 {told.compared} 个：相符 {told.agreed} 个，"
                f"不符 {told.compared - told.agreed} 个；另有 {told.not_placed} 个在账上找不到对应。",
                markup=False,
            )


def _table(audited: Audited) -> Table:
    table = Table(title=escape(audited.file.name), show_lines=True)
    for heading in ("程度", "规则", "位置", "原文", "印出", "应为", "说明"):
        table.add_column(heading, overflow="fold")
    for one in audited.findings:
        cells = (one.rule, one.place, one.quote, one.printed, one.recomputed, one.message)
        table.add_row(f"[{_COLOURS[one.severity]}]{one.severity}[/]", *map(escape, cells))
    return table


def _show_exempted(audited: Audited, voice: Voice) -> None:
    if audited.exempted is None:
        return
    for finding, entry in audited.exempted.stand:
        words = f"例外 {finding.rule} {finding.place}“{finding.printed}”：{entry.reason}（{entry.author}，至 {entry.until}）"
        voice.out.print(words, markup=False)
    for entry, why in audited.exempted.idle:
        voice.errors.print(f"例外 {entry.rule}“{entry.quote}”（{entry.author}）：{why}。", markup=False)
