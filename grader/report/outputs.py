"""The folder that grading writes. Everything in it is made from the gradebook and can be deleted and made again."""

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
"""Written by earlier versions. It names students' files, so it is removed together with them."""
_OURS = {
    *_FOLDERS, "folder.json", "scores.csv", "report.html", _EARLIER,
    "gradebook.db", "gradebook.db-wal", "gradebook.db-shm", "gradebook.db-journal",
}  # fmt: skip
_HALF = re.compile(r"\..*\.part")


class _About(msgspec.Struct):
    """The content of ``folder.json``."""

    pset: str


class GradedFolder:
    """``DIR`` of ``gradmark grade --out DIR``: the results, tables and pages of one problem set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results = folder / "results"
        self.feedback = folder / "feedback"

    @property
    def pset(self) -> str | None:
        """The problem set graded into the folder; None if there is none."""
        for file in (self.folder / "folder.json", *sorted(self.results.glob("*.json"))[:1]):
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                return msgspec.json.decode(file.read_bytes(), type=_About).pset
        return None

    def refuse_another(self, pset: str) -> None:
        """Raise `GradmarkError` if another problem set was graded into the folder."""
        if self.pset not in (None, pset):
            raise GradmarkError(
                f"{self.folder} holds problem set {self.pset}; name another --out for {pset} (one gradebook, named "
                "with --db, can hold all of a course's problem sets)"
            )

    def create(self, pset: str) -> None:
        """Make the folders and close them to other users; raises `GradmarkError` if that fails."""
        try:
            make_folder(self.results)
            self._close()
        except OSError as error:
            raise GradmarkError(
                f"{self.folder} cannot be written ({error.strerror}); name another --out"
            ) from None
        write_if_new(self.folder / "folder.json", msgspec.json.encode(_About(pset)) + b"\n")

    def _close(self) -> None:
        """Close what is ours to other users; the folder itself only if it holds nothing else."""
        for name in _FOLDERS:
            close_to_others(self.folder / name)
        if all(name in _OURS or _HALF.fullmatch(name) for name in os.listdir(self.folder)):
            close_to_others(self.folder)

    @contextlib.contextmanager
    def held(self, pset: str) -> Iterator[None]:
        """Make the folders, keep other grading runs out, and remove files that a killed run left half-written.

        Raises:
            GradmarkError: The folder cannot be written, another run is using it, or it holds another problem set.
        """
        import fcntl  # imported here because reading results must work on every system

        self.refuse_another(pset)
        self.create(pset)
        descriptor = os.open(self.results, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # the file system has no locks
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise GradmarkError(
                        f"another run is grading into {self.folder}; wait until it ends, or name another --out"
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
        """Write a result in one step: readers see the old file or the new one, never half of it."""
        write_if_new(self.path(result.submission), encode_shown(result))

    def write_page(self, name: str, page: str) -> None:
        """Write a student's page."""
        make_folder(self.feedback)
        write_if_new(self.feedback / f"{name}.html", page.encode())

    def remove_exports(self) -> list[str]:
        """Remove what `gradmark scores` and `gradmark manual` wrote here; returns the names of what was removed."""
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
    """Write a file in one step, unless it has this content already and nobody else may read it."""
    try:
        status = path.stat()
        if status.st_size == len(content) and is_closed(status) and path.read_bytes() == content:
            return
    except OSError:
        pass
    write_whole(path, content)


def remove_others(folder: Path, suffix: str, names: Iterable[str]) -> None:
    """Remove a folder's files with this suffix, except those with these names."""
    keep = {f"{name}{suffix}" for name in names}
    for path in folder.glob(f"*{suffix}"):
        if path.name not in keep:
            path.unlink(missing_ok=True)


def page_names(scores: PsetScores) -> dict[int, str]:
    """The name of each student's page, by student number: the submission's, or in a group the student's own."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    with_pages = [one for one in scores.students if one.attempt is not None or one.score is not None]
    # Submissions keep their names, because the other files have them too.
    for student in sorted(with_pages, key=lambda one: (_own_submission(one) is None, one.number)):
        own = student.sid or student.name or student.email or f"student-{student.number}"
        name = _own_submission(student) or safe_name(own)
        while name.casefold() in taken:  # somebody else's page may have this name
            name = f"{name}-{student.number}"
        taken.add(name.casefold())
        names[student.number] = name
    return names


def _own_submission(student: StudentScore) -> str | None:
    """The name of the submission that counts, if the student handed it in alone."""
    return student.attempt.submission if student.attempt and student.attempt.members == 1 else None


def page_link(page: str) -> str:
    """The link from report.html to a student's page."""
    return f"feedback/{quote(page)}.html"
