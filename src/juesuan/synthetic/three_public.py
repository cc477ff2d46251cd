"""“三公”经费 of an office: what was spent, and the counts that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.synthetic.draw import WAN, dice, whole
from juesuan.synthetic.offices import FIRST_YEAR, Office

THREE_PUBLIC_CODES = {
    "overseas": "30212",
    "vehicle_purchase": "31013",
    "vehicle_operation": "30231",
    "reception": "30217",
}
_DECLINE = 0.94  # a year: the rule is that it may only fall
_OPERATION, _PURCHASE = 2.4 * WAN, 17.9 * WAN
_TRIP = 4.2 * WAN
_MEAL = WAN // 110


@dataclass(frozen=True)
class Fleet:
    """Vehicles at the year's end, by the item of `disclosures`."""

    by_item: dict[str, int]

    @property
    def official(self) -> int:
        """How many 公务用车 there are; 特种专业技术用车 are counted besides."""
        return sum(count for item, count in self.by_item.items() if item != "vehicles.special")


def fleet(office: Office) -> Fleet:
    """Return the office's vehicles, the same every year: a new one takes the place of an old one."""
    chance = dice(office.seed, office.unit_id, "fleet")
    return Fleet({item: round(mean * chance.uniform(0.6, 1.5)) for item, mean in office.kind.vehicles.items()})


def three_public(office: Office, year: int, running: int) -> dict[str, int]:
    """Return 分 by item; `running` is what there is for all running costs, of which it stays a small part."""
    chance = dice(office.seed, office.unit_id, year, "three_public")
    declined = _DECLINE ** (year - FIRST_YEAR)
    vehicles = fleet(office).official
    operation = min(vehicles * _OPERATION * chance.uniform(0.75, 1.1), running * 0.08)
    reception = min(running * 0.01 * declined * chance.uniform(0.5, 1.5), 12 * WAN) if office.kind.hosts else 0
    buys = vehicles > 1 and running > 500 * WAN and chance.random() < 0.08
    travels = office.kind.slug in ("zfb", "swj") and year % 5 == 4 and running > 200 * WAN
    return {
        "overseas": whole(_TRIP * chance.uniform(0.8, 1.2)) if travels else 0,
        "vehicle_purchase": whole(_PURCHASE * chance.uniform(0.9, 1)) if buys else 0,
        "vehicle_operation": whole(operation),
        "reception": whole(reception),
    }


def three_public_budget(office: Office, year: int, item: str, final: int) -> tuple[int, int]:
    """Return 年初 and 全年预算数 of an item, never less than was spent."""
    chance = dice(office.seed, office.unit_id, year, "three_public", item)
    adjusted = max(final, whole(final * chance.choice((1, 1.05, 1.2, 1.5))))
    return max(final, whole(adjusted * chance.choice((1, 1, 1.1)))), adjusted


def counts(office: Office, year: int, spent: dict[str, int]) -> dict[str, int]:
    """Return the counts that `disclosures` asks for; there is none of what cost nothing."""
    chance = dice(office.seed, office.unit_id, year, "counts")
    persons = max(1, round(spent["reception"] / _MEAL)) if spent["reception"] else 0
    return {
        "three_public.overseas.groups": int(spent["overseas"] > 0),
        "three_public.overseas.persons": chance.randint(1, 3) if spent["overseas"] else 0,
        "three_public.vehicle_purchase.vehicles": int(spent["vehicle_purchase"] > 0),
        "three_public.vehicle_operation.vehicles": fleet(office).official,
        "three_public.reception.batches": -(-persons // chance.randint(5, 9)),
        "three_public.reception.persons": persons,
    }
