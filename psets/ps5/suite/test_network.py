"""q2, q4 and q5: the tanh network's loss and gradients, its training, and its error rate."""

import numpy as np

import reference.complexity as ref
from grader import check_close, check_gradient, check_outputs, check_pure, question

NAMES = ("loss", "gradients")
TRAIN = "train_mlp"
RATE = "error_rate(params, X, y)"


def problem(rng, N, D, H, C):
    params = {
        "W1": rng.normal(size=(D, H)),
        "b1": rng.normal(size=H),
        "W2": rng.normal(size=(H, C)),
        "b2": rng.normal(size=C),
    }
    return params, rng.normal(size=(N, D)), rng.integers(C, size=N)


def seen_elsewhere(student, other, case):
    """Calls of other functions in which a change of the parameters, X or y would show."""
    return [(other, *case), (student.train_mlp, *case, 0.1, 0.3, 1, 5, np.random.default_rng(1))]


def summands(params, X, y):
    """How large the numbers are that add up to the loss and to each gradient, before anything cancels."""
    size = {name: np.abs(value) for name, value in params.items()}
    hidden = (
        np.abs(X) @ size["W1"] + size["b1"]
    ).max()  # where these sums cancel, tanh passes their rounding on
    logits = (hidden * size["W2"].sum(axis=0) + size["b2"]).max()
    back = size["W2"].sum(axis=1).max()
    by_logits = {"W1": np.abs(X).max() * back, "b1": back, "W2": 1.0, "b2": 1.0}
    return 1 + logits, {name: (1 + logits) * by for name, by in by_logits.items()}


def agree(student, cases, parts=NAMES):
    """Compare loss, gradients or both of every case with the reference, in one round trip."""
    for case, got in zip(cases, student.data_loss.map(cases), strict=True):
        outputs = dict(zip(NAMES, check_outputs(got, names=NAMES, name="data_loss"), strict=True))
        expected = dict(zip(NAMES, ref.data_loss(*case), strict=True))
        scales = dict(zip(NAMES, summands(*case), strict=True))
        for part in parts:
            check_close(outputs[part], expected[part], name=part, scale=scales[part])


@question("q2", points=1, public=True)
def test_loss_and_gradients_of_the_handouts_example(student):
    """tanh gives ½, p = (¾, ¼), and the first class is right."""
    half = np.log(3.0) / 2  # tanh of it is ½
    params = {
        "W1": np.array([[half], [0.0]]),
        "b1": np.array([0.0]),
        "W2": np.array([[2 * np.log(3.0), 0.0]]),
        "b2": np.array([0.0, 0.0]),
    }
    result = student.data_loss(params, np.array([[1.0, 2.0]]), np.array([0]))
    loss, gradients = check_outputs(result, names=("loss", "gradients"))
    check_close(loss, np.log(4 / 3), name="loss")
    slope = -3 / 8 * np.log(3.0)
    expected = {
        "W1": np.array([[slope], [2 * slope]]),
        "b1": np.array([slope]),
        "W2": np.array([[-0.125, 0.125]]),
        "b2": np.array([-0.25, 0.25]),
    }
    check_close(gradients, expected, name="gradients")


@question("q2", points=0.75)
def test_network_loss(student, rng):
    """The mean cross-entropy, in several shapes."""
    agree(student, [problem(rng, *shape) for shape in ((7, 4, 5, 3), (3, 2, 8, 6), (5, 5, 5, 5))], ["loss"])


@question("q2", points=1)
def test_network_gradients(student, rng):
    """All four gradients, in several shapes."""
    shapes = ((7, 4, 5, 3), (3, 2, 8, 6), (5, 5, 5, 5))
    agree(student, [problem(rng, *shape) for shape in shapes], ["gradients"])


@question("q2", points=0.75)
def test_network_gradients_are_the_slopes_of_the_loss(student, rng):
    """Every gradient agrees with the slopes of the loss, measured numerically."""
    case = problem(rng, 6, 3, 4, 3)
    _, gradients = check_outputs(student.data_loss(*case), names=NAMES, name="data_loss")

    def loss(params):
        return ref.data_loss(params, *case[1:])[0]

    check_gradient(loss, gradients, case[0], name="gradients")


