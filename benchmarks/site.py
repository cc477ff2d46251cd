"""How light and how fast the explorer is at 300 offices × 6 years, in Chromium: writes benchmarks/site.json.

python benchmarks/site.py [--offices 300] [--years 2019:2024] [--keep build/benchmark] [--into benchmarks/site.json]

A made-up county is made and checked, the notebooks of the pages measured are run, and the data of every other office
and year is written as its script. Measured, each the median of five between the fastest and the slowest:

- bytes of the front page, of the comparison and of an office, uncompressed, without the bundle that draws and with it;
- from the start of navigation until the page can be used (front: charts are live; views: controls stand, what the
  reader sees is drawn), and for the comparison until every view is drawn;
- for each control, from its event until every view within the window shows the answer (`framed`: until the next frame, too);
- the search, from the key press to the list.

`--keep` names a folder that is built once and used again. A busy machine shows in the slowest, and in `load`
(how many processes wanted its cores before and after).
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import platform
import shutil
import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import Browser, Page, sync_playwright

from juesuan import present
from juesuan.execute import Job, plan_jobs, run_jobs
from juesuan.execute.page import DATA, write_data_script
from juesuan.load import Checked, check_data
from juesuan.paths import find_project, find_root
from juesuan.render.assets import write_assets
from juesuan.render.embedded import Task, copy_resources, render_page
from juesuan.render.notebook import read_source
from juesuan.render.project import Page as SourcePage
from juesuan.render.project import read_project
from juesuan.synthetic import make_demo, read_years

ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
RUNS = 5
LIMITS = {
    "front_bytes_before_charts": 300_000,
    "front_bytes_with_charts": 1_600_000,
    "front_interactive_ms": 1500,
    "office_interactive_ms": 1500,
    "comparison_drawn_ms": 3000,
    "control_ms": 100,
    "search_ms": 50,
}
ALL_OVER = ("front", "comparison", "trends", "execution", "projects", "checks", "terms")
EXPLORE = "pages/explore"
WATCH = """
  globalThis.stood = {};
  const stands = (name) => { globalThis.stood[name] ??= performance.now(); };
  const isSeen = (place) => { const { top, bottom } = place.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
  const look = () => {
    const root = document.documentElement;
    const views = [...document.querySelectorAll(".view")], figures = document.querySelectorAll("figure.chart").length;
    if (document.readyState === "complete" && figures === document.querySelectorAll(".live-chart[role=img]").length && !views.length) stands("usable");
    if (views.length && document.querySelector(".view-bar") && views.filter(isSeen).every((one) => one.dataset.shown && one.ariaBusy !== "true")) stands("usable");
    if (root.dataset.explored === "ready") stands("drawn");
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  addEventListener("load", look);
"""
ANSWER = """async ([find, act, value]) => {
  const isSeen = (place) => { const { top, bottom } = place.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
  const views = [...document.querySelectorAll(".view")];
  const busy = (ones) => ones.some((one) => one.ariaBusy === "true");
  const seen = views.filter(isSeen);
  const control = document.querySelector(find);
  const begun = performance.now();
  if (act === "click") control.click();
  else if (act === "pick") {
    control.value = value;
    control.dispatchEvent(new Event("input"));
    control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  } else { control.value = value; for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, { bubbles: true })); }
  const settled = () => { const channel = new MessageChannel(); return new Promise((done) => { channel.port1.onmessage = done; channel.port2.postMessage(0); }); };
  while (busy(seen)) await settled();
  const answered = performance.now() - begun;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const framed = performance.now() - begun;
  while (busy(views)) await new Promise((done) => setTimeout(done, 5));
  return { answered, framed, all: performance.now() - begun, seen: seen.map((one) => one.dataset.view) };
}"""
SEARCH = """async (query) => {
  const field = document.querySelector(".site-search input");
  field.focus();
  await juesuanData.load("search");
  field.value = "";
  field.dispatchEvent(new Event("input"));
  const begun = performance.now();
  field.value = query;
  field.dispatchEvent(new Event("input"));
  const channel = new MessageChannel();
  await new Promise((done) => { channel.port1.onmessage = done; channel.port2.postMessage(0); });
  return performance.now() - begun;
}"""
QUERIES = ("教育局 2022 三公", "jyj", "2080505", "住房公积金", "局", "2", "没有这样的单位和科目")
Stated = dict[str, Any]


# --- the site


def make_site(root: Path, offices: int, years: range) -> Path:
    """Make the county, run what is measured, write the other data scripts; return the site."""
    make_demo(find_root(), root, offices, years, 1)
    os.environ["JUESUAN_ROOT"] = str(root)
    project = find_project(start=root)
    checked = check_data(project.data)
    result = run_jobs([replace(job, formats=("html",)) for job in _wanted(plan_jobs(checked, project))], project)
    if result.failures:
        raise SystemExit("\n".join(map(str, result.failures)))
    _write_scripts(project.pages / DATA, checked)
    _render(root, project.site)
    return project.site


def _wanted(jobs: list[Job]) -> list[Job]:
    """Return the pages over all offices, one office and the last year."""
    office = next(job for job in jobs if job.notebook == "office")
    year = [job for job in jobs if job.notebook == "year"][-1]
    return [*(job for job in jobs if job.notebook in ALL_OVER), office, year]


def _write_scripts(folder: Path, checked: Checked) -> None:
    accounts = list(checked.accounts.values())
    for year in sorted({one.year for one in accounts}):
        of_year = [one for one in accounts if one.year == year]
        for script in (present.year_script(of_year), present.details_script(of_year)):
            write_data_script(folder / f"{script.name}.js", script.name, script.body)


def _render(root: Path, site: Path) -> None:
    described = read_project(root)
    write_assets(root)
    copy_resources(described, site)

    def render(source: Path) -> None:
        front, body = read_source(root / source, root)
        render_page(described, Task(SourcePage(source, front), body, "html"), site)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(render, described.sources))


class _QuietServer(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(_QuietServer, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# --- what is measured


def opened(browser: Browser, address: str, event: str) -> tuple[Page, float]:
    """Open a page in a context of its own, nothing cached; return it and when `event` came, in ms from navigation."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.add_init_script(WATCH)
    tab.goto(address)
    tab.wait_for_function(f"globalThis.stood.{event}", timeout=120_000)
    return tab, float(tab.evaluate(f"globalThis.stood.{event}"))


def loading(browser: Browser, address: str, event: str) -> Stated:
    times = []
    for _ in range(RUNS):
        tab, time = opened(browser, address, event)
        times.append(time)
        tab.context.close()
    return _spread(times)


def weight(browser: Browser, root: str, site: Path, path: str) -> dict[str, int]:
    """Return the bytes of all files that a page loads: without the bundle that draws and the data, the data, and all."""
    asked: set[str] = set()
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.add_init_script(WATCH)
    tab.on("request", lambda request: asked.add(request.url))
    tab.goto(root + path)
    tab.wait_for_function("globalThis.stood.usable", timeout=120_000)
    tab.wait_for_timeout(300)
    tab.context.close()
    files = {unquote(url.removeprefix(root).partition("?")[0]) for url in asked if url.startswith(root)}
    sizes = {file: (site / file).stat().st_size for file in files}
    drawing = sum(size for file, size in sizes.items() if file.endswith("vega.js"))
    data = sum(size for file, size in sizes.items() if file.startswith(f"{EXPLORE}/data/"))
    whole = sum(sizes.values())
    return {"before_charts": whole - drawing - data, "data": data, "with_charts": whole}


def controls(browser: Browser, site: str) -> dict[str, Stated]:
    """Return how long each control of each page takes to answer."""
    moves: dict[str, list[tuple[str, str, str, list[str]]]] = {
        "comparison.html": [
            ("year", ".control-year input", "slide", ["0", "3", "1", "4", "2"]),
            ("unit", ".control-unit input", "pick", ["财政", "教育", "水利", "卫生", "民政"]),
            ("measure", ".control-measure select", "change", ["income.total", "expenditure.project", "expenditure.basic", "three_public.total", "expenditure.total"]),
            ("across", ".control-across select", "change", ["staff.posts", "income.total", "expenditure.basic", "grand.total", "staff.year_end"]),
            ("code", ".control-code select", "change", ["208", "210", "221", "201", "213"]),
            ("basis", ".control-basis input:not(:checked)", "click", [""] * 5),
            ("prices", ".control-prices input:not(:checked)", "click", [""] * 5),
            ("sort", "#view-ranked thead th:nth-child(3) button", "click", [""] * 5),
        ],
        "execution.html": [
            ("threshold", ".control-threshold input", "slide", ["3", "7", "1", "12", "5"]),
            ("against", ".control-against input:not(:checked)", "click", [""] * 5),
            ("by", ".control-by input:not(:checked)", "click", [""] * 5),
        ],
        "trend.html": [("measure", ".control-measure select", "change", ["income.total", "expenditure.project", "expenditure.basic", "three_public.total", "expenditure.total"])],
        "projects.html": [("year", ".control-year input", "slide", ["0", "3", "1", "4", "2"])],
        "checks.html": [("year", ".control-year input", "slide", ["0", "3", "1", "4", "2"])],
    }  # fmt: skip
    found = {}
    for page, of_page in moves.items():
        tab, _ = opened(browser, f"{site}{EXPLORE}/{page}", "drawn")
        for name, find, act, values in of_page:
            for view in _windows(tab) if page == "comparison.html" and name != "sort" else [""]:
                if view:
                    tab.locator(f"#view-{view}").scroll_into_view_if_needed()
                    tab.evaluate("(id) => document.getElementById(id).scrollIntoView()", f"view-{view}")
                for value in values:  # once before, so that data which a first use loads is there
                    tab.evaluate(ANSWER, [find, act, value])
                times = [tab.evaluate(ANSWER, [find, act, value]) for value in values]
                told = {key: _spread([one[key] for one in times]) for key in ("answered", "framed", "all")}
                found[f"{page.removesuffix('.html')}.{name}{f' at {view}' if view else ''}"] = {
                    **told,
                    "seen": times[-1]["seen"],
                }
        tab.context.close()
    return found


def _windows(tab: Page) -> list[str]:
    return [place.get_attribute("data-view") or "" for place in tab.locator(".view").all()]


def searching(browser: Browser, site: str) -> dict[str, Stated]:
    tab, _ = opened(browser, f"{site}index.html", "usable")
    found = {}
    for query in QUERIES:
        tab.evaluate(SEARCH, query)
        found[query] = _spread([float(tab.evaluate(SEARCH, query)) for _ in range(RUNS)])
    return found


def _spread(times: list[float]) -> Stated:
    return {"least": round(min(times), 1), "median": round(statistics.median(times), 1), "most": round(max(times), 1)}


def measure(browser: Browser, root: str, site: Path) -> Stated:
    office = next((site / EXPLORE / "offices").glob("*.html")).name
    pages = {
        "front": ("index.html", "usable"),
        "office": (f"{EXPLORE}/offices/{office}", "usable"),
        "comparison": (f"{EXPLORE}/comparison.html", "usable"),
    }
    of = {name: f"{root}{path}" for name, (path, _) in pages.items()}
    return {
        "bytes": {name: weight(browser, root, site, path) for name, (path, _) in pages.items()},
        "interactive_ms": {name: loading(browser, of[name], event) for name, (_, event) in pages.items()},
        "interactive_from_a_folder_ms": {name: loading(browser, f"{site.as_uri()}/{path}", event) for name, (path, event) in pages.items()},
        "drawn_ms": {name: loading(browser, of[name], "drawn") for name in ("office", "comparison")},
        "control_ms": controls(browser, root),
        "search_ms": searching(browser, root),
    }  # fmt: skip


def verdict(told: Stated) -> dict[str, Stated]:
    """Return each limit with what it is held against: the median, of several the slowest."""
    reached: dict[str, Callable[[], float]] = {
        "front_bytes_before_charts": lambda: told["bytes"]["front"]["before_charts"],
        "front_bytes_with_charts": lambda: told["bytes"]["front"]["with_charts"],
        "front_interactive_ms": lambda: told["interactive_ms"]["front"]["median"],
        "office_interactive_ms": lambda: told["interactive_ms"]["office"]["median"],
        "comparison_drawn_ms": lambda: told["drawn_ms"]["comparison"]["median"],
        "control_ms": lambda: max(one["answered"]["median"] for one in told["control_ms"].values()),
        "search_ms": lambda: max(one["median"] for one in told["search_ms"].values()),
    }
    return {
        name: {"limit": limit, "reached": reached[name](), "met": reached[name]() <= limit}
        for name, limit in LIMITS.items()
    }


def machine() -> Stated:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {"cores": os.cpu_count(), "processor": model, "system": platform.platform()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=300)
    parser.add_argument("--years", type=read_years, default=read_years("2019:2024"))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--into", type=Path, default=Path(__file__).with_name("site.json"))
    asked = parser.parse_args()
    folder = (asked.keep or Path(tempfile.mkdtemp())).resolve()
    site = (
        folder / "_site" if (folder / "_site/index.html").is_file() else make_site(folder, asked.offices, asked.years)
    )
    with sync_playwright() as playwright, served(site) as root:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=ARGUMENTS.split()
        )
        before = os.getloadavg()[0]
        told = measure(browser, root, site)
        version = browser.version
        browser.close()
    if not asked.keep:
        shutil.rmtree(folder)
    limits = verdict(told)
    about = {
        "date": datetime.now(UTC).date().isoformat(), "machine": machine(), "chromium": version, "offices": asked.offices, "years": len(asked.years),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
    }  # fmt: skip
    asked.into.write_text(
        json.dumps({**about, "limits": limits, **told}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for name, one in limits.items():
        print(f"{'ok  ' if one['met'] else 'OVER'} {name}: {one['reached']:g} of {one['limit']:g}")


if __name__ == "__main__":
    main()
