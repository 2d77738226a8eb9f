"""The network of any width, its training and its errors, against complex steps, scikit-learn and slow twins."""

import math

import numpy as np
import pytest
import sklearn.metrics
from sklearn.neural_network import MLPClassifier

import reference.complexity as ref
from reference.regularization import l2_penalty
from reference.spiral import spiral

# A few hundred roundings of numbers no larger than the scale given, each worth ε/2.
BOUND = 450 * np.finfo(float).eps

SHAPES = [(1, 1, 1, 2), (5, 2, 3, 4), (7, 4, 1, 3), (1, 3, 6, 2), (4, 1, 5, 1), (12, 6, 8, 5)]
ORDER = ("W1", "b1", "W2", "b2")


def problem(N, D, H, C, seed=0, scale=1.0):
    rng = np.random.default_rng([seed, N, D, H, C])
    sizes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    params = {name: scale * rng.normal(size=size) for name, size in sizes.items()}
    return params, rng.normal(size=(N, D)), rng.integers(C, size=N)


def close(got, expected, scale=None):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    scale = max(1.0, np.abs(expected).max(initial=0.0)) if scale is None else scale
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * scale)


# The slow twin ---------------------------------------------------------------------------------------------


def slow_logits(params, x):
    W1, b1, W2, b2 = (params[name].tolist() for name in ORDER)
    hidden = [math.tanh(sum(x[d] * W1[d][h] for d in range(len(x))) + b1[h]) for h in range(len(b1))]
    return hidden, [sum(hidden[h] * W2[h][c] for h in range(len(b1))) + b2[c] for c in range(len(b2))]


def slow_data_loss(params, X, y):
    """The definition, one example and one weight at a time; only for logits that exp can hold."""
    loss, slopes = 0.0, {name: np.zeros(value.shape) for name, value in params.items()}
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        hidden, z = slow_logits(params, x)
        total = sum(math.exp(v) for v in z)
        loss += (math.log(total) - z[label]) / len(X)
        back = [0.0] * len(hidden)
        for c, v in enumerate(z):
            dz = (math.exp(v) / total - (1.0 if c == label else 0.0)) / len(X)
            slopes["b2"][c] += dz
            for h, a in enumerate(hidden):
                slopes["W2"][h, c] += dz * a
                back[h] += dz * float(params["W2"][h, c])
        for h, a in enumerate(hidden):
            slopes["b1"][h] += back[h] * (1 - a * a)
            for d, value in enumerate(x):
                slopes["W1"][d, h] += back[h] * (1 - a * a) * value
    return loss, slopes


@pytest.mark.parametrize("shape", SHAPES)
def test_loss_and_gradients_agree_with_the_slow_twin(shape):
    case = problem(*shape)
    loss, gradients = ref.data_loss(*case)
    expected, slopes = slow_data_loss(*case)
    close(loss, expected)
    assert list(gradients) == list(ORDER)
    for name in ORDER:
        close(gradients[name], slopes[name])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
def test_gradients_by_complex_step(shape, scale):
    params, X, y = problem(*shape, scale=scale)
    _, gradients = ref.data_loss(params, X, y)
    # Logits of that size are known to size·ε, and so are the probabilities, which W2 multiplies on the way back.
    size = max(1.0, scale) ** 2 * 10
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += 1e-20j
            slope = np.imag(ref.data_loss({**params, name: moved}, X, y)[0]) / 1e-20
            close(gradients[name][index], slope, size)


def sklearn_network(params, classes):
    """scikit-learn's network with our parameters."""
    model = MLPClassifier((len(params["b1"]),), activation="tanh", max_iter=1)
    X = np.zeros((classes, len(params["W1"])))
    model.partial_fit(X, np.arange(classes), classes=np.arange(classes))
    model.coefs_, model.intercepts_ = [params["W1"], params["W2"]], [params["b1"], params["b2"]]
    return model


def test_loss_and_error_rate_agree_with_sklearn():
    for seed in range(5):
        params, X, y = problem(40, 3, 6, 4, seed=seed)
        model = sklearn_network(params, 4)
        expected = sklearn.metrics.log_loss(y, model.predict_proba(X), labels=range(4))
        # scikit-learn sums its probabilities in its own way: about 1e-15 each, 1e-14 for the logarithm of small ones.
        assert ref.data_loss(params, X, y)[0] == pytest.approx(expected, rel=1e-12)
        assert ref.error_rate(params, X, y) == pytest.approx(1 - model.score(X, y), abs=1e-12)


