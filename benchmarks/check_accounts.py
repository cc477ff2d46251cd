"""How fast accounts are read, checked and entered in ledgers: prints CPU seconds and office-years a second.

python benchmarks/check_accounts.py [--units 40] [--years 2019:2024] [--data FOLDER]

Without `--data` the accounts are those of a made-up county. CPU time is printed, not the clock's: a busy machine shows
less in it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from juesuan.facts import Accounts, comparison_findings, front_findings, report_findings
from juesuan.load import check_data
from juesuan.paths import find_project
from juesuan.synthetic import make_county, read_years

Made = TypeVar("Made")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--years", type=read_years, default="2019:2024")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="a folder like data/, in place of a made-up county")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as aside:
        data = asked.data or Path(aside) / "data"
        if asked.data is None:
            make_county(data, asked.units, asked.years, asked.seed, find_project().data / "classification")
        accounts = timed("check_data", lambda: check_data(data).accounts, len)
    time_facts(accounts)


def time_facts(accounts: Mapping[tuple[str, int], Accounts]) -> None:
    every = list(accounts.values())
    reported = [one for one in every if one.unit.profile and not one.partial]
    years = sorted({one.year for one in every})
    timed(
        "report_findings",
        lambda: [report_findings(one, accounts.get((one.unit.unit_id, one.year - 1))) for one in reported],
        len,
    )
    timed(
        "comparison_findings",
        lambda: [comparison_findings([one for one in every if one.year == year], year) for year in years],
        lambda _: len(every),
    )
    timed("front_findings", lambda: front_findings(every), lambda _: len(every))


def timed(name: str, work: Callable[[], Made], count: Callable[[Made], int]) -> Made:
    begun = time.process_time()
    made = work()
    seconds = time.process_time() - begun
    number = count(made)
    print(f"{name:20}{number:6} office-years{seconds:8.2f} s CPU{number / max(seconds, 1e-9):8.0f} a second")
    return made


if __name__ == "__main__":
    main()
