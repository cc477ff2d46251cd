"""Names of 科目: as the tables have them, as the year has them, and those listed without an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from juesuan.audit.judge.bench import Bench
from juesuan.audit.judge.sheets import Row, Sheet
from juesuan.classification import Classification
from juesuan.reading.grammar import Frame

_AFTER_LIST = re.compile(r"主要包括[:,]?(?P<names>[^。;]*)")
_FEWEST = 3
_NAME_EDGE = r"[()\-—–、,:;。.\s“]"
_NAME_END = r"(?:[(\-—–”、,:;。]|\s*\d|支?出?(?:决算|年初预算|预算))"


@cache
def plain_name(name: str) -> str:
    """Return a name without spaces, brackets and the endings that texts add or drop."""
    bare = re.sub(r"[\s()]|\(境\)", "", name.replace("（", "(").replace("）", ")"))
    return re.sub(r"(?:支出|费用|费)$", "", re.sub(r"支出$", "", bare))


def same_name(one: str, other: str) -> bool:
    """Say whether two names mean the same 科目: 卫生健康 and 卫生健康支出 do."""
    return bool(one) and plain_name(one) == plain_name(other)


def judge_names(bench: Bench, sheets: dict[str, Sheet], classification: Classification | None) -> None:
    """Judge the names in text and tables."""
    if "general_public" in sheets:
        for frame in bench.reading.frames:
            if frame.path[2] and frame.level is not None and "一般公共预算" in frame.section:
                _judge_path(bench, frame, sheets["general_public"])
    if "basic" in sheets:
        _judge_listed(bench, sheets["basic"])
    if classification is not None:
        _judge_retired(bench, sheets, classification)
        if "general_public" not in sheets:
            _judge_parents(bench, classification)


def _judge_path(bench: Bench, frame: Frame, sheet: Sheet) -> None:
    top, middle, item = frame.path
    row = _row_of(frame, sheet)
    if row is None:
        return
    by_code = {one.code: one.label for one in sheet.rows}
    for said, code, word in ((item, row.code, "项"), (middle, row.code[:5], "款"), (top, row.code[:3], "类")):
        right = by_code.get(code, "")
        if said and right and not same_name(said, right):
            at = _position(bench, frame, f"{said}({word})")
            bench.accuse("C12", frame.paragraph, at, right, f"{sheet.title}中{code}名为“{right}”", f"请改为“{right}”")


def _row_of(frame: Frame, sheet: Sheet) -> Row | None:
    """Return the row of a frame's 项: by name, else the only one of its 类 with that amount."""
    rows = [one for one in sheet.rows if len(one.code) == 7]
    named = [one for one in rows if same_name(one.label, frame.path[2])]
    if named:
        return named[0] if len(named) == 1 else None
    tops = [one.code for one in sheet.rows if len(one.code) == 3 and same_name(one.label, frame.path[0])]
    level = frame.level
    fitting = [
        one
        for one in rows
        if level
        and level.value
        and one.code[:3] in tops
        and (cell := one.cell(0))
        and level.interval.meets(cell.interval)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _position(bench: Bench, frame: Frame, words: str) -> tuple[int, int]:
    text = bench.reading.said[frame.paragraph].paragraph.plain
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 else (0, min(len(text), 20))


def _judge_listed(bench: Bench, basic: Sheet) -> None:
    """Judge that a 经济科目 listed after 主要包括 has an amount in the table."""
    amounts = {plain_name(one.label): one for one in basic.rows if len(one.code) == 5}
    given = [any(one.cells) for one in amounts.values()]
    leaves_blank = min(given.count(True), given.count(False)) > _FEWEST  # a blank says that there was nothing
    for number, said in enumerate(bench.reading.said):
        if "基本支出" not in said.section:
            continue
        for match in _AFTER_LIST.finditer(said.paragraph.plain):
            for name in re.finditer(r"[^、,:]+", match["names"]):
                row = amounts.get(plain_name(name.group()))
                cell = row.cell(0) if row else None
                if row and (not cell.value if cell else leaves_blank and not any(row.cells)):
                    start = match.start("names") + name.start()
                    where = cell.place if cell else f"表“{basic.title}”"
                    what = f"{where}“{row.label}”为{cell.text if cell else '空'}"
                    bench.accuse("C11", number, (start, start + len(name.group())), "不列", what, "请从列举中删去")


def _judge_retired(bench: Bench, sheets: dict[str, Sheet], classification: Classification) -> None:
    retired = dict(_retired_names(classification, bench.reading.year))
    for number, said in enumerate(bench.reading.said):
        for name, new in retired.items():
            for match in re.finditer(rf"(?:(?<={_NAME_EDGE})|^){re.escape(name)}(?={_NAME_END})", said.paragraph.plain):
                what = f"{bench.reading.year}年该科目名为“{new}”"
                bench.accuse("W19", number, match.span(), new, what, f"请改为“{new}”")
    for sheet in sheets.values():
        for row in (one for one in sheet.rows if one.label in retired):
            new = retired[row.label]
            what = f"{bench.reading.year}年该科目名为“{new}”"
            bench.accuse_table("W19", f"表“{sheet.title}”", f"{row.code} {row.label}", row.label, new, what)


def _retired_names(classification: Classification, year: int) -> Iterator[tuple[str, str]]:
    for kind, frame in (("function", classification.function), ("economic", classification.economic)):
        for code, name, last in zip(frame["code"], frame["name"], frame["last_year"].fillna(9999), strict=True):
            new = classification.name(kind, code, year)
            if year and int(last) < year and new not in (code, name):
                yield str(name), new


def _judge_parents(bench: Bench, classification: Classification) -> None:
    """Judge, where no table helps, that an 项 stands under its own 款."""
    frame = classification.function
    codes: dict[str, list[str]] = {}
    for code, name in zip(frame["code"], frame["name"], strict=True):
        codes.setdefault(plain_name(str(name)), []).append(str(code))
    names: dict[str, set[str]] = {}
    for code, name in zip(frame["code"], frame["name"], strict=True):
        names.setdefault(str(code), set()).add(plain_name(str(name)))
    for one in bench.reading.frames:
        items = [code for code in codes.get(plain_name(one.path[2]), []) if len(code) == 7] if one.path[2] else []
        if (
            len(items) == 1
            and one.path[1]
            and (known := names.get(items[0][:5]))
            and plain_name(one.path[1]) not in known
        ):
            right = classification.name("function", items[0][:5], bench.reading.year)
            at = _position(bench, one, f"{one.path[1]}(款)")
            bench.accuse("W21", one.paragraph, at, right, f"“{one.path[2]}”属于“{right}”", f"请核对，应为“{right}”")
