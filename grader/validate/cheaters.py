"""Answers that know nothing, or that only agree with one another: a suite should give them no points.

A `Cheat` replaces every function and class that students write. It may see the form of the solution's answer, which
students find in the handout, but not its numbers. A few cheats do know something: they may earn what the cheat
`beside` them earns, or the public tests that they remember.
"""

from __future__ import annotations

import builtins
import copy
import inspect
import types
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from grader.student import CELLS, Call, LocalFunction, LocalStudent, Student, copied
from grader.text import many
from grader.traces import Trace, untraced
from grader.validate.bench import Bench
from grader.validate.forms import Leaf, change, filled, numbers_in
from grader.validate.memory import Memory
from grader.validate.standin import Answers, StandIn, bare, held

__all__ = ["REMEMBERED", "Cheat", "Remembering", "cheats_of", "disguised"]

REMEMBERED = "remembered"
"""The cheat that knows the answers to the public tests and nothing else."""

Right = Callable[..., Any]
"""Gives the solution's answer; ``traced`` says whether to print, draw and write what the solution does, too."""

_VALUE = "let the test also check a value that only a correct answer gives"
_REFUSES = "let it also make a call that raises nothing, and check a value other than 0, ½ and 1"
_SLOPES = (
    "take the slopes of the correct loss, check_gradient(..., reference=...), or compare with the reference"
)
_RAISES = "let it also check a value; check_raises alone is not enough"
_SILENT = "an answer that changes its arguments but reports that it does not"
_EFFECT = "let check_pure look for the effect: others=[...], calls that show any change of the arguments"
_DRAWN = "give it different numbers than the public tests, such as drawn ones"


class Cheat:
    """One way to answer every call.

    Args:
        name: Its name in reports.
        says: What it answers; reports write it after "passes for".
        advice: What to do about a test that it passes.
        answers: Its answer, given the function's name, the arguments and a function that gives the solution's answer.
        beside: The name of a cheat whose tests it may pass; ``""`` if it should pass none.
    """

    def __init__(self, name: str, says: str, advice: str, answers: Answers, *, beside: str = "") -> None:
        self.name, self.says, self.advice, self.answers, self.beside = name, says, advice, answers, beside

    def begins(self) -> None:
        """A test begins."""

    def student(self, namespace: dict[str, Any]) -> Student:
        """The student that tests get."""
        return LocalStudent(namespace)


def disguised(cheat: Cheat, bench: Bench) -> Callable[[], Student]:
    """A function that makes the cheat's student for each test, in which it answers for every function and class."""
    solution = bench.namespace(())
    module: str = solution["__name__"]

    def stand_in(name: str) -> Callable[..., Any]:
        def function(*given: Any, **keywords: Any) -> Any:
            def right(*, traced: bool = False) -> Any:
                with nullcontext() if traced else untraced():
                    answer = solution[name](
                        *map(bare, given), **{key: bare(item) for key, item in keywords.items()}
                    )
                answer = list(answer) if isinstance(answer, types.GeneratorType) else answer
                return held(answer, cheat.answers, module)

            return cheat.answers(name, (*given, *keywords.values()), right)

        for attribute, value in vars(solution[name]).items() if isinstance(solution[name], type) else ():
            if isinstance(value, classmethod | staticmethod) and not attribute.startswith("_"):
                setattr(function, attribute, of_class(name, attribute))
        return function

    def of_class(name: str, attribute: str) -> Callable[..., Any]:
        def method(*given: Any, **keywords: Any) -> Any:
            def right(*, traced: bool = False) -> Any:
                with nullcontext() if traced else untraced():
                    made = getattr(solution[name], attribute)(*map(bare, given), **bare(keywords))
                return held(made, cheat.answers, module)

            return cheat.answers(name, (*given, *keywords.values()), right)

        return method

    solution.pop(CELLS, None)  # which would be right
    namespace = {**solution, **{name: stand_in(name) for name in bench.solution.definitions}}

    def student() -> Student:
        cheat.begins()
        return cheat.student(namespace)

    return student


