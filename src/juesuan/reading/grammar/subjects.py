"""What a number is of: the words before it brought to the quantity that the official tables know."""

from __future__ import annotations

import re
from functools import lru_cache

_QUANTITIES = (
    ("three_public", r"三公[”\"’']?经费[^,。;]{0,12}(?:合计|总计|总额)$"),
    ("general_public_income", r"一般公共预算财政拨款收入(?!支出|、)"),
    ("basic_general", r"一般公共预算(?:财政)?拨?款?基本支出"),
    ("fiscal_total", r"财政拨款(?:收入支出|收、支|收支|收入、支出)(?:决算)?总计"),
    ("fiscal_total_in", r"财政拨款收入(?:决算)?总计"),
    ("fiscal_total_out", r"财政拨款支出(?:决算)?总计"),
    ("total", r"(?:收入支出|收、支|收支|收入、支出)(?:决算)?总计"),
    ("total", r"收支总额"),
    ("total_in", r"收入(?:决算)?总计|(?<![^度年的])总收入$"),
    ("total_out", r"支出(?:决算)?总计|(?<![^度年的])总支出$"),
    ("income", r"本年收入(?:合计)?$|收入(?:决算)?合计"),
    ("expenditure", r"本年支出(?:合计)?$|支出(?:决算)?合计"),
    ("fiscal_opening", r"年初财政拨款结转(?:和|及)?结余"),
    ("fiscal_closing", r"年末财政拨款结转(?:和|及)?结余"),
    ("opening", r"(?:年初|上年)结转(?:和|及)?结余"),
    ("closing", r"年末结转(?:和|及)?结余|结转下年$"),
    ("surplus_used", r"使用(?:非财政拨款|专用)?结余"),
    ("distributed", r"结余分配"),
    ("vehicle_purchase", r"(?:公务用?车|公车)购置(?:费|经费|费用|支出|费支出)?(?:决算数?)?$"),
    ("vehicle_operation", r"(?:公务用?车|公车)及?运行|车辆运行(?:维护)?费"),
    ("vehicles", r"公务用?车购置(?:及|和|与)运[行维]|公务用车购置费?及运行"),
    ("overseas", r"因公(?:临时)?出国"),
    ("reception_domestic", r"国内公务接待"),
    ("reception_foreign", r"外事接待|外宾接待|国\(境\)外公务接待"),
    ("reception", r"公务接待"),
    ("three_public", r"三公[”\"’]?经费"),
    ("staff", r"人员经费"),
    ("public", r"公用经费"),
    ("organ", r"机关运行经费"),
    ("goods", r"货物"),
    ("works", r"(?:采购|^)工程(?!师)|工程(?:类)?(?:采购|支出|$)"),
    ("services", r"服务采购|采购服务|服务支出金额|^服务类?(?:支出|采购)?$"),
    ("procurement", r"政府采购(?:支出|金额)?(?:总额|总金额)?"),
    ("basic", r"基本支出"),
    ("project", r"项目支出"),
    ("fiscal_income", r"财政拨款收入"),
    ("general_public", r"一般公共预算(?:财政)?(?:拨款)?(?:支出)?(?:决算)?$|一般公共预算财政拨款支出"),
)
_PATTERNS = tuple((key, re.compile(pattern)) for key, pattern in _QUANTITIES)
UNIQUE = frozenset(
    {
        "total", "total_in", "total_out", "fiscal_total", "income", "expenditure", "basic_general",
        "three_public", "vehicles", "overseas", "reception", "organ", "general_public",
        "vehicle_purchase", "vehicle_operation",
    }
)  # fmt: skip
NAMES = {
    "total": "收入支出总计", "income": "本年收入合计", "expenditure": "本年支出合计", "fiscal_total": "财政拨款收入支出总计",
    "general_public": "一般公共预算财政拨款支出", "basic_general": "一般公共预算财政拨款基本支出",
    "three_public": "“三公”经费", "overseas": "因公出国（境）费", "vehicles": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行维护费", "reception": "公务接待费",
    "basic": "基本支出", "project": "项目支出", "staff": "人员经费", "public": "公用经费", "organ": "机关运行经费",
    "total_in": "收入总计", "total_out": "支出总计", "opening": "年初结转和结余", "closing": "年末结转和结余",
    "surplus_used": "使用非财政拨款结余", "distributed": "结余分配",
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年度?")
_REMARK = re.compile(r"\((?!境|室|款|类|项|护|役|国)[^()]*\)")
_THREE_PUBLIC = re.compile(r"\([“\"'‘]?三公[”\"'’]?经费\)[^,;:\d]{0,8}$")  # …、公车运行费(“三公”经费)决算总额
_ALL_TOGETHER = re.compile(r"(?:收入支出|收支|收入、支出|收、支)(?:决算)?总体")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、)")
_COMPARED = re.compile(r"(?:与|比|较|按)(?=\s*(?:(?:19|20)?\d|上|去|年|前|同|预算|决算|当年|收入|支出|全年|调整))")
_TAIL = re.compile(r"(?:决算数?|总额|金额)?\s*(?:分别)?(?:为|是|共计|共|约|均为|各是|各为|达到?|:|的)*\s*$")
_LEADING = re.compile(
    r"^(?:其中|具体|全年|当年|本年度|年末(?!结转|财政拨款结转)|截至|我单位|本单位|本部门|用于|主要包括|包括|按\S{0,8}分类支出|\d+[.、]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|:)+"
)