def test_the_gradient_with_its_penalty_agrees_with_sklearn():
    """scikit-learn's own backpropagation, whose alpha is our λN."""
    params, X, y = problem(20, 3, 5, 4)
    model = sklearn_network(params, 4)
    model.alpha = 0.3 * len(X)
    # Private, but the only way to its gradients: loss, gradients by weights, gradients by biases.
    activations = [X, *(np.empty((len(X), n)) for n in (5, 4))]
    deltas = [np.empty_like(a) for a in activations[1:]]
    coefs, intercepts = [np.empty_like(params[n]) for n in ("W1", "W2")], [np.empty(5), np.empty(4)]
    try:
        arguments = (X, np.eye(4)[y], None, activations, deltas, coefs, intercepts)
        loss, by_weights, by_biases = model._backprop(*arguments)
    except TypeError:  # before sample weights
        loss, by_weights, by_biases = model._backprop(X, np.eye(4)[y], activations, deltas, coefs, intercepts)
    ours, gradients = ref.data_loss(params, X, y)
    np.testing.assert_allclose(loss, ours + l2_penalty(params, 0.3), rtol=1e-12)
    for name, expected in zip(ORDER, (by_weights[0], by_biases[0], by_weights[1], by_biases[1]), strict=True):
        penalty = 0.3 * params[name] if name[0] == "W" else 0.0
        np.testing.assert_allclose(gradients[name] + penalty, expected, rtol=1e-10, atol=1e-13)


def test_logits_of_thousands_cost_thousands():
    params, X, y = problem(6, 3, 4, 5)
    params["W2"] *= 1e4
    loss, gradients = ref.data_loss(params, X, y)
    assert np.isfinite(loss)
    assert loss > 100
    assert all(np.isfinite(slope).all() for slope in gradients.values())


# Starting --------------------------------------------------------------------------------------------------


def test_weights_are_normal_with_the_variance_of_one_over_the_inputs():
    params = ref.initialize_mlp(50, 400, 30, np.random.default_rng(0))
    for name, inputs in (("W1", 50), ("W2", 400)):
        w = params[name].ravel() * np.sqrt(inputs)
        # Mean, variance and fourth moment of n standard normals have variances 1/n, 2/n and 96/n: five of each.
        assert abs(w.mean()) < 5 / np.sqrt(w.size)
        assert abs((w**2).mean() - 1) < 5 * np.sqrt(2 / w.size)
        assert abs((w**4).mean() - 3) < 5 * np.sqrt(96 / w.size)
    assert not params["b1"].any()
    assert not params["b2"].any()


def test_the_start_is_made_of_two_draws_in_order():
    used, expected = np.random.default_rng(3), np.random.default_rng(3)
    params = ref.initialize_mlp(2, 5, 3, used)
    close(params["W1"], expected.normal(size=(2, 5)) / math.sqrt(2))
    close(params["W2"], expected.normal(size=(5, 3)) / math.sqrt(5))
    assert used.bit_generator.state == expected.bit_generator.state


# Training --------------------------------------------------------------------------------------------------


def slow_train(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X)).tolist()
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            _, slopes = slow_data_loss(params, X[batch], y[batch])
            params = {
                name: value - learning_rate * (slopes[name] + (l2 * value if name[0] == "W" else 0))
                for name, value in params.items()
            }
    return params


@pytest.mark.parametrize("batch_size", [1, 3, 4, 12, 50])
@pytest.mark.parametrize("l2", [0.0, 0.2])
def test_training_agrees_with_the_slow_twin(batch_size, l2):
    params, X, y = problem(12, 3, 4, 3)
    got = ref.train_mlp(params, X, y, l2, 0.3, 4, batch_size, np.random.default_rng(11))
    expected = slow_train(params, X, y, l2, 0.3, 4, batch_size, np.random.default_rng(11))
    for name in ORDER:
        close(got[name], expected[name])


def test_training_may_be_interrupted_and_goes_on_as_if_it_had_not_been():
    params, X, y = problem(12, 3, 4, 3)
    at_once = ref.train_mlp(params, X, y, 0.1, 0.3, 5, 5, np.random.default_rng(11))
    rng = np.random.default_rng(11)
    half = ref.train_mlp(params, X, y, 0.1, 0.3, 2, 5, rng)
    for name, value in ref.train_mlp(half, X, y, 0.1, 0.3, 3, 5, rng).items():
        assert np.array_equal(value, at_once[name])


