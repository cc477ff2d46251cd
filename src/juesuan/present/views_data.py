"""The scripts that bring the explorer's views their figures, one a year, one an office, and what all views share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from juesuan.facts import Accounts
from juesuan.facts.cube import catalogue_body, details_body, findings_body, office_body, year_body
from juesuan.present.display import DataScript
from juesuan.present.pinyin import keep_pinyin, pinyin
from juesuan.present.views_words import has_part


def catalogue_script(
    accounts: Sequence[Accounts], prices: Mapping[int, Fraction], mark: str, built_on: str = ""
) -> DataScript:
    """Return offices (with the pinyin that they are typed by), measures, names of codes, the price index, the date."""
    body = {**catalogue_body(accounts, prices, mark), "built_on": built_on}
    for office in body["units"]:
        syllables = pinyin(office["short"]).split()
        office["pinyin"] = ["".join(syllable[0] for syllable in syllables), "".join(syllables)]
    keep_pinyin()
    return DataScript("catalogue", body)


def findings_script(accounts: Sequence[Accounts]) -> DataScript:
    """Return the checks that did not pass outright."""
    return DataScript("findings", findings_body(accounts))


def year_script(accounts: Sequence[Accounts], parts: str = "") -> DataScript:
    """Return the measures of every office in one year; `accounts` are of that year, `parts` what the site has of it."""
    return DataScript(f"year-{accounts[0].year}", year_body(accounts, reports=has_part(parts, "report")))


def details_script(accounts: Sequence[Accounts]) -> DataScript:
    """Return the details of every office in one year; `accounts` are of that year."""
    return DataScript(f"details-{accounts[0].year}", details_body(accounts))


def office_script(years: Sequence[Accounts], parts: str = "") -> DataScript:
    """Return all of one office, oldest year first; `parts` is what the site has of each year."""
    return DataScript(f"office-{years[-1].unit.unit_id}", office_body(years, reports=has_part(parts, "report")))
