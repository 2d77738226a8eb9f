"""check_gradient: errors down to 1e-8 are caught, right gradients never fail, the message names the place."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.network import STARTS, near_kink, network, with_error
from grader import CheckFailed, LocalStudent, check_gradient
from grader.checks.differences import coordinates, rounding_noise, slopes
from tests.checks.gradient_cases import BY, failure, softmax_gradients, softmax_loss, softmax_problem

WRT = {"dW1": 0, "db1": 1, "dW2": 2, "db2": 3}
ERRORS = [1e-2, 1e-4, 1e-6, 1e-7, 1e-8]


def judge(net, gradient, **options):
    return check_gradient(net.loss, gradient, net.parameters, wrt=WRT, batched=net.losses, **options)


@pytest.mark.parametrize("start", STARTS)
def test_right_gradients_never_fail(start):
    for seed in range(15):
        net = network(start, 1000 + seed)
        report = judge(net, net.gradient)
        assert report.entries == 1560
        # Fifty biases feed the units of blank examples: each sits on a kink, and nothing else does.
        assert report.kinked == (50 if start == "exact kinks" else 0)


@pytest.mark.parametrize("start", ["He", "zero bias", "exact kinks"])
@pytest.mark.parametrize("error", ERRORS)
def test_a_relative_error_is_caught_in_all_entries_and_in_the_largest(start, error):
    for seed in range(3):
        net = network(start, 2000 + seed)
        right = net.gradient(*net.parameters)
        largest = np.argmax(np.abs(np.concatenate([part.ravel() for part in right])))
        for which in (None, np.array([largest])):
            with pytest.raises(CheckFailed):
                judge(net, with_error(right, which, error))


def test_an_error_in_a_median_entry_or_near_a_kink_is_caught():
    for seed in range(5):
        net = network("He", 3000 + seed)
        right = net.gradient(*net.parameters)
        sizes = np.abs(np.concatenate([part.ravel() for part in right]))
        median = np.argsort(sizes)[len(sizes) // 2]
        with pytest.raises(CheckFailed):
            judge(net, with_error(right, np.array([median]), 1e-7))
        near = np.flatnonzero(near_kink(net, 2.0**-10) & (sizes[:1050] > 0))
        for entry in near[:2]:
            with pytest.raises(CheckFailed):
                judge(net, with_error(right, np.array([entry]), 1e-4))


def test_an_error_near_a_kink_is_caught_where_kinks_lie_dense():
    caught = 0
    for seed in range(20):
        net = network("small", 4000 + seed)
        right = net.gradient(*net.parameters)
        flat = np.concatenate([part.ravel() for part in right])
        near = np.flatnonzero(near_kink(net, 2.0**-10) & (flat[:1050] != 0))
        entry = np.random.default_rng(seed).choice(near, 1)
        try:
            judge(net, with_error(right, entry, 1e-4))
        except CheckFailed:
            caught += 1
    assert caught >= 18


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("distance", [1e-6, 1e-7])
def test_a_small_error_is_seen_from_the_side_without_a_kink_nearby(side, distance):
    x = np.linspace(0.5, 2.0, 12)
    kinks = x.copy()
    kinks[3] += side * distance

    def loss(x):
        return np.sin(x / 20).sum() + np.maximum(0.0, x[3] - kinks[3]) / 20

    right = np.cos(x / 20) / 20
    right[3] += (side < 0) / 20
    assert check_gradient(loss, right, x).near_kinks >= 1
    wrong = right.copy()
    wrong[3] += 1e-9
    assert "[3]" in failure(loss, wrong, x).detail


@pytest.mark.parametrize(("jump", "told"), [(1e-2, True), (1e-5, True), (1e-8, False)])
def test_one_side_says_nothing_where_a_second_kink_could_hide(jump, told):
    x = np.ones(1)

    def values(points):
        return 1 + points[:, 0] / 20 + jump * np.maximum(0.0, points[:, 0] - 1 - 1e-6)

    noise = rounding_noise(values, x, np.random.default_rng(0))
    found = slopes(values, x, values(x[None])[0], noise, coordinates(np.array([0])), step=2.0**-10)
    assert not found.kinked[0]
    assert np.abs(found.low - 1 / 20) < found.bound
    assert (found.beside_bound[0] < found.bound[0] / 10) == told
    if told:
        assert np.abs(found.beside - 1 / 20) < found.beside_bound
        assert found.by_one_side(np.array([True])).bound == found.beside_bound
    assert found.by_one_side(np.array([False])).bound == found.bound


@pytest.mark.parametrize("start", STARTS)
def test_the_complex_step_sees_what_is_below_the_rounding_of_the_loss(start):
    for seed in range(3):
        net = network(start, 5000 + seed)
        right = net.gradient(*net.parameters)
        report = judge(net, right, complex_step=True)
        assert report.kinked == (50 if start == "exact kinks" else 0)
        assert report.resolution < 1e-11
        sizes = np.abs(np.concatenate([part.ravel() for part in right]))
        median = np.argsort(sizes)[len(sizes) // 2 :][:1]
        for which, error in ((None, 1e-8), (np.array([np.argmax(sizes)]), 1e-8), (median, 1e-7)):
            with pytest.raises(CheckFailed):
                judge(net, with_error(right, which, error), complex_step=True)


def test_the_complex_step_takes_every_form_of_parameters():
    rng = np.random.default_rng(6)
    check_gradient(np.sin, np.cos, 0.7, complex_step=True)
    failure(np.sin, np.cos(0.7) * (1 + 1e-8), 0.7, complex_step=True)
    X, W, up = rng.normal(size=(6, 4)), rng.normal(size=(4, 3)), rng.normal(size=(6, 3))
    backward = lambda up, X, W: (up @ W.T, X.T @ up)  # noqa: E731
    check_gradient(np.matmul, backward, (X, W), upstream=up, complex_step=True)
    wrong = failure(np.matmul, (up @ W.T, X.T @ up * (1 + 1e-8)), (X, W), upstream=up, complex_step=True)
    assert "gradient 2" in wrong.summary
    at = {"W": X, "b": X[0]}
    slope = np.exp(at["W"] + at["b"])
    loss = lambda p: np.sum(np.exp(p["W"] + p["b"]))  # noqa: E731
    check_gradient(loss, {"W": slope, "b": slope.sum(axis=0)}, at, complex_step=True)


def test_at_a_kink_the_complex_step_accepts_what_differences_accept():
    x = np.array([-1.5, 0.0, 0.75])
    for relu in (lambda x: np.maximum(x, 0).sum(), lambda x: np.where(x.real > 0, x, 0).sum()):
        for slope in (0.0, 0.5, 1.0):
            assert check_gradient(relu, np.array([0, slope, 1]), x, complex_step=True).entries == 3
        for slope in (-0.001, 1.001):
            failure(relu, np.array([0, slope, 1]), x, complex_step=True)


@pytest.mark.filterwarnings("ignore::numpy.exceptions.ComplexWarning")
@pytest.mark.parametrize(
    "loss", [lambda x: np.sum(np.abs(x)), lambda x: float(np.sum(x)), lambda x: np.vdot(x, x)]
)
def test_a_loss_that_is_not_complex_step_safe_is_the_authors_fault(loss):
    with pytest.raises(ValueError, match="complex"):
        check_gradient(loss, np.ones(3), np.arange(1.0, 4.0), complex_step=True)


def test_a_right_gradient_passes_where_it_is_nothing_but_rounding():
    for seed in range(50):
        rng = np.random.default_rng(seed)
        X, w = rng.normal(size=(9, 4)), rng.normal(size=4)
        for noise in (0.0, 1.0):
            y = X @ w + noise * rng.normal(size=9)
            best = np.linalg.lstsq(X, y, rcond=None)[0] if noise else w
            loss = lambda w, y=y, X=X: np.mean((X @ w - y) ** 2)  # noqa: E731
            gradient = 2 * ((X @ best - y) @ X) / 9
            check_gradient(loss, gradient, best)
            check_gradient(loss, gradient, best, complex_step=True)


def test_right_softmax_gradients_pass_over_many_seeds():
    for seed in range(200):
        at = softmax_problem(seed)
        check_gradient(softmax_loss, softmax_gradients, at, wrt=BY, thorough=seed % 2 == 0)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda a, dW, db: (2 * dW, db), "dW is not the slope of the loss in 20 of 20 entries, worst at dW["),
        (lambda a, dW, db: (2 * dW, db), "Every entry is 2 times the right value."),
        (lambda a, dW, db: (-dW, -db), "The sign is wrong throughout"),
        (lambda a, dW, db: (11 * dW, 11 * db), "Every entry is 11 (N) times the right value."),
        (lambda a, dW, db: (dW, 11 * db), "Only the bias is wrong: db is not the slope of the loss"),
        (lambda a, dW, db: (dW - 0.3 * a[2], db), "The error is a multiple of the parameter itself"),
        (lambda a, dW, db: (dW + 0.3 * a[2], db), "The error is a multiple of the parameter itself"),
        (lambda a, dW, db: (dW * (np.arange(5) != 2)[:, None], db), "Only row 2 is wrong."),
        (lambda a, dW, db: (dW + 1e-6 * (np.arange(4) == 1), db), "Only column 1 is wrong."),
        (lambda a, dW, db: (dW, db[::-1]), "The numbers are right but in reverse order."),
        (lambda a, dW, db: (dW, np.zeros(4)), "Every entry is 0."),
        (
            lambda a, dW, db: (dW.T, db),
            "dW has shape (4, 5), but shape (5, 4) was expected. It is transposed.",
        ),
        (lambda a, dW, db: (dW, db[None]), "db has shape (1, 4), but shape (4,) was expected."),
        (lambda a, dW, db: (dW, db * np.nan), "db is nan or infinite in 4 of 4 entries."),
        (lambda a, dW, db: (dW, None), "db is None. Does the function return its result?"),
        (
            lambda a, dW, db: dW,
            "gradient is an array of shape (5, 4) (float64), but two arrays were expected (dW, db).",
        ),
        (lambda a, dW, db: (dW, "x"), "db is a string"),
    ],
)
def test_messages_name_the_parameter_and_the_cause(change, text):
    at = softmax_problem()
    wrong = change(at, *softmax_gradients(*at))
    assert text in failure(softmax_loss, wrong, at, wrt=BY, sizes={"N": 11}).summary


def test_the_detail_names_the_index_and_both_numbers():
    dW, db = softmax_gradients(*softmax_problem())
    db[2] += 0.125
    error = failure(softmax_loss, (dW, db), softmax_problem(), wrt=BY)
    assert error.detail.startswith("db[2]: the loss has slope ")
    assert f"{db[2]:.10g}" in error.detail
    assert "in 1 of 4 entries, worst at db[2]" in error.summary


@pytest.mark.parametrize("error", ERRORS)
def test_scalars_arrays_and_dictionaries(error):
    right = check_gradient(np.sin, np.cos, 0.7)
    assert right.entries == 1
    failure(np.sin, np.cos(0.7) * (1 + error), 0.7)
    x = np.linspace(-1, 2, 24).reshape(2, 3, 4)
    check_gradient(lambda x: np.sum(x**4), lambda x: 4 * x**3, x)
    failure(lambda x: np.sum(x**4), 4 * x**3 * (1 + error), x)
    at = {"W": x[0], "b": x[1, 0], "depth": 3}
    loss = lambda p: np.sum(np.tanh(p["W"] + p["b"]))  # noqa: E731
    slope = 1 - np.tanh(at["W"] + at["b"]) ** 2
    check_gradient(loss, {"W": slope, "b": slope.sum(axis=0)}, at)
    wrong = failure(loss, {"W": slope, "b": slope.sum(axis=0) * (1 + error)}, at)
    assert wrong.summary.startswith("Only the bias is wrong: b is not")


def test_a_dictionary_has_the_parameters_keys_and_no_others():
    at = {"W": np.array([0.5, -2.0]), "b": np.array(0.3), "depth": 3}
    loss = lambda p: np.sum(p["W"] ** 2) + p["b"] ** 2  # noqa: E731
    slope = {"W": 2 * at["W"], "b": 2 * at["b"]}
    check_gradient(loss, slope, at)
    check_gradient(loss, {**slope, "depth": 0}, at)
    assert failure(loss, {"W": slope["W"]}, at, name="gradients").summary == "gradients lacks 'b'."
    one = failure(loss, {**slope, "X": np.zeros(2)}, at, name="gradients")
    assert one.summary == "gradients has 1 unexpected entry."
    assert one.detail == "Not expected: 'X'."
    two = failure(loss, {**slope, "nonsense": "x", 7: None}, at, name="gradients")
    assert two.summary == "gradients has 2 unexpected entries."
    assert two.detail == "Not expected: 'nonsense', 7."


@pytest.mark.parametrize("error", ERRORS)
def test_a_backward_function_is_judged_with_an_upstream_gradient(error):
    rng = np.random.default_rng(5)
    X, W, b, up = (
        rng.normal(size=(6, 4)),
        rng.normal(size=(4, 3)),
        rng.normal(size=3),
        rng.normal(size=(6, 3)),
    )

    def forward(X, W, b):
        return np.maximum(X @ W + b, 0)

    def backward(up, X, W, b):
        up = up * (X @ W + b > 0)
        return up @ W.T, X.T @ up, up.sum(axis=0)

    wrt = {"dX": 0, "dW": 1, "db": 2}
    check_gradient(forward, backward, (X, W, b), wrt=wrt, upstream=up)
    parts = backward(up, X, W, b)
    for i, label in enumerate(wrt):
        wrong = tuple(part * (1 + error * (i == j)) for j, part in enumerate(parts))
        assert label in failure(forward, wrong, (X, W, b), wrt=wrt, upstream=up).summary
    assert (
        "upstream gradient has shape (3, 6)"
        in failure(forward, backward, (X, W, b), wrt=wrt, upstream=up.T).summary
    )


def test_any_value_between_one_sided_slopes_passes_at_a_kink_and_is_counted():
    x = np.array([-1.5, 0.0, 0.75])
    for slope in (-1.0, -0.5, 0.0, 1.0):
        assert check_gradient(lambda x: np.abs(x).sum(), np.array([-1, slope, 1]), x).kinked == 1
    for slope in (-1.0001, 1.0001, 3.0):
        failure(lambda x: np.abs(x).sum(), np.array([-1, slope, 1]), x)


def test_float32_is_judged_at_float64_where_the_code_allows_it():
    x = np.linspace(-1, 1, 9, dtype=np.float32)
    right = (3 * x.astype(np.float64) ** 2).astype(np.float32)
    check_gradient(lambda x: np.sum(x**3), right, x)
    failure(lambda x: np.sum(x**3), right * np.float32(1.0001), x)


def test_a_loss_that_computes_in_float32_resolves_less_and_fails_nobody():
    def loss(x):
        return np.sum(np.sin(x.astype(np.float32)), dtype=np.float32)

    for seed in range(100):
        x = np.random.default_rng(seed).normal(size=12)
        report = check_gradient(loss, np.cos(x).astype(np.float32), x)
        assert report.resolution > 1e-6
        failure(loss, np.cos(x).astype(np.float32) * np.float32(1.1), x)


@pytest.mark.parametrize("scale", [1e-4, 1e-3, 1.0, 1e3, 1e6])
@pytest.mark.parametrize("height", [1e-12, 1.0, 1e9])
def test_units_of_parameters_and_loss_do_not_matter(scale, height):
    for seed in range(20):
        x = np.random.default_rng(seed).normal(size=6) * scale
        loss = lambda x: height * np.log(np.cosh(x / scale)).sum()  # noqa: E731
        right = height / scale * np.tanh(x / scale)
        check_gradient(loss, right, x)
        failure(loss, right * (1 + 1e-5), x)


def test_a_verdict_alone_is_the_same_and_asks_for_far_less():
    for start, error in (("He", 1e-3), ("He", 1e-8), ("exact kinks", 1e-6), ("small", 1e-8)):
        net = network(start, 4_000)
        right = net.gradient(*net.parameters)
        sizes = np.abs(np.concatenate([part.ravel() for part in right]))
        for which in (None, np.array([np.argmax(sizes)])):
            values = {}
            for localise in (True, False):
                asked = []

                def losses(*stacks, asked=asked, net=net):
                    asked.append(len(stacks[0]))
                    return net.losses(*stacks)

                found = failure(
                    net.loss, with_error(right, which, error), net.parameters, wrt=WRT, batched=losses,
                    localise=localise,
                )  # fmt: skip
                values[localise] = sum(asked)
                assert " is not the slope of the loss" in str(found)
            assert values[False] < values[True] / 3
        judge(net, right, localise=False)


def test_probes_travel_in_batches():
    calls = []

    class Counting:
        name = "loss"

        def map(self, batch):
            calls.append(len(batch))
            return [float(np.sum(np.exp(x))) for (x,) in batch]

    report = check_gradient(Counting(), np.exp, np.zeros(30))
    assert sum(calls) == report.evaluations
    assert len(calls) <= 5


def test_a_students_functions_are_accepted_as_they_are():
    student = LocalStudent({"loss": softmax_loss, "gradients": softmax_gradients})
    check_gradient(student.loss, student.gradients, softmax_problem(), wrt=BY)


@pytest.mark.parametrize(
    "loss", [None, "x", float("nan"), float("inf"), [1.0, 2.0], np.ones(1), 1j, 10**400, {}]
)
def test_a_loss_that_is_no_number_fails_clearly(loss):
    assert "loss" in failure(lambda x: loss, np.ones(3), np.ones(3)).summary


@pytest.mark.parametrize(
    "claimed", [None, "x", [1, [2]], {}, 10**400, 1e308, np.full(3, 1e308), [None] * 3, ...]
)
def test_a_gradient_that_is_no_array_fails_clearly(claimed):
    failure(lambda x: np.sum(x**2), claimed, np.ones(3))


def test_two_runs_agree():
    net = network("small", 0)
    assert judge(net, net.gradient) == judge(net, net.gradient)
