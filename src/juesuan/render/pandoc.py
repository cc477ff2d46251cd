"""Pandoc kept warm: one process converts page after page, in half the time that a new one takes for each.

Each thread that converts has a process to itself while it does. A process ends when its input is closed: with the one
that started it, however that ends.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pypandoc

_SCRIPT = Path(__file__).with_suffix(".lua")


class PandocError(ValueError):
    """Pandoc refused a page or a filter, or ended; the message is its own."""


@dataclass(frozen=True)
class Conversion:
    """What pandoc is asked: Markdown `text` of the flavour `source`, with metadata and Lua filters, into a file.

    Paths within the text are found below `folder`, then below `resource_path`. `toc_depth` asks for a table of contents.
    """

    text: str
    source: str
    to: str
    output: Path
    folder: Path
    resource_path: list[Path]
    metadata: dict[str, Any]
    filters: list[Path]
    source_date_epoch: str
    template: Path | None = None
    reference: Path | None = None
    toc_depth: int | None = None


def convert(conversion: Conversion) -> None:
    """Write the file that `conversion` asks for. Raises `PandocError`; nothing is written then."""
    try:
        process = _idle.pop()
    except IndexError:
        process = _start()
    complaint = _ask(process, conversion)
    _idle.append(process)
    if complaint is not None:
        raise PandocError(complaint)


_idle: list[subprocess.Popen[bytes]] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # a forked process starts its own


@atexit.register
def _end() -> None:
    while _idle:
        _idle.pop().communicate()


def _start() -> subprocess.Popen[bytes]:
    command = [pypandoc.get_pandoc_path(), "lua", str(_SCRIPT)]
    return subprocess.Popen(
        command, cwd=_SCRIPT.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _absolute(path: Path) -> str:
    return str(path.absolute())


def _ask(process: subprocess.Popen[bytes], conversion: Conversion) -> str | None:
    """Return pandoc's complaint, None where it has none. Raises `PandocError` where it ended before it answered."""
    assert process.stdin is not None and process.stdout is not None
    asked = {name: value for name, value in asdict(conversion).items() if value is not None}
    asked["from"] = asked.pop("source")
    try:
        process.stdin.write(json.dumps(asked, default=_absolute).encode() + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    except OSError:
        answer = b""
    except BaseException:  # stopped between question and answer, of which the next would get the wrong one
        process.kill()
        raise
    if not answer:
        process.kill()
        process.wait()
        raise PandocError("进程意外结束；可能是内存不够，请用 --jobs 1 再试。")
    complaint = json.loads(answer).get("complaint")
    return None if complaint is None else str(complaint).strip()
