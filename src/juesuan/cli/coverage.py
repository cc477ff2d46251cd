"""What was found in each finished file, as tables: its coverage, then what is unaccounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.markup import escape
from rich.table import Table

from juesuan.cli.voice import Voice
from juesuan.paths import Project
from juesuan.verify import Result, Unmatched

_REASONS = {"fact": "台账数字", "year": "年份", "code": "科目编码", "numbering": "编号页码", "exception": "例外"}
_CHANGED = "成品与台账不一致；请重新运行 juesuan build，不要手改成品"
_UNKNOWN = "请把它登记为台账数字；确属例外的，在 report/verify.toml 写明理由"
_LOST = "请检查 report/ 中的模板和筛选器，再运行 juesuan build"


def show_results(results: list[Result], project: Project, voice: Voice) -> None:
    """Print the coverage of each file, then what is unaccounted for, then one line that sums up."""
    voice.out.print(_coverage(results, project))
    for result in results:
        if result.fault:
            voice.errors.print(result.fault, markup=False)
    rows = [(_shown(one, project), *row) for one in results for row in _complaints(one)]
    if rows:
        voice.errors.print(_complaint_table(rows))
    voice.out.print(summary(results))


def summary(results: list[Result]) -> str:
    """Return one line that sums up how many numbers have a source and how many figures are printed."""
    bad = sum(not one.good for one in results)
    return (
        f"{len(results)} 个文件，{sum(one.matched for one in results)}/{sum(one.total for one in results)} 个数字有出处，"
        f"应印数字 {sum(one.printed for one in results)}/{sum(one.expected for one in results)}；"
        + (f"{bad} 个文件有问题。" if bad else "无一数无出处。")
    )


def _coverage(results: Iterable[Result], project: Project) -> Table:
    table = Table(title="成品数字核对")
    table.add_column("文件", overflow="fold")
    for heading in ("有出处/全部", *_REASONS.values(), "其中仅按数值", "已印/应印", "秒"):
        table.add_column(heading, justify="right")
    for one in results:
        counts = [str(one.by_reason[reason]) for reason in _REASONS]  # type: ignore[index]  # the keys are the reasons
        colour = "green" if one.good else "red"
        table.add_row(
            escape(_shown(one, project)), f"[{colour}]{one.matched}/{one.total}[/]", *counts, str(one.by_value),
            f"[{colour}]{one.printed}/{one.expected}[/]", f"{one.seconds:.2f}",
        )  # fmt: skip
    return table


def _complaint_table(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title="没有出处的数字和没有印出的数字", show_lines=True)
    for heading in ("文件", "位置", "发现", "应为", "怎么办"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _complaints(result: Result) -> Iterator[tuple[str, str, str, str]]:
    """Yield place, what was found, what was expected and what to do."""
    yield from map(_said_of_unmatched, result.unmatched)
    for lost in result.missing:
        yield lost.words, "没有印出", _figure(lost.text, lost.fact_id), _LOST
    for moved in result.moved:
        yield moved.words, "此处没有，别处有", _figure(moved.text, moved.fact_id), _CHANGED


def _said_of_unmatched(one: Unmatched) -> tuple[str, str, str, str]:
    found = f"{one.text}：{one.words}"
    if one.expected:
        return one.place, found, _figure(one.expected, one.fact_id), _CHANGED
    return one.place, found, "台账数字、年份、科目编码、编号或写明的例外", _UNKNOWN


def _figure(printed: str, fact_id: str) -> str:
    return f"{printed}（{fact_id or '图中'}）"


def _shown(result: Result, project: Project) -> str:
    inside = result.file.is_relative_to(project.site)
    return (result.file.relative_to(project.site) if inside else result.file).as_posix()
