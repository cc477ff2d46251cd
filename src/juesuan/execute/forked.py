"""A papermill engine without a kernel's start: each notebook runs in a process forked from one that has the stack loaded.

State is as isolated as a kernel's: the process ends with the notebook. Where it cannot be had (Windows, another
language), papermill's own engine runs the notebook. It is registered as `forked`, so `papermill --engine forked` works.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import Engine, NBClientEngine

from juesuan import drawer
from juesuan.building import can_fork, end_with_parent
from juesuan.execute.shell import CellRun, make_ready, run_cells

_BETWEEN_COLLECTIONS = 50_000  # new objects; one notebook makes a few hundred thousand
PYTHON_KERNELS = {"python3", "python"}


class ForkedEngine(Engine):  # type: ignore[misc]
    """Runs the cells in a forked process and reports each as it is done."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run the notebook that `nb_man` holds; raises nbclient's errors for a dead process and for a cell too slow."""
        if not can_fork() or kernel_name not in PYTHON_KERNELS:
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        cells = nb_man.nb.cells
        sources = [(i, cell.source) for i, cell in enumerate(cells) if cell.cell_type == "code" and cell.source.strip()]
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        waiting = iter([*(index for index, _ in sources), None])
        begun = next(waiting)
        if begun is not None:
            nb_man.cell_start(cells[begun], begun)
        for done in run_in_fork(sources, options.get("execution_timeout")):
            cell = cells[done.index]
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
            if done.failed:
                nb_man.cell_exception(cell, cell_index=done.index)
            nb_man.cell_complete(cell, cell_index=done.index)
            begun = next(waiting)
            if begun is not None and not done.failed:
                nb_man.cell_start(cells[begun], begun)


def run_in_fork(sources: list[tuple[int, str]], timeout: float | None) -> Iterator[CellRun]:
    """Run cells in a forked process; yield each as it ends. `timeout` is in seconds a cell."""
    drawer.keep_warm()
    make_ready()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sources, theirs, ours, os.getpid()))
    process.start()
    theirs.close()
    whole = False
    try:
        while True:
            if not ours.poll(timeout):
                raise CellTimeoutError(f"一个单元格运行超过 {timeout} 秒，已停止")
            message = ours.recv()
            if message is None:
                whole = True
                return
            yield message
    except EOFError:
        process.join()
        raise DeadKernelError(f"运行笔记本的进程意外结束（退出状态 {process.exitcode}）") from None
    finally:
        process.terminate()
        process.join()
        ours.close()
        if not whole:
            drawer.forget()


def _run(sources: list[tuple[int, str]], channel: Connection, others: Connection, parent: int) -> None:
    end_with_parent(parent)
    gc.freeze()  # what came with the fork need not be looked through again and again, nor what a cell makes
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    drawer.borrow()
    others.close()  # it would keep the pipe open when nobody reads any more
    for done in run_cells(sources):
        channel.send(done)
    channel.send(None)
    channel.close()
    os._exit(0)
