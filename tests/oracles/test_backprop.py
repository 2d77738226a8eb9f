"""Activations, the graph, layers, the network and differences against jax, in float64."""

import numpy as np
import pytest

jax = pytest.importorskip("jax")
jax.config.update("jax_enable_x64", True)
jnp = jax.numpy

from reference import activations, layers  # noqa: E402
from reference.differences import numeric_gradient  # noqa: E402
from reference.graph import Value, sigmoid_circuit  # noqa: E402
from reference.mlp import mlp_loss  # noqa: E402

# Both sides do at most a few hundred roundings, each of ε/2 of numbers no larger than max(1, |expected|).
BOUND = 450 * np.finfo(float).eps


def close(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(
        got, expected, rtol=0, atol=BOUND * max(1.0, np.abs(expected).max(initial=0.0))
    )


ACTIVATIONS = {
    "sigmoid": lambda x: jax.nn.sigmoid(x),
    "tanh": lambda x: jnp.tanh(x),
    "relu": lambda x: jax.nn.relu(x),
    "leaky_relu": lambda x: jax.nn.leaky_relu(x, 0.1),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("scale", [1.0, 30.0, 1e4])
def test_activations_and_their_gradients(name, scale):
    x = scale * np.random.default_rng(1).normal(size=(5, 4))
    close(getattr(activations, name)(x), ACTIVATIONS[name](x))
    expected = jax.grad(lambda x: ACTIVATIONS[name](x).sum())(x)
    close(getattr(activations, name + "_gradient")(x), expected)


@pytest.mark.parametrize("seed", range(5))
def test_the_sigmoid_circuit(seed):
    rng = np.random.default_rng([2, seed])
    w, x = rng.normal(size=3), rng.normal(size=2)
    nodes = sigmoid_circuit(tuple(w), tuple(x))
    value, (dw, dx) = jax.value_and_grad(lambda w, x: jax.nn.sigmoid(w[:2] @ x + w[2]), argnums=(0, 1))(w, x)
    close(nodes["f"].data, value)
    close(np.array([nodes[name].grad for name in ("w0", "w1", "w2")]), dw)
    close(np.array([nodes[name].grad for name in ("x0", "x1")]), dx)


@pytest.mark.parametrize("seed", range(10))
def test_a_graph_that_branches_and_joins(seed):
    a, b, c = np.random.default_rng([3, seed]).uniform(0.5, 2.0, size=3)

    def with_jax(a, b, c):
        d = a * b + c
        e = jnp.maximum(d, c * c) * a
        return (1 / (d + jnp.exp(-1.0 * e))) * d + jnp.maximum(a, b)

    leaves = [Value(a), Value(b), Value(c)]
    A, B, C = leaves
    d = A * B + C
    e = d.max(C * C) * A
    f = (d + (Value(-1.0) * e).exp()).reciprocal() * d + A.max(B)
    f.backward()
    value, gradients = jax.value_and_grad(with_jax, argnums=(0, 1, 2))(a, b, c)
    close(f.data, value)
    close(np.array([leaf.grad for leaf in leaves]), np.array(gradients))


@pytest.mark.parametrize("shape", [(1, 1, 1), (5, 2, 3), (7, 6, 2)])
def test_layers_backward_as_vector_jacobian_products(shape):
    N, D, H = shape
    rng = np.random.default_rng([4, *shape])
    X, W, b, dZ = (rng.normal(size=s) for s in ((N, D), (D, H), (H,), (N, H)))
    Z, back = jax.vjp(lambda X, W, b: X @ W + b, X, W, b)
    close(layers.affine_forward(X, W, b), Z)
    for got, expected in zip(layers.affine_backward(dZ, X, W), back(jnp.asarray(dZ)), strict=True):
        close(got, expected)
    A, back = jax.vjp(jax.nn.relu, Z)
    close(layers.relu_forward(np.asarray(Z)), A)
    close(layers.relu_backward(dZ, np.asarray(Z)), back(jnp.asarray(dZ))[0])


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (1, 3, 4, 2), (9, 2, 12, 4), (40, 6, 5, 3)])
@pytest.mark.parametrize(("l2", "scale"), [(0.0, 1.0), (0.3, 1.0), (0.01, 30.0)])
def test_the_network(shape, l2, scale):
    N, D, H, C = shape
    rng = np.random.default_rng([5, *shape])
    sizes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    params = {name: rng.normal(size=size) for name, size in sizes.items()}
    X, y = scale * rng.normal(size=(N, D)), rng.integers(C, size=N)

    def with_jax(params):
        hidden = jax.nn.relu(X @ params["W1"] + params["b1"])
        log_p = jax.nn.log_softmax(hidden @ params["W2"] + params["b2"])
        penalty = 0.5 * l2 * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
        return -log_p[jnp.arange(N), y].mean() + penalty

    value, expected = jax.value_and_grad(with_jax)(params)
    loss, gradients = mlp_loss(params, X, y, l2)
    close(loss, value)
    assert gradients.keys() == expected.keys()
    for name, gradient in gradients.items():
        # Probabilities are known to ε times the largest logit, which grows with the inputs.
        close(gradient / max(scale, 1.0) ** 2, expected[name] / max(scale, 1.0) ** 2)


def test_central_differences_tend_to_the_gradient():
    x = np.random.default_rng(6).normal(size=(3, 2))
    expected = jax.grad(lambda x: (jnp.sin(x) * jnp.exp(x[0, 0])).sum())(x)
    # h² times a third derivative below 10: 1e-7.
    got = numeric_gradient(lambda x: (np.sin(x) * np.exp(x[0, 0])).sum(), x, 1e-4)
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-7)
