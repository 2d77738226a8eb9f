"""The tanh network, its penalty and its training against jax and optax, in float64."""

import numpy as np
import pytest

jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")
jax.config.update("jax_enable_x64", True)
jnp = jax.numpy

from reference import complexity, regularization  # noqa: E402
from reference.minibatch import minibatches  # noqa: E402

# Both sides do at most a few hundred roundings, each of ε/2 of numbers no larger than max(1, |expected|).
BOUND = 450 * np.finfo(float).eps


def close(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(
        got, expected, rtol=0, atol=BOUND * max(1.0, np.abs(expected).max(initial=0.0))
    )


def problem(N, D, H, C, seed=0):
    rng = np.random.default_rng([seed, N, D, H, C])
    sizes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    return {k: rng.normal(size=s) for k, s in sizes.items()}, rng.normal(size=(N, D)), rng.integers(C, size=N)


def loss(params, X, y, l2):
    z = jnp.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    data = -jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1).mean()
    return data + l2 / 2 * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())


@pytest.mark.parametrize("shape", [(1, 1, 1, 2), (7, 3, 5, 4), (20, 2, 32, 3), (4, 6, 1, 1)])
@pytest.mark.parametrize("l2", [0.0, 0.01, 5.0])
def test_loss_and_gradients(shape, l2):
    params, X, y = problem(*shape)
    expected, slopes = jax.value_and_grad(loss)(params, X, y, l2)
    data, of_data = complexity.data_loss(params, X, y)
    of_weights = regularization.l2_gradient(params, l2)
    close(data + regularization.l2_penalty(params, l2), expected)
    for name in params:
        close(of_data[name] + of_weights[name], slopes[name])


@pytest.mark.parametrize("batch_size", [4, 5, 12])
def test_training_is_optax_sgd_on_the_same_minibatches(batch_size):
    params, X, y = problem(12, 3, 4, 3)
    got = complexity.train_mlp(params, X, y, 0.1, 0.3, 5, batch_size, np.random.default_rng(1))
    optimizer, rng = optax.sgd(0.3), np.random.default_rng(1)
    state = optimizer.init(params)
    for _ in range(5):
        for batch in minibatches(X, y, batch_size, rng):
            updates, state = optimizer.update(jax.grad(loss)(params, *batch, 0.1), state)
            params = optax.apply_updates(params, updates)
    for name in params:
        close(got[name], params[name])
