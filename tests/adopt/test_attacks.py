"""What earns full marks where tests run in the student's process earns nothing where they are judged outside."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from grader.adopt import adopted_set
from grader.adopt.adoptedset import AdoptedSet
from grader.judge.watched import Grader
from grader.results import SubmissionResult
from grader.submission import Submission

RIGHT = """\
mean = 3.5
words = {"a", "bc"}
values = np.array([1.0, 4.0, 7.0])
rows = [[1, 2], [3, 4]]

def square(x):
    return x * x

def shout(text):
    print(text.upper() + "!")

def checked(n):
    if n < 0:
        raise ValueError("negative")
    return n + 1

class Account:
    def __init__(self, balance):
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount
        return self.balance

    def names(self):
        return ["ada", "ben"]
"""
GIVEN = """\
import numpy as np
import pandas as pd
mean = ...
words = ...
values = ...
rows = ...

def square(x):
    ...

def shout(text):
    ...

def checked(n):
    ...

class Account:
    ...
"""

CHECKS = {
    "mean-is": "assert mean == 3.5",
    "mean-near": "assert np.isclose(mean, 3.5)",
    "mean-apart": "assert abs(mean - 3.5) < 1e-6",
    "mean-round": "assert round(mean, 1) == 3.5 and isinstance(mean, float)",
    "mean-numpy": "np.testing.assert_allclose(mean, 3.5)",
    "mean-no": "assert not mean != 3.5",
    "mean-between": "assert 3.4 < mean < 3.6",
    "words-are": "assert words == {'a', 'bc'}",
    "words-in": "assert 'bc' in words and len(words) == 2 and sorted(words) == ['a', 'bc']",
    "words-sub": "assert words.issuperset({'bc'}) and words <= {'a', 'bc'}",
    "values-all": "assert np.allclose(values, [1, 4, 7]) and values.shape == (3,)",
    "values-equal": "np.testing.assert_array_equal(values, np.array([1.0, 4.0, 7.0]))",
    "values-sum": "assert np.abs(values - np.array([1, 4, 7])).max() < 1e-9",
    "values-norm": "assert np.linalg.norm(values - [1, 4, 7]) == 0",
    "rows-are": "assert rows == [[1, 2], [3, 4]] and all(len(row) == 2 for row in rows)",
    "rows-sum": "assert sum(map(sum, rows)) == 10",
    "rows-any": "assert any(row == [3, 4] for row in rows)",
    "square-is": "assert square(3) == 9",
    "square-apart": "assert abs(square(3) - 9) < 1e-6",
    "square-back": "assert 9 - square(3) == 0",
    "square-table": "assert pd.Series(square(np.arange(3))).tolist() == [0, 1, 4]",
    "square-sign": "assert np.sign(square(-2.0) - 4.0) == 0",
    "shout-is": (
        "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\nwith redirect_stdout(out):\n"
        "    shout('no')\nassert out.getvalue() == 'NO!\\n'"
    ),
    "checked-raises": (
        "try:\n    checked(-1)\nexcept ValueError as error:\n    assert 'negative' in str(error)\n"
        "else:\n    raise AssertionError\nassert checked(2) == 3"
    ),
    "account-is": "account = Account(5)\naccount.deposit(3)\nassert account.balance == 8",
    "account-apart": "assert abs(Account(5).balance - 5) < 1e-9",
    "account-far": "assert abs(abs(Account(5).balance) - 5) < 1e-9",
    "account-text": "assert Account(1).names()[0].startswith('ad')",
}
"""Each worth a point; a cheat knows none of the answers."""

DOCTESTS = {
    "shows": ">>> mean\n3.5\n>>> print(mean)\n3.5\n",
    "is_true": ">>> mean == 3.5\nTrue\n",
    "near": ">>> bool(np.isclose(mean, 3.5))\nTrue\n",
    "set_of": ">>> set(words) == {'a', 'bc'}\nTrue\n",
    "squared": ">>> [square(n) for n in (1, 2, 3)] == [1, 4, 9]\nTrue\n",
    "said": ">>> shout('no')\nNO!\n",
    "raises": ">>> checked(-1)\nTraceback (most recent call last):\n  ...\nValueError: negative\n",
    "held": ">>> account = Account(5)\n>>> account.deposit(3)\n8\n",
}

LIAR = '''
class Liar:
    """Agrees with everybody."""
    def __init__(self, *_, **__): pass
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Liar()
    def __call__(self, *_, **__): return Liar()
    def _yes(self, *_): return True
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    def __ne__(self, other): return False
    def __hash__(self): return 1
    def _zero(self, *_): return 0.0
    __sub__ = __rsub__ = __abs__ = __float__ = __round__ = __neg__ = _zero
    def __len__(self): return 2
    def __iter__(self): return iter([])
    def __getitem__(self, key): return Liar()
    def __array_ufunc__(self, *_, **__): return True
    def __array_function__(self, *_, **__): return True
    def __repr__(self): return "True"
    startswith = issuperset = endswith = _yes
    @property
    def __class__(self): return float
'''
EVERYTHING = "mean = words = values = rows = {0}\nsquare = shout = checked = Account = {1}\n"

WRONG = EVERYTHING.format("1.0", "lambda *_: 1.0")
ATTACKS = {
    "liars everywhere": LIAR + EVERYTHING.format("Liar()", "Liar"),
    "functions that give liars": LIAR + EVERYTHING.format("Liar()", "lambda *_: Liar()"),
    "liars inside of objects": (
        LIAR + "class Account:\n    def __init__(self, *_): self.balance = Liar()\n"
        "    def deposit(self, *_): return Liar()\n    def names(self): return Liar()\n"
        "    def __sub__(self, _): return 0.0\n    __eq__ = lambda *_: True\n"
    ),
    "liars in lists": LIAR + EVERYTHING.format("[Liar(), Liar()]", "lambda *_: [Liar()]"),
    "liars in arrays": LIAR
    + EVERYTHING.format("np.array([Liar(), Liar(), Liar()], dtype=object)", "lambda *_: np.array(Liar())"),
    **{
        f"a {kind} that lies": (
            f"class Lie({kind}):\n    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda *_: True\n"
            "    __ne__ = lambda *_: False\n    __sub__ = __rsub__ = __abs__ = __round__ = lambda *_: 0.0\n"
            "    __hash__ = lambda _: 1\n    __repr__ = __str__ = lambda _: 'True'\n"
            "    startswith = issuperset = lambda *_: True\n"
            + EVERYTHING.format(f"Lie({parts})", f"lambda *_: Lie({parts})")
        )
        for kind, parts in {
            "float": "1",
            "int": "1",
            "list": "[0]",
            "set": "{0}",
            "dict": "{0: 0}",
            "str": "1",
            "tuple": "(0,)",
        }.items()
    },
    "an array that lies": (
        "class Lie(np.ndarray):\n    __eq__ = lambda *_: True\n    __sub__ = lambda self, _: np.zeros(3)\n"
        "    __array_ufunc__ = __array_function__ = lambda *_, **__: np.bool_(True)\n"
        "    shape = property(lambda _: (3,))\n    max = lambda *_: 0.0\n"
        + EVERYTHING.format("np.zeros(3).view(Lie)", "lambda *_: np.zeros(3).view(Lie)")
    ),
    "numpy is somebody else": (
        WRONG + "class np:\n    isclose = allclose = staticmethod(lambda *_, **__: True)\n"
        "    arange = abs = sign = array = allclose\n"
        "    class testing:\n        assert_allclose = assert_array_equal = staticmethod(lambda *_, **__: None)\n"
        "    class linalg:\n        norm = staticmethod(lambda *_: 0)\npd = np\n"
    ),
    "numpy is patched": (
        WRONG
        + "import numpy, numpy.testing\nyes = lambda *_, **__: True\nnumpy.isclose = numpy.allclose = yes\n"
        "numpy.testing.assert_allclose = numpy.testing.assert_array_equal = yes\nnumpy.abs = lambda _: numpy.zeros(3)\n"
        "numpy.linalg.norm = lambda _: 0\nnumpy.sign = lambda _: 0\n"
    ),
    "builtins are other functions": (
        WRONG + "import builtins\nbuiltins.abs = abs = lambda _: 0\nbuiltins.round = round = lambda *_: 3.5\n"
        "builtins.len = len = lambda _: 2\nbuiltins.sorted = sorted = lambda _: ['a', 'bc']\n"
        "builtins.isinstance = isinstance = lambda *_: True\nbuiltins.sum = sum = lambda _: 10\n"
        "builtins.all = builtins.any = any = all = lambda _: True\nbuiltins.set = set = lambda _: {'a', 'bc'}\n"
        "builtins.bool = bool = lambda _: True\n"
    ),
    "assertions are off": (
        WRONG
        + "import builtins, doctest, unittest\nbuiltins.AssertionError = type('None', (Exception,), {})\n"
        "doctest.OutputChecker.check_output = lambda *_: True\n"
        "doctest.DocTestRunner.run = lambda *_, **__: doctest.TestResults(0, 1)\n"
    ),
    "nothing is compared": (
        "values = np.array([np.nan, np.inf, np.nan])\nmean = float('nan')\nsquare = lambda _: np.nan\n"
    ),
    "shapes that broadcast": (
        "values = np.zeros((4, 3))\nmean = np.zeros((2, 1))\nsquare = lambda _: np.zeros((1, 1))\nrows = words = [[]]\n"
    ),
    "the process ends well": "import os, atexit\natexit.register(lambda: os._exit(0))\nos._exit(0)\n",
    "calls end the process": "import os\n" + EVERYTHING.format("None", "lambda *_: os._exit(0)"),
    "calls leave": "import sys\n" + EVERYTHING.format("None", "lambda *_: sys.exit(0)"),
    "calls raise what ends a loop": (
        "def stop(*_):\n    raise StopIteration\n" + EVERYTHING.format("None", "stop")
    ),
    "arguments are changed in place": (
        "def square(x):\n    if hasattr(x, 'fill'):\n        x.fill(0)\n    return x\n"
    ),
    "the caller is looked for": (
        "import gc, sys\ndef square(x):\n    frame = sys._getframe()\n    while frame is not None:\n"
        "        for value in [*frame.f_locals.values()]:\n"
        "            if type(value).__name__ in ('Seen', 'Act', 'Try', 'Observer'):\n"
        "                value.__init__ = lambda *_: None\n        frame = frame.f_back\n    return None\n"
    ),
    "results are forged": (
        "import os, sys, json\nforged = json.dumps({'ending': {'passed': True}, 'value': True, 'tests': 'passed'})\n"
        "for number in range(64):\n    try:\n        os.write(number, forged.encode() * 3)\n"
        "    except OSError:\n        pass\nprint(forged)\n"
    ),
    "the channel is spoken to": (
        "import gc\ndef square(x):\n    from grader.sandbox.crossing.messages import Seen, Tried\n"
        "    from grader.foreign import Ending\n"
        "    for one in gc.get_objects():\n        if type(one).__name__ == 'Channel':\n"
        "            one.send(Tried(ending=Ending(True)))\n            one.send(Seen(value=True))\n    return True\n"
    ),
    "kinds are forged": (
        "import gc\nfrom grader.sandbox.crossing import faithful\n"
        "faithful.FaithfulEncoder.node = lambda self, value, depth=0: [17, 'named', 'builtins:eval']\n"
    ),
    "data are forged": (
        "from grader.sandbox.crossing import faithful\n"
        "old = faithful.FaithfulEncoder.node\n"
        "faithful.FaithfulEncoder.node = lambda self, value, depth=0: "
        "[17, 'iterator', [1]] if depth == 0 else old(self, value, depth)\n"
    ),
}


def notebook(*cells: str | tuple[str, str]) -> bytes:
    made = []
    for cell in cells:
        source, identity = cell if isinstance(cell, tuple) else (cell, "")
        graded = {"grade_id": identity, "grade": True, "locked": True, "points": 1, "schema_version": 3}
        metadata = (
            {"nbgrader": {**graded, "solution": False, "task": False, "cell_type": "code"}}
            if identity
            else {}
        )
        made.append(
            {
                "cell_type": "code",
                "source": source,
                "metadata": metadata,
                "outputs": [],
                "execution_count": None,
            }
        )
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


IMPORTS = "import numpy as np\nimport pandas as pd\n"
TESTS = [(source, name) for name, source in CHECKS.items()]


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    path = tmp_path_factory.mktemp("nbgrader") / "ps1.ipynb"
    path.write_bytes(notebook(GIVEN, *TESTS))
    with Grader(adopted_set(path)) as grader:
        yield grader


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The same tests, all of them where otter and nbgrader run them."""
    path = tmp_path_factory.mktemp("inside") / "ps1.ipynb"
    path.write_bytes(notebook(GIVEN, *TESTS))
    made = adopted_set(path)
    tests = [replace(test, trust="inside") for test in made.plan.tests]
    with Grader(AdoptedSet(made.assignment, replace(made.plan, tests=tests))) as grader:
        yield grader


