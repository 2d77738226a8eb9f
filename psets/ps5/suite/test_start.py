"""q3: random starts, judged by their distribution and not by the order of the draws.

The generators are seeded, so a submission gets the same verdict every time it is graded. Every test expects weights
that are independent; their size is asked for in a test of its own, and the others divide each layer by its root mean
square. Chance exceeds the bounds with a probability of at most 1e-9 for all tests together. The bounds of the
moments are six standard deviations of each statistic for correct weights, of which there are at least 9000. So a
correct answer, in whatever order it draws, fails with a probability of about 1e-7, while the most common wrong scales
are off by factors of two.
"""

import math

import numpy as np

from grader import check_close, check_pure, check_shape, question

SIZES = ((60, 150, 100), (25, 400, 60))
SHAPES = {
    "W1": lambda D, H, C: (D, H),
    "b1": lambda D, H, C: (H,),
    "W2": lambda D, H, C: (H, C),
    "b2": lambda D, H, C: (C,),
}
NAME = "initialize_mlp"
# Of each single bound in `independent_normals` and `too_much_alike`; the tests ask for fewer than a hundred of them.
CHANCE = 1e-11


def start(student, rng, sizes):
    """One start with the shapes it should have; the seed is drawn from the test's own generator."""
    params = student.initialize_mlp(*sizes, np.random.default_rng(int(rng.integers(2**32))))
    return right_shapes(params, sizes)


def right_shapes(params, sizes):
    """The weights and biases as arrays of floats, after checking their names, shapes and numbers."""
    names = dict.fromkeys(params) if isinstance(params, dict) else params
    check_close(names, dict.fromkeys(SHAPES), name=NAME)
    arrays = {}
    for name, shape in SHAPES.items():
        array = check_shape(params[name], shape(*sizes), name=name)
        check_close(array, array.real, name=name)  # complex numbers are refused
        finite = int(np.isfinite(array).sum())
        check_close(finite, array.size, name=f"the number of entries of {name} that are finite")
        arrays[name] = array.astype(float)
    return arrays


def of_size_one(weights):
    """The weights divided by their root mean square; nan if all are 0."""
    with np.errstate(invalid="ignore"):
        return weights / np.sqrt(np.square(weights).mean())


def off_by_chance(n):
    """By which factor the root mean square of n independent normal weights may miss the right one, either way.

    The mean of n squares of standard normals exceeds 1 + 2√(x/n) + 2x/n, or is below 1 − 2√(x/n), with a probability of
    at most e^−x (Laurent and Massart 2000).
    """
    x = -np.log(CHANCE)
    return max(np.sqrt(1 + 2 * np.sqrt(x / n) + 2 * x / n), 1 / np.sqrt(1 - 2 * np.sqrt(x / n)))


def independent(weights, name):
    """Check that the entries of a matrix (m, k) can be independent draws from one distribution, of whatever size."""
    x, (m, k), off = of_size_one(weights), weights.shape, off_by_chance(weights.size)
    # Singular values lie between |√m − √k| − t and √m + √k + t, except with a probability of e^(−t²/2) at either end
    # (Davidson and Szarek 2001). Weights that depend on one another have larger ones, and some that are 0.
    t = np.sqrt(-2 * np.log(CHANCE))
    finite = bool(np.isfinite(x).all())
    values = np.linalg.svd(x, compute_uv=False) if finite else np.full(min(m, k), np.nan)
    at_most(values.max(), off * (np.sqrt(m) + np.sqrt(k) + t), f"the dependence within {name}")
    least = (abs(np.sqrt(m) - np.sqrt(k)) - t) / off
    at_most(least - values.min(), 0.0, f"the dependence within {name}")
    too_much_alike(x, f"two rows of {name}")
    too_much_alike(x.T, f"two columns of {name}")


