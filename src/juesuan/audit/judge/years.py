"""Years: which year a comparison is with, a sentence and a heading are of, and up to which day holdings are counted."""

from __future__ import annotations

import re

from juesuan.audit.judge.bench import Bench, Severity, negated
from juesuan.audit.judge.changes import level_for
from juesuan.money import Interval
from juesuan.reading.grammar import Figure, Frame
from juesuan.reading.grammar.subjects import UNIQUE

_UNTIL = re.compile(r"截至\s*(?P<year>(?:19|20)\d{2})\s*年(?:度)?(?:12\s*月(?:底|31\s*日)|末|底)")
_HEADING = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年(?:度)?[^。,;\d]{0,30}(?:决算(?:情况)?(?:说明|公开|报表|表)?|情况说明)$"
)
_NUMBERED = re.compile(r"\s*(?:第[一二三四五六七八九十]+部分|\(?[一二三四五六七八九十]+[、)])")
_NOTHING = re.compile(
    r"(?:^|。)[^。;\d]{0,40}?(?P<year>(?:19|20)\d{2})\s*年(?:度)?[^。,;\d]{0,14}(?:没有|无|未发生)[^。]{0,40}(?:支出|收入|预算|经费)"
)
_BUDGET_OF = re.compile(
    r"[与比较]\s*(?P<year>(?:19|20)\d{2})\s*年(?:度)?(?:的)?(?:年初|全年|调整)?预算(?=数|额|\s*\d|相比|持平)"
)
_UNKNOWN = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年(?:度)?(?:的)?(?:决算)?数?(?:据)?未公开")
_PLANNED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?!财政|收|支|拨)")
_VISITS = re.compile(r"接待|出国|公务用?车|车辆|采购|在职|在编|实有人")


def judge_years(bench: Bench) -> None:
    """Judge the years of comparisons, sentences, headings and dates."""
    for frame in bench.reading.frames:
        if not frame.reason:
            _judge_comparison(bench, frame)
            _judge_sentence(bench, frame)
    if bench.reading.year and bench.reading.year_is_stated:
        _judge_flat(bench)
        _judge_words(bench)


def _judge_comparison(bench: Bench, frame: Frame) -> None:
    year = bench.reading.year
    for change in frame.changes:
        figure = change.amount or change.rate
        stated = year if bench.reading.year_is_stated else 0
        same = change.base_year and (change.base_year == frame.year or (stated and change.base_year >= stated))
        if figure and same and change.basis == "prior":
            right = f"{(year or frame.year) - 1}年"
            what = f"以{change.base_year}年与{frame.year or year}年相比"
            at = _year_before(bench, frame, change.base_year, figure)
            bench.accuse("W08", frame.paragraph, at, right, what, f"请核对，应为{right}")
        elif figure and _expects_own_budget(bench) and change.basis == "budget" and change.base_year not in (0, year):
            what = f"报告是{year}年的，比较的是{change.base_year}年的预算"
            at = _year_before(bench, frame, change.base_year, figure)
            bench.accuse("W26", frame.paragraph, at, f"{year}年", what, f"请核对，应为{year}年")


def _expects_own_budget(bench: Bench) -> bool:
    """Say whether a budget that is compared with must be that of the report's year: a budget is compared with the last."""
    return bool(bench.reading.year) and bench.reading.year_is_stated and not bench.reading.is_budget


def _year_before(bench: Bench, frame: Frame, year: int, figure: Figure) -> Figure | tuple[int, int]:
    at = bench.reading.said[frame.paragraph].paragraph.plain.rfind(str(year), 0, figure.start)
    return (at, at + 4) if at >= 0 else figure


def _judge_flat(bench: Bench) -> None:
    """Judge 与N年持平, which has no number to hang on."""
    year = bench.reading.year
    for number, said in enumerate(bench.reading.said):
        for match in re.finditer(
            r"[与同较比]\s*((?:19|20)\d{2})\s*年(?:度)?(?P<words>[^,。;\d]{0,12})(?:持平|一致|无变化)",
            said.paragraph.plain,
        ):
            if "预算" in match["words"] and int(match[1]) != year and _expects_own_budget(bench):
                what = f"报告是{year}年的，比较的是{match[1]}年的预算"
                bench.accuse("W26", number, match.span(1), f"{year}年", what, f"请核对，应为{year}年")
            elif int(match[1]) >= year and "预算" not in match["words"]:
                what = f"以{match[1]}年与{year}年相比"
                bench.accuse("W08", number, match.span(1), f"{year - 1}年", what, f"请核对，应为{year - 1}年")


def _judge_sentence(bench: Bench, frame: Frame) -> None:
    """Judge the year that a sentence gives its amount."""
    year, level = bench.reading.year, frame.level
    if not bench.reading.year_is_stated:
        return
    told = next((one.amount or one.rate for one in frame.changes if one.basis == "prior"), None)
    if year and frame.year > year and level is None and told and frame.quantity:
        at = _year_before(bench, frame, frame.year, told)
        what = f"报告是{year}年的，此处是{frame.year}年的决算"
        bench.accuse("W09", frame.paragraph, at, f"{year}年", what, f"请改为{year}年")
    if not year or not frame.year or frame.year == year or level is None or not _is_told(frame, level):
        return
    at = _year_before(bench, frame, frame.year, level)
    if not _in_one_clause(bench, frame, at, level):
        return
    if frame.year > year:
        what = f"报告是{year}年的，此处是{frame.year}年的决算"
        bench.accuse("W09", frame.paragraph, at, f"{year}年", what, f"请改为{year}年")
    elif frame.year == year - 1 and isinstance(at, tuple) and not _is_prior(bench, frame, level):
        severity: Severity = "错误" if _is_this_year(bench, frame, level) else "疑点"
        what = f"报告是{year}年的，此处是{frame.year}年的数"
        bench.accuse("W23", frame.paragraph, at, f"{year}年", what, f"请改为{year}年，或核对这个数", severity)


