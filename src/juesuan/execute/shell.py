"""An IPython shell that writes down what a kernel would have sent: outputs, streams, errors, in their order."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core import application, completerlib, oinspect  # noqa: F401  a shell imports them as it is made
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config


@dataclass(frozen=True)
class CellRun:
    """What running one cell came to."""

    index: int
    execution_count: int
    outputs: list[Any]
    seconds: float
    failed: bool


@dataclass
class Record:
    """The outputs of the cell that runs now."""

    outputs: list[Any] = field(default_factory=list)

    def add(self, output_type: str, **content: Any) -> None:
        """Write down one output as nbformat has it."""
        told = {"output_type": output_type, **json_clean(content)}  # type: ignore[no-untyped-call]
        self.outputs.append(nbformat.from_dict(told))  # type: ignore[no-untyped-call]

    def stream(self, name: str, text: str) -> None:
        """Write down printed text; neighbours of one stream are one output."""
        last = self.outputs[-1] if self.outputs else None
        if last and last.output_type == "stream" and last.name == name:
            last.text += text
        elif text:
            self.add("stream", name=name, text=text)


def _encoded(data: Any) -> Any:
    return encode_images(data)  # type: ignore[no-untyped-call]


class _Stream:
    """What `sys.stdout` or `sys.stderr` is while a cell runs."""

    encoding = "utf-8"

    def __init__(self, name: str, record: Record) -> None:
        self.name, self.record = name, record

    def write(self, text: str) -> int:
        self.record.stream(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False


class _Publisher(DisplayPublisher):
    record: Record

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        self.record.add("display_data", data=_encoded(data), metadata=metadata or {})


class _Hook(DisplayHook):
    record: Record

    def write_output_prompt(self) -> None:
        """A notebook has no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        content = {"data": _encoded(format_dict), "metadata": md_dict or {}}
        self.record.add("execute_result", execution_count=self.prompt_count, **content)


class RecordingShell(InteractiveShell):
    """The shell; one a process, as IPython asks."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    compiler_class = Type(XCachingCompiler)  # errors name a cell as a kernel would
    record: Record

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.record.add("error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb))

    def run_recorded(self, index: int, source: str) -> CellRun:
        """Run one cell and return what came of it."""
        record = self.record = Record()
        for writer in (self.display_pub, self.displayhook):
            setattr(writer, "record", record)  # noqa: B010  IPython's types do not know it
        started, outside = time.monotonic(), (sys.stdout, sys.stderr)
        count = self.execution_count
        sys.stdout, sys.stderr = _Stream("stdout", record), _Stream("stderr", record)
        try:
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        finally:
            sys.stdout, sys.stderr = outside
        return CellRun(index, count, record.outputs, time.monotonic() - started, not result.success)


def make_ready() -> None:
    """Make the shell that the processes forked from this one will each run in: it takes as long as a short notebook."""
    if not InteractiveShell.initialized():
        main = sys.modules["__main__"]
        _shell()
        sys.modules["__main__"] = main  # which the shell took for itself


def run_cells(sources: list[tuple[int, str]]) -> Iterator[CellRun]:
    """Run cells, (index, source) each, in a new shell of this process; the first that fails is the last."""
    shell = _shell()
    sys.modules["__main__"] = shell.user_module
    for index, source in sources:
        done = shell.run_recorded(index, source)
        yield done
        if done.failed:
            return


def _shell() -> RecordingShell:
    config = Config({"HistoryManager": {"enabled": False}})
    shell: RecordingShell = RecordingShell.instance(config=config)
    return shell
