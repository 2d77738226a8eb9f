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
    should = f"but should raise {' or '.join(kind.__name__ for kind in wanted)}"
    name = name_of(function)
    try:
        function(*arguments, **keywords)
    except StudentFault as fault:
        if not isinstance(fault, StudentError):
            raise
        # The class itself is known only where the student's code ran in this process; elsewhere its name is reported.
        raised = fault.raised.name if fault.raised else ""
        if isinstance(fault.__cause__, wanted) or {raised, *fault.bases} & {kind.__name__ for kind in wanted}:
            return
    except Exception as error_here:
        if isinstance(error_here, wanted):
            return
        raised = type(error_here).__name__
    else:
        fail(f"{name} returned a result, {should}.")
    known = isinstance(getattr(builtins, raised, None), type)
    fail(f"{name} raises {raised if known else 'another kind of exception'}, {should}.")
