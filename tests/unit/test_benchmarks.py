"""The benchmarks' harness at a tiny size: it measures what it says, keeps it, and loses nothing. No times are asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from benchmarks import results, run_all
from benchmarks.builds import Bench, linearity
from benchmarks.county import County, change_one_amount
from benchmarks.process_tree import CommandFailedError, cost_of
from juesuan.load import check_data

ROOT = Path(__file__).parents[2]
_HOLDS_80_MB = "import time; held = b'x' * 80_000_000; time.sleep(2)"
_TWO_HOLD_IT = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {_HOLDS_80_MB!r}]); {_HOLDS_80_MB}; child.wait()"


def test_engine_is_measured_beside_stock_papermill(tmp_path: Path) -> None:
    into = tmp_path / "results.json"
    tiny = ("--units", "2", "--rounds", "1", "--notebooks", "checklist")
    command = [sys.executable, "-m", "benchmarks.run_all", "--only", "engine", *tiny, "--into", str(into)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    engine = results.read(into)["engine"]
    assert set(engine["notebooks"]) == {"checklist"}
    assert engine["runs"] == 2
    assert (
        min(engine[name] for name in ("stock_seconds", "forked_seconds", "stock_cpu_seconds", "forked_cpu_seconds")) > 0
    )
    assert engine["machine"]["cores_used"] <= 2
    assert "engine_ratio" in json.loads(into.read_text(encoding="utf-8"))["goals"]


def test_measure_that_fails_loses_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "results.json"
    results.keep(into, "county", {"seconds": 100.0, "peak_gb": 1.0}, 2)

    def broken(_: Bench) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Bench, "county", broken)
    rebuilt = {"one_csv_changed_seconds": 6.0, "nothing_changed_seconds": 1.0}
    monkeypatch.setattr(Bench, "rebuild", lambda _: rebuilt)
    assert run_all.main(["--only", "county,rebuild", "--into", str(into)]) == 1
    said = capsys.readouterr()
    assert "--only county" in said.err
    assert "MISS one_csv_changed_seconds: 6, goal 5" in said.out
    kept = results.read(into)
    assert kept["county"]["seconds"] == 100.0
    assert kept["rebuild"].items() >= rebuilt.items()


def test_run_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    command = [sys.executable, "-m", "benchmarks.run_all", "--only", "six_years", "--units", "1"]
    here = {**os.environ, "TMPDIR": str(tmp_path / "aside")}
    into = ("--into", str(tmp_path / "results.json"))
    run = subprocess.Popen([*command, *into], cwd=ROOT, env=here, stderr=subprocess.PIPE, text=True)
    assert run.stderr
    while "building" not in (line := run.stderr.readline()):
        assert line, "it ended before it built"
    time.sleep(2)
    run.terminate()
    run.communicate(timeout=10)
    assert not list((tmp_path / "aside").iterdir())
    assert not [one for one in psutil.process_iter() if str(tmp_path) in _folder_of(one)]


def _folder_of(process: psutil.Process) -> str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""


def test_readme_has_the_table_of_the_results() -> None:
    assert results.table(results.read(run_all.RESULTS)) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_growth_that_is_a_line_is_told_from_growth_that_is_not() -> None:
    straight = linearity({offices: 20 + 0.5 * offices for offices in (10, 30, 100, 300, 1000)})
    assert straight["seconds_an_office_more"] == 0.5
    assert (straight["furthest_from_line_pct"], straight["last_offices_over_middle_pct"]) == (0, 0)
    bent = linearity({offices: 20 + 0.5 * offices + offices**2 / 2000 for offices in (10, 30, 100, 300, 1000)})
    assert bent["last_offices_over_middle_pct"] > 20


def test_memory_is_of_all_processes_below_a_command(tmp_path: Path) -> None:
    cost = cost_of([sys.executable, "-c", _TWO_HOLD_IT], tmp_path, tmp_path / "log")
    assert 0.16 < cost.peak_gb <= cost.peak_rss_gb < 0.4
    assert 0 < cost.cpu_seconds < cost.seconds * 2 + 1


def test_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="ended with 3:\nno paper"):
        cost_of([sys.executable, "-c", "print('no paper'); raise SystemExit(3)"], tmp_path, tmp_path / "log")


def test_changed_county_is_still_without_fault(tmp_path: Path) -> None:
    county = County.made(tmp_path / "county", 2, range(2024, 2025), 1)
    page, amount = change_one_amount(county)
    changed = county.project.data / page.parent.name / "2024" / "disclosures.csv"
    assert f"procurement.goods,{amount}\n" in changed.read_text(encoding="utf-8")
    assert not check_data(county.project.data).faults


def test_accounts_are_made_by_their_command(tmp_path: Path) -> None:
    command = ["benchmarks/make_accounts.py", "--units", "2", "--years", "2023:2024", "--into", str(tmp_path / "data")]
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "4 folders" in ran.stdout
    assert check_data(tmp_path / "data").usable