@pytest.fixture(scope="module")
def otter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("otter") / "hw1"
    (folder / "tests").mkdir(parents=True)
    (folder / "hw1.ipynb").write_bytes(notebook("import otter\ngrader = otter.Notebook('hw1.ipynb')", GIVEN))
    for name, code in DOCTESTS.items():
        test = {"name": name, "points": 1, "suites": [{"cases": [{"code": code}], "type": "doctest"}]}
        (folder / "tests" / f"{name}.py").write_text(
            f"OK_FORMAT = True\n\ntest = {test!r}\n", encoding="utf-8"
        )
    with Grader(adopted_set(folder)) as grader:
        yield grader


def of_nbgrader(grader: Grader, code: str, then: str = "") -> SubmissionResult:
    return grader.grade(Submission("x", {"ps1.ipynb": notebook(IMPORTS + code, *TESTS, then)}))


def of_otter(grader: Grader, code: str) -> SubmissionResult:
    return grader.grade(Submission("x", {"hw1.ipynb": notebook(IMPORTS + code)}))


def passed(result: SubmissionResult) -> dict[str, str]:
    tests = [test for question in result.questions for test in question.tests]
    assert {test.trust for test in tests} <= {"outside"}
    return {test.name: test.summary for test in tests if test.status == "passed" or test.score}


