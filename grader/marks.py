"""The decorators of a course: `question` on a test, `mistake` and `alternative` on a function.

Each only leaves a note on what it decorates and returns it unchanged, so pytest sees the function as it was written.
Nothing here imports pytest, since public tests travel to students.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from grader.points import Number, exact

__all__ = ["AlternativeMark", "MistakeMark", "QuestionMark", "alternative", "mistake", "question"]

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


def mistake(function: str, says: str) -> Callable[[Decorated], Decorated]:
    """Declare a wrong version of the student's function of that name, and the sentence that its author will read.

    The mistake's own name is the decorated function's ``__name__``. Raises `TypeError` without a function's
    name and `ValueError` without a sentence.

    Examples:
        >>> @mistake("mean", says="You return the sum; the question asks for the mean.")
        ... def sum_for_mean(x): return sum(x)
        >>> sum_for_mean.__gradmark_mistake__.function
        'mean'
    """
    name = _name(function, "mistake", '@mistake("softmax", says="...")')
    if not says.strip():
        raise ValueError(f"@mistake({function!r}): says is empty; write the sentence a student should read")
    mark = MistakeMark(name, says)
    return _noting("__gradmark_mistake__", mark)


def alternative(function: str, says: str = "") -> Callable[[Decorated], Decorated]:
    """Declare a right version of the student's function of that name; the suite must accept it.

    If it follows another convention than the solution, ``says`` is what students read whose results show that
    convention, such as "You use ε inside the root: accepted." Raises `TypeError` without a function's name.

    Examples:
        >>> @alternative("mean")
        ... def mean_by_loop(x): return sum(x) / len(x)
        >>> mean_by_loop.__gradmark_alternative__
        AlternativeMark(function='mean', says='')
    """
    mark = AlternativeMark(_name(function, "alternative", '@alternative("softmax")'), says)
    return _noting("__gradmark_alternative__", mark)
