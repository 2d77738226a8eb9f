"""q5 to q8: Adagrad, RMSProp, Adadelta and Adam, over many steps.

steps.py takes each through its steps and says how they are checked.
"""

import numpy as np

from grader import check_close, check_outputs, question
from psets.ps3.suite.steps import UNUSUAL, Optimizer, by_integers, by_turns, follow, problem, without_a_trace


def handouts_example(function, **settings):
    """w after the handout's three steps."""
    w, state = np.array([1.0, -2.0]), {}
    for dw in np.array([[0.5, -1.0], [0.5, 1.0], [0.5, -1.0]]):
        outputs = function(w, dw, state, **settings)
        w, state = check_outputs(outputs, names=("w", "state"), name=function.name)
    return w


def by_defaults(function, rng):
    optimizer = Optimizer(function)
    for shape, steps in [((2, 3), 10), ((4,), 3), ((1,), 2), ((2, 1, 3), 2)]:
        follow(optimizer, *problem(rng, *shape, steps=steps), [{}] * steps)


def by_other_settings(function, rng):
    optimizer = Optimizer(function)
    for number, given in enumerate(UNUSUAL[function.name]):
        follow(optimizer, *problem(rng, 2, 3, steps=6), [given] * 6)
        if number == 0:
            # One at a time, so that no setting hides another.
            for setting, value in given.items():
                follow(optimizer, *problem(rng, 3, steps=3), [{setting: value}] * 3)


def by_sizes(function, rng):
    """Gradients from tiny to huge, gradients of exactly 0 and steady ones, side by side."""
    optimizer = Optimizer(function)
    w, gradients = problem(rng, 12)
    sizes = np.array([1e-6, 1e-3, 1.0, 1e3, 1e6])
    present = np.array([[0, 0, 1, 1, 0], [1, 0, 0, 1, 0], [0, 0, 1, 0, 0], [1, 0, 1, 1, 0], [0, 0, 0, 0, 0]])
    gradients[:, :5] *= sizes
    gradients[:, 5:10] *= present
    gradients[:, 10:] = gradients[0, 10:]
    follow(optimizer, w, gradients, [{"learning_rate": 0.3}] * 5)


def by_changing_rates(function, rng):
    optimizer = Optimizer(function)
    given = UNUSUAL[function.name][0]
    rates = [0.4, 0.1, 0.02, 0.4, 1.0]
    follow(optimizer, *problem(rng, 2, 3), [{**given, "learning_rate": rate} for rate in rates])


# Adagrad -----------------------------------------------------------------------------------------------------


@question("q5", points=0.5, public=True)
def test_adagrad_of_the_handouts_example(student):
    """Three steps from (1, −2) with the rate 0.1 and δ = 0, as in the handout."""
    w = handouts_example(student.adagrad, learning_rate=0.1, epsilon=0.0)
    second, third = 0.1 / np.sqrt(2), 0.1 / np.sqrt(3)
    check_close(w, np.array([0.9 - second - third, -1.9 - second + third]), name="w after 3 steps of adagrad")


@question("q5", points=0.5)
def test_adagrad_by_its_defaults(student, rng):
    """The default settings, in several shapes and over many steps."""
    by_defaults(student.adagrad, rng)


@question("q5", points=0.5)
def test_adagrad_with_other_settings(student, rng):
    """Other rates, and constants so large that their place shows."""
    by_other_settings(student.adagrad, rng)


@question("q5", points=0.25)
def test_adagrad_of_gradients_of_every_size(student, rng):
    """Gradients tiny, huge and 0 side by side."""
    by_sizes(student.adagrad, rng)


@question("q5", points=0.25)
def test_adagrad_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.adagrad, rng)


@question("q5", points=0.5)
def test_adagrad_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.adagrad, rng, UNUSUAL["adagrad"][0])


@question("q5", points=0.25)
def test_adagrad_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.adagrad, UNUSUAL["adagrad"][0])


@question("q5", points=0.25)
def test_adagrad_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.adagrad, rng, UNUSUAL["adagrad"][0], student.sgd)


# RMSProp -----------------------------------------------------------------------------------------------------


@question("q6", points=0.75, public=True)
def test_rmsprop_of_the_handouts_example(student):
    """Three steps from (1, −2) with the rate 0.1, decay 0.75 and δ = 0, as in the handout."""
    w = handouts_example(student.rmsprop, learning_rate=0.1, decay=0.75, epsilon=0.0)
    first, second, third = 0.05 / np.sqrt(np.array([0.0625, 0.109375, 0.14453125]))
    check_close(
        w,
        np.array([1 - first - second - third, -2 + first - second + third]),
        name="w after 3 steps of rmsprop",
    )


