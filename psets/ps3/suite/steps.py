"""An optimizer of the student's taken through many steps, beside the reference: what q3 to q8 share.

A student's state is handed back to the student and never looked into: any layout will do. Where the small constant
may stand outside or inside the root, a run may agree with either reading, but with the same one at all its steps.
"""

import numpy as np

import reference.epsilon_inside_root as inside
import reference.optimizers as ref
from grader import CheckFailed, check_close, check_outputs, check_pure


class Run:
    """A student's optimizer on its way, beside each reading of the reference that still agrees with it."""

    def __init__(self, function, w):
        name = function.name
        readings = [getattr(ref, name), *([getattr(inside, name)] if name in inside.__all__ else [])]
        self.function, self.steps = function, 0
        self.w, self.state = w, {}
        self.left = [(reading, w, {}) for reading in readings]

    def step(self, dw, **settings):
        """One step with the gradient dw, judged."""
        name = self.function.name
        outputs = self.function(self.w, dw, self.state, **settings)
        self.w, self.state = check_outputs(outputs, names=("w", "state"), name=f"{name}(w, dw, state)")
        self.steps += 1
        label = f"w after {self.steps} step{'s' * (self.steps > 1)} of {name}"
        agreeing, failures = [], []
        for reading, expected, memory in self.left:
            after, memory = reading(expected, dw, memory, **settings)
            try:
                check_close(self.w, after, name=label)
                agreeing.append((reading, after, memory))
            except CheckFailed as failure:
                failures.append(failure)
        self.left = agreeing
        if not agreeing:
            raise failures[0]

    def place(self):
        """Where the run stands, for `back_to`."""
        return self.w, self.state, self.steps, self.left

    def back_to(self, earlier):
        """Go on from where a run stood when it was asked for its `place`."""
        self.w, self.state, self.steps, self.left = earlier


def follow(function, w, gradients, settings):
    """One run, with settings of its own for each step."""
    run = Run(function, w)
    for dw, given in zip(gradients, settings, strict=True):
        run.step(dw, **given)


def problem(rng, *shape, steps=5):
    """Where to start, and a gradient for each step."""
    return rng.normal(size=shape), rng.normal(size=(steps, *shape))


def by_turns(function, rng, given):
    """Two runs that take turns, then the first from its second step again with other gradients."""
    (w, gradients), (other_w, other_gradients) = problem(rng, 3, steps=5), problem(rng, 2, 2, steps=3)
    run, other, places = Run(function, w), Run(function, other_w), []
    for dw, other_dw in zip(gradients[:3], other_gradients, strict=True):
        run.step(dw, **given)
        places.append(run.place())
        other.step(other_dw, **given)
    run.back_to(places[1])
    for dw in gradients[3:]:
        run.step(dw, **given)


def by_integers(function, given):
    """Integer parameters and gradients."""
    follow(function, np.array([3, -4]), np.array([[2, -1], [0, 3], [1, 1]]), [given] * 3)


def without_a_trace(function, rng, given, plain):
    """Two steps that leave w, dw and state as they are; ``plain`` is the student's sgd, in which w and dw show."""
    w, gradients = problem(rng, 4)
    run = Run(function, w)
    for dw in gradients[:2]:
        check_pure(function, run.w, dw, run.state, **given, others=[(plain, run.w, dw, {})])
        run.step(dw, **given)
