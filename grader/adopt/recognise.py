"""What somebody gave in the place of a problem set: an otter or nbgrader assignment, and its plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from grader.adopt.adoptedset import AdoptedSet, digest_of
from grader.adopt.assignment import Assignment
from grader.adopt.environment import HERE_ALONE, Environment, environment_of, lacking
from grader.adopt.nbgrader.assignment import looks_like_nbgrader, read_nbgrader
from grader.adopt.otter.assignment import looks_like_otter, read_otter
from grader.adopt.otter.files import required
from grader.adopt.plan import Plan, read_plan, write_plan
from grader.adopt.planning import plan_of
from grader.errors import CourseError

__all__ = ["adopted_set", "is_adopted", "planned", "read_assignment"]

FILE = "requirements.txt"


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
    return found if found.requirements else replace(found, requirements=_requirements(path, found))


def _requirements(path: Path, assignment: Assignment) -> tuple[str, ...]:
    """What ``requirements.txt`` beside the notebook names, or else in the folder of nbgrader's course."""
    if FILE in assignment.files:
        return required({FILE: assignment.files[FILE]})
    folder = path.absolute() if path.is_dir() else path.absolute().parent
    for place in (folder, *folder.parents[:2]):
        is_course = any((place / name).is_file() for name in ("nbgrader_config.py", "gradebook.db"))
        if (place == folder or is_course) and (place / FILE).is_file():
            return required({FILE: (place / FILE).read_bytes()})
    return ()


def planned(
    assignment: Assignment,
    *,
    solution: bytes | Mapping[str, bytes] | None = None,
    anew: bool = False,
    unsafe: bool = False,
    environment: Environment = HERE_ALONE,
) -> Plan:
    """The plan that is kept beside an assignment, or a new one, which is then kept there."""
    kept = None if anew or solution is not None else read_plan(assignment.path)
    if kept is not None and kept.assignment == digest_of(assignment):
        return kept
    made = plan_of(assignment, solution=solution, unsafe=unsafe, environment=environment)
    try:
        write_plan(assignment.path, made)
    except CourseError:
        if anew:
            raise
    return made


def adopted_set(
    path: Path,
    *,
    outside_only: bool = False,
    unsafe: bool = False,
    python: str | None = None,
    warn: Callable[[str], None] = lambda sentence: None,
) -> AdoptedSet:
    """Another grader's assignment, ready to grade with.

    Args:
        path: The assignment.
        outside_only: Whether tests that would run inside are left to a person.
        unsafe: Accept a machine that cannot isolate submissions safely.
        python: The sandbox's interpreter, if it is not to be this one.
        warn: Told which modules are missing here.
    """
    assignment = replace(read_assignment(path), path=path.resolve())
    environment = environment_of(assignment, python)
    if missing := lacking(assignment, environment, path):
        warn(missing)
    plan = planned(assignment, unsafe=unsafe, environment=environment)
    return AdoptedSet(assignment, plan, outside_only=outside_only, environment=environment)
