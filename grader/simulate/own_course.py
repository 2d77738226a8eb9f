"""A copy of a course in which a made-up class has been given its numbers, so that the real record stays as it is."""

from __future__ import annotations

from pathlib import Path

from grader.archive import files_below
from grader.build.each import assign
from grader.errors import GradmarkError
from grader.intake import load_roster
from grader.pset import ProblemSet, load_problem_set
from grader.pset.recorded import Record, write_record

__all__ = ["write_course"]


def write_course(problem_set: ProblemSet, roster: Path, target: Path) -> Path:
    """Copy what grading needs of the course, and record the numbers of everyone on the roster there.

    Raises:
        GradmarkError: It cannot be written.
    """
    course, folder = problem_set.course, problem_set.path.relative_to(problem_set.course).as_posix()
    files = files_below(course / "reference", "reference") | files_below(problem_set.path, folder)
    files |= {file.relative_to(course).as_posix(): file.read_bytes() for file in problem_set.course_files}
    try:
        for name, content in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise GradmarkError(f"cannot write to {target}: {error.strerror}; give another --out") from None
    write_record(target / folder, Record())
    copy = load_problem_set(target / folder)
    record, _ = assign(copy, load_roster(roster))
    write_record(copy.path, record)
    return target
