"""The reference's optimizers against a slow twin in plain Python, closed forms, and what each is known for."""

import inspect
import math

import numpy as np
import pytest

import reference.epsilon_inside_root as inside
import reference.optimizers as ref

EPS = np.finfo(float).eps
# A step is about ten roundings, and errors of earlier steps are carried on at most in full by averages that
# forget: 50 steps stay within 500 roundings of ε/2, of numbers no larger than the largest parameter.
BOUND = 500 * EPS

OPTIMIZERS = {name: getattr(ref, name) for name in ref.__all__}
INSIDE = {f"{name}, inside the root": getattr(inside, name) for name in inside.__all__}

# Settings far from the defaults, with a δ as large as the gradients, so that its place shows.
UNUSUAL = {
    "sgd": {"learning_rate": 0.3},
    "momentum": {"learning_rate": 0.2, "mu": 0.7},
    "nesterov": {"learning_rate": 0.2, "mu": 0.7},
    "adagrad": {"learning_rate": 0.4, "epsilon": 0.5},
    "rmsprop": {"learning_rate": 0.2, "decay": 0.6, "epsilon": 0.5},
    "adadelta": {"learning_rate": 0.7, "rho": 0.6, "epsilon": 0.3},
    "adam": {"learning_rate": 0.2, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.5},
}
SHAPES = [(1,), (5,), (2, 3), (2, 1, 3)]


def problem(shape, steps, seed=0):
    rng = np.random.default_rng([seed, *shape])
    return rng.normal(size=shape), rng.normal(size=(steps, *shape))


def walk(step, w, gradients, settings):
    """The parameters after every step."""
    path, state = [], {}
    for dw in gradients:
        w, state = step(w, dw, state, **settings)
        path.append(w)
    return np.array(path)


def close(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * max(1.0, np.abs(expected).max()))


# The slow twin: one number at a time, and sums over all gradients so far in place of running averages ------


def averages(history, decay):
    return sum((1 - decay) * decay ** (len(history) - 1 - i) * g for i, g in enumerate(history))


def slow_sgd(w, g, learning_rate=0.01):
    for gradient in g:
        w -= learning_rate * gradient
        yield w


def slow_momentum(w, g, learning_rate=0.01, mu=0.9):
    """Every gradient goes on acting, μ times weaker at every step."""
    for t in range(len(g)):
        w -= sum(learning_rate * mu ** (t - i) * g[i] for i in range(t + 1))
        yield w


def slow_nesterov(w, g, learning_rate=0.01, mu=0.9):
    """The textbook's iterate u, with the look-ahead point u + μv worked out apart."""
    u, v = w, 0.0
    for gradient in g:
        v = mu * v - learning_rate * gradient
        u += v
        yield u + mu * v


def slow_adagrad(w, g, learning_rate=0.01, epsilon=1e-8, within=0.0):
    for t in range(len(g)):
        w -= learning_rate * g[t] / (math.sqrt(sum(x * x for x in g[: t + 1]) + within) + epsilon)
        yield w


def slow_rmsprop(w, g, learning_rate=0.01, decay=0.99, epsilon=1e-8, within=0.0):
    for t in range(len(g)):
        mean_square = averages([x * x for x in g[: t + 1]], decay)
        w -= learning_rate * g[t] / (math.sqrt(mean_square + within) + epsilon)
        yield w


