"""gradmark: grade problem sets whose answers are numerical code.

What a test imports stands here: the checks, the decorators, and the errors they raise. They need only numpy, and
are imported when they are first asked for: a command that checks nothing does not wait for numpy.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checks import (
        GradientReport,
        check_choice,
        check_choices,
        check_close,
        check_curve,
        check_directions,
        check_distribution,
        check_expression,
        check_faster_than,
        check_figure,
        check_gradient,
        check_orthonormal,
        check_outputs,
        check_printed,
        check_pure,
        check_quantity,
        check_raises,
        check_residual,
        check_scalar,
        check_shape,
        check_span,
        check_sparse,
        check_table,
        check_text,
        check_uses_rng,
        gradients_of,
        parameters_of,
        set_parameters,
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
    from grader.kinds import as_library
    from grader.marks import alternative, mistake, question, symptom
    from grader.seeding import seeded
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
    "as_library",
    "check_choice",
    "check_choices",
    "check_close",
    "check_curve",
    "check_directions",
    "check_distribution",
    "check_expression",
    "check_faster_than",
    "check_figure",
    "check_gradient",
    "check_orthonormal",
    "check_outputs",
    "check_printed",
    "check_pure",
    "check_quantity",
    "check_raises",
    "check_residual",
    "check_scalar",
    "check_shape",
    "check_span",
    "check_sparse",
    "check_table",
    "check_text",
    "check_uses_rng",
    "gradients_of",
    "mistake",
    "parameters_of",
    "question",
    "seeded",
    "set_parameters",
    "symptom",
]

_PARTS = (
    "grader.errors",
    "grader.kinds",
    "grader.marks",
    "grader.student",
    "grader.seeding",
    "grader.checks",
)


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
