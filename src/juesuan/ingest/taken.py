"""What was taken from a document: rows by table and key, what contradicts, what could not be settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from juesuan.ingest.amounts import Amount, added, shown

Key = tuple[str, ...]
Value = Amount | str


@dataclass
class Taken:
    """`rows[table][key][column]` is an amount, or words; the lists say what a person has to look at.

    `said` is the 项 that a paragraph (by its number) speaks of.
    """

    rows: dict[str, dict[Key, dict[str, Value]]] = field(default_factory=dict)
    words: dict[tuple[str, Key], tuple[str, str]] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    class_names: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)

    @property
    def prints_anything(self) -> bool:
        """Say whether any amount was printed, not proved or said in words: an empty form says nothing."""
        rows = (row for table in self.rows.values() for row in table.values())
        return any(isinstance(one, Amount) and one.text and not one.derived for row in rows for one in row.values())

    def put(self, table: str, key: Key, **columns: Value | None) -> None:
        """Enter columns of a row; one that is not known is left out."""
        row = self.rows.setdefault(table, {}).setdefault(key, {})
        for name, value in columns.items():
            if value is None:
                continue
            row[name] = value
            self.use(value)

    def use(self, *values: Value | None) -> None:
        """Remember that these amounts were taken."""
        self.used.update(one.at for one in values if isinstance(one, Amount))

    def table(self, name: str) -> dict[Key, dict[str, Value]]:
        """Return a table's rows, none where it was not taken."""
        return self.rows.get(name, {})

    def total(self, item: str, *found: Amount | None) -> None:
        """Enter a control total from the first place that prints it, and compare every other place with it."""
        there = [one for one in found if one is not None]
        if not there:
            return
        before = self.table("totals").get((item,), {}).get("final")
        first = before if isinstance(before, Amount) else there[0]
        if before is None:
            self.put("totals", (item,), final=first)
        for other in there:
            self.compare(item, first, other)

    def compare(self, what: str, first: Amount, other: Amount) -> None:
        """List a contradiction where two printed figures cannot be of the same amount; the first is what stands."""
        self.checked.add(other.at)
        if other is not first and not first.interval.meets(other.interval):
            self.contradictions.append(
                f"{what}：{first.place}印 {shown(first)}{first.unit}，{other.place}印 {shown(other)}{other.unit}"
                f"{f'（“{other.quote}”）' if other.quote else ''}；取前者"
            )

    def sum(self, fact_id: str, whole: Amount | None, parts: Iterable[Amount]) -> None:
        """Compare a printed sum with its parts; one that rounding sets apart goes to `printed`, another contradicts."""
        details = list(parts)
        if whole is None or not details:
            return
        self.checked.add(whole.at)
        made = sum(one.value for one in details)
        if made == whole.value:
            return
        if added(details).meets(whole.interval):
            self.put("printed", (fact_id,), final=whole)
        else:
            self.contradictions.append(
                f"{whole.place}印 {shown(whole)}{whole.unit}，而其各项之和不是（差得不能由四舍五入解释）"
            )

    def agree(self, what: str, whole: Amount | None, parts: Iterable[Amount]) -> None:
        """List a contradiction where a figure printed again cannot be the sum of what other places print."""
        there = list(parts)
        if whole is None or not there:
            return
        self.checked.update(one.at for one in (whole, *there))
        if not added(there).meets(whole.interval):
            terms = "＋".join(shown(one) for one in there)
            self.contradictions.append(
                f"{what}：{whole.place}印 {shown(whole)}{whole.unit}，{there[0].place}"
                f"{f'等 {len(there)} 处之和' if len(there) > 1 else ''}为 {terms}；两处不能都对，请核对"
            )

    def nothing(self, what: str, amount: Amount) -> None:
        """List a contradiction where an amount is printed of what the tables with details have nothing of."""
        self.checked.add(amount.at)
        if not amount.interval.low <= 0 <= amount.interval.high:
            self.contradictions.append(f"{what}：{amount.place}印 {shown(amount)}{amount.unit}，各明细表中没有；取后者")

    def remark(self, table: str, words: str) -> None:
        """Add a note to a table's entry in `source.toml`, once."""
        notes = self.remarks.setdefault(table, [])
        if words not in notes:
            notes.append(words)
