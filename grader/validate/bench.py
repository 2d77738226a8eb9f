"""Run a suite in this process against the course's own code: the reference, a mistake, a mutant."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from types import CodeType
from typing import Any

import numpy as np

from grader.draws import GRADED
from grader.errors import CourseError, StudentFault
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog, behaviour
from grader.judge.explain import Explainer
from grader.judge.following import FailedTest, Followed, Follower
from grader.judge.neighbours import Answers, Budget, Neighbours
from grader.judge.objects import ObservedStudent
from grader.judge.plugin import SuitePlugin, SuiteTest, following
from grader.judge.pytest_internals import tear_down
from grader.judge.repeatable import repeatable_memory
from grader.judge.replay import Thread, threads_of, with_memory
from grader.judge.runner import SuiteRunner
from grader.judge.versions import Made, Version, Versions
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.student import Call, LocalStudent, Student
from grader.validate.plantings import Plant, Plantings

__all__ = ["Bench", "TestRun"]

MAX_SECONDS = 10.0
"""Processor time for one run of some tests; what takes longer fails them."""
REPLAY_SECONDS = 5.0
"""Processor time for making all calls of a function again."""
SLOWER = 20
"""A mutant may take this many times as long as the reference, plus a second: many never end."""


@dataclass(frozen=True)
class TestRun:
    """How one test ended."""

    __test__ = False

    name: str
    question: str
    passed: bool
    seconds: float
    error: str = ""
    key: str = ""
    """Distinguishes it from every other test of the suite."""
    answered: bool = True
    """Whether whatever it asked for was answered, rightly or wrongly."""


class Bench:
    """A problem set's suite, collected once, and the solution to run it against."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self.problem_set = problem_set
        self.solution = SolutionCode(problem_set)
        self._runner = SuiteRunner(problem_set)
        self.tests = self._runner.tests
        self.mistakes = {variant.name: variant for variant in problem_set.mistakes()}
        self.alternatives = {variant.name: variant for variant in problem_set.alternatives()}
        self._code: dict[str, CodeType] = {}
        self._logs: dict[int, CallLog] = {}
        self._dependent: dict[str, set[str]] = {}
        self._results: dict[tuple[Version, int], str] = {}
        self._plantings: dict[tuple[str, ...], Plantings] = {}
        self._followers: dict[int, Follower] = {}

    def close(self) -> None:
        self._runner.close()

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.problem_set)

    # Running ------------------------------------------------------------------------------------------------

    def run(
        self,
        namespace: Mapping[str, Any],
        seed: int,
        *,
        questions: Iterable[str] | None = None,
        log: CallLog | None = None,
    ) -> list[TestRun]:
        """Run the tests of some questions, or all; ``log`` records their calls."""

        def student_of(test: SuiteTest) -> Student:
            return (
                LocalStudent(namespace) if log is None else ObservedStudent(namespace, log.recorder(test.key))
            )

        return self._run(self._tests_of(questions), student_of, seed)

    def run_as(
        self,
        student: Callable[[], Student],
        seed: int,
        *,
        questions: Iterable[str] | None = None,
        public: bool = False,
    ) -> list[TestRun]:
        """Run the tests of some questions, or all, or only the public ones, with a new student for each test."""
        tests = [test for test in self._tests_of(questions) if test.mark.public or not public]
        return self._run(tests, lambda _: student(), seed)

    def run_some(self, namespace: Mapping[str, Any], tests: Collection[str], seed: int) -> list[TestRun]:
        """Run some tests, given by their keys."""
        return self._run(
            [one for one in self.tests if one.key in tests], lambda _: LocalStudent(namespace), seed
        )

    def run_mutant(self, namespace: Mapping[str, Any], function: str, seed: int) -> list[TestRun]:
        """Run the changed function's own questions, up to the first test that fails."""
        tests = self._tests_of(self.own_questions(function))
        usual = sum(self._reference_seconds[test.key] for test in tests)
        seconds = min(MAX_SECONDS, 1.0 + SLOWER * usual)
        return self._run(tests, lambda _: LocalStudent(namespace), seed, seconds, stop=True)

    def _run(
        self,
        tests: list[SuiteTest],
        student_of: Callable[[SuiteTest], Student],
        seed: int,
        seconds: float = MAX_SECONDS,
        stop: bool = False,
    ) -> list[TestRun]:
        return self._runner.submit(lambda plugin: _run_tests(plugin, tests, student_of, seed, seconds, stop))

    def _tests_of(self, questions: Iterable[str] | None) -> list[SuiteTest]:
        wanted = None if questions is None else set(questions)
        return [test for test in self.tests if wanted is None or test.mark.question in wanted]

    @cached_property
    def _reference_seconds(self) -> dict[str, float]:
        return {run.key: run.seconds for run in self.run(self.namespace(()), GRADED)}

    def concerned(
        self, namespace: Mapping[str, Any], functions: Iterable[str], seed: int, log: CallLog
    ) -> list[TestRun]:
        """Run the questions that depend on some functions; for the others, ``log`` gets the reference's calls."""
        questions = set().union(*(self.dependent_questions(function) for function in functions))
        log.by_test.update(
            (name, calls)
            for name, calls in self.reference_log(seed).by_test.items()
            if self._question_of[name] not in questions
        )
        log.right.update(log.by_test)
        return self.run(namespace, seed, questions=questions, log=log)

    @cached_property
    def _question_of(self) -> dict[str, str]:
        return {test.key: test.mark.question for test in self.tests}

    def questions_of(self, tests: Iterable[str]) -> set[str]:
        """The questions that some tests, by their keys, belong to."""
        return {self._question_of[test] for test in tests}

    def reference_log(self, seed: int) -> CallLog:
        """The calls that the tests make of the reference."""
        if seed not in self._logs:
            self._logs.clear()
            log = CallLog()
            self.run(self.namespace(()), seed, log=log)
            self._logs[seed] = log
        return self._logs[seed]

    def follow(self, runs: Iterable[TestRun], log: CallLog, seed: int, neighbours: Neighbours) -> Followed:
        """Which failures of a run are inherited.

        Args:
            runs: Tests that were run.
            log: The calls that they made.
            seed: What they were run with.
            neighbours: The functions that they were run on.
        """
        if seed not in self._followers:
            self._followers.clear()
            self._followers[seed] = Follower(self.problem_set, self._right_calls(seed), self.solution)
        failed = [FailedTest(run.key, run.question, run.answered) for run in runs if not run.passed]
        begun = self._followers[seed].begin(failed, log, self.explainer.named)
        generator = self.problem_set.draws.following("validation")

        def answers(budget: Budget) -> Answers:
            return Answers(neighbours, log, generator, budget)

        if not begun.suspects:
            return Followed(worlds=begun.worlds(answers))
        try:
            with repeatable_memory(), bounded(MAX_SECONDS):
                return begun.follow(answers)
        except TooLong:
            return Followed(own={test.key: "it took too long" for test in begun.suspects})

    def _right_calls(self, seed: int) -> Callable[[Collection[str]], dict[str, list[Call]]]:
        return lambda tests: {test: self.reference_log(seed).by_test.get(test, []) for test in tests}

    def namespace(self, sources: Iterable[str]) -> dict[str, Any]:
        """The solution with some definitions replaced."""
        code = []
        for source in sources:
            if source not in self._code:
                self._code[source] = self.solution.compile(source)
            code.append(self._code[source])
        return self.solution.namespace(code)

    # Versions ------------------------------------------------------------------------------------------------

    @cached_property
    def versions(self) -> Versions:
        return Versions(self.problem_set, self.solution)

    def version(self, plant: Plant) -> Version | None:
        """What a planting describes; None if its mistakes do not compose."""
        base = self.versions.right(plant.function)[plant.base]
        if not plant.made:
            return base
        made = [Made(self.mistakes[name], number) for name, number in plant.made]
        return next(iter(self.versions.together(base, made)[plant.way :]), None)

    def namespace_of(self, versions: Iterable[Version]) -> dict[str, Any]:
        """The solution with versions of some functions in the place of its own."""
        return self.solution.namespace(version.code for version in versions)

    def threads(self, function: str, seed: int) -> list[Thread]:
        """What the tests do with a function of the reference."""
        return threads_of(self.reference_log(seed), function)

    def results(self, version: Version, seed: int) -> str:
        """A digest of what a version gives in all calls that the tests make; empty if it never ends."""
        if (version, seed) not in self._results:
            threads, namespace = self.threads(version.function, seed), self.namespace_of([version])
            try:
                with repeatable_memory(), bounded(REPLAY_SECONDS), _quiet():
                    calls = [again for thread in threads for _, again in thread.replay(namespace)]
                self._results[version, seed] = behaviour(calls)
            except TooLong:
                self._results[version, seed] = ""
        return self._results[version, seed]

    def differs(self, version: Version, other: Version, seed: int, *, answered: bool = False) -> bool:
        """Whether a version ends some call of the tests otherwise than another, as explanations compare them.

        With ``answered``, ending it with an exception does not count: many mistakes raise the same ones. A state whose
        layout is up to the student does not count either.
        """
        log = self.reference_log(seed)
        threads = with_memory(log, version.function) or threads_of(log, version.function)
        names, others = self.namespace_of([version]), self.namespace_of([other])
        with suppress(TooLong), repeatable_memory(), bounded(REPLAY_SECONDS), _quiet():
            for thread in threads:
                for (_, one), (_, two) in zip(thread.replay(names), thread.replay(others), strict=True):
                    if not (answered and one.error is not None) and not thread.same(one, two):
                        return True
        return False

    def plantings(self, questions: tuple[str, ...]) -> Plantings:
        """What to plant of the mistakes that concern some questions."""
        if questions not in self._plantings:
            mistakes = [one for one in self.mistakes.values() if self.concerns(one.function, questions)]
            alternatives = list(self.alternatives.values())
            self._plantings[questions] = Plantings(self.problem_set.name, mistakes, alternatives)
        return self._plantings[questions]

    def concerns(self, function: str, questions: Iterable[str]) -> bool:
        """Whether a function belongs to one of some questions, or to no question at all."""
        own = self.own_questions(function)
        return not own or bool(set(own) & set(questions))

    # Dependence ---------------------------------------------------------------------------------------------

    @cached_property
    def uses(self) -> dict[str, set[str]]:
        """The names that each function of the solution uses, directly or through others, including its own."""
        return {name: self._closure(name, ()) for name in self.solution.definitions}

    def _closure(self, function: str, stop_at: Iterable[str]) -> set[str]:
        definitions, stop = self.solution.definitions, set(stop_at)
        seen: set[str] = set()
        pending = [function]
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                if name == function or name not in stop:
                    names = {n.id for n in ast.walk(definitions[name]) if isinstance(n, ast.Name)}
                    pending += names & set(definitions)
        return seen

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """The functions that each question's tests call when they run on the reference."""
        log = self.reference_log(GRADED)
        found: dict[str, set[str]] = {question: set() for question in self.problem_set.ids}
        for test in self.tests:
            found[test.mark.question] |= {call.function for call in log.by_test.get(test.key, ())}
        return found

    def own_questions(self, function: str) -> list[str]:
        """The questions that ask for the function; for a helper, those whose functions need it."""
        asked = self.problem_set.functions
        owners = {function} if function in asked else set()
        if not owners:
            owners = {name for name in asked if function in self._closure(name, asked)}
        return [q.id for q in self.problem_set.questions if not q.manual and owners & set(q.names)]

    def dependent_questions(self, function: str) -> set[str]:
        """The questions that a mistake in the function may fail, including its own."""
        if function not in self._dependent:
            self._dependent[function] = {
                question
                for question, called in self.called.items()
                if any(function in self.uses.get(name, {name}) for name in called)
            } | set(self.own_questions(function))
        return self._dependent[function]


