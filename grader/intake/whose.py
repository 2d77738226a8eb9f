"""Whose a submission is, by a roster: everyone on it is found once, and by nothing that somebody else chose.

Names of files, of accounts and of people are chosen by students. So two that are called like the same student are not
both that student's: what a system says exactly, an id, a login or an address, wins over what is only alike, and where
nothing wins, neither is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from grader.intake.handed import Handed
from grader.intake.roster import Roster
from grader.results import StudentIdentity

__all__ = ["identified"]

_Claim = tuple[int, int]
"""A submission, and a place among its students."""


def identified(
    submissions: Sequence[Handed], roster: Roster
) -> tuple[list[tuple[StudentIdentity, ...]], list[str]]:
    """The students of each submission as the roster knows them, and sentences about those that stay open.

    Where no layout named any, a submission's label says who it is by.
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
            # Who says exactly to be somebody, and is not alone with it, is nobody known.
            same = [claim for who in certain[student] for claim in claimants[who]]
            found |= {claim: StudentIdentity(name=found[claim].name) for claim in same}
        if len(claimants) > 1:
            labels = [[submissions[number].label for number, _ in claimants[who]] for who in claimants]
            doubts.append(_contested(student, labels, len(best) == 1))
    students = [
        tuple(found[n, p] for p in range(max(len(handed.students), 1)) if (n, p) in found)
        for n, handed in enumerate(submissions)
    ]
    return students, doubts


def _meant(handed: Handed, called: StudentIdentity, roster: Roster) -> tuple[set[StudentIdentity], bool]:
    """The students of the roster who may be meant, and whether it says so exactly."""
    if not handed.students:
        return roster.within(called.name), False
    listed = roster.listed(handed.called) if len(handed.students) == 1 else None
    return ({listed}, True) if listed else roster.match(called)


def _several(handed: Handed, meant: set[StudentIdentity]) -> str:
    names = " or ".join(sorted(f"{student.name or student.email} ({student.id})" for student in meant))
    return (
        f"{handed.label} could be {names} of the roster by what it is called, and was taken for neither's; correct the "
        "id, the address or the name"
    )


def _contested(student: StudentIdentity, labels: list[list[str]], settled: bool) -> str:
    which = ", ".join(dict.fromkeys(label for several in labels for label in several))
    what = "only what has that student's own id or address was" if settled else "none of them was"
    return (
        f"{which} are called like {student.name or student.email} ({student.id}) of the roster, and {what} taken for "
        "that student's; rename those of others, or say in the roster how everyone is called there"
    )


def _claimant(handed: Handed, called: StudentIdentity, number: int) -> str:
    """Equal for what the layout says is one student."""
    if called.id or called.email:
        return f"{handed.who.partition(':')[0]}:{called.id}:{called.email.casefold()}"
    return handed.who or f"\0{number}"
