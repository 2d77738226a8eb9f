"""One submission graded on the real trust boundary."""

from __future__ import annotations

import json

import pytest

from grader.encoding import encode_exact, encode_shown
from grader.judge import Submission
from grader.results import SubmissionResult
from tests.notebooks import notebook

FULL = {"q1": 2, "q2": 4, "q3": 5, "q4": 5, "q5": 3, "q6": 5, "q7": 3, "q8": 8, "q9": 0}


def scores(result: SubmissionResult) -> dict[str, float]:
    return {question.id: question.score for question in result.questions}


def statuses(result: SubmissionResult, question: str) -> set[str]:
    return {test.status for q in result.questions if q.id == question for test in q.tests}


def without_seconds(result: SubmissionResult) -> bytes:
    for question in result.questions:
        for test in question.tests:
            test.seconds = 0.0
    return encode_exact(result)


def test_the_reference_scores_full_marks(grade):
    result = grade({})
    assert result.status == "graded"
    assert result.notebook_errors == []
    assert scores(result) == FULL


def test_the_blank_handout_scores_nothing(ps1, ps1_grader):
    result = ps1_grader.grade(Submission("blank", {"ps1.ipynb": notebook(ps1.starter_cells())}))
    assert result.status == "graded"
    assert result.score == 0
    assert all(test.status != "passed" for question in result.questions for test in question.tests)


def test_grading_twice_gives_the_same_bytes(grade):
    assert without_seconds(grade({})) == without_seconds(grade({}))


def test_a_script_is_graded_like_a_notebook(ps1, ps1_grader):
    script = "\n\n".join(ps1.solution_cells()).encode()
    assert scores(ps1_grader.grade(Submission("script", {"ps1.py": script}))) == FULL


def test_a_crash_costs_its_own_question_only(grade):
    result = grade({"predict": "def predict(X, W, b):\n    import ctypes\n    return ctypes.string_at(0)\n"})
    got = scores(result)
    assert got["q7"] < FULL["q7"]
    assert {q: s for q, s in got.items() if q != "q7"} == {q: s for q, s in FULL.items() if q != "q7"}
    assert "crashed" in statuses(result, "q7")


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ("raise ValueError('z is ' + str(z))", "error", "`softmax` raised ValueError at line 2 of the "),
        ("return None", "failed", "is None"),
        ("return 'probabilities'", "failed", ""),
        ("return object()", "failed", ""),
        ("return (p for p in z)", "failed", ""),
        ("import sys; sys.exit(0)", "error", "`softmax` raised SystemExit"),
        ("import os; os._exit(0)", "crashed", "ended the whole process"),
    ],
)
def test_what_a_function_may_do_instead_of_answering(grade, body, status, sentence):
    result = grade({"softmax": f"def softmax(z):\n    {body}\n"})
    assert result.status == "graded"
    assert scores(result)["q2"] == 0
    assert status in statuses(result, "q2")
    hidden = [t for q in result.questions if q.id == "q2" for t in q.tests if t.visibility != "visible"]
    assert any(sentence in test.message for test in hidden)
    assert not any("array(" in test.message or "z is" in test.message for test in hidden), (
        "inputs are not shown"
    )


def test_a_syntax_error_is_remembered_with_its_cell(grade):
    result = grade({"softmax": "def softmax(z):\n    return np.exp(z\n"})
    assert scores(result)["q2"] == 0
    assert scores(result)["q1"] == FULL["q1"]
    first = result.notebook_errors[0]
    assert (first.cell, first.error) == (4, "SyntaxError: '(' was never closed (line 2)")
    assert statuses(result, "q2") == {"missing"}


PATCHES = """
import builtins
class Agreeable(np.ndarray):
    def __eq__(self, other): return True
    def __array_function__(self, function, types, args, kwargs): return True
yes = lambda *args, **kwargs: True
np.allclose = np.array_equal = np.isclose = np.all = np.any = yes
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
np.abs = np.absolute = np.max = np.maximum = lambda *args, **kwargs: 0.0
builtins.abs = builtins.max = builtins.all = lambda *args, **kwargs: 0
"""


def test_patching_numpy_changes_no_score(ps1, ps1_grader):
    wrong = "def accuracy(y_true, y_pred):\n    return np.zeros(1).view(Agreeable)\n"
    cells = [*ps1.starter_cells(), PATCHES, wrong]
    assert ps1_grader.grade(Submission("hostile", {"ps1.ipynb": notebook(cells)})).score == 0
    patched_late = [
        *ps1.solution_cells(),
        "np.testing.assert_allclose = np.allclose = lambda *args, **kw: False",
    ]
    assert scores(ps1_grader.grade(Submission("late", {"ps1.ipynb": notebook(patched_late)}))) == FULL


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/proc/self/environ').read()",
        "open('/proc/1/environ').read()",
        "open(f'/proc/{os.getppid()}/environ').read()",
        "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
        "open(f'/proc/{os.getppid()}/cmdline').read()",
        "os.listdir('/proc')",
        "open(os.path.join(COURSE, 'psets/ps1/suite/test_loss.py')).read()",
        "open(os.path.join(COURSE, 'reference/softmax.py')).read()",
        "os.listdir(COURSE)",
        "os.listdir('/root')",
        "os.kill(os.getppid(), 9)",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "socket.create_connection(('127.0.0.1', 80))",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "open('/tmp/left-behind', 'w')",
        "open('/etc/passwd').read()",
        "__import__('reference.softmax')",
        "__import__('psets')",
    ],
)
def test_reaching_out_of_the_sandbox_fails(ps1, ps1_grader, attempt):
    probe = (
        f"import os, socket\nCOURSE = {str(ps1.course)!r}\n"
        f"def logits(X, W, b):\n    {attempt}\n    raise KeyError('it worked')\n"
    )
    result = ps1_grader.grade(Submission("prober", {"ps1.ipynb": notebook(["import numpy as np", probe])}))
    public = [t for q in result.questions if q.id == "q1" for t in q.tests if t.visibility == "visible"]
    assert public, "a public test shows the student's own exception"
    for test in public:
        assert test.status == "error"
        assert "Error" in test.message
        assert "it worked" not in test.message


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"ps1.ipynb": b""}, "ps1.ipynb is empty; save the notebook"),
        ({"ps1.ipynb": b"{not json"}, "its JSON is broken (line 1)"),
        ({"ps1.ipynb": b"[1, 2]"}, "is not a notebook"),
        ({"ps1.ipynb": b"\xc3\x28"}, "is not UTF-8 text"),
        ({"ps1.ipynb": notebook([])}, "has no code in it"),
        ({"notes.txt": b"hello"}, "neither a notebook (.ipynb) nor a Python file"),
        ({"a.zip": b"PK nothing"}, "the zip file is damaged"),
        ({"a.zip": b"PK\x05\x06" + bytes(18)}, "the zip file is empty"),
        ({"a.ipynb": notebook(["1"]), "b.ipynb": notebook(["1"])}, "rename the one to grade to ps1.ipynb"),
    ],
)
def test_a_submission_that_cannot_be_read_is_rejected_in_one_sentence(ps1_grader, files, sentence):
    result = ps1_grader.grade(Submission("broken", files))
    assert result.status == "rejected"
    assert sentence in result.reason
    assert "\n" not in result.reason
    assert result.score == 0


