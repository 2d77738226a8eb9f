"""``results.json`` by Gradescope's specification, from a grading result and what is known about the submission.

The score is the sum of the tests minus what lateness costs and, if the best attempt counts, no less than an earlier
attempt got. An error on our side takes nothing from anybody: students keep the points of their last attempt until they
are graded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

import msgspec

from grader.gradebook import Lateness, lateness
from grader.gradescope.metadata import Metadata
from grader.mending import for_all_to_see
from grader.points import as_json, in_words, number, rounded
from grader.pset import ProblemSet
from grader.pset.recorded import NO_RECORD, WAITS_FOR_STAFF
from grader.results import NUMBERS_WORDS, QuestionResult, SubmissionResult, TestResult, Visibility
from grader.text import many
from grader.wording import TEST_SENTENCES

__all__ = ["Results", "Test", "failed_results", "results_of"]

OUR_FAULT = (
    "**Your submission has not been graded, because of an error on our side.** This says nothing about your work, "
    "which is kept as you handed it in. Please tell your instructor, who can grade it again; you need not hand it in "
    "again."
)
KEPT = "Until then you keep the points of your last attempt."
BEST = "The best of your attempts counts."
"""Without numbers where a test is not shown: who tries one answer after another would read off which is right."""
MAX_STAFF = 20_000
"""Characters of a text for staff."""
Format = Literal["text", "md"]


class Test(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An entry of ``tests``."""

    __test__ = False

    name: str
    output: str
    visibility: Visibility
    output_format: Format | None = None
    score: float | None = None
    max_score: float | None = None
    status: Literal["passed", "failed"] | None = None
    number: str | None = None
    tags: list[str] | None = None
    extra_data: dict[str, Any] | None = None


