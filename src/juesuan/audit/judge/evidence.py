"""Which cell of a failing equation is wrong: the one whose amount nobody else gives, or whose right amount others give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from juesuan.audit.judge.identities import Identity
from juesuan.audit.judge.names import plain_name
from juesuan.audit.judge.sheets import Cell, Row, Sheet, unnumbered
from juesuan.money import Interval
from juesuan.reading.grammar import Reading
from juesuan.reading.grammar.subjects import quantity_of

_TOTALS = {
    "income": "income",
    "expenditure": "expenditure",
    "general_public": "general_public",
    "three_public": "three_public",
}
_ALIKE = {"total_in": "total", "total_out": "total"}
_TEXT = -1


class Evidence:
    """Every amount that the document gives under a name, and in which table (−1 for a sentence)."""

    def __init__(self, reading: Reading, sheets: Sequence[Sheet]) -> None:
        self.names: dict[tuple[int, int, int], str] = {}
        self.given: dict[str, list[tuple[int, Interval]]] = defaultdict(list)
        for sheet in sheets:
            for row in sheet.rows:
                self._keep(sheet, row)
        for frame in reading.frames:
            name = _ALIKE.get(frame.quantity, frame.quantity) or plain_name(frame.subject)
            for figure in (frame.level, frame.budget):
                if figure is not None and figure.kind == "money" and not frame.reason and name:
                    self.given[name].append((_TEXT, figure.interval))

    def _keep(self, sheet: Sheet, row: Row) -> None:
        label = unnumbered(row.label)
        name = _ALIKE.get(quantity_of(label), quantity_of(label)) or plain_name(label)
        if label.endswith(("合计", "小计")) and len(label) <= 4:
            name = _TOTALS.get(sheet.kind, "")
        if label.endswith("总计"):
            name = "total" if sheet.kind == "total" else sheet.kind
        for cell in (one for one in row.cells if one is not None and name):
            self.names[cell.at] = name
            self.given[name].append((cell.at[0], cell.interval))

    def supports(self, cell: Cell, value: Fraction) -> bool:
        """Say whether a sentence or another table gives `value` under the name of the cell."""
        wanted = Interval(value - cell.half, value + cell.half)
        given = self.given.get(self.names.get(cell.at, ""), ())
        return bool(value) and any(place != cell.at[0] and one.meets(wanted) for place, one in given)

    def culprit(self, one: Identity) -> Cell | None:
        """Return the cell that the rest of the document speaks against, None where it says nothing."""
        short = one.total.value - one.made
        right = [(one.total, one.made), *((cell, cell.value + short) for cell in one.parts)]
        named = [cell for cell, value in right if self.supports(cell, value)]
        if len(named) == 1:
            return named[0]
        alone = [cell for cell, _ in right if not self.supports(cell, cell.value)]
        return alone[0] if len(alone) == 1 else None
