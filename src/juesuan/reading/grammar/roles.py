"""Which part a number plays, told by the words before it."""

from __future__ import annotations

import re

_RISE = r"增加|增长|上升|提高|增支|增幅|增收|多支|增(?![加长幅])|\(?增\)?幅"
_FALL = r"减少|下降|降低|减支|压减|降幅|节约|节省|少支|减收|压缩|减(?![少支幅收])|\(?减\)?幅"
_LINK = r"\)?(?:\((?:增长|增加|下降|减少|降低)\))?(?:了|额|支出|数|金额|幅度?|率|约|为|达|各|是|:)*\s*$"
_CHANGE = re.compile(rf"(?:各|均|共|同比|分别)?(?P<rise>{_RISE})?(?P<fall>{_FALL})?{_LINK}")
_RISING, _FALLING = re.compile(rf"(?:{_RISE}){_LINK}"), re.compile(rf"(?:{_FALL}){_LINK}")
_SHARE = re.compile(r"占(?P<whole>[^,。;占]{0,40}?)(?:的)?(?:比例|比重|比)?(?:为|是|达|约)?\s*$")
_COMPLETION = re.compile(
    r"(?:完成|执行)[^,。;]{0,14}?(?:预算|预期|计划)(?:数|额|安排)?[^,。;\d]{0,6}$|(?:执行率|完成率|预算完成|预算执行率?)(?:为|达|:)?\s*$|完成率?(?:为)?\s*$|(?:占|为)(?:年初|全年|当年|调整后?)?预算数?的\s*$"
)
_BUDGET = re.compile(
    r"(?P<name>年初|全年|调整后?|当年|批复|支出)?预算(?:数|额|总额|安排|金额|资金)?(?:支出)?(?:数)?(?:总额)?(?:为|是|共|:)?\s*$"
)
_BEFORE = re.compile(r"(?:比|较|与)(?P<base>[^,。;]{0,30})$")
_BASE = re.compile(r"(?:比|较|与|同比|按)(?P<base>[^,。;比较与]{0,24})")
_FROM_BUDGET = re.compile(
    r"(?:(?P<over>大于|高于|多于|超出|超过)|(?P<under>小于|低于|少于))(?:年初|全年|当年|调整后?)?预算数?\s*$"
)
_FEWER = re.compile(r"\s*,?\s*(?:(?P<more>多)|少)了?\s*")
_OF_AMOUNT = re.compile(r"(?:完成|占|为)[^,。;]{0,12}?(?:预算|计划|预期|任务)数?\s*$")
_WITHIN = re.compile(r"占(?P<whole>[^,。;占]{2,40}?)(?:决算)?数?(?:总额)?\s*$")
_RATE_FOLLOWS = re.compile(r"\s*的\s*(?:比例|比重)?(?:为)?\s*\d[\d.]*\s*%")
_REASON = re.compile(r"原因|由于|主要是|剔除|导致")


def rising(lead: str) -> int:
    """Return 1 where the words say more, -1 less, 0 neither."""
    if fewer := _FEWER.fullmatch(lead):
        return 1 if fewer["more"] else -1
    if _RISING.search(lead):
        return 1
    return -1 if _FALLING.search(lead) else 0


def share_of(lead: str) -> str | None:
    """Return the words for the whole in 占…的, empty where none stand there; None where it is no share."""
    match = _SHARE.search(lead)
    if match is None or re.fullmatch(r"(?:年初|全年|调整后?)?预算数?", match["whole"].strip()):
        return None
    return match["whole"].strip().removesuffix("的")


def is_completion(lead: str) -> bool:
    """Say whether the words lead to a rate of completion."""
    return bool(_COMPLETION.search(lead))


def budget_name(lead: str) -> str | None:
    """Return which budget the words name; None where the number is no budget."""
    match = _BUDGET.search(lead)
    return None if match is None else f"{match['name'] or ''}预算"


def from_budget(lead: str) -> int:
    """Return 1 where the amount says by how much a budget was exceeded, -1 by how much it was not used, 0 neither."""
    match = _FROM_BUDGET.search(lead)
    return 0 if match is None else 1 if match["over"] else -1


def completes_amount(lead: str, after: str) -> bool:
    """Say whether the amount is the budget in 完成预算27万元的63.2%."""
    return bool(_OF_AMOUNT.search(lead) and _RATE_FOLLOWS.match(after))


def whole_before(lead: str, after: str) -> str:
    """Return the words for the whole in 占本年支出合计50万元的20%, whose amount follows; empty for any other words."""
    match = _WITHIN.search(lead)
    return match["whole"].strip() if match and _RATE_FOLLOWS.match(after) else ""


def is_base(lead: str) -> bool:
    """Say whether the number is what another is compared with: 比上年2665.56万元."""
    match = _BEFORE.search(lead)
    return match is not None and not re.search(rf"{_RISE}|{_FALL}|相比|持平", match["base"])


def basis_of(words: str) -> tuple[str, int]:
    """Return what a change is against, `prior` or `budget`, and the year named; empty where the words do not say."""
    found = list(_BASE.finditer(words))
    for match in reversed(found):
        base = match["base"]
        year = re.search(r"((?:19|20)\d{2})\s*年?", base)
        if "预算" in base:
            return "budget", int(year[1]) if year else 0
        if re.search(r"上年|上一年|去年|上一?度|上年度|年|决算|同期", base):
            return "prior", int(year[1]) if year else 0
    return ("prior", 0) if "同比" in words else ("", 0)


def is_reason(words: str) -> bool:
    """Say whether the clause gives reasons, so that its numbers are of something else."""
    return bool(_REASON.search(re.split(r"[。;]", words)[-1]))
