"""Results in full, into the gradebook and out of it.

They are kept without the submission's name and student, which are added when a result is read. So are the sentences of
staff, so that a new sentence reaches results recorded before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from grader.encoding import decode_exact, encode_exact
from grader.gradebook.content import pack, unpack
from grader.gradebook.models import StaffSentence
from grader.gradebook.personal import Behaviour, ResultDocument
from grader.gradebook.remember import in_parts, storable
from grader.results import StudentIdentity, SubmissionBehaviour, SubmissionResult

__all__ = ["behaviours_of", "documents_of", "kept_behaviour", "kept_document", "sentences_of"]

AT_ONCE = 100
"""How many documents one query reads: few queries, little memory."""

Known = dict[tuple[str, str], str]
"""The sentences of staff, by question and digest of the behaviour."""


def kept_document(result: SubmissionResult) -> dict[str, Any]:
    """The columns of the row that keeps a result."""
    bare = msgspec.structs.replace(result, submission="", student=None)
    return {"reason": storable(result.reason), "data": pack(encode_exact(bare))}


def kept_behaviour(behaviour: SubmissionBehaviour) -> bytes:
    """A submission's behaviour, packed to be kept."""
    return pack(msgspec.json.encode(msgspec.structs.replace(behaviour, submission="")))


def documents_of(
    connection: Connection, pset: int, wanted: Sequence[tuple[int, str, StudentIdentity | None]]
) -> Iterator[tuple[int, SubmissionResult]]:
    """The results with these numbers, each with its number, under this submission name and student; not erased ones."""
    said = sentences_of(connection, pset)
    for part in in_parts(wanted, AT_ONCE):
        numbers = [number for number, _, _ in part]
        kept = dict(
            connection.execute(
                select(ResultDocument.result_id, ResultDocument.data).where(
                    ResultDocument.result_id.in_(numbers)
                )
            ).all()
        )
        names = {number: submission for number, submission, _ in part}
        behaved = dict(behaviours_of(connection, names)) if said else {}
        for number, submission, student in part:
            if number in kept:
                result = decode_exact(unpack(kept[number]))
                result.submission, result.student = submission, student
                _say(result, behaved.get(number), said)
                yield number, result


def behaviours_of(
    connection: Connection, names: Mapping[int, str]
) -> Iterator[tuple[int, SubmissionBehaviour]]:
    """The behaviour of the results with these numbers and submission names, where they failed."""
    for part in in_parts(names, AT_ONCE):
        rows = connection.execute(
            select(Behaviour.result_id, Behaviour.data)
            .where(Behaviour.result_id.in_(part))
            .order_by(Behaviour.result_id)
        )
        for number, data in rows:
            behaviour = msgspec.json.decode(unpack(data), type=SubmissionBehaviour)
            yield number, msgspec.structs.replace(behaviour, submission=names[number])


def sentences_of(connection: Connection, pset: int) -> Known:
    """The sentences of staff that hold now: the last one for each behaviour, unless it is empty."""
    rows = connection.execute(
        select(StaffSentence.question, StaffSentence.digest, StaffSentence.says)
        .where(StaffSentence.pset_id == pset)
        .order_by(StaffSentence.id)
    )
    found = {(question, digest): says for question, digest, says in rows}
    return {key: says for key, says in found.items() if says}


def _say(result: SubmissionResult, behaviour: SubmissionBehaviour | None, said: Known) -> None:
    digests = {one.question: one.digest for one in behaviour.questions} if behaviour else {}
    for question in result.questions:
        sentence = said.get((question.id, digests.get(question.id, "")))
        if sentence:
            for test in question.tests:
                if test.own_failure:
                    test.said = sentence
