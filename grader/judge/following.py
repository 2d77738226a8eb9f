"""Errors followed: which tests fail only because of what functions of other questions returned.

A test's own functions are the solution's here, and call the submission's own functions of all other questions. If every
call that the test made of its functions comes out as it did, they are right, given what those return: the failure is
inherited. That holds only where the test keeps its power in that world (see `power`), where what a function answers can
be believed (see `neighbours`), and where the slip is paid for in another question.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from grader.judge.calls import CallLog
from grader.judge.likeness import finite_where
from grader.judge.neighbours import Answers, Budget, NotFollowed
from grader.judge.objects import UNANSWERED
from grader.judge.power import noticed_in, trivial_answer
from grader.judge.replay import Thread, threads_of, with_memory
from grader.judge.reproducing import Reproduced, SubmissionWorlds, WorldsOnDemand, log_of
from grader.judge.standins import KnownPower
from grader.judge.worlds import CourseCode, baseline_of
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant
from grader.student import Call

__all__ = ["FailedTest", "Followed", "Follower", "Following", "Named"]

Named = Callable[[CallLog], Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class FailedTest:
    """A test that did not pass."""

    key: str
    question: str
    answered: bool
    """Whether it got answers, which are wrong: what raised an exception or was not answered is never inherited."""


@dataclass(frozen=True)
class Followed:
    """What following the errors of one submission gave."""

    inherited: dict[str, list[str]] = field(default_factory=dict)
    """The questions that each test's failure comes from, for tests whose own functions are right."""
    own: dict[str, str] = field(default_factory=dict)
    """Why each other test's failure counts as its own."""
    worlds: WorldsOnDemand | None = field(default=None, compare=False)
    """The course's functions among the submission's, if these can be asked; they are made if any were."""


class Follower:
    """Follows errors of submissions to one problem set.

    Args:
        problem_set: The problem set.
        right_calls: Gives, for the keys of tests, the calls that each makes of the reference.
        solution: The solution's code, if it is compiled already.
    """

    def __init__(
        self,
        problem_set: ProblemSet,
        right_calls: Callable[[Collection[str]], Mapping[str, Sequence[Call]]],
        solution: SolutionCode | None = None,
    ) -> None:
        self.problem_set, self.right_calls = problem_set, right_calls
        self.code = CourseCode(problem_set, solution)
        self.power = KnownPower(self.code)
        self._noticed: dict[tuple[str, str, bool], list[str]] = {}

    def begin(self, failed: Sequence[FailedTest], log: CallLog, named: Named = lambda _: {}) -> Following:
        """Begin with one submission.

        Args:
            failed: All tests that did not pass.
            log: The calls that the tests made.
            named: Gives, by function, the definitions of known mistakes that give these calls' results.
        """
        return Following(self, failed, log, named)

    @cached_property
    def alternatives(self) -> dict[str, list[str]]:
        """By function, the sources of alternatives that refer to a function that students write."""
        found: dict[str, list[str]] = {}
        for variant in self.problem_set.alternatives():
            if self.code.names_in(variant.source) - {variant.function}:
                found.setdefault(variant.function, []).append(variant.source)
        return found

    @cached_property
    def mistakes(self) -> dict[str, list[Variant]]:
        """Known mistakes by function."""
        found: dict[str, list[Variant]] = {}
        for variant in self.problem_set.mistakes():
            found.setdefault(variant.function, []).append(variant)
        return found

    def noticed(self, test: str, function: str, *, memory: bool) -> list[str]:
        """The sources of those mistakes in a function that a test notices if all else is right."""
        key = test, function, memory
        if key not in self._noticed:
            log = log_of(test, self.right_calls([test]).get(test, ()))
            threads = (with_memory if memory else threads_of)(log, function)
            self._noticed[key] = [
                mistake.source
                for mistake in self.mistakes.get(function, ())
                if self._notices(threads, mistake.source)
            ]
        return self._noticed[key]

    def _notices(self, threads: Sequence[Thread], source: str) -> bool:
        budget = Budget()  # it is found once for all submissions, so that none of them pays for it
        try:
            return any(
                noticed_in(thread, baseline_of(self.code, thread, self.code.functions, source, budget).pairs)
                for thread in threads
            )
        except NotFollowed:
            return True  # it never ends


