"""A machine where a user of its own is all that keeps a submission in: which commands go on there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.isolation import choose_plan
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

GRADMARK = [sys.executable, "-m", "grader.cli"]
CELLS = [
    "def mean(x):\n    return x.sum() / len(x)",
    "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()",
]
SUCH_A_MACHINE = """
import msgspec
import grader.sandbox.isolation as isolation
import grader.sandbox.isolation.plan as plan

found = plan.choose_plan(without=frozenset(("landlock", "bubblewrap", "cgroup")))
found = msgspec.structs.replace(found, user=True, limit_processes=True)
isolation.choose_plan = plan.choose_plan = lambda **_: found
"""
needs_another_user = pytest.mark.skipif(
    not choose_plan(without=frozenset(("landlock", "bubblewrap", "cgroup"))).user,
    reason="no user of its own can run this Python here",
)
pytestmark = pytest.mark.skipif(not choose_plan().seccomp, reason="this machine cannot isolate submissions")


@pytest.fixture
def root() -> Iterator[Path]:
    """Gradescope's folder, where all may enter: a course that only we may, and a submission."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        root = Path(made)
        root.chmod(0o755)
        write_tiny_course(root / "source")
        (root / "source").chmod(0o700)
        (root / "submission").mkdir()
        (root / "submission" / "tiny.ipynb").write_bytes(notebook(CELLS))
        (root / "machine").mkdir()
        (root / "machine" / "sitecustomize.py").write_text(SUCH_A_MACHINE)
        yield root


def gradmark(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GRADMARK, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": f"{root / 'machine'}:{Path.cwd()}"},
    )  # fmt: skip


def grade(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return gradmark(
        root,
        "grade",
        "tiny",
        root / "submission",
        "--course",
        root / "source",
        "--out",
        root / "graded",
        *more,
    )


def test_a_class_is_refused_in_one_sentence(root):
    done = grade(root)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("Error")] == [
        "Error: submissions could read and change each other's work here, because a separate user is the only wall "
        "around them: Landlock or bubblewrap is needed too; `gradmark doctor` says how to get one"
    ]
    assert list((root / "graded" / "results").iterdir()) == []


@needs_another_user
def test_whoever_insists_grades_a_class(root):
    assert grade(root, "--unsafe").returncode == 0
    (result,) = (root / "graded" / "results").iterdir()
    assert json.loads(result.read_bytes())["score"] == 5.0


@needs_another_user
def test_one_submission_in_its_container_is_graded(root):
    done = gradmark(root, "run", "--root", root)
    assert done.stdout.startswith("graded: 5 points")
    assert (root / "results" / "results.json").stat().st_mode & 0o777 == 0o644


def test_one_submission_is_refused_where_the_course_is_open_to_all(root):
    (root / "source").chmod(0o755)
    done = gradmark(root, "run", "--root", root)
    assert done.stdout.startswith("grader_error")
    assert "could read" in done.stdout


def test_the_doctor_says_which_is_meant(root):
    done = gradmark(root, "doctor", "--json")
    report = json.loads(done.stdout)
    assert (report["safe"], report["safe_alone"], done.returncode) == (False, True, 1)
