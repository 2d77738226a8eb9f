"""q1 to q5: distributions, generators, a seed."""

import itertools

import numpy as np
import reference.randomness as ref

from grader import (
    check_close,
    check_distribution,
    check_outputs,
    check_shape,
    check_uses_rng,
    question,
    seeded,
)


@question("q1", points=0, public=True)
def test_shape_of_throws(student):
    """Ten throws."""
    faces = check_shape(student.throws(10, np.random.default_rng(1)), (10,), name="throws(10, rng)")
    assert set(faces) <= {1, 2, 3, 4, 5, 6}, "a die has the faces 1 to 6"
    assert len(set(faces)) > 1, "ten throws of a die are hardly ever all the same"
    check_uses_rng(lambda rng: student.throws(30, rng), name="throws")


@question("q1", points=2)
def test_throws(student, rng):
    """Ten thousand throws: each face a sixth of them, independent of the one before."""
    faces = check_shape(student.throws(10_000, rng), (10_000,), name="throws(n, rng)")
    check_distribution(faces, dict.fromkeys(range(1, 7), 1 / 6), name="throws(n, rng)")


@question("q1", points=1)
def test_throws_use_the_generator(student, rng):
    """The throws follow from the generator."""
    faces = check_shape(student.throws(2_000, rng), (2_000,), name="throws(n, rng)")
    check_distribution(faces, dict.fromkeys(range(1, 7), 1 / 6), name="throws(n, rng)")
    check_uses_rng(lambda given: student.throws(100, given), name="throws")


@question("q2", points=4)
def test_exponential(student, rng):
    """Ten thousand draws at each of two rates, from the generator."""
    for rate in (0.5, 3.0):
        draws = check_shape(
            student.exponential(rate, 10_000, rng), (10_000,), name="exponential(rate, n, rng)"
        )
        check_distribution(
            draws, lambda x, rate=rate: np.where(x > 0, -np.expm1(-rate * x), 0.0), name="exponential"
        )
    check_uses_rng(lambda given: student.exponential(1.0, 20, given), name="exponential")


def sets_of(student, rng, n, size, count):
    """The test set of each of some splits, as sorted rows."""
    rows = np.zeros((count, size))
    for row in rows:
        own = np.random.default_rng(
            rng.integers(2**63)
        )  # the function draws from a copy: rng itself does not advance
        train, test = check_outputs(student.split(n, size, own), ("train", "test"), name="the split")
        train, test = check_shape(train, (n - size,), name="train"), check_shape(test, (size,), name="test")
        check_close(np.sort(np.concatenate([train, test])), np.arange(n), name="all indices, sorted")
        row[:] = np.sort(test)
    return rows


@question("q3", points=0, public=True)
def test_sizes_of_a_split(student):
    """Five examples, two of them for testing: each index once."""
    check_uses_rng(lambda rng: student.split(20, 8, rng), name="split")
    train, test = check_outputs(
        student.split(5, 2, np.random.default_rng(1)), ("train", "test"), name="the split"
    )
    train, test = check_shape(train, (3,), name="train"), check_shape(test, (2,), name="test")
    check_close(np.sort(np.concatenate([train, test])), np.arange(5), name="all indices, sorted")


@question("q3", points=4)
def test_split(student, rng):
    """Each pair out of five is the test set equally often."""
    pairs = dict.fromkeys(itertools.combinations(range(5), 2), 1 / 10)
    check_distribution(sets_of(student, rng, 5, 2, 600), pairs, name="the test set")
    check_uses_rng(lambda given: student.split(30, 10, given), name="split")


@question("q4", points=4)
def test_bootstrap(student, rng):
    """The means of samples of three numbers, of which there are ten."""
    x = np.array([0.0, 1.0, 5.0])
    chances = {}
    for drawn in itertools.product(x, repeat=3):
        mean = float(np.round(np.mean(drawn), 9))
        chances[mean] = chances.get(mean, 0.0) + 1 / 27
    means = check_shape(
        student.bootstrap_means(x, 10_000, rng), (10_000,), name="bootstrap_means(x, count, rng)"
    )
    check_distribution(np.round(means, 9), chances, name="bootstrap_means(x, count, rng)")
    check_uses_rng(lambda given: student.bootstrap_means(x, 50, given), name="bootstrap_means")


@question("q5", points=2)
def test_walk(student, rng):
    """Position by position, for two seeds."""
    for seed in (3, int(rng.integers(2**32))):
        with seeded(seed):
            right = ref.walk(40)
        check_close(student.walk.seeded(seed)(40), right, name="walk(40)")
