"""Checks on how a function behaves: does it leave its arguments alone, repeat itself, refuse bad input?"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from grader.checks.closeness import check_close
from grader.checks.messages import clip, fail
from grader.errors import CheckFailed, StudentError, StudentFault
from grader.student import copied, unchanged

__all__ = ["check_pure", "check_raises"]


def check_pure(function: Any, *arguments: Any, **keywords: Any) -> Any:
    """Fail if a call changes its arguments in place, or if the same call again gives another result.

    Works with a `grader.student.StudentFunction` and with a plain function. The second result may differ from
    the first by rounding, since numpy's summation order depends on how memory is aligned. Returns the result.

    Raises `CheckFailed` naming the argument; a `StudentFault` of the call goes through.
    """
    __tracebackhide__ = True
    name = _name(function)
    first, changed = _observe(function, arguments, keywords)
    if changed:
        listed = clip(", ".join(_argument(position) for position in changed), 120)
        fail(f"{name} changes {listed} in place; the caller's arrays must stay as they are. Work on a copy.")
    again, _ = _observe(function, arguments, keywords)
    try:
        check_close(again, _frozen(first), name=f"{name}, called again,")
    except (CheckFailed, TypeError):
        fail(f"{name} gives another result when it is called again with the same arguments.")
    return first


def _name(function: Any) -> str:
    return clip(str(getattr(function, "name", None) or getattr(function, "__name__", "the function")), 60)


def _argument(position: str) -> str:
    return f"argument {int(position) + 1}" if position.isdigit() else f"argument {position}"


def _observe(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, list[str]]:
    """The value of one call, and which of its arguments it changed."""
    if hasattr(function, "call"):
        done = function.call(*arguments, **keywords)
        return done.value, list(done.changed)
    given, given_keywords = copied((arguments, keywords))
    value = function(*given, **given_keywords)
    changed = [str(i) for i, pair in enumerate(zip(arguments, given, strict=True)) if not unchanged(*pair)]
    changed += [key for key in keywords if not unchanged(keywords[key], given_keywords[key])]
    return value, changed


def _frozen(value: Any) -> Any:
    """A value as something to expect: lists of unlike things compare part by part."""
    return (
        tuple(value)
        if isinstance(value, list) and any(isinstance(v, list | tuple | dict) for v in value)
        else value
    )


def check_raises(
    function: Callable[..., Any],
    *arguments: Any,
    error: type[BaseException] | tuple[type[BaseException], ...] = ValueError,
    **keywords: Any,
) -> None:
    """Fail unless the call raises ``error`` (or a subclass); other faults, such as a timeout, go through.

    Examples:
        >>> check_raises(int, "x")
        >>> check_raises(int, "1")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: int returned a result where it should raise ValueError.
    """
    __tracebackhide__ = True
    wanted = error if isinstance(error, tuple) else (error,)
    listed = " or ".join(kind.__name__ for kind in wanted)
    name = _name(function)
    try:
        function(*arguments, **keywords)
    except StudentFault as fault:
        if not isinstance(fault, StudentError):
            raise
        raised = _raised(fault)
        if _matches(raised, wanted) or any(kind.__name__ in fault.bases for kind in wanted):
            return
        _other(name, raised, listed)
    except Exception as raised_here:
        if isinstance(raised_here, wanted):
            return
        _other(name, type(raised_here).__name__, listed)
    fail(f"{name} returned a result where it should raise {listed}.")


def _other(name: str, raised: type[BaseException] | str, listed: str) -> None:
    __tracebackhide__ = True
    kind = raised if isinstance(raised, str) else raised.__name__
    known = isinstance(getattr(builtins, kind, None), type)
    fail(f"{name} raises {kind if known else 'an exception of another kind'} where it should raise {listed}.")


def _raised(fault: StudentError) -> type[BaseException] | str:
    """What the student's code raised: its class where it ran in this process, else its name as reported."""
    if fault.__cause__ is not None:
        return type(fault.__cause__)
    return fault.raised.name if fault.raised else ""


def _matches(raised: type[BaseException] | str, wanted: tuple[type[BaseException], ...]) -> bool:
    if isinstance(raised, str):
        kind = getattr(builtins, raised, None)
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            return any(raised == w.__name__ for w in wanted)
        raised = kind
    return issubclass(raised, wanted)
