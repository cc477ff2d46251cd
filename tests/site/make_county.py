"""Makes the county that the explorer is tried on: six made-up offices, three years, with everything that is hard in it.

Run as a command, in a process of its own: notebooks are forked from it, and none may be forked after a chart was drawn.
"""

from __future__ import annotations

import csv
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from juesuan.execute import plan_jobs, run_jobs
from juesuan.load import check_data
from juesuan.paths import find_project
from juesuan.render.assets import write_assets
from juesuan.render.embedded import Task, copy_resources, render_page
from juesuan.render.notebook import read_source
from juesuan.render.project import Page, read_project
from juesuan.synthetic import make_demo

UNITS, YEARS, SEED = 6, range(2022, 2025), 7
OFFICE = "shili-slj"
OTHER_OFFICE = "shili-qing-xi-zf"
WITHOUT_REPORT = "shili-qing-xi-wsy"
PARTLY_KNOWN = ("shili-slj", 2022)
FORMULA_OFFICE = "shili-wjj"
FORMULA_NAME = "=1+1"
FORMULA_PROJECT = "@SUM(A1)"
REPORTS = (f"{OFFICE}/2023", f"{OFFICE}/2024", f"{OTHER_OFFICE}/2024")


def make_data(into: Path) -> None:
    """Make the county, then take from it what a real one lacks, and name things as nobody should."""
    root = Path(__file__).resolve().parents[2]
    make_demo(root, into, UNITS, YEARS, SEED)
    data = into / "data"
    _keep_totals_alone(data / PARTLY_KNOWN[0] / str(PARTLY_KNOWN[1]))
    _change_unit(data / "units.csv", WITHOUT_REPORT, profile="")
    _change_unit(data / "units.csv", FORMULA_OFFICE, short_name=FORMULA_NAME)
    _rename_project(data / OFFICE / "2024")


def _keep_totals_alone(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in ("totals.csv", "source.toml"):
            path.unlink()


def _change_unit(path: Path, unit_id: str, **changes: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["unit_id"] == unit_id:
            row.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rename_project(folder: Path) -> None:
    """Give the year's first project a name that a spreadsheet would work out."""
    with (folder / "projects.csv").open(encoding="utf-8", newline="") as file:
        name = next(csv.DictReader(file))["project"]
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"{name},", f"{FORMULA_PROJECT},"), encoding="utf-8")


def build(root: Path) -> None:
    """Run the explorer's notebooks and a few reports, and write their HTML alone to `_site`."""
    project = find_project(start=root)
    checked = check_data(project.data)
    assert checked.usable, checked.faults
    jobs = [
        job
        for job in plan_jobs(checked, project)
        if job.page.parts[0] == "explore"
        or job.notebook == "front"
        or (job.notebook == "report" and f"{job.parameters['unit']}/{job.parameters['year']}" in REPORTS)
    ]
    result = run_jobs([replace(job, formats=("html",)) for job in jobs], project)
    assert not result.failures, "\n".join(map(str, result.failures))
    _render(project.root, project.site)


def _render(root: Path, site: Path) -> None:
    described = read_project(root)
    write_assets(root)
    copy_resources(described, site)

    def render(source: Path) -> None:
        front, body = read_source(root / source, root)
        render_page(described, Task(Page(source, front), body, "html"), site)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(render, described.sources))


if __name__ == "__main__":
    place = Path(sys.argv[1])
    make_data(place)
    os.chdir(place)
    os.environ["JUESUAN_ROOT"] = str(place)
    build(place)