def test_no_epochs_leave_the_start():
    params, X, y = problem(3, 2, 2, 2)
    got = ref.train_mlp(params, X, y, 0.1, 0.3, 0, 5, np.random.default_rng(0))
    assert all(np.array_equal(got[name], params[name]) for name in ORDER)


def test_full_batch_training_lowers_the_objective_at_every_epoch():
    params, X, y = problem(40, 3, 6, 4)
    objectives = []
    for _ in range(30):
        objectives.append(ref.data_loss(params, X, y)[0] + l2_penalty(params, 0.01))
        params = ref.train_mlp(params, X, y, 0.01, 0.1, 1, 40, np.random.default_rng(0))
    assert (np.diff(objectives) < 0).all()


# Errors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_the_error_rate_agrees_with_the_slow_twin(shape):
    params, X, y = problem(*shape)
    wrong = 0
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        z = slow_logits(params, x)[1]
        wrong += z.index(max(z)) != label
    assert ref.error_rate(params, X, y) == wrong / len(y)


def test_of_equal_logits_the_first_class_is_meant():
    params = {
        "W1": np.zeros((1, 2)),
        "b1": np.zeros(2),
        "W2": np.zeros((2, 3)),
        "b2": np.array([0.0, 4.0, 4.0]),
    }
    assert ref.error_rate(params, np.ones((2, 1)), np.array([1, 2])) == 0.5


def test_the_curve_trains_on_the_training_set_alone_once_for_each_setting_and_seed():
    asked = []

    def fit(X, y, setting, seed):
        asked.append((X.tolist(), y.tolist(), setting, seed))
        return 100 * setting + seed

    def error(model, X, y):
        return model + X.sum() + 1000 * y.sum()

    train, validation = (np.array([1.0]), np.array([0])), (np.array([2.0]), np.array([1]))
    curves = ref.complexity_curve(fit, error, [3, 1], train, validation, [4, 8])
    assert asked == [([1.0], [0], setting, seed) for setting in (3, 1) for seed in (4, 8)]
    close(curves[0], [307.0, 107.0])
    close(curves[1], [1308.0, 1108.0])


def test_a_curve_of_no_settings_is_empty():
    nothing = (np.zeros(0), np.zeros(0))
    curves = ref.complexity_curve(lambda *_: 0, lambda *_: 0, [], nothing, nothing, [1])
    assert [curve.shape for curve in curves] == [(0,), (0,)]


def fit_width(X, y, width, seed, l2=0.0):
    rng = np.random.default_rng(seed)
    return ref.train_mlp(ref.initialize_mlp(2, width, 3, rng), X, y, l2, 1.0, 120, 30, rng)


def test_narrow_networks_underfit_and_wide_ones_overfit_a_noisy_spiral():
    """Fixed seeds, so no luck; the bounds are half of the differences found, 0.4, 0.23 and 0.07."""
    train = spiral(20, 3, 0.4, 0.1, np.random.default_rng(1))
    validation = spiral(100, 3, 0.4, 0.1, np.random.default_rng(101))
    seen, unseen = ref.complexity_curve(fit_width, ref.error_rate, [1, 32], train, validation, [0, 1])
    assert seen[0] > seen[1] + 0.2
    assert unseen[1] > seen[1] + 0.11
    penalised = ref.complexity_curve(
        lambda X, y, l2, seed: fit_width(X, y, 32, seed, l2),
        ref.error_rate,
        [0.01],
        train,
        validation,
        [0, 1],
    )
    assert penalised[1][0] < unseen[1] - 0.035


# Purity ----------------------------------------------------------------------------------------------------


def test_no_function_changes_its_inputs():
    params, X, y = problem(6, 3, 4, 3)
    for array in (*params.values(), X, y):
        array.setflags(write=False)  # a write in place raises
    kept = dict(params)
    ref.data_loss(params, X, y), ref.error_rate(params, X, y)
    trained = ref.train_mlp(params, X, y, 0.1, 0.3, 2, 4, np.random.default_rng(0))
    assert all(params[name] is kept[name] for name in ORDER)
    assert all(trained[name] is not kept[name] for name in ORDER)


def test_integer_inputs_give_float_results():
    params, X, y = problem(6, 3, 4, 3)
    X = np.round(3 * X).astype(int)
    close(ref.data_loss(params, X, y)[0], ref.data_loss(params, X.astype(float), y)[0])


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"data_loss", "initialize_mlp", "train_mlp", "error_rate", "complexity_curve"}
    assert all(callable(getattr(ref, name)) for name in ref.__all__)
