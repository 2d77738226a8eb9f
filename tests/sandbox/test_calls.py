"""Calls of a submission's functions, with everything that may come of them."""

import time

import numpy as np
import pytest

from grader.errors import CourseError, StudentCrashed, StudentError, StudentMissing, StudentTimeout
from grader.sandbox.outside import exchange
from grader.sandbox.outside.handle import Handle
from grader.sandbox.outside.loading import MESSAGE_SECONDS

from .conftest import SEND, call


def test_calls_values_and_what_was_changed(run):
    session = run("import numpy as np\ndef f(x, *, k=1):\n    x[0] = 9\n    return [x * k, (1.5, 'a')]")
    done = call(session, "f", np.zeros(2), k=2)
    assert np.array_equal(done.value[0], [18.0, 0.0])
    assert done.value[1] == (1.5, "a")
    assert (done.type_name, done.changed) == ("list", ("0",))


def test_calls_without_arguments_can_be_sent_together_too(run):
    session = run("def f(): return 7")
    assert [done.value for done in session.calls("f", [((), {})] * 3)] == [7, 7, 7]


def test_a_missing_name_and_why_it_is_missing(run):
    session = run("1/0\ndef f(): pass")
    with pytest.raises(StudentMissing) as caught:
        call(session, "f")
    assert "the 1st code cell stopped" in str(caught.value)


@pytest.mark.parametrize("value", ["3", "None", "[abs]", "'f'"])
def test_a_value_where_a_function_was_asked_for(run, value):
    session = run(f"f = {value}")
    with pytest.raises(StudentMissing, match="`f` is a value, but a function was asked for: write `def f"):
        call(session, "f", 1)


def test_an_exception_is_named_with_its_line_and_its_text_is_kept_for_the_public(run):
    session = run("def f(x):\n    raise ValueError('secret 1.5')")
    with pytest.raises(StudentError) as caught:
        call(session, "f", 1)
    assert caught.value.summary == "`f` raised ValueError at line 2 of the 1st code cell"
    assert "secret 1.5" not in caught.value.message(public=False)
    assert "secret 1.5" in caught.value.message(public=True)


def test_files_are_told_from_the_notebook_and_no_path_of_this_machine(run):
    session = run(
        "from numpy import nothing",
        "import os\nopen(os.path.abspath('data/none.csv'))",
        "open('helper.py', 'w').write('x = = 1')\nimport helper",
        "def f():\n    raise ValueError(os.getcwd() + '/data.csv')",
    )
    assert session.report.errors == {
        0: "ImportError: cannot import name 'nothing' from 'numpy' (numpy/__init__.py) (line 1); "
        "only that line was skipped",
        1: "FileNotFoundError: [Errno 2] No such file or directory: 'data/none.csv' (line 2); "
        "only that line was skipped",
        2: "SyntaxError: invalid syntax (helper.py, line 1) (line 2)",
    }
    with pytest.raises(StudentError) as caught:
        call(session, "f")
    assert caught.value.detail == "ValueError: data.csv"


def test_no_wording_of_the_students_reaches_a_summary(run):
    session = run(
        "class E(Exception): pass\nE.__name__ = 'leak 0.123'\n"
        "def f(x): raise E\n"
        "class T: pass\nT.__name__ = T.__qualname__ = 'leak'\n"
        "def g(x): return T()\n"
    )
    with pytest.raises(StudentError) as caught:
        call(session, "f", 1)
    assert "leak" not in caught.value.summary
    done = call(session, "g", 1)
    assert "leak" not in done.type_name + repr(done.value)
    with pytest.raises(StudentError) as caught:
        call(session, done.value)
    assert "leak" not in caught.value.summary


def test_a_call_that_hangs_or_dies_costs_only_itself(run):
    session = run(
        "import os\nn = 5\ndef hang():\n    while True: pass\ndef die(): os._exit(0)\ndef f(): return n"
    )
    for name, fault in (("hang", StudentTimeout), ("die", StudentCrashed)):
        with pytest.raises(fault):
            call(session, name)
        assert call(session, "f").value == 5


def test_handles_call_back_functions_and_generators(run):
    session = run(
        "class Adam:\n    def __init__(self, lr): self.lr = lr\n    def step(self, w): return w - self.lr\n"
        "    def __add__(self, other): return Adam(self.lr + other)\n"
        "def slope(f, x, h=0.5): return (f(x + h) - f(x - h)) / (2 * h)\n"
        "def draw(rng): return rng.normal(size=3)\n"
    )
    adam = call(session, "Adam", 0.5).value
    assert isinstance(adam, Handle)
    assert (adam.lr, adam.step(2.0), (adam + 1).lr) == (0.5, 1.5, 1.5)
    assert call(session, "slope", lambda x: x**2, 3.0).value == 6.0
    rng = np.random.default_rng(5)
    assert np.array_equal(call(session, "draw", np.random.default_rng(5)).value, rng.normal(size=3))


