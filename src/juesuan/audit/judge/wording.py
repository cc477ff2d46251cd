"""Wording: what was left of the template, what is missing, years and names that do not fit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from juesuan.audit.judge.bench import Bench
from juesuan.reading.grammar import Figure

# rule, what to look for (in the narrowed text), what it should be, what is wrong, what to do
_PATTERNS = (
    ("W01", r"(?:下降|减少|降低)\(或?(?:增长|增加|上升)\)|(?:增长|增加|上升)\(或?(?:下降|减少|降低)\)|[大小高低多少]于\([大小高低多少]于\)|[大小]\([大小]\)于|大小于|(?:增加|增长)/(?:减少|下降)|(?:大于|高于)/(?:小于|低于)", "", "二选一没有选定", "请留下与数字相符的一个"),
    ("W02", r"\(注[:,][^)]{0,60}\)|列明(?=公务接待|国内公务接待)|[X×xＸ]{2,}(?=万元|年|单位|局|个|%|元)|请填写|(?:此处|自行)(?:填写|说明)|如无[^。]{0,12}请删除", "", "模板的提示语没有删去", "请填写或删去"),
    ("W03", r"(?<=[局委办厅院部心站所])部门\(单位\)", "单位名称", "模板的“部门（单位）”没有选定", "请改为单位名称"),
    ("W04", r"(?<!单位)(?<!单位[:：])(?:总计|合计|为|增加|减少|预算数?|决算数?)\s*万元(?!\))", "数字", "此处没有数字", "请补上数字"),
    ("W04", r"(?<=[\u4e00-\u9fff)”])(?<![万千百亿十几两数单价])\s+(?:[万亿]?元|%)(?=\s*(?:[,。;、()]|[占完比较与增减同其相]))", "数字", "此处没有数字", "请补上数字"),
    ("W04", r"(?:占|增长|下降|降低|完成(?:年初|全年)?预算数?的?)\s*%", "数字", "此处没有数字", "请补上数字"),
    ("W10", r"[较比与]上一度", "上一年度", "缺“年”字", "请改为“上一年度”"),
    ("W17", r"项目完成指标", "产出指标", "绩效一级指标的旧称", "请改为“产出指标”"),
    ("W22", r"部分\s*度(?:部门|单位)决算|^\s*度(?:部门|单位)决算", "年度", "标题缺年份", "请写明年度"),
)  # fmt: skip
_COMPILED = tuple((rule, re.compile(pattern), right, what, remedy) for rule, pattern, right, what, remedy in _PATTERNS)
_BUDGET_FOR_FINAL = re.compile(r"\(项\)[:。]?\s*(?P<words>支出预算)(?:数)?为\s*[\d.,]+\s*万元,\s*完成(?:年初)?预算")
_POST = re.compile(r"(?P<post>副?(?:主任|局长|院长|所长|校长|站长))\s*(?P<count>\d)\s*名")
_NUMBERED = re.compile(r"^\s*(?:(?P<arabic>\d{1,2})、|(?P<chinese>[一二三四五六七八九十]+)、)\s*\S{4,30}情况说明$")
_AMOUNT_WORDS = re.compile(
    r"(?:决算|预算|支出|收入|总计|合计|总额|金额|结余|经费|费用?|增加|减少)数?(?:为|是|共|共计)?\s*$"
)
_MONEY_WORDS = re.compile(r"(?:决算|预算|支出|收入|总计|合计|总额|经费|费用?)数?(?:为|是)?\s*$")
_PAIRED = re.compile(r",(?:增长|下降|增幅|降幅)")
_NO_MONEY = re.compile(r"(?:得分|评分|分|率|度|指数|面积|长|占|每|第|达到?)\s*$")
_ORDERED = frozenset("一二三四五六七八九十东西南北上中下甲乙丙")
_SHARES_UNIT = re.compile(
    r"(?:[,、和及]|、支出?(?:总计)?(?:增加|减少)?)\s*\d[\d,.]*\s*[万亿]?元"
)  # 各是4125.49,4143.91万元: one unit for both
_SAYS_UNIT = re.compile(r"(?:金额|货币|计量)单位[^。;]{0,20}$|单位\s*:[^。;]{0,12}$")


def judge_wording(bench: Bench) -> None:
    """Judge the words of every paragraph."""
    for number, said in enumerate(bench.reading.said):
        text = said.paragraph.plain
        found: set[tuple[str, int]] = set()  # two patterns of a rule may end in the same gap
        for rule, pattern, right, what, remedy in _COMPILED:
            for match in pattern.finditer(text):
                measured = rule == "W04" and _SAYS_UNIT.search(text[: match.start()])
                if not measured and not _is_quoted(text, match.start()) and (rule, match.end()) not in found:
                    found.add((rule, match.end()))
                    bench.accuse(rule, number, match.span(), right, what, remedy)
        for match in _BUDGET_FOR_FINAL.finditer(text):
            bench.accuse("W13", number, match.span("words"), "支出决算", "完成率前是预算数", "请改为“支出决算”")
        _judge_brackets(bench, number, text)
        _judge_units(bench, number, text)
    _judge_decimals(bench)
    _judge_copies(bench)
    _judge_numbering(bench)
    _judge_posts(bench)
    _judge_office(bench)


def _is_quoted(text: str, at: int) -> bool:
    """Say whether a place stands inside “…”, where somebody else's words are spoken of."""
    return text.count("“", 0, at) > text.count("”", 0, at)


