"""`gradmark check` on a built notebook, in a process of its own, with the limits and the words of grading."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.build import build
from grader.errors import GradmarkError, SubmissionRejected
from grader.local import check_notebook
from grader.local.files import test_title as title
from grader.pset import load_problem_set
from grader.wording import title_of
from tests.pset.tiny import write_tiny_course

STARTER = 'def mean(x):\n    """The mean of x (N,)."""\n    ...'
RIGHT = "def mean(x):\n    return x.mean()"
WRONG = "def mean(x):\n    return (x[0] + x[-1]) / 2"


@pytest.fixture(scope="module")
def student(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("built")
    build(load_problem_set(write_tiny_course(tmp_path_factory.mktemp("course"))), out)
    return out / "student"


def answered(
    student: Path, answer: str, name: str = "mine.ipynb", first: Sequence[str] = (), last: Sequence[str] = ()
) -> Path:
    """The notebook with an answer, and with further code cells before and after everything else."""
    notebook = json.loads((student / "tiny.ipynb").read_text())
    for cell in notebook["cells"]:
        if "".join(cell["source"]) == STARTER:
            cell["source"] = answer
    blank = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    before, after = ([blank | {"source": source} for source in some] for some in (first, last))
    notebook["cells"] = [*before, *notebook["cells"], *after]
    (student / name).write_text(json.dumps(notebook))
    return student / name


def test_a_right_answer_passes(student):
    report = check_notebook(answered(student, RIGHT))
    assert report.passed
    assert report.errors == []
    assert [(q.question, len(q.tests)) for q in report.questions] == [("q1", 3)]


def test_a_test_without_a_docstring_has_the_title_of_its_graded_page():
    def test_mean_of_zeros(env): ...

    assert title(test_mean_of_zeros) == title_of("test_mean_of_zeros", None) == "Mean of zeros"


def test_a_wrong_answer_fails_with_the_tests_own_message(student):
    report = check_notebook(answered(student, WRONG), "q1")
    assert not report.passed
    assert [t.passed for t in report.questions[0].tests] == [False, True, True]
    first = report.questions[0].tests[0]
    assert first.title == "The mean of 1, 2 and 6 is 3"
    assert first.message == "mean: wrong value\nexpected 3.0, got 3.5"


@pytest.mark.parametrize("bad", ["1/0", "raise SystemExit(3)", "this is not python"])
def test_a_cell_that_stops_is_named_and_the_rest_runs(student, bad):
    report = check_notebook(answered(student, RIGHT, first=[bad]))
    assert report.passed
    assert [e.cell for e in report.errors] == [1]


def test_otters_calls_and_magics_are_harmless(student):
    extra = "%config Completer.use_jedi = False\nimport otter\notter.Notebook().check('q1')"
    report = check_notebook(answered(student, RIGHT, first=[extra]))
    assert report.passed
    assert report.errors == []


def test_the_surroundings_are_put_back(student):
    before = Path.cwd(), os.environ.get("MPLBACKEND"), list(sys.path), sys.modules["__main__"]
    check_notebook(answered(student, RIGHT))
    assert before == (Path.cwd(), os.environ.get("MPLBACKEND"), sys.path, sys.modules["__main__"])
    assert "Notebook" not in vars(sys.modules.get("otter", object)) or hasattr(
        sys.modules["otter"], "__file__"
    )


def test_bad_input_is_one_sentence(student, tmp_path):
    with pytest.raises(SubmissionRejected, match=r"does not exist; give the path of your notebook"):
        check_notebook(tmp_path / "none.ipynb")
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(SubmissionRejected, match=r"broken.ipynb is not a notebook: its JSON is broken"):
        check_notebook(tmp_path / "broken.ipynb")
    (tmp_path / "alone.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "1"}]}')
    with pytest.raises(GradmarkError, match=r"no tests/ folder beside .*alone.ipynb"):
        check_notebook(tmp_path / "alone.ipynb")
    with pytest.raises(GradmarkError, match="question 'q9' has no public tests; choose one of q1"):
        check_notebook(answered(student, RIGHT), "q9")


def test_nothing_of_the_staffs_is_needed(student):
    """The command itself on a machine that has none of the staff's packages."""
    notebook = answered(student, RIGHT, "lonely.ipynb")
    done = alone(
        ["otter", "msgspec", "yaml", "nbformat", "jupytext", "pytest", "rich"], "check", str(notebook)
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "q1  passed  3 of 3\n"


def test_without_ipython_it_says_what_to_install(student):
    notebook = answered(student, RIGHT, "lonely.ipynb")
    done = alone(["IPython"], "check", str(notebook))
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        "running a notebook needs IPython, which is not installed here; pip install ipython"
    )
    assert "Traceback" not in done.stderr


