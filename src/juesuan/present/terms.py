"""Terms (名词解释): what `report/terms.toml` explains, for the pop-ups of the site, the search and the page of terms."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from juesuan.facts import TermsFindings
from juesuan.paths import find_root
from juesuan.present.display import DataScript

_SHORTEST_ITEM = 5


@dataclass(frozen=True)
class Term:
    """One term: its name as texts write it, what it means, its anchor on the page of terms, its code if it is a 科目."""

    name: str
    meaning: str
    code: str = ""

    @property
    def anchor(self) -> str:
        """The anchor of the term on the page of terms."""
        return f"term-{self.code or ''.join(one for one in self.name if one.isalnum())}"


def all_terms(findings: TermsFindings, report: Path | None = None) -> list[Term]:
    """Return every term of `terms.toml`, words first; a 科目 bears the name that it bore last.

    `report` is the project's own folder when not given.
    """
    path = (report or find_root() / "report") / "terms.toml"
    stated = tomllib.loads(path.read_text(encoding="utf-8"))["terms"]
    names = findings.names
    words = [Term(one["name"], one["meaning"]) for one in stated if "name" in one]
    items = [Term(names.get(one["code"], one["code"]), one["meaning"], one["code"]) for one in stated if "code" in one]
    return words + items


def terms_script(terms: Sequence[Term]) -> DataScript:
    """Return the terms that pop up where they occur, longest first, as [name, meaning, anchor].

    A 科目 is left out where its name is another's too (行政运行), or so short that it is a word of its own.
    """
    times = Counter(one.name for one in terms)
    telling = [one for one in terms if times[one.name] == 1 and (not one.code or len(one.name) >= _SHORTEST_ITEM)]
    rows = [[one.name, one.meaning, one.anchor] for one in sorted(telling, key=lambda one: -len(one.name))]
    return DataScript("terms", {"page": "pages/explore/terms.html", "terms": rows})
