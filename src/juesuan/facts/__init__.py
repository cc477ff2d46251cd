"""The ledger of facts: what a reader will see, each number once, with its working and its source."""

from juesuan.facts.ledger import Fact, FactClashError, Ledger, SourceCell, UnknownFactError, read_ledger

__all__ = ["Fact", "FactClashError", "Ledger", "SourceCell", "UnknownFactError", "read_ledger"]
