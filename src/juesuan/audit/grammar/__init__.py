"""What a text claims: its numbers, what each of them is of, and how they hang together."""

from juesuan.audit.grammar.figures import Figure, Kind, figures_of
from juesuan.audit.grammar.frames import Change, Frame
from juesuan.audit.grammar.reading import Reading, read_claims

__all__ = ["Change", "Figure", "Frame", "Kind", "Reading", "figures_of", "read_claims"]
