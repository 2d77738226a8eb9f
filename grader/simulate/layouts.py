"""A class written as other systems would export it: the counterpart of `grader.intake`."""

from __future__ import annotations

import io
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from pathlib import Path

import yaml

from grader.simulate.draw import Attempt, Handin

__all__ = ["LAYOUTS", "write_class"]

Files = Iterator[tuple[str, bytes]]


def write_class(
    handins: Iterable[Handin], pset: str, layout: str, folder: Path, *, archive: str = ""
) -> Path:
    """Write a class in one of the `LAYOUTS`, as a folder or, with ``"zip"`` or ``"tar"``, as an archive.

    Returns the path to give to ``gradmark grade``.
    """
    name, files = LAYOUTS[layout](handins, pset)
    folder.mkdir(parents=True, exist_ok=True)
    if archive == "zip":
        path = folder / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for inside, content in files:
                packed.writestr(zipfile.ZipInfo(f"{name}/{inside}"), content)
    elif archive == "tar":
        path = folder / f"{name}.tar.gz"
        with tarfile.open(path, "w:gz") as packed:
            for inside, content in files:
                member = tarfile.TarInfo(f"{name}/{inside}")
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))
    else:
        path = folder / name
        shutil.rmtree(path, ignore_errors=True)
        for inside, content in files:
            target = path / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return path


def _plain(handins: Iterable[Handin], _pset: str) -> tuple[str, Files]:
    return "submissions", ((f"{h.people[0].id}.ipynb", h.attempts[-1].content) for h in handins)


def _gradescope(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    """As Ruby writes it; every attempt has a folder here, while a real export holds active ones only."""

    def files() -> Files:
        metadata = {}
        for number, (handin, attempt) in enumerate(_attempts(handins)):
            name = f"submission_{7_000_000 + number}"
            people = [{":name": p.name, ":sid": p.id, ":email": p.email} for p in handin.people]
            time = attempt.submitted.astimezone(UTC)
            metadata[name] = {
                ":submitters": people,
                ":created_at": time,
                ":score": 0.0,
                ":status": "processed",
            }
            yield f"{name}/{pset}.ipynb", attempt.content
        yield "submission_metadata.yml", yaml.safe_dump(metadata, allow_unicode=True).encode()

    return "assignment_4242_export", files()


def _canvas(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for number, (handin, attempt) in enumerate(_attempts(handins)):
            again = handin.attempts.index(attempt)
            person, late = handin.people[0], "LATE_" * attempt.late
            file = f"{pset}{f'-{again}' * bool(again)}.ipynb"
            yield f"{person.sortable}_{late}{person.id}_{9_000_000 + number}_{file}", attempt.content

    return "submissions", files()


def _moodle(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for number, handin in enumerate(handins, 2_000_000):
            where = f"{handin.people[0].name.replace('_', ' ')}_{number}_assignsubmission_file"
            yield f"{where}/{pset}.ipynb", handin.attempts[-1].content

    return f"NN-{pset}-4242", files()


def _blackboard(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for handin, attempt in _attempts(handins):
            person, time = handin.people[0], attempt.submitted.astimezone(UTC)
            name = f"{pset}_{person.login}_attempt_{time:%Y-%m-%d-%H-%M-%S}"
            about = f"Name: {person.name} ({person.login})\nAssignment: {pset}\nDate Submitted: {time:%c}\n"
            yield f"{name}.txt", about.encode()
            yield f"{name}_{pset}.ipynb", attempt.content

    return f"gradebook_NN_{pset}", files()


def _brightspace(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        yield "index.html", b"<html></html>"
        for number, handin in enumerate(handins, 30_000):
            for attempt in handin.attempts:
                time = attempt.submitted.astimezone(UTC)
                when = f"{time:%b} {time.day}, {time.year} {time.hour % 12 or 12}{time:%M %p}"
                where = f"{number}-640693 - {handin.people[0].name} - {when}"
                yield f"{where}/{pset}.ipynb", attempt.content

    return f"{pset} Download", files()


def _ilias(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for number, handin in enumerate(handins, 5_000):
            person, attempt = handin.people[0], handin.attempts[-1]
            late = "Late Submission - " * attempt.late
            yield f"{person.last}_{person.first}_{person.login}_{number}/{late}{pset}.ipynb", attempt.content

    return f"{pset}_4242", files()


def _nbgrader(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for handin in handins:
            where, last = f"{handin.people[0].id}/{pset}", handin.attempts[-1]
            yield f"{where}/{pset}.ipynb", last.content
            yield f"{where}/timestamp.txt", f"{last.submitted.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC".encode()

    return "submitted", files()


def _otter(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for handin, attempt in _attempts(handins):
            name = f"{pset}_{attempt.submitted.astimezone(UTC):%Y_%m_%dT%H_%M_%S_%f}.zip"
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(zipfile.ZipInfo(f"{pset}.ipynb"), attempt.content)
                archive.writestr(zipfile.ZipInfo("__zip_filename__"), name)
            yield f"{handin.people[0].id}/{name}", packed.getvalue()

    return "exports", files()


def _github(handins: Iterable[Handin], pset: str) -> tuple[str, Files]:
    def files() -> Files:
        for handin in handins:
            where = f"{pset}-{handin.people[0].login}"
            yield f"{where}/{pset}.ipynb", handin.attempts[-1].content
            yield f"{where}/README.md", b"# My answers\n"
            yield f"{where}/.git/HEAD", b"ref: refs/heads/main\n"

    return f"{pset}-submissions", files()


LAYOUTS: dict[str, Callable[[Iterable[Handin], str], tuple[str, Files]]] = {
    "plain": _plain,
    "gradescope": _gradescope,
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "brightspace": _brightspace,
    "ilias": _ilias,
    "nbgrader": _nbgrader,
    "otter": _otter,
    "github": _github,
}


def _attempts(handins: Iterable[Handin]) -> Iterator[tuple[Handin, Attempt]]:
    for handin in handins:
        for attempt in handin.attempts:
            yield handin, attempt
