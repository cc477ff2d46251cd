"""What an office spends in a year: 支出 by 功能分类 and 经济分类, projects, budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.synthetic.draw import WAN, dice, divide, uneven, whole
from juesuan.synthetic.kinds import Plan, Sort
from juesuan.synthetic.offices import Office
from juesuan.synthetic.three_public import THREE_PUBLIC_CODES, three_public

Line = tuple[str, str, str]  # function_code, fund, category
_SALARIES = {
    True: {"30101": 30, "30102": 24, "30103": 12, "30112": 1, "30199": 3},
    False: {"30101": 34, "30102": 5, "30103": 6, "30107": 28, "30112": 1, "30199": 2},
}
_GOODS = {
    "30201": 5, "30202": 1, "30205": 0.6, "30206": 1.6, "30207": 1.5, "30211": 2.6, "30213": 1.7, "30214": 0.4,
    "30215": 0.7, "30216": 0.9, "30226": 2, "30228": 1.8, "30229": 1.2, "30239": 2.5, "30299": 2, "30305": 0.8,
    "31002": 0.9,
}  # fmt: skip
_ALWAYS = {"30101", "30112", "30201", "30211", "30228"}
_PROJECT_GOODS: dict[Sort, dict[str, float]] = {
    "works": {"30213": 4, "30227": 1, "31001": 5},
    "grants": {"30305": 5, "30226": 0.5, "30399": 4},
    "services": {"30201": 2, "30202": 1, "30216": 1, "30226": 2, "30227": 4, "30299": 1},
    "equipment": {"30213": 1, "30227": 1, "31003": 5, "31007": 3},
}


@dataclass(frozen=True)
class Project:
    """One project of a year, amounts in 分."""

    plan: Plan
    fund: str
    budget: int
    final: int


@dataclass
class Spending:
    """Everything spent in a year: 分 by line, by line and 经济科目; budgets as (年初, 全年) by line."""

    lines: dict[Line, int] = field(default_factory=lambda: defaultdict(int))
    economic: dict[tuple[str, str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    budgets: dict[Line, tuple[int, int]] = field(default_factory=dict)
    projects: list[Project] = field(default_factory=list)

    def of(self, *, fund: str = "", category: str = "") -> int:
        """Return the sum of the lines of a fund and a category, or of all."""
        return sum(fen for (_, one, kind), fen in self.lines.items() if fund in ("", one) and category in ("", kind))

    def spent_on(self, economic_code: str, fund: str = "general_public", category: str = "basic") -> int:
        """Return what went on one 经济科目, or on all that begin so."""
        return sum(
            fen for (_, code, one, kind), fen in self.economic.items()
            if code.startswith(economic_code) and (one, kind) == (fund, category)
        )  # fmt: skip


def spending(office: Office, year: int) -> Spending:
    """Return what `office` spends in `year`."""
    spent = Spending()
    total = office.spends(year)
    fiscal = total * (1 - office.kind.outside_share)
    jitter = dice(office.seed, office.unit_id, year, "basic").uniform(0.96, 1.04)
    basic = whole(fiscal * office.kind.basic_share * jitter)
    _basic(spent, office, year, basic)
    for project in _projects(office, year, fiscal - basic, total):
        _enter_project(spent, office, year, project)
    _outside(spent, office, year, whole(total * office.kind.outside_share))
    _budget_rest(spent, office, year)
    return spent


def _basic(spent: Spending, office: Office, year: int, basic: int) -> None:
    """Enter 一般公共预算基本支出: contributions under their own 科目, all else under the office's."""
    chance = dice(office.seed, office.unit_id, year, "contributions")
    own = dice(office.seed, office.unit_id, "contributions")
    admin = office.kind.administrative
    retired, annuity = own.choice((0, 0.02, 0.04)), own.choice((0, 0.04))
    shares = {
        ("2080505", "30108"): 0.085,
        ("2080506", "30109"): annuity,
        ("2080501" if admin else "2080502", "30302"): retired,
        ("2080801", "30304"): 0.01 * (chance.random() < 0.12),
        ("2101101" if admin else "2101102", "30110"): 0.045,
        ("2210201", "30113"): 0.075,
    }
    rest = basic
    for (function_code, economic_code), share in shares.items():
        if fen := whole(basic * share * chance.uniform(0.95, 1.05)):
            _add(spent, (function_code, "general_public", "basic"), {economic_code: fen})
            rest -= fen
    _running(spent, office, year, rest)


def _running(spent: Spending, office: Office, year: int, fen: int) -> None:
    line = (office.kind.running, "general_public", "basic")
    special = {THREE_PUBLIC_CODES[item]: spent_ for item, spent_ in three_public(office, year, fen).items() if spent_}
    _add(spent, line, special)
    _add(spent, line, _by_economic(office, year, "running", fen - sum(special.values())))


