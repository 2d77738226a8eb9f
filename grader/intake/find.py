"""From the paths on the command line to the submissions of a batch: listed, recognised, chosen, named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

from grader.errors import GradmarkError
from grader.intake.found import Attempts, Intake
from grader.intake.handed import Handed
from grader.intake.layouts.gradescope import without_doubtful
from grader.intake.layouts.table import glance, read_beside, read_tree
from grader.intake.names import printable
from grader.intake.paths import list_paths
from grader.intake.roster import Roster
from grader.intake.taken import Taken, choose, named
from grader.intake.times import time_of, unread_times
from grader.intake.tree import Tree
from grader.intake.whose import identified
from grader.text import first_few, many

__all__ = ["take_in"]


def take_in(
    paths: Sequence[Path],
    pset: str,
    *,
    attempts: Attempts = "latest",
    roster: Roster | None = None,
    zone: tzinfo | None = None,
    unsafe: bool = False,
    together: Sequence[str] = (),
) -> Intake:
    """Find every submission in the paths, whatever their layout.

    `list_paths` tells which paths may be classes. An archive named alone is a class if it holds more than one
    submission or looks like a download; a folder that holds only downloads is read as each of them. ``zone`` is the
    course's, which some recorded times need; ``together`` names the notebooks of a submission that has several.

    Raises:
        GradmarkError: A path does not exist or cannot be read, or nothing in the paths is a submission.
    """
    intake = Intake()
    taken = _read(*list_paths(paths, pset, unsafe, together), pset, roster, zone, intake)
    if not taken and intake.unread:
        raise GradmarkError(intake.unread[0])
    if not taken:
        where = ", ".join(str(path) for path in paths)
        raise GradmarkError(f"there is no submission in {where}: no notebook, .py file or archive was found")
    intake.doubts += [
        doubt for tree in {id(one.tree): one.tree for one in taken}.values() for doubt in tree.doubts
    ]
    certain, doubts = without_doubtful([one.handed for one in taken])
    taken = _replaced(taken, certain)
    intake.doubts += doubts
    intake.doubts += unread_times((printable(one.handed.label), one.unread) for one in taken if one.unread)
    taken = choose(taken, attempts, intake.unused)
    if roster is not None:
        known, doubts = identified([one.handed for one in taken], roster)
        taken = _replaced(taken, known)
        intake.doubts += doubts or _nobody_found(known, roster)
    intake.found, doubts = named(taken, attempts)
    intake.doubts += doubts
    if roster is not None:
        seen = {student.id for one in intake.found for student in one.students}
        intake.absent = [student for student in roster.students if student.id not in seen]
    return intake


def _read(
    trees: Sequence[Tree],
    odd: Path | None,
    pset: str,
    roster: Roster | None,
    zone: tzinfo | None,
    intake: Intake,
) -> list[Taken]:
    """What the layouts read in the trees, each file once; a tree that cannot be read is noted if there are others."""
    taken: dict[str, Taken] = {}
    one_by_one = 0
    for tree in trees:
        try:
            layout, handed = (
                read_tree(tree, pset, roster) if odd is None or tree.single else read_beside(tree, pset)
            )
        except GradmarkError as error:
            if len(trees) == 1:
                raise
            intake.unread.append(f"{tree.where} was skipped: {error}")
            continue
        if odd is not None and not tree.single and (len(handed) > 1 or glance(tree, pset).system):
            intake.doubts.append(_no_class(tree, len(handed), odd))
        for one in handed:
            attempt = Taken(tree, layout, one, *time_of(one, zone))
            taken[attempt.path] = attempt
        intake.unused += tree.unused
        if tree.single:
            one_by_one += len(handed)
        else:
            intake.recognised.append(f"{tree.where}: {layout}, {many(len(handed), 'submission')}")
    if one_by_one:
        intake.recognised.append(f"{many(one_by_one, 'submission')} named one by one")
    return list(taken.values())


def _replaced(taken: Iterable[Taken], handed: Iterable[Handed]) -> list[Taken]:
    return [replace(one, handed=new) for one, new in zip(taken, handed, strict=True)]


def _no_class(tree: Tree, submissions: int, odd: Path) -> str:
    beside = "other paths were" if odd == tree.where else f"{odd}, which is not a class, was"
    return (
        f"{tree.where} holds {many(submissions, 'submission')}, but {beside} named with it, so no student was read "
        "from its file names; if it is a class or a system's download, grade it in a separate run"
    )


def _nobody_found(handed: Sequence[Handed], roster: Roster) -> list[str]:
    """A sentence if the roster and the submissions have no student in common."""
    if {student for one in handed for student in one.students} & {*roster.students}:
        return []
    if not roster.students:
        return ["the roster names no students; give each a line"]
    called = list(dict.fromkeys(printable(one.called or one.label) for one in handed))
    first = roster.students[0]
    listed = printable(", ".join(part for part in (first.id, first.name, first.email) if part))
    return [
        f"no submission matches the roster: submissions are called {first_few(called, 3)}, and the roster's first "
        f"student is {listed}; add a column that holds what submissions are called, such as login, or give the roster "
        "of this class"
    ]
