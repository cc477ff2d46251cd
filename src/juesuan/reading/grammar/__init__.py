"""What a text claims: its numbers, what each of them is of, and how they hang together."""

from juesuan.reading.grammar.figures import Figure, Kind, figures_of
from juesuan.reading.grammar.frames import Change, Frame
from juesuan.reading.grammar.reading import Reading, read_claims

__all__ = ["Change", "Figure", "Frame", "Kind", "Reading", "figures_of", "read_claims"]
