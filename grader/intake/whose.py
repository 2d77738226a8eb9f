"""Whose a submission is, by a roster: each student is found once, and never by what somebody else chose.

Students choose the names of files, of accounts and their own. So if two submissions match the same student, not both
are that student's: an exact id, login or address, as a system gives it, wins over a similar name, and if nothing wins,
neither counts as that student's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from grader.intake.handed import Handed
from grader.intake.roster import Roster
from grader.results import StudentIdentity

__all__ = ["identified"]

_Claim = tuple[int, int]
"""A submission, and a place among its students."""


def identified(submissions: Sequence[Handed], roster: Roster) -> tuple[list[Handed], list[str]]:
    """The submissions with their students as the roster knows them, and sentences about those that stay uncertain.

    If the layout names no student, the submission's label says whose it is.
    """
    found = {(n, p): one for n, handed in enumerate(submissions) for p, one in enumerate(handed.students)}
    claims: dict[StudentIdentity, dict[str, list[_Claim]]] = defaultdict(lambda: defaultdict(list))
    certain: dict[StudentIdentity, set[str]] = defaultdict(set)
    doubts = []
    for number, handed in enumerate(submissions):
        for place, called in enumerate(
            handed.students or (StudentIdentity(name=handed.called or handed.label),)
        ):
            meant, exact = _meant(handed, called, roster)
            if len(meant) > 1:
                doubts.append(_several(handed, meant))
                found[number, place] = StudentIdentity(name=called.name)
            for student in meant if len(meant) == 1 else ():
                who = _claimant(handed, called, number)
                claims[student][who].append((number, place))
                certain[student] |= {who} if exact else set()
    for student, claimants in claims.items():
        best = [who for who in claimants if who in certain[student]] or list(claimants)
        if len(best) == 1:
            found |= dict.fromkeys(claimants[best[0]], student)
        else:
            # Several exact claims to be the same student: nobody knows which one is true.
            same = [claim for who in certain[student] for claim in claimants[who]]
            found |= {claim: StudentIdentity(name=found[claim].name) for claim in same}
        if len(claimants) > 1:
            labels = [[submissions[number].label for number, _ in claimants[who]] for who in claimants]
            doubts.append(_contested(student, labels, len(best) == 1))
    known = [
        tuple(found[n, p] for p in range(max(len(handed.students), 1)) if (n, p) in found)
        for n, handed in enumerate(submissions)
    ]
    return [replace(one, students=own) for one, own in zip(submissions, known, strict=True)], doubts


def _meant(handed: Handed, called: StudentIdentity, roster: Roster) -> tuple[set[StudentIdentity], bool]:
    """The students of the roster who may be meant, and whether the match is exact."""
    if not handed.students:
        return roster.within(called.name), False
    listed = roster.listed(handed.called) if len(handed.students) == 1 else None
    return ({listed}, True) if listed else roster.match(called)


def _several(handed: Handed, meant: set[StudentIdentity]) -> str:
    names = " or ".join(sorted(f"{student.name or student.email} ({student.id})" for student in meant))
    return (
        f"{handed.label} could belong to {names} of the roster, so it counts as neither's; correct the id, the address "
        "or the name"
    )


def _contested(student: StudentIdentity, labels: list[list[str]], settled: bool) -> str:
    which = ", ".join(dict.fromkeys(label for several in labels for label in several))
    what = "only the one with that student's own id or address counts" if settled else "none of them counts"
    return (
        f"{which} all match {student.name or student.email} ({student.id}) of the roster; {what} as theirs. Rename the "
        "others, or add to the roster what everyone is called there"
    )


def _claimant(handed: Handed, called: StudentIdentity, number: int) -> str:
    """Equal if the layout says that it is the same student."""
    if called.id or called.email:
        return f"{handed.who.partition(':')[0]}:{called.id}:{called.email.casefold()}"
    return handed.who or f"\0{number}"
