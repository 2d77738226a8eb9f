"""How a failed question behaved, and what staff say to everyone whose answer behaves like that.

Every submission gets the same calls, so equal results mean equal behaviour: students who made the same mistake
share a digest, whether or not anybody has named the mistake yet. Staff write a sentence once for a digest, in the
gradebook or in the problem set's sentences.yaml, and it reaches everyone with that behaviour, in this batch and the
next.

A digest stays the same as long as its question's tests and the problem set's seed do. A mistake that should keep its
name belongs in mistakes.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml

from grader.errors import CourseError
from grader.judge.calls import CallLog, behaviour
from grader.pset import ProblemSet
from grader.results import QuestionBehaviour, QuestionResult, TestResult
from grader.student import Call
from grader.wording import MAX_MESSAGE, word_of

__all__ = [
    "Sentence",
    "behaviours",
    "load_sentences",
    "say",
    "sentences_file",
    "source_of",
]

MAX_OUTPUTS = 3
MAX_SHOWN = 300
"""Characters of an output that are kept."""
MAX_SOURCE = 6_000
"""Characters of a function's source that are kept."""
NOT_ANSWERED = hashlib.sha256(b"not answered").hexdigest()[:16]
"""The digest of every question without an answer, which would otherwise share one with, say, an endless loop."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of sentences.yaml: what to say to everyone with this behaviour."""

    question: str
    digest: str
    says: str


def behaviours(
    problem_set: ProblemSet, questions: Sequence[QuestionResult], log: CallLog, cells: Sequence[str]
) -> dict[str, QuestionBehaviour]:
    """The behaviour of every question that failed, by itself, a test in which some function was called."""
    found = {}
    for question in questions:
        tests = [test.key for test in question.tests]
        calls = [call for name in tests for call in log.by_test.get(name, ())]
        failed = [test for test in question.tests if test.own_failure]
        if not failed or not calls:
            continue
        names = {test.mistake for test in failed}
        concerned = {call.function for test in failed for call in log.by_test.get(test.key, ())}
        functions = [name for name in problem_set.question(question.id).names if name in concerned]
        answered = not all(_unanswered(test, log, functions) for test in failed)
        told = next((test for test in failed if test.kind != "missing"), failed[0])
        sources = [source_of(name, cells) for name in functions]
        found[question.id] = QuestionBehaviour(
            question=question.id,
            # In the order of names, so that moving a test within its file changes no digest.
            digest=behaviour(call for name in sorted(tests) for call in log.by_test.get(name, ()))
            if answered
            else NOT_ANSWERED,
            mistake=names.pop() if len(names) == 1 else None,
            functions=functions,
            source="\n\n".join(source for source in sources if source)[:MAX_SOURCE],
            outputs=[_shown(call) for call in calls if call.function in functions][:MAX_OUTPUTS],
            answered=answered,
            message=(told.symptom or told.summary or word_of(told))[:MAX_MESSAGE],
        )
    return found


def _unanswered(test: TestResult, log: CallLog, functions: Sequence[str]) -> bool:
    """Whether it failed because one of the question's own functions is missing or blank."""
    calls = log.by_test.get(test.key, [])
    return test.kind == "missing" and bool(calls) and calls[-1].function in functions


def _shown(call: Call) -> str:
    if call.error is not None:
        return f"{call.function}: {call.error}"[:MAX_SHOWN]
    with np.printoptions(precision=6, threshold=20, edgeitems=3):
        return f"{call.function} → {_text(call.value)}"[:MAX_SHOWN]


def _text(value: Any) -> str:
    if isinstance(value, tuple | list) and any(isinstance(v, np.ndarray) for v in value):
        return ", ".join(_text(v) for v in value[:10])
    text = (
        str(value)
        if isinstance(value, np.ndarray | np.generic | int | float | str | None)
        else type(value).__name__
    )
    return " ".join(text[: 4 * MAX_SHOWN].split())


def source_of(function: str, cells: Sequence[str]) -> str:
    """The last definition of a function at a cell's left margin, found line by line: a student's code is not parsed."""
    name = re.escape(function)
    assigned = rf"(?:\w+\s*,\s*)*{name}(?:\s*,\s*\w+)*\s*(?::[^=]{{1,100}})?[-+*/]?=(?!=)"
    start = re.compile(rf"(?:async\s+)?(?:def|class)\s+{name}\b|{assigned}")
    for cell in reversed(cells):
        lines = cell.split("\n")
        for first, line in enumerate(lines):
            if start.match(line):
                rest = lines[first + 1 :]
                length = next(
                    (i for i, text in enumerate(rest) if text[:1] not in ("", " ", "\t", ")", "#")), len(rest)
                )
                return "\n".join([line, *rest[:length]]).rstrip()
    return ""


# Sentences ---------------------------------------------------------------------------------------------------


def sentences_file(problem_set: ProblemSet) -> Path:
    """Where a problem set's sentences are kept."""
    return problem_set.path / "sentences.yaml"


def load_sentences(problem_set: ProblemSet) -> dict[tuple[str, str], str]:
    """What to say, by question and digest; raises `CourseError` if the file cannot be read."""
    file = sentences_file(problem_set)
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        entries = msgspec.convert(content or [], list[Sentence])
    except FileNotFoundError:
        return {}
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        raise CourseError(
            f"{problem_set.shown(file)} cannot be read ({problem}); each entry needs question, digest and says"
        ) from None
    return {(entry.question, entry.digest): entry.says for entry in entries}


def say(question: QuestionResult, sentence: str) -> None:
    """Have the question's failed tests begin with a sentence by staff."""
    for test in question.tests:
        if test.own_failure:
            test.said = sentence
