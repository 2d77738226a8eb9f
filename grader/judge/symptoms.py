"""Symptoms: what can be said of a failed test that no known mistakes explain.

A symptom is a property of the results themselves, such as "not a number where the answer is finite". It is told as a
property and claims no cause, except what its author wrote. Sentences are fixed texts, so that no number of a hidden
test gets into them. A symptom must hold for every call of the function that went wrong in the test.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.conversion import array_of
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog, same_value
from grader.judge.likeness import NotData, key_of
from grader.judge.objects import UNANSWERED
from grader.judge.replay import threads_of
from grader.kinds import parts, plain
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.symptoms import Symptom
from grader.student import Call

__all__ = ["Symptoms"]

MAX_SECONDS = 10.0
"""For the symptoms of one submission."""


@dataclass(frozen=True)
class _Wrong:
    """A call of the student's that went wrong, and how the solution's ends."""

    call: Call
    right: Call


class Symptoms:
    """Finds the symptoms of submissions to one problem set: the author's first, then general ones."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self._solution, self._values = SolutionCode(problem_set), problem_set.values
        self._own: dict[str, list[Symptom]] = {}
        for symptom in problem_set.symptoms():
            self._own.setdefault(symptom.function, []).append(symptom)

    def of(self, log: CallLog, tests: Sequence[str]) -> dict[str, str]:
        """The sentence of each test that shows a symptom."""
        found: dict[str, str] = {}
        with warnings.catch_warnings(), np.errstate(all="ignore"), suppress(TooLong), bounded(MAX_SECONDS):
            warnings.simplefilter("ignore")
            namespace = self._solution.namespace()
            for test in tests:
                sentence = next(self._sentences(log, test, namespace), None)
                if sentence:
                    found[test] = sentence
        return found

    def _sentences(self, log: CallLog, test: str, namespace: Mapping[str, Any]) -> Iterator[str]:
        of_this = CallLog()
        of_this.by_test[test] = log.by_test.get(test, [])
        for function in of_this.functions():
            wrong = [
                _Wrong(call, again)
                for thread in threads_of(of_this, function)
                for call, again in thread.replay(namespace)
                if call.error != UNANSWERED and not call.on and not thread.same(call, again)
            ]
            if not wrong or any(one.call.error is not None or one.right.error is not None for one in wrong):
                continue
            for symptom in self._own.get(function, ()):
                if all(_holds(symptom.shows, one) for one in wrong):
                    yield symptom.says
            calls = [call for call in log if call.function == function]
            for says, shows in GENERAL:
                if all(shows(one, calls) for one in wrong):
                    yield says.format(**self._words(function))

    def _words(self, function: str) -> dict[str, str]:
        """What general sentences call a function and its results, or a variable."""
        if function in self._values:
            return {"function": function, "returns": f"`{function}` is", "result": f"`{function}`"}
        return {
            "function": function,
            "returns": f"`{function}` returns",
            "result": f"what `{function}` returns",
        }


def _holds(shows: Callable[..., bool], one: _Wrong) -> bool:
    """Whether an author's symptom shows in a call; it does not where its code fails on what a student returned."""
    with suppress(Exception):
        return bool(shows(one.call.arguments, one.call.value, one.right.value))
    return False


# General symptoms --------------------------------------------------------------------------------------------


def _pairs(got: Any, right: Any) -> Iterator[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """The arrays of numbers in two values, side by side, as far as they correspond."""
    one, other = (None if isinstance(value, str) else array_of(plain(value)) for value in (got, right))
    if one is not None and other is not None:
        if one.dtype.kind in "biufc" and other.dtype.kind in "biufc":
            yield one, other
    else:
        mine, theirs = list(parts(plain(got))), list(parts(plain(right)))
        if len(mine) == len(theirs):
            for pair in zip(mine, theirs, strict=True):
                yield from _pairs(*pair)


def _wrong_pairs(one: _Wrong) -> list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Those that differ."""
    return [
        (got, right) for got, right in _pairs(one.call.value, one.right.value) if not same_value(got, right)
    ]


def _nothing(one: _Wrong, _: Sequence[Call]) -> bool:
    return one.call.value is None


def _not_finite(one: _Wrong, _: Sequence[Call]) -> bool:
    """Whether everything that is wrong is infinite or nan where the answer is finite."""
    wrong = _wrong_pairs(one)
    return bool(wrong) and all(
        got.shape == right.shape
        and not np.isfinite(got[np.isfinite(right)]).all()
        and same_value(np.where(np.isfinite(got), got, 0), np.where(np.isfinite(got), right, 0))
        for got, right in wrong
    )


def _argument(one: _Wrong, _: Sequence[Call]) -> bool:
    """Whether the call returned what it was given."""
    given = (*one.call.arguments, *one.call.keywords.values())
    return any(
        isinstance(argument, np.ndarray) and argument.size > 1 and same_value(one.call.value, argument)
        for argument in given
    )


def _zeros(one: _Wrong, _: Sequence[Call]) -> bool:
    wrong = _wrong_pairs(one)
    return bool(wrong) and all(got.size and not got.any() and right.any() for got, right in wrong)


def _always(one: _Wrong, calls: Sequence[Call]) -> bool:
    """Whether all calls of the function returned the same, whatever they were given."""
    values = [call.value for call in calls if call.error is None]
    return (
        len(values) > 2
        and len({_given(call) for call in calls}) > 2
        and all(same_value(value, one.call.value) for value in values)
    )


def _given(call: Call) -> bytes:
    """What tells a call's arguments from others; nothing if there is an object among them."""
    try:
        return key_of(call.arguments)
    except NotData:
        return b""


def _rows(one: _Wrong, _: Sequence[Call]) -> bool:
    """Whether all rows of what is wrong are the same, and those of the answer are not."""
    wrong = _wrong_pairs(one)
    return bool(wrong) and all(
        got.ndim > 1
        and len(got) > 1
        and bool((got == got[:1]).all())
        and not (right.shape == got.shape and bool((right == right[:1]).all()))
        for got, right in wrong
    )


GENERAL: tuple[tuple[str, Callable[[_Wrong, Sequence[Call]], bool]], ...] = (
    ("{returns} nothing here; does every way through it end with return?", _nothing),
    ("{returns} one of its arguments as it was; return what you computed from it.", _argument),
    ("{returns} the same for whatever it is given; use its arguments.", _always),
    ("All that is wrong in {result} is 0; is it ever filled in?", _zeros),
    (
        "{returns} inf or nan where the answer is a finite number, and is right everywhere else; look for "
        "what overflows, for a division by 0, and for the logarithm of 0.",
        _not_finite,
    ),
    (
        "All rows of {result} are the same; each example has a row of its own.",
        _rows,
    ),
)
"""Sentences, and how to tell whether each of them holds."""
