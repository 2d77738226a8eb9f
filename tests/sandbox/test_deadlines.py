"""Limits of time count what a submission used, not how long others kept the processors."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from grader.errors import StudentTimeout
from grader.limits import Limits
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.process import Deadline, Process
from grader.sandbox.outside.session import Session

from .conftest import notebook

RIVALS = 2
BURN = """
import time
def burn(seconds):
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass
    return seconds
"""


@pytest.fixture(scope="module")
def crowded() -> Iterator[Sandbox]:
    """A sandbox on one processor with others that never rest, each in a session of its own as users' jobs are."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(mine)})
    rivals = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True)
        for _ in range(RIVALS)
    ]
    try:
        limits = Limits(cell_seconds=1, call_seconds=1, submission_seconds=90, cpu_seconds=60)
        with Sandbox(preload=["numpy"], limits=limits) as sandbox:
            yield sandbox
    finally:
        os.sched_setaffinity(0, mine)
        for rival in rivals:
            rival.kill()
            rival.wait()


def test_a_busy_machine_stops_no_cell_and_no_call(crowded):
    with Session(crowded, {"ps.ipynb": notebook(BURN, "burn(0.7)")}, "ps", 1) as session:
        started = time.monotonic()
        session.load()
        assert time.monotonic() - started > 1  # longer than the limit, which is what it is to survive
        assert session.report.errors == {}
        assert session.calls("burn", [((0.7,), {})])[0].value == 0.7


def test_a_busy_machine_still_stops_what_does_not_end(crowded):
    with Session(crowded, {"ps.ipynb": notebook(BURN, "burn(1e9)")}, "ps", 1) as session:
        session.load()
        assert session.report.errors == {1: "it was stopped after 1 second"}
        with pytest.raises(StudentTimeout, match="longer than 1 second"):
            session.calls("burn", [((1e9,), {})])


def test_what_only_sleeps_is_stopped_in_time(sandbox):
    with Session(sandbox, {"ps.ipynb": notebook("import time", "time.sleep(60)")}, "ps", 1) as session:
        started = time.monotonic()
        session.load()
        assert session.report.errors == {1: "it was stopped after 2 seconds"}
        assert time.monotonic() - started < 20


class Told:
    """A process that waited for as long as it is told."""

    seconds = 0.0

    def waited(self) -> float:
        return self.seconds


def test_a_deadline_moves_by_what_was_waited_and_once(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("grader.sandbox.outside.process.time.monotonic", lambda: now[0])
    process = Told()
    process.seconds = 7.0  # before the step began
    deadline = Deadline(process, 2.0, lambda: 200.0 - now[0])  # type: ignore[arg-type]
    assert deadline.left() == 2.0
    now[0], process.seconds = 102.5, 8.5
    assert deadline.left() == pytest.approx(1.0)
    now[0] = 103.5
    assert deadline.left() == 0.0
    process.seconds = 0.0  # it is gone: nobody counts any more
    assert deadline.left() == 0.0
    # However long it waited, the submission's own clock is never overrun.
    process.seconds = 1_000.0
    assert deadline.left() == 96.5
    now[0] = 200.0
    assert deadline.left() == 0.0


def test_threads_of_its_own_gain_a_submission_no_time_beyond_its_clock():
    limits = Limits(cell_seconds=1, call_seconds=1, submission_seconds=8, cpu_seconds=60)
    hog = """
import hashlib, threading
def hog():
    data = bytes(1 << 24)
    def work():
        while True:
            hashlib.sha256(data)  # without the interpreter's lock
    for _ in range(12):
        threading.Thread(target=work, daemon=True).start()
    work()
"""
    with (
        Sandbox(preload=["numpy"], limits=limits) as sandbox,
        Session(sandbox, {"ps.ipynb": notebook(hog)}, "ps", 1) as session,
    ):
        session.load()
        started = time.monotonic()
        with pytest.raises(StudentTimeout, match="your whole submission reached its time limit of 8 seconds"):
            session.calls("hog", [((), {})])
        assert time.monotonic() - started < limits.submission_seconds + 5


def test_a_process_that_has_ended_waited_for_nothing(sandbox):
    process: Process = sandbox.fork()
    assert process.waited() >= 0
    process.end()
    assert process.waited() == 0.0