def cheats_of(bench: Bench) -> list[Cheat]:
    """Every cheat to try on a problem set; each call makes new ones, with empty memories."""
    return [
        *(_constant(name, value) for name, value in _CONSTANTS.items()),
        *(_form(name, leaf) for name, leaf in _LEAVES.items()),
        *(_argument(place) for place in range(_most_parameters(bench))),
        Cheat("arguments", "all of its arguments, returned", _VALUE, lambda name, given, right: given),
        Cheat("first of its shape", "the first arguments of its shape, returned", _VALUE, _of_same_shape(1)),
        Cheat("last of its shape", "the last arguments of its shape, returned", _VALUE, _of_same_shape(-1)),
        Cheat("exception", "an answer that always raises the same exception", _RAISES, _raising),
        *(_refusing(name, leaf) for name, leaf in _LEAVES.items()),
        Cheat("sums", "the sum of all parameters with a gradient of ones", _SLOPES, _sums),
        Cheat("squares", "half the square of all parameters with these as its gradient", _SLOPES, _squares),
        Cheat("changing", "an answer that changes its arguments", "", _changing, beside="changing"),
        _Silent("silent", _SILENT, _EFFECT, _changing, beside="changing"),
        Cheat("wrong arrays", "right numbers with arrays of ones", "", _right_numbers, beside="wrong arrays"),
        *(_bending(asked) for asked in (0, 3)),
        Remembering(bench),
    ]


def _most_parameters(bench: Bench) -> int:
    namespace = bench.namespace(())
    asked = [namespace[name] for name in bench.problem_set.functions if name in namespace]
    return max((len(inspect.signature(function).parameters) for function in asked), default=0)


# Constants, forms, arguments ---------------------------------------------------------------------------------

_CONSTANTS: dict[str, Any] = {
    **{repr(number): number for number in (0, 0.0, 1, 1.0, -1, 0.5, float("nan"), float("inf"))},
    **{repr(other): other for other in (None, True, False)},
    "an empty string": "",
    "an empty list": [],
    "an empty tuple": (),
    "an empty dictionary": {},
    "an empty array": np.zeros(0),
    "an array of one 0": np.zeros(1),
    "a 1×1 array of 0": np.zeros((1, 1)),
}


def _constant(name: str, value: Any) -> Cheat:
    return Cheat(f"always {name}", f"the constant answer {name}", _VALUE, lambda *_: copy.copy(value))


_LEAVES: dict[str, Leaf] = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "halves": lambda array: np.full(array.shape, 0.5),
    "nans": lambda array: np.full(array.shape, np.nan),
    "infinities": lambda array: np.full(array.shape, np.inf),
}


def _form(name: str, leaf: Leaf) -> Cheat:
    def answers(function: str, given: tuple[Any, ...], right: Right) -> Any:
        return filled(_tried(right), leaf)

    return Cheat(name, f"{name} in the right form", _VALUE, answers)


def _refusing(name: str, leaf: Leaf) -> Cheat:
    """Raises whatever the solution raises, which the handout may tell; a test of only that passes for any exception."""

    def answers(function: str, given: tuple[Any, ...], right: Right) -> Any:
        return filled(right(), leaf)

    says = f"the solution's own exceptions, and {name} in the right form elsewhere"
    return Cheat(f"refusing, else {name}", says, _REFUSES, answers, beside="exception")


def _tried(right: Right) -> Any:
    """The solution's answer; a number if it raises, since whoever knows nothing does not know that either."""
    try:
        return right()
    except Exception:
        return 0.0


def _argument(place: int) -> Cheat:
    def answers(function: str, given: tuple[Any, ...], right: Right) -> Any:
        return given[place] if place < len(given) else None

    return Cheat(f"argument {place + 1}", f"its argument {place + 1}, returned", _VALUE, answers)


