"""What can be said of a problem set within two seconds: nothing of its suite is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from grader.build import leaks_in_sources
from grader.errors import CourseError
from grader.judge.behaviour import load_sentences
from grader.pset import check_course, examine_problem_set, load_problem_set, suggestions
from grader.pset.namespace import SolutionCode
from grader.validate.equivalents import dead_entries

__all__ = ["examine", "suggest"]


def examine(path: Path) -> list[CourseError]:
    """Every error in the files of the problem set in ``path``, each a sentence with file, line and the mend.

    An empty list says that the files agree with one another and reveal nothing; whether the suite deserves
    trust, only `grader.validate.validate` can say.
    """
    problem_set, findings = examine_problem_set(path)
    if problem_set is None:
        return findings
    findings = check_course(problem_set)

    def gather(step: Callable[[], Iterable[object]]) -> None:
        try:
            findings.extend(found for found in step() if isinstance(found, CourseError))
        except CourseError as error:
            findings.append(error)

    gather(lambda: load_sentences(problem_set))
    if not findings:  # what follows needs solutions, tests and mistakes that can be read
        gather(lambda: leaks_in_sources(problem_set))
        gather(lambda: dead_entries(problem_set, SolutionCode(problem_set).definitions))
    return _each_once(findings)


def suggest(path: Path) -> list[str]:
    """What could be better in a problem set that has no errors: sentences, of which none makes a validation fail."""
    return suggestions(load_problem_set(path))


def _each_once(findings: list[CourseError]) -> list[CourseError]:
    return list({str(finding): finding for finding in findings}.values())
