"""A page has its facts beside it, as JSON and as a script, and says where they are."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from juesuan.building import Digests, Inputs, Store, lay_out
from juesuan.execute.page import NoFactsError, facts_stem, write_page
from juesuan.execute.plan import Job
from juesuan.facts import read_ledger, report_findings
from juesuan.load import load_accounts
from juesuan.present import LedgerView

DATA = Path(__file__).resolve().parents[2] / "data"
REPORT = Job("report", {}, Path("2021/x/report.ipynb"), "甲", "", ("html",), ())
TREND = Job("trend", {}, Path("2021/x/trend.ipynb"), "甲", "", ("html",), ())
FRONT = Job("front", {}, Path("_front.md"), "", "", (), ())
BESIDE = {REPORT: "2021/x/facts", TREND: "2021/x/trend-facts", FRONT: "front-facts"}
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
each_job = pytest.mark.parametrize("job", BESIDE, ids=lambda job: job.notebook)


@pytest.fixture(scope="module")
def ran() -> Any:
    """A notebook that showed the ledger of 2021, as papermill leaves it."""
    data, metadata = LedgerView(
        report_findings(load_accounts(DATA, "nanjiang-zwxx", 2021), None).ledger
    )._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("present.LedgerView(found.ledger)", outputs=[output])
    return nbformat.v4.new_notebook(cells=[cell], metadata=KERNEL)


@each_job
def test_facts_lie_beside_a_page_as_json_and_as_script(ran: Any, job: Job, tmp_path: Path) -> None:
    write_page(ran, job, tmp_path)
    held = read_ledger(tmp_path / f"{BESIDE[job]}.json")
    script = (tmp_path / f"{BESIDE[job]}.js").read_text(encoding="utf-8")
    told = json.loads(script.removeprefix("globalThis.juesuanFacts = ").rstrip(";\n"))
    assert told == held.to_body()
    assert len(told["checks"]) > 20


@each_job
def test_a_page_says_where_its_facts_are_seen_from_the_site(ran: Any, job: Job, tmp_path: Path) -> None:
    text = write_page(ran, job, tmp_path).read_text(encoding="utf-8").replace('\\"', '"')
    seen_from = "pages/" if job is FRONT else ""
    assert f'<div class="ledger" data-facts="{seen_from}{facts_stem(job)}.js" hidden></div>' in text
    assert text.count("data-facts=") == 1


def notebook(*outputs: Any, source: str = "a = 1\nb") -> Any:
    cells = [
        nbformat.v4.new_raw_cell("---\ntitle: 甲\n---", id="cell-0"),
        nbformat.v4.new_markdown_cell("## 甲\r\n\u2028乙\n", id="cell-1"),
        nbformat.v4.new_code_cell(source, outputs=list(outputs), id="cell-2"),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)


@each_job
def test_page_is_a_valid_notebook(ran: Any, job: Job, tmp_path: Path) -> None:
    page = write_page(ran, replace(job, mark="示例数据"), tmp_path)
    if page.suffix == ".ipynb":
        held = nbformat.read(page, as_version=4)
        nbformat.validate(held)
        assert json.loads(page.read_text(encoding="utf-8")) == json.loads(nbformat.writes(held))


@each_job
def test_a_page_that_is_taken_over_brings_its_facts(ran: Any, job: Job, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with store.making() as made:
        write_page(ran, job, made)
        shutil.copytree(made, tmp_path / "old")
        lay_out([store.put(job.name, Inputs(Digests(), {"part": "1"}), made)], tmp_path / "new")
    for end in ("json", "js", "parquet"):
        name = f"{BESIDE[job]}.{end}"
        assert (tmp_path / "new" / name).read_bytes() == (tmp_path / "old" / name).read_bytes()


@pytest.mark.parametrize(("formats", "endings"), [(("html",), {".svg"}), (("html", "docx"), {".svg", ".png"})])
def test_a_chart_is_in_pixels_only_where_word_prints_it(
    ran: Any, formats: tuple[str, ...], endings: set[str], tmp_path: Path
) -> None:
    words = {"id": "fig-1", "title": "图", "unit": "万元", "source": "决算", "notes": [], "alt": "图。", "facts": []}
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
    data = {"text/html": f'<img src="data:image/svg+xml;base64,AA"> {drawing}', "image/svg+xml": drawing}
    chart = nbformat.v4.new_output("display_data", data=data, metadata={"juesuan": {"kind": "chart", **words}})
    with_chart = nbformat.v4.new_notebook(
        cells=[*ran.cells, nbformat.v4.new_code_cell("chart", outputs=[chart])], metadata=KERNEL
    )
    page = write_page(with_chart, replace(REPORT, formats=formats), tmp_path)
    assert {path.suffix for path in (page.parent / "charts").iterdir()} == endings
    printed = set(re.findall(r"charts/report-fig-1(\.\w+)", page.read_text(encoding="utf-8")))
    assert printed == endings


def test_a_notebook_that_shows_no_ledger_is_refused(tmp_path: Path) -> None:
    bare = nbformat.v4.new_notebook(cells=[], metadata=KERNEL)
    with pytest.raises(NoFactsError, match="没有显示台账"):
        write_page(bare, TREND, tmp_path)
