"""gradmark: grade problem sets whose answers are numerical code.

What a test imports stands here: the checks, the decorators, and the errors they raise. They need only numpy, and
are imported when they are first asked for: a command that checks nothing does not wait for numpy.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checks import (
        GradientReport,
        check_close,
        check_curve,
        check_directions,
        check_faster_than,
        check_gradient,
        check_orthonormal,
        check_outputs,
        check_pure,
        check_raises,
        check_residual,
        check_scalar,
        check_shape,
        check_span,
    )
    from grader.errors import (
        CheckFailed,
        GradmarkError,
        StudentCrashed,
        StudentError,
        StudentFault,
        StudentMissing,
        StudentTimeout,
    )
    from grader.marks import alternative, mistake, question, symptom
    from grader.student import LocalStudent

__all__ = [
    "CheckFailed",
    "GradientReport",
    "GradmarkError",
    "LocalStudent",
    "StudentCrashed",
    "StudentError",
    "StudentFault",
    "StudentMissing",
    "StudentTimeout",
    "alternative",
    "check_close",
    "check_curve",
    "check_directions",
    "check_faster_than",
    "check_gradient",
    "check_orthonormal",
    "check_outputs",
    "check_pure",
    "check_raises",
    "check_residual",
    "check_scalar",
    "check_shape",
    "check_span",
    "mistake",
    "question",
    "symptom",
]

_PARTS = ("grader.errors", "grader.marks", "grader.student", "grader.checks")


def __getattr__(name: str) -> Any:
    """A public name, from the part of the package that has it."""
    if name in __all__:
        for part in map(importlib.import_module, _PARTS):
            if name in part.__all__:
                globals()[name] = getattr(part, name)
                return globals()[name]
    raise AttributeError(f"module 'grader' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
