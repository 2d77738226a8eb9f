"""Take a student's optimizer through many steps and compare it with the reference: shared by q3 to q8.

A student's state goes back to the student unread, so any layout will do, together with the w that came with it. What a
student keeps outside the state shows where two runs meet: they are at the same w, to the last bit, but remember
different things.

Where the small constant may stand outside or inside the root, an optimizer may follow either reading, but the same
one in every run and at all steps. A step that fits both readings rules out neither.
"""

import numpy as np

import reference.epsilon_inside_root as inside
import reference.optimizers as ref
from grader import CheckFailed, StudentError, check_close, check_outputs, check_pure, check_shape

# Two sets of settings far from the defaults, with a constant as large as the gradients, so that its place, its
# power and its absence show; and averages that forget within the few steps of a test.
UNUSUAL = {
    "adagrad": ({"learning_rate": 0.4, "epsilon": 0.5}, {"learning_rate": 2.0, "epsilon": 0.05}),
    "rmsprop": (
        {"learning_rate": 0.3, "decay": 0.6, "epsilon": 0.5},
        {"learning_rate": 0.05, "decay": 0.9, "epsilon": 0.02},
    ),
    "adadelta": (
        {"learning_rate": 0.7, "rho": 0.6, "epsilon": 0.3},
        {"learning_rate": 2.0, "rho": 0.9, "epsilon": 0.01},
    ),
    "adam": (
        {"learning_rate": 0.3, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.5},
        {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.95, "epsilon": 0.02},
    ),
}


class Optimizer:
    """A student's optimizer, with the readings of the reference that it has followed so far."""

    def __init__(self, function):
        self.function, self.name = function, function.name
        self.accepted = [getattr(ref, self.name)]
        if self.name in inside.__all__:
            self.accepted.append(getattr(inside, self.name))
        self.readings = self.accepted
        if len(self.accepted) > 1:
            self._settle()

    def step(self, w, dw, state, settings):
        """The student's step: the new w and the new state."""
        outputs = self.function(w, dw, state, **settings)
        return check_outputs(outputs, names=("w", "state"), name=f"{self.name}(w, dw, state)")

    def _settle(self):
        """Find the reading by short runs of several shapes and settings, the same for every test of a function.

        So even a test that cannot tell the readings apart holds the student to the same one as all others. If neither
        reading fits, it is some other mistake, which the tests will find.
        """
        one, other = UNUSUAL[self.name]
        for shape, given in [((3,), one), ((2, 3), one), ((1,), other), ((2, 1, 2), {"epsilon": 0.3})]:
            self._settle_by(*_waves(shape), given)
        # At its default the constant shows only next to small gradients.
        w, gradients = _waves((4,))
        self._settle_by(1e-4 * w, 1e-4 * gradients, {})
        self._settle_by(np.array([3, -4]), np.array([[2, -1], [1, 3]]), other)

    def _settle_by(self, w, gradients, given):
        """Rule out the readings that one short run does not follow, step by step."""
        state, memories = {}, [{} for _ in self.accepted]
        for dw in gradients:
            answers = [
                reading(w, dw, memory, **given)
                for reading, memory in zip(self.accepted, memories, strict=True)
            ]
            try:
                w, state = self.step(w, dw, state, given)
            except (CheckFailed, StudentError):
                return
            agreeing = [
                reading
                for reading, (right, _) in zip(self.accepted, answers, strict=True)
                if _is_close(w, right)
            ]
            memories = [memory for _, memory in answers]
            if not agreeing:
                return
            self.readings = [reading for reading in self.readings if reading in agreeing]
            if not self.readings:
                raise CheckFailed(
                    f"{self.name} adds the small constant outside the root in some calls and inside it in others; "
                    "either is accepted, but use the same one everywhere."
                )


def _waves(shape):
    """Where to start, and the gradients of two steps."""
    numbers = np.arange(1.0, 1 + 2 * np.prod(shape)).reshape(2, *shape)
    return numbers[0], np.cos(numbers)


