"""Fifty steps of every reference optimizer against optax in float64, and the divergences that there are.

optax keeps the velocity without the learning rate, which is the same while the rate stays; it starts Adagrad's
sum at 0.1 and RMSProp's δ inside the root unless told otherwise. Adagrad's δ is always inside.
"""

import numpy as np
import pytest

jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")
jax.config.update("jax_enable_x64", True)

import reference.epsilon_inside_root as inside  # noqa: E402
import reference.optimizers as ref  # noqa: E402

# Two implementations of 50 steps, some ten roundings of ε/2 a step, each carried on at most in full.
BOUND = 500 * np.finfo(float).eps

CASES = {
    "sgd": (ref.sgd, {}, optax.sgd(0.01)),
    "sgd, fast": (ref.sgd, {"learning_rate": 0.3}, optax.sgd(0.3)),
    "momentum": (ref.momentum, {}, optax.sgd(0.01, momentum=0.9)),
    "momentum, heavy": (ref.momentum, {"learning_rate": 0.2, "mu": 0.7}, optax.sgd(0.2, momentum=0.7)),
    "nesterov": (ref.nesterov, {}, optax.sgd(0.01, momentum=0.9, nesterov=True)),
    "nesterov, heavy": (
        ref.nesterov,
        {"learning_rate": 0.2, "mu": 0.7},
        optax.sgd(0.2, momentum=0.7, nesterov=True),
    ),
    "adagrad, no constant": (
        ref.adagrad,
        {"learning_rate": 0.4, "epsilon": 0.0},
        optax.adagrad(0.4, initial_accumulator_value=0.0, eps=0.0),
    ),
    "adagrad, inside": (
        inside.adagrad,
        {"learning_rate": 0.4, "epsilon": 0.5},
        optax.adagrad(0.4, initial_accumulator_value=0.0, eps=0.5),
    ),
    "rmsprop": (ref.rmsprop, {}, optax.rmsprop(0.01, decay=0.99, eps=1e-8, eps_in_sqrt=False)),
    "rmsprop, large constant": (
        ref.rmsprop,
        {"learning_rate": 0.2, "decay": 0.6, "epsilon": 0.5},
        optax.rmsprop(0.2, decay=0.6, eps=0.5, eps_in_sqrt=False),
    ),
    "rmsprop, inside": (
        inside.rmsprop,
        {"learning_rate": 0.2, "decay": 0.6, "epsilon": 0.5},
        optax.rmsprop(0.2, decay=0.6, eps=0.5, eps_in_sqrt=True),
    ),
    "adadelta": (ref.adadelta, {}, optax.adadelta(1.0, rho=0.95, eps=1e-6)),
    "adadelta, large constant": (
        ref.adadelta,
        {"learning_rate": 0.7, "rho": 0.6, "epsilon": 0.3},
        optax.adadelta(0.7, rho=0.6, eps=0.3),
    ),
    "adam": (ref.adam, {}, optax.adam(0.001)),
    "adam, large constant": (
        ref.adam,
        {"learning_rate": 0.2, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.5},
        optax.adam(0.2, b1=0.7, b2=0.8, eps=0.5),
    ),
    "adam, inside": (
        inside.adam,
        {"learning_rate": 0.2, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.5},
        optax.adam(0.2, b1=0.7, b2=0.8, eps=0.0, eps_root=0.5),
    ),
}


def problem(shape, steps=50):
    rng = np.random.default_rng([7, *shape])
    return rng.normal(size=shape), rng.normal(size=(steps, *shape))


def walk(step, w, gradients, settings):
    path, state = [], {}
    for dw in gradients:
        w, state = step(w, dw, state, **settings)
        path.append(w)
    return np.array(path)


def optax_walk(optimizer, w, gradients):
    parameters = jax.numpy.asarray(w)
    assert parameters.dtype == np.float64
    path, state = [], optimizer.init(parameters)
    for dw in gradients:
        updates, state = optimizer.update(jax.numpy.asarray(dw), state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        path.append(np.asarray(parameters))
    return np.array(path)


def far(one, other):
    return np.abs(one - other).max() / max(1.0, np.abs(other).max())


@pytest.mark.parametrize("shape", [(1,), (5,), (2, 3)])
@pytest.mark.parametrize("name", CASES)
def test_fifty_steps_agree_with_optax(name, shape):
    step, settings, optimizer = CASES[name]
    w, gradients = problem(shape)
    assert far(walk(step, w, gradients, settings), optax_walk(optimizer, w, gradients)) <= BOUND


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_a_rate_that_changes_acts_on_new_gradients_only_here_and_on_the_whole_velocity_in_optax(name):
    """The documented divergence: with g = 1 once, then 0, the velocity −ε₁g glides on here, −ε₂g there."""
    rates = [0.1, 0.4]
    w, gradients = np.zeros(1), np.array([[1.0], [0.0]])
    state = {}
    for dw, rate in zip(gradients, rates, strict=True):
        w, state = getattr(ref, name)(w, dw, state, learning_rate=rate, mu=0.5)
    schedule = optax.sgd(lambda t: jax.numpy.asarray(rates)[t], momentum=0.5, nesterov=name == "nesterov")
    theirs = optax_walk(schedule, np.zeros(1), gradients)[-1]
    # Steps −0.1 and −0.5·0.1, against −0.1 and −0.4·0.5; Nesterov's are −0.15, −0.025 and −0.15, −0.1.
    ours, expected = (-0.15, -0.3) if name == "momentum" else (-0.175, -0.25)
    assert far(w, np.array([ours])) <= BOUND
    assert far(theirs, np.array([expected])) <= BOUND


def test_optax_starts_adagrads_sum_above_zero_unless_told_otherwise():
    w, gradients = problem((4,))
    default = optax_walk(optax.adagrad(0.4, eps=0.5), w, gradients)
    assert far(walk(inside.adagrad, w, gradients, {"learning_rate": 0.4, "epsilon": 0.5}), default) > 1e-3


def test_the_oracle_notices_a_rate_off_by_one_part_in_a_hundred_million():
    step, settings, optimizer = CASES["adam, large constant"]
    w, gradients = problem((5,))
    wrong = {**settings, "learning_rate": settings["learning_rate"] * (1 + 1e-8)}
    assert far(walk(step, w, gradients, wrong), optax_walk(optimizer, w, gradients)) > BOUND
