"""Does a function refuse bad input with the right exception?"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from grader.checks.messages import fail, name_of
from grader.errors import StudentError, StudentFault

__all__ = ["check_raises"]


def check_raises(
    function: Callable[..., Any],
    *arguments: Any,
    error: type[BaseException] | tuple[type[BaseException], ...] = ValueError,
    **keywords: Any,
) -> None:
    """Fail unless the call raises ``error`` or a subclass; other faults, such as a timeout, are passed on.

    Examples:
        >>> check_raises(int, "x")
        >>> check_raises(int, "1")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: int returned a result, but should raise ValueError.
    """
    __tracebackhide__ = True
    wanted = error if isinstance(error, tuple) else (error,)
    listed = " or ".join(kind.__name__ for kind in wanted)
    name = name_of(function)
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
    fail(f"{name} returned a result, but should raise {listed}.")


def _other(name: str, raised: type[BaseException] | str, listed: str) -> None:
    __tracebackhide__ = True
    kind = raised if isinstance(raised, str) else raised.__name__
    known = isinstance(getattr(builtins, kind, None), type)
    fail(f"{name} raises {kind if known else 'another kind of exception'}, but should raise {listed}.")


def _raised(fault: StudentError) -> type[BaseException] | str:
    """The class that the student's code raised; its name, as reported, where it ran in another process."""
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
