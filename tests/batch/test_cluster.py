"""The same class on a cluster of this machine's processes: the same bytes, also when a worker is killed."""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path

import msgspec
import pytest

from grader.batch.engines import DaskCluster, LocalProcesses
from grader.batch.run import grade_batch
from grader.errors import GradmarkError
from grader.gradebook import Recorder, open_gradebook
from grader.intake import take_in
from grader.pset import load_problem_set
from grader.report import GradedFolder
from grader.sandbox.isolation.held import held_folder
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

RIGHT = "def mean(x):\n    return x.sum() / len(x)"
WRONG = "def mean(x):\n    return x.sum()"
SLOW = "import time\ntime.sleep(0.6)"


@pytest.fixture
def class_of_eight(tmp_path):
    pset = load_problem_set(write_tiny_course(tmp_path / "course"))
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    for number in range(8):
        cells = ["import numpy as np", WRONG if number % 3 else RIGHT, SLOW]
        (submissions / f"s{number}.ipynb").write_bytes(notebook(cells))
    return pset, take_in([submissions], pset.name).found


def grade(pset, found, out: Path, **options):
    GradedFolder(out).create(pset.name)
    book = open_gradebook(out / "gradebook.db")
    try:
        return grade_batch(pset, found, Recorder(book, pset), GradedFolder(out), **options)
    finally:
        book.dispose()


def contents(out: Path) -> dict[str, object]:
    """Every result, times apart."""
    found = {}
    for path in sorted((out / "results").iterdir()):
        result = msgspec.json.decode(path.read_bytes())
        for question in result["questions"]:
            for test in question["tests"]:
                test["seconds"] = 0
        found[path.name] = result
    return found


def test_a_cluster_gives_the_same_results_also_when_a_worker_is_killed(class_of_eight, tmp_path, monkeypatch):
    from distributed import Client, LocalCluster

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))  # of the workers, which are started below
    pset, found = class_of_eight
    here, there = tmp_path / "here", tmp_path / "there"
    grade(pset, found, here, engine=LocalProcesses(2))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        with Client(cluster, set_as_default=False) as client:
            victim = client.submit(os.getpid, pure=False).result()
        seen: list[None] = []
        copies: list[Path] = []

        def kill_one() -> None:
            seen.append(None)
            if len(seen) == 2:
                copies.extend(folder.glob("gradmark-course-*"))
                os.kill(victim, signal.SIGKILL)

        engine = DaskCluster(cluster.scheduler_address)
        batch = grade(pset, found, there, engine=engine, progress=kill_one)
    assert len(batch.fresh) == 8
    assert contents(there) == contents(here)
    assert copies, "each worker has a copy of the course while it grades"
    with held_folder("gradmark-course-", str(folder)):
        pass
    assert not list(folder.glob("gradmark-course-*")), "also the killed one's is gone"


def test_an_address_where_nothing_answers_is_one_sentence(class_of_eight, tmp_path):
    pset, found = class_of_eight
    engine = DaskCluster("tcp://127.0.0.1:9")
    with pytest.raises(GradmarkError, match="no Dask scheduler answers at tcp://127"):
        grade(pset, found, tmp_path / "out", engine=engine)


class Elsewhere:
    """A function that only this process has."""

    def __reduce__(self):
        return importlib.import_module, ("no_such_module",)


def test_a_cluster_without_gradmark_is_one_sentence(class_of_eight, tmp_path, monkeypatch):
    from distributed import LocalCluster

    pset, found = class_of_eight
    monkeypatch.setattr("grader.batch.engines.grade_here", Elsewhere())
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        engine = DaskCluster(cluster.scheduler_address)
        with pytest.raises(GradmarkError, match=r"stopped grading .* need the same gradmark installed"):
            grade(pset, found, tmp_path / "out", engine=engine)
