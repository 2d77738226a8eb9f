"""Does a function leave its arguments alone, and give the same result again?"""

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
from grader.libraries import Sparse
from grader.student import Call, Kept, LocalFunction
from grader.tables import is_table, laid_out

__all__ = ["check_pure"]


def check_pure(function: Any, *arguments: Any, others: Sequence[Any] = (), **keywords: Any) -> Any:
    """Fail if a call changes its arguments in place, or if the same call gives another result the second time.

    Works with a `grader.student.StudentFunction` and with a plain function. The second result may differ from
    the first by rounding, since numpy's summation order depends on how memory is aligned. Returns the result.

    The process that runs the function reports such changes, but a submission could falsify that. So their effects
    are looked for too. Arrays, tables, lists, tuples and dictionaries are kept in that process, and the function is
    called again with these very objects and must give the same result. They are read back and must be the same to the
    last bit. ``others`` are called with them and must give what they give for fresh copies. Functions, random
    generators and objects of the submission are passed anew each time.

    Args:
        function: The function that should leave its arguments alone.
        *arguments: Its positional arguments.
        others: Functions of the same submission that take some of these arguments and would return something else
            if they had been changed. Give just the function if it takes the same arguments, and a tuple such as
            ``(student.cross_entropy, z, y)`` if it takes others; pass the very same objects as in ``arguments``. A
            function of the submission that fails for unchanged arguments, or answers differently each time, tells
            nothing and is left out.
        **keywords: Its keyword arguments.

    Raises `CheckFailed`, which names the argument; a `StudentFault` of the call is passed on.

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
    for stays in (kept, kept, None):  # fresh copies last: a change may only show in the next call
        again = given.passed_to(function, stays)
        _left_alone(name, again.changed)
        _repeated(name, again, first)
        del again  # or three answers, which may be large, would be held at once
    _left_alone(name, [place for place, argument in kept.items() if not argument.unchanged()])
    for i, other in enumerate(others):
        if i > 0:  # the other function before may itself have changed them
            kept = _keep(function, data)
            given.passed_to(function, kept)
        if not other.agrees(kept) and other.answers() and other.answers():  # twice: it may alternate
            fail(
                f"{other.name} returns a different result for arguments that {name} was called with before; "
                f"{STAY}"
            )


STAY = "the caller's arrays must stay as they are. Work on a copy."


def _left_alone(name: str, changed: Sequence[str]) -> None:
    __tracebackhide__ = True
    if changed:
        listed = clip(", ".join(_argument(place) for place in changed), 120)
        fail(f"{name} changes {listed} in place; {STAY}")


def _repeated(name: str, again: Call, first: Call) -> None:
    __tracebackhide__ = True
    if not _same(again.value, first.value):
        fail(f"{name} returns a different result when called again with the same arguments.")


def _same(one: Any, other: Any) -> bool:
    """Whether two results are equal up to rounding; of objects, which cannot be compared here, only the type counts."""
    one, other = _as_arrays(one), _as_arrays(other)
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


def _as_arrays(value: Any) -> Any:
    """A table's or a sparse array's parts instead of it."""
    found = laid_out(plain(value))
    return found.plain() if isinstance(found, Sparse) else found


def _argument(place: str) -> str:
    return f"argument {int(place) + 1}" if place.isdigit() else f"argument {place}"


# Arguments that stay -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Arguments:
    """The arguments of a call."""

    positional: tuple[Any, ...]
    keywords: Mapping[str, Any]

    def by_place(self) -> dict[str, Any]:
        """All of them, by position (``"0"``, ``"1"``) or keyword."""
        return {**{str(i): item for i, item in enumerate(self.positional)}, **self.keywords}

    def data(self) -> dict[str, Any]:
        """Those that a call could change in place and that hold nothing but data."""
        return {
            place: item
            for place, item in self.by_place().items()
            if (isinstance(item, np.ndarray | list | tuple | dict) or is_table(item)) and _is_data(item)
        }

    def passed_to(self, function: Any, kept: Mapping[str, Kept] | None = None) -> Call:
        """The call, made with kept arguments where there are some."""
        stays = kept or {}
        positional = (stays.get(str(i), item) for i, item in enumerate(self.positional))
        keywords = {key: stays.get(key, item) for key, item in self.keywords.items()}
        call: Call = function.call(*positional, **keywords)
        return call


def _is_data(value: Any) -> bool:
    """Whether a value holds no function, no random generator and no object of a submission."""
    if is_table(value):
        return True
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
    """A call of another function with some of the arguments, whose result shows whether they were changed.

    Args:
        asked: The function, or a tuple of the function and its arguments.
        given: The arguments of the function that is judged.
        data: Those of them that are kept.
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
                f"check_pure: {self.name} shares no array, table, list, tuple or dictionary with the function that is "
                "checked; pass it one of the very same objects"
            )
        self._answer: Any = None
        self._answered = False

    def answers(self) -> bool:
        """Whether it gives a result for fresh copies, and the same one each time."""
        if self._function.stopped and not self._answered:
            return False  # the judge would have to wait for it again
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
        """Whether it gives the same result for arguments that the judged function was called with."""
        stays = {place: kept[of] for place, of in self._shared.items()}
        try:
            return _same(self._arguments.passed_to(self._function, stays).value, self._answer)
        except StudentFault as fault:
            _unless_time_is_up(fault)
            return False


def _unless_time_is_up(fault: StudentFault) -> None:
    """Raise a fault that ends the grading of the submission; any other only concerns the other function."""
    if fault.limit is not None and fault.limit.name == "submission_seconds":
        raise fault


def _callable(function: Any) -> Any:
    return function if hasattr(type(function), "call") else _Plain(function)


class _Plain:
    """A plain function, called like a student's; what it raises is passed on."""

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
