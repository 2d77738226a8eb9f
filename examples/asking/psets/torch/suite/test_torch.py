"""q1 to q4: tensors in, tensors out; a module's parameters by name. The suite itself needs no torch."""

import numpy as np

from grader import (
    as_library,
    check_close,
    check_pure,
    gradients_of,
    parameters_of,
    question,
    set_parameters,
)

NAMES = ("0.weight", "0.bias", "2.weight", "2.bias")


def tensor(value, dtype=None):
    return as_library("torch", value, dtype=dtype)


def drawn(rng):
    """Parameters of a network of 4, 5 and 3, twelve rows and their classes."""
    shapes = ((5, 4), (5,), (3, 5), (3,))
    values = {name: rng.normal(size=shape) for name, shape in zip(NAMES, shapes, strict=True)}
    return values, rng.normal(size=(12, 4)), rng.integers(3, size=12)


def logits(values, X):
    W, b, V, c = values.values()
    return np.tanh(X @ W.T + b) @ V.T + c


def loss(values, X, y):
    z = logits(values, X)
    z = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]))


def slopes(values, X, y):
    """The loss's gradient with respect to each parameter, by the chain rule."""
    W, b, V, _ = values.values()
    H = np.tanh(X @ W.T + b)
    z = logits(values, X)
    D = np.exp(z - z.max(axis=1, keepdims=True))
    D /= D.sum(axis=1, keepdims=True)
    D[np.arange(len(y)), y] -= 1
    D /= len(y)
    E = (D @ V) * (1 - H**2)
    return dict(zip(NAMES, (E.T @ X, E.sum(axis=0), D.T @ H, D.sum(axis=0)), strict=True))


def network(values):
    """A network with these parameters, which the student's code gets as torch's own."""
    return as_library("torch.nn", [("Linear", 4, 5), ("Tanh",), ("Linear", 5, 3)], parameters=values)


@question("q1", points=0.5, public=True)
def test_two_rows(student):
    """Of two rows, one is below and one above the mean."""
    X = np.array([[1.0, 10.0], [3.0, 50.0]])
    check_close(student.standardise(as_library("torch", X)), np.array([[-1.0, -1.0], [1.0, 1.0]]), name="X")


@question("q1", points=1.5)
def test_standardise(student, rng):
    """Random columns and a constant one, in both precisions, which the answer keeps."""
    X = rng.normal(3.0, 2.0, size=(9, 4))
    X[:, 2] = 7.0
    centred = X - X.mean(axis=0)
    right = centred / np.where(X.std(axis=0) == 0, 1.0, X.std(axis=0))
    for dtype in ("float64", "float32"):
        got = student.standardise(tensor(X, dtype))
        check_close(got, right, name="X", dtype=np.dtype(dtype), scale=7.0)
    check_pure(student.standardise, tensor(X))


@question("q2", points=2)
def test_make_net(student, rng):
    """The names and shapes of its parameters, and the logits that it gives with known ones."""
    values, X, _ = drawn(rng)
    net = student.make_net(4, 5, 3)
    set_parameters(net, values)
    check_close(net(tensor(X, "float32")), logits(values, X), name="logits")


@question("q3", points=1)
def test_cross_entropy(student, rng):
    """The loss of a network with known parameters, also for very large logits."""
    values, X, y = drawn(rng)
    for factor in (1.0, 300.0):
        large = {**values, "2.weight": factor * values["2.weight"]}
        got = student.cross_entropy(network(large), tensor(X, "float32"), tensor(y))
        check_close(got, loss(large, X, y), name="loss")


@question("q3", points=2)
def test_cross_entropy_can_be_differentiated(student, rng):
    """Its gradients with respect to all parameters, by name."""
    values, X, y = drawn(rng)
    (net,) = student.cross_entropy.keep([network(values)])
    found = gradients_of(net, student.cross_entropy(net, tensor(X, "float32"), tensor(y)))
    check_close(found, slopes(values, X, y), name="gradients", scale=1.0)


@question("q4", points=3)
def test_train(student, rng):
    """The losses before each of three steps, and the parameters after them."""
    values, X, y = drawn(rng)
    given = tensor(X, "float32"), tensor(y), 0.5, 3
    losses, after = [], values
    for _ in range(3):
        losses.append(loss(after, X, y))
        after = {name: after[name] - 0.5 * slope for name, slope in slopes(after, X, y).items()}
    check_close(student.train(network(values), *given), np.array(losses), name="losses")
    (net,) = student.train.keep([network(values)])
    student.train(net, *given)
    check_close(parameters_of(net), after, name="parameters", scale=1.0)
