"""What is said of a gradient that is not the slope of its loss: where, by how much, and the likely cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.differences import Slopes
from grader.checks.messages import fail, order, short, spot
from grader.checks.patterns import find_pattern, only_biases, where_wrong
from grader.checks.probes import Block, Problem

__all__ = ["Failure", "fail_for"]

Array = np.ndarray


@dataclass(frozen=True)
class Failure:
    """A parameter whose gradient is wrong."""

    block: Block
    index: Array
    """The entries that were probed, in the flat vector of all parameters."""
    claimed: Array
    """Their gradient, as it was given."""
    found: Slopes
    wrong: Array
    """Which of them are wrong."""
    allowed: Array
    """How far each may be off."""

    @property
    def worst(self) -> int:
        return int(np.argmax(np.where(self.wrong, self.found.off(self.claimed), -1)))

    @property
    def place(self) -> str:
        """The entry that is furthest off."""
        at = np.unravel_index(int(self.index[self.worst]) - self.block.start, self.block.shape)
        return spot(self.block.name, tuple(int(i) for i in at))

    @property
    def whole(self) -> bool:
        """Whether every entry of the parameter was probed."""
        return len(self.wrong) == self.block.size

    @property
    def slope(self) -> Array:
        """The acceptable values that are nearest to the gradient."""
        return np.clip(self.claimed, self.found.low, self.found.high)

    @property
    def detail(self) -> str:
        """The worst entry, with its numbers."""
        worst, found = self.worst, self.found
        slope = found.low[worst]
        about = f"{slope:.6g} to {found.high[worst]:.6g}" if found.kinked[worst] else short(float(slope))
        return (
            f"{self.place}: the loss has slope {about}, the gradient is {short(float(self.claimed[worst]))} "
            f"(at most {self.allowed[worst]:.2g} apart is allowed)."
        )


def fail_for(
    failures: Sequence[Failure], problem: Problem, sizes: Mapping[str, int], *, localise: bool
) -> None:
    """Fail with a sentence on each wrong parameter.

    ``sizes`` are lengths that a mistaken factor could be, by their names; ``localise`` says that wrong entries were
    looked for everywhere, so that their number means something.
    """
    __tracebackhide__ = True
    wrong = [failure.block.name for failure in failures]
    right = [block.name for block in problem.blocks if block.name not in wrong]
    lead = "Only the bias is wrong: " if only_biases(wrong, right) else ""
    with np.errstate(all="ignore"):  # a wrong gradient may be of any size
        sentences = [_sentence(failure, problem, sizes, localise) for failure in failures]
        detail = failures[0].detail
    fail(lead + " ".join(sentences), detail)


def _sentence(failure: Failure, problem: Problem, sizes: Mapping[str, int], localise: bool) -> str:
    block, wrong = failure.block, failure.wrong
    if not localise:
        share = f" at {failure.place}"
    elif block.size == 1:
        share = ""
    else:
        probed = "entries" if failure.whole else "entries probed"
        share = f" in {int(wrong.sum())} of {len(wrong)} {probed}, worst at {failure.place}"
    lead = f"{block.name} is not the slope of the loss{share}."
    if failure.whole:
        cause = _cause(failure, problem, sizes) or where_wrong(wrong.reshape(block.shape))
        if cause:
            return f"{lead} {cause}"
    slope = failure.slope
    far = float(np.abs(failure.claimed - slope).max()) / max(float(np.abs(slope).max()), np.finfo(float).tiny)
    if np.isfinite(far) and far <= 1e-3:
        return f"{lead} It is nearly right: off by about {order(far)} of the largest entry."
    return lead


def _cause(failure: Failure, problem: Problem, sizes: Mapping[str, int]) -> str | None:
    block, slope, allowed = failure.block, failure.slope, failure.allowed

    def within(one: Array, other: Array) -> Array:
        # A factor that is applied to a slope applies to its error too.
        growth = max(1.0, float(np.abs(other).max(initial=0.0)) / max(float(np.abs(slope).max()), 1e-300))
        return np.asarray(np.abs(one - other) <= growth * 2 * allowed.reshape(block.shape))

    lengths = {**sizes, **problem.lengths}
    found = find_pattern(failure.claimed.reshape(block.shape), slope.reshape(block.shape), within, lengths)
    if found:
        return found
    x, error = problem.x[block.index], failure.claimed - slope
    if block.size >= 3 and np.any(x):
        top = int(np.argmax(np.abs(x)))
        if np.all(np.abs(error - error[top] / x[top] * x) <= 4 * (allowed + allowed[top])):
            return (
                "The error is a multiple of the parameter itself: is a term such as the regularization "
                "missing, doubled, or given another factor?"
            )
    return None
