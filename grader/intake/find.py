"""From the paths on the command line to the submissions of a batch: listed, recognised, chosen, named."""

from __future__ import annotations

import functools
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.above import downloads_in
from grader.intake.handed import Handed
from grader.intake.layouts.gradescope import without_doubtful
from grader.intake.layouts.table import Glance, glance, read_beside, read_tree
from grader.intake.names import printable, safe_name, short_name
from grader.intake.roster import Roster
from grader.intake.times import time_of, unread_times
from grader.intake.tree import (
    MAX_SUBMISSION_MB,
    UNUSABLE,
    Entry,
    OnDisk,
    Tree,
    Unused,
    list_archive,
    list_folder,
)
from grader.intake.whose import identified
from grader.results import StudentIdentity
from grader.suffixes import archive_suffix, code_suffix
from grader.text import short_digest

__all__ = ["Attempts", "Found", "Intake", "find_submissions", "one_submission", "take_in", "without_times"]

MAX_FILES = 2_000
MAX_NAMES = 5
Attempts = Literal["latest", "first", "all"]


@dataclass(frozen=True)
class Found:
    """One submission that is to be graded.

    ``name`` is unique in its batch and safe as a file's name; ``where`` is the file or folder, for messages.
    """

    name: str
    where: Path
    files: Mapping[str, Entry] = field(repr=False)
    students: tuple[StudentIdentity, ...] = ()
    """Who handed in, as far as it is known; several for a group."""
    attempt: int = 1
    """Among the attempts of this student or group in the batch, from 1."""
    submitted: datetime | None = None
    """When it was handed in, by the clock of the system that took it; with a time zone."""
    unread: str = ""
    """Why there is no such time, where the system wrote one down."""
    late: bool | None = None
    """What the system says; None where it says nothing."""
    layout: str = ""

    @property
    def student(self) -> StudentIdentity | None:
        """The first of its students."""
        return self.students[0] if self.students else None

    @property
    def untimed(self) -> Literal["", "unread", "none"]:
        """Why nobody knows whether it is late; empty where it is known."""
        if self.submitted is not None or self.late is not None:
            return ""
        return "unread" if self.unread else "none"

    def read(self) -> dict[str, bytes]:
        """Contents by relative path.

        Raises:
            SubmissionRejected: It is too large, or holds a link.
        """
        if len(self.files) > MAX_FILES:
            raise SubmissionRejected(
                f"there are more than {MAX_FILES:,} files; hand in the notebook and what it needs"
            )
        room = MAX_SUBMISSION_MB << 20
        contents: dict[str, bytes] = {}
        for path, entry in self.files.items():
            contents[path] = entry.read(room)
            room -= len(contents[path])
        return contents


@dataclass(frozen=True)
class Intake:
    """What was found in the paths."""

    found: list[Found]
    unused: list[Unused]
    """Every file that is part of no submission, and why."""
    recognised: list[str]
    """A sentence for each path: what it was taken for."""
    absent: list[StudentIdentity]
    """Students of the roster of whom nothing was found."""
    doubts: list[str] = field(default_factory=list)
    """Sentences for staff: whose some submissions are, or when they were handed in, could not be told."""
    unread: list[str] = field(default_factory=list)
    """Sentences about paths that could not be read, of several that were named."""


def find_submissions(paths: Sequence[Path], pset: str) -> tuple[list[Found], list[Unused]]:
    """The latest attempt of every submission in the paths, and the files that were passed over; see `take_in`."""
    intake = take_in(paths, pset)
    return intake.found, intake.unused


