"""How fast the search answers at 300 offices × 6 years, in Chromium: prints milliseconds for each query.

python benchmarks/search.py [--offices 300] [--years 6] [--into build/search.json]

The index is made by `present.search_script` from made-up offices, with the 科目, terms and report forms of this project.
Timed, each the median of nine with the slowest beside it: the search itself (`find`); from the key press to the list in
the page (`list`); to the next frame on the screen (`frame`). A busy machine shows in the slowest.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from juesuan.classification import Classification
from juesuan.execute.page import write_data_script
from juesuan.facts import Ledger, Searched, SearchedItem, SearchedOffice, SearchedYear, TermsFindings
from juesuan.load.accounts import read_classification
from juesuan.paths import find_root
from juesuan.present import all_terms, read_profile, search_script
from juesuan.schema import YEAR_TABLES

LIMIT_MS = 50
RUNS = 9
PLACES = ("南江县", "巴州区", "通江县", "平昌县", "恩阳区", "荣昌区", "普陀区", "青田县", "长宁县", "乐至县")
OFFICES = ("教育局", "财政局", "民政局", "卫生健康局", "农业农村局", "交通运输局", "规划和自然资源局", "审计局", "司法局", "水利局",
           "医疗保障局", "退役军人事务局", "应急管理局", "统计局", "信访局", "档案馆", "总工会", "残疾人联合会", "红十字会", "妇女联合会",
           "机关事务服务中心", "政务信息管理办公室", "第一中学", "实验小学", "中医院", "疾病预防控制中心", "图书馆", "文化馆", "林业局", "商务局")  # fmt: skip
QUERIES = ("教育局 2022 三公", "教育局", "jyj", "nanjiang", "2080505", "住房公积金", "养老", "支出", "一", "局", "2", "2022", "三公经费",
           "荣昌区卫生健康局2023年基本支出", "表", "n", "zzzz", "南江 财政 2021 住房公积金", "没有这样的单位和科目的一句话")  # fmt: skip
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
PAGE = """<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">
<link rel="stylesheet" href="report/html/site.css"><link rel="stylesheet" href="report/html/search.css"></head>
<body class="embedded"><header class="site-header"><nav></nav></header>
<script src="report/html/data.js"></script><script src="report/html/search.js"></script></body></html>"""
ASK = """async (query) => {
  const field = document.querySelector(".site-search input"), list = document.querySelector("#search-list");
  const index = globalThis.ownIndex ??= new juesuanSearch.Index(await juesuanData.load("search"));
  const before = performance.now();
  index.find(query);
  const find = performance.now() - before;
  const begun = performance.now();
  field.value = query;
  field.dispatchEvent(new Event("input"));
  await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
  const listed = performance.now() - begun;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return { find, list: listed, frame: performance.now() - begun, found: document.querySelector(".search-status").textContent };
}"""


def made_up(offices: int, years: int) -> Searched:
    """Return offices, each with a report a year and some forty 科目; three years in four are whole."""
    chance = random.Random(1)
    root = find_root()
    classification, _ = read_classification(root / "data")
    profiles = sorted(path.stem for path in (root / "report/profiles").glob("*.toml"))
    held = [_office(number) for number in range(offices)]
    span = range(2025 - years, 2025)
    made = []
    for number, office in enumerate(held):
        codes = _codes(classification, chance)
        words = frozenset(word for one in read_profile(profiles[number % 2]).sections for word in one.words)
        for year in span:
            tables = frozenset(YEAR_TABLES) if chance.random() < 0.75 else frozenset({"totals", "expenditure"})
            made.append(SearchedYear(office.unit_id, year, profiles[number % 2], tables, words, codes))
    used = sorted({code for one in made for code in one.codes})
    items = [SearchedItem(kind, code, classification.name(kind, code, 2024), ()) for kind, code in used]
    return Searched(tuple(held), tuple(made), tuple(items))


def _office(number: int) -> SearchedOffice:
    place, name = PLACES[number // len(OFFICES) % len(PLACES)], OFFICES[number % len(OFFICES)]
    return SearchedOffice(f"office-{number}", place + name, place[:-1] + name[:4], f"四川省巴中市{place}")


def _codes(classification: Classification, chance: random.Random) -> frozenset[tuple[str, str]]:
    frames = {"function": (classification.function, 7, 15), "economic": (classification.economic, 5, 25)}
    chosen = set()
    for kind, (frame, digits, count) in frames.items():
        for code in chance.sample([code for code in frame["code"] if len(code) == digits], count):
            chosen |= {(kind, code[:length]) for length in (3, 5, digits)}
    return frozenset(chosen)


def make_site(folder: Path, subjects: Searched) -> Path:
    """Write a page with the search field, and its index; return the page."""
    names = {one.code: one.name for one in subjects.items}
    terms = all_terms(TermsFindings(Ledger("all", 2024), names, (), ()))
    index = search_script(subjects, terms)
    write_data_script(folder / "pages/explore/data/search.js", index.name, index.body)
    shutil.copytree(find_root() / "report/html", folder / "report/html")
    page = folder / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    return page


def measure(tab: Page, page: Path) -> dict[str, Any]:
    """Return milliseconds: from the first focus to the first list, and of each query."""
    tab.goto(page.as_uri())
    begun = time.perf_counter()
    tab.fill(".site-search input", "教育局")
    tab.wait_for_selector("#search-list [role=option]")
    first = (time.perf_counter() - begun) * 1000
    queries = {}
    for query in QUERIES:
        times = [tab.evaluate(ASK, query) for _ in range(RUNS)]
        queries[query] = {key: _middle_and_most([one[key] for one in times]) for key in ("find", "list", "frame")}
        queries[query]["found"] = times[0]["found"]
    return {"first_use": round(first, 1), "load": round(os.getloadavg()[0], 1), "queries": queries}


def _middle_and_most(times: list[float]) -> list[float]:
    return [round(statistics.median(times), 1), round(max(times), 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=300)
    parser.add_argument("--years", type=int, default=6)
    parser.add_argument("--into", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = make_site(Path(folder), made_up(asked.offices, asked.years))
        size = (page.parent / "pages/explore/data/search.js").stat().st_size
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS.split())
        told = {
            "offices": asked.offices,
            "years": asked.years,
            "index_kb": round(size / 1000),
            **measure(browser.new_page(), page),
        }
        browser.close()
    print(f"index {told['index_kb']} kB, first use {told['first_use']} ms, load {told['load']}")
    for query, one in told["queries"].items():
        parts = [f"{key} {one[key][0]:5.1f} ({one[key][1]:5.1f})" for key in ("find", "list", "frame")]
        print(f"{'  '.join(parts)}  {query}  {one['found'][:24]}")
    slowest = max(one["list"][0] for one in told["queries"].values())
    print(f"slowest list {slowest} ms, limit {LIMIT_MS} ms")
    if asked.into:
        asked.into.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