@contextmanager
def _quiet() -> Iterator[None]:
    """Without warnings: wrong code overflows."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _run_tests(
    plugin: SuitePlugin,
    tests: list[SuiteTest],
    student_of: Callable[[SuiteTest], Student],
    seed: int,
    seconds: float,
    stop: bool,
) -> list[TestRun]:
    done: list[TestRun] = []
    if not tests:
        return done
    try:
        with repeatable_memory(), bounded(seconds), _quiet():
            for test, after in following(tests):
                ending = plugin.run(test, student_of(test), seed, after)
                error = ending.error
                if isinstance(error, CourseError):
                    raise error
                text = "" if error is None else f"{type(error).__name__}: {error}"[:500]
                answered = not isinstance(error, StudentFault | TooLong)
                done.append(replace(_ended(test, error is None, ending.seconds, text), answered=answered))
                if isinstance(error, TooLong):
                    raise error
                if error is not None and stop:
                    break
    except TooLong:
        ran = {run.key for run in done}
        done += [_ended(test, False, seconds, "it took too long") for test in tests if test.key not in ran]
    tear_down(tests[0].item.session, None)  # whatever several tests share ends with this round
    return done


def _ended(test: SuiteTest, passed: bool, seconds: float, error: str) -> TestRun:
    return TestRun(test.called, test.mark.question, passed, seconds, error, test.key)
