"""``gradmark run`` on real submissions in folders laid out like Gradescope's, and when everything goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from grader.gradescope import FILES, Places, grade_here
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.gradescope.schema import problems, shown_to_students
from tests.gradescope.test_metadata import EXAMPLE
from tests.judges import at_work
from tests.notebooks import notebook, submission_cells
from tests.pset.tiny import write_tiny_course
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
GRADMARK = [sys.executable, "-m", "grader.cli"]


@pytest.fixture
def places(tmp_path) -> Places:
    """A tiny course in ``source``, a right answer in ``submission``."""
    root = tmp_path / "autograder"
    write_tiny_course(root / "source")
    (root / "submission").mkdir()
    (root / "submission_metadata.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    hand_in(Places(root))
    return Places(root)


def hand_in(places, **changed):
    cells = submission_cells(load_problem_set(places.source / "psets" / "tiny"), changed)
    (places.submission / "tiny.ipynb").write_bytes(notebook(cells))


def run(places, *arguments, **environment):
    command = [*GRADMARK, "run", "--root", str(places.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ | environment)


def results(places):
    content = places.results.read_bytes()
    assert problems(content) == []
    return json.loads(content)


def status(places):
    return results(places)["extra_data"]["gradmark"]["status"]


def test_a_right_answer(places):
    done = run(places)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("graded: 5 points in ")
    got = results(places)
    assert got["score"] == 5.0
    assert {test["status"] for test in got["tests"]} == {"passed"}
    assert got["execution_time"] > 0
    assert [path.name for path in places.results.parent.iterdir()] == ["results.json"]


def test_a_wrong_answer_is_explained(places):
    hand_in(places, mean="def mean(x):\n    return sum(x)")
    run(places)
    got = results(places)
    assert got["score"] == 2.0
    assert "You return the sum; the question asks for the mean." in shown_to_students(got)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "neither a notebook"),
        ({"tiny.ipynb": b"{not json"}, "tiny.ipynb"),
        ({"report.pdf": b"%PDF"}, "neither a notebook"),
        ({"big.ipynb": b" " * (49 << 20)}, "larger than 48 MB"),
    ],
    ids=["nothing", "broken", "other", "large"],
)
def test_what_is_no_submission_is_told_to_the_student(places, files, said):
    shutil.rmtree(places.submission)
    places.submission.mkdir()
    for name, content in files.items():
        (places.submission / name).write_bytes(content)
    assert run(places).returncode == 0
    assert status(places) == "rejected"
    assert said in results(places)["output"]
    assert results(places)["score"] == 0


def test_a_link_out_of_the_submission_is_refused(places):
    (places.submission / "tiny.ipynb").unlink()
    (places.submission / "tiny.ipynb").symlink_to(places.source / "reference" / "means.py")
    run(places)
    assert "is a link" in results(places)["output"]


def test_a_broken_course_is_told_to_staff_only(places):
    suite = places.source / "psets" / "tiny" / "suite" / "test_means.py"
    suite.write_text(suite.read_text() + "\nimport nowhere_at_all\n")
    assert run(places).returncode == 0
    got = results(places)
    assert got["score"] == 2.5, "the points of the last attempt"
    assert "because of an error on our side" in got["output"]
    assert "nowhere_at_all" not in shown_to_students(got)
    assert "nowhere_at_all" in got["tests"][-1]["output"]
    assert got["tests"][-1]["visibility"] == "hidden"


def test_without_a_course(places):
    shutil.rmtree(places.source)
    assert run(places).returncode == 0
    assert "holds no problem set" in results(places)["tests"][-1]["output"]


def test_without_metadata(places):
    places.metadata.unlink()
    assert run(places).returncode == 0
    got = results(places)
    assert got["score"] == 5.0
    assert "lateness is unknown" in got["tests"][-1]["output"]
    assert "lateness is unknown" not in shown_to_students(got)


def test_an_exception_of_ours(places, tmp_path):
    """Even one that nobody thought of: its traceback reaches staff."""
    (tmp_path / "sitecustomize.py").write_text(
        "import grader.gradescope.run as run\n\ndef broken(*_):\n    raise ZeroDivisionError('unheard of')\n"
        "run.one_submission = broken\n"
    )
    assert run(places, PYTHONPATH=f"{tmp_path}:{Path.cwd()}").returncode == 0
    got = results(places)
    assert status(places) == "grader_error"
    assert "Traceback" in got["tests"][-1]["output"]
    assert "unheard of" not in shown_to_students(got)


def test_lateness_by_the_metadata(places):
    yaml = places.source / "psets" / "tiny" / "pset.yaml"
    yaml.write_text(yaml.read_text() + "due: 2018-07-30T23:00:00-07:00\nlate: {percent_per_day: 20}\n")
    due = datetime.fromisoformat(EXAMPLE["assignment"]["due_date"])
    late = EXAMPLE | {"created_at": (due + timedelta(hours=30)).isoformat()}
    places.metadata.write_text(json.dumps(late))
    run(places)
    assert results(places)["score"] == 3.0
    assert "2 days late, which costs 40%" in results(places)["output"]


@pytest.mark.parametrize(
    ("title", "arguments", "environment", "found"),
    [
        ("Homework: Tiny", (), {}, "tiny"),
        ("Homework 2 (other)", (), {}, "other"),
        ("Destiny", (), {}, None),
        ("Tiny and other", (), {}, None),
        ("Tiny", ("--pset", "other"), {}, "other"),
        ("Tiny", (), {"GRADMARK_PSET": "other"}, "other"),
        ("Tiny", (), {"GRADMARK_PSET": "unknown"}, None),
    ],
)
def test_which_problem_set_is_meant(places, title, arguments, environment, found):
    other = places.source / "psets" / "other"
    shutil.copytree(places.source / "psets" / "tiny", other)
    (other / "tiny.md").rename(other / "other.md")
    (other / "pset.yaml").write_text((other / "pset.yaml").read_text().replace("Tiny", "Another: one"))
    (places.submission / "tiny.ipynb").rename(places.submission / "answer.ipynb")
    places.metadata.write_text(json.dumps(EXAMPLE | {"assignment": {"title": title}}))
    run(places, *arguments, **environment)
    assert status(places) == ("graded" if found else "grader_error")
    if not found:
        assert "other" in results(places)["tests"][-1]["output"]


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_results(places, signum):
    hand_in(places, mean="import time\ntime.sleep(60)\ndef mean(x):\n    return 0")
    process = subprocess.Popen([*GRADMARK, "run", "--root", str(places.root)], start_new_session=True)
    try:
        wait_until(lambda: at_work(process.pid))
        assert process.poll() is None
    finally:
        os.killpg(process.pid, signum)
        process.wait()
    got = results(places)
    assert got["score"] == 2.5
    assert "grading was stopped before it finished" in got["tests"][-1]["output"]


def test_results_that_cannot_be_written_are_the_only_failure(places):
    places.results.parent.write_text("a file")
    done = run(places)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {places.results.parent} cannot be made (")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_folders_made_for_results_are_closed_and_results_are_not(tmp_path, umask):
    places = Places(tmp_path / "deep" / "autograder")
    before = os.umask(umask)
    try:
        grade_here(places, course=tmp_path)
    finally:
        os.umask(before)
    made = [places.results, *places.results.parents][:4]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o644, 0o700, 0o700, 0o700]


def test_the_script_writes_results_where_gradmark_does_not_start(tmp_path):
    """Also without the tool: /opt/gradmark is not there, or cannot grade in a folder without anything."""
    environment = {"AUTOGRADER_ROOT": str(tmp_path), "PATH": os.environ["PATH"]}
    script = FILES / "run_autograder"
    done = subprocess.run([script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    content = (tmp_path / "results" / "results.json").read_bytes()
    assert problems(content) == []
    assert "because of an error on our side" in json.loads(content)["output"]
