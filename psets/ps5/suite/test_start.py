"""q3: random starts, judged by their distribution and not by the order of the draws.

The generators are seeded, so a submission gets the same verdict every time it is graded. The bounds are six standard
deviations of each statistic for right weights, of which there are at least 6000: a right answer, in whatever order it
draws, fails with a probability of about 1e-7, while the commonest wrong scales are off by factors of two.
"""

import numpy as np

from grader import check_close, check_pure, check_shape, question

SIZES = ((60, 150, 40), (25, 240, 90))
SHAPES = {
    "W1": lambda D, H, C: (D, H),
    "b1": lambda D, H, C: (H,),
    "W2": lambda D, H, C: (H, C),
    "b2": lambda D, H, C: (C,),
}
NAME = "initialize_mlp"


def start(student, rng, sizes):
    """One start with the shapes it should have; the seed is drawn from the test's own generator."""
    params = student.initialize_mlp(*sizes, np.random.default_rng(int(rng.integers(2**32))))
    return right_shapes(params, sizes)


def right_shapes(params, sizes):
    """The weights and biases as arrays of floats, once they are known to have the names and shapes they should."""
    names = dict.fromkeys(params) if isinstance(params, dict) else params
    check_close(names, dict.fromkeys(SHAPES), name=NAME)
    return {
        name: check_shape(params[name], shape(*sizes), name=name).astype(float)
        for name, shape in SHAPES.items()
    }


def moments_of(weights, inputs, name):
    """Mean, size and shape of n draws that should be normal with mean 0 and variance 1/inputs.

    Divided by their standard deviation they are standard normal, and the averages of x, x² and x⁴ over n of them have
    the means 0, 1 and 3 and the variances 1/n, 2/n and 96/n.
    """
    x, n = np.sqrt(inputs) * weights.ravel(), weights.size
    check_close(
        (x**2).mean(), 1.0, name=f"{name}'s variance, in units of the right one,", atol=6 * np.sqrt(2 / n)
    )
    check_close(x.mean(), 0.0, name=f"{name}'s mean", atol=6 / np.sqrt(n))
    check_close(
        (x**4).mean(),
        3.0,
        name=f"{name}'s fourth moment, which tells a normal distribution,",
        atol=6 * np.sqrt(96 / n),
    )


@question("q3", points=0.75, public=True)
def test_shapes_weights_and_biases_of_the_start(student):
    """Two features, five hidden units, three classes; all weights differ from one another, and all biases are 0."""
    params = student.initialize_mlp(2, 5, 3, np.random.default_rng(0))
    for name, shape in (("W1", (2, 5)), ("b1", (5,)), ("W2", (5, 3)), ("b2", (3,))):
        check_shape(params[name] if isinstance(params, dict) else None, shape, name=name)
    check_close(params["b1"], np.zeros(5), name="b1")
    check_close(params["b2"], np.zeros(3), name="b2")
    check_close(
        len(np.unique(np.append(params["W1"], params["W2"]))), 25, name="the number of different weights"
    )


@question("q3", points=1)
def test_distribution_of_the_weights(student, rng):
    """Normal, with mean 0 and one over the number of inputs for a variance."""
    for sizes in SIZES:
        params = start(student, rng, sizes)
        moments_of(params["W1"], sizes[0], "W1")
        moments_of(params["W2"], sizes[1], "W2")
        check_close(params["b1"], np.zeros(sizes[1]), name="b1")
        check_close(params["b2"], np.zeros(sizes[2]), name="b2")


@question("q3", points=0.75)
def test_weights_are_independent(student, rng):
    """No row, column or layer repeats another."""
    for sizes in SIZES:
        params = start(student, rng, sizes)
        for name, inputs in (("W1", sizes[0]), ("W2", sizes[1])):
            w = np.sqrt(inputs) * params[name]
            # Sums over a row of m independent standard normals, divided by √m, are standard normal; the mean square
            # of k of them exceeds 1 + 6√(2/k) + 36/k with a probability below e^−18 (Laurent and Massart 2000, x = 18).
            for axis in (0, 1):
                sums = w.sum(axis=axis) / np.sqrt(w.shape[axis])
                k = sums.size
                at_most = 1 + 6 * np.sqrt(2 / k) + 36 / k
                check_close(
                    max((sums**2).mean() - at_most, 0.0), 0.0, name=f"repetition within {name}", atol=1e-9
                )
            check_close(len(np.unique(w)), w.size, name=f"the number of different weights in {name}")
        n = min(params["W1"].size, params["W2"].size)
        first, second = (
            np.sqrt(sizes[0]) * params["W1"].ravel()[:n],
            np.sqrt(sizes[1]) * params["W2"].ravel()[:n],
        )
        # The mean of n products of independent standard normals has variance 1/n.
        check_close((first * second).mean(), 0.0, name="the correlation of W1 and W2", atol=6 / np.sqrt(n))


@question("q3", points=0.5)
def test_the_start_is_the_generators_and_nothing_elses(student, rng):
    """The same seed gives the same start, another seed another."""
    seeds = rng.integers(2**32, size=2).tolist()
    check_pure(student.initialize_mlp, 4, 6, 3, np.random.default_rng(seeds[0]))
    one, other = (
        right_shapes(params, (4, 6, 3))
        for params in student.initialize_mlp.map([(4, 6, 3, np.random.default_rng(seed)) for seed in seeds])
    )
    for name in ("W1", "W2"):
        numbers = int(np.isfinite(one[name]).sum())
        check_close(numbers, one[name].size, name=f"the number of weights in {name} that are finite")
        equal = int((one[name] == other[name]).sum())
        check_close(equal, 0, name=f"the number of weights in {name} that two seeds share")
