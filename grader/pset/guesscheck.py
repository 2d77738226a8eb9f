"""Slips in tests of what students can guess: public ones that tell what is right, and patterns nobody can match."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.errors import CourseError
from grader.pset.guesses import guesses_in, literal_keyword
from grader.pset.problemset import ProblemSet
from grader.pset.suitefile import parse_python, question_call
from grader.regular import refusal

__all__ = ["guess_slips"]


def guess_slips(pset: ProblemSet) -> Iterator[CourseError]:
    """Public tests from which students learn the right choice at home, and patterns that cannot be used."""
    yield from _told(pset)
    yield from _patterns(pset)


def _told(pset: ProblemSet) -> Iterator[CourseError]:
    verdicts = {question.id: question.verdict for question in pset.questions}
    for test in pset.tests:
        if test.public and test.guessable and verdicts.get(test.question) != "at_once":
            yield CourseError(
                f"{pset.shown(test.file)}:{test.guessable}: students get the public test {test.name}, and with it the "
                f"right answer of {test.question}; leave the right answer out here, so that only the form is checked, "
                "as in check_choice(got, options=...), or write verdict: at_once for the question in pset.yaml"
            )


def _patterns(pset: ProblemSet) -> Iterator[CourseError]:
    for file in sorted({test.file for test in pset.tests}):
        tree = parse_python(file, pset.shown(file))
        tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and question_call(node)]
        calls = {call.lineno: call for test in tests for call in guesses_in(test, tree)}
        for line, call in sorted(calls.items()):
            pattern, where = literal_keyword(call, "pattern"), f"{pset.shown(file)}:{line}"
            if pattern is None:
                continue
            if why := refusal(pattern):
                yield CourseError(f"{where}: the pattern {pattern!r} cannot be used: {why}")
            if not any(keyword.arg == "form" for keyword in call.keywords):
                yield CourseError(
                    f"{where}: this pattern needs words for students; add form=, such as "
                    'form="a year, such as 2026"'
                )
