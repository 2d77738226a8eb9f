"""Is a gradient the slope of the loss it claims to belong to?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from grader.checks import probes
from grader.checks.complex_step import complex_slopes, slope_noise
from grader.checks.differences import (
    LEVELS,
    Directions,
    Slopes,
    coordinates,
    first_step,
    groups,
    rounding_noise,
    slopes,
)
from grader.checks.messages import fail, order, short, spot
from grader.checks.patterns import find_pattern, only_biases, where_wrong
from grader.checks.precision import coarse_by
from grader.errors import CheckFailed

__all__ = ["GradientReport", "check_gradient"]

Array = np.ndarray

# A gradient's own rounding: see `grader.checks.closeness`.
RELATIVE_FLOAT64 = 1e-9
RELATIVE_FLOAT32 = 1e-5
GROUP = 8
AMONG_KINKS = 4
# Groups of a parameter by which the first step for it is chosen.
SAMPLE = 8
# Kinks of a parameter are sparse where a probe meets no more of them within the first step, on average.
SPARSE = 3.0
# Steps that are tried for a group of entries.
GROUP_LEVELS = 5
# Up to this many parameters each one is probed alone.
SINGLY = 200
MOST_EVALUATIONS = 100_000
# The complex step: entries of each parameter that are compared with differences, and the bound's margin.
VERIFIED = 2
EXACT_MARGIN = 64
# Entries of a suspect parameter that are judged at a time where the first wrong ones are enough.
FEW = 64
# To explain a failure at most this many coordinates of a parameter are probed.
LOCALISE = 2_000


@dataclass(frozen=True)
class GradientReport:
    """What a passed `check_gradient` saw."""

    entries: int
    """Entries of the gradient."""
    probes: int
    """Directions along which slopes were compared."""
    evaluations: int
    """Values of the loss that were asked for."""
    kinked: int
    """Entries at which the loss has a kink, where anything between its one-sided slopes was accepted."""
    near_kinks: int
    """Directions that met a kink within the first step and were resolved with a smaller one."""
    resolution: float
    """Median bound, as a multiple of the largest slope: smaller errors cannot be seen."""


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
        loss: a function of the parameters that returns one number, and the right one: a gradient that agrees with a
            wrong loss proves nothing. Its ``.map`` is used where it has one, so that all probes travel in one batch.
        gradient: a function of the same arguments, or the value it returned. It has the form of the parameters:
            an array, a tuple of arrays, a dictionary with the same keys.
        at: where to differentiate: a number or an array (``loss(x)``), a dictionary of parameters
            (``loss(params)``), or a tuple of positional arguments (``loss(*at)``).
        wrt: for a tuple, which arguments to differentiate by: positions, or names with positions such as
            ``{"W": 2, "b": 3}``. By default all that are floating-point arrays or floats.
        upstream: for a vector-Jacobian product: ``loss`` returns an array (or a tuple of arrays), ``upstream``
            has its shape, and the derivative of sum(upstream·loss(*at)) is judged. A function ``gradient`` is
            then called as ``gradient(upstream, *at)``.
        name: what to call the gradient.
        batched: the loss whose slopes are taken, for many parameters at once: takes the parameters (those of ``wrt``
            only, in order) with one leading axis more, returns one number for each.
        thorough: False stops after the prefilter, some random projections of each parameter.
        singly: probe every entry alone. By default only up to 200 entries; above, random groups of 8 entries.
        localise: False fails at the first wrong entries that are met and looks at no others: for a verdict alone.
        reference: the right loss, called as ``loss`` is. It judges the gradient where ``loss`` has another value at
        ``at`` or none, so that a wrong loss costs the question that asks for it and not the gradient's.
    complex_step: the author's word that ``loss`` computes with complex numbers as with real ones, as a reference
        written for the complex step does: slopes are then exact to rounding at one evaluation each, where
        differences see nothing below the loss's own rounding. Some slopes are compared with differences, and a
        loss that breaks its word is a ``ValueError``. Never vouch for a student's loss.
    sizes: lengths that a mistaken factor could be, such as ``{"N": 32}``; lengths of axes are tried besides.

    Everything is computed at float64 where the code allows it. A loss that computes in float32 is recognised
    by its rounding noise, and resolves far less: see ``resolution`` in the report. Where the loss has a kink
    exactly at ``at``, any value between its one-sided slopes passes and is counted. Several kinks at a point
    can hide each other from any differences, so keep exact zeros out of a test's data.

    Raises `CheckFailed` naming the parameter, the index and the likely cause; ``ValueError`` for a loss that is
    not complex-step safe though ``complex_step`` says so, and for a loss to ``prove`` without a ``reference`` or by
    complex steps.

    Examples:
        >>> report = check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2, np.array([1.0, 2.0]))
        >>> report.entries, report.kinked
        (2, 0)
    """
    __tracebackhide__ = True
    if prove and (reference is None or complex_step):
        raise ValueError("a loss is proved at the points of real steps beside the right one; give reference=")
    if reference is None:
        problem = probes.problem(loss, at, wrt, upstream, batched)
    else:
        problem = probes.problem(reference, at, wrt, upstream, batched)
        if prove:
            problem = probes.Proved.beside(problem, probes.problem(loss, at, wrt, upstream, None))
    # The loss first: a forward function of the wrong shape is no fault of the gradient.
    check = (_ExactCheck if complex_step else _Check)(problem, name, sizes or {}, seed)
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


