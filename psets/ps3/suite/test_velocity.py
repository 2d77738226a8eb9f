"""q3 and q4: momentum and Nesterov's momentum, over many steps.

steps.py takes each through its steps and says how they are checked.
"""

import numpy as np

from grader import check_close, check_outputs, question
from psets.ps3.suite.steps import Optimizer, by_integers, by_turns, follow, problem, without_a_trace

ORDINARY = {"learning_rate": 0.2, "mu": 0.7}


def handouts_example(function):
    """w after each of the handout's three steps."""
    w, state, path = np.array([1.0, -2.0]), {}, []
    for dw in np.array([[0.5, -1.0], [0.5, 1.0], [0.5, -1.0]]):
        outputs = function(w, dw, state, learning_rate=0.1, mu=0.5)
        w, state = check_outputs(outputs, names=("w", "state"), name=function.name)
        path.append(w)
    return path


def by_defaults(function, rng):
    optimizer = Optimizer(function)
    for shape, steps in [((2, 3), 5), ((4,), 3), ((1,), 2), ((2, 1, 3), 2)]:
        follow(optimizer, *problem(rng, *shape, steps=steps), [{}] * steps)
    # Steady gradients, whose contributions add up.
    w, gradients = problem(rng, 3, steps=1)
    follow(optimizer, w, np.tile(gradients, (10, 1)), [{}] * 10)


def by_other_settings(function, rng):
    optimizer = Optimizer(function)
    for rate, mu in [(0.3, 0.5), (0.05, 0.99), (0.8, 0.3), (0.4, 0.0)]:
        follow(optimizer, *problem(rng, 2, 3, steps=4), [{"learning_rate": rate, "mu": mu}] * 4)
    for given in ({"learning_rate": 0.2}, {"mu": 0.6}):
        follow(optimizer, *problem(rng, 4, steps=3), [given] * 3)


def by_changing_rates(function, rng):
    optimizer = Optimizer(function)
    rates = [0.4, 0.1, 0.025, 0.5, 0.2]
    follow(optimizer, *problem(rng, 2, 3), [{"learning_rate": rate, "mu": 0.8} for rate in rates])


@question("q3", points=0.75, public=True)
def test_momentum_of_the_handouts_example(student):
    """Three steps from (1, −2) with the rate 0.1 and μ = 0.5, as in the handout."""
    path = handouts_example(student.momentum)
    check_close(
        path,
        (np.array([0.95, -1.9]), np.array([0.875, -1.95]), np.array([0.7875, -1.875])),
        name=("w after 1 step", "w after 2 steps", "w after 3 steps"),
    )


@question("q3", points=0.75)
def test_momentum_by_its_defaults(student, rng):
    """The default settings, in several shapes and with constant gradients."""
    by_defaults(student.momentum, rng)


@question("q3", points=0.75)
def test_momentum_with_other_settings(student, rng):
    """Rates and μ from small to large, and μ = 0."""
    by_other_settings(student.momentum, rng)


@question("q3", points=0.5)
def test_momentum_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.momentum, rng)


@question("q3", points=0.5)
def test_momentum_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.momentum, rng, ORDINARY)


@question("q3", points=0.25)
def test_momentum_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.momentum, {"learning_rate": 0.3, "mu": 0.5})


@question("q3", points=0.5)
def test_momentum_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.momentum, rng, ORDINARY, student.sgd)


@question("q4", points=0.75, public=True)
def test_nesterov_of_the_handouts_example(student):
    """Three steps from (1, −2) with the rate 0.1 and μ = 0.5, as in the handout."""
    path = handouts_example(student.nesterov)
    check_close(
        path,
        (np.array([0.925, -1.85]), np.array([0.8375, -1.975]), np.array([0.74375, -1.8375])),
        name=("w after 1 step", "w after 2 steps", "w after 3 steps"),
    )


@question("q4", points=0.75)
def test_nesterov_by_its_defaults(student, rng):
    """The default settings, in several shapes and with constant gradients."""
    by_defaults(student.nesterov, rng)


@question("q4", points=0.75)
def test_nesterov_with_other_settings(student, rng):
    """Rates and μ from small to large, and μ = 0."""
    by_other_settings(student.nesterov, rng)


@question("q4", points=0.5)
def test_nesterov_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.nesterov, rng)


@question("q4", points=0.5)
def test_nesterov_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.nesterov, rng, ORDINARY)


@question("q4", points=0.25)
def test_nesterov_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.nesterov, {"learning_rate": 0.3, "mu": 0.5})


@question("q4", points=0.5)
def test_nesterov_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.nesterov, rng, ORDINARY, student.sgd)
