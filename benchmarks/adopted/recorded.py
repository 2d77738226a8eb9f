"""The originals' verdicts on our own courses, as a file keeps them, and how it is made.

The file has the versions that gave them and a digest of what was graded. `tests/adopt/test_same_verdicts.py` compares
gradmark with it, and asks the originals again about a part.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from benchmarks.adopted.originals import (
    ROOT,
    Graded,
    Verdict,
    grade_with_nbgrader,
    grade_with_otter,
    original_python,
    versions,
)
from tests.adopt import nbgrader_courses, otter_courses
from tests.adopt.nbgrader_courses import writing as nbgrader_writing
from tests.adopt.otter_courses import writing as otter_writing

__all__ = [
    "RECORD",
    "Own",
    "Record",
    "ask_original",
    "digest",
    "digest_for",
    "expected",
    "own_assignments",
    "read_record",
    "write_for_gradmark",
    "write_for_original",
    "write_record",
]

RECORD = ROOT / "tests" / "adopt" / "verdicts.json"
SECONDS = 60.0
SLOW_SECONDS = 15.0
"""Of processor time for a submission of otter's, where one of the class never ends. nbgrader has a limit of its own."""
Original = Literal["otter", "nbgrader"]


class Submission(Protocol):
    """Of either kind of course."""

    content: bytes
    honest: bool
    slow: bool


class Own(NamedTuple):
    """One assignment of ours."""

    original: Original
    homework: Any

    @property
    def name(self) -> str:
        return f"{self.original}/{self.homework.name}"

    @property
    def submissions(self) -> Mapping[str, Submission]:
        writing: Any = otter_writing if self.original == "otter" else nbgrader_writing
        found: Mapping[str, Submission] = writing.submissions(self.homework)
        return found


class Record(NamedTuple):
    """What the file says of one assignment."""

    digest: str
    graded: dict[str, Graded]


def own_assignments() -> Iterator[Own]:
    """All of them, in their order."""
    yield from (Own("otter", homework) for homework in otter_courses.COURSES)
    yield from (Own("nbgrader", homework) for homework in nbgrader_courses.COURSES)


def write_for_gradmark(own: Own, folder: Path) -> tuple[Path, Path]:
    """The assignment as its author has it, and the folder of submissions."""
    writing: Any = otter_writing if own.original == "otter" else nbgrader_writing
    path = writing.write(own.homework, folder / "assignment")
    handed = folder / "handed-in"
    for name, submission in own.submissions.items():
        first = (
            f"{own.homework.notebooks[0].name}.ipynb" if own.original == "nbgrader" else own.homework.notebook
        )
        for file, content in (getattr(submission, "files", None) or {first: submission.content}).items():
            place = handed / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    return path, handed


def write_for_original(own: Own, folder: Path) -> Path:
    """All that the original grades: for otter ``autograder.zip`` and ``handed-in``, for nbgrader a course."""
    if own.original == "nbgrader":
        return nbgrader_writing.for_original(own.homework, folder)
    path = otter_writing.for_original(own.homework, folder)
    for name, submission in otter_writing.original_submissions(own.homework).items():
        place = folder / "handed-in" / name
        place.mkdir(parents=True)
        (place / own.homework.notebook).write_bytes(submission.content)
    return path


def ask_original(own: Own, *, jobs: int = 1) -> Record:
    """Run the original on an assignment and all of its submissions.

    Of a submission that could not be graded it is asked once more, unless it never ends: on a busy machine, a kernel
    sometimes does not start.
    """
    with tempfile.TemporaryDirectory(prefix="own-") as scratch:
        folder = Path(scratch)
        path = write_for_original(own, folder)
        graded_what = digest(folder)
        graded = _asked(own, path, jobs)
        failed = [name for name, one in graded.items() if one.error and not own.submissions[name].slow]
        if failed:
            graded |= _asked(own, path, jobs, failed)
    return Record(graded_what, graded)


def _asked(own: Own, path: Path, jobs: int, only: Collection[str] | None = None) -> dict[str, Graded]:
    python = original_python(own.original)
    if own.original == "nbgrader":
        return grade_with_nbgrader(path, own.homework.name, python, jobs=jobs, only=only)
    slow = any(submission.slow for submission in own.submissions.values())
    seconds = SLOW_SECONDS if slow else SECONDS
    return grade_with_otter(path, path.parent / "handed-in", python, seconds=seconds, jobs=jobs, only=only)