def test_an_object_in_place_of_a_number_does_no_arithmetic_and_is_no_sequence(run):
    session = run(
        "class Zero:\n    def __sub__(self, o): return 0.0\n"
        "    __rsub__ = __getitem__ = __sub__\ndef f(): return Zero()"
    )
    got = call(session, "f").value
    for operate in (lambda: got - 3.0, lambda: 3.0 - got, lambda: np.ones(2) - got, lambda: got[0]):
        with pytest.raises(StudentError, match="an object, but a number"):
            operate()
    for iterate in (lambda: list(got), lambda: 3 in got, lambda: tuple(got)):
        with pytest.raises(StudentError, match="an object, but a number"):
            iterate()


def test_a_function_of_ours_that_raises_says_no_more_than_its_kind(run):
    session = run("def f(g):\n    try: return g(1)\n    except Exception as error: return str(error)")

    def ours(x):
        raise KeyError("the expected value")

    said = call(session, "f", ours).value
    assert "KeyError" in said
    assert "expected" not in said


def test_call_backs_without_end_stop_at_the_calls_clock(run):
    session = run("def f(g):\n    while True: g(1.0)")
    started = time.monotonic()
    with pytest.raises(StudentTimeout):
        call(session, "f", lambda x: x)
    assert time.monotonic() - started < 8


def test_answers_to_call_backs_that_nobody_reads_stop_at_the_calls_clock(run):
    session = run(
        SEND
        + """
from grader.sandbox.crossing.messages import CallBack
def f(g):
    while True:
        send(CallBack(function=0, positional=[1], keywords=[2]))
"""
    )
    answered = []

    def ours():
        answered.append(1)
        return np.ones(100_000)

    started = time.monotonic()
    with pytest.raises(StudentTimeout):
        call(session, "f", ours)
    assert time.monotonic() - started < MESSAGE_SECONDS / 2
    assert answered


def test_call_backs_with_bodies_of_megabytes_are_refused(run):
    session = run("import numpy as np\ndef f(g): return g(np.zeros(10**6))")
    calls = []
    with pytest.raises(StudentError):
        call(session, "f", calls.append)
    assert calls == []


CALLER = "def use(f, code):\n    return f(eval(code))\n"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("3", 3), ("2.5", 2.5), ("1j", 1j), ("True", True), ("-2**63", -(2**63)),
        ("__import__('numpy').float32(2)", 2.0),
        ("[1, 2.5]", np.array([1, 2.5])), ("((1, 2), (3, 4))", np.array([[1, 2], [3, 4]])),
    ],
)  # fmt: skip
def test_call_backs_take_numbers_arrays_and_lists_of_numbers(run, code, given):
    seen = []

    def ours(x):
        seen.append(x)
        return 0.0

    call(run(CALLER), "use", ours, code)
    np.testing.assert_array_equal(seen[0], given)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("'text'", "takes numbers"), ("None", "takes numbers"), ("2**63", "takes numbers"),
        ("['x', 1]", "takes numbers"), ("object()", "takes numbers"), ("[1, 2**70]", "takes numbers"),
        ("{'a': 'text'}", "takes numbers"), ("{1: 2}", "takes numbers"), ("{'a' * 200: 1}", "takes numbers"),
        ("[1] * 5000", "far more"), ("__import__('numpy').ones(5000, 'u1')", "far more"),
        ("[60, [0] * 5000]", "far more"), ("[[[]] * 3000, 1]", "far more"),
        ("{str(i): 1 for i in range(600)}", "far more"),
    ],
)  # fmt: skip
def test_call_backs_with_anything_else_never_reach_the_function(run, code, says):
    session = run(CALLER)
    with pytest.raises(StudentError) as caught:
        call(session, "use", lambda x: 1 / 0, code)
    assert caught.value.raised.name == "ValueError"
    assert says in caught.value.detail
    assert call(session, "use", lambda x: x + 1, "1").value == 2


MODELS = [
    {"slope": 2.0, "offset": np.array([1.0, 3.0])},
    (np.ones((2, 3)), np.zeros(3)),
    {"layers": [{"W": np.ones((2, 2)), "b": 0.5}, {"W": np.ones(3), "b": 1}], "steps": 7},
]


