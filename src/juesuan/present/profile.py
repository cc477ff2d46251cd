"""A profile (报告格式): which parts, sections, charts and tables a report has, in which order, in whose words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from juesuan.paths import find_root


class ProfileError(ValueError):
    """A profile cannot be used; the message says which, what was found and what to do."""


@dataclass(frozen=True)
class Section:
    """One section: `level` 0 has no heading; `needs` are tables of `data/`, `words` passages that it cannot do without.

    After its sentences stand its `figure` and its `tables`, by their ids. For the checklist: whether the form makes it
    `required`, which passages it `asks` for, and which figures are `zero` where its sentences say that nothing happened.
    """

    key: str
    level: int
    heading: str
    needs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    figure: str = ""
    tables: tuple[str, ...] = ()
    required: bool = True
    asks: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableForm:
    """One official table: `form` says how it is laid out, `fund` and `scope` what it covers, `empty` what it says then.

    A `wide` table stands on a page turned on its side; `classes` are the 类 that 公开01 and 04 list, in their order.
    """

    id: str
    number: str
    title: str
    form: str
    fund: str = ""
    scope: str = ""
    empty: str = ""
    wide: bool = False
    classes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The number and title, as a reader knows the table."""
        return " ".join(part for part in (self.number, self.title) if part)


@dataclass(frozen=True)
class Profile:
    """A province's form of the report from one year on; `budget` is the one that completion is reckoned against."""

    id: str
    name: str
    sections: tuple[Section, ...]
    tables: Mapping[str, TableForm] = field(default_factory=dict)
    percent_decimals: int = 2
    budget: Literal["initial", "adjusted"] = "adjusted"

    def section(self, key: str) -> Section:
        """Return the section called `key`; raises `ProfileError` for one that there is not."""
        for one in self.sections:
            if one.key == key:
                return one
        there_are = "、".join(one.key for one in self.sections)
        raise ProfileError(f"报告格式 {self.id} 没有 {key} 一节；现有 {there_are}。")

    def table(self, table_id: str) -> TableForm:
        """Return the table called `table_id`; raises `ProfileError` for one that there is not."""
        if table_id not in self.tables:
            raise ProfileError(f"报告格式 {self.id} 没有表 {table_id}；现有 {'、'.join(self.tables)}。")
        return self.tables[table_id]


@lru_cache(maxsize=16)
def read_profile(name: str, report: Path | None = None) -> Profile:
    """Return the profile of `report/profiles/<name>.toml`; `report` is the project's own folder when not given.

    Raises `ProfileError` for a profile that is not there, for an unknown key, and for a table that no section knows.
    """
    folder = (report or find_root() / "report") / "profiles"
    path = folder / f"{name}.toml"
    if not path.is_file():
        there_are = "、".join(sorted(one.stem for one in folder.glob("*.toml")))
        raise ProfileError(f"{path.name}：没有这个报告格式；现有 {there_are}；请改正 data/units.csv 的 profile 一列。")
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = tuple(Section(**_frozen(one)) for one in stated["sections"])
        tables = {one["id"]: TableForm(**_frozen(one)) for one in stated.get("tables", [])}
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise ProfileError(f"{path.name}：{error}；请按 sichuan-2021.toml 的写法改正。") from None
    profile = Profile(
        name, stated["name"], sections, tables, stated.get("percent_decimals", 2), stated.get("budget", "adjusted")
    )
    for one in sections:
        for table_id in one.tables:
            profile.table(table_id)
    return profile


def _frozen(stated: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stated.items()}
