"""What a test calls to judge an answer: closeness, gradients, shapes, purity, curves, matrices, speed.

Every check raises `grader.errors.CheckFailed` with a summary that is safe to show for a hidden test and a
detail with numbers for public ones. Only numpy is needed.
"""

from grader.checks.choices import check_choice, check_choices
from grader.checks.closeness import check_close
from grader.checks.curves import check_curve
from grader.checks.distributions import check_distribution
from grader.checks.expressions import check_expression
from grader.checks.figures import check_figure
from grader.checks.generators import check_uses_rng
from grader.checks.gradients import GradientReport, check_gradient
from grader.checks.linear import check_directions, check_orthonormal, check_residual, check_span
from grader.checks.networks import gradients_of, parameters_of, set_parameters
from grader.checks.printed import check_printed
from grader.checks.purity import check_pure
from grader.checks.quantities import check_quantity
from grader.checks.raises import check_raises
from grader.checks.shapes import check_outputs, check_scalar, check_shape
from grader.checks.sparse import check_sparse
from grader.checks.tables import check_table
from grader.checks.timing import check_faster_than
from grader.checks.words import check_text

__all__ = [
    "GradientReport",
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
    "parameters_of",
    "set_parameters",
]
