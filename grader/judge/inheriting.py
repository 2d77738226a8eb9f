"""What a failure earns that is inherited: the errors of one graded submission, followed in a fresh run of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from grader.draws import GRADED
from grader.errors import StudentFault
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.following import FailedTest, Followed, Follower, Named
from grader.judge.neighbours import Answers, Budget, NotFollowed, RemoteNeighbours
from grader.judge.objects import ObservedStudent
from grader.judge.plugin import SuitePlugin, following
from grader.judge.runner import SuiteRunner
from grader.points import total
from grader.pset import ProblemSet
from grader.results import QuestionResult
from grader.sandbox.outside.session import Session
from grader.student import Call

__all__ = ["RightCalls", "failed_tests", "follow_errors", "inherit"]

_WITH_ANSWERS = ("wrong", "unusable")


class RightCalls:
    """The calls that tests make of the reference, found when they are first needed."""

    def __init__(self) -> None:
        self._log = CallLog()

    def missing(self, tests: Collection[str]) -> list[str]:
        """Those of the tests whose calls are not known yet."""
        return [test for test in tests if test not in self._log.by_test]

    def find(
        self, suite: SuiteRunner, tests: Collection[str], reference: Mapping[str, Any], seconds: float
    ) -> None:
        """Run tests with the reference.

        Raises:
            TooLong: It took longer than that.
        """
        wanted = [test for test in suite.tests if test.key in tests]

        def run(plugin: SuitePlugin) -> bool:
            try:
                with bounded(seconds, wall=seconds):
                    for test, after in following(wanted):
                        student = ObservedStudent(reference, self._log.recorder(test.key))
                        plugin.run(test, student, GRADED, after).forget_frames()
            except TooLong:
                return False
            return True

        if wanted and not suite.submit(run):
            for test in wanted:
                self._log.by_test.pop(test.key, None)
            raise TooLong

    def __call__(self, tests: Collection[str]) -> dict[str, Sequence[Call]]:
        return {test: self._log.by_test.get(test, []) for test in tests}


def failed_tests(questions: Sequence[QuestionResult]) -> list[FailedTest]:
    """The tests that did not pass. What an earlier state of a notebook answered is not asked again."""
    return [
        FailedTest(
            test.key,
            question.id,
            answered=test.kind in _WITH_ANSWERS and not any(one.broken for one in question.tests),
        )
        for question in questions
        for test in question.tests
        if test.status != "passed"
    ]


def follow_errors(
    follower: Follower,
    questions: Sequence[QuestionResult],
    log: CallLog,
    session: Session,
    submission: str,
    find_right: Callable[[Collection[str]], None],
    named: Named,
) -> Followed:
    """Find out which failures are inherited; asks the submission in a fresh run of its notebook.

    If no failure can be, nothing is run before something else is asked.

    Args:
        follower: Of the problem set.
        questions: The results.
        log: The calls that the tests made.
        session: The submission in its sandbox.
        submission: Its digest.
        find_right: Finds the right calls of some tests.
        named: Gives the known mistakes that give the submission's results.

    Raises:
        TooLong: The submission's time is over.
    """
    begun = follower.begin(failed_tests(questions), log, named)

    def answers(budget: Budget) -> Answers:
        try:
            session.load()
        except StudentFault:
            raise NotFollowed("the notebook did not run again") from None
        same_state = CallLog()
        same_state.by_test = {
            test.key: log.by_test.get(test.key, [])
            for question in questions
            if not any(one.broken for one in question.tests)
            for test in question.tests
        }
        generator = follower.problem_set.draws.following(submission)
        return Answers(RemoteNeighbours(session), same_state, generator, budget)

    if not begun.suspects:
        return Followed(worlds=begun.worlds(answers))
    find_right([test.key for test in begun.suspects])
    try:
        return begun.follow(answers)
    except NotFollowed:
        raise TooLong from None


def inherit(questions: Sequence[QuestionResult], followed: Followed, problem_set: ProblemSet) -> None:
    """Note which failures are inherited, and give them what they earn."""
    sources = _sources(questions, followed.inherited)
    for question in questions:
        for test in question.tests:
            if test.key in sources:
                test.inherited = sources[test.key]
                test.score = test.max_score * problem_set.inherited_share
        question.score = total(test.score for test in question.tests)


def _sources(
    questions: Sequence[QuestionResult], inherited: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Where each failure comes from in the end: a question whose failures are all inherited only passes them on."""
    passed_on: dict[str, set[str]] = {}
    for question in questions:
        failed = [test.key for test in question.tests if test.status != "passed"]
        if failed and all(key in inherited for key in failed):
            passed_on[question.id] = {origin for key in failed for origin in inherited[key]}

    def ends(origin: str, above: frozenset[str]) -> set[str]:
        if origin not in passed_on or origin in above:
            return {origin}
        return set().union(*(ends(one, above | {origin}) for one in passed_on[origin]))

    order = [question.id for question in questions]
    return {
        key: sorted(set().union(*(ends(one, frozenset()) for one in origins)), key=order.index)
        for key, origins in inherited.items()
    }