def _in_one_clause(bench: Bench, frame: Frame, at: Figure | tuple[int, int], level: Figure) -> bool:
    """Say whether nothing between the year and the amount ends what is said of that year."""
    if not isinstance(at, tuple):
        return False
    between = bench.reading.said[frame.paragraph].paragraph.plain[at[1] : level.start]
    return not re.search(r"[。;]|未公开|不作比较|相比", between)


def _is_told(frame: Frame, level: Figure) -> bool:
    if level.kind == "count":
        return bool(_VISITS.search(frame.subject)) and not frame.parent
    named = frame.quantity or re.search(r"(?:支出|收入|总计|经费)$", frame.subject)
    return level.kind == "money" and bool(named) and not _PLANNED.search(frame.lead)


def judge_year_of_cell(bench: Bench, frame: Frame, level: Figure, place: str) -> None:
    """Bring a finding where a sentence gives another year an amount that a table has as this year's."""
    year = bench.reading.year
    if abs(frame.year - year) != 1 or (frame.year < year and _is_prior(bench, frame, level)):
        return
    at = _year_before(bench, frame, frame.year, level)
    if not _in_one_clause(bench, frame, at, level):
        return
    what = f"报告是{year}年的，此处是{frame.year}年的数，而{place}是这个数"
    bench.accuse("W23", frame.paragraph, at, f"{year}年", what, f"请改为{year}年")


def _is_this_year(bench: Bench, frame: Frame, level: Figure) -> bool:
    """Say whether the document gives the same amount as this year's elsewhere."""
    mine = [one for one in bench.reading.frames if one.quantity == frame.quantity and one is not frame and one.level]
    mine = [one for one in mine if one.year in (0, bench.reading.year) and not one.reason]
    return bool(level.value) and any(one.level is not None and one.level.interval.meets(level.interval) for one in mine)


def _is_prior(bench: Bench, frame: Frame, level: Figure) -> bool:
    """Say whether the amount is last year's by what the document says of the change."""
    for one in bench.reading.frames:
        if one.quantity != frame.quantity or one is frame or one.year not in (0, bench.reading.year):
            continue
        if one.prior is not None and one.prior.interval.meets(level.interval):
            return True
        now = level_for(bench.reading, one)
        for change in (c for c in one.changes if c.basis == "prior" and c.amount and now and now.kind == "money"):
            if change.amount is None or now is None:
                continue
            amount = change.amount.interval
            made: Interval = now.interval - (negated(amount) if change.amount_sign < 0 else amount)
            if made.meets(level.interval):
                return True
    if not frame.quantity:
        return False
    return frame.quantity not in UNIQUE and level.kind == "money" and not _begins(bench, frame, level)


def _begins(bench: Bench, frame: Frame, level: Figure) -> bool:
    """Say whether the year is the first word of its sentence."""
    text = bench.reading.said[frame.paragraph].paragraph.plain
    sentence = text[text.rfind("。", 0, level.start) + 1 :]
    return bool(re.match(rf"\W*(?:\d{{1,2}}[.、])?\W*{frame.year}\s*年", sentence))


def _judge_words(bench: Bench) -> None:
    """Judge years that stand with no amount: days, headings, sentences that say there was nothing."""
    year = bench.reading.year
    for number, said in enumerate(bench.reading.said):
        text = said.paragraph.plain
        for match in _UNTIL.finditer(text):
            if int(match["year"]) != year:
                what = f"报告是{year}年的，此处截至{match['year']}年末"
                bench.accuse("W24", number, match.span("year"), f"{year}年", what, f"请改为{year}年末")
        for match in _BUDGET_OF.finditer(text):
            if int(match["year"]) != year and _expects_own_budget(bench):
                what = f"报告是{year}年的，比较的是{match['year']}年的预算"
                bench.accuse("W26", number, match.span("year"), f"{year}年", what, f"请核对，应为{year}年")
        for match in _UNKNOWN.finditer(text):
            if int(match["year"]) >= year:
                what = f"报告是{year}年的，却说{match['year']}年的数没有公开"
                bench.accuse("W08", number, match.span("year"), f"{year - 1}年", what, f"请核对，应为{year - 1}年")
        heading = _HEADING.search(text) if len(text) <= 60 and (said.part or _NUMBERED.match(text)) else None
        if heading and int(heading["year"]) != year:
            what = f"报告是{year}年的，标题是{heading['year']}年的"
            bench.accuse("W25", number, heading.span("year"), f"{year}年", what, f"请改为{year}年")
        for match in _NOTHING.finditer(text):
            if abs(int(match["year"]) - year) == 1 and said.section:
                what = f"报告是{year}年的，此处说的是{match['year']}年"
                bench.accuse("W23", number, match.span("year"), f"{year}年", what, f"请改为{year}年", "疑点")
