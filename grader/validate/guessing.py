"""What guessing earns, and whether students can find out before the due date what is right.

A student who knows nothing can still choose. What that earns is measured and not reckoned: the suite runs on answers
drawn from the options that its checks name, on all of them where they are few.
"""

from __future__ import annotations

import copy
import itertools
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from grader.checks.asked import AskedChoice, asked_choices
from grader.draws import GRADED
from grader.judge.plugin import SuiteTest
from grader.points import total
from grader.pset.digest import own_files
from grader.student import LocalFunction, LocalStudent
from grader.validate.bench import Bench
from grader.validate.report import GuessRow, SuiteProblem

__all__ = ["Guessing"]

MOST_GUESSES = 256
"""Answers that one question is tried with; where more are possible, they are drawn."""
MOST_OPTIONS = 12
"""Of several choices, as many options are tried alone to see whether a public test tells them apart."""
_CHECKS = ("check_choice", "check_text")


@dataclass(frozen=True)
class _Place:
    """Where an answer is: a name of the submission, and the indices that lead to it within the value."""

    name: str
    path: tuple[Any, ...] = ()


@dataclass(frozen=True)
class _Choice:
    """What there is to choose from in a place."""

    options: tuple[Any, ...]
    several: bool

    def answers(self) -> int:
        return 2 ** len(self.options) if self.several else len(self.options)

    def answer(self, number: int) -> Any:
        """One of the possible answers, by its number."""
        if not self.several:
            return self.options[number]
        return [option for place, option in enumerate(self.options) if number >> place & 1]


class Guessing:
    """The tests of some questions that ask for what can be guessed."""

    def __init__(self, bench: Bench, questions: Collection[str]) -> None:
        self._bench, self._pset = bench, bench.problem_set
        self._questions = [one for one in self._pset.questions if one.id in set(questions) and not one.manual]
        self._right: dict[str, Any] = {}

    # What is asked for ----------------------------------------------------------------------------------------

    @cached_property
    def _asked(self) -> dict[str, list[tuple[_Place | None, AskedChoice]]]:
        """By test, what it asks for of the reference."""
        if not any(check in file.read_text("utf-8") for file in self._files() for check in _CHECKS):
            return {}
        namespace, begun = self._bench.namespace(()), list[int]()
        with asked_choices() as heard:

            def student() -> LocalStudent:
                begun.append(len(heard))
                return _Marking(namespace, self._right)

            runs = self._bench.run_as(student, GRADED)
        found: dict[str, list[tuple[_Place | None, AskedChoice]]] = {}
        for run, first, last in zip(runs, begun, [*begun[1:], len(heard)], strict=False):
            if asked := heard[first:last]:
                alone = self._pset.question(run.question).names
                place = _Place(alone[0]) if len(alone) == 1 else None
                found[run.key] = [(getattr(one.got, "_gradmark_place", place), one) for one in asked]
        return found

    def _files(self) -> Iterator[Any]:
        return (file for file in own_files(self._pset.suite_dir) if file.suffix == ".py")

    @property
    def tests(self) -> Collection[str]:
        """The keys of the tests that ask for what can be guessed: that a constant passes them says nothing."""
        return self._asked.keys()

    def _choices(self, tests: Collection[SuiteTest]) -> dict[_Place, _Choice]:
        found: dict[_Place, _Choice] = {}
        for test in tests:
            for place, asked in self._asked.get(test.key, ()):
                if place is not None and asked.options and asked.judged:
                    found[place] = _Choice(asked.options, asked.several)
        return found

    def _tests_of(self, question: str) -> list[SuiteTest]:
        return [test for test in self._bench.tests if test.mark.question == question]

    # What it earns --------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[GuessRow]:
        """What random choices earn, of each question that has choices."""
        found = []
        for question in self._questions:
            tests = [
                test
                for test in self._tests_of(question.id)
                if test.key in self._asked and not test.mark.bonus
            ]
            if not (choices := self._choices(tests)):
                continue
            guesses = list(_guesses(choices))
            passed: dict[str, int] = defaultdict(int)
            for guess in guesses:
                for run in self._bench.run_some(self._namespace(guess), {test.key for test in tests}, GRADED):
                    passed[run.key] += run.passed
            earned = total(test.mark.points * Fraction(passed[test.key], len(guesses)) for test in tests)
            parts = sum(test.mark.points > 0 for test in tests) > 1
            several = any(choice.several for choice in choices.values())
            found.append(
                GuessRow(
                    question=question.id,
                    points=earned,
                    of=question.points,
                    advice=_advice(
                        earned / question.points if question.points else Fraction(0), several, parts
                    ),
                    bonus=question.bonus,
                )
            )
        return found

    def _namespace(self, guess: Mapping[_Place, Any]) -> dict[str, Any]:
        """The solution with guesses in the place of its choices."""
        namespace, answers = self._bench.namespace(()), dict[str, Any]()
        for place, value in guess.items():
            answers[place.name] = _put(
                answers.get(place.name, copy.deepcopy(self._right.get(place.name))), place.path, value
            )
        for name, answer in answers.items():
            namespace[name] = _giving(answer)
        return namespace

    # Whether it is told ---------------------------------------------------------------------------------------

    def problems(self) -> Iterator[SuiteProblem]:
        """Tests whose verdicts students see before the due date, and that tell what is right."""
        for question in self._questions:
            if question.verdict == "at_once":
                continue
            tests = self._tests_of(question.id)
            yield from self._unread(question.id, tests)
            for place, choice in self._choices(tests).items():
                yield from self._telling(question.id, place, choice)

    def _unread(self, question: str, tests: Sequence[SuiteTest]) -> Iterator[SuiteProblem]:
        for test in tests:
            judged = any(asked.judged for _, asked in self._asked.get(test.key, ()))
            held = self._pset.holds(test.file, test.item.originalname)
            if judged and not held and not test.mark.public:
                what = (
                    f"{test.called} judges what can be guessed, which its source does not show; write "
                    f"verdict: after_due_date, or at_once, for {question} in pset.yaml"
                )
                yield SuiteProblem("verdict not settled", what, (question,))

    def _telling(self, question: str, place: _Place, choice: _Choice) -> Iterator[SuiteProblem]:
        early = self._pset.visibility == "after_published"
        seen = {
            test.key: test
            for test in self._bench.tests
            if test.mark.public or (early and not self._pset.holds(test.file, test.item.originalname))
        }
        if not seen:
            return
        passed = []
        for option in choice.options[:MOST_OPTIONS]:
            namespace = self._namespace({place: [option] if choice.several else option})
            passed.append(
                {run.key for run in self._bench.run_some(namespace, set(seen), GRADED) if run.passed}
            )
        ever = {key for keys in passed for key in keys}
        for key in sorted(key for key in ever if not all(key in keys for keys in passed)):
            what = (
                f"{seen[key].called} passes for some choices of {place.name} and fails for others, so students can try "
                "them one after another before the due date; let it pass for each of them, or write verdict: at_once "
                f"for {question} in pset.yaml"
            )
            yield SuiteProblem(
                "public test tells" if seen[key].mark.public else "test tells", what, (question,)
            )


