"""What builds are made of: a digest is never believed of a file that changed, a result never given for other inputs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from juesuan.building import BusyError, Digests, Inputs, Store, changed, lay_out, only_builder, run_pool
from juesuan.building.digests import ABSENT

LONG_AGO = 1_600_000_000
HOLD = "import sys,time;from pathlib import Path;from juesuan.building import only_builder\n"
HOLD += "with only_builder(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


def aged(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock run ahead, so that a file just written counts as one that was left alone for a while."""
    real = time.time_ns
    monkeypatch.setattr("juesuan.building.digests.time.time_ns", lambda: real() + 60_000_000_000)


def kept(path: Path, *files: Path) -> Digests:
    digests = Digests(path)
    for file in files:
        digests.of(file)
    digests.write()
    return Digests(path)


def test_a_file_that_was_left_alone_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    file = aged(tmp_path / "a.csv", "1")
    again = kept(tmp_path / "digests.json", file)
    before = Digests().of(file)
    monkeypatch.setattr("juesuan.building.digests.hashlib.file_digest", lambda *_: pytest.fail("it was read again"))
    assert again.of(file) == before


@pytest.mark.parametrize("restored", [False, True], ids=["new-time", "old-time-put-back"])
def test_an_edit_of_the_same_length_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restored: bool) -> None:
    settled(monkeypatch)
    file = aged(tmp_path / "a.csv", "191.39")
    again, before = kept(tmp_path / "digests.json", file), Digests().of(file)
    time.sleep(0.02)
    file.write_text("191.49", encoding="utf-8")
    if restored:
        os.utime(file, (LONG_AGO, LONG_AGO))
    assert again.of(file) != before


def test_a_file_changed_within_the_grain_of_the_clock_is_read_again_each_time(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1", encoding="utf-8")
    kept(tmp_path / "digests.json", file)
    told = (tmp_path / "digests.json").read_text(encoding="utf-8") if (tmp_path / "digests.json").exists() else "{}"
    assert json.loads(told) == {}


def test_a_file_that_got_another_name_is_not_read_again_and_an_edit_through_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    file, second, third = aged(tmp_path / "a.json", "191.39"), tmp_path / "b.json", tmp_path / "c.json"
    os.link(file, second)
    again, before = kept(tmp_path / "digests.json", file), Digests().of(file)
    time.sleep(0.02)
    os.link(file, third)  # which changes its entry
    with monkeypatch.context() as patch:
        patch.setattr("juesuan.building.digests.hashlib.file_digest", lambda *_: pytest.fail("it was read again"))
        assert again.of(file) == before
    third.write_text("191.49", encoding="utf-8")
    assert Digests(tmp_path / "digests.json").of(file) != before


def test_a_file_put_in_the_place_of_another_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    file, other = aged(tmp_path / "a.csv", "1"), aged(tmp_path / "b.csv", "2")
    again, before = kept(tmp_path / "digests.json", file), Digests().of(file)
    other.replace(file)
    assert again.of(file) != before


def test_what_is_no_file_is_absent(tmp_path: Path) -> None:
    assert Digests().of(tmp_path / "none") == Digests().of(tmp_path) == ABSENT


def test_a_damaged_list_of_digests_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "digests.json").write_text('{"a": [1', encoding="utf-8")
    file = aged(tmp_path / "a.csv", "1")
    assert Digests(tmp_path / "digests.json").of(file) == Digests().of(file)


def of_folder(folder: Path) -> Inputs:
    inputs = Inputs(Digests())
    inputs.word("版本 pandas", "3.0")
    inputs.folder("data/x/2021", folder)
    return inputs


def put(store: Store, inputs: Inputs, text: str = "页") -> None:
    with store.making() as made:
        aged(made / "2021/x/report.ipynb", text)
        store.put("pages/report", inputs, made)


def edit(folder: Path) -> None:
    aged(folder / "revenue.csv", "2")


def add(folder: Path) -> None:
    aged(folder / "new.csv", "")


def remove(folder: Path) -> None:
    (folder / "revenue.csv").unlink()


def rename(folder: Path) -> None:
    (folder / "revenue.csv").rename(folder / "totals.csv")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit, ["data/x/2021/revenue.csv 有改动"]),
        (add, ["data/x/2021/new.csv 是新的"]),
        (remove, ["data/x/2021/revenue.csv 没有了"]),
        (rename, ["data/x/2021/revenue.csv 没有了", "data/x/2021/totals.csv 是新的"]),
    ],
)
def test_a_result_is_given_for_its_own_inputs_and_otherwise_it_is_said_why_not(
    tmp_path: Path, change: Callable[[Path], None], why: list[str]
) -> None:
    data, store = aged(tmp_path / "data/revenue.csv", "1").parent, Store(tmp_path / "store")
    put(store, of_folder(data))
    assert store.get("pages/report", of_folder(data).key) is not None
    change(data)
    now = of_folder(data)
    assert store.get("pages/report", now.key) is None
    assert store.why("pages/report", now) == why


