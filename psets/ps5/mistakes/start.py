"""Wrong versions for q3: random starts."""

import numpy as np

from grader import mistake


@mistake(
    "initialize_mlp",
    says="Your weights have variance 2/n, which is He's rule for ReLU; here the variance should be 1/n.",
)
def start_by_he(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) * np.sqrt(2 / features)
    second = rng.normal(size=(hidden, classes)) * np.sqrt(2 / hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights have variance 2/(inputs + outputs), which is Glorot's rule; it should be 1/n, where "
    "n counts the inputs alone.",
)
def start_by_glorot(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) * np.sqrt(2 / (features + hidden))
    second = rng.normal(size=(hidden, classes)) * np.sqrt(2 / (hidden + classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="You divide by n instead of its root; 1/n is the variance, so the standard deviation is 1/√n.",
)
def start_divided_by_inputs(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / features
    second = rng.normal(size=(hidden, classes)) / hidden
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="You scale by the number of outputs; n is the number of the layer's inputs.")
def start_by_outputs(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / np.sqrt(hidden)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(classes)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights always have variance 1; it should be 1/n, where n is the number of the layer's "
    "inputs.",
)
def start_unscaled(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden))
    second = rng.normal(size=(hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your weights always have the standard deviation 0.01; it should be 1/√n.")
def start_small(features, hidden, classes, rng):
    first = 0.01 * rng.normal(size=(features, hidden))
    second = 0.01 * rng.normal(size=(hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="You scale both layers by the number of features; the inputs of W2 are the hidden units.",
)
def start_scaled_by_features(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / np.sqrt(features)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(features)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights are uniform (rng.random or rng.uniform); draw them from a normal distribution.",
)
def start_uniform(features, hidden, classes, rng):
    first = rng.uniform(-1, 1, size=(features, hidden)) * np.sqrt(3 / features)
    second = rng.uniform(-1, 1, size=(hidden, classes)) * np.sqrt(3 / hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights lie between 0 and 1 (rng.random); draw them from a normal distribution.",
)
def start_positive(features, hidden, classes, rng):
    first = rng.random(size=(features, hidden)) / np.sqrt(features)
    second = rng.random(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp", says="All weights start at 0, so all hidden units stay the same; draw them at random."
)
def start_at_zero(features, hidden, classes, rng):
    first, second = np.zeros((features, hidden)), np.zeros((hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your biases start at random; they should start at 0.")
def start_with_random_biases(features, hidden, classes, rng):
    return {
        "W1": rng.normal(size=(features, hidden)) / np.sqrt(features),
        "b1": rng.normal(size=hidden) / np.sqrt(features),
        "W2": rng.normal(size=(hidden, classes)) / np.sqrt(hidden),
        "b2": rng.normal(size=classes) / np.sqrt(hidden),
    }


@mistake("initialize_mlp", says="You make a generator of your own, so every start is the same; use rng.")
def start_from_own_generator(features, hidden, classes, rng):
    rng = np.random.default_rng(0)
    first = rng.normal(size=(features, hidden)) / np.sqrt(features)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="You give all hidden units the same weights; draw every weight separately.")
def start_with_equal_units(features, hidden, classes, rng):
    first = np.tile(rng.normal(size=(features, 1)) / np.sqrt(features), (1, hidden))
    second = rng.normal(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights have shapes (H, D) and (C, H); they should be (D, H) and (H, C).",
)
def start_transposed(features, hidden, classes, rng):
    first = rng.normal(size=(hidden, features)) / np.sqrt(features)
    second = rng.normal(size=(classes, hidden)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your biases have shape (1, H) and (1, C); they should be (H,) and (C,).")
def start_with_row_biases(features, hidden, classes, rng):
    return {
        "W1": rng.normal(size=(features, hidden)) / np.sqrt(features),
        "b1": np.zeros((1, hidden)),
        "W2": rng.normal(size=(hidden, classes)) / np.sqrt(hidden),
        "b2": np.zeros((1, classes)),
    }
