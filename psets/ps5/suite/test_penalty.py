"""q1: the L2 penalty over a dictionary of parameters, and its gradient."""

import itertools

import numpy as np

import reference.regularization as ref
from grader import check_close, check_gradient, check_pure, question

PENALTY = "l2_penalty(params, l2)"
GRADIENT = "l2_gradient(params, l2)"


def network(rng, *sizes):
    """Layers W1, b1, W2, b2, … of these sizes, with biases so large that a penalty on them would show."""
    params = {}
    for layer, (inputs, outputs) in enumerate(itertools.pairwise(sizes), start=1):
        params[f"W{layer}"] = rng.normal(size=(inputs, outputs))
        params[f"b{layer}"] = 3 * rng.normal(size=outputs)
    return params


def several(rng):
    """One layer and two, with λ from 0 to 50."""
    return [
        (network(rng, 3, 4, 2), 0.3),
        (network(rng, 2, 5, 3), 0.001),
        (network(rng, 4, 3), 50.0),
        (network(rng, 5, 1, 5), 0.01),
        (network(rng, 3, 3, 3), 0.0),
    ]


def deeper(rng):
    """Three layers and eleven, and layers that do not stand in order."""
    three = network(rng, 2, 4, 3, 2)
    backwards = dict(reversed(network(rng, 3, 2, 4, 2).items()))
    return [(three, 0.2), (backwards, 0.1), (network(rng, *range(2, 14)), 0.05)]


def agree(function, right, cases, name):
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, right(*case), name=name)


@question("q1", points=0.5, public=True)
def test_penalty_of_the_handouts_example(student):
    """λ = 0.1 and weights 3, 4, 1, 2: ½ · 0.1 · 30, whatever the biases."""
    params = {
        "W1": np.array([[3.0, 4.0]]),
        "b1": np.array([7.0, 7.0]),
        "W2": np.array([[1.0], [2.0]]),
        "b2": np.array([7.0]),
    }
    check_close(student.l2_penalty(params, 0.1), 1.5, name="l2_penalty(params, 0.1)")


@question("q1", points=0.5, public=True)
def test_gradient_of_the_handouts_example(student):
    """λ times every weight, and 0 for every bias."""
    params = {
        "W1": np.array([[3.0, 4.0]]),
        "b1": np.array([7.0, 7.0]),
        "W2": np.array([[1.0], [2.0]]),
        "b2": np.array([7.0]),
    }
    expected = {
        "W1": np.array([[0.3, 0.4]]),
        "b1": np.array([0.0, 0.0]),
        "W2": np.array([[0.1], [0.2]]),
        "b2": np.array([0.0]),
    }
    check_close(student.l2_gradient(params, 0.1), expected, name="l2_gradient(params, 0.1)")


@question("q1", points=1)
def test_penalty_of_one_and_two_layers(student, rng):
    """λ from 0 to 50, in several shapes."""
    agree(student.l2_penalty, ref.l2_penalty, several(rng), PENALTY)


@question("q1", points=1)
def test_penalty_gradient_of_one_and_two_layers(student, rng):
    """λ from 0 to 50, in several shapes."""
    agree(student.l2_gradient, ref.l2_gradient, several(rng), GRADIENT)


@question("q1", points=0.5)
def test_penalty_and_gradient_of_any_number_of_layers(student, rng):
    """Three layers and more, in any order of the keys."""
    cases = deeper(rng)
    agree(student.l2_penalty, ref.l2_penalty, cases, PENALTY)
    agree(student.l2_gradient, ref.l2_gradient, cases, GRADIENT)


@question("q1", points=0.5)
def test_penalty_gradient_is_the_slope_of_the_penalty(student, rng):
    """Your l2_gradient agrees with the slopes of the penalty, measured numerically."""
    params = network(rng, 3, 4, 2)
    gradient = student.l2_gradient(params, 0.7)
    check_gradient(lambda params: ref.l2_penalty(params, 0.7), gradient, params, name="l2_gradient")


@question("q1", points=0.5)
def test_penalty_of_integers(student, rng):
    """Integer weights still give a real penalty and gradient."""
    params = {"W1": rng.integers(-2, 9, size=(3, 4)), "b1": rng.integers(-4, 5, size=4)}
    agree(student.l2_penalty, ref.l2_penalty, [(params, 0.3)], PENALTY)
    agree(student.l2_gradient, ref.l2_gradient, [(params, 0.3)], GRADIENT)


@question("q1", points=0.5)
def test_penalty_leaves_the_parameters_alone(student, rng):
    """The parameters are unchanged afterwards."""
    params = network(rng, 3, 4, 2)
    problem = (params, rng.normal(size=(5, 3)), np.array([0, 1, 1, 0, 1]))
    others = [
        (student.data_loss, *problem),
        (student.train_mlp, *problem, 0.1, 0.3, 1, 5, np.random.default_rng(1)),
    ]
    check_pure(student.l2_penalty, params, 0.3, others=others)
    check_pure(student.l2_gradient, params, 0.3, others=others)
    agree(student.l2_penalty, ref.l2_penalty, [(params, 0.3)], PENALTY)
    agree(student.l2_gradient, ref.l2_gradient, [(params, 0.3)], GRADIENT)
