"""Wrong versions for q8: synthetic examples."""

import numpy as np

from grader import mistake


@mistake(
    "synthesize",
    says="You count an example as its own nearest neighbour, so some new examples are copies; leave it out.",
)
def synthesize_counts_itself_as_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, -1)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You leave out every neighbour at distance 0; another example in the same place is a neighbour too.",
)
def synthesize_drops_twins(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    distance[distance == 0] = np.inf
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You draw a separate u for every feature, so new examples lie in a box instead of on the line "
    "between two; draw one number per new example.",
)
def synthesize_share_per_feature(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random((count, X.shape[1]))
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="You draw a single u for all new examples; draw one for each.")
def synthesize_one_share_for_all(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random()
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the midpoint; u is random between 0 and 1.",
)
def synthesize_midpoints(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = 0.5
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="You use any other example as the neighbour; use one of the k nearest.")
def synthesize_any_other_example(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(len(X) - 1, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the nearest neighbour; draw one of the k nearest.",
)
def synthesize_always_the_nearest(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, 0 * rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the k-th neighbour; draw one of the k nearest.",
)
def synthesize_always_the_kth(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, k - 1 + 0 * rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You use the farthest examples as neighbours; sort the distances in ascending order.",
)
def synthesize_farthest(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, -1)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, ::-1]
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You go away from the neighbour; go towards it, x_i + u(x_j − x_i).",
)
def synthesize_away_from_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[i] - X[j])


@mistake(
    "synthesize",
    says="You start at the neighbour; start at x_i and go the share u towards x_j.",
)
def synthesize_from_the_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[j] + u * (X[i] - X[j])


@mistake("synthesize", says="You return only the step u(x_j − x_i); add x_i.")
def synthesize_sum_without_start(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return u * (X[j] - X[i])


@mistake("synthesize", says="You add u·x_j without subtracting u·x_i; the new example is x_i + u(x_j − x_i).")
def synthesize_share_of_sum(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * X[j]


@mistake(
    "synthesize",
    says="You return the given examples as well; return only the new ones.",
)
def synthesize_with_originals(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return np.vstack([X, X[i] + u * (X[j] - X[i])])


@mistake(
    "synthesize",
    says="You measure distances as the sum of absolute differences; the handout asks for the Euclidean "
    "distance.",
)
def synthesize_city_block(X, count, k, rng):
    distance = np.abs(X[:, None, :] - X[None, :, :]).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You measure distances as the largest difference in a feature; the handout asks for the Euclidean "
    "distance.",
)
def synthesize_largest_difference(X, count, k, rng):
    distance = np.abs(X[:, None, :] - X[None, :, :]).max(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="You compare only the first feature; the distance includes all of them.")
def synthesize_first_feature_only(X, count, k, rng):
    distance = np.abs(X[:, None, 0] - X[None, :, 0])
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="You scale the features before you measure distances; use them as they are.")
def synthesize_standardised_distance(X, count, k, rng):
    Z = X / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    distance = np.linalg.norm(Z[:, None, :] - Z[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="You add noise to examples; a new example lies between two existing ones.")
def synthesize_by_noise(X, count, k, rng):
    i = rng.integers(len(X), size=count)
    return X[i] + X.std(axis=0) * rng.normal(size=(count, X.shape[1]))


@mistake("synthesize", says="You repeat examples; a new example lies between two existing ones.")
def synthesize_copies(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + 0 * u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You take the examples in turn; draw each with rng.integers(N, size=count).",
)
def synthesize_in_turn(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = np.arange(count) % len(X)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You store the new examples in an array of X's type, which cuts off the decimals when the "
    "features are integers; use an array of floats.",
)
def synthesize_truncated_to_integers(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    made = np.zeros((count, X.shape[1]), dtype=X.dtype)
    made[:] = X[i] + u * (X[j] - X[i])
    return made


@mistake(
    "synthesize",
    says="You draw u before the examples and neighbours; the handout's order is example, neighbour, u.",
)
def synthesize_share_drawn_first(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    u = rng.random(count)[:, None]
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You draw example, neighbour and u for one new example after another; draw all examples first, "
    "then all neighbours, then all u.",
)
def synthesize_draws_one_by_one(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    made = np.zeros((count, X.shape[1]))
    for row in range(count):
        i = rng.integers(len(X))
        j = nearest[i, rng.integers(k)]
        made[row] = X[i] + rng.random() * (X[j] - X[i])
    return made


@mistake(
    "synthesize",
    says="Your u runs from 0 to 2, so some examples lie beyond the neighbour; it should run from 0 to 1.",
)
def synthesize_beyond_the_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = 2 * rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake("synthesize", says="Your examples are right, but you write into X; leave it unchanged.")
def synthesize_changes_inputs(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    made = X[i] + u * (X[j] - X[i])
    X[:] = 0
    return made
