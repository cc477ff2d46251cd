"""What the disclosure checklist comes to, in words: the counts, what is missing, the last day for publication."""

from __future__ import annotations

from juesuan.facts import CHECKLIST_STATES, Findings
from juesuan.present.checklist import Checklist
from juesuan.present.display import Text, escape_markdown
from juesuan.present.wording import with_span

_DATE_PARTS = ("year", "month", "day")


def checklist_totals(findings: Findings) -> dict[str, str]:
    """Return the ids of the counts, each with its label."""
    return {f"checklist.{state}": word for state, word in {"total": "应公开", **CHECKLIST_STATES}.items()}


def checklist_conclusion(findings: Findings, listed: Checklist) -> Text:
    """Say how many items are in which state, and name those that are missing."""
    ledger = findings.ledger
    counted = "，".join(f"{word}{with_span(ledger[f'checklist.{state}'])}" for state, word in CHECKLIST_STATES.items())
    failing = listed.failing()
    if failing:
        verdict = "缺失的应先补齐再公开："
    elif ledger["checklist.unpublished"].value:
        verdict = "未公开的是原件没有的内容，报告中已如实写明。"
    else:
        verdict = "各项都已写出，没有数据的也已写明。"
    lines = [f"{findings.year}年度报告应公开的内容共{with_span(ledger['checklist.total'])}：{counted}。{verdict}", ""]
    lines += [f"- **{escape_markdown(item.name)}**：{escape_markdown(item.note)}" for item in failing]
    return Text("\n".join(lines) + "\n")


def disclosure_date(findings: Findings) -> Text:
    """Say by which day the office has to publish, and whether it did; a day that is not known is said to be so."""
    return Text(_deadline_words(findings) + _publication_words(findings) + "\n")


def _deadline_words(findings: Findings) -> str:
    days = with_span(findings.ledger["disclosure.days"])
    rule = f"按预算法，应在财政部门批复后{days}内公开。"
    if not _known(findings, "approved"):
        return f"{rule}批复日期未知，不能推算公开期限。"
    return f"{rule}批复日期为{_day(findings, 'approved')}，最迟应在{_day(findings, 'deadline')}公开。"


def _publication_words(findings: Findings) -> str:
    if not _known(findings, "published"):
        return "实际公开日期未知。"
    told = f"实际公开日期为{_day(findings, 'published')}"
    if not _known(findings, "approved"):
        return f"{told}。"
    late, spare = (findings.ledger.get(f"disclosure.{one}") for one in ("late", "spare"))
    if late:
        return f"{told}，比期限晚{with_span(late)}。"
    if spare:
        return f"{told}，比期限早{with_span(spare)}。"
    on_the_last_day = all(
        _value(findings, "published", part) == _value(findings, "deadline", part) for part in _DATE_PARTS
    )
    return f"{told}，正在期限当日。" if on_the_last_day else f"{told}，早于批复日期，请核对 source.toml。"


def _known(findings: Findings, day: str) -> bool:
    return f"{day}.year" in findings.ledger


def _value(findings: Findings, day: str, part: str) -> object:
    return findings.ledger[f"{day}.{part}"].value


def _day(findings: Findings, day: str) -> str:
    return "".join(with_span(findings.ledger[f"{day}.{part}"]) for part in _DATE_PARTS)
