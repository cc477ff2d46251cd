"""Variance, trend and comparison over a province: our arrays beside pandas, DuckDB and Polars, each in a process of its own.

    python benchmarks/aggregates.py [--units 18600] [--measures 63]

The same made-up facts for all; every engine's rates sum to the same, or the run fails. Peers that are not installed
(`pip install .[bench]`) are left out and named. Prints seconds (wall and CPU), peak memory, and the ratio to ours.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from juesuan.aggregate import comparison, trend, variance, write_year

YEARS = range(2019, 2025)
ENGINES = ("juesuan", "pandas", "duckdb", "polars")


def write_facts(folder: Path, units: int, measures: int) -> int:
    """Write the made-up facts, 2 in 100 of them unknown; return how many."""
    chance = np.random.default_rng(1)
    amounts = chance.lognormal(12, 2, size=(measures, units))
    names = [f"measure.{number:03d}" for number in range(measures)]
    offices = [f"office-{number:05d}" for number in range(units)]
    for year in YEARS:
        amounts = amounts * (1 + chance.normal(0.03, 0.1, size=amounts.shape))
        table = {
            "measure": pa.array(np.repeat(names, units)),
            "unit_id": pa.array(np.tile(offices, measures)),
            "unit": pa.array(np.full(amounts.size, "万元")),
            "value": pa.array(amounts.astype(np.int64).ravel(), mask=chance.random(amounts.size) < 0.02),
        }
        write_year(folder, year, pa.table(table))
    return len(YEARS) * units * measures


def by_juesuan(folder: Path) -> int:
    changed = variance(folder)
    trend(folder)
    for year in YEARS:
        comparison(folder, year)
    return int(changed["change_pct_hundredths"].sum())


def by_pandas(folder: Path) -> int:
    held = pd.read_parquet(folder, columns=["year", "measure", "unit_id", "value"], dtype_backend="numpy_nullable")
    held["year"] = held["year"].astype("int64")
    before = held.rename(columns={"value": "prior"}).assign(year=lambda frame: frame["year"] + 1)
    both = held.merge(before, on=["measure", "unit_id", "year"], validate="one_to_one").dropna()
    both = both[both["prior"] > 0]
    change, prior = (both["value"] - both["prior"]).to_numpy("int64"), both["prior"].to_numpy("int64")
    rates = np.sign(change) * ((20_000 * np.abs(change) + prior) // (2 * prior))
    known = held.dropna().sort_values("year")
    known.groupby(["measure", "unit_id"])["value"].agg(["first", "last", "count"])
    known.groupby(["year", "measure"])["value"].rank(method="min", ascending=False)
    return int(rates.sum())


def by_duckdb(folder: Path) -> int:
    import duckdb  # noqa: PLC0415  a peer that need not be installed

    source = f"read_parquet('{folder}/year=*/facts.parquet', hive_partitioning = true)"
    asked = duckdb.connect(config={"threads": 2, "memory_limit": "3GB"})
    changed = asked.sql(
        f"""with pairs as (select one.measure, one.unit_id, one.year, two.value prior, one.value - two.value change
        from {source} one join {source} two
        on one.measure = two.measure and one.unit_id = two.unit_id and one.year = two.year + 1)
        select *, case when prior > 0 then sign(change) * ((20000 * abs(change) + prior) // (2 * prior)) end rate
        from pairs"""
    ).df()
    asked.sql(f"select measure, unit_id, arg_min(value, year), arg_max(value, year) from {source} group by all").df()
    asked.sql(
        f"""select year, measure, unit_id, value, rank() over (partition by year, measure order by value desc)
        from {source} where value is not null"""
    ).df()
    return int(changed["rate"].sum())


def by_polars(folder: Path) -> int:
    import polars as pl  # noqa: PLC0415  a peer that need not be installed

    facts = pl.scan_parquet(f"{folder}/year=*/facts.parquet", hive_partitioning=True)
    before = facts.with_columns(pl.col("year") + 1).rename({"value": "prior"})
    change, prior = pl.col("value") - pl.col("prior"), pl.col("prior")
    rate = change.sign() * ((20_000 * change.abs() + prior) // (2 * prior))
    both = facts.join(before, on=["measure", "unit_id", "year"]).with_columns(
        pl.when(prior > 0).then(rate).alias("rate")
    )
    changed = both.collect().to_pandas()
    known = facts.filter(pl.col("value").is_not_null())
    ends = [
        pl.col("value").sort_by("year").first().alias("first"),
        pl.col("value").sort_by("year").last().alias("last"),
    ]
    known.group_by("measure", "unit_id").agg(*ends).collect().to_pandas()
    rank = pl.col("value").rank("min", descending=True).over("year", "measure").alias("rank")
    known.with_columns(rank).collect().to_pandas()
    return int(changed["rate"].sum())


def measured(engine: str, folder: Path) -> dict[str, Any]:
    """Run one engine in a process of its own."""
    ran = subprocess.run(
        [sys.executable, __file__, "--engine", engine, "--folder", str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def run_engine(engine: str, folder: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    total = globals()[f"by_{engine}"](folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(time.perf_counter() - begun, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": used.ru_maxrss // 1024,
        "sum_of_rates": total,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--units", type=int, default=18_600)
    asked.add_argument("--measures", type=int, default=63)
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--folder", type=Path)
    options = asked.parse_args()
    if options.engine:
        print(json.dumps(run_engine(options.engine, options.folder)))
        return
    there = [one for one in ENGINES if one == "juesuan" or importlib.util.find_spec(one)]
    with tempfile.TemporaryDirectory() as folder:
        facts = write_facts(Path(folder), options.units, options.measures)
        found = {engine: measured(engine, Path(folder)) for engine in there}
    assert len({one["sum_of_rates"] for one in found.values()}) == 1, found
    print(f"{facts} facts; not installed: {', '.join(sorted(set(ENGINES) - set(there))) or 'none'}")
    for engine, one in found.items():
        ratio = one["cpu_seconds"] / found["juesuan"]["cpu_seconds"]
        print(
            f"{engine:8} {one['seconds']:7.2f} s  CPU {one['cpu_seconds']:7.2f} s  {one['peak_mb']:5} MB  × {ratio:.2f}"
        )


if __name__ == "__main__":
    main()
