"""gradmark: grade problem sets whose answers are numerical code.

What a test imports stands here: the checks, the decorators, and the errors they raise. Importing this
package needs only numpy.
"""

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
from grader.marks import alternative, mistake, question
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
]
