"""What the commands write of students is for whoever ran them alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.gradebook import open_gradebook
from grader.sandbox.isolation import choose_plan
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
CELLS = [
    "def mean(x):\n    return x.sum() / len(x)",
    "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()",
]


@pytest.fixture
def work(tmp_path) -> Path:
    write_tiny_course(tmp_path / "course")
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "ada.ipynb").write_bytes(notebook(CELLS))
    for number in range(100):  # more than are printed
        (tmp_path / "handed-in" / f"{number}.doc").write_bytes(b"x")
    return tmp_path


def gradmark(*arguments: object) -> None:
    done = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def grade(work: Path, out: Path) -> None:
    gradmark("grade", "tiny", work / "handed-in", "--course", work / "course", "--out", out, "--jobs", "1")


def open_to_others(*paths: Path) -> list[str]:
    """What anybody else has any right to, of the paths and what lies below them."""
    found = [below for path in paths for below in (path, *path.rglob("*"))]
    assert len(found) > len(paths)
    return [str(path) for path in found if path.stat().st_mode & 0o077]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_every_command_keeps_students_private(work, umask):
    out = work / "term" / "graded"
    before = os.umask(umask)
    try:
        grade(work, out)
        gradmark("report", out)
        gradmark("manual", "export", out)
        gradmark("manual", "export", out, "--to", work / "answers")
        gradmark("scores", out, "--to", "gradescope")
        gradmark("scores", out, "--output", work / "answers" / "scores.csv")
        gradmark("gradebook", "everything-about", out, "ada", "--out", work / "ada")
    finally:
        os.umask(before)
    assert {path.name for path in out.iterdir()} >= {
        "gradebook.db", "folder.json", "results", "feedback", "scores.csv", "report.html", "manual",
        "gradescope",
    }  # fmt: skip
    assert open_to_others(work / "term", work / "answers", work / "ada") == []


def test_what_looks_alike_is_private_too(work):
    before = os.umask(0)
    try:
        gradmark("similar", work / "handed-in", "--out", work / "similar.html")
    finally:
        os.umask(before)
    assert not (work / "similar.html").stat().st_mode & 0o077


def test_the_gradebook_s_log_is_private_too(tmp_path):
    before = os.umask(0)
    try:
        engine = open_gradebook(tmp_path / "gradebook.db")
    finally:
        os.umask(before)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM students").all()
        assert {path.name for path in tmp_path.iterdir()} >= {"gradebook.db-wal", "gradebook.db-shm"}
        assert [path for path in tmp_path.iterdir() if path.stat().st_mode & 0o077] == []
    engine.dispose()


def test_a_folder_that_was_open_is_closed_by_the_next_run(work):
    out = work / "graded"
    grade(work, out)
    for path in (out, *out.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    grade(work, out)
    assert open_to_others(out) == []


def test_a_folder_that_holds_other_things_keeps_its_mode(work):
    work.chmod(0o755)
    grade(work, work)
    assert stat.S_IMODE(work.stat().st_mode) == 0o755
    ours = [
        work / name
        for name in ("results", "feedback", "gradebook.db", "scores.csv", "report.html", "folder.json")
    ]
    assert open_to_others(*ours) == []