def _judge_brackets(bench: Bench, number: int, text: str) -> None:
    said = bench.reading.said[number]
    if not said.figures or "(截断)" in text:
        return
    opened: list[int] = []
    for position, one in enumerate(text):
        if one == "(":
            opened.append(position)
        elif one == ")" and opened:
            opened.pop()
    if opened and text.endswith("。"):
        bench.accuse(
            "W11", number, (opened[0], min(len(text), opened[0] + 8)), "）", "左括号没有右括号", "请补上右括号"
        )


def _judge_units(bench: Bench, number: int, text: str) -> None:
    units = Counter(one.unit for one in bench.reading.said[number].figures if one.kind == "money")
    for figure in bench.reading.said[number].figures:
        after = text[figure.end :].lstrip()
        if after.startswith("(截断)"):
            continue
        if (
            figure.kind == "money"
            and figure.text.endswith("万")
            and (figure.decimals or _MONEY_WORDS.search(text[: figure.start]) or _PAIRED.match(after))
            and figure.role
            and not _is_quoted(text, figure.start)
        ):
            bench.accuse("W06", number, figure, f"{figure.text}元", "“万”后缺“元”", f"请改为{figure.text}元")
        elif figure.kind == "bare" and figure.role in ("rate", "share", "completion"):
            bench.accuse("W07", number, figure, f"{figure.text}%", "缺“%”", f"请改为{figure.text}%")
        elif _lacks_unit(figure, text, after, bool(units)):
            unit = units.most_common(1)[0][0] if units else "万元"
            bench.accuse("W05", number, figure, f"{figure.text}{unit}", "金额缺单位", f"请改为{figure.text}{unit}")


def _lacks_unit(figure: Figure, text: str, after: str, beside: bool) -> bool:
    """Say whether a number is an amount without its unit: words for amounts before it, or amounts with units beside it."""
    if (
        figure.kind != "bare"
        or figure.role not in ("level", "budget", "base", "change")
        or after[:1] not in tuple(",。;、)(占")
        or _SHARES_UNIT.match(after)
    ):
        return False
    before = text[: figure.start]
    if figure.role == "change" and beside and _PAIRED.match(after):
        return True
    if _AMOUNT_WORDS.search(before):
        return figure.decimals > 0 or (beside and len(figure.text) > 1 and bool(_MONEY_WORDS.search(before)))
    named = re.search(r"[\u4e00-\u9fff)”]\s*$", before) and not _NO_MONEY.search(before)
    return beside and figure.decimals > 1 and bool(named)