@question("q2", points=0.5)
def test_network_of_unusual_sizes_and_labels(student, rng):
    """One example, feature, hidden unit or class, classes without examples, and whole numbers."""
    params, X, _ = problem(rng, 6, 3, 4, 5)
    agree(
        student,
        [
            *(problem(rng, *shape) for shape in ((1, 4, 3, 2), (6, 1, 4, 3), (6, 3, 1, 3), (4, 3, 2, 1))),
            (params, X, np.array([1, 1, 3, 3, 4, 1])),
            (params, X, np.full(6, 4)),
            (params, rng.integers(-2, 3, size=(6, 3)), np.arange(6) % 5),
        ],
    )


@question("q2", points=0.5)
def test_network_far_from_zero(student, rng):
    """Logits in the thousands: probabilities of 0 and 1, but no infinite loss; two examples have moderate logits.

    Then the logits of each example lie close together, all far from 0 or on both sides of it: only a shift by something
    else than each row's own logits goes wrong there, or none. Last, one example whose label is all but impossible.
    """
    params, X, y = problem(rng, 8, 6, 4, 5)
    X[0] = -params["b1"] @ np.linalg.pinv(params["W1"])  # hidden units of 0, up to rounding
    X[1] = X[0] + 2e-4 * X[1]
    one, one_X, _ = problem(rng, 1, 3, 4, 3)
    unlikely = {**one, "b2": np.array([0.0, 300.0, -600.0])}
    cases = [({**params, "W2": 3000 * params["W2"]}, X, y), (unlikely, one_X, np.array([2]))]
    for offset in (1000.0, -1000.0):
        params, X, y = problem(rng, 5, 3, 4, 3)
        cases.append(({**params, "b2": params["b2"] + offset}, X, y))
    agree(student, [*cases, on_both_sides(rng)])


def on_both_sides(rng):
    """Examples whose logits are all near 420, and others whose logits are all near −420."""
    params, X, y = problem(rng, 6, 3, 4, 3)
    params["W1"][:, 0] = np.array([30.0, 0.0, 0.0])
    params["b1"][0] = 0.0
    params["W2"][0] += 420.0
    X[:, 0] = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    return params, X, y


@question("q2", points=0.5)
def test_network_leaves_its_arguments_alone(student, rng):
    """The parameters, X and y are unchanged afterwards."""
    case = problem(rng, 5, 3, 4, 3)
    check_pure(student.data_loss, *case, others=seen_elsewhere(student, student.error_rate, case))
    agree(student, [case])


# Training ----------------------------------------------------------------------------------------------------


def same_training(student, cases):
    """Each case is the arguments of train_mlp, with a seed instead of the generator."""

    def with_generators():
        return [(*case[:-1], np.random.default_rng(case[-1])) for case in cases]

    for got, case in zip(student.train_mlp.map(with_generators()), with_generators(), strict=True):
        scale = max(np.abs(value).max() for value in case[0].values())
        check_close(got, ref.train_mlp(*case), name=TRAIN, scale=scale)


@question("q4", points=1, public=True)
def test_training_on_the_handouts_example(student):
    """Three examples on a line, two epochs in minibatches of two and one, λ = 0.1."""
    start = {
        "W1": np.array([[0.5, -1.0]]),
        "b1": np.array([0.0, 0.5]),
        "W2": np.array([[1.0, -1.0], [0.5, 0.0]]),
        "b2": np.array([0.0, 0.0]),
    }
    X, y = np.array([[-1.0], [0.5], [2.0]]), np.array([1, 0, 0])
    trained = student.train_mlp(start, X, y, 0.1, 0.5, 2, 2, np.random.default_rng(0))
    expected = {
        "W1": np.array([[1.13319328, -0.7682203]]),
        "b1": np.array([0.02377414, 0.53500626]),
        "W2": np.array([[1.08330242, -1.08330242], [0.10192988, 0.30532325]]),
        "b2": np.array([0.0304854, -0.0304854]),
    }
    check_close(trained, expected, name="train_mlp", atol=1e-8)


@question("q4", points=1)
def test_one_step_with_all_examples(student, rng):
    """A single step of gradient descent, with and without a penalty."""
    cases = [
        (*problem(rng, 6, 3, 4, 3), 0.0, 0.3, 1, 6, 1),
        (*problem(rng, 9, 2, 5, 4), 0.5, 0.7, 1, 9, 2),
        (*problem(rng, 5, 4, 2, 2), 3.0, 0.2, 1, 5, 3),
    ]
    same_training(student, cases)


@question("q4", points=1)
def test_training_in_minibatches_that_divide_the_examples(student, rng):
    """Several epochs of equal minibatches, with and without a penalty."""
    cases = [(*problem(rng, 12, 3, 4, 3), 0.0, 0.3, 4, 3, 4), (*problem(rng, 10, 2, 3, 4), 0.2, 0.2, 3, 5, 5)]
    same_training(student, cases)


