"""The index of the site's search: `pages/explore/data/search.js`, which search.js reads in the browser.

It is kept small by naming things once: a report is an office, a year and a shape; a shape is a list of headings that
many reports share; a 科目 names the offices that have it with their years as bits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from juesuan.classification import LEVEL_SUFFIX
from juesuan.facts import Searched, SearchedItem, SearchedOffice, SearchedYear
from juesuan.present.display import DataScript
from juesuan.present.pinyin import keep_pinyin, pinyin
from juesuan.present.search_headings import HeadingBook
from juesuan.present.terms import Term
from juesuan.present.views_words import has_part

# Pages of the site: title, address below its root, other words that a reader may look for.
PAGES = (
    ("首页", "index.html", "概览"),
    ("各单位比较", "pages/explore/comparison.html", "位次 分布 排名 人均"),
    ("各单位趋势", "pages/explore/trend.html", "历年 走向 增减"),
    ("预算执行", "pages/explore/execution.html", "完成率 偏离 年初预算 全年预算"),
    ("项目和绩效", "pages/explore/projects.html", "项目支出 绩效评价 得分"),
    ("数字核对", "pages/explore/checks.html", "规则 不符 四舍五入"),
    ("数据与术语", "pages/explore/terms.html", "名词解释 数据字典 来源 科目更名 下载 引用 许可"),
    ("单位名录", "data/units.csv", "下载 数据"),
)
YEAR_PAGE = ("{year}年各单位", "pages/explore/years/{year}.html", "年度 位次 占比")
OFFICE_PAGE = "pages/explore/offices/{id}.html"
ITEM_PAGE = "pages/explore/comparison.html#code={code}"
TERMS_PAGE = "pages/explore/terms.html"
_NUMBER = re.compile(
    r"^(?:（?[一二三四五六七八九十]+[、）]|第[一二三四五六七八九十]+部分\s*|附件[一二三四五六七八九十]*\s*)|\{\w+\}"
)
_SPACE = re.compile(r"\s+")


def search_script(subjects: Searched, terms: Sequence[Term], parts: str = "", report: Path | None = None) -> DataScript:
    """Return the index over offices, 科目, terms, headings of reports and pages.

    `parts` is what the site has of each year (all where empty): reports that it has not are not found. `report` is the folder with profiles and sections, the project's own when not given.
    """
    if not has_part(parts, "report"):
        subjects = replace(subjects, years=tuple(replace(one, profile="") for one in subjects.years))
    published = [one for one in subjects.years if one.profile]
    headings = HeadingBook(report)
    shapes = [headings.shape(one) for one in published]
    places = {unit.unit_id: place for place, unit in enumerate(subjects.offices)}
    years = sorted({one.year for one in subjects.years})
    held: dict[str, list[SearchedYear]] = {}
    for one in subjects.years:
        held.setdefault(one.unit_id, []).append(one)
    body = {
        "pages": {"office": OFFICE_PAGE, "item": ITEM_PAGE, "terms": TERMS_PAGE, "list": _pages(years)},
        "years": years,
        "offices": [_office(unit, held.get(unit.unit_id, ()), years) for unit in subjects.offices],
        "items": [_item(item, published, places, years) for item in subjects.items],
        "terms": [[one.name, one.meaning, one.anchor, pinyin(one.name)] for one in terms],
        "headings": [[one.text, one.anchor, pinyin(_NUMBER.sub("", one.text))] for one in headings.headings],
        "shapes": [[list(one.headings), one.function, one.economic] for one in headings.shapes],
        "reports": [
            [places[one.unit_id], years.index(one.year), shape] for one, shape in zip(published, shapes, strict=True)
        ],
    }
    keep_pinyin()
    return DataScript("search", body)


def _pages(years: Sequence[int]) -> list[list[str]]:
    """Return title, address, other words and pinyin of every page, the latest year first."""
    by_year = [tuple(part.format(year=year) for part in YEAR_PAGE) for year in reversed(years)]
    return [[*one, pinyin(one[0])] for one in (*PAGES, *by_year)]


def _office(unit: SearchedOffice, held: Sequence[SearchedYear], years: Sequence[int]) -> list[Any]:
    """Return id, name, short name (empty where it is the name), region, the pinyin of all three, years as bits."""
    short = "" if unit.short_name == unit.name else unit.short_name
    region = _SPACE.sub("", unit.region)
    return [unit.unit_id, unit.name, short, region, *map(pinyin, (unit.name, short, region)), _bits(held, years)]


def _item(
    item: SearchedItem, published: Sequence[SearchedYear], places: dict[str, int], years: Sequence[int]
) -> list[Any]:
    """Return kind, code, name with its level, its pinyin, former names, and office and years as bits, in turn."""
    having: dict[str, list[SearchedYear]] = {}
    for one in published:
        if (item.kind, item.code) in one.codes:
            having.setdefault(one.unit_id, []).append(one)
    pairs = [number for unit_id, held in having.items() for number in (places[unit_id], _bits(held, years))]
    level = LEVEL_SUFFIX.get(len(item.code), "") if item.kind == "function" else ""
    return [item.kind[0], item.code, item.name, level, pinyin(item.name), list(item.former), pairs]


def _bits(held: Sequence[SearchedYear], years: Sequence[int]) -> int:
    return sum(1 << years.index(one.year) for one in held)
