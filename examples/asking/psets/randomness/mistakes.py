"""Wrong answers, each an edit of the right one."""

from grader import mistake

mistake(
    "throws",
    "throws_without_six",
    {"rng.integers(1, 7, size=n)": "rng.integers(1, 6, size=n)"},
    says="You never throw a 6: the upper end of `rng.integers` is left out, so it is 7.",
)
mistake(
    "throws",
    "throws_from_zero",
    {"rng.integers(1, 7, size=n)": "rng.integers(0, 6, size=n)"},
    says="Your faces are 0 to 5; a die has 1 to 6.",
)
mistake(
    "throws",
    "throws_once",
    {"rng.integers(1, 7, size=n)": "np.full(n, rng.integers(1, 7))"},
    says="You throw once and repeat the face; draw n numbers.",
)
mistake(
    "throws",
    "throws_with_its_own_generator",
    {"rng.integers(1, 7, size=n)": "np.random.default_rng(0).integers(1, 7, size=n)"},
    says="You make a generator with a fixed seed, so every call gives the same; draw from `rng`.",
)
mistake(
    "exponential",
    "exponential_with_the_rate_as_scale",
    {"-np.log1p(-rng.random(n)) / rate": "-np.log1p(-rng.random(n)) * rate"},
    says="You multiply by the rate; the mean is one over the rate, so divide by it.",
)
mistake(
    "exponential",
    "exponential_negative",
    {"-np.log1p(-rng.random(n))": "np.log1p(-rng.random(n))"},
    says="Your draws are negative: the logarithm of a number below 1 is, so change the sign.",
)
mistake(
    "exponential",
    "exponential_density",
    {"-np.log1p(-rng.random(n)) / rate": "rate * np.exp(-rate * rng.random(n))"},
    says="You put uniform numbers into the density; put them into the inverse of the distribution function.",
)
mistake(
    "split",
    "split_in_order",
    {"rng.permutation(n)": "np.arange(n)"},
    says="You always test on the first indices; put the indices into a random order first.",
)
mistake(
    "split",
    "split_with_replacement",
    {"rng.permutation(n)": "rng.integers(0, n, size=n)"},
    says="You draw indices with replacement, so some come twice; use a random order of all of them.",
)
mistake(
    "split",
    "split_exchanged",
    {"order[size:], order[:size]": "order[:size], order[size:]"},
    says="You return the test set first; return the training set, then the test set.",
)
mistake(
    "bootstrap_means",
    "bootstrap_without_replacement",
    {"rng.integers(0, len(x), size=(count, len(x)))": "rng.permuted(np.tile(np.arange(len(x)), (count, 1)), axis=1)"},
    says="You draw without replacement, so every sample is `x` in another order; draw with replacement.",
)
mistake(
    "bootstrap_means",
    "bootstrap_of_one_sample",
    {"x[drawn].mean(axis=1)": "x[drawn[:1]].mean(axis=1).repeat(count)"},
    says="You draw one sample and repeat its mean; draw a new sample for each.",
)
mistake(
    "bootstrap_means",
    "bootstrap_without_the_last",
    {"rng.integers(0, len(x), size=(count, len(x)))": "rng.integers(0, len(x) - 1, size=(count, len(x)))"},
    says="You never draw the last number: the upper end of `rng.integers` is left out already.",
)
mistake(
    "walk",
    "walk_in_the_other_direction",
    {"np.random.rand(n) < 0.5": "np.random.rand(n) >= 0.5"},
    says="Your steps have the wrong sign: a number below 0.5 is a step of −1.",
)
mistake(
    "walk",
    "walk_that_seeds",
    {"steps = np.where(np.random.rand(n) < 0.5, -1, 1)": """
np.random.seed(0)
steps = np.where(np.random.rand(n) < 0.5, -1, 1)
"""},
    says="You seed the generator yourself, so every walk is the same; leave that to whoever calls you.",
)
mistake(
    "walk",
    "walk_without_sum",
    {"np.cumsum(steps)": "steps"},
    says="You return the steps; the position is their sum so far.",
)
