"""Is a gradient the slope of the loss it claims to belong to?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.checks import probes
from grader.checks.precision import coarse_by
from grader.checks.slope_check import ExactSlopeCheck, GradientReport, SlopeCheck
from grader.errors import CheckFailed

__all__ = ["GradientReport", "check_gradient"]


def check_gradient(
    loss: Any,
    gradient: Any,
    at: Any,
    *,
    wrt: Sequence[int] | Mapping[str, int] | None = None,
    upstream: Any = None,
    name: str = "gradient",
    batched: Callable[..., Any] | None = None,
    thorough: bool = True,
    singly: bool | None = None,
    localise: bool = True,
    reference: Any = None,
    prove: bool = False,
    complex_step: bool = False,
    sizes: Mapping[str, int] | None = None,
    seed: int = 0,
) -> GradientReport:
    """Fail unless ``gradient`` is the derivative of ``loss`` at ``at``, in every entry.

    Args:
        loss: A function of the parameters that returns one number, and the right one: a gradient that agrees with a
            wrong loss proves nothing. Its ``.map`` is used where it has one, so that all probes travel in one batch.
        gradient: A function of the same arguments, or the value it returned. It has the form of the parameters:
            an array, a tuple of arrays, a dictionary with the same keys.
        at: Where to differentiate: a number or an array (``loss(x)``), a dictionary of parameters
            (``loss(params)``), or a tuple of positional arguments (``loss(*at)``).
        wrt: For a tuple, which arguments to differentiate by: positions, or names with positions such as
            ``{"W": 2, "b": 3}``. By default all that are floating-point arrays or floats.
        upstream: For a vector-Jacobian product: ``loss`` returns an array (or a tuple of arrays), ``upstream``
            has its shape, and the derivative of sum(upstream·loss(*at)) is judged. A function ``gradient`` is
            then called as ``gradient(upstream, *at)``.
        name: What to call the gradient.
        batched: The loss whose slopes are taken, for many parameters at once: takes the parameters (those of ``wrt``
            only, in order) with one more leading axis, and returns one number for each.
        thorough: False stops after the prefilter, some random projections of each parameter.
        singly: Whether to probe every entry alone. By default only up to 200 entries; above, random groups of 8.
        localise: False fails at the first wrong entries it meets and looks at no others: for a verdict alone.
        reference: The right loss, called as ``loss`` is. It judges the gradient where ``loss`` has another value at
            ``at`` or none, so that a wrong loss costs only the question that asks for it.
        prove: Whether ``loss`` must have the value of ``reference`` wherever that is evaluated.
        complex_step: The author's word that ``loss`` computes with complex numbers as with real ones, as a reference
            written for the complex step does. Slopes are then exact to rounding at one evaluation each, where
            differences see nothing below the loss's own rounding. Some slopes are compared with differences, and a
            loss that breaks its word is a ``ValueError``. Never vouch for a student's loss.
        sizes: Lengths that a mistaken factor could be, such as ``{"N": 32}``; the lengths of axes are tried anyway.
        seed: Decides the random directions.

    Everything is computed in float64 where the code allows it. A loss that computes in float32 is recognised
    by its rounding noise, and resolves far less: see ``resolution`` in the report. Where the loss has a kink
    exactly at ``at``, any value between its one-sided slopes passes and is counted. Several kinks at a point
    can hide each other from any differences, so keep exact zeros out of a test's data.

    Raises `CheckFailed`, which names the parameter, the index and the likely cause; ``ValueError`` for a loss that is
    not complex-step safe though ``complex_step`` says so, and for a loss to ``prove`` without a ``reference`` or with
    ``complex_step``.

    Examples:
        >>> import numpy as np
        >>> report = check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2, np.array([1.0, 2.0]))
        >>> report.entries, report.kinked
        (2, 0)
    """
    __tracebackhide__ = True
    if prove and (reference is None or complex_step):
        raise ValueError("prove=True needs reference= and works without complex_step")
    if reference is None:
        problem = probes.problem(loss, at, wrt, upstream, batched)
    else:
        problem = probes.problem(reference, at, wrt, upstream, batched)
        if prove:
            problem = probes.Proved.beside(problem, probes.problem(loss, at, wrt, upstream, None))
    # The loss first: a forward function of the wrong shape is not the gradient's mistake.
    check = (ExactSlopeCheck if complex_step else SlopeCheck)(problem, sizes or {}, seed)
    claimed = problem.claimed(gradient, name)
    check.judge(claimed)
    try:
        return check.run(thorough, singly, localise)
    except CheckFailed:
        coarse = 0.0 if claimed.single else max(map(coarse_by, claimed.given))
        if coarse == 0:
            raise
    # What computes in float32 on the way has its rounding, whatever its result is stored in.
    check.judge(claimed, coarse)
    return check.run(thorough, singly, localise)
