"""A student's mistake is named by replay: rightly, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from grader.errors import StudentFault
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import MAX_BYTES, CallLog, behaviour, same_outcome
from grader.judge.explain import Explainer
from grader.judge.objects import UNANSWERED
from grader.pset import load_problem_set
from grader.pset.namespace import SolutionCode
from grader.student import Call, LocalStudent
from grader.wording import where_shown

COURSE = Path(__file__).parents[2]
RNG_SEED = 7


@pytest.fixture(scope="module")
def ps1():
    return load_problem_set(COURSE / "psets" / "ps1")


@pytest.fixture(scope="module")
def explainer(ps1):
    return Explainer(ps1)


@pytest.fixture(scope="module")
def student_with(ps1):
    """A student whose notebook holds these mistakes, or this code, and a log of what it is asked."""
    solution = SolutionCode(ps1)
    sources = {mistake.name: mistake.source for mistake in ps1.mistakes()}

    def make(*mistakes, code="", log=None, test="test_it"):
        replaced = [solution.compile(sources[name]) for name in mistakes] + [solution.compile(code)]
        log = log or CallLog()
        return LocalStudent(solution.namespace(replaced), log.recorder(test)), log

    return make


EVERYTHING = ("logits", "softmax", "cross_entropy", "cross_entropy_gradient", "regularized_loss",
              "regularized_gradients", "train")  # fmt: skip


def ask(student, functions=EVERYTHING):
    """A few calls of each function, exceptions ignored."""
    rng = np.random.default_rng(RNG_SEED)
    z, y, X = rng.normal(size=(5, 3)), rng.integers(3, size=5), rng.normal(size=(5, 4))
    W = rng.normal(size=(4, 3))
    calls = {
        "logits": [(X, W, z[0])],
        "cross_entropy": [(z, y)],
        "regularized_gradients": [(X, y, W, z[0], 0.1)],
        "softmax": [(z,), (1e4 * z,)],
        "cross_entropy_gradient": [(z, y), (2 * z[:2], y[:2])],
        "train": [(X, y, 3, 0.3, 2, 2, 0.1, np.random.default_rng(1))],
        "regularized_loss": [(X, y, W, z[0], 0.1)],
    }
    for function in functions:
        for arguments in calls[function]:
            try:
                getattr(student, function)(*arguments)
            except StudentFault:
                break


def named(explainer, log, test="test_it"):
    found = explainer.explain(log, [test])
    return found[test].name if found else None


def test_a_mistake_is_named_with_its_own_sentence_and_where_it_showed(explainer, student_with):
    student, log = student_with("softmax_over_examples")
    ask(student, ["softmax"])
    explanation = explainer.explain(log, ["test_it"])["test_it"]
    assert explanation.name == "softmax_over_examples"
    assert explanation.parts.mistakes[0].says.startswith("You normalise down the columns")
    words = " ".join(map(where_shown, explanation.shown))
    assert words == "This shows in `softmax`, in every call that this test makes."


def test_a_mistake_shows_through_the_functions_that_use_it(explainer, student_with):
    student, log = student_with("softmax_over_examples")
    ask(student)
    explanation = explainer.explain(log, ["test_it"])["test_it"]
    assert explanation.name == "softmax_over_examples"
    assert "`train`, which uses `softmax`" in " ".join(map(where_shown, explanation.shown))


def test_what_explains_a_log_is_looked_for_once(explainer, student_with, monkeypatch):
    student, log = student_with("softmax_over_examples")
    ask(student)
    found = explainer.named(log)
    assert {"softmax", "cross_entropy_gradient", "train"} <= found.keys()
    assert all(of == found["softmax"] for of in found.values()), "it shows through the others"
    assert found["softmax"].keys() == {"softmax"}
    assert "axis=0" in found["softmax"]["softmax"]
    with monkeypatch.context() as patched:
        patched.setattr("grader.judge.explain.Search", lambda *_: pytest.fail("nothing is looked for again"))
        assert named(explainer, log) == "softmax_over_examples"
    student, log = student_with("softmax_twice")
    ask(student, ["softmax"])
    assert named(explainer, log) == "softmax_twice"


def test_two_mistakes_in_different_functions_compose(explainer, student_with):
    student, log = student_with("train_uphill", "gradient_of_the_sum")
    ask(student)
    assert named(explainer, log) == "gradient_of_the_sum + train_uphill"


def test_a_generator_is_replayed_from_where_the_student_got_it(explainer, student_with):
    student, log = student_with("train_shuffled_once")
    ask(student, EVERYTHING[:-1])
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(6, 2)), np.array([0, 1, 2, 0, 1, 2])
    student.train(X, y, 3, 0.3, 3, 2, 0.1, rng)
    rng.normal(size=100)
    assert named(explainer, log) == "train_shuffled_once"


def test_nothing_is_said_where_what_a_function_uses_was_never_seen(explainer, student_with):
    student, log = student_with("train_uphill")
    ask(student, ["train"])
    assert named(explainer, log) is None


def test_nothing_is_said_of_a_mistake_that_nobody_named(explainer, student_with):
    student, log = student_with(code="def softmax(z):\n    return np.exp(z) / 7\n")
    ask(student, ["softmax"])
    assert named(explainer, log) is None


def test_nothing_is_said_of_a_function_that_uses_one_that_is_wrong_for_reasons_unknown(
    explainer, student_with
):
    code = "def regularized_gradients(X, y, W, b, l2):\n    raise ValueError('not done')\n"
    uphill = next(
        m.source for m in load_problem_set(COURSE / "psets" / "ps1").mistakes() if m.name == "train_uphill"
    )
    inlined = uphill.replace("regularized_gradients(", "_right(")
    student, log = student_with(code="_right = regularized_gradients\n" + code + inlined)
    ask(student)
    assert named(explainer, log) is None


def test_one_call_that_does_not_fit_is_enough_to_stay_silent(explainer, student_with):
    student, log = student_with("softmax_over_examples", test="test_it")
    ask(student, ["softmax"])
    other, _ = student_with("softmax_twice", log=log, test="test_other")
    other.softmax(np.eye(3))
    assert explainer.explain(log, ["test_it", "test_other"]) == {}


def test_two_mistakes_that_explain_the_calls_equally_leave_it_silent(explainer, student_with):
    """With two examples of two classes, dividing by N·C, by N² and so on give the same."""
    student, log = student_with("gradient_divided_by_classes")
    student.softmax(np.eye(3))
    student.cross_entropy_gradient(np.eye(3), np.array([0, 1, 2]))  # as many classes as examples: right
    assert named(explainer, log) is None
    student, log = student_with("gradient_divided_by_entries")
    student.softmax(np.eye(3))
    student.cross_entropy_gradient(np.zeros((2, 2)), np.array([0, 1]))  # N·C and N² are the same
    assert named(explainer, log) is None


def test_an_exception_alone_names_nothing(explainer, student_with):
    student, log = student_with(code="def softmax(z):\n    raise ValueError('no')\n")
    ask(student, ["softmax"])
    assert named(explainer, log) is None


def test_a_function_that_changes_its_argument_is_told_from_one_that_does_not(explainer, student_with):
    student, log = student_with("softmax_changes_logits")
    student.softmax(np.array([[1.0, 2.0], [0.0, 5.0]]))
    assert named(explainer, log) == "softmax_changes_logits"


def test_right_answers_have_nothing_to_explain(explainer, student_with):
    student, log = student_with()
    ask(student)
    assert named(explainer, log) is None


def test_values_are_kept_only_up_to_a_bound(monkeypatch, explainer, student_with):
    monkeypatch.setattr("grader.judge.calls.MAX_BYTES", 700)
    student, log = student_with("softmax_over_examples")
    ask(student, ["softmax"])
    assert [call.value is None for call in log] == [False, True]
    assert named(explainer, log) is None


@pytest.mark.parametrize(
    ("call", "kept"),
    [
        (Call("f", (), {}, np.zeros(1000), ""), True),
        (Call("f", (), {}, np.zeros(10**6), ""), False),  # a large value is summed up at many times its cost
        (Call("f", (np.zeros(10**6),), {}, 1.0, ""), True),
        (Call("f", (np.zeros((60_000, 1)), {"m": np.zeros((1, 60_000))}), {}, 1.0, ""), False),  # they spread
        (Call("f", (np.zeros((60_000, 1)), {"m": np.zeros((60_000, 1))}), {}, 1.0, ""), True),
    ],
)
def test_what_a_log_keeps_of_a_call(call, kept):
    log = CallLog()
    log.recorder("t")(call)
    (noted,) = log
    if kept:
        assert noted is call
    else:
        assert (noted.error, noted.arguments, noted.value) == (UNANSWERED, (), None)


def test_a_state_that_is_handed_on_counts_as_argument_too():
    log = CallLog()
    record = log.recorder("t")
    for _ in range(30):
        record(Call("f", ({"m": np.zeros(400_000)},), {}, None, ""))
    held = [call for call in log if call.error is None]
    assert 0 < len(held) < 30
    assert sum(call.arguments[0]["m"].nbytes for call in held) <= MAX_BYTES


def test_a_replay_that_never_ends_is_stopped():
    def endless():
        with bounded(0.05):
            while True:
                pass

    with pytest.raises(TooLong):
        endless()


@pytest.mark.parametrize("size", [1e-2, 1e-4, 1e-6, 1e-8])
def test_outcomes_differ_by_more_than_rounding(student_with, size):
    student, _ = student_with()
    z = np.random.default_rng(0).normal(size=(4, 3))
    right = student.softmax.call(z)
    other, _ = student_with(
        code=f"def softmax(z):\n    e = np.exp(z)\n    return e / e.sum(1)[:, None] + {size}\n"
    )
    rounded, _ = student_with(
        code="def softmax(z):\n    return np.array([np.exp(r) / np.exp(r).sum() for r in z]).tolist()\n"
    )
    assert not same_outcome(right, other.softmax.call(z))
    assert same_outcome(right, rounded.softmax.call(z))
    assert behaviour([right]) == behaviour([rounded.softmax.call(z)])
    if size > 1e-6:
        assert behaviour([right]) != behaviour([other.softmax.call(z)])
