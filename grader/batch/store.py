"""The folder that a grading run writes: results, one a submission, and scores.csv."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from grader.encoding import decode_exact, encode_shown
from grader.errors import GradmarkError
from grader.files import write_whole
from grader.points import number
from grader.pset import GradingDigest
from grader.results import SubmissionBehaviour, SubmissionResult
from grader.spreadsheet import safe_cell

__all__ = ["ResultStore"]


class ResultStore:
    """``DIR`` of ``gradmark grade --out DIR``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results = folder / "results"

    def create(self) -> None:
        """Make the folders; raises GradmarkError where that cannot be done."""
        try:
            self.results.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GradmarkError(
                f"{self.folder} cannot be written ({error.strerror}); name another --out"
            ) from None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Make the folders, keep other grading runs out of them, and remove what a killed one left half-written.

        Raises:
            GradmarkError: They cannot be written, or another run is at it.
        """
        import fcntl  # here: reading results needs no Linux

        self.create()
        descriptor = os.open(self.results, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # a file system without locks
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise GradmarkError(
                        f"another run is grading into {self.folder}; wait for its end, or name another --out"
                    ) from None
            for folder in (self.results, self.folder / "behaviour"):
                for half in folder.glob(".*.part"):
                    half.unlink(missing_ok=True)
            yield
        finally:
            os.close(descriptor)

    def path(self, submission: str) -> Path:
        return self.results / f"{submission}.json"

    def read(self, submission: str) -> SubmissionResult | None:
        """An earlier result, or None where there is none that can be read."""
        try:
            return decode_exact(self.path(submission).read_bytes())
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def write(self, result: SubmissionResult) -> None:
        """Write a result in one step: a reader sees the old file or the new one, never half of it."""
        write_whole(self.path(result.submission), encode_shown(result))

    def remember_digest(self, digest: GradingDigest) -> None:
        """Keep what a problem set's digest was made of, to tell later which part of it changed."""
        known = self._digests()
        if digest.whole not in known:
            known[digest.whole] = digest
            write_whole(self.folder / "digests.json", msgspec.json.format(msgspec.json.encode(known)) + b"\n")

    def digest(self, whole: str) -> GradingDigest | None:
        """The digest of an earlier run, by what its results' ``pset_sha256`` says."""
        return self._digests().get(whole)

    def _digests(self) -> dict[str, GradingDigest]:
        try:
            content = (self.folder / "digests.json").read_bytes()
            return msgspec.json.decode(content, type=dict[str, GradingDigest])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}

    def write_behaviour(self, submission: str, behaviour: SubmissionBehaviour | None) -> None:
        """Keep how a submission behaved where it failed, for `gradmark mistakes`; remove what was kept before."""
        path = self.folder / "behaviour" / f"{submission}.json"
        if behaviour is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(exist_ok=True)
        write_whole(path, msgspec.json.format(msgspec.json.encode(behaviour), indent=2) + b"\n")

    def behaviours(self) -> list[SubmissionBehaviour]:
        """What `write_behaviour` kept, by submission; files that cannot be read are left out."""
        found = []
        for path in sorted((self.folder / "behaviour").glob("*.json")):
            with contextlib.suppress(msgspec.MsgspecError):
                found.append(msgspec.json.decode(path.read_bytes(), type=SubmissionBehaviour))
        return found

    def write_scores(self, results: Iterable[SubmissionResult], questions: list[str]) -> Path:
        """Write scores.csv, one row a submission, in this order."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(
            ["submission", "student_id", "name", "email", "status", "score", "max_score", *questions]
        )
        for result in results:
            student = result.student
            who = [student.id, student.name, student.email] if student else ["", "", ""]
            scores = {question.id: question.score for question in result.questions}
            rows.writerow(
                [
                    *(safe_cell(text) for text in (result.submission, *who)),
                    result.status,
                    *(number(points) for points in (result.score, result.max_score)),
                    *(number(scores.get(question, 0)) for question in questions),
                ]
            )
        path = self.folder / "scores.csv"
        write_whole(path, text.getvalue().encode())
        return path
