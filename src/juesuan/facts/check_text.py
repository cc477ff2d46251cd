"""Checks as a ledger holds them and as `facts.json` has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from juesuan.facts.fact import Check

COMPACT = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class Checks(Protocol):
    """Checks that are entered together. They can be hashed; those that equal others are held once."""

    def __iter__(self) -> Iterator[Check]: ...

    def texts(self) -> Iterator[str]:
        """Yield each check as JSON, as `check_body` tells it."""


@dataclass(frozen=True)
class OneCheck:
    """A check that is entered by itself."""

    check: Check

    def __iter__(self) -> Iterator[Check]:
        yield self.check

    def texts(self) -> Iterator[str]:
        """Yield the check as JSON."""
        yield COMPACT.encode(check_body(self.check))


def check_body(check: Check) -> dict[str, Any]:
    """Return what `facts.json` holds of a check; a cell is [file, row, column]."""
    cells = [[cell.file, cell.row, cell.column] for cell in check.cells]
    words = {"rule_id": check.rule_id, "words": check.words, "outcome": check.outcome, "working": check.working}
    return {**words, "cells": cells}