def expected(own: Own, record: Record) -> dict[str, Graded]:
    """What gradmark should say: the original's verdicts under the names that the author's files give them.

    Otter is shown okpy's and gofer's assignments in a form that it takes, and then counts points as otter does. Their
    own clients count whole suites or whole files, as gradmark does; so their scores follow from the verdicts here.
    """
    if own.original == "nbgrader":
        return record.graded
    return {name: graded if graded.error else _counted(own, graded) for name, graded in record.graded.items()}


def _counted(own: Own, graded: Graded) -> Graded:
    homework = own.homework
    tests, score, possible = {}, 0.0, 0.0
    for question in homework.tested:
        title = f"Question {homework.questions.index(question) + 1}" if homework.titled else question.name
        verdicts = [graded.tests[f"{question.name} - {number + 1}"] for number in range(len(question.tests))]
        tests |= {f"{title} - {number}": verdict for number, verdict in enumerate(verdicts, 1)}
        sizes = (question.suites if homework.client == "okpy" else ()) or (len(verdicts),)
        points = 1.0 if homework.client == "gofer" or question.points is None else question.points
        possible += points if homework.client != "otter" else 0.0
        for size in sizes if homework.client != "otter" else ():
            score += points / len(sizes) * all(verdict.passed for verdict in verdicts[:size])
            del verdicts[:size]
    if homework.client == "otter":
        return replace(graded, tests=tests)
    return Graded(score, possible, tests, seconds=graded.seconds)


def digest_for(own: Own) -> str:
    """Of all that the original would grade."""
    with tempfile.TemporaryDirectory(prefix="own-") as scratch:
        write_for_original(own, Path(scratch))
        return digest(Path(scratch))


def digest(folder: Path) -> str:
    """Of all files below a folder, and of those in archives, by path and content; not of their times."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        members = {str(path.relative_to(folder)): path.read_bytes()}
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                members = {f"{path.name}/{name}": archive.read(name) for name in sorted(archive.namelist())}
        for name, content in members.items():
            total.update(f"{name} {len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()[:16]


def read_record(path: Path = RECORD) -> tuple[dict[str, dict[str, str]], dict[str, Record]]:
    """The versions of each original's packages, and what the file says of each assignment."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["versions"], {
        name: Record(
            said["digest"], {who: _read(one, said["tests"]) for who, one in said["submissions"].items()}
        )
        for name, said in content["assignments"].items()
    }


def write_record(found: Mapping[str, Record], path: Path = RECORD) -> None:
    """Write the file: a line a submission, so that a difference between two of them can be read."""
    used = {name: versions(original_python(name)) for name in ("otter", "nbgrader")}
    lines = ['{"versions": ' + json.dumps(used) + ",", ' "assignments": {']
    for name, record in found.items():
        possible = {
            test: verdict.possible
            for graded in record.graded.values()
            for test, verdict in graded.tests.items()
        }
        lines.append(f'  {json.dumps(name)}: {{"digest": "{record.digest}",')
        lines.append(f'   "tests": {json.dumps(possible)},')
        lines.append('   "submissions": {')
        for who, graded in record.graded.items():
            lines.append(f"    {json.dumps(who)}: {json.dumps(_written(graded, possible))},")
        lines[-1] = lines[-1].removesuffix(",") + "}},"
    lines[-1] = lines[-1].removesuffix(",") + "}}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _written(graded: Graded, possible: Mapping[str, float]) -> dict[str, object]:
    """What is not as it is when all passes."""
    if graded.error:
        return {"error": graded.error}
    tests = graded.tests
    made: dict[str, object] = {"score": graded.score}
    if failed := [name for name, test in tests.items() if not test.passed and not test.points]:
        made["failed"] = failed
    if partial := {name: test.points for name, test in tests.items() if not test.passed and test.points}:
        made["partial"] = partial
    if absent := [name for name in possible if name not in tests]:
        made["absent"] = absent
    return made


def _read(said: Mapping[str, Any], possible: Mapping[str, float]) -> Graded:
    if "error" in said:
        return Graded(error=said["error"])
    tests = {}
    for name, points in possible.items():
        if name not in said.get("absent", ()):
            got = 0.0 if name in said.get("failed", ()) else said.get("partial", {}).get(name, points)
            passed = name not in said.get("failed", ()) and name not in said.get("partial", {})
            tests[name] = Verdict(passed, got, points)
    return Graded(said["score"], math.fsum(test.possible for test in tests.values()), tests)