def _is_close(got, expected):
    """Whether check_close would accept it; cheaper, because no reasons are worked out."""
    return (
        isinstance(got, np.ndarray)
        and got.dtype.kind == "f"
        and got.shape == expected.shape
        and np.allclose(got, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())
    )


class Run:
    """A run of a student's optimizer, and of each reading of the reference that still agrees with it."""

    def __init__(self, optimizer, w):
        self.optimizer, self.steps = optimizer, 0
        self.w, self.state, self.shape = w, {}, np.shape(w)
        self.largest = np.abs(w).max()  # a step may bring w close to 0
        self.expected = {reading: (w, {}) for reading in optimizer.readings}

    def step(self, dw, **settings):
        """Take one step with the gradient dw, and check it."""
        name = self.optimizer.name
        self.w, self.state = self.optimizer.step(self.w, dw, self.state, settings)
        self.steps += 1
        label = f"w after {self.steps} step{'s' * (self.steps > 1)} of {name}"
        agreeing, failures = {}, []
        for reading in self.optimizer.readings:
            expected, memory = self.expected[reading]
            after, memory = reading(expected, dw, memory, **settings)
            self.largest = max(self.largest, np.abs(after).max())
            try:
                check_close(self.w, after, name=label, scale=self.largest)
                agreeing[reading] = after, memory
            except CheckFailed as failure:
                failures.append(failure)
        if not agreeing:
            raise failures[0]
        self.expected = agreeing
        self.optimizer.readings = list(agreeing)

    def met(self, **settings):
        """Another run, one step old, at exactly the same w: it started there, and a gradient of 0 kept it there."""
        other = Run(self.optimizer, check_shape(self.w, self.shape, name="w"))
        other.step(np.zeros(self.shape), **settings)
        return other

    def place(self):
        """Where the run stands, for `back_to`."""
        return self.w, self.state, self.steps, self.expected

    def back_to(self, earlier):
        """Go on from an earlier `place`."""
        self.w, self.state, self.steps, self.expected = earlier


def follow(optimizer, w, gradients, settings):
    """One run, with settings for each step; another run meets it after the first step and goes on alongside."""
    run = Run(optimizer, w)
    for dw, given in zip(gradients, settings, strict=True):
        run.step(dw, **given)
        if run.steps == 1:
            other = run.met(**given)
        elif run.steps == 2:
            other.step(dw, **given)


def problem(rng, *shape, steps=5):
    """Where to start, and a gradient for each step."""
    return rng.normal(size=shape), rng.normal(size=(steps, *shape))


def by_turns(function, rng, given):
    """Runs that take turns and meet, then the first from its second step again with other gradients."""
    optimizer = Optimizer(function)
    (w, gradients), (other_w, other_gradients) = problem(rng, 3, steps=5), problem(rng, 2, 2, steps=3)
    run, other, places, met = Run(optimizer, w), Run(optimizer, other_w), [], []
    for dw, other_dw in zip(gradients[:3], other_gradients, strict=True):
        run.step(dw, **given)
        places.append(run.place())
        other.step(other_dw, **given)
        for one in met:
            one.step(dw, **given)
        met.append(run.met(**given))
    run.back_to(places[1])
    for dw in gradients[3:]:
        run.step(dw, **given)


def by_integers(function, given):
    """Integer parameters and gradients."""
    follow(Optimizer(function), np.array([3, -4]), np.array([[2, -1], [0, 3], [1, 1]]), [given] * 3)


def without_a_trace(function, rng, given, plain):
    """Two steps that leave w, dw and state unchanged; ``plain`` is the student's sgd, which would show a change."""
    w, gradients = problem(rng, 4)
    run = Run(Optimizer(function), w)
    for dw in gradients[:2]:
        check_pure(function, run.w, dw, run.state, **given, others=[(plain, run.w, dw, {})])
        run.step(dw, **given)
        if run.steps == 1:
            other = run.met(**given)
    other.step(dw, **given)
