"""Grade correct answers like submissions: what a suite asks for must also work through the sandbox."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec

from grader.build.notebooks import Notebook, normalise, notebook_bytes, solution_notebook
from grader.errors import SandboxError, UnsafeHost
from grader.judge import Judge
from grader.judge.grading import VERDICTS_ALONE
from grader.notebook.magics import parsed
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.values import bound_in
from grader.pset.variants import Variant
from grader.results import SubmissionResult
from grader.sandbox.outside.host import Sandbox
from grader.submission import Submission
from grader.validate.report import SuiteProblem

__all__ = ["NotTried", "in_the_sandbox", "rounds"]

FAILS, PASSES = "fails in the sandbox", "passes in the sandbox"
MORE = 4
"""How many times as much memory is tried, where the solved handout fails."""


class NotTried(Exception):
    """This machine has no sandbox; the message says why."""


def in_the_sandbox(
    problem_set: ProblemSet,
    alternatives: Sequence[Variant],
    mistakes: Sequence[Variant],
    questions: Collection[str],
    asking: Callable[[str], Collection[str]],
) -> Iterator[list[SuiteProblem]]:
    """Grade the solved handout, each alternative and each mistake, and yield the problems of each submission.

    A submission has one mistake in each question: whatever else is wrong, each must fail its own.

    Args:
        problem_set: What is validated.
        alternatives: Correct versions of functions.
        mistakes: Wrong ones.
        questions: The questions whose tests the solved handout should pass.
        asking: Gives the questions that depend on a function; an alternative of it should pass their tests.

    Raises:
        NotTried: This machine cannot grade.
    """
    try:
        # Unsafe is fine, since only the course's own code runs.
        if problem_set.drawing:  # whoever else was given numbers, these answers are of this drawing
            problem_set = problem_set.with_drawing(problem_set.drawing)
        with Judge(problem_set, unsafe=True) as judge:
            judge.sandbox.start()

            def problems(name: str, notebook: Notebook, concerned: Collection[str]) -> list[SuiteProblem]:
                files = {f"{problem_set.name}.ipynb": notebook_bytes(notebook)}
                return _problems(judge.grade(Submission(name, files)), concerned)

            failing = problems("the solved handout", solution_notebook(problem_set), questions)
            yield [
                *_failing_imports(problem_set, judge),
                *failing,
                *(_too_little_memory(problem_set, questions) if failing else ()),
            ]
            solution = problem_set.solution_cells()
            if not problem_set.values:  # a variable's function is for the judge alone
                solution = [ast.unparse(module) for module in SolutionCode(problem_set).modules]
            for variant in alternatives:
                cells = [{"cell_type": "code", "source": one} for one in (*solution, variant.cell)]
                yield problems(variant.name, normalise({"cells": cells}), asking(variant.function))
            for wrong in rounds(problem_set, mistakes, questions):
                notebook = normalise({"cells": _with_mistakes(solution, list(wrong.values()))})
                files = {f"{problem_set.name}.ipynb": notebook_bytes(notebook)}
                yield _accepted(judge.grade(Submission("mistakes", files), omitted=VERDICTS_ALONE), wrong)
    except UnsafeHost as error:
        raise NotTried(str(error)) from None
    except SandboxError as error:
        yield [SuiteProblem(FAILS, str(error))]


def rounds(
    problem_set: ProblemSet, mistakes: Sequence[Variant], questions: Collection[str]
) -> list[dict[str, Variant]]:
    """Which mistakes are graded together: at most one of each question, by the question's id."""
    own = {
        question.id: [one for one in mistakes if one.function in question.names]
        for question in problem_set.questions
        if question.id in questions and not question.manual
    }
    return [
        {question: one for question, one in zip(own, together, strict=True) if one is not None}
        for together in itertools.zip_longest(*own.values())
    ]


def _with_mistakes(solution: Sequence[str], wrong: Sequence[Variant]) -> list[dict[str, str]]:
    """The solution's cells, each with what is wrong in it at its end: a cell of its own could be left out again."""
    cells = list(solution)
    for variant in wrong:
        place = next(n for n, cell in enumerate(cells) if variant.function in _names(cell))
        cells[place] += f"\n\n{variant.cell}"
    return [{"cell_type": "code", "source": cell} for cell in cells]


def _names(cell: str) -> set[str]:
    return {name for statement in parsed(cell).body for name in bound_in(statement)}


def _accepted(result: SubmissionResult, wrong: Mapping[str, Variant]) -> list[SuiteProblem]:
    """The mistakes that passed."""
    return [
        SuiteProblem(
            PASSES,
            f"{wrong[question.id].name} passes {question.id} when it is graded, and not in this process; check "
            "what tells them apart",
            (question.id,),
        )
        for question in result.questions
        if question.id in wrong and all(test.status == "passed" for test in question.tests)
    ]


def _too_little_memory(problem_set: ProblemSet, questions: Collection[str]) -> Iterator[SuiteProblem]:
    """Whether the solved handout passes with more memory, which libraries map when they are first used."""
    limits, needs = problem_set.limits, problem_set.sandbox_needs()
    more = needs["limits"] = msgspec.structs.replace(limits, memory_mb=MORE * limits.memory_mb)
    sandbox = Sandbox(**needs, unsafe=True)
    files = {f"{problem_set.name}.ipynb": notebook_bytes(solution_notebook(problem_set))}
    with Judge(problem_set, sandbox=sandbox) as judge:
        if not _problems(judge.grade(Submission("the solved handout", files)), questions):
            yield SuiteProblem(
                "too little memory",
                f"{problem_set.place('$', 'limits')}: the solved handout passes with memory_mb: {more.memory_mb}, and "
                f"not with {limits.memory_mb}; raise it: what a library takes when it is first used counts too",
            )


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