LARGE = Fraction(1, 3)
"""Of a question's points, more than this is much for guessing: it has fewer than three options, or parts."""


def _advice(share: Fraction, several: bool, parts: bool) -> str:
    if share <= LARGE:
        return ""
    if several and parts:
        return "judge all options in one test, without only="
    return "" if several else "give more options, or ask for several of them with check_choices"


def _guesses(choices: Mapping[_Place, _Choice]) -> Iterator[dict[_Place, Any]]:
    """Every possible answer to a question, or a sample: always the same."""
    counts = [choice.answers() for choice in choices.values()]
    every = 1
    for count in counts:
        every *= count
    if every <= MOST_GUESSES:
        drawn: Iterator[Sequence[int]] = itertools.product(*map(range, counts))
    else:
        generator = random.Random(0)
        drawn = ([generator.randrange(count) for count in counts] for _ in range(MOST_GUESSES))
    for numbers in drawn:
        yield {place: choice.answer(n) for (place, choice), n in zip(choices.items(), numbers, strict=True)}


def _put(value: Any, path: tuple[Any, ...], part: Any) -> Any:
    """A value with another part in a place of it."""
    if not path:
        return part
    whole = list(value) if isinstance(value, tuple) else value
    whole[path[0]] = _put(whole[path[0]], path[1:], part)
    return tuple(whole) if isinstance(value, tuple) else whole


def _giving(answer: Any) -> Any:
    return lambda *_, **__: copy.deepcopy(answer)


# Which answer a check was given ------------------------------------------------------------------------------


class _Marking(LocalStudent):
    """The reference, whose answers know where they come from."""

    def __init__(self, namespace: Mapping[str, Any], right: dict[str, Any]) -> None:
        super().__init__(namespace)
        self._right = right

    def _function(self, name: str) -> LocalFunction:
        return _MarkingFunction(name, self._namespace, self._right)


class _MarkingFunction(LocalFunction):
    def __init__(self, name: str, namespace: Mapping[str, Any], right: dict[str, Any]) -> None:
        super().__init__(name, namespace)
        self._right = right

    def _answer(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        value = super()._answer(arguments, keywords)
        if arguments or keywords:
            return value
        self._right[self.name] = copy.deepcopy(value)
        return _marked(value, _Place(self.name))


def _marked(value: Any, place: _Place) -> Any:
    """An equal value of a class of its own, so that its place is found again when a check gets it or a part of it."""
    kind = type(value)
    if kind not in (str, int, float, list, tuple, dict, set, frozenset):
        return value
    if kind in (list, tuple):
        value = [_marked(part, _Place(place.name, (*place.path, n))) for n, part in enumerate(value)]
    elif kind is dict:
        value = {key: _marked(part, _Place(place.name, (*place.path, key))) for key, part in value.items()}
    made = type(kind.__name__, (kind,), {"_gradmark_place": place})
    return made(value)
