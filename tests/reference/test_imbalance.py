"""The reference's weights, repeated and synthetic examples against scikit-learn, slow twins and distributions."""

import math

import numpy as np
import pytest
import sklearn.neighbors
import sklearn.utils.class_weight

import reference.imbalance as ref

EPS = np.finfo(float).eps


def unbalanced(seed, counts, D=3):
    """Shuffled labels with these counts, and features that tell every example from every other."""
    rng = np.random.default_rng([seed, *counts])
    y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    return rng.normal(size=(len(y), D)), y


# Class weights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [(1000, 100), (3, 1, 2), (1,), (5, 5), (1, 2, 3, 4, 5)])
def test_weights_agree_with_sklearns_balanced(counts):
    _, y = unbalanced(0, counts)
    k = len(counts)
    expected = sklearn.utils.class_weight.compute_class_weight("balanced", classes=np.arange(k), y=y)
    np.testing.assert_allclose(ref.class_weights(y, k), expected, rtol=4 * EPS)


@pytest.mark.parametrize("counts", [(4, 9, 1), (0, 3), (2, 0, 0, 5)])
def test_every_class_weighs_the_same_and_an_absent_one_nothing(counts):
    _, y = unbalanced(1, counts)
    w = ref.class_weights(y, len(counts))
    present = np.array(counts) > 0
    np.testing.assert_allclose(w[present] * np.array(counts)[present], len(y) / len(counts), rtol=4 * EPS)
    assert (w[~present] == 0).all()
    assert w.shape == (len(counts),)


def test_a_thousand_to_a_hundred():
    np.testing.assert_allclose(
        ref.class_weights(np.repeat([0, 1], [1000, 100]), 2), [0.55, 5.5], rtol=4 * EPS
    )


# Oversampling -------------------------------------------------------------------------------------------


def slow_oversample(X, y, rng):
    rows, labels = list(X), list(y)
    largest = max(list(y).count(label) for label in set(y.tolist()))
    for label in sorted(set(y.tolist())):
        own = [x for x, t in zip(X, y, strict=True) if t == label]
        for place in rng.integers(len(own), size=largest - len(own)) if len(own) < largest else []:
            rows.append(own[place])
            labels.append(label)
    return np.array(rows), np.array(labels)


COUNTS = [(1000, 100), (2, 7, 3), (4, 4), (5,), (1, 3), (0, 4, 2)]


