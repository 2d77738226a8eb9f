"""What somebody gave in the place of a problem set: an otter or nbgrader assignment, and its plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grader.adopt.adoptedset import AdoptedSet, digest_of
from grader.adopt.assignment import Assignment
from grader.adopt.nbgrader.assignment import looks_like_nbgrader, read_nbgrader
from grader.adopt.otter.assignment import looks_like_otter, read_otter
from grader.adopt.plan import Plan, read_plan, write_plan
from grader.adopt.planning import plan_of
from grader.errors import CourseError

__all__ = ["adopted_set", "is_adopted", "planned", "read_assignment"]


def is_adopted(path: Path) -> bool:
    """Whether a path is another grader's assignment."""
    if not path.exists() or (path / "pset.yaml").is_file():
        return False
    return looks_like_otter(path) or looks_like_nbgrader(path)


def read_assignment(path: Path) -> Assignment:
    """Another grader's assignment.

    Raises:
        CourseError: It is none, or cannot be read.
    """
    if looks_like_otter(path):  # first: its notebooks may keep cells of nbgrader's from an earlier year
        found = read_otter(path)
    elif looks_like_nbgrader(path):
        found = read_nbgrader(path)
    else:
        raise CourseError(
            f"{path} is no otter or nbgrader assignment: a folder with tests/ or with notebooks, an autograder.zip, or "
            "a notebook with tests in it"
        )
    if not any(question.tests for question in found.questions):
        raise CourseError(f"{path} holds no test that can be judged; {' '.join(found.doubts[:3])}")
    return found


def planned(
    assignment: Assignment, *, solution: bytes | None = None, anew: bool = False, unsafe: bool = False
) -> Plan:
    """The plan that is kept beside an assignment, or a new one, which is then kept there."""
    kept = None if anew or solution is not None else read_plan(assignment.path)
    if kept is not None and kept.assignment == digest_of(assignment):
        return kept
    made = plan_of(assignment, solution=solution, unsafe=unsafe)
    try:
        write_plan(assignment.path, made)
    except CourseError:
        if anew:
            raise
    return made


def adopted_set(path: Path, *, outside_only: bool = False, unsafe: bool = False) -> AdoptedSet:
    """Another grader's assignment, ready to grade with."""
    assignment = replace(read_assignment(path), path=path.resolve())
    return AdoptedSet(assignment, planned(assignment, unsafe=unsafe), outside_only=outside_only)
