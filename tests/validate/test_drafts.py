"""`gradmark validate --draft-equivalents` writes the entries that only need a reason."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import CourseError
from grader.pset import load_problem_set
from grader.validate.equivalents import draft_equivalents, load_equivalents
from grader.validate.report import Survivor
from tests.pset.tiny import write_tiny_course

LISTED = """- function: mean
  was: a
  becomes: b
  because: Known."""


def survivor(was, becomes, because=None):
    return Survivor(question="q1", function="mean", kind="", was=was, becomes=becomes, because=because)


SURVIVORS = [
    survivor("a", "b", "Known."),
    survivor("if x == 'one':  # why", "- [1, 2]: x"),
    survivor("for value in x:\n    total += value", ""),
]


@pytest.mark.parametrize("before", ["", LISTED, LISTED + "\n"])
def test_every_survivor_without_a_reason_gets_an_entry_that_lacks_only_the_reason(tmp_path, before):
    problem_set = load_problem_set(write_tiny_course(tmp_path))
    file = problem_set.path / "equivalents.yaml"
    if before:
        file.write_text(before)
    assert draft_equivalents(problem_set, SURVIVORS) == 2
    written = file.read_text()
    assert written.startswith(before)
    assert written.count("# TODO: say why this is correct") == 2
    with pytest.raises(CourseError, match="the mutant of mean has no reason; say why it is correct"):
        load_equivalents(problem_set)
    file.write_text(written.replace('because: ""', "because: It is."))
    found = [
        (one.was.strip(), one.becomes) for one in load_equivalents(problem_set) if one.because == "It is."
    ]
    assert found == [(one.was, one.becomes) for one in SURVIVORS[1:]]


def test_without_survivors_nothing_is_written(tmp_path):
    problem_set = load_problem_set(write_tiny_course(tmp_path))
    assert draft_equivalents(problem_set, SURVIVORS[:1]) == 0
    assert not (problem_set.path / "equivalents.yaml").exists()


def test_the_command_drafts_them_and_the_next_one_asks_for_the_reasons(tmp_path):
    folder = write_tiny_course(tmp_path)
    run = CliRunner().invoke(
        main, ["validate", str(folder), "--draft-equivalents", "--jobs", "1", "--pairs", "0"]
    )
    assert run.exit_code == 1
    assert "equivalents.yaml of tiny: 6 entries added; give the reasons, or add tests" in run.output
    again = CliRunner().invoke(main, ["validate", str(folder), "--quick"])
    assert "has no reason; say why it is correct" in again.output
