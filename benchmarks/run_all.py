"""What is claimed of speed, measured on this machine: writes benchmarks/results.json and the table of the README.

python -m benchmarks.run_all [--only engine,county] [--units 196] [--sample 5] [--quick] [--into FILE]

- engine: every notebook by the engine `forked` as a build runs it, beside stock papermill (engine.py);
- county: a county's year, every notebook and format, `juesuan build` from nothing: clock, CPU, memory of all processes;
- chain: some of its offices by stock papermill and Quarto (or pandoc and typst), one by one, extrapolated by office;
- six_years: the county's six years in HTML from nothing;
- rebuild: a build after one changed CSV of the county, and one where nothing changed;
- growth: the year in HTML at 10, 30, 100, 300 and 1,000 offices.

Measures are kept one by one beside those that the file has: one that fails loses no other, and may be run again alone.
`--quick` leaves out the six years and all above 100 offices. All is made in a temporary folder. Take a machine that does
nothing else. The goals are for two cores, so no more are used (`--cores`). `--into` writes elsewhere, and no README.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks import results
from benchmarks.builds import Bench, Sizes
from benchmarks.county import ROOT

MEASURES = ("engine", "county", "chain", "six_years", "rebuild", "growth")
RESULTS = ROOT / "benchmarks" / "results.json"
_GROWTH = (10, 30, 100, 300, 1000)
_QUICK_MOST = 100
_BUSY = 0.5  # processes that wanted a core before anything began


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=_names, default=(), help=", ".join(MEASURES))
    parser.add_argument("--units", type=int, default=196, help="offices of the county")
    parser.add_argument("--sample", type=int, default=5, help="offices that the stock chain makes")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is short is measured")
    parser.add_argument("--sizes", type=_numbers, default=(), help="offices of growth: three numbers or more")
    parser.add_argument("--notebooks", type=_names, default=(), help="of the engine's measure; all where none is named")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--into", type=Path, default=RESULTS)
    asked = parser.parse_args(given)
    if unknown := set(asked.only) - set(MEASURES):
        parser.error(f"no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    asked.sizes = asked.sizes or tuple(size for size in _GROWTH if not asked.quick or size <= _QUICK_MOST)
    if len(set(asked.sizes)) < 3:
        parser.error("--sizes: a line needs three numbers to be missed")
    return asked


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(name) for name in _names(text)}))


@contextmanager
def cores_used(wanted: int) -> Iterator[int]:
    """Let this process and all that it starts use no more than `wanted` cores in the block; give how many they have."""
    if not hasattr(os, "sched_setaffinity"):  # not Linux: the builds' own number of processes must do
        yield min(wanted, os.cpu_count() or 1)
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:wanted])
    try:
        yield len(os.sched_getaffinity(0))
    finally:
        os.sched_setaffinity(0, before)


def measure(names: Sequence[str], bench: Bench, into: Path) -> list[str]:
    """Take each measure and keep it; return those that failed."""
    failed = []
    for name in names:
        try:
            results.keep(into, name, getattr(bench, name)(), bench.sizes.cores)
        except Exception:
            traceback.print_exc()
            print(f"[{name}] failed; again alone: python -m benchmarks.run_all --only {name}", file=sys.stderr)
            failed.append(name)
    return failed


def show_goals(measures: results.Stated) -> None:
    for name, one in results.goals(measures).items():
        print(f"{'ok  ' if one['met'] else 'MISS'} {name}: {one['reached']:g}, goal {one['limit']:g}")


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    if (load := psutil.getloadavg()[0]) > _BUSY:
        print(f"this machine is busy (load {load:.1f}): its figures will be too high", file=sys.stderr)
    names = asked.only or [name for name in MEASURES if not (asked.quick and name == "six_years")]
    with cores_used(asked.cores) as cores, TemporaryDirectory(prefix="juesuan-", ignore_cleanup_errors=True) as aside:
        sizes = Sizes(asked.units, asked.sample, asked.rounds, asked.sizes, cores, asked.notebooks)
        failed = measure(names, Bench(Path(aside), sizes), asked.into)
    if asked.into == RESULTS:
        results.put_in_readme(ROOT / "README.md", results.read(RESULTS))
    show_goals(results.read(asked.into))
    return 1 if failed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what was begun is ended and cleared away
    sys.exit(main())
