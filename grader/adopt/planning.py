"""Making the plan of an assignment: by reading its files, and by running its solution where there is one.

The solution is run twice, once with every test inside, as the original grades it, and once with every test outside that
reading allows. A test that passes inside but not outside, or that would leave something to the solution's own objects,
runs inside. The notebook as students get it is run in both ways too: a test on which the two differ runs inside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from grader.adopt.adoptedset import AdoptedSet, digest_of
from grader.adopt.assignment import Assignment, AuthorCell
from grader.adopt.dependents import with_dependents
from grader.adopt.environment import HERE_ALONE, Environment
from grader.adopt.plan import Key, Plan, Planned, SolutionRun, keyed
from grader.adopt.roles import roles_of
from grader.adopt.trust import reason_inside
from grader.errors import CourseError, GradmarkError
from grader.judge.watched import Grader
from grader.results import SubmissionResult, TestResult, Trust
from grader.submission import Submission
from grader.text import listed

__all__ = ["handed_in", "plan_of"]

NOT_THE_SAME = "it ends differently outside the student's process"


def plan_of(
    assignment: Assignment,
    *,
    solution: bytes | Mapping[str, bytes] | None = None,
    unsafe: bool = False,
    environment: Environment = HERE_ALONE,
) -> Plan:
    """The plan of an assignment.

    Args:
        assignment: The assignment.
        solution: A solved notebook, or several by their file names; by default what the assignment holds.
        unsafe: Accept a machine that cannot isolate submissions safely.
        environment: What is imported besides gradmark's own packages, and the sandbox's Python.

    Raises:
        GradmarkError: Nothing can be run here.
    """
    solved = _files(assignment, solution or assignment.solution_file) or handed_in(assignment, solved=True)
    roles = roles_of(assignment)
    read = {
        key: reason_inside(test, roles, files=assignment.files.keys(), solved=solved is not None)
        for key, _, test in keyed(assignment)
    }
    reasons = with_dependents(assignment, read)
    by_reading = _plan(assignment, reasons, None)
    if solved is None:
        return by_reading
    inside = _plan(assignment, dict.fromkeys(reasons, "everything runs inside"), None)
    runs = {"solution": solved, "blank": handed_in(assignment, solved=False)}
    within, without = (_grade(assignment, plan, runs, unsafe, environment) for plan in (inside, by_reading))
    for key in [key for key, reason in reasons.items() if not reason]:
        reasons[key] = _difference(key, within, without)
    reasons = with_dependents(assignment, reasons)
    result = within["solution"]
    failed = [
        test.name for question in result.questions for test in question.tests if test.status != "passed"
    ]
    if result.status != "graded":
        failed = [result.reason]
    run = SolutionRun(float(result.score), float(_most(assignment)), failed)
    return _plan(assignment, reasons, run)


def _most(assignment: Assignment) -> float:
    return float(sum(question.points for question in assignment.questions if question.tests))


def _plan(assignment: Assignment, reasons: Mapping[Key, str], run: SolutionRun | None) -> Plan:
    tests = []
    for key, _, test in keyed(assignment):
        trust: Trust = "inside" if reasons[key] else "outside"
        tests.append(Planned(key[0], key[1], test.name, trust, reasons[key]))
    return Plan(
        digest_of(assignment), "reading" if run is None else "solution", tests, run, list(assignment.doubts)
    )


@dataclass(frozen=True)
class _Outcome:
    passed: bool
    kind: str
    score: float
    says: str


def _grade(
    assignment: Assignment,
    plan: Plan,
    runs: Mapping[str, Mapping[str, bytes] | None],
    unsafe: bool,
    environment: Environment,
) -> dict[str, SubmissionResult]:
    found = {}
    with Grader(AdoptedSet(assignment, plan, environment=environment), unsafe=unsafe) as grader:
        for name, files in runs.items():
            if files is not None:
                found[name] = grader.grade(Submission(name, files))
    return found


def _outcome(result: SubmissionResult, key: Key) -> TestResult | None:
    tests = [test for question in result.questions for test in question.tests if test.file == key[0]]
    return tests[key[1]] if key[1] < len(tests) else None


def _difference(
    key: Key, within: Mapping[str, SubmissionResult], without: Mapping[str, SubmissionResult]
) -> str:
    """Why a test that may be judged outside must run inside after all."""
    for name in within:
        if within[name].status == "grader_error" or without[name].status == "grader_error":
            raise GradmarkError(f"the {name} cannot be run: {within[name].reason or without[name].reason}")
        there, here = _outcome(within[name], key), _outcome(without[name], key)
        if here is None or there is None:
            continue
        if name == "solution" and here.kind == "uncheckable":
            return "it leaves its verdict to an object of the student's"
        if (there.status == "passed") != (here.status == "passed") or there.score != here.score:
            return NOT_THE_SAME
    return ""


def handed_in(assignment: Assignment, *, solved: bool) -> dict[str, bytes] | None:
    """The notebooks as a student would hand them in: solved, or untouched; None if the files do not say."""
    if not assignment.cells or (solved and not assignment.solved):
        return None
    made = {}
    for name in assignment.several or (assignment.name,):
        cells = [_cell(cell, solved) for cell in assignment.cells if cell.notebook in ("", name)]
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        made[f"{name}.ipynb"] = json.dumps(notebook).encode()
    return made


def _files(assignment: Assignment, solution: bytes | Mapping[str, bytes] | None) -> dict[str, bytes] | None:
    """A solution as a student would hand it in."""
    if solution is None or isinstance(solution, Mapping):
        return dict(solution or {}) or None
    if assignment.several:
        raise CourseError(
            f"{assignment.name} has the notebooks {listed(assignment.several)}: one alone is no solution; give all"
        )
    return {f"{assignment.name}.ipynb": solution}


def _cell(cell: AuthorCell, solved: bool) -> dict[str, object]:
    source = cell.solution if solved and cell.solution is not None and cell.part != "test" else cell.source
    graded = {"nbgrader": {"grade_id": cell.identity}} if cell.identity else {}
    return {"cell_type": "code", "source": source, "metadata": graded, "outputs": [], "execution_count": None}