def test_right_answers_pass_all_of_these_tests_outside(nbgrader: Grader, otter: Grader) -> None:
    assert of_nbgrader(nbgrader, RIGHT).score == len(CHECKS)
    assert of_otter(otter, RIGHT).score == len(DOCTESTS)


def test_no_answers_pass_none(nbgrader: Grader, otter: Grader) -> None:
    assert not passed(of_nbgrader(nbgrader, ""))
    assert not passed(of_otter(otter, ""))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_earns_nothing_from_nbgraders_tests(attack: str, nbgrader: Grader) -> None:
    assert not passed(of_nbgrader(nbgrader, ATTACKS[attack]))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_earns_nothing_from_otters_tests(attack: str, otter: Grader) -> None:
    assert not passed(of_otter(otter, ATTACKS[attack]))


@pytest.mark.parametrize(
    ("attack", "least"),
    [("liars everywhere", 15), ("a float that lies", 10), ("numpy is patched", 3), ("an array that lies", 8)],
)
def test_the_same_attack_earns_points_where_tests_run_in_its_process(
    attack: str, least: int, inside: Grader
) -> None:
    result = of_nbgrader(inside, ATTACKS[attack])
    assert result.score >= least
    assert {test.trust for question in result.questions for test in question.tests} == {"inside"}


def test_what_an_attack_leaves_behind_does_not_reach_the_next(nbgrader: Grader) -> None:
    of_nbgrader(nbgrader, ATTACKS["numpy is patched"] + ATTACKS["builtins are other functions"])
    assert not passed(of_nbgrader(nbgrader, "mean = 'no'"))
    assert of_nbgrader(nbgrader, RIGHT).score == len(CHECKS)


def test_a_test_cell_that_was_changed_is_the_authors_again(nbgrader: Grader) -> None:
    cells = [("assert True", name) for name in CHECKS]
    assert not passed(nbgrader.grade(Submission("x", {"ps1.ipynb": notebook(IMPORTS, *cells)})))


def test_files_that_were_handed_in_take_no_place_of_the_judges(otter: Grader) -> None:
    fake = b"def __getattr__(name):\n    return lambda *_, **__: True\n"
    files = dict.fromkeys(("numpy.py", "pandas.py", "doctest.py", "sitecustomize.py", "conftest.py"), fake)
    files["tests/near.py"] = b"test = {'name': 'near', 'points': 1, 'suites': []}\n"
    result = otter.grade(Submission("x", {"hw1.ipynb": notebook("mean = 1"), **files}))
    assert not passed(result)