@pytest.mark.parametrize("model", MODELS, ids=["a dictionary", "weights and biases", "layers"])
@pytest.mark.parametrize("way", ["error(fit())", "error(model=fit())", "[error(m) for m in [fit()]][0]"])
def test_what_one_function_of_ours_returns_another_takes(run, model, way):
    seen = []

    def error(model):
        seen.append(model)
        return 1.5

    session = run(f"def use(fit, error):\n    return {way}")
    assert call(session, "use", lambda: model, error).value == 1.5
    np.testing.assert_equal(seen[0], model)


def test_several_things_cannot_be_repeated_without_end(run):
    session = run("def use(f):\n    return f((1, (2, 3)), 10**9)")
    with pytest.raises(StudentError) as caught:
        call(session, "use", lambda parts, count: len(parts * count) + len(count * parts))
    assert "TypeError" in caught.value.detail


def test_call_backs_may_bring_some_times_what_was_passed_in(run):
    session = run("import numpy as np\ndef twice(f, x):\n    return f(np.concatenate([x, x]))")
    assert call(session, "twice", np.sum, np.ones(50_000)).value == 100_000


def test_answers_that_a_test_holds_are_counted_together(run):
    session = run("import numpy as np\ndef large(n):\n    return np.ones((n, 1_000_000), bool)")
    for _ in range(8):
        assert call(session, "large", 60).value.all()  # nobody holds it
    held = [call(session, "large", 60).value for _ in range(3)]
    with pytest.raises(StudentError, match="cannot be read") as caught:
        call(session, "large", 60)
    assert "too much memory" in caught.value.detail
    part = held[0][:1]
    del held
    assert call(session, "large", 60).value.all()
    assert part.all()


@pytest.mark.parametrize(
    "made",
    [
        "pd.Series(np.ones(400_000))",
        "pd.DataFrame({'a': np.ones(400_000)})",
        "sp.coo_array((np.ones(300_000), (np.arange(300_000), np.arange(300_000))), shape=(300_000, 300_000))",
        "np.full(15_000, 'x' * 200)",
    ],
    ids=["series", "table", "sparse", "texts"],
)
def test_what_is_made_of_an_answer_is_counted_for_as_long_as_it_is_held(run, monkeypatch, made):
    monkeypatch.setattr(exchange, "HELD_BYTES", 24 << 20)
    session = run(f"import numpy as np, pandas as pd, scipy.sparse as sp\ndef large():\n    return {made}")
    for _ in range(8):
        assert call(session, "large").value is not None  # nobody holds it
    held = [call(session, "large").value for _ in range(2)]
    with pytest.raises(StudentError, match="cannot be read") as caught:
        call(session, "large")
    assert "too much memory" in caught.value.detail
    held.clear()
    assert call(session, "large").value is not None


@pytest.mark.parametrize(
    "state",
    [
        "[0.5] * 199_990",
        "'x' * ((2 << 20) - 100)",
        "np.ones((64 << 20) - 64, np.uint8)",
        "[np.ones(1)] * 49_999",
    ],
    ids=["items", "text", "bytes", "arrays"],
)
def test_what_an_answer_may_hold_a_test_may_hand_on_with_arguments_of_its_own(run, state):
    session = run(
        f"import numpy as np\ndef first(): return {state}\ndef second(w, state, dw): return len(state)"
    )
    given = call(session, "first").value
    assert call(session, "second", np.ones(10_000), given, [1.0] * 5_000).value == len(given)


def test_an_exception_of_ours_in_a_call_back_leaves_nothing_out_of_step(run):
    session = run("def f(g): return g(1)\ndef h(): return 7")

    def ours(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(session, "f", ours)
    assert call(session, "h").value == 7


def test_an_argument_that_cannot_be_passed_is_the_courses_fault(run):
    session = run("def f(x): return x")
    with pytest.raises(CourseError):
        call(session, "f", {1, 2})


def test_a_call_is_not_quicker_than_the_worker_saw_it(run):
    session = run(
        SEND + "import time\ndef f():\n    time.sleep(.3)\n"
        "    send(['outcomes', [], [[1.0, 'float', ['x', '7'], float('nan'), None]]])"
    )
    done = call(session, "f")
    assert done.seconds > 0.2
    assert done.changed == ()


def test_fewer_more_and_stranger_outcomes_than_calls(run):
    session = run(SEND + "def f(kind):\n    send(['outcomes', [], [[1.0]] * kind])\n    return 1")
    with pytest.raises(StudentError):
        session.calls("f", [((0,), {})])
    assert session.calls("f", [((5,), {})])[0].value == 1.0
