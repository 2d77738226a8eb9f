"""Workers that die: the class is told why where none can start, and a submission only of its own doing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from grader.batch.deaths import how_a_worker_ended, why_no_worker_starts
from grader.batch.engines import LocalProcesses
from grader.batch.worker import Job, _alarm
from grader.errors import GradmarkError
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")

DEADLY = """
import os
import signal
import numpy as np
from grader import check_close, question


@question("q1", points=3)
def test_mean(student):
    number = student.mean(np.arange(3.0))
    if number > 100:
        os.kill(os.getpid(), signal.{signal})
    check_close(number, 1.0)


@question("q2", points=2)
def test_weighted(student):
    check_close(student.weighted_mean(np.ones(3), np.ones(3)), 1.0)
"""
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"


@pytest.fixture
def folder(tmp_path):
    return write_tiny_course(tmp_path / "course")


def job(folder: Path, name: str, answer: str = "x.mean()") -> Job:
    cells = ["import numpy as np", f"def mean(x):\n    return {answer}", WEIGHTED]
    return Job(folder, name, {"tiny.ipynb": notebook(cells)})


def graded(folder: Path, *jobs: Job, workers: int = 1):
    found = {}
    for one in LocalProcesses(workers).run(load_problem_set(folder), iter(jobs)):
        found[one.result.submission] = one.result
    return found


# What a worker does first, instead ---------------------------------------------------------------------------


def has_no_licence() -> None:
    raise RuntimeError("no licence for this machine")


def runs_out_of_memory() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("prepared", [False, True])
@pytest.mark.parametrize(
    ("start", "why"),
    [
        (has_no_licence, "ended with exit code 1 and said last: RuntimeError: no licence for this machine"),
        (runs_out_of_memory, r"was killed \(SIGKILL\), most likely because the machine ran out of memory"),
    ],
)
def test_workers_that_cannot_start_are_one_sentence_for_the_whole_class(
    folder, monkeypatch, start, why, prepared
):
    monkeypatch.setattr("grader.batch.engines.start", start)
    engine = LocalProcesses(2)
    if prepared:
        engine.prepare(folder)
        time.sleep(1)
        engine.expect(8)
    others = set(multiprocessing.active_children())
    jobs = iter([job(folder, f"s{number}") for number in range(8)])
    with pytest.raises(
        GradmarkError, match=f"no submission can be graded: a grading worker without any {why}"
    ):
        list(engine.run(load_problem_set(folder), jobs))
    assert not set(multiprocessing.active_children()) - others


def test_a_python_that_is_broken_is_named(folder, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/no/such/python")
    with pytest.raises(GradmarkError, match=r"exit code 1 and said last: .*No module named 'encodings'"):
        graded(folder, job(folder, "ada"))


def test_a_suite_that_ends_its_worker_when_it_is_collected_concerns_the_whole_class(folder):
    (folder / "suite" / "test_more.py").write_text(
        "import os\nimport sys\nprint('OSError: no such device', file=sys.stderr, flush=True)\nos._exit(7)\n"
    )
    with pytest.raises(GradmarkError, match="ended with exit code 7 and said last: OSError: no such device"):
        graded(folder, job(folder, "ada"), job(folder, "bob"))


def test_a_worker_that_can_start_has_nothing_to_say(folder):
    assert why_no_worker_starts([(os.getpid, ())]) is None


@pytest.mark.parametrize(
    ("name", "how", "order"),
    [
        (
            "SIGKILL",
            "was killed (SIGKILL), most likely because the machine ran out of memory",
            ("eve", "zoe"),
        ),
        ("SIGSEGV", "crashed (SIGSEGV)", ("ada", "eve")),
    ],
)
def test_a_submission_that_ends_its_worker_is_told_apart_and_how(folder, name, how, order):
    (folder / "suite" / "test_means.py").write_text(DEADLY.format(signal=name), encoding="utf-8")
    jobs = {who: job(folder, who, "1e9" if who == "eve" else "x.mean()") for who in order}
    results = graded(folder, *jobs.values())
    assert {who: result.status for who, result in results.items()} == {
        who: "grader_error" if who == "eve" else "graded" for who in order
    }
    assert results["eve"].reason == (
        f"the grading worker died each time it had this submission; the last one {how}; look at it by itself, "
        "or grade it again"
    )


def counts_in_one_call() -> None:
    with _alarm(0.3):
        sum(range(10**15))


def test_a_worker_that_nothing_else_interrupts_ends_itself():
    worker = multiprocessing.get_context("spawn").Process(target=counts_in_one_call)
    worker.start()
    worker.join(30)
    assert worker.exitcode == -signal.SIGALRM
    assert "a test went on long after the submission's time was used up" in how_a_worker_ended(
        worker.exitcode
    )


def test_an_alarm_is_over_with_its_block():
    with _alarm(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.parametrize(
    ("code", "how"),
    [
        (None, "went away"),
        (3, "ended with exit code 3"),
        (-signal.SIGTERM, "was ended from outside (SIGTERM)"),
        (-signal.SIGABRT, "crashed (SIGABRT)"),
        (-200, "was ended by signal 200"),
    ],
)
def test_how_a_worker_ended_in_words(code, how):
    assert how_a_worker_ended(code) == how
