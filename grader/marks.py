"""The decorators of a course: `question` on a test; `mistake`, `alternative` and `symptom` on a function.

Each only leaves a note on what it decorates and returns it unchanged, so pytest sees the function as it was written.
Nothing here imports pytest, since public tests travel to students.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar, overload

from grader.points import Number, exact

__all__ = [
    "AlternativeMark",
    "MistakeMark",
    "QuestionMark",
    "SymptomMark",
    "alternative",
    "mistake",
    "question",
    "symptom",
]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True)
class QuestionMark:
    """The note that `question` leaves on a test as ``__gradmark_question__``."""

    question: str
    points: Fraction = Fraction(1)
    public: bool = False
    bonus: bool = False


@dataclass(frozen=True)
class MistakeMark:
    """The note that `mistake` leaves on a wrong version as ``__gradmark_mistake__``."""

    function: str
    says: str


@dataclass(frozen=True)
class AlternativeMark:
    """The note that `alternative` leaves on a right version as ``__gradmark_alternative__``."""

    function: str
    says: str = ""


@dataclass(frozen=True)
class SymptomMark:
    """The note that `symptom` leaves on a property of wrong results as ``__gradmark_symptom__``."""

    function: str
    says: str


def _name(value: object, decorator: str, example: str) -> str:
    """The name that a decorator needs; without parentheses it would get the function below it instead."""
    if not isinstance(value, str) or not value:
        raise TypeError(f"@{decorator} needs a name first, such as {example}")
    return value


def _points(given: Number, question: str) -> Fraction:
    try:
        if (points := exact(given)) >= 0:
            return points
    except ValueError:
        pass
    raise ValueError(f"@question({question!r}): points must be a number of at least 0, not {given!r}")


def _noting(attribute: str, mark: object) -> Callable[[Decorated], Decorated]:
    """A decorator that leaves a note."""

    def decorate(function: Decorated) -> Decorated:
        setattr(function, attribute, mark)
        return function

    return decorate


def question(
    question: str, points: Number = 1, public: bool = False, bonus: bool = False
) -> Callable[[Decorated], Decorated]:
    """Say which question a test belongs to, and how many points it is worth.

    Each case of a parametrized test is worth ``points``, a number or a text such as ``"1/3"``. Students see a public
    test with its source and its numbers; a hidden one gives away neither expected values nor inputs. A bonus test's
    points come on top of its question's.

    Raises `TypeError` without a question's id, and `ValueError` for points that are negative or not finite.

    Examples:
        >>> @question("q1", points=2)
        ... def test_nothing(student): ...
        >>> test_nothing.__gradmark_question__
        QuestionMark(question='q1', points=Fraction(2, 1), public=False, bonus=False)
    """
    name = _name(question, "question", '@question("q1", points=2)')
    mark = QuestionMark(name, _points(points, name), public, bonus)
    return _noting("__gradmark_question__", mark)


Edits = Mapping[str, str] | Sequence[Mapping[str, str]]
"""What an entry replaces in the solution, and by what; in a sequence, several ways of making the same mistake."""


@overload
def mistake(function: str, *, says: str) -> Callable[[Decorated], Decorated]: ...
@overload
def mistake(function: str, *, form_of: str) -> Callable[[Decorated], Decorated]: ...
@overload
def mistake(
    function: str, name: str, edits: Edits, *, says: str, free: Mapping[str, Sequence[float]] | None = None
) -> None: ...
def mistake(
    function: str,
    name: str = "",
    edits: Edits | None = None,
    *,
    says: str = "",
    free: Mapping[str, Sequence[float]] | None = None,
    form_of: str = "",
) -> Callable[[Decorated], Decorated] | None:
    """Declare a wrong version of the student's function of that name, and the sentence that its author will read.

    With ``edits``, this is a statement of its own. Each key is an expression of the solution, or statements that follow
    one another in it, and must be there exactly once, in the function or in a helper that no student is asked for; its
    value takes its place. Edits of different parts are also looked for together, in one function and in several. A list
    of such mappings gives several ways of making the same mistake. ``free`` names a number in the new code that may be
    any, with its usual values; it is found from a student's results.

    Otherwise it decorates a whole wrong version, whose ``__name__`` is the mistake's. With ``form_of``, that is another
    way of making the mistake of that name.

    Raises `TypeError` without a function's name, or if ``edits`` come without a name for the mistake, and `ValueError`
    without a sentence.

    Examples:
        >>> mistake("mean", "sum_for_mean", {"x.mean()": "x.sum()"}, says="You return the sum; divide it by len(x).")
        >>> @mistake("mean", says="You return the sum; the question asks for the mean.")
        ... def sum_in_a_loop(x): return sum(x)
        >>> sum_in_a_loop.__gradmark_mistake__.function
        'mean'
    """
    asked = _name(function, "mistake", '@mistake("softmax", says="...")')
    if not says.strip() and not form_of:
        raise ValueError(f"@mistake({function!r}): says is empty; write the sentence a student should read")
    if edits is not None:
        _name(name, "mistake", 'mistake("softmax", "softmax_unshifted", {...}, says="...")')
        return None
    return _noting("__gradmark_mistake__", MistakeMark(asked, says))


@overload
def alternative(function: str, *, says: str = "") -> Callable[[Decorated], Decorated]: ...
@overload
def alternative(function: str, name: str, edits: Edits, *, says: str = "") -> None: ...
def alternative(
    function: str, name: str = "", edits: Edits | None = None, *, says: str = ""
) -> Callable[[Decorated], Decorated] | None:
    """Declare a right version of the student's function of that name; the suite must accept it.

    With ``edits``, as in `mistake`, this is a statement of its own; otherwise it decorates a whole version.
    If it follows another convention than the solution, ``says`` is what students read whose results show that
    convention, such as "You use ε inside the root: accepted." Raises `TypeError` without a function's name.

    Examples:
        >>> @alternative("mean")
        ... def mean_by_loop(x): return sum(x) / len(x)
        >>> mean_by_loop.__gradmark_alternative__
        AlternativeMark(function='mean', says='')
    """
    asked = _name(function, "alternative", '@alternative("softmax")')
    if edits is not None:
        _name(name, "alternative", 'alternative("softmax", "softmax_by_log", {...})')
        return None
    return _noting("__gradmark_alternative__", AlternativeMark(asked, says))


def symptom(function: str, says: str) -> Callable[[Decorated], Decorated]:
    """Declare a property of wrong results of the student's function of that name, and a sentence about it.

    The decorated function gets a call's arguments, what the student's function returned and the right answer, and says
    whether the call has the property. Where no known mistakes explain a failed test and all calls that went wrong in
    it have the property, the student reads the sentence. Raises `TypeError` without a function's name and `ValueError`
    without a sentence.

    Examples:
        >>> @symptom("softmax", says="Your rows do not sum to 1; divide each by its own sum.")
        ... def rows_do_not_sum_to_one(given, got, right): return abs(got.sum(axis=1) - 1).max() > 1e-6
        >>> rows_do_not_sum_to_one.__gradmark_symptom__.function
        'softmax'
    """
    asked = _name(function, "symptom", '@symptom("softmax", says="...")')
    if not says.strip():
        raise ValueError(f"@symptom({function!r}): says is empty; write the sentence a student should read")
    return _noting("__gradmark_symptom__", SymptomMark(asked, says))
