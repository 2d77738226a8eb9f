"""Folders that a killed process left are removed by the next one, and those of the living are not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from grader.sandbox.isolation.held import held_folder

HOLD = """
import sys
from pathlib import Path
from grader.sandbox.isolation.held import held_folder
with held_folder("held-", sys.argv[1]) as folder:
    (Path(folder) / "secret").write_text("the answers")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def start(tmp_path):
    """Starts a process that holds a folder in ``tmp_path``; gives both."""
    started = []

    def hold() -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", HOLD, str(tmp_path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, Path(process.stdout.readline().strip())

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def test_a_killed_process_s_folder_is_removed_by_the_next_one_and_a_living_one_s_is_not(start, tmp_path):
    killed, left = start()
    _, living = start()
    killed.kill()
    killed.wait()
    assert (left / "secret").is_file()
    with held_folder("held-", str(tmp_path)) as mine:
        assert not left.exists()
        assert (living / "secret").is_file()
        assert os.stat(mine).st_mode & 0o777 == 0o700
    assert sorted(tmp_path.iterdir()) == [living]


def test_links_files_and_other_names_are_left_alone(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    (tmp_path / "held-link").symlink_to(kept)
    (tmp_path / "held-file").touch()
    with held_folder("held-", str(tmp_path)):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["held-file", "held-link", "kept"]
    assert (kept / "file").is_file()


def test_many_at_once_each_keep_their_own(tmp_path):
    """One that is made while another looks for leftovers is lost to neither."""
    failures: list[BaseException] = []

    def hold_some() -> None:
        try:
            for _ in range(100):
                with held_folder("held-", str(tmp_path)) as folder:
                    (Path(folder) / "mine").touch()
                    assert (Path(folder) / "mine").is_file()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=hold_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert list(tmp_path.iterdir()) == []
