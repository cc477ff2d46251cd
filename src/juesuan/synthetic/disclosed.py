"""What a report discloses besides its accounts: staff, vehicles, procurement, indicators, evaluations."""

from __future__ import annotations

import math
from random import Random

from juesuan.schema import DISCLOSURE_ITEMS
from juesuan.synthetic.accounts import Row, Tables, Year, in_wan
from juesuan.synthetic.draw import WAN, dice, whole
from juesuan.synthetic.offices import FIRST_YEAR
from juesuan.synthetic.spending import Project
from juesuan.synthetic.three_public import counts, fleet

_COST_OF_ONE, _RISE = 9.5 * WAN, 1.035
_GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
_MEASURES = {
    "works": ("工程完成数量", "处", "工程验收合格率", "设施正常使用"),
    "grants": ("补助对象人数", "人", "资金发放准确率", "困难群众生活得到保障"),
    "services": ("工作任务完成数量", "项", "任务质量达标率", "公共服务水平提高"),
    "equipment": ("设备购置和维护数量", "台（套）", "设备验收合格率", "设备稳定运行"),
}


def disclosed(year: Year) -> Tables:
    """Return the rows of `disclosures`, `indicators` and `evaluations`."""
    reported = sorted(year.spent.projects, key=lambda one: (-one.final, one.plan.name))[:2]
    return {
        "disclosures": _disclosures(year),
        "indicators": [row for project in reported for row in _indicators(year, project)],
        "evaluations": [
            *_evaluated(year, "overall", "部门整体支出"),
            *_evaluated(year, "project", reported[0].plan.name),
        ],
    }


def _disclosures(year: Year) -> list[Row]:
    values: dict[str, str | int] = dict.fromkeys(DISCLOSURE_ITEMS, 0)
    values |= {item: in_wan(fen) for item, fen in {**_operating_funds(year), **_procurement(year)}.items()}
    values |= fleet(year.office).by_item
    values["equipment.over_1m"] = round(_own(year, "equipment").uniform(0.5, 1.6) * year.office.kind.equipment)
    values |= _staff(year) | counts(year.office, year.year, year.three_public)
    return [{"item": item, "value": str(value)} for item, value in values.items()]


def _own(year: Year, what: str) -> Random:
    return dice(year.office.seed, year.office.unit_id, what)


def _operating_funds(year: Year) -> dict[str, int]:
    """Return 机关运行经费: 公用经费 of an organ of government; an institution has none."""
    public = year.spent.spent_on("302") + year.spent.spent_on("310")
    return {"operating_funds": public if year.office.kind.administrative else 0}


def _procurement(year: Year) -> dict[str, int]:
    chance = dice(year.office.seed, year.office.unit_id, year.year, "procurement")
    works = sum(one.final for one in year.spent.projects if one.plan.sort == "works")
    rest = sum(one.final for one in year.spent.projects if one.plan.sort in ("services", "equipment"))
    bought = {
        "procurement.goods": whole((year.spent.spent_on("302") * 0.08 + rest * 0.1) * chance.uniform(0.5, 1.2)),
        "procurement.works": whole(works * chance.uniform(0.3, 0.8)),
        "procurement.services": whole(rest * chance.uniform(0.2, 0.5)),
    }
    return bought | {"procurement.small_business": whole(sum(bought.values()) * chance.uniform(0.3, 0.9))}


def _staff(year: Year) -> dict[str, int]:
    basic = year.spent.of(category="basic")
    own = _own(year, "staff")
    cost = _COST_OF_ONE * _RISE ** (year.year - FIRST_YEAR) * own.uniform(0.9, 1.15)
    year_end = max(3, round(basic / cost))
    return {"staff.posts": math.ceil(year_end * own.uniform(1.01, 1.15) / 3) * 3, "staff.year_end": year_end}


def _indicators(year: Year, project: Project) -> list[Row]:
    chance = dice(year.office.seed, year.office.unit_id, year.year, project.plan.name, "indicators")
    count, unit, quality, effect = _MEASURES[project.plan.sort]
    target = chance.randint(2, 60) * (10 if unit == "人" else 1)
    done = target + chance.randint(0, max(1, target // 10))
    lines = (
        ("产出指标", "数量指标", count, f"≥{target}{unit}", f"{done}{unit}"),
        ("产出指标", "质量指标", quality, "100%", "100%"),
        ("产出指标", "时效指标", "完成时限", "年底前完成", "按期完成"),
        ("效益指标", "社会效益指标", effect, "效果明显", "效果明显"),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%", f"{chance.randint(90, 99)}%"),
    )
    names = ("level_1", "level_2", "level_3", "target", "actual")
    return [{"project": project.plan.name, **dict(zip(names, line, strict=True))} for line in lines]


def _evaluated(year: Year, evaluation: str, subject: str) -> list[Row]:
    score = round(dice(year.office.seed, year.office.unit_id, year.year, evaluation).triangular(74, 98, 92))
    grade = next(grade for least, grade in _GRADES if score >= least)
    return [{"evaluation": evaluation, "subject": subject, "score": str(score), "grade": grade}]
