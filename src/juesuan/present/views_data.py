"""The scripts that bring the explorer's views their figures, one a year, one an office, and what all views share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from juesuan.facts import Accounts
from juesuan.facts.cube import catalogue_body, details_body, findings_body, office_body, year_body
from juesuan.present.display import DataScript
from juesuan.present.pinyin import pinyin


def catalogue_script(accounts: Sequence[Accounts], prices: Mapping[int, Fraction], mark: str) -> DataScript:
    """Return offices (with the pinyin that they are typed by), measures, names of codes, the price index."""
    body = catalogue_body(accounts, prices, mark)
    for office in body["units"]:
        syllables = pinyin(office["short"]).split()
        office["pinyin"] = ["".join(syllable[0] for syllable in syllables), "".join(syllables)]
    return DataScript("catalogue", body)


def findings_script(accounts: Sequence[Accounts]) -> DataScript:
    """Return the checks that did not pass outright."""
    return DataScript("findings", findings_body(accounts))


def year_script(accounts: Sequence[Accounts]) -> DataScript:
    """Return the measures of every office in one year; `accounts` are of that year."""
    return DataScript(f"year-{accounts[0].year}", year_body(accounts))


def details_script(accounts: Sequence[Accounts]) -> DataScript:
    """Return the details of every office in one year; `accounts` are of that year."""
    return DataScript(f"details-{accounts[0].year}", details_body(accounts))


def office_script(years: Sequence[Accounts]) -> DataScript:
    """Return all of one office, oldest year first."""
    return DataScript(f"office-{years[-1].unit.unit_id}", office_body(years))
