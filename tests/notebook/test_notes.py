"""What is noted of a notebook: where its questions stand, what broke them, and what can be said of what is missing."""

from __future__ import annotations

import pytest

from grader.notebook import NotebookCell
from grader.notebook.notes import Elsewhere, Place
from tests.notebook.running import run

ASKED = {"q1": ["softmax"], "q2": ["loss", "penalty"]}
SOFTMAX = "import numpy as np\ndef softmax(z):\n    return np.exp(z) / helper(z)"
HELPER = "def helper(z): return np.exp(z).sum()"


@pytest.mark.parametrize(
    ("later", "change"),
    [
        ("del np", "np"),
        ("np = 3", "np"),
        ("del helper", "helper"),
        ("def helper(z): return 1", "helper"),
        ("%reset -f", "helper"),
        ("np.exp = abs", "numpy.exp"),
        ("import numpy\nnumpy.exp = abs", "numpy.exp"),
        ("np.seterr(all='raise')", "what numpy does with errors"),
        ("import os\nos.mkdir('x')\nos.chdir('x')", "the working folder"),
        ("import sys\nsys.setrecursionlimit(100)", "the limit on recursion"),
    ],
)
def test_a_later_cell_that_changes_what_a_function_uses_is_noted(later, change):
    ran = run(SOFTMAX, HELPER, "softmax(1.0)", "grader = None\n# grader.check('q1')", later, asked=ASKED)
    # Without our marks, the question's place is the cell that defines its function, which may await a helper.
    assert ran.notes.places == {"q1": Place(0, 4, change)}


def marked(*later: str):
    check = "import otter\notter.Notebook().check('q1')"
    return run(SOFTMAX, HELPER, check, *later, asked=ASKED)


@pytest.mark.parametrize(
    ("later", "change"),
    [
        ("del np", "np"), ("helper = None", "helper"), ("def softmax(z): return z", "softmax"),
        ("np.exp = abs", "numpy.exp"), ("sum = 3\nexp = 2\ndel helper", "helper"),
    ],
)  # fmt: skip
def test_behind_its_check_a_question_has_its_place(later, change):
    assert marked("x = 1", later).notes.places == {"q1": Place(2, 4, change)}


@pytest.mark.parametrize(
    "later",
    [
        "x = 1",
        "softmax(2.0)",
        "import math\nmath",
        "z = 3\nz = 4",
        "import numpy.testing",
        "np.random.seed(1)",
    ],
)
def test_what_its_functions_do_not_use_is_nothing(later):
    assert marked(later).notes.places == {}


def test_the_handout_s_own_cell_below_an_answer_is_no_answer():
    stub = "def softmax(z):\n    ..."
    ran = run(SOFTMAX, HELPER, stub, "grader = None\ngrader.check('q1')", asked=ASKED)
    assert ran.notes.places == {"q1": Place(0, 2, "softmax")}
    assert run(stub, SOFTMAX, HELPER, asked=ASKED).notes.places == {}


def test_a_seed_counts_only_for_what_draws():
    draws = "import numpy as np\ndef softmax(z):\n    return z + np.random.normal()"
    ran = run(draws, "otter = None", "np.random.seed(3)", asked=ASKED)
    assert ran.notes.places == {"q1": Place(0, 2, "the seed")}


def test_a_builtin_that_a_later_cell_hides():
    ran = run("def softmax(z):\n    return sum(z)", "sum = 3", asked=ASKED)
    assert ran.notes.places == {"q1": Place(0, 1, "sum")}


def test_names_used_through_classes_wrappers_and_closures():
    cell = (
        "import functools\nscale = 2\nshift = 1\nbase = 3\n"
        "class Model:\n    def forward(self): return scale\n"
        "def wrapped(f):\n    @functools.wraps(f)\n    def inner(*a): return f(*a)\n    return inner\n"
        "@wrapped\ndef loss(): return Model().forward()\n"
        "penalty = functools.partial(lambda b: shift + b, 2)"
    )
    for name in ("scale", "shift"):
        assert run(cell, f"{name} = 0", asked=ASKED).notes.places == {"q2": Place(0, 1, name)}
    assert run(cell, "base = 0", asked=ASKED).notes.places == {}


def test_names_that_went():
    ran = run("np = 1\nx = 2", "del np", "del x\nx = 3", asked=ASKED)
    assert ran.notes.gone == {"np": 1}


@pytest.mark.parametrize(
    "name", ["soft_max", "Softmax", "softmx", "softmax1", "my_softmax", "compute_row_softmax_fast", "soft"]
)
def test_a_function_by_nearly_its_name(name):
    assert run(f"def {name}(z): return z", asked=ASKED).notes.near["softmax"] == name


def test_functions_that_are_nothing_like_it_are_not_offered():
    assert run("def accuracy(z): return z\nclass Model: pass", asked=ASKED).notes.near == {}


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("text", ["def softmax(z):\n    return z", "```python\nsoftmax = lambda z: z\n```"])
def test_a_function_in_a_cell_that_is_no_code(kind, text):
    ran = run("x = 1", NotebookCell(kind, text), "y = 2", asked=ASKED)
    assert ran.notes.elsewhere == {"softmax": Elsewhere(kind, 1)}


def test_a_function_in_a_cell_that_is_not_to_be_run():
    ran = run(NotebookCell("code", "def softmax(z): return z", skipped=True), asked=ASKED)
    assert ran.notes.elsewhere == {"softmax": Elsewhere("skipped", 1)}
    assert ran.stops == {}


@pytest.mark.parametrize("body", ["...", '"""The docstring."""\n    ...', "weights = ...\n    return ..."])
def test_a_function_as_it_was_handed_out(body):
    assert run(f"def softmax(z):\n    {body}", asked=ASKED).notes.unanswered == ["softmax"]
    assert run("softmax = ...", asked=ASKED).notes.unanswered == ["softmax"]


@pytest.mark.parametrize(
    "body",
    ["return None", "pass", "return z[..., 0]", "raise NotImplementedError", "z = ...\n    return z + 1"],
)
def test_a_function_that_somebody_wrote(body):
    assert run(f"def softmax(z):\n    {body}", asked=ASKED).notes.unanswered == []


@pytest.mark.parametrize(
    ("later", "place"),
    [
        ("for slope in range(3):\n    pass", Place(0, 1, "slope")),
        ("with open('x', 'w') as slope:\n    pass", Place(0, 1, "slope")),
        ("del slope", Place(0, 1, "slope")),
        ("slope = 4.0", None),  # the answer, mended
        ("for i in range(3):\n    slope = i", None),
    ],
)
def test_a_loop_over_the_name_of_an_answer_is_no_new_answer(later, place):
    ran = run("slope = 3.0", later, asked={"q1": ["slope"]})
    assert ran.notes.places == ({"q1": place} if place else {})
