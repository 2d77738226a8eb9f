"""What two seconds can show about a problem set, without running its suite."""

from __future__ import annotations

from pathlib import Path

from grader.build import leaks_in_sources
from grader.errors import CourseError
from grader.judge.behaviour import load_sentences
from grader.pset import check_course, examine_problem_set, load_problem_set, suggestions
from grader.pset.findings import every_error
from grader.pset.namespace import SolutionCode
from grader.validate.equivalents import dead_entries

__all__ = ["examine", "suggest"]


def examine(path: Path) -> list[CourseError]:
    """Every error in the files of the problem set in ``path``, each a sentence with its file, line and remedy.

    An empty list means that the files agree and reveal nothing; only `grader.validate.validate` can tell whether the
    suite deserves trust.
    """
    problem_set, findings = examine_problem_set(path)
    if problem_set is None:
        return findings
    findings = [*check_course(problem_set), *every_error(lambda: load_sentences(problem_set))]
    if findings:  # the rest needs readable solutions, tests and mistakes
        return findings
    return every_error(
        lambda: leaks_in_sources(problem_set),
        lambda: dead_entries(problem_set, SolutionCode(problem_set).definitions),
    )


def suggest(path: Path) -> list[str]:
    """What could be better in a problem set without errors; none of it makes a validation fail."""
    return suggestions(load_problem_set(path))
