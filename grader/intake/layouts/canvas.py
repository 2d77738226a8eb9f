"""Canvas's bulk download: one flat folder, ``<sortablename>[_LATE]_<userid>_<attachmentid>_<filename>``.

The form comes from canvas-lms's lib/content_zipper.rb: the student's name in lower case without non-word characters,
``anon`` if grading is anonymous, ``_text.html`` and ``_link.html`` for what was handed in without a file. Canvas adds
``-1``, ``-2`` to the file's name each time it is handed in again.

Students choose their own names and those of their files, and both may hold numbers between underscores: then a name can
be read in more than one way. A reading is dropped only for what Canvas itself never writes (`_possible`), so that the
true one always stays. If readings of two users remain, the file is nobody's: a submission of its own, with a sentence
for staff.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from grader.intake.handed import Handed
from grader.intake.tree import Entry, Tree
from grader.results import StudentIdentity
from grader.suffixes import may_be_submission, stem_of

__all__ = ["read"]

MAX_NAME = 1_000
"""Characters of a file's name; Canvas's are shorter."""
FEWEST = 3
"""Digits of an attachment's number; days, months and parts of an exercise have fewer."""
ROUNDS = 5
"""How often what became certain may settle more; what is open after that stays open."""
_ANONYMOUS = re.compile(
    r"(?P<early>LATE_)?anon_(?P<late>LATE_)?(?P<user>[A-Za-z0-9]+)_(?P<attachment>\d+)_(?P<file>.+)", re.ASCII
)
# Anywhere in a name, even overlapping.
_NUMBERS = re.compile(r"(?=_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+))", re.ASCII)
_FILELESS = re.compile(r".+_[A-Za-z0-9]+_(?P<kind>text|link)\.html", re.ASCII)
_AGAIN = re.compile(r"(?P<stem>.+)-\d{1,3}")
_KINDS = {"text": "is text typed into Canvas", "link": "is a link handed in to Canvas"}


class _Reading(NamedTuple):
    """One way to read a file's name."""

    name: str
    """The student's; empty if grading is anonymous."""
    user: str
    attachment: str
    file: str
    late: bool