def alone(absent: list[str], *command: str) -> subprocess.CompletedProcess[str]:
    """The command where some packages are not there, in this process and in those that it starts."""
    program = (
        "import sys\n"
        f"absent = {absent!r}\n"
        "sys.modules.update(dict.fromkeys(absent))\n"
        "import subprocess\n"
        "start = subprocess.Popen.__init__\n"
        "def without(self, command, *args, **kwargs):\n"
        "    code = f'import sys; sys.modules.update(dict.fromkeys({absent!r})); '\n"
        "    code += f'from {command[2]} import main; main()'\n"
        "    start(self, [command[0], '-c', code], *args, **kwargs)\n"
        "subprocess.Popen.__init__ = without\n"
        "from grader.cli import main\n"
        f"main({list(command)!r})"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


# Limits ---------------------------------------------------------------------------------------------------------


def limited(student: Path, **limits: float) -> None:
    file = student / "tests" / "gradmark.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | limits))


@pytest.fixture
def quick(student, tmp_path) -> Path:
    """The student's folder with limits that a test can wait for."""
    copy = tmp_path / "student"
    shutil.copytree(student, copy)
    # A busy machine must not use up the time for everything.
    limited(copy, cell_seconds=1, call_seconds=1, submission_seconds=60)
    return copy


DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n        "


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("while True: pass", "`mean` took longer than 1 second"),
        ("import time; time.sleep(60)", "`mean` took longer than 1 second"),
        (f"{DEAF}while True: pass", "`mean` took longer than 1 second"),
        ("import os; os._exit(3)", "`mean` ended the whole process"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "`mean` crashed the whole process (SIGSEGV)"),
    ],
)  # fmt: skip
def test_a_call_that_does_not_come_back_costs_itself_alone(quick, body, message):
    report = check_notebook(
        answered(quick, f"def mean(x):\n    if len(x) == 3:\n        {body}\n    return x.mean()")
    )
    (question,) = report.questions
    assert [test.passed for test in question.tests].count(False) >= 1
    messages = [test.message for test in question.tests if not test.passed]
    assert messages[0] == message
    again = "`mean` is not called again, because it took too long or crashed more than once"
    assert set(messages[1:]) <= {message, again}


def test_a_cell_that_takes_too_long_is_stopped_and_the_rest_runs(quick):
    for endless in ("while True: pass", "import time; time.sleep(60)"):
        report = check_notebook(answered(quick, RIGHT, first=[endless]))
        assert report.passed
        assert [error.error for error in report.errors] == ["it was stopped after 1 second"]
    report = check_notebook(answered(quick, RIGHT, first=[f"{DEAF.strip()}\nwhile True: pass"]))
    assert report.passed
    assert "did not stop when asked to" in report.errors[0].error


@pytest.mark.parametrize("broken", [["1/0", "import os; os._exit(3)"], ["import os; os._exit(3)", "1/0"]])
def test_a_cell_that_ends_the_process_and_one_with_an_error_are_both_told(quick, broken):
    report = check_notebook(answered(quick, RIGHT, last=broken))
    assert report.passed
    told = ["ZeroDivisionError: division by zero (line 1)", "it ended the whole process"]
    assert [error.error for error in report.errors] == (told if broken[0] == "1/0" else told[::-1])


@pytest.mark.parametrize("start_seconds", [0, 5])
def test_when_the_time_for_all_cells_is_over_what_is_defined_is_judged(
    quick, tmp_path, monkeypatch, start_seconds
):
    limited(quick, submission_seconds=16)
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(f"import time\ntime.sleep({start_seconds})\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "slow"))
    report = check_notebook(answered(quick, RIGHT, last=["import time\ntime.sleep(0.9)"] * 30))
    assert report.passed
    assert "your whole submission reached its time limit of 16 seconds" in report.errors[-1].error


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds a process's memory so")
def test_memory_is_bounded_as_in_grading(quick):
    limited(quick, memory_mb=200)
    answer = "import numpy as np\ndef mean(x):\n    np.ones(10**9)\n    return x.mean()"
    report = check_notebook(answered(quick, answer))
    assert "MemoryError" in report.questions[0].tests[0].message


def test_each_question_is_told_as_soon_as_it_is_judged(student):
    told: list[object] = []
    report = check_notebook(answered(student, RIGHT, first=["1/0"]), tell=told.append)
    assert told == [*report.errors, *report.questions]


def test_a_question_is_told_once_whatever_the_next_one_does(student, tmp_path):
    """A call that ends the process costs its own test; what was told before is not told again."""
    folder = tmp_path / "student"
    shutil.copytree(student, folder)
    test = (folder / "tests" / "q1.py").read_text()
    (folder / "tests" / "q0.py").write_text(test)
    (folder / "tests" / "q2.py").write_text(test)
    fifth = (
        "    with open('calls', 'a') as calls:\n        calls.write('.')\n"
        "    if os.path.getsize('calls') == 5:\n        os._exit(1)\n    return"
    )
    report = check_notebook(answered(folder, "import os\n" + RIGHT.replace("    return", fifth)))
    assert [question.question for question in report.questions] == ["q0", "q1", "q2"]
    assert [len(question.tests) for question in report.questions] == [3, 3, 3]
    failed = [test.message for question in report.questions for test in question.tests if not test.passed]
    assert failed == ["`mean` ended the whole process"]
