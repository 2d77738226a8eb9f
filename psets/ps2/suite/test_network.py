"""q7: loss and gradients of the network with one hidden layer."""

import numpy as np

import reference.mlp as ref
from grader import check_close, check_gradient, check_outputs, check_pure, question

NAMES = ("loss", "gradients")


def problem(rng, N, D, H, C, l2):
    """Parameters, examples, labels and λ. No hidden input is 0, so that ReLU has a slope everywhere."""
    params = {
        "W1": rng.normal(size=(D, H)),
        "b1": rng.normal(size=H),
        "W2": rng.normal(size=(H, C)),
        "b2": rng.normal(size=C),
    }
    return params, rng.normal(size=(N, D)), rng.integers(C, size=N), l2


def plain(rng):
    return [problem(rng, *shape, 0.0) for shape in ((7, 4, 5, 3), (3, 2, 8, 6), (5, 5, 5, 5))]


def penalised(rng):
    """λ from 0.001 to 50, and biases so large that a penalty on them would show."""
    cases = [problem(rng, 7, 4, 5, 3, 0.3), problem(rng, 3, 2, 6, 4, 50.0), problem(rng, 6, 3, 4, 5, 0.001)]
    params = {name: 10 * value if name.startswith("b") else value for name, value in cases[2][0].items()}
    return [*cases, (params, *cases[2][1:3], 0.2)]


def unusual(rng):
    """One example, one feature, one hidden unit, one class; all labels the last class, and classes without examples."""
    params, X, _, _ = problem(rng, 6, 3, 4, 5, 0.0)
    return [
        *(problem(rng, *shape, 0.2) for shape in ((1, 4, 3, 2), (6, 1, 4, 3), (6, 3, 1, 3), (4, 3, 2, 1))),
        (params, X, np.array([1, 1, 3, 3, 4, 1]), 0.3),
        (params, X, np.full(6, 4), 0.0),
    ]


def with_logits(Z, y):
    """A network that passes its inputs on, so that its logits are Z."""
    C, low = Z.shape[1], Z.min() - 1.0
    params = {"W1": np.eye(C), "b1": np.zeros(C), "W2": np.eye(C), "b2": np.full(C, low)}
    return params, Z - low, y, 0.0


def spread(rng):
    """Logits far apart or far from zero, each out of range for another wrong way of computing log p."""
    moderate, y = rng.normal(size=(4, 5)), rng.integers(5, size=4)
    others, odd = 1.0 - np.eye(5)[y], np.arange(4)[:, None] % 2
    # The label's probability falls from a twentieth to 1e-15.
    unlikely = rng.normal(size=(9, 5))
    unlikely[:, 2] = unlikely.max(axis=1) - np.linspace(3.0, 35.0, 9)
    return [
        with_logits(moderate + 1000.0, y),
        with_logits(moderate - 900.0 * others, y),
        with_logits(moderate - 500.0 + 900.0 * others, y),
        with_logits(moderate - 500.0 + 800.0 * odd, y),
        with_logits(unlikely, np.full(9, 2)),
    ]


def summands(params, X, y, l2):
    """How large the numbers are that add up to the loss and to each gradient, before anything cancels."""
    size = {name: np.abs(value) for name, value in params.items()}
    hidden = np.abs(X) @ size["W1"] + size["b1"]
    back = size["W2"].sum(axis=1).max()
    penalty = {name: l2 * size[name].max() for name in ("W1", "W2")}
    loss = 1 + (hidden @ size["W2"] + size["b2"]).max() + l2 * sum((size[n] ** 2).sum() for n in penalty)
    return loss, {
        "W1": np.abs(X).max() * back + penalty["W1"],
        "b1": back,
        "W2": hidden.max() + penalty["W2"],
        "b2": 1.0,
    }


def agree(student, cases, parts=NAMES):
    """Compare loss, gradients or both of every case with the reference, in one round trip."""
    for case, got in zip(cases, student.mlp_loss.map(cases), strict=True):
        outputs = dict(zip(NAMES, check_outputs(got, names=NAMES, name="mlp_loss"), strict=True))
        expected = dict(zip(NAMES, ref.mlp_loss(*case), strict=True))
        scales = dict(zip(NAMES, summands(*case), strict=True))
        for part in parts:
            check_close(outputs[part], expected[part], name=part, scale=scales[part])


