"""A course as bytes, for workers that share no disk with us."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from grader.archive import files_below, zipped
from grader.pset import ProblemSet
from grader.sandbox.isolation.held import held_folder

__all__ = ["CourseBundle", "pack_course", "unpacked"]


@dataclass(frozen=True)
class CourseBundle:
    """The files that grading one problem set needs, zipped."""

    pset: str
    """The problem set's folder within the course."""
    content: bytes
    sha256: str
    problem_set: ProblemSet | None = None
    """The problem set itself, if it is of a kind that no folder of a course holds."""


def pack_course(problem_set: ProblemSet) -> CourseBundle:
    """The reference, one problem set, and what else of the course it needs."""
    if not problem_set.of_a_course:
        return CourseBundle(problem_set.name, b"", problem_set.sha256, problem_set)
    course = problem_set.course
    pset = problem_set.path.relative_to(course).as_posix()
    files = files_below(course / "reference", "reference") | files_below(problem_set.path, pset)
    files |= {file.relative_to(course).as_posix(): file.read_bytes() for file in problem_set.course_files}
    content = zipped(files)
    return CourseBundle(pset, content, hashlib.sha256(content).hexdigest())


_unpacked: dict[str, Path] = {}
_folders = contextlib.ExitStack()
atexit.register(_folders.close)


def unpacked(bundle: CourseBundle) -> Path | ProblemSet:
    """The problem set's folder in this process's own copy of the course, which nobody else can read."""
    if bundle.problem_set is not None:
        return bundle.problem_set
    if bundle.sha256 not in _unpacked:
        folder = Path(_folders.enter_context(held_folder("gradmark-course-")))
        with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
            archive.extractall(folder)
        _unpacked[bundle.sha256] = folder / bundle.pset
    return _unpacked[bundle.sha256]
