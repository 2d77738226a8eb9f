"""Grade correct answers like submissions: what a suite asks for must also work through the sandbox."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Sequence

from grader.build.notebooks import Notebook, normalise, notebook_bytes, solution_notebook
from grader.errors import SandboxError, UnsafeHost
from grader.judge import Judge
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant
from grader.results import SubmissionResult
from grader.submission import Submission
from grader.validate.report import SuiteProblem

__all__ = ["NotTried", "in_the_sandbox"]

FAILS = "fails in the sandbox"


class NotTried(Exception):
    """This machine has no sandbox; the message says why."""


def in_the_sandbox(
    problem_set: ProblemSet,
    alternatives: Sequence[Variant],
    questions: Collection[str],
    asking: Callable[[str], Collection[str]],
) -> Iterator[list[SuiteProblem]]:
    """Grade the solved handout and each alternative, and yield the problems of each.

    Args:
        problem_set: What is validated.
        alternatives: Correct versions of functions.
        questions: The questions whose tests the solved handout should pass.
        asking: Gives the questions that depend on a function; an alternative of it should pass their tests.

    Raises:
        NotTried: This machine cannot grade.
    """
    try:
        # Unsafe is fine, since only the course's own code runs.
        with Judge(problem_set, unsafe=True) as judge:
            judge.sandbox.start()

            def problems(name: str, notebook: Notebook, concerned: Collection[str]) -> list[SuiteProblem]:
                files = {f"{problem_set.name}.ipynb": notebook_bytes(notebook)}
                return _problems(judge.grade(Submission(name, files)), concerned)

            yield [
                *_failing_imports(problem_set, judge),
                *problems("the solved handout", solution_notebook(problem_set), questions),
            ]
            solution = [ast.unparse(module) for module in SolutionCode(problem_set).modules]
            for variant in alternatives:
                cells = [{"cell_type": "code", "source": one} for one in (*solution, variant.source)]
                yield problems(variant.name, normalise({"cells": cells}), asking(variant.function))
    except UnsafeHost as error:
        raise NotTried(str(error)) from None
    except SandboxError as error:
        yield [SuiteProblem(FAILS, str(error))]


def _failing_imports(problem_set: ProblemSet, judge: Judge) -> list[SuiteProblem]:
    """Modules of ``preload`` that a sandbox cannot import, although they are installed."""
    where = problem_set.place("$", "preload")
    return [
        SuiteProblem("preload fails", f"{where}: {module}: {said}")
        for module, said in judge.sandbox.problems.items()
    ]


def _problems(result: SubmissionResult, concerned: Collection[str]) -> list[SuiteProblem]:
    name = result.submission
    problems = [
        SuiteProblem(FAILS, f"{name} fails {test.name}: {test.message}", (question.id,))
        for question in result.questions
        if question.id in concerned
        for test in question.tests
        if test.status != "passed"
    ]
    if result.status != "graded" and not problems:
        return [SuiteProblem(FAILS, f"{name}: {result.reason}")]
    return problems
