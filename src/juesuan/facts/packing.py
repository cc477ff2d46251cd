"""How the files of a ledger travel from the process that ran a notebook: deflated, as text, the script only where it differs.

The page over all offices has nine megabytes of checks, which deflate to a twelfth.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from juesuan.facts.ledger_text import SCRIPT_BEGINS, SCRIPT_ENDS, LedgerText

_QUICKLY = 1
_CHUNK = 2**18  # bytes


def pack(text: LedgerText) -> dict[str, str]:
    """Return the files by their endings, in base64: `parquet` as it is, `json` and `js` deflated and without their ends.

    There is no `js` where it holds just the JSON.
    """
    packed = {"json": _deflated(text.pieces()), "parquet": base64.b64encode(text.parquet()).decode()}
    return {**packed, "js": _deflated(text.pieces(for_a_browser=True))} if text.long_numbers else packed


def unpack(packed: Mapping[str, str], beside: Mapping[str, Path]) -> None:
    """Write the files that `pack` packed to the places named by their endings."""
    beside["parquet"].write_bytes(base64.b64decode(packed["parquet"]))
    with beside["json"].open("wb") as plain, beside["js"].open("wb") as script:
        script.write(SCRIPT_BEGINS.encode())
        for chunk in _inflated(packed["json"]):
            plain.write(chunk)
            if "js" not in packed:
                script.write(chunk)
        plain.write(b"\n")
        script.writelines(_inflated(packed.get("js", "")))
        script.write(SCRIPT_ENDS.encode())


def _deflated(pieces: Iterable[bytes]) -> str:
    deflate = zlib.compressobj(_QUICKLY)
    return base64.b64encode(b"".join([*map(deflate.compress, pieces), deflate.flush()])).decode()


def _inflated(packed: str) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    left = base64.b64decode(packed)
    while left:
        yield inflate.decompress(left, _CHUNK)
        left = inflate.unconsumed_tail
    yield inflate.flush()
