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
from grader.adopt.plan import Key, Plan, Planned, SolutionRun, keyed
from grader.adopt.roles import roles_of
from grader.adopt.trust import reason_inside
from grader.errors import GradmarkError
from grader.judge.watched import Grader
from grader.results import SubmissionResult, TestResult, Trust
from grader.submission import Submission

__all__ = ["handed_in", "plan_of"]

NOT_THE_SAME = "it ends differently outside the student's process"


def plan_of(assignment: Assignment, *, solution: bytes | None = None, unsafe: bool = False) -> Plan:
    """The plan of an assignment.

    Args:
        assignment: The assignment.
        solution: A solved notebook; by default the one that the assignment holds.
        unsafe: Accept a machine that cannot isolate submissions safely.

    Raises:
        GradmarkError: Nothing can be run here.
    """
    solved = solution or assignment.solution_file or handed_in(assignment, solved=True)
    roles = roles_of(assignment)
    reasons = {
        key: reason_inside(test, roles, files=assignment.files.keys(), solved=solved is not None)
        for key, _, test in keyed(assignment)
    }
    by_reading = _plan(assignment, reasons, None)
    if solved is None:
        return by_reading
    inside = _plan(assignment, dict.fromkeys(reasons, "everything runs inside"), None)
    runs = {"solution": solved, "blank": handed_in(assignment, solved=False)}
    within, without = (_grade(assignment, plan, runs, unsafe) for plan in (inside, by_reading))
    for key in [key for key, reason in reasons.items() if not reason]:
        reasons[key] = _difference(key, within, without)
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
    assignment: Assignment, plan: Plan, runs: Mapping[str, bytes | None], unsafe: bool
) -> dict[str, SubmissionResult]:
    found = {}
    with Grader(AdoptedSet(assignment, plan), unsafe=unsafe) as grader:
        for name, content in runs.items():
            if content is not None:
                files = {f"{assignment.name}.ipynb": content}
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


def handed_in(assignment: Assignment, *, solved: bool) -> bytes | None:
    """A notebook as a student would hand it in: the solution, or untouched; None if the files do not say."""
    if not assignment.cells or assignment.several or (solved and not assignment.solved):
        return None
    cells = [_cell(cell, solved) for cell in assignment.cells]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _cell(cell: AuthorCell, solved: bool) -> dict[str, object]:
    source = cell.solution if solved and cell.solution is not None and cell.part != "test" else cell.source
    graded = {"nbgrader": {"grade_id": cell.identity}} if cell.identity else {}
    return {"cell_type": "code", "source": source, "metadata": graded, "outputs": [], "execution_count": None}
