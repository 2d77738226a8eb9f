"""Checks on how a function behaves: does it leave its arguments alone, and repeat itself?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.closeness import check_close
from grader.checks.conversion import NotNumbers, array_of, one_array
from grader.checks.messages import clip, describe, fail, name_of
from grader.errors import CheckFailed, CourseError, StudentError, StudentFault
from grader.kinds import plain
from grader.student import Call, Kept, LocalFunction

__all__ = ["check_pure"]


def check_pure(function: Any, *arguments: Any, others: Sequence[Any] = (), **keywords: Any) -> Any:
    """Fail if a call changes its arguments in place, or if the same call again gives another result.

    Works with a `grader.student.StudentFunction` and with a plain function. The second result may differ from
    the first by rounding, since numpy's summation order depends on how memory is aligned. Returns the result.

    A change is reported by where the function runs, which is the student's own word. So it is looked for by its
    effect besides: arrays, lists, tuples and dictionaries are put there to stay, the function is called with the
    very same ones again and must give the same result, they are read back and must be the same to the last bit,
    and ``others`` are called with them and must give what they give for fresh copies. Functions, random
    generators and objects of the submission are passed anew each time.

    Args:
        function: The function that should leave its arguments alone.
        *arguments: What it is called with.
        others: Functions of the same submission that take some of these arguments and would give something else
            if they were changed: by itself for one with the same arguments, ``(student.cross_entropy, z, y)`` for
            one with others. What is the same object there as in ``arguments`` is what stays. A function of
            the submission that fails for unchanged arguments, or answers differently each time, tells nothing and
            is left out.
        **keywords: What it is called with by name.

    Raises `CheckFailed` naming the argument; a `StudentFault` of the call goes through.

    Examples:
        >>> import numpy as np
        >>> x = np.array([2.0, -1.0])
        >>> check_pure(np.sort, x, others=[np.cumsum, (np.dot, x, np.ones(2))])
        array([-1.,  2.])
        >>> def worst_first(x):
        ...     x.sort()
        ...     return x
        >>> check_pure(worst_first, x)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: worst_first changes argument 1 in place; the caller's arrays must stay ...
    """
    __tracebackhide__ = True
    given, called, name = _Arguments(arguments, keywords), _callable(function), name_of(function)
    first = given.passed_to(called)
    _left_alone(name, first.changed)
    data = given.data()
    asked = [_Other(other, given, data) for other in others]
    if data:
        _look_for_effects(name, called, given, data, first, [other for other in asked if other.answers()])
    else:
        _repeated(name, given.passed_to(called), first)
    return first.value


def _look_for_effects(
    name: str,
    function: Any,
    given: _Arguments,
    data: Mapping[str, Any],
    first: Call,
    others: Sequence[_Other],
) -> None:
    __tracebackhide__ = True
    kept = _keep(function, data)
    for stays in (kept, kept, None):  # fresh copies last: a change may be put off until the next call
        again = given.passed_to(function, stays)
        _left_alone(name, again.changed)
        _repeated(name, again, first)
        del again  # or the next answer, which may be large, would come beside two others
    _left_alone(name, [place for place, argument in kept.items() if not argument.unchanged()])
    for i, other in enumerate(others):
        if i > 0:  # the one before may itself have changed them
            kept = _keep(function, data)
            given.passed_to(function, kept)
        if not other.agrees(kept) and other.answers() and other.answers():  # twice: it may alternate
            fail(
                f"{other.name} gives another result for arguments that {name} was called with before; "
                "the caller's arrays must stay as they are. Work on a copy."
            )


def _left_alone(name: str, changed: Sequence[str]) -> None:
    __tracebackhide__ = True
    if changed:
        listed = clip(", ".join(_argument(place) for place in changed), 120)
        fail(f"{name} changes {listed} in place; the caller's arrays must stay as they are. Work on a copy.")


def _repeated(name: str, again: Call, first: Call) -> None:
    __tracebackhide__ = True
    if not _same(again.value, first.value):
        fail(f"{name} gives another result when it is called again with the same arguments.")


def _same(one: Any, other: Any) -> bool:
    """Whether two results are one, up to rounding; objects, which nobody can compare here, tell nothing."""
    one, other = plain(one), plain(other)
    if isinstance(other, list | tuple):
        if not isinstance(one, list | tuple) or len(one) != len(other):
            return False
        try:
            one, other = one_array(one), one_array(other)
        except NotNumbers:
            return all(_same(*parts) for parts in zip(one, other, strict=True))
    if isinstance(other, dict):
        return (
            isinstance(one, dict)
            and one.keys() == other.keys()
            and all(_same(one[key], part) for key, part in other.items())
        )
    if other is not None and not isinstance(other, str | bytes) and array_of(other) is None:
        return describe(one) == describe(other)
    try:
        check_close(one, other)
    except CheckFailed:
        return False
    return True


def _argument(place: str) -> str:
    return f"argument {int(place) + 1}" if place.isdigit() else f"argument {place}"


# Arguments that stay -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Arguments:
    """The arguments of a call."""

    positional: tuple[Any, ...]
    keywords: Mapping[str, Any]

    def by_place(self) -> dict[str, Any]:
        """By position (``"0"``, ``"1"``) and keyword."""
        return {**{str(i): item for i, item in enumerate(self.positional)}, **self.keywords}

    def data(self) -> dict[str, Any]:
        """Those that a call could change and that are data through and through."""
        return {
            place: item
            for place, item in self.by_place().items()
            if isinstance(item, np.ndarray | list | tuple | dict) and _is_data(item)
        }

    def passed_to(self, function: Any, kept: Mapping[str, Kept] | None = None) -> Call:
        """The call, with what is kept in place of the arguments that are."""
        stays = kept or {}
        positional = (stays.get(str(i), item) for i, item in enumerate(self.positional))
        keywords = {key: stays.get(key, item) for key, item in self.keywords.items()}
        call: Call = function.call(*positional, **keywords)
        return call


def _is_data(value: Any) -> bool:
    """Whether it holds no function, no random generator and no object of a submission."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind != "O"
    if isinstance(value, list | tuple):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(map(_is_data, value)) and all(map(_is_data, value.values()))
    return value is None or isinstance(value, bool | int | float | complex | str | bytes | np.generic)


