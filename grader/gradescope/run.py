"""``gradmark run``: grade the one submission in the container, and write results.json whatever happens.

The file is written before anything else, saying that grading did not finish, and replaced at the end: so it is there
even if this process is killed.
"""

from __future__ import annotations

import re
import time
import traceback
from dataclasses import replace
from pathlib import Path

import msgspec

from grader.batch.engines import LocalProcesses
from grader.batch.worker import Job
from grader.errors import CourseError, GradmarkError, SubmissionRejected
from grader.files import make_folder, write_whole
from grader.gradescope.metadata import Metadata, read_metadata
from grader.gradescope.places import Places
from grader.gradescope.results import Results, failed_results, results_of
from grader.intake import one_submission, printable
from grader.pset import ProblemSet, load_problem_set, resolve_problem_set
from grader.results import StudentIdentity

__all__ = ["grade_here"]

UNFINISHED = (
    "grading was stopped before it finished: it ran out of time or memory, or was killed. Give the container more, or "
    "grade the submission again"
)


def grade_here(
    places: Places, *, pset: str | None = None, course: Path | None = None, unsafe: bool = False
) -> Results:
    """Grade the submission in ``places`` and write its results.json.

    Args:
        places: Gradescope's folder.
        pset: The problem set; by default the course's only one, or the one named in the assignment's title.
        course: Where the course is; by default ``places.source``.
        unsafe: Grade even if submissions cannot be isolated here.

    Raises:
        GradmarkError: results.json cannot be written.
    """
    started = time.monotonic()
    metadata, notes = Metadata(), []
    _write(places, failed_results(UNFINISHED))
    try:
        try:
            metadata = read_metadata(places.metadata)
        except GradmarkError as error:
            notes.append(str(error))
        _write(places, failed_results(UNFINISHED, metadata, notes=notes))
        problem_set = _problem_set(course or places.source, pset, metadata)
        results = _grade(places, problem_set, metadata, notes, unsafe)
    except GradmarkError as error:
        results = failed_results(str(error), metadata, notes=notes)
    except Exception as error:
        problem = f"gradmark itself failed: {type(error).__name__}: {error}"
        results = failed_results(problem, metadata, notes=[*notes, traceback.format_exc()])
    results.execution_time = round(time.monotonic() - started, 3)
    _write(places, results)
    return results


def _grade(
    places: Places, problem_set: ProblemSet, metadata: Metadata, notes: list[str], unsafe: bool
) -> Results:
    student = next(iter(metadata.students), None)
    if student and problem_set.drawn:  # a number of Gradescope's may be another student's in the course
        student = StudentIdentity(metadata.sid, student.name, student.email)
    job = Job(problem_set.path, "submission", student=student, unsafe=unsafe, alone=True)
    try:
        job = replace(job, files=one_submission(places.submission))
    except SubmissionRejected as rejection:
        job = job.refuse("rejected", str(rejection))
    # In a process of its own: if that is killed, perhaps for its memory, this one reports it.
    graded = next(LocalProcesses(1).run(problem_set, iter([job])))
    return results_of(graded.result, problem_set, metadata, notes=notes)


def _problem_set(course: Path, pset: str | None, metadata: Metadata) -> ProblemSet:
    if pset is not None:
        return load_problem_set(resolve_problem_set(pset, course))
    folders = sorted(file.parent for file in course.glob("psets/*/pset.yaml"))
    if not folders:
        raise CourseError(f"{course} holds no problem set; put the course's psets/ and reference/ there")
    if len(folders) == 1:
        return load_problem_set(folders[0])
    known = [load_problem_set(folder) for folder in folders]
    meant = [one for one in known if _names(metadata.title, one)]
    if len(meant) != 1:
        raise CourseError(
            f"the assignment's title, '{printable(metadata.title)}', must name exactly one of "
            f"{', '.join(one.name for one in known)}; change it, or set GRADMARK_PSET in the image"
        )
    return meant[0]


def _names(title: str, problem_set: ProblemSet) -> bool:
    """Whether an assignment's title holds the problem set's name, or its title up to a colon, as whole words."""
    words = (problem_set.name, problem_set.title.partition(":")[0].strip())
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title, re.IGNORECASE) for word in words if word)


def _write(places: Places, results: Results) -> None:
    try:
        make_folder(places.results.parent)
    except OSError as error:
        raise GradmarkError(
            f"{places.results.parent} cannot be made ({error.strerror}); mount a writable folder there"
        ) from None
    write_whole(
        places.results, msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n", public=True
    )