class Following:
    """Following the errors of one submission; made by `Follower.begin`."""

    def __init__(self, follower: Follower, failed: Sequence[FailedTest], log: CallLog, named: Named) -> None:
        self._follower, self._code, self._log, self._named = follower, follower.code, log, named
        self._failed = failed
        self._budget = Budget()
        self._questions = {question.id: question for question in follower.problem_set.questions}

    # Which tests to look at ---------------------------------------------------------------------------------

    @cached_property
    def suspects(self) -> list[FailedTest]:
        """The failed tests that may be inherited, as far as the course's own code shows."""
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            return [test for test in self._failed if test.answered and self._is_suspect(test)]

    def _is_suspect(self, test: FailedTest) -> bool:
        own = self._own(test)
        failing = {name for one in self._failed for name in self._questions[one.question].names} - own
        calls = self._log.by_test.get(test.key, [])
        mine = [call for call in calls if call.function in own]
        if not failing or any(call.error == UNANSWERED for call in mine):
            return False
        if failing & {call.function for call in calls}:
            return True
        sublog = log_of(test.key, mine)
        for name in dict.fromkeys(call.function for call in mine):
            if any(failing & self._code.names_in(one) for one in self._follower.alternatives.get(name, ())):
                return True
            try:
                used = [
                    baseline_of(self._code, one, own, "", self._budget).used
                    for one in threads_of(sublog, name)
                ]
            except NotFollowed:
                return False
            if failing & frozenset().union(*used):
                return True
        return False

    def _own(self, test: FailedTest) -> frozenset[str]:
        return frozenset(self._questions[test.question].names)

    # Following them -----------------------------------------------------------------------------------------

    def follow(self, answers: Callable[[Budget], Answers]) -> Followed:
        """Find out which failures are inherited.

        Args:
            answers: Makes what the submission's functions answer, within a budget.

        Raises:
            TooLong: The submission's time is over.
        """
        asked = answers(self._budget)
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            named = self._named(self._log)
        worlds = self._worlds(asked, named)
        found: dict[str, tuple[set[str], set[str]]] = {}
        own: dict[str, str] = {}
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            for test in self.suspects:
                try:
                    found[test.key] = self._follow(test, worlds)
                except (NotFollowed, MemoryError) as why:
                    own[test.key] = str(why) or type(why).__name__
            asked.repeat_once_more()
        for key, (_, used) in found.items():
            if used & asked.contradicted:
                own[key] = "what it uses answered a call differently when it was made again"
        inherited = {
            test.key: [
                question.id
                for question in self._questions.values()
                if question.id != test.question and found[test.key][0] & set(question.names)
            ]
            for test in self.suspects
            if test.key in found and test.key not in own
        }
        paid = self._paid_for(inherited)
        own |= dict.fromkeys(inherited.keys() - paid, "the slip is paid for in no other question")
        made = WorldsOnDemand(lambda: worlds, worlds)
        return Followed({key: inherited[key] for key in inherited if key in paid}, own, made)

    def worlds(self, answers: Callable[[Budget], Answers]) -> WorldsOnDemand:
        """The course's functions among the submission's, where nothing was followed.

        Args:
            answers: Makes what the submission's functions answer, within a budget; raises `NotFollowed` if it cannot.
        """
        return WorldsOnDemand(lambda: self._worlds(answers(self._budget), {}))

    def _worlds(self, asked: Answers, named: Mapping[str, Mapping[str, str]]) -> SubmissionWorlds:
        follower = self._follower
        return SubmissionWorlds(self._code, follower.alternatives, named, follower.power, asked, self._budget)

    def _paid_for(self, inherited: Mapping[str, list[str]]) -> set[str]:
        """Those of the failures that come, in the end, from a question that loses points of its own."""
        paying = {test.question for test in self._failed if test.key not in inherited}
        paid: set[str] = set()
        while True:
            more = {
                test
                for test in self._failed
                if test.key in inherited and test.key not in paid and paying & set(inherited[test.key])
            }
            if not more:
                return paid
            paid |= {test.key for test in more}
            paying |= {test.question for test in more}

    def _follow(self, test: FailedTest, worlds: SubmissionWorlds) -> tuple[set[str], set[str]]:
        """The functions that are to blame for a failed test, and all that were asked.

        Raises:
            NotFollowed: The failure is the test's own.
        """
        own, calls = self._own(test), self._log.by_test[test.key]
        right = self._follower.right_calls([test.key]).get(test.key, ())
        differing = self._directly(test.key, [call for call in calls if call.function not in own])
        used = set(differing)
        if any(call.error == UNANSWERED for call in right) or not any(call.function in own for call in right):
            raise NotFollowed("no call shows that its own functions are right")
        wrong = bool(differing)
        done: list[tuple[Reproduced, str, list[Call]]] = []
        for name in dict.fromkeys(call.function for call in right if call.function in own):
            ours = [call for call in right if call.function == name]
            theirs = [call for call in calls if call.function == name]
            more = worlds.unreached(name, theirs, ours)
            if more:
                used.add(name)
            result = worlds.reproduced(test.key, name, own, [*theirs, *more])
            wrong = wrong or bool(result.wrong)
            differing |= result.differing
            used |= result.used
            done.append((result, name, ours))
        if not differing or not wrong:
            raise NotFollowed("nothing that it uses explains it")
        for result, name, ours in done:
            self._require_power(test.key, name, worlds, result, ours)
        return differing, used

    def _directly(self, test: str, calls: Sequence[Call]) -> set[str]:
        """The functions of other questions that a test itself called and that answered wrongly."""
        log, wrong = log_of(test, calls), set[str]()
        for name in dict.fromkeys(call.function for call in calls if call.function in self._code.functions):
            for thread in threads_of(log, name):
                for call, again in baseline_of(
                    self._code, thread, self._code.functions, "", self._budget
                ).pairs:
                    if thread.same(call, again):
                        continue
                    if call.error is not None or again.error is not None:
                        raise NotFollowed(f"{name} gave no answer")
                    if self._code.is_class(name):
                        raise NotFollowed(f"it uses the class {name}")
                    if not finite_where(call.value, again.value):
                        raise NotFollowed(f"{name} returned numbers that are not finite, or another form")
                    wrong.add(name)
        return wrong

    # Power --------------------------------------------------------------------------------------------------

    def _require_power(
        self,
        test: str,
        name: str,
        worlds: SubmissionWorlds,
        result: Reproduced,
        ours: Sequence[Call],
    ) -> None:
        """Raise `NotFollowed` unless the test would notice a wrong function in the submission's world, too."""
        theirs = list(itertools.chain.from_iterable(result.judged))
        if trivial := trivial_answer(_without_memory(result, ours), _without_memory(result, theirs)):
            raise NotFollowed(f"no power: {trivial} would come out like this")
        noticed = self._follower.noticed(test, name, memory=result.memory)
        if source := worlds.unnoticed(result, noticed):
            mistake = next(one.name for one in self._follower.mistakes[name] if one.source == source)
            raise NotFollowed(f"no power: {mistake} would come out like this")
        if result.wrong and not worlds.depends(name, result, self._log):
            raise NotFollowed("no power: its results do not depend on the arguments")


def _without_memory(result: Reproduced, calls: Sequence[Call]) -> list[Call]:
    thread = result.threads[0]
    return [thread.without_memory(call, call) for call in calls]