def _of_same_shape(step: int) -> Answers:
    def answers(function: str, given: tuple[Any, ...], right: Right) -> Any:
        arrays = [np.asarray(part) for part in numbers_in(given)][::step]

        def leaf(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
            return next((one for one in arrays if one.shape == array.shape), np.zeros_like(array))

        return filled(_tried(right), leaf)

    return answers


def _of_every_kind() -> type[Exception]:
    """An exception class that derives from as many built-in ones as possible, so that most tests accept it."""
    kinds = [kind for kind in vars(builtins).values() if isinstance(kind, type)]
    # A class cannot derive from two that have their own fields, such as OSError.
    plain = [
        kind
        for kind in kinds
        if issubclass(kind, Exception)
        and not issubclass(kind, Warning)
        and kind.__basicsize__ == Exception.__basicsize__
    ]
    bases = sorted({*plain, np.linalg.LinAlgError}, key=lambda kind: (-len(kind.__mro__), kind.__name__))
    return type("OfEveryKind", tuple(bases), {})  # derived classes come before their bases


_OfEveryKind = _of_every_kind()


def _raising(function: str, given: tuple[Any, ...], right: Right) -> Any:
    raise _OfEveryKind


# Losses and gradients that agree -----------------------------------------------------------------------------


def _sums(function: str, given: tuple[Any, ...], right: Right) -> Any:
    total = sum(float(np.sum(part)) for part in _parameters_in(given))
    return filled(_tried(right), lambda array: np.ones_like(array) if array.shape else np.asarray(total))


def _squares(function: str, given: tuple[Any, ...], right: Right) -> Any:
    parameters = _parameters_in(given)
    total = sum(0.5 * float(np.sum(part * part)) for part in parameters)

    def leaf(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        same = (part for part in parameters if part.shape == array.shape)
        return next(same, np.zeros_like(array)) if array.shape else np.asarray(total)

    return filled(_tried(right), leaf)


def _parameters_in(given: Any) -> list[np.ndarray[Any, Any]]:
    return [np.asarray(part) for part in numbers_in(given) if np.asarray(part).dtype.kind == "f"]


def _right_numbers(function: str, given: tuple[Any, ...], right: Right) -> Any:
    return filled(right(), lambda array: np.ones_like(array) if array.shape else array)


@dataclass
class _Place:
    """Where a function was called, the numbers of its answer, and how often it was called nearby."""

    parameters: list[np.ndarray[Any, Any]]
    numbers: list[np.ndarray[Any, Any]]
    asked: int = 0

    def near(self, others: list[np.ndarray[Any, Any]]) -> bool:
        return [one.shape for one in others] == [one.shape for one in self.parameters] and all(
            np.abs(one - other).max(initial=0.0) < 0.5
            for one, other in zip(others, self.parameters, strict=True)
        )


def _bending(most: int) -> Cheat:
    """Correct numbers for the first calls near a place, then those of the plane whose gradient is all ones."""
    places: dict[str, list[_Place]] = {}

    def answers(function: str, given: tuple[Any, ...], right: Right) -> Any:
        answer, parameters = right(), _parameters_in(given)
        known = places.setdefault(function, [])
        place = next((one for one in known if one.near(parameters)), None)
        if place is None:
            place = _Place(parameters, [np.asarray(part) for part in numbers_in(answer)])
            known.append(place)
        else:
            place.asked += 1
        steps = zip(parameters, place.parameters, strict=True)
        further = sum(float(np.sum(now - then)) for now, then in steps) if place.asked > most else 0.0
        numbers = iter(place.numbers if place.asked > most else [])

        def leaf(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
            here = next(numbers, array)
            return np.ones_like(array) if array.shape else np.asarray(here + further)

        return filled(answer, leaf)

    calls = many(most + 1, "call")
    says = f"a loss that is correct for {calls} near a place and then follows a wrong gradient"
    return Cheat(f"bending after {calls}", says, _SLOPES, answers, beside="wrong arrays")


# Arguments that are changed in place -------------------------------------------------------------------------


def _changing(function: str, given: tuple[Any, ...], right: Right) -> Any:
    answer = copied(right())
    for argument in given:
        change(argument)
    return answer


class _Silent(Cheat):
    """Reports of every call that it left its arguments unchanged."""

    def student(self, namespace: dict[str, Any]) -> Student:
        return _SilentStudent(namespace)


class _SilentStudent(LocalStudent):
    def __getattr__(self, name: str) -> LocalFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return _SilentFunction(name, self._namespace)


class _SilentFunction(LocalFunction):
    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        done = replace(super().made(trace, arguments, keywords), changed=())
        for argument in (*arguments, *keywords.values()):
            if hasattr(argument, "unchanged"):
                argument.unchanged = lambda: True  # what stays in the student's process reports on itself
        return done


# Remembered answers ------------------------------------------------------------------------------------------


class Remembering(Cheat):
    """Repeats the answers to calls that it saw while it `learns`; answers zeros to all others.

    It learns no variables: every test asks for the same one, and a public test that reveals it is found as a leak.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(REMEMBERED, "answers remembered from public tests", _DRAWN, self._answer, beside="")
        solution = bench.namespace(())
        self.learns = False
        self._values = bench.problem_set.values
        self._memory = Memory(name for name in bench.solution.definitions if isinstance(solution[name], type))

    def begins(self) -> None:
        self._memory.begins()

    def _answer(self, function: str, given: tuple[Any, ...], right: Right) -> Any:
        key = self._memory.key(function, given)  # before the solution advances a generator
        known = partial(right, traced=self.learns or key in self._memory)
        answer = known() if self.learns else _tried(known)
        if isinstance(answer, StandIn):
            return answer  # which reveals nothing by itself
        if self.learns and function in self._values:
            return answer
        if self.learns:
            self._memory.store(key, answer)
            return answer
        return self._memory[key] if key in self._memory else filled(answer, np.zeros_like)
