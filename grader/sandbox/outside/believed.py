"""What the sandbox says about a call besides its value, as far as it can be believed.

Only a library's exceptions and types are named, since any other name is the student's wording. A place is named only
if the notebook had it before any of it ran.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

from grader.errors import LimitHit, Raised, StudentError, StudentMissing, WireError
from grader.kinds import known_type
from grader.limits import Limits
from grader.notebook.causes import cause_of, missing_function
from grader.raising import MAX_BASES
from grader.sandbox.crossing.messages import Fault, Outcome
from grader.sandbox.outside.loading import LoadReport
from grader.text import clean
from grader.traces import MOST_FIGURES, MOST_PRINTED, Trace, is_of_file
from grader.wording import no_function, not_checkable, raised_error

__all__ = ["changed_arguments", "exception_of", "fault_of", "trace_of"]

MAX_DETAIL = 2_000
_EXCEPTIONS = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_EXCEPTIONS |= {
    "LinAlgError", "AxisError", "TooHardError", "DTypePromotionError",  # numpy's; the others are those of pandas
    "DataError", "EmptyDataError", "IncompatibleFrequency", "IndexingError", "IntCastingNaNError", "InvalidIndexError",
    "MergeError", "OutOfBoundsDatetime", "OutOfBoundsTimedelta", "ParserError", "SpecificationError",
    "UndefinedVariableError",
}  # fmt: skip


def changed_arguments(
    outcome: Outcome, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> tuple[str, ...]:
    """Those of the arguments that the sandbox says were changed."""
    names = (*map(str, range(len(arguments))), *keywords)
    return tuple(name for name in names if name in outcome.changed)


def trace_of(trace: Trace | None, value: Any) -> Any:
    """What the sandbox says that a call left behind; raises WireError for what no call can."""
    if trace is None:
        return value
    if trace.kind == "output" and isinstance(value, str) and len(value) <= MOST_PRINTED:
        return clean(value)
    if trace.kind == "figures" and isinstance(value, list) and len(value) <= MOST_FIGURES:
        return value
    if trace.kind == "file" and is_of_file(value):
        return value
    raise WireError("it says something else of a call than can be said")


def exception_of(fault: Fault) -> str:
    """The exception's name, or words for one of the student's own."""
    return fault.type_name if fault.type_name in _EXCEPTIONS else "an exception of its own"


def fault_of(shown: str, fault: Fault, report: LoadReport, limits: Limits) -> StudentError | StudentMissing:
    """What to raise for a call that gave no value.

    Args:
        shown: What was called.
        fault: What the sandbox says about it.
        report: What running the notebook showed.
        limits: What the submission may use.
    """
    detail = clean(fault.message, MAX_DETAIL)
    if fault.kind == "missing":
        return missing_function(shown, report.notes, report.failed)
    if fault.kind == "uncallable":
        return StudentMissing(no_function(shown))
    if fault.kind == "unsendable":
        return StudentError(not_checkable(shown, known_type(fault.type_name)), detail)
    kind, lines = exception_of(fault), report.lines
    place = 0 <= fault.cell < len(lines) and 1 <= fault.line <= lines[fault.cell]
    bases = tuple(name for name in fault.bases[:MAX_BASES] if name in _EXCEPTIONS)
    raised = Raised(kind, bases)
    if place and report.firsts:
        raised = Raised(kind, bases, 0, report.firsts[fault.cell] + fault.line - 1, script=True)
    elif place:
        raised = Raised(kind, bases, fault.cell + 1, fault.line)
    limit = LimitHit("memory_mb", limits.memory_mb) if kind == "MemoryError" else None
    told = f"{clean(fault.type_name, 100)}: {detail}"
    cause = cause_of(fault.lacks, report.notes, report.failed) if kind == "NameError" else None
    return StudentError(raised_error(shown, raised, limit), told, cause=cause, raised=raised, limit=limit)