@pytest.mark.parametrize("counts", COUNTS)
def test_oversampling_agrees_with_the_slow_twin(counts):
    X, y = unbalanced(2, counts)
    for one, other in zip(
        ref.oversample(X, y, np.random.default_rng(3)),
        slow_oversample(X, y, np.random.default_rng(3)),
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("counts", COUNTS)
def test_oversampling_keeps_the_examples_and_balances_the_classes(counts):
    X, y = unbalanced(4, counts)
    X_new, y_new = ref.oversample(X, y, np.random.default_rng(5))
    np.testing.assert_array_equal(X_new[: len(y)], X)
    np.testing.assert_array_equal(y_new[: len(y)], y)
    assert set(np.bincount(y_new).tolist()) <= {0, max(counts)}
    known = {(*x, label) for x, label in zip(X.tolist(), y.tolist(), strict=True)}
    assert {(*x, label) for x, label in zip(X_new.tolist(), y_new.tolist(), strict=True)} == known


def test_each_example_of_a_rare_class_is_repeated_equally_often():
    """9,990 draws of 10 examples: each count is binomial with σ = √(9990·0.1·0.9) = 30; none is 6σ off."""
    X, y = unbalanced(6, (10_000, 10), D=1)
    X_new, _ = ref.oversample(X, y, np.random.default_rng(7))
    counts = [(X_new[len(y) :, 0] == x).sum() for x in X[y == 1, 0]]
    assert sum(counts) == 9990
    assert max(abs(count - 999) for count in counts) < 6 * math.sqrt(9990 * 0.1 * 0.9)


def test_choice_of_the_classs_examples_draws_the_same():
    X, y = unbalanced(8, (50, 7))
    rng = np.random.default_rng(9)
    extra = rng.choice(np.flatnonzero(y == 1), size=43)
    np.testing.assert_array_equal(ref.oversample(X, y, np.random.default_rng(9))[0][57:], X[extra])


def test_equal_classes_draw_nothing():
    X, y = unbalanced(10, (4, 4))
    rng = np.random.default_rng(11)
    before = rng.bit_generator.state
    np.testing.assert_array_equal(ref.oversample(X, y, rng)[0], X)
    assert rng.bit_generator.state == before


# Synthetic examples -------------------------------------------------------------------------------------


def slow_synthesize(X, count, k, rng):
    first, place, u = rng.integers(len(X), size=count), rng.integers(k, size=count), rng.random(count)
    made = []
    for i, p, share in zip(first, place, u, strict=True):
        others = sorted((j for j in range(len(X)) if j != i), key=lambda j: math.dist(X[i], X[j]))
        made.append(X[i] + share * (X[others[p]] - X[i]))
    return np.array(made).reshape(count, X.shape[1])


@pytest.mark.parametrize(
    ("N", "D", "count", "k"), [(2, 1, 4, 1), (9, 3, 20, 4), (30, 5, 7, 29), (5, 2, 0, 2)]
)
def test_synthetic_examples_agree_with_the_slow_twin(N, D, count, k):
    X = np.random.default_rng([12, N, D]).normal(size=(N, D))
    got = ref.synthesize(X, count, k, np.random.default_rng(13))
    assert got.shape == (count, D)
    np.testing.assert_allclose(got, slow_synthesize(X, count, k, np.random.default_rng(13)), rtol=4 * EPS)


def test_another_example_in_the_same_place_is_a_neighbour():
    X = np.random.default_rng(14).normal(size=(9, 2))[[0, 0, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8]]
    for k in (1, 2, 5):
        got = ref.synthesize(X, 50, k, np.random.default_rng(15))
        np.testing.assert_allclose(got, slow_synthesize(X, 50, k, np.random.default_rng(15)), rtol=4 * EPS)


@pytest.mark.parametrize("k", [1, 3])
def test_every_synthetic_example_lies_between_an_example_and_one_of_its_neighbours(k):
    X = np.random.default_rng(16).normal(size=(12, 4))
    neighbours = sklearn.neighbors.NearestNeighbors(n_neighbors=k).fit(X).kneighbors(return_distance=False)
    for x in ref.synthesize(X, 40, k, np.random.default_rng(17)):
        detours = [
            np.linalg.norm(x - X[i]) + np.linalg.norm(x - X[j]) - np.linalg.norm(X[i] - X[j])
            for i in range(12)
            for j in neighbours[i]
        ]
        assert min(detours) < 1e-14  # a sum of three lengths of a few units, to a few ε each


def test_examples_neighbours_and_places_between_are_uniform():
    """Two examples, k = 1: a new one is uniform between 0 and 1, so its mean is ½ with σ = 1/√(12·20000)."""
    made = ref.synthesize(np.array([[0.0], [1.0]]), 20_000, 1, np.random.default_rng(18))[:, 0]
    assert abs(made.mean() - 0.5) < 6 / math.sqrt(12 * 20_000)
    assert abs((made < 0.25).mean() - 0.25) < 6 * math.sqrt(0.25 * 0.75 / 20_000)


def test_integers_have_examples_with_decimals_between_them():
    X = np.array([[0, 200], [-255, 3], [250, 0]])
    got = ref.synthesize(X, 9, 1, np.random.default_rng(19))
    np.testing.assert_array_equal(got, ref.synthesize(X.astype(float), 9, 1, np.random.default_rng(19)))
    assert (got % 1 > 0).any()


def test_inputs_are_unchanged_and_not_shared():
    X, y = unbalanced(20, (4, 7))
    for array in (X, y):
        array.setflags(write=False)
    assert ref.class_weights(y, 2).dtype == float
    results = [
        *ref.oversample(X, y, np.random.default_rng(0)),
        ref.synthesize(X, 3, 2, np.random.default_rng(0)),
    ]
    assert not any(np.shares_memory(result, array) for result in results for array in (X, y))


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"class_weights", "oversample", "synthesize"}