def slow_adadelta(w, g, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    steps = []
    for t in range(len(g)):
        above = math.sqrt(averages([x * x for x in steps], rho) + epsilon)
        steps.append(-above / math.sqrt(averages([x * x for x in g[: t + 1]], rho) + epsilon) * g[t])
        w += learning_rate * steps[-1]
        yield w


def slow_adam(w, g, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, within=0.0):
    """Corrected averages are weighted means: weights that add up to 1."""
    for t in range(len(g)):
        first = [beta1 ** (t - i) for i in range(t + 1)]
        second = [beta2 ** (t - i) for i in range(t + 1)]
        mean = sum(a * x for a, x in zip(first, g, strict=False)) / sum(first)
        mean_square = sum(a * x * x for a, x in zip(second, g, strict=False)) / sum(second)
        w -= learning_rate * mean / (math.sqrt(mean_square + within) + epsilon)
        yield w


SLOW = {name: globals()[f"slow_{name}"] for name in OPTIMIZERS}


def slow_walk(twin, w, gradients, settings):
    path = np.empty_like(gradients)
    for index in np.ndindex(w.shape):
        column = [float(g[index]) for g in gradients]
        path[(slice(None), *index)] = list(twin(float(w[index]), column, **settings))
    return path


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("unusual", [False, True], ids=["defaults", "unusual settings"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_fifty_steps_agree_with_the_slow_twin(name, shape, unusual):
    w, gradients = problem(shape, 50)
    settings = UNUSUAL[name] if unusual else {}
    close(walk(OPTIMIZERS[name], w, gradients, settings), slow_walk(SLOW[name], w, gradients, settings))


@pytest.mark.parametrize("name", inside.__all__)
def test_fifty_steps_with_the_constant_inside_the_root_agree_with_the_slow_twin(name):
    w, gradients = problem((2, 3), 50)
    settings = UNUSUAL[name]
    twins = {**settings, "within": settings["epsilon"], "epsilon": 0.0}
    close(walk(getattr(inside, name), w, gradients, settings), slow_walk(SLOW[name], w, gradients, twins))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_twin_notices_each_setting_off_by_one_part_in_a_hundred_million(name):
    w, gradients = problem((2, 3), 50)
    right = walk(OPTIMIZERS[name], w, gradients, UNUSUAL[name])
    for setting, value in UNUSUAL[name].items():
        twins = {**UNUSUAL[name], setting: value * (1 + 1e-8)}
        with pytest.raises(AssertionError):
            close(right, slow_walk(SLOW[name], w, gradients, twins))


def test_where_the_small_constant_stands_makes_a_difference():
    w, gradients = problem((2, 3), 3)
    for name in inside.__all__:
        ours = walk(OPTIMIZERS[name], w, gradients, UNUSUAL[name])
        other = walk(getattr(inside, name), w, gradients, UNUSUAL[name])
        assert np.abs(ours - other).max() > 1e-3


# What each is known for ---------------------------------------------------------------------------------


def test_adams_first_step_has_the_length_of_the_learning_rate_whatever_the_gradient():
    dw = np.array([1e-3, -7.0, 2e5])
    w, state = ref.adam(np.zeros(3), dw, {}, learning_rate=0.02, epsilon=0.0)
    close(w, -0.02 * np.sign(dw))
    assert state["t"] == 1


def test_a_velocity_against_a_steady_gradient_approaches_its_limit():
    state = {}
    for _ in range(400):
        _, state = ref.momentum(np.zeros(1), np.array([3.0]), state, learning_rate=0.1, mu=0.9)
    close(state["v"], [-0.1 * 3.0 / (1 - 0.9)])  # 0.9^400 is below ε


def test_adagrad_falls_as_one_over_the_root_of_the_step():
    path = walk(ref.adagrad, np.zeros(1), np.full((9, 1), 5.0), {"learning_rate": 0.3, "epsilon": 0.0})
    close(np.diff(path[:, 0]), [-0.3 / math.sqrt(t) for t in range(2, 10)])


def test_momentum_and_nesterov_without_memory_are_sgd():
    w, gradients = problem((4,), 5)
    plain = walk(ref.sgd, w, gradients, {"learning_rate": 0.2})
    for step in (ref.momentum, ref.nesterov):
        close(walk(step, w, gradients, {"learning_rate": 0.2, "mu": 0.0}), plain)


@pytest.mark.parametrize("name", ["adagrad", "rmsprop", "adam"])
def test_a_rescaled_loss_changes_nothing_without_the_small_constant(name):
    w, gradients = problem((4,), 20)
    step, settings = OPTIMIZERS[name], {**UNUSUAL[name], "epsilon": 0.0}
    close(walk(step, w, 1000 * gradients, settings), walk(step, w, gradients, settings))


@pytest.mark.parametrize("name", [*OPTIMIZERS, *INSIDE])
def test_a_gradient_of_zero_at_the_start_leaves_the_parameters(name):
    step = {**OPTIMIZERS, **INSIDE}[name]
    with np.errstate(all="raise"):
        w, _ = step(np.array([1.0, -2.0]), np.zeros(2), {})
    assert w.tolist() == [1.0, -2.0]


# The form every optimizer has ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*OPTIMIZERS, *INSIDE])
def test_nothing_handed_in_is_changed_or_shared(name):
    step = {**OPTIMIZERS, **INSIDE}[name]
    w, gradients = problem((3,), 3)
    w.setflags(write=False)
    gradients.setflags(write=False)
    state = {}
    for dw in gradients:
        kept = dict(state)
        after, new = step(w, dw, state)
        assert state.keys() == kept.keys()
        assert all(state[key] is kept[key] for key in kept)
        for key, value in new.items():
            if isinstance(value, np.ndarray):
                assert not np.shares_memory(value, after), key
                assert not np.shares_memory(value, dw), key
                value.setflags(write=False)  # a write in place at the next step raises
        state = new


@pytest.mark.parametrize("name", [*OPTIMIZERS, *INSIDE])
def test_integers_are_computed_with_as_floats(name):
    step = {**OPTIMIZERS, **INSIDE}[name]
    gradients = np.array([[2, -1], [0, 3], [1, 1]])
    close(
        walk(step, np.array([3, -4]), gradients, {}), walk(step, np.array([3.0, -4.0]), gradients * 1.0, {})
    )


def test_settings_and_defaults_are_these():
    def settings(step):
        return {
            name: parameter.default
            for name, parameter in inspect.signature(step).parameters.items()
            if name not in ("w", "dw", "state")
        }

    adagrad = {"learning_rate": 0.01, "epsilon": 1e-8}
    rmsprop = {"learning_rate": 0.01, "decay": 0.99, "epsilon": 1e-8}
    adam = {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    assert {name: settings(step) for name, step in OPTIMIZERS.items()} == {
        "sgd": {"learning_rate": 0.01},
        "momentum": {"learning_rate": 0.01, "mu": 0.9},
        "nesterov": {"learning_rate": 0.01, "mu": 0.9},
        "adagrad": adagrad,
        "rmsprop": rmsprop,
        "adadelta": {"learning_rate": 1.0, "rho": 0.95, "epsilon": 1e-6},
        "adam": adam,
    }
    assert {name: settings(getattr(inside, name)) for name in inside.__all__} == {
        "adagrad": adagrad,
        "rmsprop": rmsprop,
        "adam": adam,
    }


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam"}
    assert set(inside.__all__) == {"adagrad", "rmsprop", "adam"}
