"""Questions judged on the notebook as it was before one of its later cells broke them.

Cells run from top to bottom, and a question is answered long before the end. A later cell that cleans up, tries
something else or changes a seed may spoil an answer that was right where it was written. If a question does not have
full points and a later cell changed something that its functions use, it is judged once more in a run that ends before
that cell. The better of the two states counts for the question as a whole.

The sandbox says which cell that is. A lie only causes more runs, in the time of the submission that tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from grader.errors import Broken, StudentFault
from grader.judge.calls import CallLog
from grader.notebook.causes import Told
from grader.points import total
from grader.results import QuestionResult, TestResult
from grader.sandbox.outside.session import Session

__all__ = ["judge_as_before", "tell_causes_once"]

MAX_RUNS = 5
"""Of one notebook, besides the run of all of it."""
MARGIN = 1.5
"""An earlier part of a notebook may take this many times as long as all of it took before."""

Again = Callable[[Session, Collection[str]], tuple[dict[str, list[TestResult]], CallLog]]


def judge_as_before(
    session: Session, questions: Sequence[QuestionResult], log: CallLog, again: Again
) -> None:
    """Judge questions again that a later cell broke, and let the better state count.

    Args:
        session: In which all questions were judged after the whole notebook had run.
        questions: The results; replaced where an earlier state is better.
        log: The calls that were made; replaced likewise.
        again: Runs the tests of some questions in another session; gives their results and the calls they made.
    """
    notes = session.report.notes
    waiting: dict[int, list[QuestionResult]] = {}
    for question in questions:
        place = notes.places.get(question.id)
        if (
            place is not None
            and question.tests
            and any(test.score < test.max_score for test in question.tests)
        ):
            waiting.setdefault(place.broken_by, []).append(question)
    for cell in sorted(waiting, reverse=True)[:MAX_RUNS]:
        if session.remaining() < MARGIN * session.report.seconds:
            return
        session.close()
        with session.as_before(cell) as earlier:
            try:
                earlier.load()
            except StudentFault:
                continue
            if earlier.report.notes.unrun >= 0:
                continue
            results, calls = again(earlier, [question.id for question in waiting[cell]])
        for question in waiting[cell]:
            tests = results[question.id]
            if (score := total(test.score for test in tests)) <= question.score:
                continue
            place = notes.places[question.id]
            line = notes.firsts[cell] if notes.firsts else 0
            # Say it at a test that its student can see now, if there is one.
            first = next((test for test in tests if test.visibility == "visible"), tests[0])
            first.broken = Broken(cell + 1, place.change, place.change in notes.gone, line)
            question.tests, question.score = tests, score
            log.replace([test.key for test in tests], calls)


def tell_causes_once(questions: Sequence[QuestionResult]) -> None:
    """Have a cause that many tests share explained in full only once."""
    told = Told()
    for question in questions:
        for test in question.tests:
            if test.cause:
                test.cause_told = told.before(question.id, test.cause)
