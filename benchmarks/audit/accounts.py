"""A made-up office's year, drawn by the benchmark itself: exact amounts by key, and which of them must sum to which.

Keys: `income`, `exp.basic`, `gp.2010301` …; `@p` the year before, `@b` the initial budget. `value` also answers derived
keys: `d:x` change against last year, `g:x` its rate, `db:x` and `gb:x` against the budget, `c:x` completion, `s:x/y` share.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

SITUATIONS = ("plain", "falling", "flat", "new", "idle", "fund", "earning", "unfunded", "overdrawn", "whole")
FUNCTIONS = {
    "201": "一般公共服务支出", "20103": "政府办公厅（室）及相关机构事务", "2010301": "行政运行", "2010302": "一般行政管理事务",
    "2010350": "事业运行", "20106": "财政事务", "2010607": "信息化建设", "205": "教育支出", "20599": "其他教育支出",
    "2059999": "其他教育支出", "206": "科学技术支出", "20607": "科学技术普及", "2060702": "科普活动",
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080502": "事业单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出", "210": "卫生健康支出",
    "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101102": "事业单位医疗", "212": "城乡社区支出",
    "21205": "城乡社区环境卫生", "2120501": "城乡社区环境卫生", "221": "住房保障支出", "22102": "住房改革支出",
    "2210201": "住房公积金", "2210203": "购房补贴",
}  # fmt: skip
RETIRED = {"20805": "行政事业单位离退休", "210": "医疗卫生与计划生育支出"}
ECONOMIC = {
    "301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴", "30107": "绩效工资", "30113": "住房公积金",
    "302": "商品和服务支出", "30201": "办公费", "30207": "邮电费", "30211": "差旅费", "30217": "公务接待费",
    "30231": "公务用车运行维护费", "303": "对个人和家庭的补助", "30302": "退休费", "310": "资本性支出", "31002": "办公设备购置",
}  # fmt: skip
_RUNNING = ("2010301", "2010350", "2010302", "2010607", "2059999", "2060702", "2120501")
_SOCIAL = ("2080502", "2080505", "2080506", "2101101", "2101102", "2210201", "2210203")
_NAMES = (
    "档案馆",
    "医疗保障局",
    "水利局",
    "融媒体中心",
    "妇女联合会",
    "公共资源交易中心",
    "应急管理局",
    "文化馆",
    "残疾人联合会",
)
_PLACES = ("青山县", "临川市", "北河县", "云岭区", "平湖县", "石桥镇", "东陵市", "南浦区")


@dataclass
class Office:
    """An office and year: exact amounts in 元 and counts, sums that hold, 科目 it spends under."""

    name: str
    year: int
    situation: str
    exact: dict[str, Fraction] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    items: tuple[str, ...] = ()
    economic: tuple[str, ...] = ()
    new: bool = False

    def has(self, *keys: str) -> bool:
        """Say whether every amount is there and not zero."""
        return all(self.exact.get(one) for one in keys)

    def value(self, key: str) -> Fraction:
        """Return the exact value of a key, derived or not."""
        kind, _, rest = key.rpartition(":")
        if not kind or kind == "n":
            return self.exact[key]
        if kind == "s":
            part, whole = rest.split("/")
            return 100 * self.exact[part] / self.exact[whole]
        base = self.exact[rest + ("@b" if kind in ("c", "db", "gb") else "@p")]
        change = abs(self.exact[rest] - base)
        return {"d": change, "db": change}.get(kind) or (
            100 * self.exact[rest] / base
            if kind == "c"
            else 100 * change / base
            if kind in ("g", "gb")
            else Fraction(0)
        )

    def sign(self, key: str, base: str = "@p") -> int:
        """Return 1 where the amount rose against its base, -1 where it fell, else 0."""
        difference = self.exact[key] - self.exact[key + base]
        return (difference > 0) - (difference < 0)

    def classes(self) -> tuple[str, ...]:
        """Return the 类 it spends under."""
        return tuple(sorted({one[:3] for one in self.items}))


def draw_office(seed: str, step: int = 1) -> Office:
    """Return the office that the seed makes; every amount is a whole number of `step` 分."""
    chance = random.Random(seed)
    situation = SITUATIONS[int(seed.rsplit("-", 1)[-1]) % len(SITUATIONS)]
    office = Office(chance.choice(_PLACES) + chance.choice(_NAMES), chance.randint(2020, 2024), situation)
    office.new = situation == "new"
    now = _Year(chance, situation, step, chance.choice((1, 1, 4, 30)))
    before = now.aged(situation)
    office.items, office.economic = now.items, now.economic
    for suffix, year in (("", now), *((("@p", before),) if not office.new else ())):
        office.exact |= {f"{key}{suffix}": Fraction(fen, 100) for key, fen in year.amounts().items()}
    for key in [one for one in office.exact if one.startswith(("gp", "tp", "fund")) and "@" not in one]:
        office.exact.setdefault(f"{key}@b", now.budget(office.exact[key], key))
    _make_budgets_sum(office)
    office.exact |= now.counts()
    office.sums = _sums(office)
    return office


class _Year:
    """Draws one year; `aged` returns the year before it."""

    def __init__(self, chance: random.Random, situation: str, step: int, size: int) -> None:
        self.chance, self.situation, self.step = chance, situation, step
        self.items = tuple(sorted([*chance.sample(_RUNNING, chance.randint(1, 3)), *chance.sample(_SOCIAL, chance.randint(2, 4))]))  # fmt: skip
        self.economic = ("30101", "30102", *chance.sample(("30107", "30113", "30302"), 2), "30201", "30211", *chance.sample(("30207", "30217", "30231", "31002"), 2))  # fmt: skip
        self.basic = {one: self._fen(3e6 * size, 9e7 * size) for one in self.items}
        self.project = {one: self._fen(1e6 * size, 9e7 * size) if one in _RUNNING else 0 for one in self.items}
        self.fund = self._fen(1e6, 5e7) if situation == "fund" else 0
        self.earned = self._fen(1e6, 9e7) if situation in ("earning", "unfunded") else 0
        self.opening = (
            -self._fen(1e4, 9e5) if situation == "overdrawn" else self._fen(0, 3e6) if chance.random() < 0.6 else 0
        )
        self.closing = self._fen(0, 5e6) if situation != "flat" and chance.random() < 0.6 else 0
        self.three = {key: self._fen(1e5, 2e7) if chance.random() < odds else 0 for key, odds in (("overseas", 0.2), ("purchase", 0.4), ("operation", 0.9), ("reception", 0.9))}  # fmt: skip
        if situation == "idle":
            self.economic = tuple(one for one in self.economic if one not in ("30217", "30231"))
            self.three = dict.fromkeys(self.three, 0)
        self.weights = [1 if one in ("30217", "30231") else chance.randint(2, 30) for one in self.economic]
        if situation == "unfunded":
            self.basic, self.project = dict.fromkeys(self.items, 0), dict.fromkeys(self.items, 0)
        self.organ, self.goods = (
            self._fen(1e6, 5e7),
            [self._fen(1e5, 9e7) if chance.random() < 0.8 else 0 for _ in range(3)],
        )
        self.cars = [chance.choice((0, 0, 1, 2, 5)) for _ in range(4)]

    def _fen(self, low: float, high: float) -> int:
        return round(self.chance.uniform(low, high)) // self.step * self.step

    def aged(self, situation: str) -> _Year:
        """Return the year before: the same in a `flat` one, more in a `falling` one, else a little of both."""
        before = object.__new__(_Year)
        before.__dict__ |= self.__dict__
        if situation == "flat":
            return before
        low, high = (1.05, 1.6) if situation == "falling" else (0.5, 1.4)
        scale = lambda fen: self.step * (round(fen * self.chance.uniform(low, high)) // self.step)  # noqa: E731
        for name in ("basic", "project", "three"):
            setattr(before, name, {key: scale(fen) for key, fen in getattr(self, name).items()})
        before.fund, before.earned, before.organ = scale(self.fund), scale(self.earned), scale(self.organ)
        return before

    def amounts(self) -> dict[str, int]:
        """Return every amount by key, in 分."""
        basic, project = sum(self.basic.values()), sum(self.project.values())
        general, own = basic + project, self.earned
        income = general + self.fund + own + self.closing - self.opening
        made = {
            "gp": general, "gp.basic": basic, "gp.project": project, "fund": self.fund, "fund.income": self.fund,
            "exp": general + self.fund + own, "exp.basic": basic + own // 2 // self.step * self.step,
            "opening": self.opening, "closing": self.closing, "income": income, "income.earned": own + self.closing - self.opening,
            "income.general": general, "income.fiscal": general + self.fund, "total": income + self.opening,
            "fiscal": general + self.fund, "organ": self.organ, "buy": sum(self.goods),
            "buy.goods": self.goods[0], "buy.works": self.goods[1], "buy.services": self.goods[2],
        }  # fmt: skip
        made["exp.project"] = made["exp"] - made["exp.basic"]
        for code in {prefix for item in self.items for prefix in (item[:3], item[:5], item)}:
            for kind, by_item in (("b", self.basic), ("j", self.project)):
                made[f"gp.{code}.{kind}"] = sum(fen for item, fen in by_item.items() if item.startswith(code))
            made[f"gp.{code}"] = made[f"gp.{code}.b"] + made[f"gp.{code}.j"]
        economic = self._economic(basic)
        return made | economic | self._three_public(economic)

    def _economic(self, basic: int) -> dict[str, int]:
        parts = [self.step * (basic * one // sum(self.weights) // self.step) for one in self.weights]
        parts[0] += basic - sum(parts)
        made = {f"ec.{code}": fen for code, fen in zip(self.economic, parts, strict=True)}
        for top in ("301", "302", "303", "310"):
            made[f"ec.{top}"] = sum(
                fen for code, fen in made.items() if code.startswith(f"ec.{top}") and len(code) == 8
            )
        return made | {"staff": made["ec.301"] + made["ec.303"], "public": made["ec.302"] + made["ec.310"]}

    def _three_public(self, basic: dict[str, int]) -> dict[str, int]:
        left = sum(self.project.values())  # 三公 is what basic spending has of it, and something of the projects
        made: dict[str, int] = {}
        for key, code in (("overseas", ""), ("purchase", ""), ("operation", "30231"), ("reception", "30217")):
            own = min(self.three[key], left // 4 // self.step * self.step)
            made[f"tp.{key}"], left = own + basic.get(f"ec.{code}", 0), left - own
        made["tp.vehicles"] = made["tp.purchase"] + made["tp.operation"]
        return made | {"tp": made["tp.vehicles"] + made["tp.overseas"] + made["tp.reception"]}

    def budget(self, final: Fraction, key: str) -> Fraction:
        """Return an initial budget: as spent, above, below, or for a project now and then nothing."""
        drawn = self.chance.random()
        if drawn < 0.35 or not final:
            return final
        share = Fraction(self.chance.randint(80, 130), 100)
        return Fraction(int(final * share * 100) // self.step * self.step, 100)

    def counts(self) -> dict[str, Fraction]:
        """Return people, cars and visits."""
        chance, kinds = self.chance, self.cars
        made = {"n:cars": sum(kinds), "n:cars.urgent": kinds[0], "n:cars.law": kinds[1], "n:cars.special": kinds[2], "n:cars.other": kinds[3]}  # fmt: skip
        made["n:kept"] = min(sum(kinds), 1 + kinds[0])
        spent = self.amounts()
        made |= {"n:visits": chance.randint(1, 90) if spent["tp.reception"] else 0}
        made |= {"n:guests": made["n:visits"] * chance.randint(3, 14)}
        posts = chance.randint(6, 90)
        made |= {"n:posts": posts, "n:staff": chance.randint(5, posts), "n:trips": 1 if spent["tp.overseas"] else 0}
        made |= {"n:travellers": made["n:trips"] * chance.randint(1, 5), "n:bought": 1 if spent["tp.purchase"] else 0}
        made["n:retired"] = chance.randint(0, 30)
        return {key: Fraction(value) for key, value in made.items()}


def _make_budgets_sum(office: Office) -> None:
    """Give every total the budget that its items make."""
    exact = office.exact
    for code in {prefix for item in office.items for prefix in (item[:3], item[:5])}:
        exact[f"gp.{code}@b"] = sum((exact[f"gp.{one}@b"] for one in office.items if one.startswith(code)), Fraction(0))
    exact["gp@b"] = sum((exact[f"gp.{one}@b"] for one in office.items), Fraction(0))
    exact["tp.vehicles@b"] = exact["tp.purchase@b"] + exact["tp.operation@b"]
    exact["tp@b"] = exact["tp.vehicles@b"] + exact["tp.overseas@b"] + exact["tp.reception@b"]


def _sums(office: Office) -> list[tuple[str, tuple[str, ...]]]:
    """Return every total with the parts that make it up, at every base."""
    items, classes = office.items, office.classes()
    sections = sorted({one[:5] for one in items})
    plain: list[tuple[str, Iterable[str]]] = [
        ("total", ("income", "opening")), ("total", ("exp", "closing")), ("income", ("income.fiscal", "income.earned")),
        ("income", ("income.general", "fund.income", "income.earned")), ("income.fiscal", ("income.general", "fund.income")),
        ("exp", ("exp.basic", "exp.project")), ("gp", ("gp.basic", "gp.project")), ("gp", [f"gp.{one}" for one in classes]),
        ("fiscal", ("gp", "fund")), ("gp", [f"gp.{one}" for one in items]), ("gp.basic", ("staff", "public")),
        ("staff", _listed(office, ("301", "303"))), ("public", _listed(office, ("302", "310"))),
        ("staff", ("ec.301", "ec.303")), ("public", ("ec.302", "ec.310")),
        ("tp", ("tp.overseas", "tp.vehicles", "tp.reception")), ("tp.vehicles", ("tp.purchase", "tp.operation")),
        ("tp", ("tp.overseas", "tp.purchase", "tp.operation", "tp.reception")), ("buy", ("buy.goods", "buy.works", "buy.services")),
        ("n:cars", ("n:cars.urgent", "n:cars.law", "n:cars.special", "n:cars.other")),
        *((f"ec.{top}", _listed(office, (top,))) for top in ("301", "302", "303", "310")),
        *((f"gp.{top}", [f"gp.{one}" for one in sections if one[:3] == top]) for top in classes),
        *((f"gp.{top}", [f"gp.{one}" for one in items if one[:3] == top]) for top in classes),
        *((f"gp.{one}", [f"gp.{item}" for item in items if item[:5] == one]) for one in sections),
        *((f"gp.{one}", (f"gp.{one}.b", f"gp.{one}.j")) for one in (*classes, *sections, *items)),
        *((f"gp.{kind}", [f"gp.{one}.{kind[0] if kind == 'basic' else 'j'}" for one in classes]) for kind in ("basic", "project")),
    ]  # fmt: skip
    wholes = [(total, tuple(parts)) for total, parts in plain]
    with_base = [(f"{total}{base}", tuple(f"{one}{base}" for one in parts)) for total, parts in wholes for base in ("", "@p", "@b")]  # fmt: skip
    return [one for one in with_base if all(key in office.exact for key in (one[0], *one[1]))]


def _listed(office: Office, tops: Sequence[str]) -> list[str]:
    return [f"ec.{one}" for one in office.economic if one[:3] in tops]
