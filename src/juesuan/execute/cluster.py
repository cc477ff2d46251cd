"""The same items on a Dask cluster: sent in chunks, each page kept as it comes, nothing finished lost or run again.

An item is a Dask task, so Dask itself runs again what a dead worker was at, and gives work to a worker that has none. Where
every worker sees the project's folder, they keep pages in its store; else they are sent the files that their items read,
and pages come back as bytes.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from logging import CRITICAL
from typing import TYPE_CHECKING, Any

from juesuan.execute.helper import Answer, Files, Item, read_files, write_files
from juesuan.execute.one import Failure, failed_place
from juesuan.execute.plan import Job
from juesuan.execute.run import CHUNK, Task, killed, page_store, stored_as
from juesuan.execute.worker import HelperDiedError, Refused, Run, end_helpers, meet, run_item, versions
from juesuan.paths import PROJECT_MARK, Project

if TYPE_CHECKING:
    from distributed import Client

_AGAIN = 2
"""How often an item whose process died is tried again; one whose worker died Dask tries again three times."""
_UNREACHED = 5
_OF_EVERY_PAGE = ("notebooks", "report", "data/classification", PROJECT_MARK)


class ClusterError(ConnectionError):
    """The cluster cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """Which cluster: the scheduler's address, or so many workers on this machine; how many items are sent at once.

    `wait` is how many seconds to wait for a first worker; `as_bytes` takes no worker to see the project's folder.
    """

    scheduler: str = ""
    workers: int = 0
    chunk: int = CHUNK
    wait: float = 30
    as_bytes: bool = False

    def __call__(self, project: Project, tasks: Sequence[Task], at_once: int) -> Iterator[tuple[Job, Failure | None]]:
        """Run jobs on the cluster; a `Runner`. Raises `ClusterError`."""
        with _client(self, project, at_once) as client, _lost_is_said(), _run(client, self, project) as run:
            yield from _results(client, run, project, tasks, self.chunk)


@contextmanager
def _client(cluster: Cluster, project: Project, at_once: int) -> Iterator[Client]:
    """Give a client of the scheduler, or of workers started here; raises `ClusterError` where there are none."""
    try:
        from distributed import Client  # noqa: PLC0415  an extra
        from distributed.utils import silence_logging_cmgr  # noqa: PLC0415
    except ImportError:
        raise ClusterError(
            "没有安装 Dask；请运行 pip install 'juesuan[cluster]'，或不用 --dask、--scheduler。"
        ) from None
    where = cluster.scheduler or "本机"
    with silence_logging_cmgr(CRITICAL), ExitStack() as stack:  # the messages here say what a reader needs to know
        try:
            address = cluster.scheduler or stack.enter_context(_local_cluster(cluster.workers or at_once, project))
            client = stack.enter_context(Client(address, timeout=_UNREACHED, set_as_default=False))
        except (OSError, ValueError, RuntimeError) as error:
            told = f"{where}：连不上 Dask 的调度器（{error}）；请检查地址，或先运行 dask scheduler。"
            raise ClusterError(told) from None
        try:
            client.wait_for_workers(1, timeout=cluster.wait)
        except TimeoutError:
            told = f"{where}：等了 {cluster.wait:g} 秒，没有一个 worker；请先在各机器运行 dask worker。"
            raise ClusterError(told) from None
        yield client


def _local_cluster(workers: int, project: Project) -> Any:
    """Return a cluster of processes on this machine, without a dashboard, that listens to this machine alone."""
    from distributed import LocalCluster  # noqa: PLC0415  an extra

    with _unreached_by_ctrl_c():
        return LocalCluster(
            n_workers=workers, threads_per_worker=1, host="127.0.0.1", local_directory=str(project.build / "dask"),
            scheduler_kwargs={"dashboard": False}, dashboard_address="127.0.0.1:0", silence_logs=CRITICAL,
        )  # fmt: skip


@contextmanager
def _unreached_by_ctrl_c() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach in the block: this one, which it does, ends them."""
    if threading.current_thread() is not threading.main_thread():  # where no signal can be set, and none comes
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _lost_is_said() -> Iterator[None]:
    """Raise `ClusterError` where the scheduler is gone."""
    from distributed.client import ClosedClientError  # noqa: PLC0415  an extra
    from distributed.comm import CommClosedError  # noqa: PLC0415

    try:
        yield
    except (CommClosedError, ClosedClientError, CancelledError) as error:
        raise ClusterError(
            f"与调度器失去联系（{type(error).__name__}）；做完的已存好，恢复后再运行同一命令就接着做。"
        ) from error


@contextmanager
def _run(client: Client, cluster: Cluster, project: Project) -> Iterator[Run]:
    """Meet the workers there are and give what the items of a run share; end the workers' helpers afterwards."""
    name = secrets.token_hex(8)
    with page_store(project).making() as folder:
        token = folder / "run"
        token.write_text(name, encoding="utf-8")
        run = Run(name, token, versions(), _day(), project)
        shared = [_fit(where, met) for where, met in client.run(meet, run, on_error="return").items()]
        try:
            yield run if all(shared) and not cluster.as_bytes else replace(run, project=None)
        finally:
            with suppress(Exception):
                client.run(end_helpers, name, on_error="ignore")