def _keep(function: Any, data: Mapping[str, Any]) -> dict[str, Kept]:
    return dict(zip(data, function.keep(list(data.values())), strict=True))


class _Other:
    """A call of another function with some of the arguments, which shows whether they are what they were.

    Args:
        asked: The function, or a tuple of the function and its arguments.
        given: The arguments of the function that is judged.
        data: Those of them that stay.
    """

    def __init__(self, asked: Any, given: _Arguments, data: Mapping[str, Any]) -> None:
        function, *own = asked if isinstance(asked, tuple) else (asked,)
        self.name = name_of(function)
        self._function = _callable(function)
        self._arguments = _Arguments(tuple(own), {}) if own else given
        places = {id(item): place for place, item in data.items()}
        self._shared = {
            place: places[id(item)]
            for place, item in self._arguments.by_place().items()
            if id(item) in places
        }
        if not self._shared:
            raise CourseError(
                f"check_pure calls {self.name} with none of the arrays, lists, tuples and dictionaries that it "
                "calls the first function with; pass it one of the very same objects"
            )
        self._answer: Any = None
        self._answered = False

    def answers(self) -> bool:
        """Whether it gives a result for fresh copies, and each time this is asked the same."""
        if self._function.stopped and not self._answered:
            return False  # it would be waited for again
        places = self._arguments.by_place()
        fresh = _keep(self._function, {place: places[place] for place in self._shared})
        try:
            answer = self._arguments.passed_to(self._function, fresh).value
        except StudentFault as fault:
            _unless_time_is_up(fault)
            return False
        if self._answered:
            return _same(answer, self._answer)
        self._answer, self._answered = answer, True
        return True

    def agrees(self, kept: Mapping[str, Kept]) -> bool:
        """Whether it gives that same result for what the judged function was called with."""
        stays = {place: kept[of] for place, of in self._shared.items()}
        try:
            return _same(self._arguments.passed_to(self._function, stays).value, self._answer)
        except StudentFault as fault:
            _unless_time_is_up(fault)
            return False


def _unless_time_is_up(fault: StudentFault) -> None:
    """Raise what ends the grading of a submission; another fault is the other function's own affair."""
    if fault.limit is not None and fault.limit.name == "submission_seconds":
        raise fault


def _callable(function: Any) -> Any:
    return function if hasattr(function, "call") else _Plain(function)


class _Plain:
    """A plain function, called as a student's is; what it raises goes through."""

    stopped = False

    def __init__(self, function: Callable[..., Any]) -> None:
        name = name_of(function)
        self._local = LocalFunction(name, {name: function})

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        try:
            return self._local.call(*arguments, **keywords)
        except StudentError as error:
            raise error.__cause__ or error from None

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        return self._local.keep(values)