@question("q4", points=1)
def test_training_in_minibatches_that_do_not_divide_the_examples(student, rng):
    """The last minibatch of an epoch is smaller; it may be the only one, and each may be a single example."""
    cases = [
        (*problem(rng, 11, 3, 4, 3), 0.1, 0.3, 4, 4, 6),
        (*problem(rng, 7, 2, 3, 2), 0.3, 0.2, 3, 50, 7),
        (*problem(rng, 5, 2, 2, 3), 0.05, 0.1, 3, 1, 8),
    ]
    same_training(student, cases)


@question("q4", points=0.5)
def test_training_with_the_lectures_penalties(student, rng):
    """λ = 0.001, 0.01 and 0.1, from one start."""
    case = problem(rng, 9, 2, 5, 3)
    same_training(student, [(*case, l2, 0.5, 5, 4, 9) for l2 in (0.001, 0.01, 0.1)])


@question("q4", points=0.5)
def test_training_for_no_epoch_and_at_a_rate_that_is_too_large(student, rng):
    """With no epochs the start is returned; every epoch is run, even when the loss goes up."""
    case = problem(rng, 8, 3, 4, 3)
    same_training(student, [(*case, 0.1, 0.5, 0, 4, 10), (*case, 0.1, 4.0, 3, 4, 11)])


@question("q4", points=1)
def test_training_leaves_its_arguments_alone(student, rng):
    """The parameters it starts from, X and y are unchanged afterwards."""
    case = problem(rng, 9, 3, 4, 3)
    others = [(student.data_loss, *case), (student.l2_gradient, case[0], 0.3)]
    check_pure(student.train_mlp, *case, 0.1, 0.3, 3, 4, np.random.default_rng(12), others=others)
    same_training(student, [(*case, 0.1, 0.3, 3, 4, 12)])


# The error rate ----------------------------------------------------------------------------------------------


def same_rates(student, cases):
    for case, got in zip(cases, student.error_rate.map(cases), strict=True):
        check_close(got, ref.error_rate(*case), name=RATE)


@question("q5", points=0.5, public=True)
def test_error_rate_of_the_handouts_example(student):
    """One of four examples is put into the wrong class."""
    params = {
        "W1": np.array([[1.0]]),
        "b1": np.array([0.0]),
        "W2": np.array([[-1.0, 1.0]]),
        "b2": np.array([0.0, 0.0]),
    }
    X, y = np.array([[-1.0], [2.0], [3.0], [-4.0]]), np.array([0, 1, 0, 0])
    check_close(student.error_rate(params, X, y), 0.25, name="error_rate(params, X, y)")


@question("q5", points=1)
def test_error_rates(student, rng):
    """Several shapes, with more examples than classes and fewer."""
    cases = [problem(rng, *shape) for shape in ((40, 3, 5, 4), (23, 2, 8, 3), (3, 4, 2, 7), (31, 2, 1, 2))]
    params, X, y = problem(rng, 30, 2, 6, 3)
    near = {**params, "b1": 3 * params["b1"], "b2": 3 * params["b2"]}  # biases that decide
    # Hidden units that saturate, so that without tanh other classes would win.
    far = {**params, "W1": 30 * params["W1"]}
    same_rates(student, [*cases, (near, X, y), (far, X, y), (params, rng.integers(-2, 3, size=(30, 2)), y)])


@question("q5", points=0.25)
def test_error_rates_of_none_of_all_and_of_ties(student, rng):
    """A single example, right or wrong; of equal logits the first is the answer."""
    params, X, _ = problem(rng, 1, 3, 4, 3)
    cases = [(params, X, np.array([label])) for label in range(3)]
    flat = {
        "W1": np.zeros((3, 4)),
        "b1": np.zeros(4),
        "W2": np.zeros((4, 3)),
        "b2": np.array([0.0, 2.0, 2.0]),
    }
    same_rates(student, [*cases, (flat, rng.normal(size=(8, 3)), np.array([1, 1, 1, 2, 2, 0, 1, 1]))])


@question("q5", points=0.25)
def test_error_rate_leaves_its_arguments_alone(student, rng):
    """The parameters, X and y are unchanged afterwards."""
    case = problem(rng, 12, 3, 4, 3)
    check_pure(student.error_rate, *case, others=seen_elsewhere(student, student.data_loss, case))
    same_rates(student, [case])
    # No share of seven is also a share of twelve, except none and all.
    same_rates(student, [problem(rng, 7, 3, 4, 3)])
