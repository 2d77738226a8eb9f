"""Optimizers whose state is laid out as the student likes: mistakes named, and conventions told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from grader.judge import Judge, Submission
from grader.judge.calls import CallLog
from grader.judge.explain import Explainer
from grader.pset import ProblemSet, load_problem_set
from grader.pset.edits import Edit
from grader.pset.namespace import SolutionCode
from grader.results import SubmissionResult, TestResult
from grader.validate.bench import Bench
from tests.notebooks import notebook, submission_cells

Graded = Callable[[dict[str, str]], SubmissionResult]


@pytest.fixture(scope="module")
def ps3() -> ProblemSet:
    return load_problem_set("psets/ps3")


@pytest.fixture(scope="module")
def graded(ps3: ProblemSet) -> Iterator[Graded]:
    with Judge(ps3) as grader:

        def grade(changed: dict[str, str]) -> SubmissionResult:
            cells = submission_cells(ps3, changed)
            return grader.grade(Submission("someone", {"ps3.ipynb": notebook(cells)}))

        yield grade


@pytest.fixture(scope="module")
def sources(ps3: ProblemSet) -> dict[str, str]:
    return {one.name: one.source for one in [*ps3.mistakes(), *ps3.alternatives()]}


def results_of(result: SubmissionResult, question: str) -> list[TestResult]:
    return next(q.tests for q in result.questions if q.id == question)


def named(result: SubmissionResult) -> set[str | None]:
    return {t.mistake for q in result.questions for t in q.tests if t.status != "passed"}


MOMENTUM = """
def momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state["memory"][0] if state else np.zeros(w.shape)
    new = {velocity}
    return w + new, {{"memory": [{kept}], "calls": state.get("calls", 0) + 1}}
"""


@pytest.mark.parametrize(
    ("velocity", "kept", "mistake"),
    [
        ("mu * old + learning_rate * dw", "new", "momentum_uphill"),
        ("0.9 * old - learning_rate * dw", "new", "momentum_fixed_mu"),
        ("mu * old - learning_rate * (1 - mu) * dw", "new", "momentum_as_average"),
        # Nobody has named it.
        ("mu * old - 1.001 * learning_rate * dw", "new", None),
        # That it was never kept or never read would look the same, and is the same mistake.
        ("mu * old - learning_rate * dw", "0 * new", "momentum_not_saved"),
    ],
)
def test_a_mistake_is_named_whatever_the_states_layout(
    graded: Graded, velocity: str, kept: str, mistake: str | None
):
    source = MOMENTUM.format(velocity=velocity, kept=kept)
    assert named(graded({"momentum": source})) == {mistake}


def test_nothing_is_said_where_only_the_state_could_tell(graded: Graded, sources: dict[str, str]):
    # No step at all: many ways lead there, one of them a known mistake.
    head = sources["adadelta_uphill"].split("\n")[0]
    body = "return w, {'squares': dw**2}"
    assert named(graded({"adadelta": f"{head}\n    {body}\n"})) == {None}


@pytest.mark.parametrize(
    ("function", "body", "mistake"),
    [
        # The sum is kept and not read.
        (
            "adagrad",
            "return w - learning_rate * dw / (np.abs(dw) + epsilon), {'squares': dw**2}",
            "adagrad_not_saved",
        ),
        # The state has an average, which is never brought up to date.
        (
            "rmsprop",
            "mean = decay * state.get('mean', 0.0) + (1 - decay) * dw**2; "
            "return w - learning_rate * dw / (np.sqrt(mean) + epsilon), {'mean': np.zeros(w.shape)}",
            "rmsprop_not_saved",
        ),
        # The average of steps is never kept.
        (
            "adadelta",
            "cache = rho * state.get('cache', 0.0) + (1 - rho) * dw**2; "
            "return w - learning_rate * np.sqrt(epsilon / (cache + epsilon)) * dw, {'cache': cache, 'D': 0.0}",
            "adadelta_steps_not_saved",
        ),
    ],
)
def test_a_mistake_that_covers_every_way_of_forgetting_is_named(
    graded: Graded, sources: dict[str, str], function: str, body: str, mistake: str
):
    head = sources[f"{function}_uphill"].split("\n")[0]
    assert named(graded({function: f"{head}\n    {body}\n"})) == {mistake}


@pytest.mark.parametrize(
    ("function", "edits", "mistake"),
    [
        ("rmsprop", {"1 - decay": "learning_rate"}, "rmsprop_rate_as_weight"),
        ("adam", {"m / (1 - beta1 ** t)": "m", "v / (1 - beta2 ** t)": "v"}, "adam_uncorrected"),
    ],
)
def test_a_mistake_on_top_of_an_accepted_convention_is_named(
    ps3: ProblemSet, graded: Graded, function: str, edits: dict[str, str], mistake: str
):
    inside = next(one for one in ps3.alternatives() if one.name == f"{function}_constant_inside_the_root")
    form = inside.forms(inside.solution)[0].edited([Edit(old, new) for old, new in edits.items()])
    source = re.sub(r"'(\w)\w*'", r"'kept_\1'", form.source)
    assert named(graded({function: source})) == {mistake}


def test_the_calls_that_show_it_are_those_whose_visible_results_differ(graded: Graded):
    source = MOMENTUM.format(velocity="0.9 * old - learning_rate * dw", kept="new")
    result = graded({"momentum": source})
    messages = [test.message for q in result.questions for test in q.tests if test.status != "passed"]
    assert any("of the" in message.splitlines()[1] for message in messages)


# Memories kept elsewhere ---------------------------------------------------------------------------------------

TABLE = """
TABLE = {{}}