@question("q6", points=0.5)
def test_rmsprop_by_its_defaults(student, rng):
    """The default settings, in several shapes and over many steps."""
    by_defaults(student.rmsprop, rng)


@question("q6", points=1)
def test_rmsprop_with_other_settings(student, rng):
    """Other rates and decays, and constants so large that their place shows."""
    by_other_settings(student.rmsprop, rng)


@question("q6", points=0.5)
def test_rmsprop_of_gradients_of_every_size(student, rng):
    """Gradients tiny, huge and 0 side by side."""
    by_sizes(student.rmsprop, rng)


@question("q6", points=0.25)
def test_rmsprop_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.rmsprop, rng)


@question("q6", points=0.5)
def test_rmsprop_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.rmsprop, rng, UNUSUAL["rmsprop"][0])


@question("q6", points=0.25)
def test_rmsprop_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.rmsprop, UNUSUAL["rmsprop"][0])


@question("q6", points=0.25)
def test_rmsprop_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.rmsprop, rng, UNUSUAL["rmsprop"][0], student.sgd)


# Adadelta ----------------------------------------------------------------------------------------------------


@question("q7", points=0.75, public=True)
def test_adadelta_of_the_handouts_example(student):
    """Three steps from (1, −2) with ρ = 0.5 and δ = 0.01, as in the handout."""
    w = handouts_example(student.adadelta, rho=0.5, epsilon=0.01)
    check_close(w, np.array([0.536577225977, -1.843744091218]), name="w after 3 steps of adadelta")


@question("q7", points=0.5)
def test_adadelta_by_its_defaults(student, rng):
    """The default settings, in several shapes and over many steps."""
    by_defaults(student.adadelta, rng)


@question("q7", points=1)
def test_adadelta_with_other_settings(student, rng):
    """Rates other than 1, other ρ, and constants so large that their place shows."""
    by_other_settings(student.adadelta, rng)


@question("q7", points=0.5)
def test_adadelta_of_gradients_of_every_size(student, rng):
    """Gradients tiny, huge and 0 side by side."""
    by_sizes(student.adadelta, rng)


@question("q7", points=0.25)
def test_adadelta_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.adadelta, rng)


@question("q7", points=0.5)
def test_adadelta_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.adadelta, rng, UNUSUAL["adadelta"][0])


@question("q7", points=0.25)
def test_adadelta_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.adadelta, UNUSUAL["adadelta"][0])


@question("q7", points=0.25)
def test_adadelta_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.adadelta, rng, UNUSUAL["adadelta"][0], student.sgd)


# Adam --------------------------------------------------------------------------------------------------------


@question("q8", points=0.75, public=True)
def test_adam_of_the_handouts_example(student):
    """Three steps from (1, −2) with the rate 0.1, β₁ = 0.5, β₂ = 0.75 and δ = 0, as in the handout."""
    w = handouts_example(student.adam, learning_rate=0.1, beta1=0.5, beta2=0.75, epsilon=0.0)
    check_close(w, np.array([0.7, -1.9 - 0.1 / 3 + 0.3 / 7]), name="w after 3 steps of adam")


@question("q8", points=0.5)
def test_adam_by_its_defaults(student, rng):
    """The default settings, in several shapes and over many steps."""
    by_defaults(student.adam, rng)


@question("q8", points=1.5)
def test_adam_with_other_settings(student, rng):
    """Other rates and β, and constants so large that their place shows."""
    by_other_settings(student.adam, rng)


@question("q8", points=0.5)
def test_adam_of_gradients_of_every_size(student, rng):
    """Gradients tiny, huge and 0 side by side."""
    by_sizes(student.adam, rng)


@question("q8", points=0.25)
def test_adam_when_the_rate_changes(student, rng):
    """A different learning rate at every step."""
    by_changing_rates(student.adam, rng)


@question("q8", points=0.75)
def test_adam_remembers_by_its_state_alone(student, rng):
    """Two runs take turns, and one goes back to an earlier w and state."""
    by_turns(student.adam, rng, UNUSUAL["adam"][0])


@question("q8", points=0.25)
def test_adam_of_integers(student):
    """Integer parameters and gradients still give real results."""
    by_integers(student.adam, UNUSUAL["adam"][0])


@question("q8", points=0.5)
def test_adam_leaves_its_arguments_alone(student, rng):
    """w, dw and state are unchanged afterwards, at the first step and at later ones."""
    without_a_trace(student.adam, rng, UNUSUAL["adam"][0], student.sgd)