def _fit(where: str, met: object) -> bool:
    """Say whether a worker sees the project; raises `ClusterError` for one that is not fit."""
    if isinstance(met, bool | OSError):  # an OSError: it left while it was asked
        return met is not False
    raise _unfit(where, met)


def _unfit(where: str, what: object) -> ClusterError:
    if isinstance(what, Refused):
        return ClusterError(f"{where}：{what.why}")
    told = " ".join(str(what).split())
    return ClusterError(
        f"{where}：不能用：{told or type(what).__name__}；请在各 worker 和调度器处装与本机相同的 Python 和 juesuan，再启动。"
    )


def _day() -> str:
    """Return a SOURCE_DATE_EPOCH by which another machine, wherever its clock stands, says the same day."""
    today = datetime.now().astimezone()
    return os.environ.get("SOURCE_DATE_EPOCH") or str(int(datetime(*today.timetuple()[:3], 12, tzinfo=UTC).timestamp()))


def _results(
    client: Client, run: Run, project: Project, tasks: Sequence[Task], chunk: int
) -> Iterator[tuple[Job, Failure | None]]:
    """Yield each job as its page is kept, or with what went wrong. A chunk a thread, and one more, are under way."""
    from distributed import as_completed  # noqa: PLC0415  an extra

    left, under_way = iter(tasks), dict[str, Task]()
    coming = as_completed(loop=client.loop, with_results=True, raise_errors=False)
    common = {} if run.project else client.submit(dict, _common_files(project), pure=False)
    while True:
        room = chunk * (1 + sum(client.nthreads().values())) - len(under_way)
        while room >= chunk and (sent := list(islice(left, chunk))):
            items = [Item(task, {} if run.project else _data_files(project, task[0])) for task in sent]
            futures = client.map(run_item, items, run=run, common=common, pure=False, retries=_AGAIN)
            under_way |= {future.key: task for future, task in zip(futures, sent, strict=True)}
            coming.update(futures)
            room -= len(sent)
        if not under_way:
            return
        for future, came in coming.next_batch():
            task = under_way.pop(future.key)
            yield task[0], _kept(task, came, project)


def _kept(task: Task, came: object, project: Project) -> Failure | None:
    """Keep what came of an item, if that is not done; return what went wrong. Raises `ClusterError`."""
    from distributed.scheduler import KilledWorker  # noqa: PLC0415  an extra

    if isinstance(came, Answer):
        _put(task, came.files, project)
        return came.failure and _failed(came, came.failure, project)
    what = came[1] if isinstance(came, tuple) else came  # Dask tells of an error by its type, itself and its traceback
    if isinstance(what, HelperDiedError):
        return killed(task[0], project, f"（{what}；试了 {_AGAIN + 1} 次）")
    if isinstance(what, KilledWorker):
        return killed(task[0], project, f"（{what.allowed_failures + 1} 个 worker 在运行它时中断）")
    raise what if isinstance(what, CancelledError) else _unfit("worker 或调度器", what)


def _failed(answer: Answer, failure: Failure, project: Project) -> Failure:
    place = failed_place(failure.job, project)
    if answer.marked:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(answer.marked)
    return replace(failure, kept=place)


def _put(task: Task, files: Files, project: Project) -> None:
    """Put a page that came as bytes into the store."""
    if files:
        with page_store(project).making() as folder:
            write_files(folder, files)
            page_store(project).put(stored_as(task[0]), task[1], folder)


def _common_files(project: Project) -> dict[str, bytes]:
    """Return what every page may read; raises `ClusterError` where `data/` lies elsewhere, of which a page is told the path."""
    if project.data != project.root / "data":
        raise ClusterError(f"{project.data}：不在 {project.root} 中，worker 又看不到；请用共享存储，或不用 --data。")
    beside = [path for path in project.data.glob("*") if path.is_file()]
    return read_files(project.root, *(project.root / name for name in _OF_EVERY_PAGE), *beside)


def _data_files(project: Project, job: Job) -> dict[str, bytes]:
    return read_files(project.root, *(project.data / read for read in job.reads))