def _judge_decimals(bench: Bench) -> None:
    """Judge that the shares of one list are printed with as many decimals; 0 and 100 need none."""
    for whole in bench.reading.frames:
        parts = [one for one in whole.parts if one.share is not None and one.share.value not in (0, 100)]
        places = [one.share.decimals for one in parts if one.share]
        usual = max(set(places), key=places.count) if places else 0
        if len(places) > 2 and places.count(usual) == len(places) - 1:
            odd = next(one for one in parts if one.share and one.share.decimals != usual)
            if odd.share and odd.share.decimals < usual:
                right = f"{float(odd.share.value):.{usual}f}%"
                bench.accuse("W18", odd.paragraph, odd.share, right, f"其余各项有{usual}位小数", f"请写作{right}")


def _judge_copies(bench: Bench) -> None:
    """Judge that a sentence with its numbers is not copied into a section on something else."""
    seen: dict[str, str] = {}
    for number, said in enumerate(bench.reading.said):
        values = [one for one in said.figures if one.kind == "money"]
        for match in re.finditer(r"[^。]+。?", said.paragraph.plain):
            inside = [one for one in values if match.start() <= one.start < match.end()]
            words = re.sub(r"\s|[,、。]", "", match.group())
            if len(inside) < 2 or not said.section:
                continue
            first = seen.setdefault(words, said.section)
            if first != said.section and "财政拨款" in said.section and "财政拨款" not in words:
                what = f"与“{first}”一节的句子逐字相同，说的不是本节的数"
                bench.accuse("W14", number, match.span(), "", what, "请改写为本节的内容")


def _judge_numbering(bench: Bench) -> None:
    heads = [
        (number, match)
        for number, said in enumerate(bench.reading.said)
        if (match := _NUMBERED.match(said.paragraph.plain))
    ]
    if sum(bool(match["chinese"]) for _, match in heads) < 3:
        return
    for number, match in heads:
        if match["arabic"]:
            bench.accuse("W15", number, match.span("arabic"), "中文编号", "其余各节用中文编号", "请改为中文编号")


def _judge_posts(bench: Bench) -> None:
    found: dict[str, list[tuple[int, tuple[int, int], str]]] = defaultdict(list)
    for number, said in enumerate(bench.reading.said):
        for match in _POST.finditer(said.paragraph.plain):
            found[match["post"]].append((number, match.span(), match["count"]))
    for post, places in found.items():
        counts = sorted({count for _, _, count in places})
        if len(counts) > 1 and post.startswith("副"):
            number, span, _ = places[-1]
            bench.accuse("W16", number, span, "", f"{post}职数各处写作{'、'.join(counts)}名", "请核对编制文件")


def _judge_office(bench: Bench) -> None:
    """Judge names that differ from the office's by one character, or lack its region before the year."""
    name = bench.reading.office
    if len(name) < 5:
        return
    near = re.compile(
        "|".join(
            f"(?={re.escape(name[:i])}(?!{name[i]})[\u4e00-\u9fff]{re.escape(name[i + 1 :])})"
            for i in range(len(name) - 1)
        )
    )
    short = re.compile(re.escape(name[:2]) + r"[\u4e00-\u9fff]{0,30}?" + re.escape(name[-3:]))
    for number, said in enumerate(bench.reading.said):
        text = said.paragraph.plain
        for match in near.finditer(text):
            span = match.start(), match.start() + len(name)
            if not _is_another(text[span[0] : span[1]], name):
                bench.accuse("W12", number, span, name, f"别处写作“{name}”", f"请改为“{name}”")
        for match in short.finditer(text):
            if _lacks(match.group(), name) and re.match(
                r"\s*(?:19|20)\d{2}\s*年度?(?:部门|单位)?决算表?", text[match.end() :]
            ):
                bench.accuse("W12", number, match.span(), name, f"别处写作“{name}”", f"请改为“{name}”")


def _is_another(other: str, name: str) -> bool:
    """Say whether names that differ in one character are two offices: 第一小学 and 第二小学, 城东 and 城西."""
    return any({a, b} <= _ORDERED for a, b in zip(other, name, strict=True) if a != b)


def _lacks(other: str, name: str) -> bool:
    """Say whether `other` is `name` with one stretch left out."""
    cut = len(name) - len(other)
    return 0 < cut <= 6 and any(name[:i] + name[i + cut :] == other for i in range(len(other) + 1))