def _by_economic(office: Office, year: int, what: str, fen: int) -> dict[str, int]:
    """Return an amount of 基本支出 by 经济科目."""
    chance = dice(office.seed, office.unit_id, year, what)
    weights = _SALARIES[office.kind.administrative] | _GOODS
    codes = [code for code in weights if code in _ALWAYS or chance.random() < 0.85]
    return dict(zip(codes, divide(fen, uneven([weights[code] for code in codes], chance)), strict=True))


def _projects(office: Office, year: int, left: float, total: float) -> Iterator[Project]:
    """Yield the year's projects of 财政拨款: those that it has and a surge, then 政府性基金 and 国有资本经营."""
    has = [plan for plan in office.kind.projects if dice(office.seed, office.unit_id, year, plan.name).random() < 0.88]
    has = has or list(office.kind.projects[:1])
    chance = dice(office.seed, office.unit_id, year, "projects")
    for plan, fen in zip(has, divide(whole(left), uneven([1.0] * len(has), chance, 0.6)), strict=True):
        yield _project(plan, "general_public", fen, chance.random(), chance.uniform(0.86, 0.995))
    surge = office.story.surge
    if surge and surge.year == year:
        yield _project(surge.plan, "general_public", whole(total * (surge.times - 1)), chance.random(), 0.97)
    for fund, extra, share in (
        ("government_fund", office.kind.fund, 0.3),
        ("state_capital", office.kind.capital, 0.12),
    ):
        if extra:
            fen = whole(total * share * chance.uniform(0.4, 1.2))
            yield _project(extra, fund, fen, chance.random(), chance.uniform(0.9, 0.99))


def _project(plan: Plan, fund: str, fen: int, drawn: float, completed: float) -> Project:
    return Project(plan, fund, fen if drawn < 0.5 else whole(fen / completed), fen)


def _enter_project(spent: Spending, office: Office, year: int, project: Project) -> None:
    chance = dice(office.seed, office.unit_id, year, project.plan.name, project.fund, "economic")
    line = (project.plan.function_code, project.fund, "project")
    weights = _PROJECT_GOODS[project.plan.sort]
    _add(spent, line, dict(zip(weights, divide(project.final, uneven([*weights.values()], chance, 0.5)), strict=True)))
    spent.projects.append(project)
    before, budget = spent.budgets.get(line, (0, 0))
    added = 0 if office.story.surge and project.plan is office.story.surge.plan else project.budget
    initial = whole(added * chance.choice((0, 0.8, 0.95, 1, 1, 1.05)))
    spent.budgets[line] = (before + initial, budget + project.budget)


def _outside(spent: Spending, office: Office, year: int, fen: int) -> None:
    """Enter what is spent besides 财政拨款: 经营支出 and 对附属单位补助 where there are such, a project, the rest basic."""
    if fen < WAN:
        return
    kind, chance = office.kind, dice(office.seed, office.unit_id, year, "outside")
    operating = whole(fen * kind.outside.get("operating", 0) * chance.uniform(0.8, 0.95))
    supported = whole(fen * 0.5) if kind.supports else 0
    project = whole((fen - operating - supported) * 0.25)
    for category, part in (("operating", operating), ("subsidy_subordinate", supported)):
        if part:
            spent.lines[kind.running, "other", category] += part
    name = Plan(f"{kind.projects[0].name}（自筹）", kind.running, kind.projects[0].sort)
    _enter_project(spent, office, year, Project(name, "other", project, project))
    basic = fen - operating - supported - project
    _add(spent, (kind.running, "other", "basic"), _by_economic(office, year, "outside.basic", basic))


def _add(spent: Spending, line: Line, by_economic: dict[str, int]) -> None:
    function_code, fund, category = line
    for economic_code, fen in by_economic.items():
        if fen:
            spent.economic[function_code, economic_code, fund, category] += fen
            spent.lines[line] += fen


def _budget_rest(spent: Spending, office: Office, year: int) -> None:
    """Give every line without projects its budgets: often spent to the 分, never overspent."""
    for line in sorted(set(spent.lines) - set(spent.budgets)):
        chance = dice(office.seed, office.unit_id, year, "budget", *line)
        adjusted = spent.lines[line] if chance.random() < 0.6 else whole(spent.lines[line] * chance.uniform(1, 1.03))
        adjusted = max(adjusted, spent.lines[line])
        spent.budgets[line] = (whole(adjusted * chance.choice((1, 1, 0.9, 0.96, 1.02))), adjusted)
