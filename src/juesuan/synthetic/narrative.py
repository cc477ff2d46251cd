"""`narrative.md` of a made-up office: its duties and work, and a reason wherever the form asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.synthetic import phrases
from juesuan.synthetic.accounts import Year
from juesuan.synthetic.draw import dice

Passage = tuple[str, str, str]  # title, key, text
_LEVEL_PCT = 1  # what moved by less is called level
_REASONED = (
    ("total", "收支总计变动原因", "grand.total"),
    ("fiscal", "财政拨款变动原因", "fiscal.total"),
    ("general_public", "一般公共预算支出变动原因", "general_public.total"),
)
_BUDGET = "决算与预算不同的原因"


def narrative(year: Year, prior: Year | None) -> str:
    """Return the file's text; `prior` is the year before, where it was published."""
    passages = [*_about(year), *_reasons(year, prior), *_performance(year)]
    return "\n".join(f"## {title} {{#{key}}}\n\n{text}\n" for title, key, text in passages)


def _said(year: Year, what: str, choices: Sequence[str]) -> str:
    return dice(year.office.seed, year.office.unit_id, year.year, "words", what).choice(choices)


def _about(year: Year) -> Iterator[Passage]:
    office, kind = year.office, year.office.kind
    duties = "".join(f"{number}. {duty}。\n" for number, duty in enumerate(kind.duties, start=1))
    yield "主要职能", "functions", f"{office.name}（示例单位）的主要职能：\n\n{duties}".rstrip("\n")
    yield f"{year.year}年重点工作", "work", "\n".join(_works(year))
    rooms = dice(office.seed, office.unit_id, "rooms").randint(2, 9)
    structure = dice(office.seed, office.unit_id, "structure").choice(phrases.STRUCTURE).format(rooms=rooms)
    yield "机构设置", "organisation", f"{structure}。{_changed(year)}"


def _changed(year: Year) -> str:
    story = year.office.story
    if year.year == story.first_year:
        return f"本单位于{year.year}年新设。"
    return f"本年末机构改革中撤销，职能并入{story.heir}。" if year.year == story.last_year else ""


def _works(year: Year) -> Iterator[str]:
    chance = dice(year.office.seed, year.office.unit_id, year.year, "work")
    for work in chance.sample(year.office.kind.works, 3):
        count, measure = chance.randint(2, 96), chance.choice(phrases.MEASURES)
        yield f"- {chance.choice(phrases.WORKS).format(work=work, count=count, measure=measure)}。"


def _reasons(year: Year, prior: Year | None) -> Iterator[Passage]:
    for key, title, item in _REASONED:
        yield title, f"reason.{key}", _why(year, prior, item)
    yield from _underspent(year)
    yield from _three_public(year, prior)
    if year.office.kind.administrative:
        now, before = (one.spent.spent_on("302") if one else 0 for one in (year, prior))
        reason = _said(year, "operating_funds", phrases.OPERATING_FUNDS[_moved(now, before or now)])
        yield "机关运行经费变动原因", "reason.operating_funds", reason


def _why(year: Year, prior: Year | None, item: str) -> str:
    office, surge = year.office, year.office.story.surge
    if prior is None:
        state = "unpublished" if office.exists(year.year - 1) else "new"
        return _said(year, "why", phrases.REASONS[state])
    if surge and year.year - surge.year in (0, 1):
        state = "surge" if year.year == surge.year else "after"
        return _said(year, "why", phrases.REASONS[state]).format(project=surge.plan.name)
    moved = _moved(year.totals[item], prior.totals[item])
    return _said(year, f"why.{moved}", phrases.REASONS[moved])


def _moved(now: int, before: int) -> str:
    if abs(now - before) * 100 < _LEVEL_PCT * before or now == before:
        return "level"
    return "grown" if now > before else "shrunk"


def _underspent(year: Year) -> Iterator[Passage]:
    """Yield a reason for every 项 of 一般公共预算 whose outcome is not its budget, and one for them all."""
    sorts = {one.plan.function_code: one.plan.sort for one in year.spent.projects}
    codes = {
        code: sorts[code] if category == "project" else category
        for (code, fund, category), fen in sorted(year.spent.lines.items())
        if fund == "general_public" and year.spent.budgets[code, fund, category][1] != fen
    }
    if codes:
        yield (
            f"一般公共预算支出{_BUDGET}",
            "reason.general_public.budget",
            _said(year, "all", phrases.UNDERSPENT["all"]),
        )
    for code, category in codes.items():
        yield f"科目{_BUDGET}", f"reason.function.{code}", _said(year, code, phrases.UNDERSPENT[category])


def _three_public(year: Year, prior: Year | None) -> Iterator[Passage]:
    now = sum(year.three_public.values())
    before = sum(prior.three_public.values()) if prior else now
    state = "none" if not now else {"grown": "more", "shrunk": "less"}.get(_moved(now, before), "level")
    if now:
        yield (
            f"“三公”经费{_BUDGET}",
            "reason.three_public.budget",
            _said(year, "budget", phrases.THREE_PUBLIC["budget"]),
        )
    yield "“三公”经费变动原因", "reason.three_public", _said(year, "three_public", phrases.THREE_PUBLIC[state])
    if year.three_public["reception"]:
        yield "公务接待费的用途", "purpose.three_public.reception", _said(year, "reception", phrases.RECEPTION)


def _performance(year: Year) -> Iterator[Passage]:
    for title, key, choices in (
        ("绩效管理开展情况", "performance.management", phrases.MANAGEMENT),
        ("项目完成情况", "performance.project", phrases.PROJECT_DONE),
        ("整体支出评价结论", "annex.overall", phrases.OVERALL),
        ("项目评价结论", "annex.project", phrases.PROJECT_JUDGED),
    ):
        yield title, key, _said(year, key, choices) + "。"
