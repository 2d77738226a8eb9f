"""ILIAS's download of an exercise: a folder a person, ``<last name>_<first name>_<login>_<user id>``.

The form comes from ILIAS's class.ilExSubmission.php (downloadAllAssignmentFiles) and SubmissionManager.php. A team has
a folder ``Team <number>`` around its members' folders. Late files begin with ``Late Submission - ``, in the language of
whoever downloads, and a file handed in again under the same name ends with ``(2)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.intake.handed import Handed
from grader.intake.tree import Entry, Folder, Tree
from grader.results import StudentIdentity
from grader.suffixes import may_be_submission

__all__ = ["read"]


class _Person(NamedTuple):
    """What a folder's name says; with a ``_`` in a name or login it is unclear where one ends."""

    names: str
    """Last name and first name."""
    login: str
    number: str

    @property
    def student(self) -> StudentIdentity | None:
        """The student, if names and login can be told apart."""
        last, _, first = self.names.partition("_")
        return None if "_" in first else StudentIdentity(id=self.login, name=f"{first} {last}")

    @property
    def called(self) -> str:
        return f"{self.names}_{self.login}".replace("_", " ")


_NUMBER = re.compile(r"\d{3,12}", re.ASCII)
_TEAM = re.compile(r"[^\W\d_]+ (?P<number>\d+)")
_LATE = re.compile(
    r"(?:late submission|versp(?:ä|ae|a)tete (?:abgabe|einreichung)) - (?P<file>.+)", re.I | re.DOTALL
)
_AGAIN = re.compile(r"(?P<stem>.+) \((?P<number>\d{1,3})\)(?P<ending>\.[^.]+)", re.DOTALL)


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """One submission of each student or team, if at least half of the folders have ILIAS's names."""
    for top in (tree.top, tree.unwrapped):
        teams = {name: folder for name, folder in top.folders.items() if _is_team(folder)}
        people = {name: folder for name, folder in top.folders.items() if _person(name)}
        members = [inner for team in teams.values() for inner in team.folders] + list(people)
        fits = len(teams) + len(people)
        if not fits or 2 * fits < len(top.folders) or any(map(may_be_submission, top.files)):
            continue
        numbers = [name.rpartition("_")[2] for name in members]
        if len(set(numbers)) < len(numbers):  # a number belongs to one user
            continue
        for name, folder in top.folders.items():
            if name not in teams and name not in people:
                tree.leave_all(folder, "has no name that ILIAS gives")
        for entry in top.files.values():
            tree.leave(entry, "belongs to nobody")
        return [handed for handed in _all(teams, people, tree) if handed.files]
    return None


def _is_team(folder: Folder) -> bool:
    named = _TEAM.fullmatch(folder.name) and folder.folders and not folder.files
    return bool(named) and all(map(_person, folder.folders))


def _all(teams: dict[str, Folder], people: dict[str, Folder], tree: Tree) -> Iterator[Handed]:
    for name, folder in sorted(people.items()):
        if person := _person(name):
            files, late = _files([folder], tree)
            yield Handed(
                label=f"{person.login}_{person.number}",
                where=folder.path,
                files=files,
                who=f"ilias:{person.number}",
                students=(person.student,) if person.student else (),
                late=late,
                called=person.called,
                own=person.number,
            )
    for name, team in sorted(teams.items()):
        members = [person for inner in sorted(team.folders) if (person := _person(inner))]
        files, late = _files([folder for _, folder in sorted(team.folders.items())], tree)
        number = name.rpartition(" ")[2]
        yield Handed(
            label=name.replace(" ", "_"),
            where=team.path,
            files=files,
            who=f"ilias:team {number}",
            students=tuple(one.student or StudentIdentity(name=one.called) for one in members),
            late=late,
            own=number,
        )


def _person(name: str) -> _Person | None:
    names, _, rest = name.rpartition("_")[0].rpartition("_")
    number = name.rpartition("_")[2]
    known = "_" in names.strip("_") and rest and _NUMBER.fullmatch(number)
    return _Person(names, rest, number) if known else None


def _files(folders: Sequence[Folder], tree: Tree) -> tuple[dict[str, Entry], bool]:
    """The newest files by their own names, and whether any of them is late."""
    found: dict[str, Entry] = {}
    late = False
    for folder in folders:
        own: dict[str, Entry] = {}
        for path, entry in folder.contents().items():
            match = _LATE.fullmatch(path)
            late = late or match is not None
            own[match["file"] if match else path] = entry
        found |= _newest(own, tree)
    return found, late


def _newest(files: dict[str, Entry], tree: Tree) -> dict[str, Entry]:
    """Only the last of the files handed in under the same name."""
    newest: dict[str, tuple[int, Entry]] = {}
    for path, entry in sorted(files.items()):
        again = _AGAIN.fullmatch(path) if may_be_submission(path) else None
        first = f"{again['stem']}{again['ending']}" if again else path
        name, number = (first, int(again["number"])) if again and first in files else (path, 1)
        known = newest.get(name)
        older = None if known is None else min(known, (number, entry), key=lambda one: one[0])
        if older is not None:
            tree.leave(older[1], f"was handed in again; only the last {name} is graded")
        if known is None or number > known[0]:
            newest[name] = (number, entry)
    return {name: entry for name, (_, entry) in newest.items()}
