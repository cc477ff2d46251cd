"""Vega-Lite drawn as SVG and PNG: in this process, or by one that stays warm for all who are forked from its owner.

The converter (V8) takes half a second to start and works in threads of its own, which a fork does not take along. So an
owner that forks notebooks starts one `Drawer`; the forked ask it over the socket that they inherit.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst
import vl_convert

_SIZE = re.compile(r'<svg[^>]* width="([0-9.]+)" height="([0-9.]+)"')
_DOTS_PER_INCH = 144  # twice the 72 of a drawing's own points
_POINT = '{"data": {"values": [{}]}, "mark": "point"}'


class ForkedConverterError(RuntimeError):
    """A process asks for a drawing after its parent had already drawn: the converter would wait for ever."""


class DrawerLostError(RuntimeError):
    """The drawing process ended before it answered."""


def svg(specification: str, version: str) -> str:
    """Return a Vega-Lite specification (JSON, of `version` as in 6.1) drawn as SVG. Raises ValueError for a faulty one."""
    return str(_asked("svg", specification, version))


def png(drawn: str) -> bytes:
    """Return an SVG as PNG of twice its size in pixels."""
    return bytes(_asked("png", drawn))


@dataclass
class Drawer:
    """A process that draws, and the socket to it; one asks at a time."""

    process: subprocess.Popen[bytes]
    channel: Connection

    @classmethod
    def start(cls) -> Drawer:
        """Start the process; it ends when nobody holds the other end of its socket any more."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "juesuan.drawer", str(theirs.fileno())]
            package = str(Path(__file__).resolve().parents[1])
            path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
            environment = {**os.environ, "PYTHONPATH": path}
            process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C is for who asks it
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        return cls(process, Connection(ours.detach()))

    def ask(self, *question: str) -> Any:
        """Return the drawing asked for; raises ValueError in the converter's words, `DrawerLostError`."""
        try:
            self.channel.send(question)
            answer, complaint = self.channel.recv()
        except (EOFError, OSError):
            raise DrawerLostError("画图的进程意外结束；可能是内存不够，请用 --jobs 1 再试。") from None
        if complaint is not None:
            raise ValueError(complaint)
        return answer

    def ended(self) -> bool:
        """Say whether the process has ended: nothing else is to be heard from it unasked."""
        return self.channel.poll(0)

    def stop(self) -> None:
        """End the process, which this one or the one it was forked from has started."""
        self.channel.close()
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


_lock = Lock()
_own: Drawer | None = None  # this process started or took it, for those that it forks
_ahead: list[Drawer] = []  # started for the processes that this one forks, one for each
_tickets: int | None = None  # the pipe from which each of them reads the number of its own, a byte
_lent: tuple[int, Drawer] | None = None  # the process that may ask it, and what it may ask


def keep_warm() -> None:
    """Start the drawer for the notebooks that this process will fork, unless one runs; this process asks it too.

    If it drew by itself, every fork would cost it the pages of typst's bitmaps again.
    """
    global _own, _lent  # noqa: PLW0603  one a process
    if _own is None or _own.ended():
        _own = _taken() or Drawer.start()
    _lent = (os.getpid(), _own)


@contextmanager
def ahead(count: int) -> Iterator[None]:
    """Start drawers for so many processes that this one will fork in the block: they start while it does other things.

    Within such a block those that were started are enough.
    """
    global _tickets  # noqa: PLW0603
    if not count or _tickets is not None:
        yield
        return
    _tickets, given = os.pipe()
    os.set_blocking(_tickets, False)
    try:
        for number in range(count):
            _ahead.append(Drawer.start())
            os.write(given, bytes([number]))
        yield
    finally:
        os.close(given)
        os.close(_tickets)
        _tickets = None
        while _ahead:
            _ahead.pop().stop()


def _taken() -> Drawer | None:
    """Return the drawer that was started ahead for this process, None where there is none left."""
    with suppress(BlockingIOError):
        if _tickets is not None:
            return _ahead[os.read(_tickets, 1)[0]]
    return None


def borrow() -> None:
    """Ask the parent's drawer from now on: said in a forked process, which alone does so."""
    global _lent  # noqa: PLW0603
    _lent = (os.getpid(), _own) if _own is not None else None


def forget() -> None:
    """End the drawer: who asked it was stopped, perhaps between question and answer."""
    global _own, _lent  # noqa: PLW0603
    if _own is not None:
        _own.stop()
    _own = _lent = None


def _asked(*question: str) -> Any:
    if _lent is not None and _lent[0] == os.getpid():
        with _lock:
            return _lent[1].ask(*question)
    return _drawn(*question)


def _drawn(kind: str, source: str, version: str = "") -> str | bytes:
    """Draw in this process. Raises `ForkedConverterError` where that would hang."""
    starter = _register_fonts() if kind == "svg" else _load_fonts()[0]
    if starter != os.getpid():
        raise ForkedConverterError(
            f"进程 {os.getpid()} 画图：其父进程 {starter} 在派生之前已经画过图，转换器在此会一直等待；"
            "请在父进程画图之前派生，或改用 spawn 启动进程。"
        )
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(source, vl_version=version))
    return _rasterised(source)


def _rasterised(drawn: str) -> bytes:
    """Return an SVG as PNG by typst: the converter takes four times as long."""
    size = _SIZE.search(drawn)
    if size is None:
        raise ValueError("SVG 没有写明宽和高（width、height），画不成 PNG。")
    page = f'#set page(width: {size[1]}pt, height: {size[2]}pt, margin: 0pt)\n#image("drawn.svg", width: 100%)'
    files = {"main": page.encode(), "drawn.svg": drawn.encode()}
    made = typst.compile(files, format="png", ppi=_DOTS_PER_INCH, font_paths=_load_fonts()[1])  # type: ignore[call-overload]  # its stub forgets files by name
    return bytes(made)


@cache
def _load_fonts() -> tuple[int, typst.Fonts]:
    """Return the process that loads typst's fonts, and the fonts."""
    return os.getpid(), typst.Fonts(font_paths=[_font_folder()])


def _font_folder() -> str:
    """Return where Noto Sans SC lies, whatever the machine has installed."""
    return str(pylopdf_fonts_zh_cn.sans_path().parent)


@cache
def _register_fonts() -> int:
    """Let the converter find its font and fetch nothing; not at import."""
    vl_convert.configure(base_url=False, allowed_base_urls=[], auto_google_fonts=False)
    vl_convert.register_font_directory(_font_folder())
    return os.getpid()


def _serve(channel: Connection) -> None:
    """Answer until nobody asks any more."""
    while True:
        try:
            question = channel.recv()
        except EOFError:
            return
        answer: tuple[str | bytes | None, str | None]
        try:
            answer = _drawn(*question), None
        except Exception as error:
            answer = None, str(error)
        channel.send(answer)


def _make_ready() -> None:
    """Draw something: the converter starts when it is first asked, which is better done before anybody waits."""
    with suppress(Exception):  # who asks hears of it
        _register_fonts()
        _rasterised(vl_convert.vegalite_to_svg(_POINT))


if __name__ == "__main__":
    _make_ready()
    _serve(Connection(int(sys.argv[1])))
