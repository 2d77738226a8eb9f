"""Groups of submissions that fail alike, sentences for them, and a mistake drafted from a group."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert

from grader.errors import GradmarkError
from grader.gradebook.database import Database, reading, transaction
from grader.gradebook.documents import behaviours_of
from grader.gradebook.lookup import find_pset
from grader.gradebook.models import StaffSentence
from grader.gradebook.remember import remember, storable
from grader.gradebook.scores import PsetScores
from grader.results import QuestionBehaviour, SubmissionBehaviour

__all__ = ["FailingAlike", "behaviours", "draft_mistake", "failing_alike", "find_group", "say_to_group"]


@dataclass(frozen=True)
class FailingAlike:
    """Submissions whose calls in one question all returned equal results, up to rounding, or that did not answer it."""

    example: QuestionBehaviour
    submissions: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.example.group


def behaviours(database: Database, scores: PsetScores) -> Iterator[SubmissionBehaviour]:
    """How the last attempt under each submission name behaved in the questions it failed."""
    names = {attempt.result: attempt.submission for _, attempt in scores.submissions}
    with reading(database) as connection:
        for _, behaviour in behaviours_of(connection, names):
            yield behaviour


def failing_alike(found: Iterable[SubmissionBehaviour]) -> list[FailingAlike]:
    """The groups, largest first, and those of equal size by name; last, question by question, who did not answer."""
    members: dict[tuple[str, str], list[tuple[str, QuestionBehaviour]]] = defaultdict(list)
    for one in found:
        for question in one.questions:
            members[question.question, question.digest].append((one.submission, question))
    groups = [FailingAlike(alike[0][1], tuple(name for name, _ in alike)) for alike in members.values()]
    answered = [group for group in groups if group.example.answered]
    blank = [group for group in groups if not group.example.answered]
    return [
        *sorted(answered, key=lambda group: (-len(group.submissions), group.name)),
        *sorted(blank, key=lambda group: group.example.question),
    ]


def find_group(groups: list[FailingAlike], name: str) -> FailingAlike:
    """The group with this name; raises `GradmarkError` if there is none."""
    for group in groups:
        if group.name == name:
            return group
    raise GradmarkError(f"there is no group {name}; gradmark mistakes DIR lists them")


def say_to_group(database: Database, pset: str, group: FailingAlike, sentence: str, *, by: str) -> None:
    """Tell everyone in the group a sentence, now and in later runs; an empty one takes it back."""
    says = storable(" ".join(sentence.split()))
    about = {"question": group.example.question, "digest": group.example.digest}
    with transaction(database) as connection:
        row, now = find_pset(connection, pset), datetime.now(UTC)
        connection.execute(
            insert(StaffSentence).values(pset_id=row.id, **about, says=says, by=storable(by), at=now)
        )
        remember(connection, now, by, "sentence", pset=row.id, detail={**about, "says": says})


def draft_mistake(group: FailingAlike) -> str:
    """An entry for mistakes.py to complete: the example's code under a new name."""
    function = group.example.functions[0] if group.example.functions else "function"
    source = group.example.source or f"def {function}():\n    ..."
    name = f"{function}_{group.example.digest[:6]}"
    definition = re.compile(rf"((?:async )?(?:def|class)\s+){re.escape(function)}\b")
    if not definition.match(source):  # what gives a variable its value
        source = f"def {function}():\n{textwrap.indent(source, '    ')}\n    return {function}"
    renamed = definition.sub(rf"\g<1>{name}", source, count=1)
    return (
        "# Read this before you keep it: it is a student's code, and mistakes.py runs where the answers are.\n"
        "# Give it a name and a sentence, reduce it to the mistake, and run gradmark validate.\n"
        f'@mistake("{function}", says="TODO: what the student should read.")\n{renamed}\n'
    )