class _Check:
    """One gradient under judgement."""

    claimed: Array
    single: bool
    coarse: float
    localise: bool

    def __init__(self, problem: probes.Problem, name: str, sizes: Mapping[str, int], seed: int) -> None:
        self.problem, self.name, self.sizes = problem, name, sizes
        self.rng = np.random.default_rng([seed, 20_260_101])
        self.evaluate = problem.evaluate
        self.f0 = float(problem.evaluate(problem.x[None])[0])
        self._require_finite(np.asarray(self.f0), "where its gradient is checked")
        self.noise = rounding_noise(self.evaluate, problem.x, self.rng)
        self._require_finite(np.asarray(self.noise), "near the point where its gradient is checked")
        self.step = first_step(self.noise, abs(self.f0))
        self.count = self.kinked = self.near = 0
        self.sparse = np.zeros(problem.x.size, dtype=bool)
        self.bounds: list[Array] = []
        self.largest = 0.0

    def judge(self, claimed: probes.Claimed, coarse: float = 0.0) -> None:
        """Take the gradient to judge, each entry of which may be rounded by as much as ``coarse``."""
        self.claimed, self.single = claimed.flat, claimed.single
        self.relative = RELATIVE_FLOAT32 if claimed.single else RELATIVE_FLOAT64
        self.coarse = min(coarse, RELATIVE_FLOAT32 * float(np.abs(claimed.flat).max(initial=0.0)))

    @staticmethod
    def _require_finite(values: Array, where: str) -> None:
        __tracebackhide__ = True
        if not np.isfinite(values).all():
            fail(f"The loss is nan or infinite {where}.")

    def slopes(
        self, directions: Directions, *, levels: int = LEVELS, skip: int = 0, shrink: float = 1.0
    ) -> Slopes:
        # Steps that were shortened because of kinks often need only two levels: see `differences`.
        found = slopes(
            self.evaluate, self.problem.x, self.f0, self.noise, directions,
            step=self.step * shrink * 0.5**skip, first=2 if skip else 3, levels=min(levels, LEVELS - skip),
            rows=self.problem.rows,
        )  # fmt: skip
        self.count += len(directions)
        return found

    def allowed(self, directions: Directions, found: Slopes) -> Array:
        """How far a claimed directional derivative may be off."""
        terms = np.abs(self.claimed[directions.index])
        own = np.abs(self.claimed).max(initial=0.0) if self.single else 0.0
        coarse = self.coarse * directions.index.shape[1]
        return np.asarray(found.bound + self.relative * (terms.sum(axis=1) + own) + coarse)

    def wrong(self, directions: Directions, found: Slopes) -> Array:
        return np.asarray(found.off(directions.dot(self.claimed)) > self.allowed(directions, found))

    def run(self, thorough: bool, singly: bool | None, localise: bool) -> GradientReport:
        __tracebackhide__ = True
        self.localise = localise
        suspects = self._prefilter()
        for block in suspects:
            pieces = 1 if localise else -(-block.size // FEW)
            for index in np.array_split(block.index, pieces):
                self._judge(index)
        if thorough:
            self._judge_all(singly)
        sizes = np.concatenate(self.bounds) if self.bounds else np.zeros(1)
        return GradientReport(
            self.problem.x.size, self.count, self.problem.evaluations, self.kinked, self.near,
            float(np.median(sizes)) / max(self.largest, np.finfo(float).tiny),
        )  # fmt: skip

    def _prefilter(self) -> list[probes.Block]:
        """The parameters for which random projections of the gradient disagree with the loss."""
        each = max(2, 8 // len(self.problem.blocks))
        suspects = []
        for block in self.problem.blocks:
            index = np.tile(block.index, (each, 1))
            directions = Directions(index, self.rng.choice([-1.0, 1.0], size=index.shape))
            # A direction through a kink says nothing here: a smaller step would be blind to small errors.
            found = self.slopes(directions, levels=3)
            self._note(found, directions)
            if np.any(self.wrong(directions, found) & ~found.kinked):
                suspects.append(block)
        return suspects

    def _note(self, found: Slopes, directions: Directions) -> None:
        self.bounds.append(found.bound)
        self.largest = max(self.largest, float(np.abs(self.claimed).max(initial=0.0)))
        self.near += int(found.near.sum())

    def _judge_all(self, singly: bool | None) -> None:
        __tracebackhide__ = True
        total = self.problem.x.size
        alone = total <= SINGLY if singly is None else singly
        size = 1 if alone else max(GROUP, -(-6 * total // MOST_EVALUATIONS))
        for block in self.problem.blocks:
            if size == 1:
                self._judge(block.index, whole=True)
                continue
            directions = groups(block.index, size, self.rng)
            skip = self._skip(directions)
            if skip is None:
                self._judge(block.index)
                continue
            if skip > 0:
                # Among dense kinks steps are short and noise is large: groups small enough to see through it.
                directions = groups(block.index, max(AMONG_KINKS, size // GROUP), self.rng)
            # A few steps: what has a kink that near is sooner told apart entry by entry.
            found = self.slopes(directions, levels=GROUP_LEVELS, skip=skip)
            self._note(found, directions)
            self.sparse[block.index] = self._sparse(found, skip)
            doubtful = found.kinked | self.wrong(directions, found)
            if doubtful.any():
                self._judge(np.unique(directions.index[doubtful]), skip)

    def _skip(self, directions: Directions) -> int | None:
        """How many halvings to skip because most directions meet a kink in them; None if they do in all.

        At small weights the kinks of ReLU units lie so dense that the first steps would all be wasted.
        """
        sample = directions.take(np.arange(min(SAMPLE, len(directions))))
        found = self.slopes(sample)
        return None if found.kinked.mean() > 0.5 else int(np.quantile(found.halvings, 0.25))

    @staticmethod
    def _sparse(found: Slopes, skip: int) -> bool:
        """Whether kinks are sparse, by the share of probes that met none: that is exp(−mean) if they lie anyhow."""
        none = 1 - found.near.mean()
        return bool(none > 0 and -np.log(none) * 2**skip <= SPARSE)

    def _judge(self, index: Array, skip: int = 0, *, whole: bool = False) -> None:
        """Entry by entry; raises for the first parameter with wrong ones, after looking at it whole.

        ``whole`` says that these are all entries of a parameter.
        """
        __tracebackhide__ = True
        directions = coordinates(index)
        found = self.slopes(directions, skip=skip)
        if whole:
            self.sparse[index] = self._sparse(found, skip)
        found = found.by_one_side(self.sparse[index])
        # Far probes may leave the loss's domain, and shorter steps are tried; the shortest may not.
        self._require_finite(found.low + found.high, "close to the point where its gradient is checked")
        self._note(found, directions)
        wrong, kinked = self.wrong(directions, found), int(found.kinked.sum())
        if wrong.any():
            # Once more with another step: a coincidence of two kinks does not happen twice.
            again = directions.take(np.flatnonzero(wrong))
            found = self.slopes(again, skip=skip, shrink=0.8).by_one_side(self.sparse[index[wrong]])
            wrong[wrong] = self.wrong(again, found)
        self.kinked += kinked
        if wrong.any():
            self._explain(index[wrong])

    def _explain(self, wrong_index: Array) -> None:
        """Look at whole parameters and fail with what is seen; in doubt, when nothing is, the entry passes."""
        __tracebackhide__ = True
        failures: dict[str, tuple[probes.Block, Slopes, Array, Array]] = {}
        for block in self.problem.blocks:
            index = block.index
            seen = wrong_index[np.isin(wrong_index, index)]
            if not self.localise:
                if not len(seen):
                    continue
                index = seen
            elif block.size > LOCALISE:
                index = np.union1d(seen[:LOCALISE], self.rng.permutation(index)[:LOCALISE])
            directions = coordinates(index)
            found = self.slopes(directions).by_one_side(self.sparse[index])
            wrong = self.wrong(directions, found)
            if wrong.any():
                failures[block.name] = (block, found, wrong, index)
        if failures:
            self._say(failures)

    def _say(self, failures: dict[str, tuple[probes.Block, Slopes, Array, Array]]) -> None:
        __tracebackhide__ = True
        sentences, detail = [], ""
        right = [block.name for block in self.problem.blocks if block.name not in failures]
        for label, (block, found, wrong, index) in failures.items():
            claimed = self.claimed[index]
            off = found.off(claimed)
            worst = int(np.argmax(np.where(wrong, off, -1)))
            place = spot(label, _unravel(int(index[worst]) - block.start, block.shape))
            sentences.append(self._sentence(label, place, block, found, wrong, claimed))
            if not detail:
                slope = found.low[worst]
                about = (
                    short(float(slope))
                    if not found.kinked[worst]
                    else f"{slope:.6g} to {found.high[worst]:.6g}"
                )
                limit = self.allowed(coordinates(index), found)[worst]
                detail = (
                    f"{place}: the loss has slope {about}, the gradient is {short(float(claimed[worst]))} "
                    f"(at most {limit:.2g} apart is allowed)."
                )
        lead = "Only the bias is wrong: " if only_biases(failures, right) else ""
        fail(lead + " ".join(sentences), detail)

    def _sentence(
        self, label: str, place: str, block: probes.Block, found: Slopes, wrong: Array, claimed: Array
    ) -> str:
        whole = len(wrong) == block.size
        probed = "entries" if whole else "entries probed"
        if not self.localise:
            share = f" at {place}"
        elif block.size == 1:
            share = ""
        else:
            share = f" in {int(wrong.sum())} of {len(wrong)} {probed}, worst at {place}"
        lead = f"{label} is not the slope of the loss{share}."
        slope = np.clip(claimed, found.low, found.high)
        allowed = found.bound + self.relative * np.abs(claimed) + self.coarse
        if whole:
            cause = self._cause(block, claimed, slope, allowed) or where_wrong(wrong.reshape(block.shape))
            if cause:
                return f"{lead} {cause}"
        far = float(np.abs(claimed - slope).max()) / max(float(np.abs(slope).max()), np.finfo(float).tiny)
        if np.isfinite(far) and far <= 1e-3:
            return f"{lead} It is nearly right: off by about {order(far)} of the largest entry."
        return lead

    def _cause(self, block: probes.Block, claimed: Array, slope: Array, allowed: Array) -> str | None:
        shape = block.shape

        def within(one: Array, other: Array) -> Array:
            # A factor that is applied to a slope applies to its error too.
            growth = max(1.0, float(np.abs(other).max(initial=0.0)) / max(float(np.abs(slope).max()), 1e-300))
            return np.asarray(np.abs(one - other) <= growth * 2 * allowed.reshape(shape))

        lengths = {**self.sizes, **self.problem.lengths}
        found = find_pattern(claimed.reshape(shape), slope.reshape(shape), within, lengths)
        if found:
            return found
        x = self.problem.x[block.index]
        error = claimed - slope
        if block.size >= 3 and np.any(x):
            top = int(np.argmax(np.abs(x)))
            if np.all(np.abs(error - error[top] / x[top] * x) <= 4 * (allowed + allowed[top])):
                return (
                    "The error is a multiple of the parameter itself: is a term such as the regularization "
                    "missing, doubled, or given another factor?"
                )
        return None


class _ExactCheck(_Check):
    """The same with slopes by the complex step; differences where these disagree with the gradient."""

    def __init__(self, problem: probes.Problem, name: str, sizes: Mapping[str, int], seed: int) -> None:
        super().__init__(problem, name, sizes, seed)
        whole = [Directions(block.index[None], np.ones((1, block.size))) for block in problem.blocks]
        try:
            with np.errstate(all="ignore"):
                self.exact_bound = max(
                    slope_noise(self.evaluate, problem.x, one, self.rng, rows=problem.rows) for one in whole
                )
        except TypeError as error:
            raise ValueError(f"the loss does not compute with complex numbers: {error}") from error
        # The largest of a few draws, and a gradient of hundreds of additions.
        self.exact_bound *= EXACT_MARGIN
        for block in problem.blocks:
            few = coordinates(self.rng.permutation(block.index)[:VERIFIED])
            self._verify(self._exact(few), super().slopes(few))

    def _exact(self, directions: Directions) -> Slopes:
        n = len(directions)
        right, left = (
            complex_slopes(self.evaluate, self.problem.x, directions, side=side, rows=self.problem.rows)
            for side in (1, -1)
        )
        low, high = np.minimum(left, right), np.maximum(left, right)
        bound = np.full(n, self.exact_bound)
        no = np.zeros(n, dtype=bool)
        return Slopes(low, high, bound, high - low > bound, no, no.astype(int), low, np.full(n, np.inf))

    @staticmethod
    def _verify(exact: Slopes, measured: Slopes) -> None:
        apart = np.maximum(exact.low - measured.high, measured.low - exact.high)
        size = np.maximum(np.abs(exact.low), np.abs(exact.high))
        if np.any(apart > measured.bound + exact.bound + RELATIVE_FLOAT64 * size):
            raise ValueError(
                "the loss is not complex-step safe: its complex step disagrees with its differences. "
                "Does it use abs, sign, norm, conj or a real buffer?"
            )

    def slopes(
        self, directions: Directions, *, levels: int = LEVELS, skip: int = 0, shrink: float = 1.0
    ) -> Slopes:
        found = self._exact(directions)
        self.count += len(directions)
        doubtful = np.flatnonzero(self.wrong(directions, found))
        if len(doubtful) and directions.index.shape[1] == 1:
            # At a kink of another form than maximum the complex step knows one side only.
            measured = super().slopes(directions.take(doubtful))
            self._verify(_part(found, doubtful), measured)
            at = doubtful[measured.kinked]
            found.low[at], found.high[at] = measured.low[measured.kinked], measured.high[measured.kinked]
            found.bound[at], found.kinked[at] = measured.bound[measured.kinked], True
        return found


def _part(found: Slopes, which: Array) -> Slopes:
    return Slopes(*(getattr(found, field.name)[which] for field in fields(found)))


def _unravel(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(flat, shape))
