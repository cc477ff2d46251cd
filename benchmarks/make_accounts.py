"""Makes the accounts of a made-up county of any size and prints how long that took.

python benchmarks/make_accounts.py --units 196 --years 2019:2024 [--seed 1] [--into build/accounts]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from juesuan.paths import find_project
from juesuan.synthetic import make_county, read_years


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=196)
    parser.add_argument("--years", type=read_years, default="2019:2024")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, default=find_project().build / "accounts")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    begun = time.perf_counter()
    make_county(asked.into, asked.units, asked.years, asked.seed, find_project().data / "classification")
    seconds = time.perf_counter() - begun
    made = sum(1 for _ in asked.into.glob("*/*/totals.csv"))
    print(f"{asked.units} offices, {asked.years[0]} to {asked.years[-1]}: {made} folders in {seconds:.2f} s")


if __name__ == "__main__":
    main()
