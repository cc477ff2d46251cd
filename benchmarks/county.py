"""A made-up county to be built: its accounts, its build as a command of its own, one amount of it changed."""

from __future__ import annotations

import itertools
import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.process_tree import Cost, cost_of, last_lines
from benchmarks.progress import Progress
from juesuan.paths import Project
from juesuan.synthetic import make_demo

ROOT = Path(__file__).resolve().parents[1]
_CHANGED = ("disclosures.csv", "procurement.goods")
_ENDINGS = ("html", "docx", "pdf")


class NotMadeError(RuntimeError):
    """A build left out what it was asked for; its time says nothing."""


@dataclass
class County:
    """A made-up county: its project, the reports that a build of `years` makes."""

    project: Project
    years: tuple[int, ...]
    log: Path
    cores: int

    @classmethod
    def made(cls, root: Path, units: int, years: range, cores: int, *, before: int = 1) -> County:
        """Make the accounts of `units` offices in `years`, and in so many years `before` them, which are not built."""
        make_demo(ROOT, root, units, range(years[0] - before, years[-1] + 1), 1)
        return cls(Project(root, root / "data", root / "_site"), tuple(years), root.with_suffix(".log"), cores)

    @cached_property
    def offices(self) -> int:
        """How many offices published accounts in the last year."""
        return len(list(self.project.data.glob(f"*/{self.years[-1]}")))

    def build(self, progress: Progress, *options: str) -> Cost:
        """Build the site; return what that took. Raises `NotMadeError`."""
        command = [sys.executable, "-m", "juesuan", "build", "--renderer", "embedded", "--jobs", str(self.cores)]
        command += ["--years", f"{self.years[0]}:{self.years[-1]}", *options]
        root = self.project.root
        cost = cost_of(command, root, self.log, progress.beat, {"JUESUAN_ROOT": str(root)})
        self._refuse_less(("html",) if "--formats" in options else _ENDINGS)
        return cost

    def clear(self) -> None:
        """Forget what was built."""
        for folder in (self.project.build, self.project.pages, self.project.site):
            shutil.rmtree(folder, ignore_errors=True)

    def _refuse_less(self, endings: tuple[str, ...]) -> None:
        for year, ending in itertools.product(self.years, endings):
            made = len(list(self.project.site.glob(f"pages/{year}/*/report.{ending}")))
            asked = len(list(self.project.data.glob(f"*/{year}")))
            if made != asked:
                raise NotMadeError(f"{made} of {asked} reports of {year} as {ending}:\n{last_lines(self.log)}")


def change_one_amount(county: County) -> tuple[Path, str]:
    """Raise one amount of one office, with which no other has to agree, by 0.01 万元; return its report and the new amount."""
    (name, item), year = _CHANGED, county.years[-1]
    for path in sorted(county.project.data.glob(f"*/{year}/{name}")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if line.startswith(f"{item},") and (amount := line.split(",")[1]):
                whole, _, cents = amount.partition(".")
                raised = int(whole + cents) + 1
                new = f"{raised // 100}.{raised % 100:02d}"
                lines[number] = f"{item},{new}"
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
                return county.project.site / f"pages/{year}/{path.parts[-3]}/report.html", new
    raise NotMadeError(f"no office has {item} in {name}")
