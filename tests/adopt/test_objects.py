"""What a test may ask of a student's classes and objects outside the process that they are in."""

from __future__ import annotations

import pytest

from grader.adopt import adopted_set
from grader.judge.watched import Grader
from grader.submission import Submission
from tests.adopt.test_attacks import notebook

GIVEN = """
class Animal:
    ...
class Dog(Animal):
    ...
class Vector:
    ...
def first(items):
    ...
"""
ANSWER = """
class Animal:
    legs = 4
    def __init__(self, name):
        self.name = name
        self.tame = False
    def speak(self):
        raise NotImplementedError("no animal speaks")
    @classmethod
    def named_ada(cls):
        return cls("ada")
class Dog(Animal):
    def speak(self):
        return self.name + "!"
    def tamed(self):
        self.tame = True
        return self
class Vector:
    def __init__(self, *parts):
        self.parts = list(parts)
    def __len__(self):
        return len(self.parts)
    def __iter__(self):
        return iter(self.parts)
    def __getitem__(self, place):
        return self.parts[place]
    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts)))
    def __mul__(self, number):
        return Vector(*(number * a for a in self.parts))
    def __abs__(self):
        return sum(a * a for a in self.parts) ** 0.5
    def __str__(self):
        return f"<{self.parts}>"
def first(items):
    return items[0]
"""
CHECKS = {
    "is-a": "assert isinstance(Dog('rex'), Animal) and not isinstance(Animal('cat'), Dog)",
    "is-none": "assert not isinstance(3, Animal) and not isinstance('rex', (int, Animal))",
    "derives": "assert issubclass(Dog, Animal) and not issubclass(Animal, Dog)",
    "has": "assert 'speak' in dir(Dog) and '__init__' in dir(Dog)\nassert hasattr(Dog, 'tamed')",
    "kept": "rex = Dog('rex')\nassert rex.tame is False\nrex.tamed()\nassert rex.tame is True and rex.legs == 4",
    "raises": "try:\n    Animal('x').speak()\nexcept NotImplementedError as error:\n    assert 'speaks' in str(error)\n"
    "else:\n    raise AssertionError",
    "other-way": "assert Dog.named_ada().speak() == 'ada!' and isinstance(Dog.named_ada(), Dog)",
    "set-by-test": "cat = Animal('cat')\ncat.name = 'tom'\nassert cat.name == 'tom'",
    "like-a-list": "v = Vector(1, 2, 3)\nassert len(v) == 3 and list(v) == [1, 2, 3] and v[1] == 2 and sum(v) == 6",
    "sum-of": "w = Vector(1, 2) + Vector(3, 4)\nassert isinstance(w, Vector) and w.parts == [4, 6]",
    "times": "assert (Vector(1, 2) * 3).parts == [3, 6]",
    "length": "assert abs(abs(Vector(3, 4)) - 5) < 1e-9",
    "text": "assert str(Vector(1)) == '<[1]>' and f'{Vector(2)}' == '<[2]>'",
    "passed-in": "assert first([Dog('a'), Dog('b')]).name == 'a' and first('xy') == 'x'",
}


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("objects") / "ps1.ipynb"
    path.write_bytes(notebook(GIVEN, *((source, name) for name, source in CHECKS.items())))
    with Grader(adopted_set(path)) as grader:
        yield grader


def passed(grader: Grader, code: str) -> set[str]:
    cells = [(source, name) for name, source in CHECKS.items()]
    result = grader.grade(Submission("x", {"ps1.ipynb": notebook(code, *cells)}))
    tests = [test for question in result.questions for test in question.tests]
    assert {test.trust for test in tests} == {"outside"}
    return {test.name for test in tests if test.status == "passed"}


def test_all_of_it_is_asked_outside(grader: Grader) -> None:
    assert passed(grader, ANSWER) == set(CHECKS)


def test_classes_that_are_not_written_fail(grader: Grader) -> None:
    assert passed(grader, "") == set()
    assert passed(grader, GIVEN) <= {"is-a", "is-none", "derives"}


@pytest.mark.parametrize(
    ("right", "wrong", "lost"),
    [
        ("class Dog(Animal)", "class Dog", {"is-a", "derives", "kept", "other-way", "passed-in"}),
        ("NotImplementedError", "ValueError", {"raises"}),
        ('cls("ada")', 'Animal("ada")', {"other-way"}),
        ("number * a", "number + a", {"times"}),
        ("** 0.5", "", {"length"}),
        ("self.tame = True", "pass", {"kept"}),
        ("<{self.parts}>", "{self.parts}", {"text"}),
    ],
)
def test_a_mistake_costs_its_tests(right: str, wrong: str, lost: set[str], grader: Grader) -> None:
    assert set(CHECKS) - passed(grader, ANSWER.replace(right, wrong)) >= lost & set(CHECKS)
    assert len(set(CHECKS) - passed(grader, ANSWER.replace(right, wrong))) <= len(lost) + 1


def said(grader: Grader, code: str, name: str) -> tuple[str, str]:
    cells = [(source, name) for name, source in CHECKS.items()]
    result = grader.grade(Submission("x", {"ps1.ipynb": notebook(code, *cells)}))
    (test,) = (test for question in result.questions for test in question.tests if test.name == name)
    return test.summary, test.detail


@pytest.mark.parametrize(
    ("right", "wrong", "name", "summary", "detail"),
    [
        ("no animal speaks", "shy", "raises", "This test does not pass with your answer.", "AssertionError"),
        ("self.tame = True", "return 1 / 0", "kept", "`Dog(...).tamed` raised ZeroDivisionError at line", ""),
        ("class Animal:", "def Animal(*_):", "is-a", "not defined", ""),
        ("def first(items):", "first = 3\ndef last(items):", "passed-in", "does not pass", "TypeError"),
    ],
)
def test_what_is_said_is_what_ended_the_test(
    right: str, wrong: str, name: str, summary: str, detail: str, grader: Grader
) -> None:
    found = said(grader, ANSWER.replace(right, wrong), name)
    assert summary in found[0], found
    assert detail in found[1], found


def test_a_function_in_the_place_of_a_class_is_no_class(grader: Grader) -> None:
    function = "def Animal(*_):\n    return 1\ndef Dog(*_):\n    return 2\n"
    for name in ("is-a", "is-none"):
        summary, detail = said(grader, function, name)
        assert summary == "This test does not pass with your answer."
        assert "TypeError: isinstance() arg 2" in detail, detail
