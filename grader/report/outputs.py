"""The folder that grading writes: everything in it is made from the gradebook, and can be deleted and made again."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from grader.encoding import encode_shown
from grader.errors import GradmarkError
from grader.files import close_to_others, is_closed, make_folder, write_whole
from grader.gradebook import PsetScores, StudentScore
from grader.intake import safe_name
from grader.results import SubmissionResult

__all__ = ["GradedFolder", "page_link", "page_names"]


_FOLDERS = ("results", "feedback", "manual", "gradescope")
_EARLIER = "unused.txt"
"""Of an earlier gradmark: it names students' files, and so goes with them."""
_OURS = {
    *_FOLDERS, "folder.json", "scores.csv", "report.html", _EARLIER,
    "gradebook.db", "gradebook.db-wal", "gradebook.db-shm", "gradebook.db-journal",
}  # fmt: skip
_HALF = re.compile(r"\..*\.part")


class _About(msgspec.Struct):
    """The content of ``folder.json``."""

    pset: str


class GradedFolder:
    """``DIR`` of ``gradmark grade --out DIR``: one problem set's results, tables and pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results = folder / "results"
        self.feedback = folder / "feedback"

    @property
    def pset(self) -> str | None:
        """The problem set that was graded into it; None where none was."""
        for file in (self.folder / "folder.json", *sorted(self.results.glob("*.json"))[:1]):
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                return msgspec.json.decode(file.read_bytes(), type=_About).pset
        return None

    def refuse_another(self, pset: str) -> None:
        """Raise `GradmarkError` where another problem set was graded into it."""
        if self.pset not in (None, pset):
            raise GradmarkError(
                f"{self.folder} holds problem set {self.pset}; name another --out for {pset} (one gradebook, named "
                "with --db, can hold all problem sets of a course)"
            )

    def create(self, pset: str) -> None:
        """Make the folders, or close them to others; raises GradmarkError where that cannot be done."""
        try:
            make_folder(self.results)
            self._close()
        except OSError as error:
            raise GradmarkError(
                f"{self.folder} cannot be written ({error.strerror}); name another --out"
            ) from None
        write_if_new(self.folder / "folder.json", msgspec.json.encode(_About(pset)) + b"\n")

    def _close(self) -> None:
        """Have nobody else look into what is ours here; the folder itself, where it holds nothing of anybody else's."""
        for name in _FOLDERS:
            close_to_others(self.folder / name)
        if all(name in _OURS or _HALF.fullmatch(name) for name in os.listdir(self.folder)):
            close_to_others(self.folder)

    @contextlib.contextmanager
    def held(self, pset: str) -> Iterator[None]:
        """Make the folders, keep other grading runs out of them, and remove what a killed one left half-written.

        Raises:
            GradmarkError: They cannot be written, another run is at it, or another problem set is in them.
        """
        import fcntl  # here: reading results needs no Linux

        self.refuse_another(pset)
        self.create(pset)
        descriptor = os.open(self.results, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # a file system without locks
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise GradmarkError(
                        f"another run is grading into {self.folder}; wait for its end, or name another --out"
                    ) from None
            for folder in (self.folder, self.results, self.feedback):
                for half in folder.glob(".*.part"):
                    half.unlink(missing_ok=True)
            yield
        finally:
            os.close(descriptor)

    def path(self, submission: str) -> Path:
        """The file of a submission's result."""
        return self.results / f"{submission}.json"

    def write_result(self, result: SubmissionResult) -> None:
        """Write a result in one step: a reader sees the old file or the new one, never half of it."""
        write_if_new(self.path(result.submission), encode_shown(result))

    def write_page(self, name: str, page: str) -> None:
        """Write a student's page."""
        make_folder(self.feedback)
        write_if_new(self.feedback / f"{name}.html", page.encode())

    def remove_exports(self) -> list[str]:
        """Remove what `gradmark scores` and `manual` put here, and an earlier list of unused files; what those were."""
        removed = []
        for name in ("gradescope", "manual", _EARLIER):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
                removed.append(name)
            elif path.exists():
                path.unlink()
                removed.append(name)
        return removed


def write_if_new(path: Path, content: bytes) -> None:
    """Write a file whole, unless this is in it already and nobody else may read it."""
    try:
        status = path.stat()
        if status.st_size == len(content) and is_closed(status) and path.read_bytes() == content:
            return
    except OSError:
        pass
    write_whole(path, content)


def remove_others(folder: Path, suffix: str, names: Iterable[str]) -> None:
    """Remove a folder's files that nothing in the gradebook stands behind any more."""
    keep = {f"{name}{suffix}" for name in names}
    for path in folder.glob(f"*{suffix}"):
        if path.name not in keep:
            path.unlink(missing_ok=True)


def page_names(scores: PsetScores) -> dict[int, str]:
    """What each student's page is called, by the student's number: as their submission, or, in a group, as they."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    with_pages = [one for one in scores.students if one.attempt is not None or one.score is not None]
    # Submissions' names first: they are in the other files too.
    for student in sorted(with_pages, key=lambda one: (not _alone(one), one.number)):
        name = _called(student)
        while name.casefold() in taken:  # somebody else's submission may be called like that, too
            name = f"{name}-{student.number}"
        taken.add(name.casefold())
        names[student.number] = name
    return names


def _alone(student: StudentScore) -> bool:
    return student.attempt is not None and student.attempt.members == 1


def _called(student: StudentScore) -> str:
    if student.attempt is not None and student.attempt.members == 1:
        return student.attempt.submission
    return safe_name(student.sid or student.name or student.email or f"student-{student.number}")


def page_link(page: str) -> str:
    """A student's page, as a link from report.html."""
    return f"feedback/{quote(page)}.html"
