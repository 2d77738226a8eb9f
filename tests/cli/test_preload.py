"""A module that no submission could import is named by the commands that authors and graders run."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from grader.validate import validate
from tests.notebooks import notebook, submission_cells
from tests.pset.tiny import write_tiny_course


def course(tmp_path, preload):
    return write_tiny_course(
        tmp_path / "course", pset=("data: data", f"data: data\npreload: [numpy, {preload}]")
    )


def test_validation_names_what_is_not_installed(tmp_path):
    done = CliRunner().invoke(main, ["validate", str(course(tmp_path, "no_such_module")), "--quick"])
    assert done.exit_code == 1
    assert "psets/tiny/pset.yaml:4: no_such_module is not installed here" in done.stdout


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_grading_names_what_is_not_installed_and_goes_on(tmp_path):
    folder = course(tmp_path, "no_such_module")
    (tmp_path / "class").mkdir()
    content = notebook(submission_cells(load_problem_set(folder), {}))
    (tmp_path / "class" / "ada.ipynb").write_bytes(content)
    words = ["grade", str(folder), str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    assert done.stderr.startswith("Warning: psets/tiny/pset.yaml:4: no_such_module is not installed here")


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_validation_names_what_is_installed_and_cannot_be_imported(tmp_path):
    report = validate(load_problem_set(course(tmp_path, "asyncio.windows_events")), workers=1)
    said = [problem.what for problem in report.problems if problem.kind == "preload fails"]
    assert said == ["psets/tiny/pset.yaml:4: asyncio.windows_events: ImportError: win32 only"]


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_grading_names_once_what_is_installed_and_cannot_be_imported(tmp_path):
    folder = course(tmp_path, "asyncio.windows_events")
    (tmp_path / "class").mkdir()
    content = notebook(submission_cells(load_problem_set(folder), {}))
    for name in ("ada", "bob", "cy"):
        (tmp_path / "class" / f"{name}.ipynb").write_bytes(content)
    words = ["grade", str(folder), str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--jobs", "2"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    warning = "Warning: pset.yaml preloads asyncio.windows_events, which cannot be preloaded: ImportError: win32 only"
    assert done.stderr.count(warning) == 1
