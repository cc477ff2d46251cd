"""The same items on a Dask cluster: the same pages, a dead worker loses nothing and repeats nothing finished."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import nbformat
import psutil
import pytest
from said import Say

from juesuan.execute import Job, run_jobs, standings
from juesuan.execute.cluster import Cluster, ClusterError
from juesuan.execute.helper import Answer, Item, Start
from juesuan.execute.worker import Refused, Run, run_item, versions
from juesuan.paths import Project

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.xdist_group("cluster")

ROOT = Path(__file__).resolve().parents[2]
LEDGER = "from juesuan import facts, present\npresent.LedgerView(facts.Ledger('x', year))"
# What begins is written down beside the project: the year, and the worker's helper that forked the notebook.
BEGUN = "import os\nfrom pathlib import Path\nwith Path('{log}').open('a') as log:\n    log.write(f'{{year}} {{os.getppid()}}\\n')"
WAIT = """import os, time
from pathlib import Path
if year == 2005:
    Path('{folder}/waits').write_text(str(os.getppid()))
    while not Path('{folder}/go').exists():
        time.sleep(0.02)"""
DIE = "import os, signal\nif year == 2003:\n    os.kill(os.getppid(), signal.SIGKILL)"


def project_of(root: Path, *cells: str) -> Project:
    """Make a project of one notebook, with these cells and its ledger."""
    tagged = nbformat.v4.new_code_cell("year = 2020  # 年度", metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(cells=[tagged, *map(nbformat.v4.new_code_cell, (*cells, LEDGER))])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (root / "notebooks").mkdir(parents=True)
    nbformat.write(made, root / "notebooks/one.ipynb")
    (root / "data/classification").mkdir(parents=True)
    (root / "_quarto.yml").write_text("", encoding="utf-8")
    return Project(root, root / "data", root / "_site")


def jobs(count: int) -> list[Job]:
    years = range(2000, 2000 + count)
    return [Job("one", {"year": year}, Path(f"{year}/x/one.ipynb"), "某单位", "副题", ("html",), ()) for year in years]


def pages_of(project: Project) -> dict[str, bytes]:
    paths = [path for path in project.pages.rglob("*") if path.is_file()]
    return {path.relative_to(project.pages).as_posix(): path.read_bytes() for path in paths}


def until(path: Path, lines: int = 1, seconds: float = 60) -> list[str]:
    """Return the lines of a file once it has so many."""
    end = time.monotonic() + seconds
    while not path.exists() or len(path.read_text().splitlines()) < lines:
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.02)
    return path.read_text().splitlines()


class Machines:
    """A scheduler and workers, each a process of its own, as on machines of their own."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        held = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(held))
        self.address = json.loads("".join(until(held)))["address"]
        for _ in range(workers):
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{arguments[0]}-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stdout=log, stderr=log, cwd=self.folder,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and two workers; the first test that needs both kills one, the last kills the scheduler."""
    made = Machines(tmp_path_factory.mktemp("machines"))
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing_finished(
    tmp_path: Path, machines: Machines
) -> None:
    log, killed = tmp_path / "log", list[int]()
    cells = (BEGUN.format(log=log), WAIT.format(folder=tmp_path))
    cluster, pool = project_of(tmp_path / "cluster", *cells), project_of(tmp_path / "pool", *cells)

    def kill() -> None:
        """Kill the worker of the item that waits, once items are done and before others are begun."""
        helper = psutil.Process(int(until(tmp_path / "waits")[0]))
        killed.append(helper.ppid())
        os.kill(killed[0], signal.SIGKILL)
        helper.wait(10)
        killed.append(helper.pid)
        (tmp_path / "go").touch()

    killer = Thread(target=kill)
    killer.start()
    done = run_jobs(jobs(8), cluster, runner=Cluster(machines.address, chunk=2))
    killer.join()
    assert killed[0] in {process.pid for process in machines.processes}
    assert (done.ran, done.failures) == (tuple(one.name for one in jobs(8)), ())
    begun = [line.split() for line in log.read_text().splitlines()]
    assert Counter(year for year, _ in begun) == Counter({str(year): 1 + (year == 2005) for year in range(2000, 2008)})
    assert {"2005"} < {year for year, helper in begun if int(helper) == killed[1]}, "it had finished none before"
    assert run_jobs(jobs(8), pool, workers=2).ran == done.ran
    assert pages_of(cluster) == pages_of(pool) != {}


def test_a_page_kept_by_a_worker_that_died_before_it_could_tell_is_not_run_again(tmp_path: Path) -> None:
    project, log = project_of(tmp_path / "project", BEGUN.format(log=tmp_path / "log")), tmp_path / "log"
    project.build.mkdir()
    task = (jobs(1)[0], standings(jobs(1), project)[0].inputs.alone())
    command = [sys.executable, "-c", "from juesuan.execute.helper import main; main()", str(os.getpid())]
    said = b"".join(map(pickle.dumps, (Start(project, tmp_path, {}, "0"), Item(task), Item(task))))
    answers = subprocess.run(command, input=said, stdout=subprocess.PIPE, check=True).stdout
    assert answers == 2 * pickle.dumps(Answer())
    assert len(log.read_text().splitlines()) == 1


def test_pages_of_a_worker_that_sees_nothing_of_the_project_come_back_as_bytes(
    tmp_path: Path, machines: Machines
) -> None:
    broken = "if year == 2002:\n    raise ValueError('坏了')"
    cluster, pool = project_of(tmp_path / "cluster", broken), project_of(tmp_path / "pool", broken)
    there = run_jobs(jobs(4), cluster, runner=Cluster(machines.address, chunk=2, as_bytes=True))
    here = run_jobs(jobs(4), pool, workers=2)
    assert there.ran == here.ran == ("2000/x/one", "2001/x/one", "2003/x/one")
    assert [(one.cell, one.cause) for one in there.failures] == [(broken, "ValueError：坏了")]
    assert there.failures[0].kept == cluster.build / "failed/2002/x/one.ipynb"
    assert nbformat.read(there.failures[0].kept, as_version=4).cells[-2].outputs[0].evalue == "坏了"
    assert run_jobs(jobs(2), cluster, whole=False).reused == run_jobs(jobs(2), pool, whole=False).reused
    assert pages_of(cluster) == pages_of(pool) != {}


def test_an_item_that_kills_its_process_is_tried_again_so_often_and_named(
    tmp_path: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.execute.cluster._AGAIN", 1)
    project = project_of(tmp_path / "project", DIE)
    done = run_jobs(jobs(5), project, runner=Cluster(machines.address, chunk=5))
    assert [(one.job.name, one.cause) for one in done.failures] == [
        ("2003/x/one", "运行笔记本的进程被中止（退出状态 -9；试了 2 次）")
    ]
    assert len(done.ran) == 4


def test_a_worker_of_other_versions_is_refused(
    tmp_path: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.execute.cluster.versions", lambda: {"Python": "3.99", "juesuan": "另一版"})
    says = r"版本不同：Python 是 3\.\d+\.\d+，应为 3\.99；juesuan 是 （没有），应为 另一版；请装成"
    with pytest.raises(ClusterError, match=says):
        run_jobs(jobs(1), project_of(tmp_path / "project"), runner=Cluster(machines.address))


def test_a_worker_that_comes_later_is_refused_by_its_first_item(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    task = (jobs(1)[0], standings(jobs(1), project)[0].inputs)
    of_others = Run("run", tmp_path / "token", {**versions(), "pandas": "0.1"}, "0", project)
    elsewhere = Run("run", tmp_path / "token", versions(), "0", project)
    refused = [run_item(Item(task), run, {}) for run in (of_others, elsewhere)]
    assert [isinstance(one, Refused) for one in refused] == [True, True]
    assert "应为 0.1" in str(refused[0])
    assert f"看不到 {project.root}" in str(refused[1])


def test_a_scheduler_that_goes_away_is_said_and_what_is_done_stays(
    tmp_path: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("juesuan.execute.cluster._UNREACHED", 1)
    project = project_of(tmp_path / "project", "import os", WAIT.format(folder=tmp_path))

    def stop(ended: str, running: list[str], done: int, total: int) -> None:
        if done == 5:
            machines.scheduler.kill()

    with pytest.raises(ClusterError, match=r"与调度器失去联系.*做完的已存好"):
        run_jobs(jobs(6), project, runner=Cluster(machines.address), progress=stop)
    assert len([one for one in standings(jobs(6), project) if one.kept]) == 5


def test_a_local_cluster_makes_the_pages_that_the_pool_makes_and_listens_on_this_machine_alone(tmp_path: Path) -> None:
    pool, cluster, listens = project_of(tmp_path / "pool"), project_of(tmp_path / "cluster"), set[str]()

    def look(ended: str, running: list[str], done: int, total: int) -> None:
        for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):  # a notebook's, which came to its end
                ports = process.net_connections("inet")
                listens.update(port.laddr.ip for port in ports if port.status == psutil.CONN_LISTEN)

    done = run_jobs(jobs(5), cluster, runner=Cluster(workers=2, chunk=2), progress=look)
    assert run_jobs(jobs(5), pool, workers=2).ran == done.ran == tuple(one.name for one in jobs(5))
    assert pages_of(cluster) == pages_of(pool)
    assert len(pages_of(cluster)) == 5 * 4
    assert listens == {"127.0.0.1"}
    assert run_jobs(jobs(5), cluster, runner=Cluster("tcp://127.0.0.1:1")).reused == done.ran


def test_a_scheduler_without_workers_is_told_of(tmp_path: Path) -> None:
    lonely = Machines(tmp_path, workers=0)
    try:
        with pytest.raises(ClusterError, match=r"等了 0\.2 秒，没有一个 worker；请先在各机器运行 dask worker"):
            run_jobs(jobs(1), project_of(tmp_path / "project"), runner=Cluster(lonely.address, wait=0.2))
    finally:
        lonely.stop()


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, juesuan_here: Say) -> Say:
    """Run the command in this process on a project of which one page is to be made."""
    project = project_of(tmp_path / "project")
    monkeypatch.chdir(project.root)
    monkeypatch.setattr("juesuan.cli.steps.Build.jobs", lambda _: jobs(1))
    monkeypatch.setattr("juesuan.cli.steps.Build.checked", lambda _: None)
    monkeypatch.setattr("juesuan.execute.cluster._UNREACHED", 0.3)
    return juesuan_here


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--scheduler", "tcp://127.0.0.1:1"), "tcp://127.0.0.1:1：连不上 Dask 的调度器"),
        (("--scheduler", "nowhere://x"), "nowhere://x：连不上 Dask 的调度器"),
        (("--scheduler", "tcp://127.0.0.1:1", "--dask", "2"), "--dask 和 --scheduler 只能用一个；请去掉其中一个。"),
    ],
)
def test_a_cluster_that_cannot_be_had_is_said_with_what_to_do(say: Say, asked: tuple[str, ...], says: str) -> None:
    said = say("run", *asked)
    assert said.status == 2
    assert says in said.errors and "请" in said.errors
    assert "Traceback" not in said.errors


def test_a_machine_without_dask_is_told_how_to_get_it(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = say("run", "--dask", "2")
    assert (said.status, said.errors) == (
        2, "没有安装 Dask；请运行 pip install 'juesuan[cluster]'，或不用 --dask、--scheduler。\n",
    )  # fmt: skip