@question("q7", points=0.5, public=True)
def test_loss_of_the_handouts_example(student):
    """p = (¾, ¼) and the first class is right: log(4/3), and a penalty of ½ · 0.1 · ΣW²."""
    params = {
        "W1": np.array([[1.0, -1.0], [0.0, -1.0]]),
        "b1": np.array([0.0, 1.0]),
        "W2": np.array([[np.log(3.0), 0.0], [5.0, 7.0]]),
        "b2": np.array([0.0, 0.0]),
    }
    result = student.mlp_loss(params, np.array([[1.0, 2.0]]), np.array([0]), 0.1)
    loss, _ = check_outputs(result, names=("loss", "gradients"))
    check_close(loss, np.log(4 / 3) + 0.05 * (3.0 + np.log(3.0) ** 2 + 74.0), name="loss")


@question("q7", points=1, public=True)
def test_gradients_of_the_handouts_example(student):
    """Without a penalty; the second hidden unit is off, so nothing reaches its weights."""
    slope = np.log(3.0) / 4
    params = {
        "W1": np.array([[1.0, -1.0], [0.0, -1.0]]),
        "b1": np.array([0.0, 1.0]),
        "W2": np.array([[np.log(3.0), 0.0], [5.0, 7.0]]),
        "b2": np.array([0.0, 0.0]),
    }
    result = student.mlp_loss(params, np.array([[1.0, 2.0]]), np.array([0]), 0.0)
    _, gradients = check_outputs(result, names=("loss", "gradients"))
    expected = {
        "W1": np.array([[-slope, 0.0], [-2 * slope, 0.0]]),
        "b1": np.array([-slope, 0.0]),
        "W2": np.array([[-0.25, 0.25], [0.0, 0.0]]),
        "b2": np.array([-0.25, 0.25]),
    }
    check_close(gradients, expected, name="gradients")


@question("q7", points=1)
def test_network_loss_without_a_penalty(student, rng):
    """λ = 0 leaves the mean cross-entropy, in several shapes."""
    agree(student, plain(rng), ["loss"])


@question("q7", points=1)
def test_network_loss_with_a_small_and_a_large_penalty(student, rng):
    """λ from 0.001 to 50, for several numbers of examples."""
    agree(student, penalised(rng), ["loss"])


@question("q7", points=1.5)
def test_network_gradients_without_a_penalty(student, rng):
    """λ = 0, in several shapes."""
    agree(student, plain(rng), ["gradients"])


@question("q7", points=1.5)
def test_network_gradients_with_a_small_and_a_large_penalty(student, rng):
    """λ from 0.001 to 50, for several numbers of examples."""
    agree(student, penalised(rng), ["gradients"])


@question("q7", points=1)
def test_network_of_unusual_sizes_and_labels(student, rng):
    """One example, feature, hidden unit or class, and classes without examples."""
    agree(student, unusual(rng))


@question("q7", points=0.5)
def test_network_far_from_zero(student, rng):
    """Logits in the thousands next to moderate ones: probabilities of 0, 1 and in between, but no infinite loss."""
    params, X, y, _ = problem(rng, 8, 3, 4, 5, 0.0)
    far = np.vstack([X[:2], 1e4 * X[2:]])
    # With these biases an example of zeros turns every hidden unit off, so its logits are b2, however large W2 is.
    large = {**params, "W2": 3000 * params["W2"], "b1": -np.abs(params["b1"])}
    thousands = [(params, far, y, 0.0), (large, np.vstack([np.zeros((1, 3)), X[1:]]), y, 0.01)]
    agree(student, [*thousands, *spread(rng)])


@question("q7", points=1)
def test_network_gradients_are_the_slopes_of_the_loss(student, rng):
    """Every gradient agrees with the slopes of the loss, measured numerically."""
    case = problem(rng, 5, 3, 4, 3, 0.4)
    _, gradients = check_outputs(student.mlp_loss(*case), names=NAMES, name="mlp_loss")

    def loss(params):
        return ref.mlp_loss(params, *case[1:])[0]

    check_gradient(loss, gradients, case[0], name="gradients")


@question("q7", points=0.5)
def test_network_of_integer_inputs(student, rng):
    """Integer X, as pixels are."""
    params, _, y, _ = problem(rng, 6, 3, 4, 3, 0.0)
    agree(student, [(params, rng.integers(-4, 5, size=(6, 3)), y, 0.1)])


@question("q7", points=0.5)
def test_network_leaves_its_arguments_alone(student, rng):
    """The parameters, X and y are unchanged afterwards."""
    case = problem(rng, 5, 3, 4, 3, 0.3)
    _, X, y, _ = case
    others = [(student.leaky_relu, X), (student.cross_entropy, np.sin(np.arange(15.0)).reshape(5, 3), y)]
    check_pure(student.mlp_loss, *case, others=others)
    agree(student, [case])
