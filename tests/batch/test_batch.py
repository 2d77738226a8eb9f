"""Many submissions: results written whole, kept when nothing changed, and redone when a worker dies."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from grader.batch.engines import LocalProcesses
from grader.batch.run import grade_batch
from grader.cli import main
from grader.encoding import decode_exact
from grader.errors import GradmarkError
from grader.gradebook import Recorder, open_gradebook
from grader.intake import take_in
from grader.pset import load_problem_set
from grader.report import GradedFolder
from tests.commands import heed_ctrl_c
from tests.judges import at_work, judges
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course
from tests.waiting import wait_until

RIGHT = [
    "import numpy as np",
    "def mean(x):\n    return x.sum() / len(x)",
    "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()",
]
WRONG = [RIGHT[0], "def mean(x):\n    return x.sum()", RIGHT[2]]


@pytest.fixture
def course(tmp_path):
    """A tiny course and the folder of its submissions."""
    pset = write_tiny_course(tmp_path / "course")
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    return load_problem_set(pset), submissions


def run(problem_set, submissions: Path, out: Path, **options):
    found = take_in([submissions], problem_set.name).found
    GradedFolder(out).create(problem_set.name)
    engine = open_gradebook(out / "gradebook.db")
    try:
        recorder, workers = Recorder(engine, problem_set), LocalProcesses(options.pop("jobs", 1))
        return grade_batch(problem_set, found, recorder, GradedFolder(out), engine=workers, **options)
    finally:
        engine.dispose()


def command(problem_set, submissions: Path, out: Path, *more: str):
    arguments = ["grade", str(problem_set.path), str(submissions), "--out", str(out), "--jobs", "1", *more]
    return CliRunner().invoke(main, arguments)


def hand_in(folder: Path, **cells: list[str]) -> None:
    for name, source in cells.items():
        (folder / f"{name}.ipynb").write_bytes(notebook(source))


def test_a_class_is_graded_and_written(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    (submissions / "cy.ipynb").write_text("{broken", encoding="utf-8")
    done = command(problem_set, submissions, tmp_path / "out")
    assert done.exit_code == 1, "one could not be graded"
    assert "cy was not graded (rejected): cy.ipynb is not a notebook" in done.stdout
    rows = list(csv.DictReader((tmp_path / "out" / "scores.csv").open(encoding="utf-8")))
    assert [row["submission"] for row in rows] == ["ada", "bob", "cy"]
    assert list(rows[0])[:7] == ["submission", "student_id", "name", "email", "status", "score", "max_score"]
    assert (rows[0]["status"], rows[0]["q1"], rows[1]["status"]) == ("graded", "3", "graded")
    assert (rows[2]["status"], rows[2]["score"], rows[2]["q1"]) == ("rejected", "", ""), "nobody's zero"
    written = json.loads((tmp_path / "out" / "results" / "bob.json").read_text(encoding="utf-8"))
    assert list(written) == [
        "submission", "pset", "student", "status", "reason", "score", "max_score", "questions", "notebook_errors",
        "provenance",
    ]  # fmt: skip
    assert list(written["provenance"]) == [
        "submission_sha256", "pset_sha256", "gradmark", "python", "numpy", "seed", "isolation",
    ]  # fmt: skip
    assert list(written["questions"][0]["tests"][0])[:10] == [
        "name", "file", "title", "status", "kind", "score", "max_score", "visibility", "message", "mistake",
    ]  # fmt: skip


def test_what_did_not_change_is_kept(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    out = tmp_path / "out"
    assert run(problem_set, submissions, out).fresh == {"ada", "bob"}
    assert run(problem_set, submissions, out).fresh == set()
    assert run(problem_set, submissions, out, force=True).fresh == {"ada", "bob"}
    hand_in(submissions, bob=RIGHT)
    assert run(problem_set, submissions, out).fresh == {"bob"}
    (out / "results" / "ada.json").unlink()
    assert run(problem_set, submissions, out).fresh == set(), "the gradebook has it"


def test_a_submission_whose_failures_could_not_be_followed_is_graded_again(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    out = tmp_path / "out"
    attempts = run(problem_set, submissions, out).attempts
    result = decode_exact((out / "results" / "bob.json").read_bytes())
    result.unfollowed = True
    engine = open_gradebook(out / "gradebook.db")
    assert Recorder(engine, problem_set).record(attempts["bob"], result)
    engine.dispose()
    assert run(problem_set, submissions, out).fresh == {"bob"}
    assert run(problem_set, submissions, out).fresh == set()


def test_a_gradebook_that_cannot_be_opened_ends_the_run_and_loses_nothing(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, **{f"student{number}": RIGHT for number in range(8)})
    done = command(problem_set, submissions, tmp_path / "out", "--db", f"sqlite:///{tmp_path}/nowhere/x.db")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr
    assert not list((tmp_path / "out" / "results").iterdir()), "it is said before anything is graded"
    again = command(problem_set, submissions, tmp_path / "out")
    assert again.exit_code == 0, again.output
    assert len(list((tmp_path / "out" / "results").iterdir())) == 8


def test_a_worker_that_was_started_for_nothing_is_given_up(course):
    problem_set, _ = course
    others = judges()
    engine = LocalProcesses(2)
    engine.prepare(problem_set.path)
    begun = judges() - others
    engine.prepare(problem_set.path)
    assert judges() - others == begun != set()
    engine.expect(5)
    assert judges() - others >= begun
    engine.close()
    engine.close()
    assert not judges() - others


def test_a_class_that_is_not_there_is_said_at_once(course, tmp_path):
    problem_set, _ = course
    others = judges()
    done = command(problem_set, tmp_path / "no-such-folder", tmp_path / "out")
    assert done.exit_code == 1
    assert "no-such-folder" in done.stderr
    assert not judges() - others


def test_a_change_of_the_course_regrades_whom_it_can_affect(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    out = tmp_path / "out"
    path = problem_set.path

    def edit(file: str, old: str, new: str):
        text = (path / file).read_text(encoding="utf-8")
        assert old in text
        (path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return run(load_problem_set(path), submissions, out)

    assert run(problem_set, submissions, out).fresh == {"ada", "bob"}
    assert edit("tiny.md", "Means of numbers.", "Averages.").fresh == set(), "prose"
    assert edit("mistakes.py", '"""', '"""Known ones. ').fresh == {"bob"}, "what failures are told"
    again = edit("suite/test_means.py", "BOUND = 1e-9", "BOUND = 1e-8")
    assert (again.fresh, again.moved) == ({"ada", "bob"}, {})
    again = edit("suite/test_means.py", "ref.mean(secret_sample)", "ref.mean(secret_sample) + 1")
    assert again.moved == {"ada": (5.0, 4.0)}


def test_whose_score_moved_is_told_also_where_the_run_that_moved_it_was_killed(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    out = tmp_path / "out"
    assert " moved from " not in command(problem_set, submissions, out, "--no-feedback").output
    suite = problem_set.path / "suite" / "test_means.py"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(
        text.replace("ref.mean(secret_sample)", "ref.mean(secret_sample) + 1", 1), encoding="utf-8"
    )
    recorded: list[None] = []

    def stop_after_both() -> None:
        recorded.append(None)
        if len(recorded) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(load_problem_set(problem_set.path), submissions, out, progress=stop_after_both)
    done = command(problem_set, submissions, out, "--no-feedback")
    assert "0 graded now" in done.output
    assert "Scores:" in done.output
    assert "Report:" not in done.output, "none was made"
    assert "ada moved from 5 to 4 points by tests." in done.output
    assert " moved from " not in command(problem_set, submissions, out, "--no-feedback").output


def test_the_number_of_workers_does_not_change_a_byte(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, **{f"s{i}": (WRONG if i % 3 else RIGHT) for i in range(6)})
    contents = []
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        run(problem_set, submissions, out, jobs=jobs)
        results = [msgspec.json.decode(path.read_bytes()) for path in sorted((out / "results").iterdir())]
        for result in results:
            for question in result["questions"]:
                for test in question["tests"]:
                    test["seconds"] = 0
        contents.append(results)
    assert contents[0] == contents[1]


def test_a_worker_that_is_killed_has_its_submission_graded_by_another(course, tmp_path):
    problem_set, submissions = course
    slow = [*RIGHT, "import time\ntime.sleep(3)"]
    hand_in(submissions, ada=slow, bob=RIGHT)
    killed: list[int] = []

    def kill_the_worker() -> None:
        judge = wait_until(lambda: next(filter(at_work, judges()), None))
        os.kill(judge, signal.SIGKILL)
        killed.append(judge)

    killer = threading.Thread(target=kill_the_worker)
    killer.start()
    batch = run(problem_set, submissions, tmp_path / "out")
    killer.join()
    assert killed, "the test killed no worker"
    assert batch.statuses == {"ada": "graded", "bob": "graded"}


def test_an_interrupted_run_goes_on_where_it_was(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, **{f"s{i}": [*RIGHT, "import time\ntime.sleep(0.2)"] for i in range(8)})
    out = tmp_path / "out"
    arguments = ["grade", str(problem_set.path), str(submissions), "--out", str(out), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.cli", *arguments], stderr=subprocess.PIPE, start_new_session=True
    )
    wait_until(lambda: list(out.glob("results/s*.json")))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    before = {path.name for path in out.glob("results/s*.json")}
    assert 0 < len(before) < 8
    for path in out.glob("results/s*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert {f"{name}.json" for name in run(problem_set, submissions, out).fresh}.isdisjoint(before)
    assert len(list(out.glob("results/s*.json"))) == 8


def test_ctrl_c_waits_for_no_submission_and_the_same_command_goes_on(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=[*RIGHT, "import time\ntime.sleep(28)"])
    out = tmp_path / "out"
    arguments = ["grade", str(problem_set.path), str(submissions), "--out", str(out), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.cli", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    wait_until((out / "results" / "ada.json").exists)
    wait_until(lambda: at_work(process.pid), what="it was bob's turn")
    stopped = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert time.monotonic() - stopped < 20
    assert process.returncode == 130
    assert said.endswith("Stopped. What was graded is kept; run the same command again to go on.\n")
    assert "Traceback" not in said
    assert [path.name for path in (out / "results").iterdir()] == ["ada.json"]
    (submissions / "bob.ipynb").write_bytes(notebook(RIGHT))
    assert run(problem_set, submissions, out).fresh == {"bob"}


def test_one_run_at_a_time_grades_into_a_folder_and_removes_what_a_killed_one_left_half_written(
    course, tmp_path
):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT)
    out = tmp_path / "out"
    with GradedFolder(out).held(problem_set.name):
        (out / "results" / ".x.part").write_text("half", encoding="utf-8")
        with pytest.raises(GradmarkError, match="another run is grading into"):
            run(problem_set, submissions, out)
    assert run(problem_set, submissions, out).fresh == {"ada"}
    assert [path.name for path in (out / "results").iterdir()] == ["ada.json"]


def test_a_full_disk_stops_the_run_and_costs_nobody_anything(course, tmp_path, monkeypatch):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=RIGHT, cy=RIGHT)
    out = tmp_path / "out"
    written: list[str] = []

    def until_the_disk_is_full(descriptor: int, *arguments, **options):
        if len(written) >= 2:
            os.close(descriptor)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append("a file")
        return open(descriptor, *arguments, **options)

    with monkeypatch.context() as full:
        full.setattr("grader.files.open", until_the_disk_is_full, raising=False)
        with pytest.raises(GradmarkError, match="No space left on device; free some space, then run"):
            run(problem_set, submissions, out)
    assert not [path for path in out.rglob("*") if path.suffix == ".part"], "no half a file is left"
    batch = run(problem_set, submissions, out)
    assert set(batch.statuses.values()) == {"graded"}
    assert 0 < len(batch.fresh) < 3, "what was written before is kept"


def test_a_folder_that_cannot_be_written_is_one_sentence(course, tmp_path):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT)
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(GradmarkError, match="name another --out"):
        run(problem_set, submissions, tmp_path / "out")


def test_wrong_usage_is_one_sentence(course, tmp_path):
    problem_set, submissions = course
    missing = command(problem_set, submissions / "nowhere", tmp_path / "out")
    assert missing.exit_code in (1, 2)
    assert "nowhere does not exist" in missing.stderr
    assert "Traceback" not in missing.stderr
    unknown = CliRunner().invoke(main, ["grade", "ps99", str(submissions), "--out", str(tmp_path / "out")])
    assert unknown.exit_code == 2
    assert "ps99" in unknown.stderr


def test_resuming_says_how_many_were_graded_under_another_python_numpy_or_gradmark(
    course, tmp_path, monkeypatch
):
    problem_set, submissions = course
    hand_in(submissions, ada=RIGHT, bob=WRONG)
    out = tmp_path / "out"
    assert command(problem_set, submissions, out, "--no-feedback").exit_code == 0
    assert "another" not in command(problem_set, submissions, out, "--no-feedback").output
    monkeypatch.setattr("grader.batch.run.version", lambda: "0.0.1")
    kept = " ".join(command(problem_set, submissions, out, "--no-feedback").output.split())
    assert "0 graded now, 2 kept from before" in kept
    assert "Of those kept, 2 under another gradmark than this one; --force grades them again." in kept
    assert "2 graded now" in command(problem_set, submissions, out, "--no-feedback", "--force").output
