"""Reports that juesuan writes itself, from the accounts of a made-up county, in both profiles: sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from benchmarks.audit.accounts import Office
from benchmarks.audit.paper import YUAN, Grid, Kind, Report, Token
from juesuan.facts import Fact, Findings, report_findings
from juesuan.load import Accounts, check_data
from juesuan.present import read_profile
from juesuan.present.document import written
from juesuan.present.tables import Table
from juesuan.synthetic import make_county

PROFILES = ("sichuan-2021", "shanghai-2024")
_SPAN = re.compile(
    r'(?P<word>增加|减少|增长|下降)?<span class="fact" data-fact="(?P<id>[^"]+)">(?P<text>[^<]*)</span>(?P<unit>万元|%|元|人次|批次|[个人辆台])?'
    r"|(?P<year>(?:19|20)\d{2})(?=年)"
)
_LEFT_OUT = ("sources", "terms")


def own_reports(data: Path, classification: Path, units: int, seed: int) -> Iterator[tuple[Report, Office]]:
    """Yield the reports of a county's offices, each year in both profiles, and what they are of."""
    make_county(data, units, range(2021, 2023), seed, classification)
    checked = check_data(data).accounts
    for (unit, year), accounts in sorted(checked.items()):
        for profile in PROFILES:
            mine = replace(accounts, unit=replace(accounts.unit, profile=profile))
            findings = report_findings(mine, checked.get((unit, year - 1)), budget=read_profile(profile).budget)
            yield _Copy(mine, findings, f"own{profile[:2]}-{seed}-{unit}{year}").report_and_office()


class _Copy:
    """Copies one report out, keeping for every number which fact it is."""

    def __init__(self, accounts: Accounts, findings: Findings, name: str) -> None:
        self.accounts, self.findings, self.report = accounts, findings, Report(name)
        self.facts = {one.id: one for one in findings.ledger}

    def report_and_office(self) -> tuple[Report, Office]:
        made = written(self.findings)
        self.report.blocks.append(f"{self.accounts.unit.name}{self.accounts.year}年度部门决算")
        profile = read_profile(self.findings.profile)
        for section in (one for one in profile.sections if one.key not in _LEFT_OUT):
            self._text(made.texts[section.key].markdown)
            for table in (one for table_id in section.tables for one in made.tables[table_id]):
                self._table(table)
        office = Office(self.accounts.unit.name, self.accounts.year, "own")
        office.exact = {self._key(fact): _in_yuan(fact) for fact in self.facts.values() if fact.value is not None}
        return self.report, office

    def _text(self, markdown: str) -> None:
        for paragraph in re.split(r"\n\s*\n", markdown):
            plain = (
                re.sub(r"^\s*(?:#+|-)\s*", "", re.sub(r"\s*\n\s*", "", paragraph)).replace("\\", "").replace("**", "")
            )
            if plain.strip() and not plain.startswith((":::", "!")):
                self.report.blocks.append(_SPAN.sub(self._mark, plain))

    def _table(self, table: Table) -> None:
        rows = [tuple(one.label for one in table.columns)]
        for row in table.rows:
            rows.append(tuple(self._cell(row.cells.get(one.key)) for one in table.columns))
        self.report.blocks.append(
            Grid(re.sub(r"^\S{1,6}\s+(?=\S)", "", table.title), table.unit if table.unit in YUAN else "", tuple(rows))
        )

    def _cell(self, cell: object) -> str:
        if isinstance(cell, Fact):
            return self.report.mark(_token(self._key(cell), cell.printed, cell.unit, "")) if cell.known else ""
        return "" if cell is None else str(getattr(cell, "word", cell))

    def _mark(self, match: re.Match[str]) -> str:
        if match["year"]:
            offset = int(match["year"]) - self.accounts.year
            if offset not in (0, -1):
                return match.group()
            return self.report.mark(Token(f"y:{offset}", "year", match["year"], Fraction(int(match["year"]))))
        key = self._key(self.facts[match["id"]]) if match["id"] in self.facts else match["id"]
        word = match["word"] or ""
        if word and key[:2] in ("d:", "g:"):
            sign = 1 if word in ("增加", "增长") else -1
            word = self.report.mark(Token(f"w:{key[2:]}", "word", word, Fraction(sign)))
        return word + self.report.mark(_token(key, match["text"], match["unit"] or "", match["unit"] or ""))

    def _key(self, fact: Fact) -> str:
        """Return the benchmark's key for a fact: its own words for change, rate and share."""
        year = self.accounts.year
        if fact.id.endswith(".share_pct") and len(fact.inputs) == 2:
            part, whole = (self._key(self.facts[one]) if one in self.facts else one for one in fact.inputs)
            return f"s:{part}/{whole}"
        for ending, kind in ((".change_pct", "g"), (".change", "d")):
            if fact.id.endswith(ending):
                return f"{kind}:{fact.id.removesuffix(ending)}"
        for shift, base in ((0, ""), (-1, "@p")):
            if fact.id.endswith(f".{year + shift}"):
                return f"{fact.id.removesuffix(f'.{year + shift}')}{base}"
        return re.sub(r"^(income|expenditure)\.detail$", r"\1.total", fact.id)


def _token(key: str, text: str, unit: str, tail: str) -> Token:
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return Token(key, "name", text + tail)
    decimals = len(text.partition(".")[2])
    kind: Kind = "money" if unit in YUAN else "percent" if unit == "%" else "count"
    factor = YUAN.get(unit, 1)
    half = Fraction(factor, 2 * 10**decimals) if kind != "count" else Fraction(0)
    return Token(
        key if kind != "count" else f"n:{key}", kind, text + tail, Fraction(text) * factor, half, unit, decimals
    )


def _in_yuan(fact: Fact) -> Fraction:
    return (fact.value or Fraction(0)) * YUAN.get(fact.unit, 1)