def test_a_new_version_is_named_with_the_old() -> None:
    now = Inputs(Digests(), {"版本 pandas": "3.1"})
    assert changed(now, {"版本 pandas": "3.0"}, {}) == ["版本 pandas 3.0→3.1"]


def test_what_was_never_made_has_no_reason(tmp_path: Path) -> None:
    assert Store(tmp_path).why("pages/report", Inputs(Digests(), {"a": "1"})) == []


def test_a_result_that_was_edited_through_its_link_is_none(tmp_path: Path) -> None:
    data, store = aged(tmp_path / "data/revenue.csv", "1").parent, Store(tmp_path / "store")
    put(store, of_folder(data))
    item = store.get("pages/report", of_folder(data).key)
    assert item is not None
    lay_out([item], tmp_path / "pages")
    assert item.whole(tmp_path / "pages")
    with (tmp_path / "pages/2021/x/report.ipynb").open("a", encoding="utf-8") as page:
        page.write("改")
    assert store.get("pages/report", of_folder(data).key) is None


def test_a_result_that_was_being_made_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(RuntimeError), store.making() as made:
        aged(made / "half", "半")
        raise RuntimeError("断电")
    assert not list((tmp_path / "store/.aside").iterdir())


def test_of_a_name_the_key_in_use_and_the_newest_beside_it_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    inputs = [Inputs(Digests(), {"a": str(number)}) for number in range(4)]
    for number, one in enumerate(inputs):
        put(store, one)
        os.utime(next((tmp_path / "pages~report").glob(f"{one.key[:32]}")), (LONG_AGO + number,) * 2)
    store.prune("pages/", {"pages/report": inputs[0].key}, others=True)
    assert [store.get("pages/report", one.key) is not None for one in inputs] == [True, False, False, True]


def test_names_not_asked_for_go_only_when_all_were_asked_for(tmp_path: Path) -> None:
    store, inputs = Store(tmp_path), Inputs(Digests(), {"a": "1"})
    put(store, inputs)
    store.prune("site/", {}, others=False)
    store.prune("pages/", {}, others=True)
    assert store.get("pages/report", inputs.key) is not None
    store.prune("pages/", {}, others=False)
    assert store.get("pages/report", inputs.key) is None


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that builds at `tmp_path`."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "build/building.lock")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_builder_that_does_not_wait_is_told_who_builds(tmp_path: Path, builder: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(BusyError, match=f"正在生成：进程 {builder.pid}（"),
        only_builder(tmp_path / "build/building.lock", wait=False),
    ):
        pytest.fail("two builders at once")


def test_a_second_builder_waits_until_the_first_is_killed(tmp_path: Path, builder: subprocess.Popen[str]) -> None:
    told: list[str] = []

    def waiting(said: str) -> None:
        told.append(said)
        builder.kill()

    with only_builder(tmp_path / "build/building.lock", waiting=waiting):
        assert builder.wait() != 0
    assert len(told) == 1
    assert str(builder.pid) in told[0]


def test_a_builder_that_is_alone_waits_for_nobody(tmp_path: Path) -> None:
    entered = 0
    for _ in range(2):
        with only_builder(tmp_path / "build/building.lock", wait=False):
            entered += 1
    assert entered == 2


def square(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), 9)
    return number * number


def test_a_pool_gives_each_task_its_result_and_none_for_a_killed_process(tmp_path: Path) -> None:
    assert dict(run_pool(square, [1, 2], 2, tmp_path / "log")) == {1: 1, 2: 4}
    assert dict(run_pool(square, [3], 1, tmp_path / "log")) == {3: None}


def found(file: Path) -> bool:
    while not file.exists():
        time.sleep(0.01)
    return True


def test_what_is_done_meanwhile_is_done_once_while_the_processes_work(tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b"]

    def write() -> None:
        for file in files:
            file.touch(exist_ok=False)

    assert dict(run_pool(found, files, 1, tmp_path / "log", write)) == dict.fromkeys(files, True)


def test_what_is_done_meanwhile_is_done_also_where_nothing_is_to_do(tmp_path: Path) -> None:
    assert list(run_pool(square, [], 1, tmp_path / "log", (tmp_path / "done").touch)) == []
    assert (tmp_path / "done").exists()


def rest(begun: Path) -> int:
    begun.touch()
    subprocess.run(["sleep", "60"], check=False)
    return 0


def test_a_pool_that_is_interrupted_ends_its_processes_and_theirs(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        _interrupted(tmp_path)
    assert time.monotonic() - started < 30


def _interrupted(tmp_path: Path) -> None:
    """Interrupt a pool whose tasks all run: while one is still forked, Python gives the interrupt to nobody."""
    begun = [tmp_path / "one", tmp_path / "two"]

    def interrupt() -> None:
        while not all(path.exists() for path in begun):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored
    threading.Thread(target=interrupt, daemon=True).start()
    try:
        list(run_pool(rest, begun, 2, tmp_path / "log"))
    finally:
        signal.signal(signal.SIGINT, before)