def test_a_wrong_kernel_name_does_not_matter(ps1, ps1_grader):
    odd = notebook(ps1.solution_cells(), kernelspec={"name": "my-conda-env", "display_name": "R"})
    assert scores(ps1_grader.grade(Submission("odd", {"ps1.ipynb": odd}))) == FULL


def test_notebook_habits_are_harmless(ps1, ps1_grader):
    habits = [
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n%autoreload 2",
        "!pip install otter-grader numpy\n%pip install pandas",
        "import otter\ngrader = otter.Notebook('ps1.ipynb')",
        "%time x = 1\n%timeit -n1 -r1 x + 1",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>bold</b>'))",
        "plt.figure(); plt.plot([1, 2]); plt.show()",
        "grader.check('q1')\ngrader.check_all()\ngrader.export(run_tests=True)",
        "x?",
    ]
    cells = [*habits[:3], *ps1.solution_cells(), *habits[3:]]
    result = ps1_grader.grade(Submission("habits", {"ps1.ipynb": notebook(cells)}))
    assert [error.error for error in result.notebook_errors] == []
    assert scores(result) == FULL


def test_a_cell_s_error_is_data_and_its_words_are_made_of_it(grade):
    result = grade({"softmax": "def softmax(z):\n    return np.exp(z\n"})
    first = result.notebook_errors[0]
    assert (first.cell, first.exception, first.text, first.line) == (
        4,
        "SyntaxError",
        "'(' was never closed",
        2,
    )
    assert json.loads(encode_shown(result))["notebook_errors"][0] == {
        "cell": 4, "error": "SyntaxError: '(' was never closed (line 2)", "exception": "SyntaxError",
        "text": "'(' was never closed", "line": 2,
    }  # fmt: skip
    missing = next(
        test for question in result.questions for test in question.tests if test.status == "missing"
    )
    assert missing.summary == "`softmax` is not defined in your notebook"
    assert missing.cause.says == (
        "`softmax` is not defined, because the 4th code cell stopped: SyntaxError: '(' was never closed (line 2)"
    )


UNKNOWN_GRADIENT = (
    "def cross_entropy_gradient(z, y):\n    g = softmax(z)\n    g[np.arange(len(y)), y] -= 1\n"
    "    g[-1] *= 2\n    return g / len(y)\n"
)
GRADIENTS_WITHOUT_PENALTY = (
    "def regularized_gradients(X, y, W, b, l2):\n    g = cross_entropy_gradient(logits(X, W, b), y)\n"
    "    return X.T @ g, g.sum(axis=0)\n"
)
BIASED_LOSS = "def cross_entropy(z, y):\n    return -np.log(softmax(z)[np.arange(len(y)), y] + 1e-7).mean()\n"


def test_of_an_inherited_failure_no_mistake_of_its_own_question_is_told(grade):
    """Without a penalty, a gradient that lacks the penalty's is right, given the wrong gradient of the loss."""
    result = grade(
        {"cross_entropy_gradient": UNKNOWN_GRADIENT, "regularized_gradients": GRADIENTS_WITHOUT_PENALTY}
    )
    tests = {test.name: test for question in result.questions for test in question.tests}
    without = tests["test_gradients_without_a_penalty"]
    assert (without.inherited, without.explanation) == (["q4"], None)
    assert without.message.startswith("Right, given your answer to q4: mend that first.")
    others = [test for test in tests.values() if test.mistake == "gradients_without_penalty"]
    assert others
    assert not any(test.inherited for test in others)


def test_a_failure_that_comes_through_another_question_names_where_it_begins(grade):
    """``train`` uses the regularized loss, which is right, given the wrong cross-entropy."""
    result = grade({"cross_entropy": BIASED_LOSS})
    inherited = [test for question in result.questions for test in question.tests if test.inherited]
    assert {tuple(test.inherited) for test in inherited} == {("q3",)}
    assert {question.id for question in result.questions if any(t.inherited for t in question.tests)} == {
        "q5",
        "q8",
    }
    assert all(
        test.message.startswith("Right, given your `cross_entropy`: mend that first (q3).")
        for test in inherited
    )
