"""L2 over a whole network, early stopping and the choice of λ, against complex steps and slow twins."""

import itertools

import numpy as np
import pytest

import reference.regularization as ref
import reference.softmax

# Sums of at most a few hundred squares, each rounded by ε/2.
BOUND = 450 * np.finfo(float).eps

SHAPES = [
    {"W1": (2, 3), "b1": (3,), "W2": (3, 4), "b2": (4,)},
    {"W1": (1, 1), "b1": (1,)},
    {"b1": (5,), "W1": (4, 5), "W2": (5, 5), "b2": (5,), "b3": (2,), "W3": (5, 2), "W10": (2, 2)},
]


def network(shapes, seed=0):
    rng = np.random.default_rng(seed)
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


# The penalty -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("l2", [0.0, 0.001, 3.0])
def test_the_penalty_is_the_sum_of_the_layers_penalties(shapes, l2):
    params = network(shapes)
    weights = [params[name] for name in params if name[0] == "W"]
    expected = sum(reference.softmax.l2_penalty(W, l2) for W in weights)
    np.testing.assert_allclose(ref.l2_penalty(params, l2), expected, rtol=BOUND)
    slowly = sum(0.5 * l2 * float(w) ** 2 for W in weights for w in W.ravel())
    np.testing.assert_allclose(ref.l2_penalty(params, l2), slowly, rtol=BOUND)


@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("l2", [0.0, 0.001, 3.0])
def test_the_gradient_by_complex_step(shapes, l2):
    params = network(shapes)
    gradient = ref.l2_gradient(params, l2)
    assert list(gradient) == list(params)
    for name, value in params.items():
        assert gradient[name].shape == value.shape
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += 1e-20j
            slope = np.imag(ref.l2_penalty({**params, name: moved}, l2)) / 1e-20
            np.testing.assert_allclose(gradient[name][index], slope, rtol=BOUND, atol=0)


def test_biases_play_no_part():
    params = network(SHAPES[0])
    other = {name: 100 * value if name[0] == "b" else value for name, value in params.items()}
    assert ref.l2_penalty(params, 0.3) == ref.l2_penalty(other, 0.3)
    gradient = ref.l2_gradient(other, 0.3)
    assert not gradient["b1"].any()
    assert not gradient["b2"].any()


def test_a_network_without_weights_costs_nothing():
    assert ref.l2_penalty({"b1": np.ones(3)}, 0.5) == 0.0
    assert ref.l2_penalty({}, 0.5) == 0.0


def test_the_parameters_are_left_alone_and_not_shared():
    params = network(SHAPES[0])
    for value in params.values():
        value.setflags(write=False)
    ref.l2_penalty(params, 1.0)
    for name, slope in ref.l2_gradient(params, 1.0).items():
        assert not np.shares_memory(slope, params[name])


# Early stopping --------------------------------------------------------------------------------------------


def slow_early_stopping(errors, patience):
    """The definition read backwards: the first epoch whose last `patience` errors are all no improvement."""
    for last in range(len(errors)):
        seen = errors[: last + 1]
        recent = range(max(0, last - patience + 1), last + 1)
        improves = [
            not any(earlier <= errors[e] for earlier in errors[:e]) and errors[e] == errors[e] for e in recent
        ]
        if len(recent) == patience and 0 not in recent and not any(improves):
            break
    numbers = [error for error in seen if error == error]
    return seen.index(min(numbers)), last


@pytest.mark.parametrize("length", range(1, 7))
def test_early_stopping_agrees_with_the_definition_on_all_short_curves(length):
    for errors in itertools.product([0.0, 1.0, 2.0], repeat=length):
        for patience in range(1, 5):
            assert ref.early_stopping(errors, patience) == slow_early_stopping(list(errors), patience)


def test_early_stopping_agrees_with_the_definition_on_long_curves_with_and_without_nan():
    rng = np.random.default_rng(1)
    for _ in range(300):
        errors = rng.integers(12, size=rng.integers(1, 40)) / 8 + np.linspace(1, 0, 1)
        errors[1:][rng.random(len(errors) - 1) < 0.1] = np.nan
        patience = int(rng.integers(1, 8))
        assert ref.early_stopping(errors, patience) == slow_early_stopping(errors.tolist(), patience)


@pytest.mark.parametrize(
    ("errors", "patience", "expected"),
    [
        ([1.0], 1, (0, 0)),
        ([1.0, 1.0, 1.0], 2, (0, 2)),  # of equal errors the first; two epochs without improvement
        ([3.0, 2.0, 1.0], 1, (2, 2)),  # improves to the end
        ([3.0, 4.0, 1.0], 1, (0, 1)),  # what comes later is not seen
        ([3.0, 4.0, 1.0], 2, (2, 2)),
        ([3.0, 2.0, 2.5, 2.4, 2.3], 3, (1, 4)),  # better than the epoch before is no improvement
        ([3.0, np.nan, np.nan], 2, (0, 2)),
    ],
)
def test_early_stopping_on_curves_worked_out_by_hand(errors, patience, expected):
    assert ref.early_stopping(errors, patience) == expected
    assert ref.early_stopping(np.array(errors), patience) == expected


def test_epochs_are_plain_integers():
    assert all(type(epoch) is int for epoch in ref.early_stopping(np.array([2.0, 1.0, 3.0]), 1))


# Choosing λ ------------------------------------------------------------------------------------------------


def test_the_choice_agrees_with_sorting():
    rng = np.random.default_rng(2)
    for _ in range(300):
        l2s = rng.permutation([0.0, 0.001, 0.01, 0.1, 1.0])[: rng.integers(1, 6)].tolist()
        errors = (rng.integers(4, size=len(l2s)) / 4).tolist()
        best = sorted(zip(errors, [-l2 for l2 in l2s], strict=True))[0]
        assert ref.choose_l2(l2s, errors) == -best[1]


def test_a_training_that_blew_up_is_never_chosen():
    assert ref.choose_l2([0.1, 0.0, 10.0], [0.5, 0.25, np.nan]) == 0.0


def test_l2s_and_errors_are_of_one_length():
    with pytest.raises(ValueError, match="zip"):
        ref.choose_l2([0.1, 0.2], [0.5])


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"l2_penalty", "l2_gradient", "early_stopping", "choose_l2"}
    assert all(callable(getattr(ref, name)) for name in ref.__all__)