def normal(weights, name):
    """Check that the entries of a matrix can be drawn from a normal distribution with mean 0, of whatever size."""
    x, n, off = of_size_one(weights), weights.size, off_by_chance(weights.size)
    # The distribution of n draws is farther than √(log(2/p)/2n) from the normal one, anywhere, with a probability
    # of at most p (Dvoretzky, Kiefer and Wolfowitz; the constant is Massart's, 1990). Dividing the draws by a number
    # between 1/f and f moves the normal distribution function by at most (f − 1) max |t φ(t/f)| < (f − 1) f/4.
    expected = np.array([(1 + math.erf(w)) / 2 for w in (np.sort(x, axis=None) / np.sqrt(2)).tolist()])
    steps = np.arange(n + 1) / n
    at_most(
        max((steps[1:] - expected).max(), (expected - steps[:-1]).max()),
        np.sqrt(np.log(2 / CHANCE) / (2 * n)) + (off - 1) * off / 4,
        f"the distance of {name}'s distribution from the expected one",
    )
    # For n normal draws the averages of x and x⁴ have the means 0 and 3 and variances of at most 1/n and 96/n.
    check_close(x.mean(), 0.0, name=f"{name}'s mean", atol=6 / np.sqrt(n))
    check_close(
        (x**4).mean(),
        3.0,
        name=f"{name}'s fourth moment, which is 3 for a normal distribution,",
        atol=6 * np.sqrt(96 / n),
    )


def too_much_alike(rows, name):
    """Check that no two rows, as directions, are closer to each other or to the opposite than chance allows."""
    k, d = rows.shape
    with np.errstate(invalid="ignore"):
        directions = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = (directions @ directions.T)[np.triu_indices(k, 1)]
    # The cosine u of two independent directions in d dimensions has a density proportional to (1 − u²)^((d−3)/2), so
    # that it exceeds t ≥ 1/√d in size with a probability of at most (1 − t²)^((d−1)/2).
    bound = np.sqrt(1 - (CHANCE / cosines.size) ** (2 / (d - 1)))
    at_most(np.abs(cosines).max(), bound, f"the similarity of {name}")


def equal_by_chance(weights, pairs):
    """Of some pairs of independent weights, how many may be equal: none in float64, a few in float32.

    Next to x its numbers are no farther apart than |x|/2²³, so that two standard normals are rounded to the same one
    with a probability of ∫ φ(x)² |x|/2²³ dx = 1/(2π 2²³) at most. So many events with the mean λ are more than
    λ + √(2λt) + t with a probability below e^−t.
    """
    if not np.array_equal(weights, weights.astype(np.float32)):
        return 0
    mean, t = pairs / (2 * np.pi * 2**23), -np.log(CHANCE)
    return mean + np.sqrt(2 * mean * t) + t


def at_most(value, bound, name):
    """Fail where a statistic is larger than chance allows; nan is too large."""
    check_close(max(float(value) - bound, 0.0), 0.0, name=f"{name}, beyond what chance allows,", atol=1e-9)


@question("q3", points=0.5, public=True)
def test_shapes_weights_and_biases_of_the_start(student):
    """Two features, five hidden units, three classes; all weights differ from one another, and all biases are 0."""
    params = student.initialize_mlp(2, 5, 3, np.random.default_rng(0))
    start = {}
    for name, shape in (("W1", (2, 5)), ("b1", (5,)), ("W2", (5, 3)), ("b2", (3,))):
        start[name] = check_shape(params[name] if isinstance(params, dict) else None, shape, name=name)
    check_close(start["b1"], np.zeros(5), name="b1")
    check_close(start["b2"], np.zeros(3), name="b2")
    weights = np.append(start["W1"], start["W2"])
    check_close(weights, np.real(weights), name="W1 and W2")
    check_close(len(np.unique(weights)), 25, name="the number of different weights")