@lru_cache(maxsize=4096)
def subject_of(lead: str) -> str:
    """Return the words that say what the number after `lead` is of; empty where they only compare or link."""
    clause = re.split(r"[。;\n]", lead)[-1]
    if _THREE_PUBLIC.search(clause):
        return "“三公”经费"
    clause = _REMARK.sub("", clause)
    parts = [one for one in re.split(r",|(?<=其中):?|:|、(?!支)|\((?!境|室|款|类|项|护|役|国)", clause) if one.strip()]
    words = _YEAR.sub("", "".join(parts[-1:])).replace(" ", "")
    words = _LEADING.sub("", _NUMBERED.sub("", words))
    return _TAIL.sub("", words).strip('“”"’,.、 ')


@lru_cache(maxsize=4096)
def change_subject_of(lead: str) -> str:
    """Return the words that say what changed, the nearest clause that names something; empty where none does."""
    clause = _REMARK.sub("", re.split(r"[。;\n]", lead)[-1])
    for part in reversed(re.split(r",|:|、(?!支)", clause)):
        words = _COMPARED.split(part)[0]
        if _ALL_TOGETHER.search(words) and "财政拨款" not in words:
            return "收入支出总计"
        words = _TAIL.sub("", _LEADING.sub("", _NUMBERED.sub("", _YEAR.sub("", words).replace(" ", "")))).strip(
            "“”\"',.、 "
        )
        words = re.sub(
            r"(?:同比|各|均|分别|相比|共|增加|增长|减少|下降|上升|降低|增幅|降幅|减幅|\(?[增减]\)?幅?)+$", "", words
        )
        if len(words) > 1 and not _GENERIC.match(words):
            return words
    return ""


_GENERIC = re.compile(
    r"^(?:与|比|较|费用|经费|数额|同比|各|分别|共|相比|年初|全年|本年|年|收入|支出|收、支|收支|总计|决算数?|预算数?|上年|去年|年度|总体|的|数|主要|约|实际|执行数|变动|按|同口径|可比|万元|元|度|\d|\W)*$"
)


@lru_cache(maxsize=4096)
def quantity_of(words: str) -> str:
    """Return the key of the quantity that `words` name, empty for any other."""
    plain = words.replace(" ", "").replace("(境)", "")
    return next((key for key, pattern in _PATTERNS if pattern.search(plain)), "")