class _Attachment(NamedTuple):
    """A file, and how to read its name."""

    entry: Entry
    reading: _Reading

    @property
    def number(self) -> int:
        return int(self.reading.attachment)

    @property
    def file(self) -> str:
        return _original(self.reading.file)


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The students' attempts, if at least half of the files have Canvas's names."""
    folder = tree.unwrapped
    fileless = {name: match for name in folder.files if (match := _FILELESS.fullmatch(name))}
    readings = {name: _readings(name) for name in folder.files if name not in fileless}
    known = {name: several for name, several in readings.items() if several}
    if not known or 2 * (len(known) + len(fileless)) < len(folder.files) or len(folder.folders) > len(known):
        return None
    students: dict[str, dict[str, list[_Attachment]]] = defaultdict(lambda: defaultdict(list))
    nobodys = []
    for name, several in _possible(known).items():
        if len({one.user for one in several}) > 1:
            nobodys.append(_nobodys(folder.files[name], several, tree))
        else:
            first = several[0]
            students[first.user][first.name].append(_Attachment(folder.files[name], first))
    for name, entry in folder.files.items():
        if name in fileless:
            tree.leave(entry, f"{_KINDS[fileless[name]['kind']]}, not a file; grade it there")
        elif name not in known:
            tree.leave(entry, "has no name that Canvas gives")
    for inner in folder.folders.values():
        tree.leave_all(inner, "lies in a folder, which Canvas never makes")
    found = [handed for user in sorted(students) for handed in _of_user(user, students[user], tree)]
    return [*found, *(handed for handed in nobodys if handed)]


def _readings(name: str) -> list[_Reading]:
    """Every way in which Canvas could have made a file's name, the shortest student's name first."""
    if len(name) > MAX_NAME:
        return []
    found = []
    if match := _ANONYMOUS.fullmatch(name):
        late = bool(match["late"] or match["early"])
        found.append(_Reading("", match["user"], match["attachment"], match["file"], late))
    for match in _NUMBERS.finditer(name):
        if match.start():
            called, late = name[: match.start()], bool(match["late"])
            found.append(_Reading(called, match["user"], match["attachment"], match["file"], late))
    first: dict[tuple[str, str, str], _Reading] = {}
    for one in found:  # a longer student's name says the same about the file
        first.setdefault((one.user, one.attachment, one.file), one)
    return [*first.values()]


def _possible(names: Mapping[str, list[_Reading]]) -> dict[str, list[_Reading]]:
    """The readings that Canvas can have written: with its numbers, and one name for each user.

    Nothing that another student could have chosen decides about a file: only its own numbers, and names that can be
    read in one way only.
    """
    left = {name: _unless_none(several, _well_formed) for name, several in names.items()}
    # Attachments are numbered across all of Canvas, so their numbers are about equally long. Names with one reading
    # tell how long: in others, the student may have chosen a longer number.
    certain = [one[0] for one in left.values() if len(one) == 1]
    lengths = sorted({one.user: len(one.attachment) for one in certain}.values())
    least = lengths[len(lengths) // 2] - 1 if lengths else FEWEST
    left = {
        name: _unless_none(several, lambda one: len(one.attachment) >= least)
        for name, several in left.items()
    }
    for _ in range(ROUNDS):
        left = _of_one_name(left)
    return left


def _of_one_name(names: Mapping[str, list[_Reading]]) -> dict[str, list[_Reading]]:
    """Without readings that give a user another name than a file that can be read in one way only."""
    called: dict[str, set[str]] = defaultdict(set)
    for several in names.values():
        if len(several) == 1:
            called[several[0].user].add(several[0].name)

    def fits(one: _Reading) -> bool:
        return one.user not in called or one.name in called[one.user]

    return {name: _unless_none(several, fits) for name, several in names.items()}


def _unless_none(several: list[_Reading], keep: Callable[[_Reading], bool]) -> list[_Reading]:
    """Those to keep; all of them if that leaves none."""
    return [one for one in several if keep(one)] or several if len(several) > 1 else several


def _well_formed(one: _Reading) -> bool:
    """Whether Canvas writes numbers like this."""
    zeros = one.attachment.startswith("0") or one.user.startswith("0")
    return not zeros and len(one.attachment) >= FEWEST


def _nobodys(entry: Entry, several: list[_Reading], tree: Tree) -> Handed | None:
    """A submission of its own, since its name does not tell whose it is."""
    users = " or ".join(dict.fromkeys(one.user for one in several))
    if not may_be_submission(entry.name):
        tree.leave(
            entry, f"may belong to user {users} by its name; look up in Canvas whose it is, and rename it"
        )
        return None
    tree.doubts.append(
        f"{tree.place(entry.path)} may belong to user {users} by its name, so it counts as nobody's; look up in Canvas "
        "whose it is, and rename what follows that student's two numbers"
    )
    late = {one.late for one in several}
    return Handed(
        label=stem_of(entry.name),
        where=entry.path,
        files={several[-1].file: entry},
        late=late.pop() if len(late) == 1 else None,
    )


def _of_user(user: str, called: Mapping[str, list[_Attachment]], tree: Tree) -> Iterator[Handed]:
    """A user's attempts; if the number comes with several names, those of each name as nobody's."""
    for name, attachments in sorted(called.items()):
        for handed in _attempts(user, name, attachments):
            if len(called) == 1:
                yield handed
            else:
                yield replace(handed, who=f"{handed.who}:{name}", students=())
    if len(called) > 1:
        names = ", ".join(name or "anonymous" for name in sorted(called))
        tree.doubts.append(
            f"{tree.where}: user {user} has several names ({names}), so none of these submissions counts as theirs; "
            "download them from Canvas again, or rename them"
        )


def _attempts(user: str, name: str, several: list[_Attachment]) -> list[Handed]:
    """One student's files: a file name that is there already begins the next attempt."""
    attempts: list[dict[str, _Attachment]] = [{}]
    for attachment in sorted(several, key=lambda one: one.number):
        if attachment.file in attempts[-1]:
            attempts.append({})
        attempts[-1][attachment.file] = attachment
    return [
        Handed(
            label=f"{name or 'anonymous'}_{user}",
            where=next(iter(files.values())).entry.path,
            files={file: attachment.entry for file, attachment in files.items()},
            who=f"canvas:{user}",
            order=("", max(attachment.number for attachment in files.values())),
            students=(StudentIdentity(id=user, name=name),),
            late=any(attachment.reading.late for attachment in files.values()),
            own=user,
        )
        for files in attempts
    ]


def _original(file: str) -> str:
    """The file's name without Canvas's counter, for code; a data file's own name may end so."""
    stem = stem_of(file)
    again = _AGAIN.fullmatch(stem)
    return f"{again['stem']}{file[len(stem) :]}" if again and may_be_submission(file) else file