def recalled(w, state):
    return {recalled}

def stored(w, state, *memory):
    t = state.get("t", 0) + 1
    {stored}
    return w, {kept}
"""
OPTIMIZERS = {
    "momentum": """
def momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * recalled(w, state)[0] - learning_rate * dw
    return stored(w + v, state, v, 0.0)
""",
    "nesterov": """
def nesterov(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * recalled(w, state)[0] - learning_rate * dw
    return stored(w + mu * v - learning_rate * dw, state, v, 0.0)
""",
    "adagrad": """
def adagrad(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = recalled(w, state)[0] + dw**2
    return stored(w - learning_rate * dw / (np.sqrt(total) + epsilon), state, total, 0.0)
""",
    "adadelta": """
def adadelta(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    G, D = recalled(w, state)
    G = rho * G + (1 - rho) * dw**2
    step = -np.sqrt(D + epsilon) / np.sqrt(G + epsilon) * dw
    return stored(w + learning_rate * step, state, G, rho * D + (1 - rho) * step**2)
""",
}
QUESTIONS = {
    "momentum": "q3",
    "nesterov": "q4",
    "adagrad": "q5",
    "rmsprop": "q6",
    "adadelta": "q7",
    "adam": "q8",
}


def hidden_points(result: SubmissionResult, functions: Iterable[str]) -> dict[str, float]:
    return {
        name: float(sum(t.score for t in results_of(result, QUESTIONS[name]) if t.visibility != "visible"))
        for name in functions
    }


def optimizers_with(table: str) -> dict[str, str]:
    """Each with a table of its own."""
    return {
        name: re.sub(r"\b(TABLE|recalled|stored)\b", rf"\1_{name}", table + source)
        for name, source in OPTIMIZERS.items()
    }


@pytest.mark.parametrize(
    ("recalled", "stored", "kept"),
    [
        # By w alone.
        ("TABLE.get(np.asarray(w, float).tobytes(), (0.0, 0.0))", "TABLE[w.tobytes()] = memory", "{}"),
        # By w and the number of the step, and a start is known by the empty state.
        (
            "TABLE[state['t'], w.tobytes()] if state else (0.0, 0.0)",
            "TABLE[t, w.tobytes()] = memory",
            "{'t': t}",
        ),
        # The same, and the first run to come to a place keeps it.
        (
            "TABLE[state['t'], w.tobytes()] if state else (0.0, 0.0)",
            "TABLE.setdefault((t, w.tobytes()), memory)",
            "{'t': t}",
        ),
        # One memory for all runs, cleared by each that starts.
        ("TABLE['all'] if state else (0.0, 0.0)", "TABLE['all'] = memory", "{'t': t}"),
    ],
    ids=["by w", "by w and step", "the first kept", "one for all"],
)
def test_a_memory_outside_the_state_earns_nothing_hidden(
    graded: Graded, recalled: str, stored: str, kept: str
):
    result = graded(optimizers_with(TABLE.format(recalled=recalled, stored=stored, kept=kept)))
    assert hidden_points(result, OPTIMIZERS) == dict.fromkeys(OPTIMIZERS, 0)


def test_the_same_memory_within_the_state_earns_all(graded: Graded):
    table = TABLE.format(
        recalled="state.get('memory', (0.0, 0.0))", stored="pass", kept="{'t': t, 'memory': memory}"
    )
    result = graded(optimizers_with(table))
    assert {test.status for name in OPTIMIZERS for test in results_of(result, QUESTIONS[name])} == {"passed"}


# Conventions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "question"), [("adagrad", "q5"), ("rmsprop", "q6"), ("adam", "q8")])
def test_the_accepted_convention_is_told_once(
    graded: Graded, sources: dict[str, str], function: str, question: str
):
    result = graded({function: sources[f"{function}_constant_inside_the_root"].replace('"', "'")})
    assert named(result) == set()
    told = {t.name: t.message for q in result.questions for t in q.tests if t.message}
    first = results_of(result, question)[0]
    assert list(told) == [first.name]
    assert told[first.name].startswith("You use the small constant inside the root")


def test_the_convention_is_told_whatever_the_states_layout(graded: Graded):
    source = """
def adagrad(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    squares = [*state.get("squares", []), dw * dw]
    return w - learning_rate * dw * (sum(squares) + epsilon) ** -0.5, {"squares": squares}
"""
    first = results_of(graded({"adagrad": source}), "q5")[0]
    assert (first.status, first.message[:12]) == ("passed", "You use the ")


def test_who_follows_the_handout_is_told_nothing(graded: Graded, sources: dict[str, str]):
    for name in ("adam_by_products_of_betas", "adagrad_that_keeps_the_root", "rmsprop_by_difference"):
        result = graded({name.split("_")[0]: sources[name]})
        assert named(result) == set()
        assert not any(test.message for question in result.questions for test in question.tests)


def test_the_reference_follows_no_convention_of_its_own(ps3: ProblemSet):
    bench, log = Bench(ps3), CallLog()
    try:
        bench.run(SolutionCode(ps3).namespace(), 1, log=log)
    finally:
        bench.close()
    assert Explainer(ps3).conventions(log) == {}


@pytest.mark.parametrize(
    "inside",
    ["np.size(w) % 2 == 1", "np.ndim(w) > 1", "epsilon == 1e-8", "state", "w.dtype == int"],
)
def test_two_conventions_in_one_function_earn_nothing_hidden(
    graded: Graded, sources: dict[str, str], inside: str
):
    mixed = {}
    for name in ("adagrad", "rmsprop", "adam"):
        source = sources[f"{name}_constant_inside_the_root"]
        root = re.search(r"np\.sqrt\((\w+) \+ epsilon\)", source)
        assert root
        mixed[name] = source.replace(root[0], f"({root[0]} if {inside} else (np.sqrt({root[1]}) + epsilon))")
    assert hidden_points(graded(mixed), mixed) == dict.fromkeys(mixed, 0)
