"""One gradient judged by complex steps, which are exact to rounding, for a loss that its author vouches for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from grader.checks.complex_step import complex_slopes, slope_noise
from grader.checks.differences import LEVELS, Directions, Slopes, coordinates
from grader.checks.probes import Problem
from grader.checks.rounding import RELATIVE_FLOAT64
from grader.checks.slope_check import SlopeCheck

__all__ = ["ExactSlopeCheck"]

# Entries of each parameter that are compared with differences, and the margin of the bound.
VERIFIED = 2
EXACT_MARGIN = 64


class ExactSlopeCheck(SlopeCheck):
    """A check by complex steps, and by differences where these disagree with the gradient."""

    def __init__(self, problem: Problem, name: str, sizes: Mapping[str, int], seed: int) -> None:
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


def _part(found: Slopes, which: np.ndarray) -> Slopes:
    return Slopes(*(getattr(found, field.name)[which] for field in fields(found)))
