"""What a submission's student should look at first: the named mistake whose mending earns most points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.points import in_words
from grader.wording import UNFOLLOWED, mending_words, sentence_of

if TYPE_CHECKING:
    from grader.results import NamedMistake, QuestionResult, SubmissionResult, TestResult

__all__ = ["Mending", "first_thing", "first_to_mend", "for_all_to_see", "mend_first"]


@dataclass
class Mending:
    """A named mistake, and what its mending is worth."""

    mistake: NamedMistake
    question: str
    """Where it shows: the question of a test in which the mistake's own function is wrong, if there is one."""
    alone: Fraction = Fraction(0)
    """Points lost in tests that it explains alone, so that mending it is enough to earn them."""
    together: Fraction = Fraction(0)
    """Points lost in tests that it explains together with other mistakes, all of which have to be mended."""


def mend_first(
    questions: Iterable[QuestionResult], shown: Callable[[TestResult], bool] = lambda _: True
) -> Mending | None:
    """The mistake that alone costs most; of several, the one that costs most together with others, then the first.

    Args:
        questions: A submission's questions.
        shown: Which tests count: for a student's eyes, only those that they may see.

    Returns:
        None if no failed test has an explanation.
    """
    found: dict[tuple[str, str], Mending] = {}
    own: set[tuple[str, str]] = set()
    for question in questions:
        for test in question.tests:
            if test.status == "passed" or test.explanation is None or not shown(test):
                continue
            lost = max(test.max_score - test.score, Fraction(0))
            mistakes = test.explanation.mistakes
            wrong = {showing.function for showing in test.explanation.shown}
            for mistake in mistakes:
                key = mistake.function, mistake.name
                mending = found.setdefault(key, Mending(mistake, question.id))
                if mistake.function in wrong and not test.inherited and key not in own:
                    own.add(key)
                    mending.question = question.id
                if len(mistakes) == 1:
                    mending.alone += lost
                else:
                    mending.together += lost
    return max(found.values(), key=lambda one: (one.alone, one.together), default=None)


def first_thing(result: SubmissionResult) -> str:
    """What to look at first: the named mistake that costs most, else the first failure; empty if all is well."""
    if result.status != "graded":
        return result.reason
    if (mending := mend_first(result.questions)) is not None:
        costs = f", {in_words(mending.alone)}" if mending.alone else ""
        return f"{mending.question}: {mending.mistake.says} (`{mending.mistake.function}`{costs})"
    failed = [
        (question, test)
        for question in result.questions
        for test in question.tests
        if test.status != "passed"
    ]
    for question, test in sorted(failed, key=lambda one: not one[1].own_failure):
        return f"{question.id}: {sentence_of(test)}"
    return ""


def for_all_to_see(result: SubmissionResult) -> str:
    """What a graded submission's student reads before grades are published: what to mend first, what is not known.

    Only of tests that are always visible is anything said.
    """
    told = first_to_mend(result, lambda test: test.visibility == "visible")
    return "\n".join([*(told or ()), *([UNFOLLOWED] if result.unfollowed else [])])


def first_to_mend(result: SubmissionResult, shown: Callable[[TestResult], bool]) -> tuple[str, str] | None:
    """The mistake to mend first, of tests that are ``shown``: its sentence, and where it is and what it costs."""
    mending = mend_first(result.questions, shown)
    if mending is None:
        return None
    partly = not all(shown(test) for question in result.questions for test in question.tests)
    return mending.mistake.says, mending_words(mending, partly=partly)
