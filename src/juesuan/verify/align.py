"""Which number of a file is which of the numbers that were to be printed: by the words before it and by order."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from juesuan.verify.numbers import Numbers, Token

_LONGEST_BREAK = 3
_TELLING = 2
Gap = tuple[int, int, int, int]


@dataclass(frozen=True)
class Alignment:
    """`found` are the file's tokens, numbers broken over line ends joined; the dicts are by position in it.

    `same` gives the position of the expected token printed there; `instead_of` that of the one another stands for.
    """

    found: list[Token]
    same: dict[int, int]
    instead_of: dict[int, int]


def align(expected: Sequence[Token], numbers: Numbers) -> Alignment:
    """Return how the tokens of a file follow the expected ones.

    First whole runs that agree in number and label; in the gaps between them a number that a line end broke is joined
    where an expected one says so, then numbers alone are compared; what is left one for one stands in another's place.
    """
    found, wanted = list(numbers.tokens), _keys(expected)
    opcodes = _opcodes(wanted, _keys(found))
    for _, i1, i2, j1, j2 in reversed([one for one in opcodes if one[0] != "equal"]):
        found[j1:j2] = _joined(expected[i1:i2], found[j1:j2], numbers.text)
    if len(found) < len(numbers.tokens):
        opcodes = _opcodes(wanted, _keys(found))
    same: dict[int, int] = {}
    instead_of: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "equal":
            same.update(zip(range(j1, j2), range(i1, i2), strict=True))
        else:
            _settle_gap(expected, found, (i1, i2, j1, j2), same, instead_of)
    return Alignment(found, same, instead_of)


def _settle_gap(
    expected: Sequence[Token], found: Sequence[Token], gap: Gap, same: dict[int, int], instead_of: dict[int, int]
) -> None:
    """Pair what has the same words before it, then what is the same number, then what is left one for one."""
    i1, i2, j1, j2 = gap
    words = _labels(expected[i1:i2], "-"), _labels(found[j1:j2], "+")
    for tag, a1, a2, b1, b2 in _opcodes(*words):
        here = (i1 + a1, i1 + a2, j1 + b1, j1 + b2)
        if tag == "equal":
            _pair(expected, found, here, same, instead_of)
        else:
            _settle_rest(expected, found, here, same, instead_of)


def _settle_rest(
    expected: Sequence[Token], found: Sequence[Token], gap: Gap, same: dict[int, int], instead_of: dict[int, int]
) -> None:
    i1, i2, j1, j2 = gap
    if [one.label for one in expected[i1:i2]] == [one.label for one in found[j1:j2]]:
        _pair(expected, found, gap, same, instead_of)
        return
    texts = [one.text for one in expected[i1:i2]], [one.text for one in found[j1:j2]]
    for _, a1, a2, b1, b2 in _opcodes(*texts):
        if a2 - a1 == b2 - b1:
            _pair(expected, found, (i1 + a1, i1 + a2, j1 + b1, j1 + b2), same, instead_of)


def _pair(
    expected: Sequence[Token], found: Sequence[Token], gap: Gap, same: dict[int, int], instead_of: dict[int, int]
) -> None:
    for i, j in zip(range(gap[0], gap[1]), range(gap[2], gap[3]), strict=True):
        (same if expected[i].text == found[j].text else instead_of)[j] = i


def _labels(tokens: Sequence[Token], mark: str) -> list[str]:
    """Return the labels, those that say too little made unlike any other."""
    return [one.label if len(one.label) >= _TELLING else f"{mark}{position}" for position, one in enumerate(tokens)]


def _joined(expected: Sequence[Token], found: Sequence[Token], text: str) -> list[Token]:
    """Return `found` with neighbours joined that only white space parts, where together they are an expected number."""
    wanted = {one.text for one in expected}
    made: list[Token] = []
    position = 0
    while position < len(found):
        run = next(
            (n for n in range(_LONGEST_BREAK, 1, -1) if _whole(found[position : position + n], n, text) in wanted), 1
        )
        first, last = found[position], found[min(position + run, len(found)) - 1]
        whole = _whole(found[position : position + run], run, text)
        made.append(first if run == 1 else first._replace(text=whole, end=last.end))
        position += run
    return made


def _whole(run: Sequence[Token], length: int, text: str) -> str:
    """Return the number that a run of tokens would be without the white space inside; empty where there is no run."""
    if len(run) < length:
        return ""
    return "".join(text[run[0].start : run[-1].end].split()).rstrip("%").replace(",", "")


def _keys(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in tokens]


def _opcodes(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    """Return difflib's opcodes; what both begin and end with is taken off first, for speed."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    middle = SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail], autojunk=False).get_opcodes()
    shifted = [(tag, head + i1, head + i2, head + j1, head + j2) for tag, i1, i2, j1, j2 in middle]
    first, last = ("equal", 0, head, 0, head), ("equal", len(a) - tail, len(a), len(b) - tail, len(b))
    return [first, *shifted, last]


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
