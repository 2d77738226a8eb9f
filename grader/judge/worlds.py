"""The solution, with a submission's own functions as the neighbours of those that are looked at.

The course's code runs here on what a submission answers. So an answer enters only if it has the form of the solution's
own answer to the same arguments, and the lines that are run and the neighbours that are asked are counted: no more than
some times what the same call takes with the solution's neighbours.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

from grader.judge.calls import same_value
from grader.judge.likeness import NotData, alike, as_ours, key_of
from grader.judge.neighbours import Answers, Budget, NotFollowed, Stopped
from grader.judge.objects import UNANSWERED
from grader.judge.replay import Thread
from grader.judge.steps import Steps, TooManySteps, counted
from grader.kinds import plain
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.student import Call, changes, copied

__all__ = ["Asked", "Baseline", "CourseCode", "Pairs", "RightAnswers", "World", "baseline_of", "replayed"]

TIMES_ASKED, MORE_ASKED = 4, 16
"""Neighbours that a call may ask: so many times what it asks with the solution's neighbours, and so many more."""
TIMES_STEPS, MORE_STEPS = 10, 20_000
"""Lines that it may run, likewise."""
MAX_ASKED = 300
"""Questions to one function that are kept with their arguments."""
MOST_ALONE = 2_000_000
"""Lines that a call may run with the solution's neighbours: what it is given may be a submission's."""

Pairs = list[tuple[Call, Call]]
"""Recorded calls, each with the same call made again."""


class CourseCode:
    """A problem set's solution, alternatives and mistakes, in this process."""

    def __init__(self, problem_set: ProblemSet, solution: SolutionCode | None = None) -> None:
        self.solution = solution or SolutionCode(problem_set)
        self.functions = problem_set.functions
        self._code: dict[str, CodeType] = {}
        self._right: dict[tuple[str, ...], dict[str, Any]] = {}
        self._named: dict[str, frozenset[str]] = {}

    def namespace(self, sources: Sequence[str]) -> dict[str, Any]:
        """A new one, in which these definitions replace the solution's."""
        for source in sources:
            if source not in self._code:
                self._code[source] = self.solution.compile(source)
        return self.solution.namespace([self._code[source] for source in sources])

    def right(self, *sources: str) -> dict[str, Any]:
        """The same, made only once; it is not to be changed."""
        if sources not in self._right:
            self._right[sources] = self.namespace(sources)
        return self._right[sources]

    def names_in(self, source: str) -> frozenset[str]:
        """The functions that students are asked for which some code refers to."""
        if source not in self._named:
            names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
            self._named[source] = frozenset(names & set(self.functions))
        return self._named[source]

    def is_class(self, name: str) -> bool:
        """Whether students are asked for a class of that name."""
        return isinstance(self.solution.definitions.get(name), ast.ClassDef)


# Counting ----------------------------------------------------------------------------------------------------


@contextmanager
def _counted(code: CourseCode, most: int, budget: Budget) -> Iterator[Steps]:
    """Count the lines of the course's code that the block runs; raises `NotFollowed` beyond ``most``."""
    steps = None
    try:
        with counted(code.solution.file, min(most, budget.steps)) as steps:
            yield steps
    except TooManySteps:
        raise Stopped("it runs many times as many steps as with right functions") from None
    finally:
        budget.steps -= steps.count if steps else 0
    budget.spend()


@dataclass(frozen=True)
class Baseline:
    """What a thread gives, and takes, with the solution's neighbours."""

    pairs: Pairs
    asked: int
    steps: int
    used: frozenset[str]
    """The neighbours that it asks."""


def baseline_of(
    code: CourseCode, thread: Thread, kept: Collection[str], form: str, budget: Budget
) -> Baseline:
    """Run a thread with the solution's functions; those that are not ``kept`` are counted as neighbours.

    Args:
        code: The course's code.
        thread: What to run.
        kept: Functions that belong to what is looked at.
        form: The source that replaces the solution's function; empty if nothing does.
        budget: What may be done.
    """
    sources = (form,) if form else ()
    right, namespace = code.right(), code.namespace(sources)
    asked: list[str] = []

    def counting(name: str) -> Callable[..., Any]:
        def neighbour(*arguments: Any, **keywords: Any) -> Any:
            asked.append(name)
            return right[name](*arguments, **keywords)

        return neighbour

    for name in code.functions:
        if name not in kept and name in namespace and not code.is_class(name):
            namespace[name] = counting(name)
    with _counted(code, MOST_ALONE, budget) as steps:
        pairs = list(thread.replay(namespace))
    return Baseline(pairs, len(asked), steps.count, frozenset(asked))


def replayed(code: CourseCode, thread: Thread, sources: Sequence[str], budget: Budget) -> Pairs:
    """A thread's calls, made again with the solution in which these definitions replace others.

    Raises:
        NotFollowed: It takes too many steps.
    """
    with _counted(code, MOST_ALONE, budget):
        return list(thread.replay(code.namespace(sources)))


# The world of one submission ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Right:
    """What the solution answers to some arguments."""

    value: Any
    changed: tuple[str, ...]
    states: tuple[Any, ...]
    """Of the random generators among the arguments, afterwards."""


@dataclass(frozen=True)
class Asked:
    """What a submission's function was asked, and what it answered."""

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    value: Any

    def same(self, value: Any) -> bool:
        """Whether another answer is the same, up to rounding."""
        return same_value(plain(value), self.value)