def one_submission(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that is one submission: contents by relative path.

    Raises:
        SubmissionRejected: It is too large, or holds a link.
        GradmarkError: There is no such folder.
    """
    if not folder.is_dir():
        raise GradmarkError(f"{folder} is no folder; a submission's files belong there")
    return Found(folder.name, folder, list_folder(folder).top.contents()).read()


def take_in(
    paths: Sequence[Path],
    pset: str,
    *,
    attempts: Attempts = "latest",
    roster: Roster | None = None,
    zone: tzinfo | None = None,
    unsafe: bool = False,
) -> Intake:
    """Every submission in the paths, sorted by name, in whatever layout they are.

    Of several paths none is read as a class, or as what a system gave out, unless every one of them holds the
    submissions of more than one student: among the folders and archives of several students none can pass for one.
    Beside a download of several students one of a single other student is a download too. All that is told by the paths
    in them, before any of their files is opened. An archive that is named alone is a class if it holds more than one
    submission, or has the form of a download; a folder in which there are only downloads is read as each of them.
    ``zone`` is the course's, which some times that are written down need.

    Raises:
        GradmarkError: A path does not exist or cannot be read, or nothing in them is a submission.
    """
    trees, odd = _trees(paths, pset, unsafe)
    taken: list[_Taken] = []
    unused: list[Unused] = []
    counts: Counter[str] = Counter()
    recognised = []
    doubts, unread = [], []
    for tree in trees:
        try:
            layout, handed = (
                read_tree(tree, pset, roster) if odd is None or tree.single else read_beside(tree, pset)
            )
        except GradmarkError as error:
            if len(trees) == 1:
                raise
            unread.append(f"nothing in {tree.where} was taken: {error}")
            continue
        if odd is not None and not tree.single and (len(handed) > 1 or glance(tree, pset).system):
            doubts.append(_no_class(tree, len(handed), odd))
        taken += [_Taken(tree, layout.title, one, *time_of(one, zone)) for one in handed]
        unused += tree.unused
        if tree.single:
            counts["named"] += len(handed)
        else:
            recognised.append(f"{tree.where}: {layout.title}, {_count(len(handed))}")
    if counts["named"]:
        recognised.append(f"{_count(counts['named'])} named one by one")
    taken = list(
        {os.path.abspath(one.place): one for one in taken}.values()
    )  # named, and in a folder named too
    if not taken and unread:
        raise GradmarkError(unread[0])
    if not taken:
        where = ", ".join(str(path) for path in paths)
        raise GradmarkError(f"there is no submission in {where}; it holds no notebook, .py file or archive")
    doubts += [doubt for tree in {id(one.tree): one.tree for one in taken}.values() for doubt in tree.doubts]
    certain, open_ = without_doubtful([one.handed for one in taken])
    taken = [replace(one, handed=handed) for one, handed in zip(taken, certain, strict=True)]
    doubts += open_
    doubts += unread_times((printable(one.handed.label), one.unread) for one in taken if one.unread)
    taken = _choose(taken, attempts, unused)
    if roster is not None:
        students, open_ = identified([one.handed for one in taken], roster)
        doubts += open_
        taken = [
            replace(one, handed=replace(one.handed, students=known))
            for one, known in zip(taken, students, strict=True)
        ]
        doubts += [] if open_ else _nobody_found(taken, roster)
    found, open_ = _named(taken, attempts)
    doubts += open_
    return Intake(found, unused, recognised, _absent(found, roster), doubts, unread)


def without_times(found: Sequence[Found]) -> str:
    """A sentence for staff about submissions of which nothing says when they were handed in; empty without any."""
    names = [one.name for one in found if one.untimed == "none"]
    if not names:
        return ""
    some = ", ".join(names[:MAX_NAMES]) + (
        f" and {len(names) - MAX_NAMES:,} more" if len(names) > MAX_NAMES else ""
    )
    which = some if len(names) < len(found) else "any of these submissions"
    return (
        f"nothing says when {which} came in, so that nobody knows whether it is late, and nothing is taken off; where "
        "lateness is to count, grade the download of the system that took it, with its times"
    )


def _count(number: int) -> str:
    return f"{number:,} submission{'s' * (number != 1)}"


@dataclass(frozen=True)
class _Taken:
    """What a layout read, with where it came from."""

    tree: Tree
    layout: str
    handed: Handed
    submitted: datetime | None = None
    unread: str = ""
    attempt: int = 1
    attempts: int = 1

    @property
    def place(self) -> Path:
        return self.tree.place(self.handed.where)

    @property
    def above(self) -> str:
        """The folder that holds it."""
        folder = self.handed.where.rpartition("/")[0].rpartition("/")[2]
        return folder or self.tree.name

    @property
    def essence(self) -> str:
        """What stays the same of it wherever the files lie and whoever else hands in: who it is of, or its path."""
        return self.handed.who or f"{self.tree.name}/{self.handed.where}"

    def when(self, *, timed: bool) -> tuple[float, tuple[str, int], str]:
        """Sorts the attempts of one student: by their times, where all have one, and else by what orders them too."""
        moment = self.submitted.timestamp() if timed and self.submitted else 0.0
        return (moment, self.handed.order, os.path.abspath(self.place))


def _trees(paths: Sequence[Path], pset: str, unsafe: bool) -> tuple[list[Tree], Path | None]:
    """The paths' files, and one of the paths that is no class where none is read as one.

    A path named twice is listed once.
    """
    named = {os.path.abspath(path): path for path in paths}
    trees: dict[str, Tree] = {}
    seen: dict[str, Glance] = {}
    odd: Path | None = None
    for place, path in named.items():
        if not path.exists():
            raise GradmarkError(f"{path} does not exist; name notebooks, archives or folders of them")
        if path.is_dir():
            trees[place] = list_folder(path)
            seen[place] = glance(trees[place], pset)
            if len(named) > 1 and seen[place].students < 2 and not seen[place].people:
                odd = path
        elif archive_suffix(path.name):
            continue
        elif code_suffix(path.name):
            trees[place], odd = _single(path), path
        else:
            trees[place] = Tree(path.parent, unused=[Unused(path, UNUSABLE)], single=True)
    archives = [place for place in named if place not in trees]
    # The smallest first, which can least be a class: behind one that is none, no other is unpacked.
    for place in sorted(archives, key=lambda place: (named[place].stat().st_size, place)):
        if odd is None:
            trees[place] = _listed_archive(named[place], unsafe, alone=len(named) == 1)
            seen[place] = glance(trees[place], pset)
            of_one = seen[place].submissions if len(named) == 1 else seen[place].students
            if trees[place].single or (of_one < 2 and not seen[place].people):
                odd = named[place]
    if odd is None and len(named) > 1:
        odd = _told_apart(trees, seen)
    if odd is not None:
        trees |= {place: _single(named[place]) for place in archives}
    if len(named) == 1 and odd is None:
        (tree,) = trees.values()
        if below := downloads_in(tree, pset, lambda path: _listed_archive(path, unsafe, alone=False)):
            return below, None
    return [trees[place] for place in sorted(trees)], odd


def _told_apart(trees: Mapping[str, Tree], seen: Mapping[str, Glance]) -> Path | None:
    """A path that has one student only and may be that student's own; None where all can be downloads.

    Beside a download of several a small one is one too, if nobody in it is in another: so it takes nobody's place.
    """
    small = [place for place, one in seen.items() if one.students < 2]
    large = [one for one in seen.values() if one.students >= 2]
    others: Counter[str] = Counter(who for one in seen.values() for who in one.people)
    for place in small:
        alone = all(others[who] == 1 for who in seen[place].people)
        if not (alone and large and all(one.people for one in seen.values())):
            return trees[place].where
        trees[place].doubts.append(
            f"{trees[place].where} holds one submission, and was read as a download like what is named beside it; if "
            "it is a student's own folder or archive, grade it in a call of its own"
        )
    return None


def _listed_archive(path: Path, unsafe: bool, *, alone: bool) -> Tree:
    try:
        return list_archive(path, unsafe=unsafe)
    except GradmarkError:
        if (
            path.suffix.lower() == ".zip" or not alone
        ):  # perhaps a student's, who is to read what is wrong with it
            return _single(path)
        raise


def _no_class(tree: Tree, submissions: int, odd: Path) -> str:
    beside = (
        f"{odd} is named beside it and is no class"
        if odd != tree.where
        else "other paths are named beside it"
    )
    return (
        f"{tree.where} holds {_count(submissions)}; {beside}, so no student was read out of its names; if it is a "
        "class or a system's download, grade it in a call of its own"
    )


def _single(path: Path) -> Tree:
    """A file that is one submission by itself."""
    return Tree(path.parent, [Entry(path.name, OnDisk(path))], single=True)


def _choose(taken: Iterable[_Taken], attempts: Attempts, unused: list[Unused]) -> list[_Taken]:
    """The attempts to grade, each with its number; the others are reported."""
    by_student: dict[str, list[_Taken]] = defaultdict(list)
    for one in taken:
        by_student[one.handed.who or f"\0{len(by_student)}"].append(one)
    chosen = []
    for several in by_student.values():
        timed = all(one.submitted for one in several)
        several.sort(key=functools.partial(_Taken.when, timed=timed))
        last = len(several)
        wanted = {"latest": {last}, "first": {1}, "all": set(range(1, last + 1))}[attempts]
        for number, one in enumerate(several, 1):
            if number in wanted:
                chosen.append(replace(one, attempt=number, attempts=last))
            else:
                what = f"is attempt {number} of {last} of {one.handed.label}"
                unused.append(Unused(one.place, f"{what}, and only the {attempts} is graded (--attempt)"))
    return chosen


def _named(taken: list[_Taken], attempts: Attempts) -> tuple[list[Found], list[str]]:
    """Submissions by name, which is each one's own, and sentences about those that would share one.

    A name in which a part of what was told is lost has a digest of whose it is, whoever else is there. Of those that
    share one all have, so that nothing that was decided under it becomes another's; what differs in capitals only keeps
    its name where it has none.
    """
    taken = sorted(taken, key=lambda one: os.path.abspath(one.place))
    # With all attempts each has its number in its name, so that no later one takes it over.
    ends = [f"-attempt{one.attempt}" * (attempts == "all" and one.attempts > 1) for one in taken]
    plain = [_own_name(one) + end for one, end in zip(taken, ends, strict=True)]
    counts, alike = Counter(plain), Counter(name.casefold() for name in plain)
    names: set[str] = set()
    found = []
    shared: dict[str, list[str]] = defaultdict(list)
    for one, name in zip(taken, plain, strict=True):
        unique = name
        contested = counts[name] > 1 or (alike[name.casefold()] > 1 and name != name.casefold())
        if contested:
            above = f"{safe_name(one.above)}-" * (not one.handed.who)
            unique = f"{above}{name}-{short_digest(one.essence)}"
        unique = short_name(unique)
        if unique.casefold() in names:  # two paths that end alike
            unique = short_name(f"{unique}-{short_digest(os.path.abspath(one.place))}")
        names.add(unique.casefold())
        if counts[name] > 1:
            shared[name].append(unique)
        handed = one.handed
        when = (one.attempt, one.submitted, one.unread, handed.late)
        found.append(Found(unique, one.place, handed.files, handed.students, *when, one.layout))
    doubts = [
        f"{len(several)} submissions would be called {name}, and are called {', '.join(several[:3])}"
        f"{', ...' if len(several) > 3 else ''}; what was decided about {name} before stays with it"
        for name, several in shared.items()
    ]
    return sorted(found, key=lambda one: one.name), doubts


def _own_name(one: _Taken) -> str:
    """The label as a name, a blank as a ``_``; with a digest where not all is left that tells the submission apart."""
    name, own = safe_name(one.handed.label), one.handed.own or one.handed.label
    tells = safe_name(own) == own.replace(" ", "_") and name.endswith(safe_name(own))
    return name if tells else f"{name}-{short_digest(one.essence)}"


def _nobody_found(taken: list[_Taken], roster: Roster) -> list[str]:
    """A sentence where the roster and what was handed in have nobody in common."""
    if {student for one in taken for student in one.handed.students} & {*roster.students}:
        return []
    if not roster.students:
        return ["the roster names no student; give it a line for each"]
    calls = list(dict.fromkeys(one.handed.called or one.handed.label for one in taken))
    first = roster.students[0]
    return [
        f"no submission was found in the roster: they are called {', '.join(map(printable, calls[:3]))}"
        f"{', ...' if len(calls) > 3 else ''}, and the roster's first student is "
        f"{printable(', '.join(part for part in (first.id, first.name, first.email) if part))}; add a column with what "
        "submissions are called, such as login, or name the roster of this class"
    ]


def _absent(found: list[Found], roster: Roster | None) -> list[StudentIdentity]:
    seen = {student.id for one in found for student in one.students}
    return [student for student in roster.students if student.id not in seen] if roster else []
