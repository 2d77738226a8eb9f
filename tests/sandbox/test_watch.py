"""What a submission writes: counted, ended where it is too much, and removed."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest

from grader.limits import Limits
from grader.sandbox.isolation.counting import Usage, usage
from grader.sandbox.isolation.identity import become
from grader.sandbox.isolation.scratch import remove_tree
from grader.sandbox.outside import watch as watch_module
from grader.sandbox.outside.watch import Watch
from tests.sandbox.forked import in_child
from tests.waiting import wait_until


def nested(folder: Path, name: str, depth: int) -> None:
    """Folders one in another, deeper than a path may be long; the innermost holds a file of 1 MB."""
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(depth):
            os.mkdir(name)
            os.chdir(name)
        Path("file").write_bytes(os.urandom(1 << 20))
    finally:
        os.chdir(here)


def counted(folder: Path, *, most_bytes: int = 1 << 30, most_entries: int = 20_000) -> Usage:
    top = os.open(folder, os.O_RDONLY)
    try:
        return usage(top, most_bytes=most_bytes, most_entries=most_entries)
    finally:
        os.close(top)


def test_counting_stops_where_there_is_too_much(tmp_path) -> None:
    for i in range(50):
        (tmp_path / str(i)).write_bytes(bytes(8192))
    assert counted(tmp_path, most_entries=10).entries == 11
    assert counted(tmp_path, most_bytes=8192).entries == 2
    found = counted(tmp_path)
    assert (found.total, found.entries, found.unread, found.disturbed) == (50 * 8192, 50, False, False)


@pytest.mark.parametrize(("name", "depth"), [("d", 6000), ("long" * 60, 100)])
def test_what_lies_below_the_longest_path_counts_too(tmp_path, name, depth) -> None:
    nested(tmp_path, name, depth)
    (tmp_path / "beside").mkdir()
    before = len(os.listdir("/proc/self/fd"))
    found = counted(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before
    assert (found.entries, found.disturbed) == (depth + 2, False)
    assert found.total >= 1 << 20
    shutil.rmtree(tmp_path / "beside")
    remove_tree(str(tmp_path / name))
    assert os.listdir(tmp_path) == []


def test_a_walk_holds_few_descriptors_however_deep(tmp_path) -> None:
    nested(tmp_path, "d", 500)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    def attempt() -> list[object]:
        used = max(map(int, os.listdir("/proc/self/fd")))
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(used + 8, soft), hard))
        found = counted(tmp_path)
        return [found.entries, found.disturbed]

    assert in_child(attempt) == [501, False]


def test_a_file_of_many_names_takes_room_once_and_an_entry_each(tmp_path) -> None:
    (tmp_path / "file").write_bytes(os.urandom(1 << 20))
    for i in range(20):
        os.link(tmp_path / "file", tmp_path / str(i))
    found = counted(tmp_path)
    assert found.entries == 21
    assert 1 << 20 <= found.total < 2 << 20


@pytest.mark.parametrize("mode", [0, 0o300, 0o400])
def test_a_folder_that_may_not_be_read_is_told(tmp_path, mode) -> None:
    def attempt() -> bool:
        top = os.open(tmp_path, os.O_RDONLY)
        if os.geteuid() == 0:
            os.fchown(top, 12_345, 12_345)
            become(12_345)
        os.mkdir("closed", dir_fd=top)
        os.close(os.open("closed/file", os.O_CREAT, dir_fd=top))
        assert not usage(top, most_bytes=1 << 30, most_entries=100).unread
        os.chmod("closed", mode, dir_fd=top)
        return usage(top, most_bytes=1 << 30, most_entries=100).unread

    assert in_child(attempt) is True


def test_what_is_moved_during_a_walk_counts_once_and_does_not_stay_hidden(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    nested(tmp_path / "a", "d", 30)
    stop = threading.Event()

    def move() -> None:
        while not stop.is_set():
            for one, other in (("a", "b"), ("b", "a")):
                os.rename(tmp_path / one / "d", tmp_path / other / "d")

    mover = threading.Thread(target=move)
    mover.start()
    try:
        walks = [counted(tmp_path) for _ in range(300)]
    finally:
        stop.set()
        mover.join()
    assert max(found.entries for found in walks) <= 2 + 30 + 1
    assert max(found.total for found in walks) >= 1 << 20


def watching(folder: Path, told: list[str], **limits: int) -> Watch:
    return Watch(os.getpid(), str(folder), Limits(**limits), count_threads=False, exceeded=told.append)


def test_the_watch_sees_what_lies_deeper_than_a_path_is_long(tmp_path) -> None:
    told: list[str] = []
    watch = watching(tmp_path, told, scratch_mb=3)
    nested(tmp_path, "long" * 60, 100)
    (tmp_path / "small").write_bytes(os.urandom(1 << 20))
    watch.stop()
    assert told == []
    watch = watching(tmp_path, told, scratch_mb=1)
    assert wait_until(lambda: told) == ["wrote more than 1 MB of files"]
    watch.stop()


def test_folders_that_always_move_end_a_submission(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(watch_module, "usage", lambda *_, **__: Usage(disturbed=True))
    told: list[str] = []
    watch = watching(tmp_path, told)
    assert wait_until(lambda: told) == ["moved its folders about faster than they can be counted"]
    watch.stop()


def test_files_and_folders_that_come_and_go_are_no_offence(tmp_path) -> None:
    told: list[str] = []
    watch = watching(tmp_path, told)
    try:
        until = time.monotonic() + 2
        while time.monotonic() < until:
            with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
                (Path(folder) / "file").touch()
            with tempfile.NamedTemporaryFile(dir=tmp_path):
                pass
    finally:
        watch.stop()
    assert told == []


@pytest.mark.parametrize(
    ("scratch_mb", "processes", "says"), [(1, 999, "1 MB of files"), (99, 2, "2 threads")]
)
def test_the_watch_tells_once_what_is_exceeded(tmp_path, scratch_mb, processes, says) -> None:
    told: list[str] = []
    stop = threading.Event()
    threads = [threading.Thread(target=stop.wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    limits = Limits(scratch_mb=scratch_mb, processes=processes)
    watch = Watch(os.getpid(), str(tmp_path), limits, count_threads=True, exceeded=told.append)
    (tmp_path / "big").write_bytes(os.urandom(3 << 20))
    wait_until(lambda: told)
    watch.stop()
    stop.set()
    assert len(told) == 1
    assert says in told[0]


def test_any_tree_is_removed_and_nothing_outside_it(tmp_path) -> None:
    (tmp_path / "keep").mkdir()
    (tmp_path / "keep" / "file").write_text("x")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "link").symlink_to(tmp_path / "keep")
    (tree / "locked").mkdir()
    (tree / "locked" / "file").write_text("x")
    (tree / "locked").chmod(0)
    os.close(os.open(os.fsencode(tree) + b"/\xff\n", os.O_CREAT | os.O_WRONLY))
    nested(tree, "d", 1500)
    nested(tree, "long" * 60, 200)
    remove_tree(str(tree))
    assert os.listdir(tmp_path) == ["keep"]
    assert (tmp_path / "keep" / "file").read_text() == "x"