@question("q3", points=0.25, public=True)
def test_rough_size_of_the_weights(student):
    """The variance of the weights of both layers, in units of 1/n; it only shows sizes that are far off."""
    params = student.initialize_mlp(2, 5, 3, np.random.default_rng(0))
    check_shape(params["W1"] if isinstance(params, dict) else None, (2, 5), name="W1")
    check_shape(params["W2"], (5, 3), name="W2")
    size = (2 * 10 * np.var(params["W1"]) + 5 * 15 * np.var(params["W2"])) / 25
    # Weights of the right size miss this by chance once in a billion times.
    off = max(0.07 - size, size - 5.0, 0.0)
    check_close(off, 0.0, name="the weights' variance, beyond what chance allows,", atol=1e-9)


@question("q3", points=0.5)
def test_size_of_the_weights(student, rng):
    """Variance 1/n for n inputs, in both layers."""
    for sizes in SIZES:
        params = start(student, rng, sizes)
        for name, inputs in (("W1", sizes[0]), ("W2", sizes[1])):
            # Averages of n squares of standard normals have variance 2/n.
            off = 6 * np.sqrt(2 / params[name].size)
            square = inputs * np.square(params[name]).mean()
            check_close(square, 1.0, name=f"{name}'s variance, in units of the expected one,", atol=off)
            independent(params[name], name)


@question("q3", points=0.5)
def test_distribution_of_the_weights(student, rng):
    """Normal, with mean 0; biases of 0."""
    for sizes in SIZES:
        params = start(student, rng, sizes)
        for name in ("W1", "W2"):
            normal(params[name], name)
            independent(params[name], name)
        check_close(params["b1"], np.zeros(sizes[1]), name="b1")
        check_close(params["b2"], np.zeros(sizes[2]), name="b2")


@question("q3", points=0.75)
def test_weights_are_independent(student, rng):
    """No row, column or layer repeats another."""
    for sizes in SIZES:
        params = start(student, rng, sizes)
        for name in ("W1", "W2"):
            w, off = of_size_one(params[name]), off_by_chance(params[name].size)
            # Sums over a row of m independent standard normals, divided by √m, are standard normal; the mean square
            # of k of them exceeds 1 + 6√(2/k) + 36/k with a probability below e^−18 (Laurent and Massart 2000, x = 18).
            for axis in (0, 1):
                sums = w.sum(axis=axis) / np.sqrt(w.shape[axis])
                k = sums.size
                bound = off**2 * (1 + 6 * np.sqrt(2 / k) + 36 / k)
                at_most((sums**2).mean(), bound, f"repetition within {name}")
            repeated = w.size - len(np.unique(params[name]))
            allowed = equal_by_chance(params[name], w.size**2 / 2)
            at_most(repeated, allowed, f"the number of weights in {name} that are repeated")
            independent(params[name], name)
        n = min(params["W1"].size, params["W2"].size)
        first, second = (of_size_one(params[name].ravel()[:n]) for name in ("W1", "W2"))
        # The mean of n products of independent standard normals has variance 1/n.
        check_close((first * second).mean(), 0.0, name="the correlation of W1 and W2", atol=6 / np.sqrt(n))


@question("q3", points=0.5)
def test_the_start_is_the_generators_and_nothing_elses(student, rng):
    """The same seed gives the same start, and another seed gives another."""
    seeds = rng.integers(2**32, size=2).tolist()
    check_pure(student.initialize_mlp, 4, 6, 3, np.random.default_rng(seeds[0]))
    sizes = SIZES[0]
    one, other = (
        right_shapes(params, sizes)
        for params in student.initialize_mlp.map([(*sizes, np.random.default_rng(seed)) for seed in seeds])
    )
    for name in ("W1", "W2"):
        equal = int((one[name] == other[name]).sum())
        allowed = equal_by_chance(one[name], one[name].size)
        at_most(equal, allowed, f"the number of weights in {name} that two seeds share")
    for params in (one, other):
        for name in ("W1", "W2"):
            independent(params[name], name)
    for name in ("W1", "W2"):
        too_much_alike(np.stack([one[name].ravel(), other[name].ravel()]), f"{name} from two seeds")
