"""One gradient judged: random projections of each parameter first, then its entries, alone or in groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

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
from grader.checks.messages import fail
from grader.checks.probes import Block, Claimed, Problem
from grader.checks.rounding import RELATIVE_FLOAT32, RELATIVE_FLOAT64
from grader.checks.slope_failures import Failure, fail_for

__all__ = ["ExactSlopeCheck", "GradientReport", "SlopeCheck"]

Array = np.ndarray

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
# By complex steps: entries of each parameter that are compared with differences, and the margin of the bound.
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


class SlopeCheck:
    """Judges one gradient by slopes that are found by differences."""

    claimed: Array
    single: bool
    coarse: float
    localise: bool

    def __init__(self, problem: Problem, sizes: Mapping[str, int], seed: int) -> None:
        self.problem, self.sizes = problem, sizes
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

    def judge(self, claimed: Claimed, coarse: float = 0.0) -> None:
        """Take the gradient to judge; each entry may be off by ``coarse`` more."""
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
        own = np.abs(self.claimed).max(initial=0.0) if self.single else 0.0
        coarse = self.coarse * directions.index.shape[1]
        with np.errstate(all="ignore"):  # a wrong gradient may be of any size
            terms = np.abs(self.claimed[directions.index]).sum(axis=1)
            return np.asarray(found.bound + self.relative * (terms + own) + coarse)

    def wrong(self, directions: Directions, found: Slopes) -> Array:
        with np.errstate(all="ignore"):
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

    def _prefilter(self) -> list[Block]:
        """The parameters for which random projections of the gradient disagree with the loss."""
        each = max(2, 8 // len(self.problem.blocks))
        suspects = []
        for block in self.problem.blocks:
            index = np.tile(block.index, (each, 1))
            directions = Directions(index, self.rng.choice([-1.0, 1.0], size=index.shape))
            # A direction through a kink says nothing here: a smaller step would hide small errors.
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
            # A few steps only: where kinks are that near, going entry by entry is faster.
            found = self.slopes(directions, levels=GROUP_LEVELS, skip=skip)
            self._note(found, directions)
            self.sparse[block.index] = self._sparse(found, skip)
            doubtful = found.kinked | self.wrong(directions, found)
            if doubtful.any():
                self._judge(np.unique(directions.index[doubtful]), skip)

    def _skip(self, directions: Directions) -> int | None:
        """How many halvings to skip because most directions meet a kink in them; None if they do at every step.

        At small weights the kinks of ReLU units are so dense that the first steps would all be wasted.
        """
        sample = directions.take(np.arange(min(SAMPLE, len(directions))))
        found = self.slopes(sample)
        return None if found.kinked.mean() > 0.5 else int(np.quantile(found.halvings, 0.25))

    @staticmethod
    def _sparse(found: Slopes, skip: int) -> bool:
        """Whether kinks are sparse. The share of probes that meet none is exp(−mean) where kinks lie at random."""
        none = 1 - found.near.mean()
        return bool(none > 0 and -np.log(none) * 2**skip <= SPARSE)

    def _judge(self, index: Array, skip: int = 0, *, whole: bool = False) -> None:
        """Judge entries one by one; raises for the first wrong ones, after looking at whole parameters.

        ``whole`` says that these are all entries of a parameter.
        """
        __tracebackhide__ = True
        directions = coordinates(index)
        found = self.slopes(directions, skip=skip)
        if whole:
            self.sparse[index] = self._sparse(found, skip)
        found = found.by_one_side(self.sparse[index])
        # Far probes may leave the loss's domain, and shorter steps are tried; the shortest must not.
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
        """Look at whole parameters and fail with what is seen; where nothing is seen again, the entry passes."""
        __tracebackhide__ = True
        failures = []
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
                allowed = self.allowed(directions, found)
                failures.append(Failure(block, index, self.claimed[index], found, wrong, allowed))
        if failures:
            fail_for(failures, self.problem, self.sizes, localise=self.localise)


class ExactSlopeCheck(SlopeCheck):
    """A check by complex steps, which are exact to rounding, for a loss that its author vouches for.

    Where they disagree with the gradient, differences decide.
    """

    def __init__(self, problem: Problem, sizes: Mapping[str, int], seed: int) -> None:
        super().__init__(problem, sizes, seed)
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


def _part(found: Slopes, which: np.ndarray) -> Slopes:
    return Slopes(*(getattr(found, field.name)[which] for field in fields(found)))
