"""What a build is asked for: the command's options over those of `build.toml`, offices and years found among those there are."""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from juesuan.execute import Parts
from juesuan.paths import Project
from juesuan.scope import Scope

SETTINGS = "build.toml"
_TEXTS = ("years", "units", "notebooks", "formats")
_KEYS = (*_TEXTS, "jobs")
_ALL = ("", "all")


class AskedError(ValueError):
    """What was asked for cannot be had; the message says what there is."""


@dataclass(frozen=True)
class Asked:
    """The parts of each office's year, which offices and years, how many processes."""

    parts: Parts
    scope: Scope
    jobs: int

    @property
    def whole(self) -> bool:
        """Say whether everything is asked for."""
        return self.scope == Scope() and self.parts == Parts()


def read_asked(project: Project, *, years: str, units: str, notebooks: str, formats: str, jobs: int) -> Asked:
    """Return what is asked for; an option left empty (`jobs` 0) is `build.toml`'s, and where that is silent all there is.

    Raises `AskedError` for a year or an office that there is none of and for a faulty `build.toml`, `PartsError`.
    """
    given = {"years": years, "units": units, "notebooks": notebooks, "formats": formats, "jobs": jobs}
    told = {**read_settings(project.root / SETTINGS), **{key: value for key, value in given.items() if value}}
    scope = Scope(_units(str(told.get("units", "")), project), _years(str(told.get("years", "")), project))
    parts = Parts.named(str(told.get("notebooks", "")), str(told.get("formats", "")))
    return Asked(parts, scope, int(told.get("jobs", 0)) or os.cpu_count() or 1)


def read_settings(path: Path) -> dict[str, Any]:
    """Return `[build]` of a settings file, lists written with commas; nothing where there is no file."""
    if not path.is_file():
        return {}
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AskedError(f"{path}：不是 TOML：{error}；应有 [build] 一节；请改正。") from None
    build = stated.get("build", {})
    unknown = [*(key for key in stated if key != "build"), *(f"build.{key}" for key in build if key not in _KEYS)]
    if unknown:
        raise AskedError(f"{path}：不认识 {'、'.join(unknown)}；[build] 中应为 {'、'.join(_KEYS)} 之一；请删去或改正。")
    return {key: _checked(path, key, value) for key, value in build.items()}


def _checked(path: Path, key: str, value: object) -> object:
    if key == "jobs":
        good = isinstance(value, int) and not isinstance(value, bool) and value > 0
        expected = "大于零的整数"
    else:
        value = ",".join(map(str, value)) if isinstance(value, list) else str(value) if key == "years" else value
        good, expected = isinstance(value, str), "引号中的文字，或文字的列表"
    if not good:
        raise AskedError(f"{path}：build.{key} 是 {value!r}；应为{expected}；请改正。")
    return value


def _years(asked: str, project: Project) -> frozenset[int] | None:
    """Return the years of `2019:2024`, `2021,2023` or both mixed, those there are; None for all."""
    if asked.strip() in _ALL:
        return None
    there = {int(path.name) for path in project.data.glob("*/[12][0-9][0-9][0-9]") if path.is_dir()}
    wanted = {year for part in asked.split(",") if part.strip() for year in _span(part.strip())}
    if not wanted & there:
        raise AskedError(f"--years {asked}：没有这些年度的数据；现有 {_listed(sorted(there))}；请改正。")
    return frozenset(wanted & there)


def _span(part: str) -> Iterable[int]:
    first, _, last = part.partition(":")
    try:
        return range(int(first), int(last or first) + 1)
    except ValueError:
        raise AskedError(f"--years {part}：不是年度；应为 2021、2019:2024 或 2021,2023；请改正。") from None


def _units(asked: str, project: Project) -> frozenset[str] | None:
    """Return the offices that ids, patterns (`shili-*`) and lists in files (one an id, `#` begins a remark) name."""
    if asked.strip() in _ALL:
        return None
    there, found = _unit_ids(project.data / "units.csv"), set()
    for pattern in _patterns(asked):
        held = {unit for unit in there if fnmatchcase(unit, pattern)}
        if not held:
            raise AskedError(f"--units {pattern}：data/units.csv 中没有这样的单位；现有 {_listed(there)}；请改正。")
        found |= held
    return frozenset(found)


def _patterns(asked: str) -> list[str]:
    patterns = []
    for part in filter(None, map(str.strip, asked.split(","))):
        path = Path(part.removeprefix("@"))
        if part.startswith("@") or path.is_file():
            if not path.is_file():
                raise AskedError(f"--units {part}：没有这个文件；应为单位编号的清单，每行一个；请改正路径。")
            lines = (
                line.split("#")[0].split(",")[0].strip() for line in path.read_text(encoding="utf-8-sig").splitlines()
            )
            patterns += [line for line in lines if line and line != "unit_id"]
        else:
            patterns.append(part)
    return patterns


def _unit_ids(path: Path) -> list[str]:
    if not path.is_file():
        return []
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    return [row["unit_id"] for row in rows if row.get("unit_id")]


def _listed(names: Iterable[object]) -> str:
    shown = list(map(str, names))
    return "、".join(shown[:20]) + (f" 等 {len(shown)} 个" if len(shown) > 20 else "") if shown else "（空）"
