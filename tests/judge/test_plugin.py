"""How a test is run: by a plain call where that is all pytest would do, by pytest's whole cycle elsewhere."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from grader.judge.plugin import following
from grader.judge.runner import SuiteRunner
from grader.pset import load_problem_set
from grader.student import LocalStudent
from tests.pset.tiny import SEEDED, write_tiny_course

HEAD = "import pytest\nfrom grader import question\n\n"
OTHER = """
@question("q2", points=1)
def test_other(student):
    pass
"""
PLAIN = """
@question("q1", points=1)
def test_plain(student, rng):
    assert student.mean(rng.normal(size=3)) == 0

@question("q1", points=1)
@pytest.mark.parametrize("size", [1, 2])
def test_cases(student, size):
    assert student.mean(size) == size
"""
FIXTURES = """
log = []

@pytest.fixture(scope="module")
def opened():
    log.append("open")
    yield len(log)
    log.append("closed")

@question("q1", points=1)
def test_fixture(student, opened):
    assert opened == 1

@question("q1", points=1)
def test_of_another_kind(student):
    assert log == ["open"]

@question("q1", points=1)
def test_request(student, request):
    assert request.node.name == "test_request"

@pytest.fixture
def doubled(request):
    return 2 * request.param

@question("q1", points=1)
@pytest.mark.parametrize("doubled", [2], indirect=True)
def test_indirect(student, doubled):
    assert doubled == 4

@question("q1", points=1)
@pytest.mark.skipif(True, reason="not today")
def test_skipped(student):
    raise AssertionError

class TestInClass:
    def setup_method(self):
        self.ready = True

    @question("q1", points=1)
    def test_method(self, student):
        assert self.ready
"""
ENDS = """
@question("q1", points=1)
def test_log(student, opened):
    raise ValueError(list(log))
"""
AUTOUSE = """
@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    monkeypatch.setenv("PREPARED", "yes")

@question("q1", points=1)
def test_autouse(student):
    import os
    assert os.environ["PREPARED"] == "yes"
"""


def _round(plugin, student):
    outcomes = {test.name: plugin.run(test, student, 0, after) for test, after in following(plugin.tests)}
    del outcomes["test_other"]
    return outcomes


@pytest.fixture
def suite(tmp_path):
    """Runs a suite of the given text against a student whose mean is its argument; outcomes and plainness by name."""

    def run(text, conftest="", rounds=1):
        shutil.rmtree(tmp_path / "psets", ignore_errors=True)
        folder = write_tiny_course(tmp_path, pset=SEEDED)
        problem_set = load_problem_set(
            folder
        )  # before its suite is another one, whose points add up to nothing
        for file in (folder / "suite").glob("test_*.py"):
            file.unlink()
        (folder / "suite" / "test_it.py").write_text(HEAD + text, encoding="utf-8")
        (folder / "suite" / "test_other.py").write_text(HEAD + OTHER, encoding="utf-8")
        (folder / "suite" / "conftest.py").write_text(conftest, encoding="utf-8")
        runner = SuiteRunner(problem_set)
        student = LocalStudent({"mean": lambda x: x})
        try:
            outcomes = [runner.submit(lambda plugin: _round(plugin, student)) for _ in range(rounds)][-1]
            plain = {test.name: test.plain for test in runner.tests}
            del plain["test_other"]
            return outcomes, plain
        finally:
            runner.close()

    return run


def test_what_needs_only_a_student_draws_and_parameters_is_called_plainly(suite):
    outcomes, plain = suite(PLAIN)
    assert plain == {"test_plain": True, "test_cases[1]": True, "test_cases[2]": True}
    assert "ambiguous" in str(outcomes["test_plain"].error)  # the truth of an array: the draws came through
    assert outcomes["test_cases[2]"].error is None
    assert outcomes["test_cases[2]"].seconds > 0


def test_what_needs_more_gets_it(suite):
    outcomes, plain = suite(FIXTURES)
    assert [name for name, is_plain in plain.items() if is_plain] == ["test_of_another_kind"]
    skipped = outcomes.pop("test_skipped")
    assert isinstance(skipped.error, pytest.skip.Exception)
    assert {name: outcome.error for name, outcome in outcomes.items() if outcome.error is not None} == {}


def test_a_fixture_of_a_round_ends_with_it_also_where_the_last_test_is_plain(suite):
    outcomes, _ = suite(FIXTURES.split("@question")[0] + ENDS, rounds=2)
    assert str(outcomes["test_log"].error) == "['open', 'closed', 'open']"


@pytest.mark.parametrize(
    ("text", "conftest"),
    [
        (AUTOUSE, ""),
        (PLAIN, "def pytest_runtest_setup(item):\n    pass\n"),
        (PLAIN, "import pytest\n@pytest.fixture\ndef rng():\n    return None\n"),
        ("def setup_module():\n    pass\n" + PLAIN, ""),
    ],
    ids=["autouse", "a hook", "a fixture in place of ours", "xunit's setup"],
)
def test_what_the_course_puts_round_a_test_is_there(suite, text, conftest):
    outcomes, plain = suite(text, conftest)
    first = next(iter(plain))
    assert not plain[first]
    if first == "test_autouse":
        assert outcomes[first].error is None


def test_both_ways_give_the_same_draws(suite):
    text = '@question("q1", points=1)\ndef test_it(student, rng{more}):\n    raise ValueError(rng.normal())\n'
    plainly, plain = suite(text.format(more=""))
    cycle, whole = suite(text.format(more=", request"))
    assert (plain["test_it"], whole["test_it"]) == (True, False)
    assert str(plainly["test_it"].error) == str(cycle["test_it"].error)
    assert np.isfinite(float(str(plainly["test_it"].error)))


def test_what_somebody_tells_their_own_pytest_is_not_meant_for_the_suite(suite, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "--durations=3 --no-such-option")
    outcomes, _ = suite(PLAIN)
    assert len(outcomes) == 3
