"""What a test calls to judge an answer: closeness, gradients, shapes, purity, curves, matrices, speed.

Every check raises `grader.errors.CheckFailed` with a summary that is safe to show for a hidden test and a
detail with numbers for public ones. Only numpy is needed.
"""

from grader.checks.closeness import check_close
from grader.checks.curves import check_curve
from grader.checks.gradients import GradientReport, check_gradient
from grader.checks.linear import check_directions, check_orthonormal, check_residual, check_span
from grader.checks.purity import check_pure
from grader.checks.raises import check_raises
from grader.checks.shapes import check_outputs, check_scalar, check_shape
from grader.checks.timing import check_faster_than

__all__ = [
    "GradientReport",
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
]