class RightAnswers:
    """What the solution's functions answer to the arguments that neighbours get, found once for each."""

    def __init__(self, code: CourseCode) -> None:
        self._code = code
        self._known: dict[tuple[str, bytes], _Right | None] = {}
        self.compared: dict[tuple[str, bytes], tuple[_Right, Any, bool]] = {}
        """With the submission's answers, and whether these differ."""
        self.asked: dict[str, list[Asked]] = {}
        """By function, what was asked of the submission's."""

    def of(
        self, name: str, key: bytes | None, arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> _Right | None:
        """The solution's answer; None if it has none. Nothing is kept without a ``key`` of the arguments."""
        if key is None:
            return self._answer(name, arguments, keywords)
        if (name, key) not in self._known:
            self._known[name, key] = self._answer(name, arguments, keywords)
        return self._known[name, key]

    def _answer(self, name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> _Right | None:
        given, words = copied(arguments), copied(dict(keywords))
        try:
            value = self._code.right()[name](*given, **words)
        except (Exception, SystemExit):
            return None
        states = tuple(generator.bit_generator.state for generator in _generators(given, words))
        return _Right(copied(value), changes(arguments, keywords, given, words), states)


def _generators(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> list[np.random.Generator]:
    return [one for one in (*arguments, *keywords.values()) if isinstance(one, np.random.Generator)]


class World:
    """The solution with the submission's functions in place of all that are not ``kept``.

    Args:
        code: The course's code.
        answers: What the submission's functions answer.
        right: What the solution's functions answer.
        kept: The functions that stay the solution's.
        sources: Definitions that replace some of these, such as a mistake's.
        widths: Whether numbers must have the width of the solution's own. Else those of an answer stay as they are.
    """

    def __init__(
        self,
        code: CourseCode,
        answers: Answers,
        right: RightAnswers,
        kept: Collection[str],
        sources: Sequence[str] = (),
        *,
        widths: bool = True,
    ) -> None:
        self._code, self._answers, self._right, self._widths = code, answers, right, widths
        self._left = 0
        self._busy = False
        self.differing: set[str] = set()
        """The neighbours that answered something else than the solution's function, in the last run."""
        self.used: set[str] = set()
        """The neighbours that were asked in it."""
        self.namespace = code.namespace(sources)
        for name in code.functions:
            if name not in kept:
                self.namespace[name] = self._neighbour(name)

    def run(self, thread: Thread, baseline: Baseline) -> Pairs:
        """A thread's calls, each made again here.

        Raises:
            NotFollowed: A neighbour gave no answer that could be used, or a count ran out.
            TooLong: The submission's time is over.
        """
        self._left = TIMES_ASKED * baseline.asked + MORE_ASKED
        self.differing, self.used = set(), set()
        with _counted(self._code, TIMES_STEPS * baseline.steps + MORE_STEPS, self._answers.budget):
            return list(thread.replay(self.namespace))

    def opened(self, calls: int) -> dict[str, Any]:
        """Its names, for replays outside `run` that may ask neighbours so many times together."""
        self._left = calls
        return self.namespace

    def _neighbour(self, name: str) -> Callable[..., Any]:
        def neighbour(*arguments: Any, **keywords: Any) -> Any:
            return self._ask(name, arguments, keywords)

        return neighbour

    def _ask(self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        tracing = sys.gettrace()
        sys.settrace(None)  # these are no steps of the course's code, and would be slow
        try:
            return self._asked(name, arguments, keywords)
        finally:
            sys.settrace(tracing)

    def _asked(self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        if self._code.is_class(name):
            raise NotFollowed(f"it uses the class {name}")
        if self._busy:
            raise NotFollowed(f"{name} is called by a function that was passed in")
        if self._left <= 0:
            raise Stopped("it calls other functions many times as often as with right ones")
        self._left -= 1
        self.used.add(name)
        right, value, differs = self._answer(name, arguments, keywords)
        if differs:
            self.differing.add(name)
        for generator, state in zip(_generators(arguments, keywords), right.states, strict=True):
            generator.bit_generator.state = state
        return value

    def _answer(
        self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> tuple[_Right, Any, bool]:
        """The right answer, the submission's in the same form, and whether they differ; found once for each key."""
        try:
            key = key_of(arguments, keywords)
        except NotData:
            key = None
        if key is not None and (name, key) in self._right.compared:
            right, value, differs = self._right.compared[name, key]
            return right, copied(value), differs
        ours = self._right.of(name, key, arguments, keywords)
        self._busy = True
        try:
            call = self._answers.ask(name, arguments, keywords)
        finally:
            self._busy = False
        if call.error is not None:
            kind = NotFollowed if call.error == UNANSWERED else Stopped
            raise kind(f"{name} gave no answer")
        if ours is None:
            raise NotFollowed("the right function has no answer either")
        if call.changed or ours.changed:
            raise NotFollowed(f"{name} changes what it is given")
        value = plain(call.value)
        if not alike(value, ours.value, widths=self._widths):
            raise NotFollowed(f"what {name} returned has another form than the right answer")
        value = as_ours(value, ours.value, widths=self._widths)
        differs = not same_value(value, ours.value)
        if differs and ours.states:
            raise NotFollowed(f"{name} draws random numbers, and where it left the generator is unknown")
        if key is not None:
            kept = copied(value)
            self._right.compared[name, key] = ours, kept, differs
            asked = self._right.asked.setdefault(name, [])
            if len(asked) < MAX_ASKED:
                asked.append(Asked(copied(arguments), copied(keywords), kept))
        return ours, value, differs