class Results(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The whole file. ``score`` is always there, so that Gradescope does not add up the tests itself."""

    score: float
    output: str
    tests: list[Test]
    extra_data: dict[str, Any]
    output_format: Format | None = None
    test_output_format: Format | None = None
    test_name_format: Format | None = None
    visibility: Visibility | None = None
    stdout_visibility: Visibility | None = None
    execution_time: float | None = None


def results_of(
    result: SubmissionResult, problem_set: ProblemSet, metadata: Metadata, *, notes: Sequence[str] = ()
) -> Results:
    """The file for a submission that a grader has dealt with, successfully or not; ``notes`` are for staff."""
    late = lateness(
        problem_set.late,
        metadata.due or problem_set.due,
        metadata.submitted,
        zone=problem_set.timezone,
        extension=metadata.extension,
        untimed=metadata.untimed,
    )
    ours = result.status == "grader_error"
    own = late.left_of(result.score)
    score, carried = own, ""
    if ours:
        score, carried = _after_our_fault(own, metadata)
    elif problem_set.file.counts == "best":
        score, carried = _best(own, metadata, None if problem_set.has_bonus else result.max_score)
        carried = carried if all(test.public for test in problem_set.tests) else BEST
    output = [
        _verbatim(for_all_to_see(result)) if result.status == "graded" else "",
        *_what_happened(result),
        *_still_to_come(result, problem_set),
        *_lateness(late, metadata),
        carried,
    ]
    notes = [*notes, *metadata.unread, *_uncounted(late)]
    if problem_set.drawn and not problem_set.record:
        notes = [*notes, NO_RECORD]
    if result.waits:
        notes = [*notes, WAITS_FOR_STAFF]
    if result.own_numbers and result.own_numbers.found != "own":
        notes = [*notes, f"{NUMBERS_WORDS[result.own_numbers.found]}: {result.own_numbers.notice}"]
    if ours:
        notes = [f"not graded: {result.reason}", *notes]
    return _file(
        score,
        output,
        [*_tests(result), *_for_staff(notes)],
        {
            "gradmark": {
                "status": result.status,
                "reason": result.reason,
                "points_before_lateness": as_json(result.score),
                "days_late": late.days,
                "percent_off": as_json(late.percent),
                "budget_days_covered": late.covered,
                "points_of_this_attempt": as_json(own),
                "provenance": msgspec.to_builtins(result.provenance),
            }
        },
    )


def failed_results(reason: str, metadata: Metadata | None = None, *, notes: Sequence[str] = ()) -> Results:
    """The file for a submission that could not be graded because of gradmark, the course or the machine."""
    score, carried = _after_our_fault(Fraction(0), metadata or Metadata())
    tests = list(_for_staff([f"not graded: {reason}", *notes]))
    about = {"status": "grader_error", "reason": reason[:MAX_STAFF]}
    return _file(score, [OUR_FAULT, carried], tests, {"gradmark": about})


def _file(score: Fraction, output: Iterable[str], tests: list[Test], extra: dict[str, Any]) -> Results:
    return Results(
        score=as_json(score),
        output="\n\n".join(filter(None, output)),
        output_format="md",
        test_output_format="md",
        test_name_format="text",
        visibility="visible",
        stdout_visibility="hidden",  # what the grader prints is for staff
        tests=tests,
        extra_data=extra,
    )


# Points -----------------------------------------------------------------------------------------------------------


def _after_our_fault(own: Fraction, metadata: Metadata) -> tuple[Fraction, str]:
    """The points to keep from the last attempt, and a sentence that does not say how many."""
    last = next((one.score for one in reversed(metadata.previous) if one.score is not None), None)
    if last is None:
        return own, ""
    return (own if rounded(last) <= rounded(own) else last), KEPT


def _best(own: Fraction, metadata: Metadata, most: Fraction | None) -> tuple[Fraction, str]:
    best = max((one.score for one in metadata.previous if one.score is not None), default=own)
    best = best if most is None else min(best, most)
    if rounded(best) <= rounded(own):  # Gradescope was given rounded points
        return own, ""
    return best, f"Your best attempt counts: an earlier one got {in_words(best)}, this one {number(own)}."


# What students read -----------------------------------------------------------------------------------------------


def _what_happened(result: SubmissionResult) -> Iterator[str]:
    match result.status:
        case "grader_error":
            yield OUR_FAULT
        case "rejected" if result.waits:
            yield f"**Your submission waits for a person.** {result.reason[:1].upper()}{result.reason[1:]}."
        case "rejected":
            yield "**Your submission could not be read**, so no question was graded."
            yield _verbatim(result.reason)
        case "failed_to_run":
            yield "**Your submission could not be run**, so no question was graded."
            yield _verbatim(result.reason)
    if result.own_numbers and result.own_numbers.notice:
        yield _verbatim(result.own_numbers.notice)
    if result.notebook_errors:
        yield (
            "When your notebook was run from top to bottom, these code cells had an error. The others were run too:"
        )
        stopped = [f"{one.place}: {one.error}" for one in result.notebook_errors]
        yield _verbatim("\n".join(line[:1].upper() + line[1:] for line in stopped))


def _still_to_come(result: SubmissionResult, problem_set: ProblemSet) -> Iterator[str]:
    by_hand = [question for question in problem_set.questions if question.manual]
    if by_hand and result.status == "graded":
        listed = ", ".join(
            f"{question.id} ({in_words(question.points, 'bonus ' * question.bonus)})" for question in by_hand
        )
        yield f"A person grades {listed}; these points come later."


def _lateness(late: Lateness, metadata: Metadata) -> Iterator[str]:
    if not late.known:
        yield late.note[:1].upper() + late.note[1:] + "."
    if not late.days:
        return
    than = " after your own due date" if metadata.extension else ""
    yield f"{many(late.days, 'day')} late{than}, which {late.cost}."
    if late.covered:
        yield (
            f"This uses {late.covered} of your {late.budget} late days for the whole course, if that many are left: "
            "they are counted later, over all problem sets."
        )


def _uncounted(late: Lateness) -> Iterator[str]:
    if late.covered:
        yield (
            f"Late days taken from the budget: {late.covered}, as if none had been used, since other problem sets are "
            "unknown here. A gradebook of the whole course (gradmark grade --db) counts them."
        )


def _tests(result: SubmissionResult) -> Iterator[Test]:
    for place, question in enumerate(result.questions, 1):
        for index, test in enumerate(question.tests, 1):
            yield _test(question, test, f"{place}.{index}")


def _test(question: QuestionResult, test: TestResult, place: str) -> Test:
    ours = test.status == "grader_error"
    message = "There was an error on our side, so this was not judged." if ours else test.message
    if test.status not in ("passed", "failed", "grader_error"):
        message = f"{TEST_SENTENCES[test.status]}\n{message}"
    bonus = " (bonus)" if question.bonus or test.bonus else ""
    return Test(
        name=f"{question.id} {question.title}: {test.title}{bonus}",
        number=place,
        score=as_json(test.score),
        max_score=as_json(test.max_score),
        status=None if ours else "passed" if test.status == "passed" else "failed",
        output=_verbatim(message),
        visibility=test.visibility,
        tags=[question.id, *([test.mistake] if test.mistake else [])],
        extra_data={"status": test.status, "mistake": test.mistake, "seconds": test.seconds}
        | ({"inherited": test.inherited} if test.inherited else {})
        | ({"trust": test.trust} if test.trust == "inside" else {}),
    )


def _for_staff(notes: Sequence[str]) -> Iterator[Test]:
    """A test that no student sees: Gradescope has no other place for notes to staff."""
    if notes:
        text = "\n\n".join(notes)
        yield Test(
            name="For staff only",
            output=_verbatim(text if len(text) <= MAX_STAFF else f"{text[:MAX_STAFF]}\n(cut)"),
            visibility="hidden",
            score=0.0,
            max_score=0.0,
        )


def _verbatim(text: str) -> str:
    """Text shown as it is: a message may quote a student's code, which must not be read as Markdown."""
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
